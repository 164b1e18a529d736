"""How well does the search find what the official indexes name? A sample, a definition of a hit, two figures.

**Sample** (fixed seed): up to ``PER_SOURCE`` entries from each of four sources, half for tuning, half for reporting.

* ``external``: External Cause Index. Query: main term and sub-terms, joined by blanks, without the nonessential
  modifiers.
* ``neoplasm``: Neoplasm Table. Query: site path, then the head of one column drawn at random (``Benign``).
* ``drug``: Table of Drugs and Chemicals. Query: substance path, then ``poisoning accidental``, ``adverse effect`` ...
* ``inclusion``: inclusion terms of the Tabular List, **held out**: the searched index is built without them.

**Hit**: the code that the entry names is among the first ten. A code that the entry gives as a family (``I42.-``), or
that is not billable in the edition, is hit when it itself or a code below it is among them; a billable code only by
itself. Entries whose code the edition no longer has are left out. ``MRR`` is the mean of 1 / (rank of the first hit),
0 beyond ten.

Nothing here reads the main Alphabetic Index, and the search is measured without any index file loaded.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SEED = 20261001
PER_SOURCE = 600
TOP = 10

NEOPLASM_COLUMNS = {
    "malignant_primary": "Malignant Primary",
    "malignant_secondary": "Malignant Secondary",
    "ca_in_situ": "Ca in situ",
    "benign": "Benign",
    "uncertain": "Uncertain Behavior",
    "unspecified": "Unspecified Behavior",
}
DRUG_COLUMNS = {
    "poisoning_accidental": "poisoning accidental",
    "poisoning_selfharm": "poisoning intentional self-harm",
    "poisoning_assault": "poisoning assault",
    "poisoning_undetermined": "poisoning undetermined",
    "adverse_effect": "adverse effect",
    "underdosing": "underdosing",
}


@dataclass(frozen=True)
class Entry:
    """One thing to look up: what is typed, the code the source names, and whether the source names the family."""

    source: str
    query: str
    code: str
    family: bool
    tune: bool


@dataclass(frozen=True)
class Score:
    """Share found in the first ten and mean reciprocal rank over `n` entries."""

    n: int
    hit10: float
    mrr: float


def samples(reference: Path, conn: sqlite3.Connection, per_source: int = PER_SOURCE) -> list[Entry]:
    """The sample over the four sources. `reference`: the folder of the official tables; `conn`: an edition file."""
    billable = dict(conn.execute("SELECT code, billable FROM code").fetchall())
    sources: list[tuple[str, Iterator[tuple[str, str]]]] = [
        ("external", _external(reference / "official" / "icd10cm_eindex_2025.xml.gz")),
        ("neoplasm", _table(reference / "icd_neoplasm_fy2025.csv.gz", NEOPLASM_COLUMNS)),
        ("drug", _table(reference / "icd_drug_fy2025.csv.gz", DRUG_COLUMNS)),
        ("inclusion", inclusion_terms(conn)),
    ]
    found: list[Entry] = []
    for source, pairs in sources:
        found += draw(source, pairs, billable, per_source)
    return found


def draw(source: str, pairs: Iterable[tuple[str, str]], billable: dict[str, int], count: int) -> list[Entry]:
    """Up to `count` entries drawn without repetition; every second one is for tuning."""
    rng = random.Random(f"{SEED}-{source}")
    usable: dict[tuple[str, str], bool] = {}
    for query, raw in pairs:
        code = raw.strip().rstrip("-").rstrip(".")
        if code in billable and query.strip():
            usable[(query, code)] = raw.strip().endswith("-") or not billable[code]
    picked = rng.sample(sorted(usable), min(count, len(usable)))
    return [Entry(source, query, code, usable[(query, code)], i % 2 == 0) for i, (query, code) in enumerate(picked)]


def rank(entry: Entry, codes: list[str]) -> int:
    """1 for the first place; 0 when no code among the first ten is a hit."""
    for place, code in enumerate(codes[:TOP], 1):
        if code == entry.code or (entry.family and code.startswith(entry.code)):
            return place
    return 0


def evaluate(search: Callable[[str], list[str]], entries: Iterable[Entry]) -> dict[str, Score]:
    """Scores per source and ``"overall"`` (every entry counts the same). `search` returns codes, best first."""
    ranks: dict[str, list[int]] = {}
    for entry in entries:
        place = rank(entry, search(entry.query))
        ranks.setdefault(entry.source, []).append(place)
        ranks.setdefault("overall", []).append(place)
    return {
        source: Score(len(r), sum(map(bool, r)) / len(r), sum(1 / x for x in r if x) / len(r))
        for source, r in sorted(ranks.items(), key=lambda item: item[0] == "overall")
    }


def inclusion_terms(conn: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """(term, code it stands under)."""
    yield from conn.execute("SELECT text, owner FROM note WHERE kind = 'inclusion_term' ORDER BY n")


def _table(path: Path, columns: dict[str, str]) -> Iterator[tuple[str, str]]:
    rng = random.Random(SEED)
    with gzip.open(path, "rb") as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8")):
            filled = [name for name in columns if (row[name] or "").strip(" -")]
            if filled:
                name = rng.choice(filled)
                yield f"{row['path'].replace(',', ' ')} {columns[name]}", row[name]


def _external(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rb") as raw:
        root = ET.parse(raw).getroot()
    for letter in root.findall("letter"):
        for term in letter.findall("mainTerm"):
            yield from _terms(term, ())


def _terms(term: ET.Element, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    title = term.find("title")
    words = "" if title is None else (title.text or "") + "".join(part.tail or "" for part in title)
    path = (*above, " ".join(words.split()))
    if code := term.findtext("code"):
        yield " ".join(path), code
    for below in term.findall("term"):
        yield from _terms(below, path)
