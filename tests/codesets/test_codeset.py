"""The code set as a whole: laws that hold for every code; titles, 7th characters and Excludes1 against the files."""

from __future__ import annotations

import csv
import gzip
import itertools
import random
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.codesets import icd10cm
from course.codesets.icd10cm import CodeSet, library, use
from course.codesets.icd10cm.model import bare, dotted
from tests.some import some

from .conftest import tiny


@pytest.fixture(scope="module")
def listed() -> list[str]:
    """The dotted codes of the library's list, in its order."""
    path = library.library_files().code_list
    assert path is not None
    return [dotted(code) for code in library.read_code_list(path)]


# -- laws --------------------


def test_every_billable_code_is_its_own_normal_form(each: CodeSet):
    assert all(each.normalise(code) == code for code in each.billable_codes())


def test_every_entry_hangs_in_the_tree(each: CodeSet):
    rows = each.connection.execute(
        "SELECT n, code, level, billable, parent, chapter, stop FROM code ORDER BY n"
    ).fetchall()
    by_code = {row[1]: row for row in rows}
    chapters = [row[1] for row in rows if row[4] is None]
    assert chapters == [str(n) for n in range(1, 23)] == [code.code for code in each.chapters()]
    children = defaultdict(list)
    for n, code, level, billable, parent, chapter, stop in rows:
        if parent is None:
            assert level == "chapter" and code == chapter
            continue
        children[parent].append(code)
        above = by_code[parent]
        assert above[0] < n <= above[6] and chapter == above[5]
        assert not above[3], f"{parent} is billable and has children"
        assert (level == "code") == bool(billable)
        if level == "block":
            assert above[2] in ("chapter", "block") and re.fullmatch(r"(.{3})-(.{3})", code)
        elif level == "category" or len(code) == 3:
            assert above[2] in ("chapter", "block")
        else:
            assert code.startswith(parent)
        assert (stop == n) == bool(billable)
    for parent in [*itertools.islice(children, 0, None, 97), "19", "S52", "V00-X58"]:
        assert [child.code for child in each.children(parent)] == children[parent]


def test_ancestors_are_the_chain_of_parents(codes: CodeSet):
    chain = [code.code for code in codes.ancestors("S52.521A")]
    assert chain == ["S52.521", "S52.52", "S52.5", "S52", "S50-S59", "19"]
    drawn = random.Random(7).sample(list(codes.billable_codes()), 300)
    for code in drawn:
        above = codes.ancestors(code)
        assert above[-1].level == "chapter" and codes.parent(code) == above[0]
        assert all(code in [c.code for c in codes.children(above[0].code)] for above in [above])


def test_billable_below(codes: CodeSet):
    below = [code.code for code in codes.billable_below("S52.521")]
    assert below == [f"S52.521{char}" for char in "ADGKPS"]
    assert [code.code for code in codes.billable_below("S52.521A")] == ["S52.521A"]
    assert [code.code for code in codes.billable_below("S52", limit=2)] == ["S52.001A", "S52.001B"]
    assert codes.billable_below("19", limit=0) == []
    assert codes.billable_below("nonsense") == []
    assert len(codes.billable_below("22")) == 3


def test_blocks_and_chapters(codes: CodeSet):
    assert codes.get("19").level == "chapter"  # type: ignore[union-attr]
    assert codes.get("s50-s59").title == "Injuries to the elbow and forearm"  # type: ignore[union-attr]
    assert codes.get("B99").level == "category"  # type: ignore[union-attr]
    assert codes.get("B99-B99").level == "block"  # type: ignore[union-attr]
    assert codes.get("I10").level == "code"  # type: ignore[union-attr]


ANYTHING = st.one_of(
    st.text(), st.integers(), st.none(), st.binary(), st.floats(), st.from_regex(r"[A-Z][0-9A-Z]{2}.*")
)


@settings(max_examples=300)
@given(typed=ANYTHING, other=ANYTHING)
def test_no_input_raises(codes: CodeSet, typed: object, other: object):
    codes.get(typed)
    _ = typed in codes
    codes.is_billable(typed)
    codes.children(typed)
    codes.parent(typed)
    codes.ancestors(typed)
    codes.billable_below(typed, 3)
    codes.notes(typed)
    codes.seventh(typed)
    codes.valid_seventh(typed)
    codes.history(typed)
    codes.explain_not_billable(typed)
    codes.excludes1(typed, other)
    codes.refers(codes.notes("E10")[0], typed)


@given(typed=st.sampled_from(["S52.521A", "I10", "QA0.0101", "T52.811D"]), noise=st.sampled_from(["", " ", "\t", "."]))
def test_spelling_does_not_matter(codes: CodeSet, typed: str, noise: str):
    expected = codes.get(typed)
    assert expected is not None
    for spelling in (typed.lower(), bare(typed), f" {typed}{noise}", noise.join(typed)):
        assert codes.get(spelling) == expected


@pytest.mark.parametrize(
    "typed", ["", "S52.521AA", "S52.52XA", "Z99.9999", "A", "99", "23", "0", "S52-S50", "É11.9", "E11\x009"]
)
def test_what_is_no_code(codes: CodeSet, typed: str):
    assert codes.get(typed) is None and typed not in codes and not codes.is_billable(typed)
    assert codes.explain_not_billable(typed) is None


# -- against the library's list and the official titles --------------------


def test_the_codes_are_those_of_the_list_in_its_order(codes_2026: CodeSet, listed: list[str]):
    sql = "SELECT code FROM code WHERE level NOT IN ('chapter', 'block') ORDER BY n"
    assert [code for (code,) in codes_2026.connection.execute(sql)] == listed


def test_every_title_is_the_official_one(codes_2026: CodeSet, reference_dir: Path):
    """All, the expanded 7th-character codes included, of which the library itself garbles 527."""
    with gzip.open(reference_dir / "icd10cm_codes_fy2026_apr.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        official = {
            row["code"]: (row["description"], int(row["billable"]), row["chapter"]) for row in csv.DictReader(lines)
        }
    sql = "SELECT code, title, billable, chapter FROM code WHERE level NOT IN ('chapter', 'block')"
    ours = {code: rest for code, *rest in codes_2026.connection.execute(sql)}
    assert ours.keys() == official.keys()
    assert [code for code, facts in official.items() if tuple(ours[code]) != facts] == []


def test_no_title_is_garbled(each: CodeSet):
    sql = (
        "SELECT code, title FROM code "
        "WHERE title LIKE '%/\t%' OR title != trim(title) OR title LIKE '%  %' OR title = ''"
    )
    assert each.connection.execute(sql).fetchall() == []


# -- 7th characters --------------------


def test_the_nearest_rule_counts(codes: CodeSet):
    short = codes.seventh("S52.521A")
    assert short is not None and short.owner == "S52.52" and list(short.meanings) == list("ADGKPS")
    assert "S52.52" in short.text
    long = codes.seventh("S52.501A")
    assert long is not None and long.owner == "S52" and "B" in long.meanings
    assert long.meanings["B"] == "initial encounter for open fracture type I or II"


@pytest.mark.parametrize(
    ("code", "char", "meaning"),
    [
        ("O31.00X1", "1", "fetus 1"),
        ("H40.1112", "2", "moderate stage"),
        ("R40.2110", "0", "unspecified time"),
        ("M1A.0111", "1", "with tophus (tophi)"),
        ("E11.3213", "3", "bilateral"),
        ("T65.851A", "A", "initial encounter"),
        ("O31.40X9", "9", "other fetus"),
    ],
)
def test_schemes_of_7th_characters(codes: CodeSet, code: str, char: str, meaning: str):
    rule = codes.seventh(code)
    assert rule is not None and rule.meanings[char] == meaning


@pytest.mark.parametrize(
    "code", ["E11.9", "I10", "QA1.790", "M86.8X11", "Z87.8901", "H54.0X33", "C44.1021", "nonsense"]
)
def test_codes_without_a_rule(codes: CodeSet, code: str):
    assert codes.seventh(code) is None
    assert codes.valid_seventh(code) == {}


def test_every_offered_7th_character_exists_and_every_existing_one_is_offered(each: CodeSet):
    sql = "SELECT parent, code, title FROM code WHERE billable AND length(code) = 8"
    stems = defaultdict(dict)
    for stem, code, title in each.connection.execute(sql):
        stems[stem][code[-1]] = title
    outside = 0
    for stem, existing in stems.items():
        offered = each.valid_seventh(stem)
        if not offered:
            outside += len(existing)
            assert all(each.seventh(f"{stem}{char}") is None for char in existing)
            continue
        assert set(offered) == set(existing), stem
        assert all(title.endswith(f", {offered[char]}") for char, title in existing.items()), stem
        if len(offered) != 3:
            assert dict(each.seventh(stem).meanings) == offered, stem  # type: ignore[union-attr]
    assert len(stems) > 12_900
    assert outside == {2026: 180, 2027: 209}[each.edition]  # 7 characters, but no rule gives the last one


def test_the_rules_alone_would_make_codes_that_do_not_exist(codes: CodeSet):
    """S06 offers A, D and S; after death before regaining consciousness there is no later encounter."""
    assert set(codes.valid_seventh("S06.1X7")) == {"A"}
    assert set(codes.seventh("S06.1X7A").meanings) == {"A"}  # type: ignore[union-attr]
    assert set(codes.seventh("S06").meanings) == {"A", "D", "S"}  # type: ignore[union-attr]


# -- why not billable --------------------


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("S52.5", "needs a 5th character"),
        ("S52", "needs a 4th character"),
        ("S52.521", "is not complete: it still lacks its 7th character (A, D, G, K, P or S)."),
        ("W08", "with X in the empty places before it, as in W08.XXXA"),
        ("T52.81", "needs a 6th character"),
        ("M86.8X1", "needs a 7th character."),
        ("S50-S59", "a block"),
        ("19", "is a chapter"),
    ],
)
def test_what_a_heading_lacks(codes: CodeSet, code: str, words: str):
    assert words in (codes.explain_not_billable(code) or "")


def test_every_heading_is_explained_and_no_billable_code_is(each: CodeSet):
    sql = "SELECT code, billable FROM code"
    for code, billable in random.Random(3).sample(each.connection.execute(sql).fetchall(), 3000):
        said = each.explain_not_billable(code)
        assert (said is None) == bool(billable), code
        assert said is None or code in said


# -- Excludes1 --------------------

_SIMPLE = re.compile(r"\((?P<code>[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?:\.?-)?\)$")


@pytest.fixture(scope="module")
def simple_excludes1() -> list[tuple[str, str]]:
    """(owner, code named) for each Excludes1 note that ends in one plain code, read straight from the XML."""
    out = []
    for element in ET.parse(library.library_files().tabular).iter():
        if element.tag in ("chapter", "section", "diag"):
            owner = element.findtext("name") or element.get("id", "")
            for note in element.iterfind("excludes1/note"):
                text = (note.text or "").strip()
                if (
                    (match := _SIMPLE.search(text))
                    and text.count("(") - text.count(" (of") < 3
                    and "with" not in match[0]
                ):
                    out.append((owner, match["code"]))
    return out


def test_every_plain_excludes1_note_forbids(codes_2026: CodeSet, simple_excludes1: list[tuple[str, str]]):
    codes = codes_2026
    assert len(simple_excludes1) > 4000
    tried = 0
    for owner, named in some(simple_excludes1, 5):
        mine = codes.billable_below(owner if owner in codes else f"{owner}-{owner}", limit=1)
        theirs = codes.billable_below(named, limit=1)
        if not theirs:  # a slip in the book: the code does not exist
            continue
        a, b = mine[0].code, theirs[0].code
        if a.startswith(named) or b == a:
            continue  # the note names the family that the code itself is in
        tried += 1
        note = codes.excludes1(a, b)
        assert note is not None, (owner, named, a, b)
        assert note == codes.excludes1(b, a)
        assert note.kind == "excludes1" and note.owner in {
            c.code for x in (a, b) for c in [codes.get(x), *codes.ancestors(x)] if c
        }
    assert tried > 800


@pytest.mark.parametrize(
    ("a", "b", "owner"),
    [
        ("E10.9", "E11.9", "E10"),
        ("R05.1", "J11.1", None),
        ("E11.9", "I10", None),
        ("E11.22", "N18.32", None),
        ("I13.0", "I50.22", None),
        ("S01.00XA", "S02.0XXB", "S01"),  # open skull fracture: only with 7th character B …
        ("S01.00XA", "S02.0XXA", None),  # … a closed one is no conflict
        ("G63", "E11.42", "G63"),  # "E08-E13 with .42"
        ("G63", "E11.41", None),
        ("E11.9", "E11.9", None),
        ("E11.9", "nonsense", None),
        ("E10", "E11", "E10"),  # headings may be asked about too
    ],
)
def test_known_pairs(codes: CodeSet, a: str, b: str, owner: str | None):
    note = codes.excludes1(a, b)
    assert (note.owner if note else None) == owner
    assert codes.excludes1(b, a) == note


def test_excludes1_is_symmetric_and_says_what_it_rests_on(codes: CodeSet):
    chance = random.Random(11)
    every = list(codes.billable_codes())
    owners = [
        owner for (owner,) in codes.connection.execute("SELECT DISTINCT owner FROM note WHERE kind = 'excludes1'")
    ]
    found = 0
    for _ in range(400):
        a = chance.choice(codes.billable_below(chance.choice(owners))).code
        b = chance.choice(every)
        note = codes.excludes1(a, b)
        assert note == codes.excludes1(b, a)
        if note is not None:
            found += 1
            assert codes.refers(note, a) != codes.refers(note, b)
    assert found


def test_a_note_about_its_own_family_is_no_conflict(
    codes: CodeSet, own_folders: Path, write: Callable[[str, str], Path]
):
    """E10 excludes E11 and the other way round; two codes of E11 may stand together. D72 excludes a code of its own."""
    assert codes.excludes1("E11.22", "E11.65") is None
    note = codes.excludes1("D72.110", "D72.824")
    assert note is not None and note.owner == "D72"
    use.use(write("tabular.xml", tiny("2019")))
    invented = icd10cm.open_edition(2019)
    assert invented.notes("A00.0", kinds=["excludes1"])[0].refs[0].covers("A00.1")
    assert invented.excludes1("A00.0", "A00.1") is None
