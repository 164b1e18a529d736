"""``python -m course codes use FILE``: take in official ICD-10-CM files of another year.

Understood are the Tabular List (XML), the Alphabetic, External Cause, Neoplasm and drug indexes (XML), the list of
codes (the publisher's order or code file), each as it is, gzipped, or inside a zip or a folder. What is kept goes to
the user's own folder, so that it outlives the cache.
"""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course import paths
from course.codesets.icd10cm import library, sources, tabular
from course.codesets.icd10cm.tabular import TabularError, Tree
from course.codesets.whole_file import write_bytes

#: No official file comes near this size (bytes, unpacked); a larger one is not unpacked.
LARGEST = 200_000_000
INDEX_TAG = b"<ICD10CM.index"
TABULAR_TAG = b"<ICD10CM.tabular"


class UseError(ValueError):
    """The file cannot be used. The message says what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file that was found: its name, what it is (``tabular``, ``index``, ``codes`` or ``other``), its unpacked
    bytes."""

    name: str
    kind: str
    content: bytes


def use(path: str | Path) -> str:
    """Take in `path` and return what to tell the user. Raises UseError (a ValueError) or OSError."""
    path = Path(path).expanduser()
    if not path.exists():
        raise UseError(f"There is no file {path}.")
    pieces = list(_pieces(path))
    said = []
    for piece in sorted(pieces, key=lambda one: one.kind != "tabular"):  # the indexes after it
        try:
            if piece.kind == "tabular":
                said.append(_add_tabular(piece, _list_for(piece, pieces, path)))
            elif piece.kind == "index":
                said.append(_add_index(piece))
        except ValueError as problem:
            if piece.name in str(problem):
                raise
            raise UseError(f"{piece.name}: {problem}") from problem
    if not said:
        said = [_add_codes(piece) for piece in pieces if piece.kind == "codes"]
    if not said:
        raise UseError(_not_understood(path, pieces))
    return "\n".join(said)


def add_tabular(path: str | Path) -> str:
    """Take in a Tabular List (the list of codes beside it is used too); the same as ``use``."""
    return use(path)


# -- finding out what the file is
# -----------------------------------------------------------------------------------------


def _pieces(path: Path) -> Iterator[Piece]:
    if path.is_dir():
        for inside in sorted(path.iterdir()):
            if inside.is_file() and inside.suffix.lower() in (".xml", ".gz", ".zip", ".txt"):
                yield from _pieces(inside)
        return
    if zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist():
                    if not member.is_dir() and member.filename.lower().endswith((".xml", ".txt", ".gz")):
                        with archive.open(member) as file:
                            yield _piece(Path(member.filename).name, _unpacked(file, member.filename))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error) as problem:
            raise UseError(f"The zip file {path.name} cannot be unpacked ({problem}). Download it again.") from problem
        return
    with path.open("rb") as file:
        yield _piece(path.name, _unpacked(file, path.name))


def _unpacked(file: object, name: str) -> bytes:
    """The bytes of an open file, gunzipped if they are gzipped. Raises UseError when they are too many or damaged."""
    content = file.read(LARGEST + 1)  # type: ignore[attr-defined]
    if content[:2] == b"\x1f\x8b":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error) as problem:
            raise UseError(f"The file {name} is damaged or incomplete ({problem}). Download it again.") from problem
    if len(content) > LARGEST:
        raise UseError(f"The file {name} is far larger than any official ICD-10-CM file, so it was not read.")
    return content


def _piece(name: str, content: bytes) -> Piece:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        kind = "tabular" if TABULAR_TAG in content[:65536] else "index" if INDEX_TAG in content[:65536] else "other"
    else:
        kind = "codes" if _looks_like_codes(content) else "other"
    return Piece(name, kind, content)


def _looks_like_codes(content: bytes) -> bool:
    """True when at least nine in ten of the first lines begin with a code."""
    lines = [line for line in content[:20_000].decode("utf-8", errors="replace").splitlines()[:-1] if line.strip()]
    return len(lines) >= 3 and len(library.codes_in("\n".join(lines))) >= 0.9 * len(lines) - 2


def _not_understood(path: Path, pieces: list[Piece]) -> str:
    wanted = (
        "The course can use the official ICD-10-CM Tabular List and indexes (XML), gzipped or in a zip as published."
    )
    if not pieces:
        return f"{path.name} holds no XML file. {wanted}"
    if len(pieces) > 1:
        return f"None of the {len(pieces)} files in {path.name} is an official ICD-10-CM file. {wanted}"
    content = pieces[0].content
    if not content.strip():
        return f"{path.name} is empty. Download it again."
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return f"{path.name} is not an XML file. {wanted}"
    root = tabular.parse_root(io.BytesIO(content))
    return f"{path.name} is XML, but its outermost element is <{root.tag}>, not <{tabular.ROOT_TAG}>. {wanted}"


# -- taking it in
# ---------------------------------------------------------------------------------------------------------


def _list_for(piece: Piece, pieces: list[Piece], path: Path) -> Piece | None:
    """The list of codes that came with a Tabular List: in the same zip or folder, or beside the file."""
    inside = [one for one in pieces if one.kind == "codes"]
    if not inside and path.is_file():
        year = "".join(c for c in _version(piece) if c.isdigit())
        beside = [
            p for p in sorted(path.parent.glob("*.txt")) if year and year in p.name and p.stat().st_size < LARGEST
        ]
        inside = [one for p in beside if (one := _piece(p.name, p.read_bytes())).kind == "codes"]
    # The order file is the fuller one; the published code file does as well.
    return min(inside, key=lambda one: ("order" not in one.name.lower(), "addenda" in one.name.lower()), default=None)


def _version(piece: Piece) -> str:
    return (tabular.parse_root(io.BytesIO(piece.content)).findtext("version") or "").strip()


def _add_tabular(piece: Piece, codes: Piece | None) -> str:
    root = tabular.parse_root(io.BytesIO(piece.content))
    edition = _edition(root.findtext("version"), piece.name)
    listed = set(library.codes_in(codes.content.decode("utf-8-sig", errors="replace"))) if codes else None
    tree = tabular.read_tree(root, sources.guidance() if listed is None else listed)
    _check(tree, piece.name)
    if listed is not None and codes is not None:
        _check_list(tree, listed, codes.name, piece.name)
    billable = sum(entry.kind == "code" and not entry.children for entry in tree.by_code.values())
    _keep(edition, piece, codes, billable)
    said = (
        f"ICD-10-CM FY{edition} can be used now: {billable:,} billable codes, from {piece.name}. "
        f"It is in force from 1 October {edition - 1} to 30 September {edition}."
    )
    if codes is not None:
        said += f" Which codes exist was taken from {codes.name}."
    else:
        said += (
            " No list of codes was found beside it, so which 7th characters exist follows from the rules of the "
            "Tabular List: a few combinations may not exist. To settle that, put the official code or order file of "
            f"{edition} beside it and run the command again."
        )
    if edition in sources.BUILT_IN:
        said += (
            f" It takes the place of the course's own FY{edition}; to go back, delete the folder "
            f"{sources.added_folder(edition)}."
        )
    return said


def _edition(version: str | None, name: str) -> int:
    version = (version or "").strip()
    if not version.isdecimal() or not 2016 <= int(version) <= 2099:
        shown = f"says {version!r}" if version else "is missing"
        raise UseError(f"{name}: the element <version>, which should hold the year (such as 2028), {shown}.")
    return int(version)


def _check(tree: Tree, name: str) -> None:
    """Every code must look like one and stand under a heading that it begins with."""
    for entry in tree.by_code.values():
        if entry.kind != "code":
            continue
        if not library.is_bare_code(entry.code.replace(".", "")):
            raise UseError(f"{name}: {entry.code!r} is not a possible ICD-10-CM code, so the file cannot be relied on.")
        if not entry.title:
            raise UseError(
                f"{name}: the code {entry.code} has no title. The file may be incomplete: download it again."
            )
        above = entry.parent
        if above is not None and above.kind == "code" and not entry.code.startswith(above.code):
            raise UseError(f"{name}: {entry.code} stands below {above.code}, where it cannot belong.")


def _check_list(tree: Tree, listed: set[str], list_name: str, name: str) -> None:
    """The list of codes must be the one of this Tabular List."""
    plain = {e.code.replace(".", "") for e in tree.by_code.values() if e.kind == "code" and not e.children}
    strangers = len(plain - listed) + sum(code not in plain for code in listed if len(code) == 7)
    if strangers > len(plain) // 100:
        raise UseError(
            f"The list of codes {list_name} does not belong to {name}: {strangers:,} codes do not fit. "
            "Put the list of the same year beside it, or take it away."
        )


def _keep(edition: int, piece: Piece, codes: Piece | None, billable: int) -> None:
    """Write the files; the record comes last, because only with it the edition counts."""
    folder = sources.added_folder(edition)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / sources.ABOUT).unlink(missing_ok=True)
    write_bytes(folder / sources.TABULAR, gzip.compress(piece.content, mtime=0))
    if codes is None:
        (folder / sources.CODES).unlink(missing_ok=True)
    else:
        write_bytes(folder / sources.CODES, gzip.compress(codes.content, mtime=0))
    record = {
        "edition": edition,
        "file": piece.name,
        "codes": codes.name if codes else None,
        "billable": billable,
        "added": paths.today().isoformat(),
    }
    write_bytes(folder / sources.ABOUT, json.dumps(record, indent=1).encode())


def _add_codes(piece: Piece) -> str:
    """A list of codes alone: it joins the Tabular List of its year, if that was added before."""
    listed = set(library.codes_in(piece.content.decode("utf-8-sig", errors="replace")))
    for edition in reversed(sources.added_editions()):
        folder = sources.added_folder(edition)
        content = gzip.decompress((folder / sources.TABULAR).read_bytes())
        name = (sources.about(edition) or {}).get("file", "the Tabular List")
        try:
            _check_list(tabular.read_tree(tabular.parse_root(io.BytesIO(content)), listed), listed, piece.name, name)
        except UseError:
            continue
        return _add_tabular(Piece(name, "tabular", content), piece)
    raise UseError(
        f"{piece.name} is a list of codes. It can only be used together with the Tabular List (XML) of the same year: "
        "put both into one folder and give the course the XML file or the folder."
    )


def _add_index(piece: Piece) -> str:
    """Hand an index to the module that knows indexes. It takes a file, so the unpacked piece is written to one."""
    try:
        from course.codesets.icd10cm import alphabetic
    except ImportError:
        raise UseError(f"{piece.name} is an index; this version of the course cannot use indexes yet.") from None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / piece.name.removesuffix(".gz")
        file.write_bytes(piece.content)
        return alphabetic.install(file)


__all__ = ["TabularError", "UseError", "add_tabular", "use"]
