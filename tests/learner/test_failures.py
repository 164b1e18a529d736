"""What can go wrong with a disk, done to real files by real processes: killed, raced, filled, locked, read-only."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import pytest

from course.learner.records import Kept
from course.learner.store import open_store

from .conftest import attempt

WORKER = Path(__file__).with_name("worker.py")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(WORKER.parents[2])}


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, str(WORKER), *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=ENVIRONMENT)


def uids(text: str) -> set[str]:
    """Whole lines that are uids. A line cut off by a kill was not an acknowledgement anyone read."""
    return {line for line in text.split("\n")[:-1] if len(line) == 32}


def fork_writer(folder: Path) -> tuple[int, IO[str]]:
    """A session in a process of its own that writes until it is killed; its acknowledgements come through the pipe."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            store = open_store(folder)
            for number in range(100_000):
                one = attempt(number)
                if store.record(one) is Kept.SAVED:
                    os.write(writing, f"{one.uid}\n".encode())
        finally:
            os._exit(9)
    os.close(writing)
    return child, os.fdopen(reading, encoding="ascii")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_kernels_lose_nothing_acknowledged(tmp_path: Path) -> None:
    """Sixteen sessions on one folder, two at a time, each killed (SIGKILL) at a random moment while it writes."""
    rng = random.Random(15)
    acknowledged: set[str] = set()
    for _ in range(8):
        workers = [fork_writer(tmp_path) for _ in range(2)]
        begun = [pipe.readline() for _, pipe in workers]
        for (child, pipe), first in zip(workers, begun, strict=True):
            time.sleep(rng.uniform(0.0, 0.06))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            assert os.WTERMSIG(status) == signal.SIGKILL
            with pipe:
                acknowledged |= uids(first + pipe.read())
    store = open_store(tmp_path)
    assert store.warning is None and len(acknowledged) >= 16
    assert acknowledged <= {one.uid for one in store.attempts()}
    # Both files hold everything: either one alone would have been enough.
    assert acknowledged <= store.vault.twin.read().attempts.keys()


@pytest.mark.slow
def test_two_sessions_at_once(tmp_path: Path) -> None:
    workers = [start("write", tmp_path, 100) for _ in range(2)]
    outputs = [worker.communicate(timeout=120) for worker in workers]
    assert [errors for _, errors in outputs] == ["", ""]
    acknowledged = [uids(out) for out, _ in outputs]
    assert [len(one) for one in acknowledged] == [100, 100]
    store = open_store(tmp_path)
    assert {one.uid for one in store.attempts()} == acknowledged[0] | acknowledged[1]
    assert store.warning is None and len(store.vault.twin.read().attempts) == 200


@pytest.mark.skipif(os.name == "nt", reason="no RLIMIT_FSIZE on Windows")
@pytest.mark.parametrize("limit", [0, 3_000, 20_000, 45_000])
def test_full_disk(tmp_path: Path, limit: int) -> None:
    """Files stop growing at ``limit`` bytes; later there is room again."""
    for number in range(3):
        assert open_store(tmp_path).record(attempt(number)) is Kept.SAVED
    worker = start("limit", tmp_path, limit, 120)
    out, errors = worker.communicate(timeout=120)
    assert errors == ""
    _full_then_free(out)
    assert len(open_store(tmp_path).attempts()) == 123


def _full_then_free(out: str) -> None:
    lines = out.splitlines()
    pending, seen = map(int, next(line for line in lines if line.startswith("pending")).split()[1:])
    acknowledged = len(uids(out))
    assert pending > 0 and pending + acknowledged == 120 and seen == 123
    assert "so your answers are not saved" in out
    assert lines[-1] == "flushed True 0 None"


def in_a_mount(script: str, *arguments: object) -> str:
    """Run a shell script where it may mount (a namespace of its own; root is bound by what it mounts, too)."""
    namespace = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    command = [*namespace, "sh", "-c", script, "sh", sys.executable, *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=ENVIRONMENT)
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this machine does not let a test mount a file system")
    assert done.stderr == ""
    return done.stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX disk")
def test_full_file_system(tmp_path: Path) -> None:
    """A real file system of 200 kB without room."""
    script = (
        'mount -t tmpfs -o size=200k tmpfs "$2" || exit 77; dd if=/dev/zero of="$2/filler" bs=1k 2>/dev/null; '
        '"$1" "$3" write "$2" 5; rm "$2/filler"; "$1" "$3" write "$2" 5'
    )
    full, free = in_a_mount(script, tmp_path, WORKER).split("done\n")[:2]
    assert len(uids(full)) == 0 and len(uids(free)) == 5


READ_ONLY = """
import sys
from pathlib import Path
from course.learner.store import Attempt, open_store
store = open_store(Path(sys.argv[1]))
print(len(store.attempts()), store.durable)
print(store.record(Attempt(question_id="q", content_version="v", kind="k", response="b", outcome="correct", score=1)))
print(len(store.attempts()), store.last("q").response, store.warning)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX disk")
def test_read_only_file_system(tmp_path: Path) -> None:
    """The home is mounted read-only: earlier answers show, new ones stay in memory."""
    home = tmp_path / "home"
    for number in range(3):
        open_store(home).record(attempt(number))
    script = 'mount --bind "$2" "$2" && mount -o remount,ro,bind "$2" || exit 77; exec "$1" -c "$3" "$2"'
    first, second, third = in_a_mount(script, home, READ_ONLY).splitlines()
    assert first == "3 False" and second == "memory"
    assert third.startswith("4 b The folder") and "cannot be written" in third and "COURSE_USER_DIR" in third


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    """A file stands where the folder (or one above it) should be; then it goes away."""
    obstacle = tmp_path / "obstacle"
    obstacle.write_text("", encoding="utf-8")
    store = open_store(obstacle / "below")
    assert not store.durable and store.warning is not None and "cannot be written" in store.warning
    one = attempt()
    assert store.record(one) is Kept.MEMORY
    assert store.last(one.question_id) == one and store.pending == 1
    obstacle.unlink()
    two = attempt(1)
    assert store.record(two) is Kept.SAVED and store.durable and store.warning is None
    assert {a.uid for a in open_store(obstacle / "below").attempts()} == {one.uid, two.uid}


def test_another_program_holds_the_database(tmp_path: Path) -> None:
    """The safety copy takes the answers meanwhile: they are on disk, and in the database as soon as it is free."""
    store = open_store(tmp_path)
    store.record(attempt(0))
    holder = start("hold", tmp_path)
    assert holder.stdout.readline() == "held\n"  # type: ignore[union-attr]
    began = time.perf_counter()
    assert store.record(attempt(1)) is Kept.SAVED
    assert store.record(attempt(2)) is Kept.SAVED
    assert time.perf_counter() - began < 8
    began = time.perf_counter()
    assert store.record(attempt(3)) is Kept.SAVED and len(store.attempts()) == 4
    assert time.perf_counter() - began < 2.0  # the card does not freeze a second time
    late = open_store(tmp_path)
    assert late.warning is None and late.durable
    assert late.record(attempt(4)) is Kept.SAVED
    holder.communicate("go\n")
    assert store.record(attempt(5)) is Kept.SAVED and store.durable
    again = open_store(tmp_path)
    assert again.warning is None and [one.question_id for one in again.attempts()] == [
        attempt(number).question_id for number in range(6)
    ]


def test_another_session_holds_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import filelock

    monkeypatch.setattr("course.learner.vault.PATIENCE", 0.2)
    store = open_store(tmp_path)
    with filelock.FileLock(tmp_path / "progress.lock", is_singleton=False):
        one = attempt()
        assert store.record(one) is Kept.MEMORY and store.last(one.question_id) == one
        assert "Another program is holding" in str(store.warning)
    assert store.flush() and store.durable
    assert [a.uid for a in open_store(tmp_path).attempts()] == [one.uid]


def test_memory_is_written_when_the_session_ends(tmp_path: Path) -> None:
    """An answer kept in memory is tried once more when the kernel shuts down."""
    obstacle = tmp_path / "obstacle"
    obstacle.write_text("", encoding="utf-8")
    command = [sys.executable, "-c", f"{READ_ONLY}\nPath(sys.argv[1]).parent.unlink()", str(obstacle / "below")]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=True)
    assert done.stdout.splitlines()[1] == "memory" and done.stderr == ""
    assert len(open_store(obstacle / "below").attempts()) == 1


def test_the_file_is_replaced_while_a_notebook_is_open(tmp_path: Path) -> None:
    """Deleted by hand or set aside by a reset: nothing is held open, so the next answer makes a new file."""
    store = open_store(tmp_path)
    store.record(attempt(0))
    (tmp_path / "progress.sqlite3").unlink()
    assert store.record(attempt(1)) is Kept.SAVED
    assert len(store.attempts()) == 2  # the first came back from the safety copy
    (tmp_path / "progress-copy.jsonl").unlink()
    assert store.record(attempt(2)) is Kept.SAVED
    assert len(store.vault.twin.read().attempts) == 3
    for name in ("progress.sqlite3", "progress-copy.jsonl"):
        (tmp_path / name).rename(tmp_path / f"old-{name}")
    assert store.record(attempt(3)) is Kept.SAVED and len(store.attempts()) == 1


def test_threads_share_a_store(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    store = open_store(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        kept: list[Any] = list(pool.map(lambda number: store.record(attempt(number)), range(80)))
    assert set(kept) == {Kept.SAVED} and len(store.attempts()) == 80
