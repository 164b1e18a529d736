"""Progress as a file that can be carried: export, import, reset and its undoing.

An export is JSON lines (:mod:`course.learner.lines`): a header, then one record a line. It can be read by any program,
and taken in any number of times, on any machine: a record that is there already is left as it is.

What goes well is told in a message that a learner can read; what does not is a :class:`TransferError` whose text says
what is wrong, and then nothing was changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course import paths
from course.bootstrap.errors import command
from course.learner import files, lines
from course.learner.database import Trouble
from course.learner.lines import BadLine
from course.learner.messages import trouble as trouble_message
from course.learner.phrases import answers, holdings
from course.learner.records import Attempt, Record
from course.learner.salvage import salvage
from course.learner.store import Store, open_store
from course.learner.summary import summary_text
from course.learner.twin import Twin
from course.learner.vault import DATABASE, TWIN

__all__ = ["Report", "TransferError", "export_to", "import_from", "reset", "summary_text", "take_in", "undo_reset"]

#: Largest file (bytes) that is read. Ten years of daily practice are some 50 MB.
SIZE_LIMIT = 500_000_000

#: How many bad lines a message names one by one.
_NAMED = 8

_BATCH = 2_000


class TransferError(ValueError):
    """Why a file was not written or read, in words for a learner. Nothing was changed."""


@dataclass(slots=True)
class Report:
    """What an import found: answers, and in ``entries`` the added events. ``differing``: known by their uid, but with
    another content (the course's own are kept)."""

    path: Path
    added: int = 0
    entries: int = 0
    known: int = 0
    differing: int = 0
    bad: list[BadLine] = field(default_factory=list)
    dry: bool = False

    @property
    def message(self) -> str:
        """In words; bad lines by number and reason."""
        verb = "would be added" if self.dry else ("was added" if self.added == 1 and not self.entries else "were added")
        parts = [f"{holdings(self.added, self.entries)} {verb} from {self.path.name}."]
        if self.known:
            parts.append(f"{answers(self.known)} {'was' if self.known == 1 else 'were'} here already.")
        if self.differing:
            parts.append(
                f"{answers(self.differing)} in the file {'differs' if self.differing == 1 else 'differ'} from what is "
                "here under the same number; yours were kept."
            )
        if self.bad:
            lines_were = "1 line" if len(self.bad) == 1 else f"{len(self.bad)} lines"
            parts.append(f"{lines_were} could not be read and {'was' if len(self.bad) == 1 else 'were'} left out:")
        text = " ".join(parts)
        for one in self.bad[:_NAMED]:
            text += f"\n  line {one.number}: {one.reason}"
        if len(self.bad) > _NAMED:
            text += f"\n  and {len(self.bad) - _NAMED} more"
        return text


def export_to(path: Path, store: Store | None = None) -> str:
    """Write every attempt and event to ``path``. A file of that name is replaced only by one that holds all it held.
    The file is complete or not there at all. Raises :class:`TransferError`, and ``OSError`` when the disk refuses."""
    store = store or open_store()
    path = Path(path).expanduser()
    if path.is_dir():
        path = path / f"medical-coding-progress-{dt.date.today().isoformat()}.jsonl"
    found = _everything(store)
    if path.exists():
        _must_be_covered(path, {one.uid for one in found})
    if not path.parent.is_dir():
        raise TransferError(f"there is no folder {path.parent}; make it first, or name another")
    files.write_whole(path, lines.to_bytes(found, lines.version_for(found)))
    told = f"{_told(found)} written to {path}."
    return told if found else f"{told} There is nothing in your progress yet."


def _everything(store: Store) -> list[Record]:
    return [*store.attempts(), *store.events()]


def _told(records: Collection[Record]) -> str:
    count = sum(isinstance(one, Attempt) for one in records)
    return holdings(count, len(records) - count)


def _must_be_covered(path: Path, uids: set[str]) -> None:
    try:
        with path.open("rb") as stream:
            inside = {None if isinstance(one, BadLine) else one.uid for one in lines.read(stream)}
    except lines.NotProgress:
        inside = {None}
    if not inside <= uids:
        raise TransferError(f"{path.name} exists already and holds something else; choose another name")


def import_from(path: Path, *, dry: bool = False, store: Store | None = None) -> str:
    """Add what a file holds, and say what became of it. ``dry``: only say what would. See :func:`take_in`."""
    return take_in(path, dry=dry, store=store).message


def take_in(path: Path, *, dry: bool = False, store: Store | None = None) -> Report:
    """Add the records of an exported file. Bad lines are named and the rest is taken. Raises :class:`TransferError`
    when the file as a whole is of no use or nothing can be saved."""
    path = Path(path).expanduser()
    store = store or open_store()
    if not dry and not store.durable:
        raise TransferError(f"nothing can be saved at the moment. {store.warning}")
    report = Report(path, dry=dry)
    known = {one.uid: one for one in _everything(store)}
    batch: list[Record] = []
    try:
        if path.is_dir():
            raise TransferError("it is a folder; name the file in it")
        if (size := path.stat().st_size) > SIZE_LIMIT:
            raise TransferError(f"it has {size // 10**6:,} MB, far more than any progress file")
        with path.open("rb") as stream:
            for one in lines.read(stream):
                if isinstance(one, BadLine):
                    report.bad.append(one)
                elif one.uid in known:
                    report.known += known[one.uid] == one and isinstance(one, Attempt)
                    report.differing += known[one.uid] != one
                else:
                    known[one.uid] = one
                    report.added += isinstance(one, Attempt)
                    report.entries += not isinstance(one, Attempt)
                    batch.append(one)
                if len(batch) >= _BATCH:
                    _add(store, batch, dry)
            _add(store, batch, dry)
    except lines.NotProgress as error:
        raise TransferError(str(error)) from None
    except FileNotFoundError:
        raise TransferError("there is no such file; check its name and folder") from None
    except OSError as error:
        raise TransferError(f"it cannot be read ({error.strerror or error})") from None
    return report


def _add(store: Store, batch: list[Record], dry: bool) -> None:
    if not dry and batch and not store.add(batch):
        raise TransferError(
            f"saving stopped half-way. {store.warning} What was added so far stays; import the file again when that is "
            "mended, and only what is missing is added"
        )
    batch.clear()


def reset(folder: Path | None = None) -> str:
    """Start afresh. The files are set aside under a dated name, so :func:`undo_reset` can bring all back. Raises
    :class:`TransferError`."""
    folder = folder or paths.user_dir()
    if not any((folder / name).exists() for name in (DATABASE, TWIN)):
        return "There is no progress to reset."
    store = open_store(folder)
    told = _told(_everything(store))
    present = [path for path in (store.vault.twin.path, store.vault.path) if path.exists()]
    moment = dt.datetime.now()
    try:
        with store.vault.locked():
            aside = [files.set_aside(path, _RESET, moment) for path in present]
    except Trouble as problem:
        raise TransferError(f"nothing was reset. {trouble_message(problem, store.folder)}") from None
    except OSError as error:
        raise TransferError(
            f"the reset stopped: {error.strerror or error}. Close other programs that use {store.folder}, then try "
            "again"
        ) from None
    return (
        f"You start afresh. {told} set aside in {aside[-1].parent} "
        f"({', '.join(path.name for path in aside)}); to bring them back: {command('progress reset --undo')}"
    )


_RESET, _UNDONE = "reset", "restored"


def undo_reset(folder: Path | None = None) -> str:
    """Bring back what the latest reset set aside; what was answered since stays. Raises :class:`TransferError`."""
    folder = folder or paths.user_dir()
    newest = _latest_reset(folder)
    if not newest:
        raise TransferError("there is no reset to undo")
    found: dict[str, Record] = {}
    drafts = {}
    for path in newest:
        if path.suffix == Path(TWIN).suffix:
            found |= Twin(path).read().records
        else:
            read = salvage(path)
            found, drafts = found | read.records, read.drafts
    store = open_store(folder)
    if not store.add(found.values()):
        raise TransferError(f"nothing can be saved at the moment. {store.warning}")
    for draft in drafts.values():
        if store.draft(draft.question_id) is None:
            store.save_draft(draft)
    for path in newest:  # not brought back twice by a second undo
        files.put_back(path, path.with_name(path.name.replace(f"-{_RESET}-", f"-{_UNDONE}-")))
    return f"{_told(found.values())} brought back."


def _latest_reset(folder: Path) -> Sequence[Path]:
    def moment(path: Path) -> str:
        return path.stem.partition(f"-{_RESET}-")[2]

    stems = [(Path(name).stem, Path(name).suffix) for name in (DATABASE, TWIN)]
    found = [path for stem, suffix in stems for path in folder.glob(f"{stem}-{_RESET}-*{suffix}")]
    last = max(map(moment, found), default="")
    return [path for path in found if moment(path) == last]
