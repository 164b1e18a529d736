"""The two editions of the course, opened once; and tiny invented Tabular Lists for the tests that build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from course.codesets import icd10cm

#: A Tabular List of two chapters in the publisher's layout, invented for the tests; built in no time.
TINY = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>{version}</version>
  <introduction><introSection type="title"><title>Invented for a test</title></introSection></introduction>
  <chapter>
    <name>1</name>
    <desc>First things (A00-A09)</desc>
    <sectionIndex><sectionRef first="A00" last="A09" id="A00-A09">Things</sectionRef></sectionIndex>
    <section id="A00-A09">
      <desc>Things (A00-A09)</desc>
      <excludes1><note>second things (B00.-)</note></excludes1>
      <diag>
        <name>A00</name>
        <desc>Blue thing</desc>
        <excludes1><note>what is blue for another reason (A00.-)</note></excludes1>
        <inclusionTerm><note>Azure thing</note></inclusionTerm>
        <diag><name>A00.0</name><desc>Blue thing, dull</desc></diag>
        <diag><name>A00.1</name><desc>{title}</desc></diag>
      </diag>
      <diag>
        <name>A01</name>
        <desc>Broken thing</desc>
        <sevenChrNote><note>Add a 7th character to each code from category A01</note></sevenChrNote>
        <sevenChrDef>
          <extension char="A">initial encounter</extension>
          <extension char="S">sequela</extension>
        </sevenChrDef>
        <diag><name>A01.0</name><desc>Broken thing, left</desc></diag>
      </diag>
    </section>
  </chapter>
  <chapter>
    <name>2</name>
    <desc>Second things (B00-B00)</desc>
    <section id="B00">
      <desc>Other things (B00)</desc>
      <diag>
        <name>B00</name>
        <desc>Other thing</desc>
        <codeFirst><note>broken thing (A01.- with 7th character S)</note></codeFirst>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
"""

#: The codes of TINY as the publisher's order file lists them.
TINY_CODES = """00001 A00     0 Blue thing                                                   Blue thing
00002 A000    1 Blue thing, dull                                             Blue thing, dull
00003 A001    1 Blue thing, bright                                           Blue thing, bright
00004 A01     0 Broken thing                                                 Broken thing
00005 A010    0 Broken thing, left                                           Broken thing, left
00006 A010XXA 1 Broken thing, left, initial encounter                        Broken thing, left, initial encounter
00007 B00     1 Other thing                                                  Other thing
"""


def tiny(version: str = "2020", title: str = "Blue thing, bright") -> str:
    """The invented Tabular List of a year."""
    return TINY.format(version=version, title=title)


@pytest.fixture(scope="session")
def codes() -> icd10cm.CodeSet:
    """FY2027, the edition in force on the pinned date."""
    return icd10cm.open_edition(2027)


@pytest.fixture(scope="session")
def codes_2026() -> icd10cm.CodeSet:
    """FY2026 with the April 2026 update, the base."""
    return icd10cm.open_edition(2026)


@pytest.fixture(scope="session", params=[2026, 2027])
def each(request: pytest.FixtureRequest) -> icd10cm.CodeSet:
    """Both editions, one after the other."""
    return icd10cm.open_edition(request.param)


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Empty cache and user folders that only this test sees: ``cache`` and ``user`` in the folder returned."""
    monkeypatch.setenv("COURSE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COURSE_USER_DIR", str(tmp_path / "user"))
    return tmp_path


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """``write("a.xml", text)``: a file in an empty folder of its own."""

    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / "given" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written
