"""The file of an edition: built whole, found damaged, rebuilt; and what happens where nothing can be written."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from course.codesets import icd10cm
from course.codesets.icd10cm import CodeSet, catalogue, library, making, sources, store, use

from .conftest import tiny

#: A year of which the course holds nothing itself: the invented Tabular List is built in no time.
YEAR = 2020


@pytest.fixture
def tiny_edition(own_folders: Path, write: Callable[[str, str], Path]) -> Path:
    """The invented Tabular List as edition YEAR; returns the cache folder, still without a file in it."""
    use.use(write("tabular.xml", tiny(str(YEAR))))
    return own_folders / "cache"


@pytest.fixture
def own_process() -> None:
    """The test wants files made as they are in real life, in a process of their own."""


@pytest.fixture(autouse=True)
def _here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are made in this process, where a test can interfere, unless it asks for ``own_process``."""
    if "own_process" not in request.fixturenames:
        monkeypatch.setattr(making, "in_child", lambda *_: False)


def reopened() -> CodeSet:
    """As a new session would open it."""
    catalogue.forget(YEAR)
    return icd10cm.open_edition(YEAR)


def the_file(cache: Path) -> Path:
    (path,) = cache.glob(f"icd10cm-{YEAR}-*.sqlite")
    return path


def test_built_once_then_only_opened(tiny_edition: Path):
    said: list[tuple[float, str]] = []
    codes = icd10cm.open_edition(YEAR, on_progress=lambda part, message: said.append((part, message)))
    assert codes.get("a000").title == "Blue thing, dull"  # type: ignore[union-attr]
    parts = [part for part, _ in said]
    assert parts == sorted(parts) and parts[0] >= 0 and parts[-1] == 1 and all(message for _, message in said)
    made = the_file(tiny_edition).stat().st_mtime_ns
    said.clear()
    catalogue.forget(YEAR)
    icd10cm.open_edition(YEAR, on_progress=lambda part, message: said.append((part, message)))
    assert said == [] and the_file(tiny_edition).stat().st_mtime_ns == made
    assert list(tiny_edition.glob("*.tmp")) == []


@pytest.mark.usefixtures("own_process")
def test_a_file_is_made_in_a_process_of_its_own(tiny_edition: Path, monkeypatch: pytest.MonkeyPatch):
    def not_here(*_: object) -> None:
        raise AssertionError("made in this process")

    monkeypatch.setattr(making, "in_this_process", not_here)
    said: list[float] = []
    codes = icd10cm.open_edition(YEAR, on_progress=lambda part, _: said.append(part))
    assert codes.count() == 5 and said == sorted(said) and said[-1] == 1
    assert codes.warning is None or "stored" not in codes.warning


@pytest.mark.usefixtures("own_process")
@pytest.mark.parametrize("interpreter", ["", "/no/such/python", sys.executable + "-that-is-missing"])
def test_where_no_process_can_be_started_it_is_made_here(
    tiny_edition: Path, monkeypatch: pytest.MonkeyPatch, interpreter: str
):
    monkeypatch.setattr(sys, "executable", interpreter)
    assert reopened().count() == 5


@pytest.mark.usefixtures("own_process")
def test_a_process_that_fails_is_not_the_end(tiny_edition: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONHOME", str(tiny_edition / "nowhere"))  # a Python that cannot even start
    assert reopened().count() == 5


@pytest.mark.usefixtures("own_process")
def test_a_stopped_cell_leaves_no_process_and_no_half_file(tiny_edition: Path):
    def stop(_part: float, _message: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        icd10cm.open_edition(YEAR, on_progress=stop)
    assert list(tiny_edition.iterdir()) == []
    assert icd10cm.open_edition(YEAR).count() == 5


@pytest.mark.usefixtures("own_process")
def test_a_stopped_cell_does_not_wait_for_the_process(
    tiny_edition: Path, write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
):
    slow = write("slow_maker.py", "import time; print('0.1\\tBusy', flush=True); time.sleep(60)")
    monkeypatch.setenv("PYTHONPATH", str(slow.parent))
    monkeypatch.setattr(making, "__name__", slow.stem)

    def stop(_part: float, message: str) -> None:
        assert message == "Busy"
        raise KeyboardInterrupt

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        icd10cm.open_edition(YEAR, on_progress=stop)
    assert time.monotonic() - start < 30


DAMAGE: dict[str, Callable[[Path], None]] = {
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-4096]),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "one page missing": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size - 1]),
    "not a database": lambda path: path.write_bytes(b"hello" * 5000),
    "a database of another program": lambda path: _foreign(path),
    "zeros in the header": lambda path: path.write_bytes(b"\0" * 100 + path.read_bytes()[100:]),
    "another version": lambda path: _with_meta(path, "version", "old"),
    "another edition": lambda path: _with_meta(path, "edition", "1999"),
    "codes missing": lambda path: _sql(path, "DELETE FROM code WHERE n > 3"),
    "tables missing": lambda path: _sql(path, "DROP TABLE meta"),
}


def _sql(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()


def _with_meta(path: Path, key: str, value: str) -> None:
    _sql(path, f"UPDATE meta SET value = '{value}' WHERE key = '{key}'")


def _foreign(path: Path) -> None:
    path.unlink()
    _sql(path, "CREATE TABLE code(n)")


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_rebuilt_when_it_is_opened(tiny_edition: Path, damage: str):
    reopened()
    catalogue.forget(YEAR)
    DAMAGE[damage](the_file(tiny_edition))
    codes = icd10cm.open_edition(YEAR)
    assert codes.warning is None or "list of codes" in codes.warning.lower()
    assert codes.meta("version") != "old" and codes.meta("edition") == str(YEAR)
    with sqlite3.connect(the_file(tiny_edition)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert codes.count() == 5 and codes.get("B00").title == "Other thing"  # type: ignore[union-attr]
    assert [note.kind for note in codes.notes("B00")] == ["code_first"]
    assert list(tiny_edition.glob("*.tmp")) == []


def test_damage_inside_is_met_at_query_time_and_mended(tiny_edition: Path):
    reopened()
    catalogue.forget(YEAR)
    path = the_file(tiny_edition)
    page = 4096
    content = bytearray(path.read_bytes())
    with sqlite3.connect(path) as connection:
        roots = [root for (root,) in connection.execute("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'note'")]
    connection.close()
    for root in roots:
        content[(root - 1) * page : root * page] = b"\xff" * page
    path.write_bytes(content)
    codes = icd10cm.open_edition(YEAR)  # the cheap checks do not see it
    assert [note.kind for note in codes.notes("B00")] == ["code_first"]
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_mistake_in_a_query_is_no_damage(tiny_edition: Path):
    codes = reopened()
    made = the_file(tiny_edition).stat().st_mtime_ns
    with pytest.raises(sqlite3.OperationalError):
        codes._database.ask("SELECT nonsense")
    assert the_file(tiny_edition).stat().st_mtime_ns == made


def test_nobody_can_write_into_an_open_edition(codes: CodeSet):
    with pytest.raises(sqlite3.OperationalError):
        codes.connection.execute("DELETE FROM code")


@pytest.mark.parametrize("where", ["a file stands there", "read only"])
def test_without_a_place_to_write_the_course_goes_on(
    own_folders: Path, write: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch, where: str
):
    use.use(write("tabular.xml", tiny(str(YEAR))))
    cache = own_folders / "cache"
    if where == "read only":
        if os.name == "nt" or os.geteuid() == 0:
            pytest.skip("this user may write everywhere")
        cache.mkdir()
        cache.chmod(stat.S_IRUSR | stat.S_IXUSR)
    else:
        cache.write_text("in the way", encoding="utf-8")
    codes = reopened()
    assert codes.count() == 5
    assert codes.warning is not None and "could not be stored" in codes.warning and str(cache) in codes.warning
    # Not even a temporary folder: then in memory.
    monkeypatch.setattr(store.tempfile, "mkdtemp", _no_space)
    codes = reopened()
    assert codes.count() == 5 and codes.search("blue") is not None
    assert codes.warning is not None and "could not be stored" in codes.warning


def _no_space(**_: object) -> str:
    raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_no_half_file(tiny_edition: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    from course.codesets.icd10cm import build

    real = build.search_tables
    calls = []

    def once(*arguments: object) -> bool:
        calls.append(1)
        if len(calls) == 1:
            full()
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "search_tables", once)
    codes = reopened()
    assert codes.count() == 5 and "disk is full" in (codes.warning or "")
    assert list(tiny_edition.iterdir()) == []


def test_a_build_that_is_killed_leaves_no_trace_that_matters(tiny_edition: Path):
    tiny_edition.mkdir(parents=True)
    (tiny_edition / f"icd10cm-{YEAR}-abc-xyz.tmp").write_bytes(b"half")
    assert reopened().count() == 5


def test_older_files_are_tidied_away_but_one(tiny_edition: Path):
    tiny_edition.mkdir(parents=True)
    long_ago = time.time() - 7200
    for name in ("aaa", "bbb", "ccc"):
        path = tiny_edition / f"icd10cm-{YEAR}-{name}.sqlite"
        path.write_bytes(b"old")
        os.utime(path, (long_ago, long_ago))
        long_ago += 1
    reopened()
    assert sorted(p.name for p in tiny_edition.glob("*-ccc.sqlite")) and not list(tiny_edition.glob("*-aaa.sqlite"))


def test_two_processes_may_build_at_once(tiny_edition: Path):
    script = (
        f"from course.codesets import icd10cm; codes = icd10cm.open_edition({YEAR});"
        "print(codes.count(), 'stored' in codes.warning)"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, encoding="utf-8")
        for _ in range(3)
    ]
    assert [child.communicate(timeout=60)[0].strip() for child in children] == ["5 False"] * 3
    assert the_file(tiny_edition) and list(tiny_edition.glob("*.tmp")) == []


def test_threads_share_one_code_set(codes: CodeSet):
    wrong: list[object] = []

    def look(start: int) -> None:
        try:
            for code in list(codes.billable_codes())[start::2003]:
                if codes.get(code).code != code or not codes.ancestors(code):  # type: ignore[union-attr]
                    wrong.append(code)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the test must see it
            wrong.append(problem)

    threads = [threading.Thread(target=look, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_opening_is_fast_and_light(codes: CodeSet):
    """20 ms is the bar; the test allows for a busy machine and takes the best of five."""
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        connection, warning = store.open_file(sources.recipe(2027), codes.meta("version") or "", store.quiet)
        best = min(best, time.perf_counter() - start)
        connection.close()
        assert warning is None
    assert best < 0.02


def test_the_librarys_module_is_never_imported():
    """Its import takes 1.7 s and 200 MB; nor does opening an edition need the modules that build one."""
    script = (
        "import sys; from course.codesets import icd10cm; icd10cm.open_edition(2027).get('I10');"
        "heavy = ('icd10cm.build', 'icd10cm.tabular', 'icd10cm.making', 'pandas', 'ipywidgets', 'sqlalchemy');"
        "print([name for name in sys.modules if name.startswith('simple_icd') or name.endswith(heavy)])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_without_the_library_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(library, "PACKAGE", "no_such_package_at_all")
    with pytest.raises(icd10cm.SourceMissing, match="doctor"):
        library.library_files()
