"""Parts of medical words: what each means, and how parts become a word.

A *token* is a part as it is written on a button: ``poly-`` (prefix), ``arthr`` (root), ``-itis`` (suffix), and ``o``, a
combining vowel by itself. The parts stand in ``data/flashcards/word-parts.csv``. Whether two parts take a combining
vowel between them follows from four rules, and from the few pairs of roots that use has joined without one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from course.paths import data_dir

VOWELS = "aeiou"
#: Letters with which a suffix takes no combining vowel before it: ``y`` is read as a vowel (cephal + -y).
OPEN = VOWELS + "y"
#: Roots that use has joined without a vowel, against the rule: lymphadenitis, cholangitis, hemarthrosis.
DIRECT = frozenset(
    [(left, "aden") for left in ("lymph", "sial", "hidr", "cyst")]
    + [(left, "angi") for left in ("lymph", "chol", "hem")]
    + [("hem", "arthr")]
)
#: Roots in -i that keep it before a suffix in i-: fasciitis. Others share it: carditis, arteritis, orchitis.
KEEPS_I = frozenset(["fasci"])
#: A suffix that is itself a root and a suffix. A word may be taken apart either way.
FINER = {
    "-iatry": ("iatr", "-y"),
    "-pathy": ("path", "-y"),
    "-phagia": ("phag", "-ia"),
    "-sclerosis": ("scler", "-osis"),
    "-stenosis": ("sten", "-osis"),
    "-toxic": ("tox", "-ic"),
    "-uria": ("ur", "-ia"),
}
#: Parts that say nearly the same beside those whose senses are the same: none is a fair wrong choice for another.
_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "-ia -iasis -ism -osis -pathy -y",
        "-genesis -plasia -poiesis -trophy",
        "-gram -graph -graphy",
        "-ist -logist",
        "poly- hyper-",
        "oligo- hypo-",
        "in- intra- endo-",
        "ecto- ex- exo- extra-",
        "carcin onc",
    )
)
_ENDS = {"prefix": ("", "-"), "suffix": ("-", ""), "root": ("", "")}


@dataclass(frozen=True, slots=True)
class WordPart:
    """``vowel``: the combining vowel of a root, otherwise "". ``meaning``: its senses; ``confused_with``: ids."""

    id: str
    part: str
    kind: str
    vowel: str
    meaning: str
    example: str
    example_meaning: str
    confused_with: tuple[str, ...]

    @property
    def token(self) -> str:
        """``poly-``, ``arthr``, ``-itis``."""
        before, after = _ENDS[self.kind]
        return f"{before}{self.part}{after}"

    @property
    def shown(self) -> str:
        """``poly-``, ``arthr/o``, ``-itis``: as books print it."""
        return f"{self.token}/{self.vowel}" if self.vowel else self.token

    @property
    def senses(self) -> tuple[str, ...]:
        """The senses one by one, without what stands in parentheses: ``("bladder", "sac")``."""
        return senses(self.meaning)


def senses(meaning: str) -> tuple[str, ...]:
    """``"cervix; neck of the uterus (below)"`` -> ``("cervix", "neck of the uterus")``. Never raises."""
    bare, depth = "", 0
    for char in meaning:
        depth += (char == "(") - (char == ")")
        if depth <= 0 and char != ")":
            bare += char
    return tuple(one.strip().casefold() for one in bare.replace(";", ",").split(",") if one.strip())


@cache
def parts() -> tuple[WordPart, ...]:
    """All parts, in the order of the file: prefixes, roots, suffixes. Raises OSError without the file."""
    path = data_dir() / "flashcards" / "word-parts.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_part(row) for row in csv.DictReader(file))


def _part(row: dict[str, str]) -> WordPart:
    return WordPart(
        id=row["id"],
        part=row["part"],
        kind=row["kind"],
        vowel=row["vowel"],
        meaning=row["meaning"],
        example=row["example"],
        example_meaning=row["example_meaning"],
        confused_with=tuple(row["confused_with"].split()),
    )


@cache
def _by_id() -> dict[str, WordPart]:
    return {one.id: one for one in parts()}


@cache
def _by_token() -> dict[str, WordPart]:
    return {one.token: one for one in parts()}


def get(part_id: str) -> WordPart | None:
    """The part with an id such as ``r-cardi``."""
    return _by_id().get(part_id)


def by_token(token: str) -> WordPart | None:
    """The part that a button names: ``poly-``, ``arthr``, ``-itis``."""
    return _by_token().get(token)


def is_vowel(token: str) -> bool:
    """Whether a token is a combining vowel by itself."""
    return len(token) == 1 and token in VOWELS


def kind_of(token: str) -> str:
    """``prefix``, ``suffix``, ``vowel`` or ``root``, by the form of the token alone."""
    if token.endswith("-"):
        return "prefix"
    if token.startswith("-"):
        return "suffix"
    return "vowel" if is_vowel(token) else "root"


def bare(token: str) -> str:
    """The letters of a token."""
    return token.strip("-")


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> bool:
    """Whether two tokens share a sense, so that a word might be built with either."""
    if any({one, other} <= group for group in _ALIKE) or other in FINER.get(one, ()) or one in FINER.get(other, ()):
        return True
    first, second = by_token(one), by_token(other)
    return first is not None and second is not None and bool({*first.senses} & {*second.senses})


def shares_i(left: str, right: str) -> bool:
    """Whether a root and a suffix share the i where they meet: cardi + -itis is carditis."""
    return kind_of(right) == "suffix" and left.endswith("i") and bare(right).startswith("i") and left not in KEEPS_I


def parts_o(left: str, right: str) -> bool:
    """Whether a hyphen stands between a combining o and a root in o-: salpingo-oophorectomy."""
    return left == "o" and kind_of(right) == "root" and right.startswith("o")


def spell(tokens: Sequence[str]) -> str:
    """The letters of the tokens in a row, right or wrong, as they would be written.

    Two i that meet before a suffix are one; two o that meet before a root get a hyphen (salpingo-oophorectomy).
    """
    word = ""
    for n, token in enumerate(tokens):
        before, letters = tokens[n - 1] if n else "", bare(token)
        if before and shares_i(before, token):
            letters = letters[1:]
        elif parts_o(before, token):
            letters = f"-{letters}"
        word += letters
    return word


def met(tokens: Sequence[str]) -> str:
    """Why a word is not spelled as its parts are: "" or a sentence or two."""
    pairs = list(zip(tokens, tokens[1:], strict=False))
    said = []
    if any(shares_i(left, right) for left, right in pairs):
        said.append("Two i meet here, and one is written.")
    if any(parts_o(left, right) for left, right in pairs):
        said.append("Two o meet here, and a hyphen parts them.")
    return " ".join(said)


def bridge(left: str, right: str) -> str:
    """The combining vowel between two neighbors, "" where none belongs. The vowel is that of the left root, o where
    the table does not know the root."""
    if kind_of(left) != "root" or kind_of(right) == "vowel" or (left, right) in DIRECT:
        return ""
    if kind_of(right) == "suffix" and bare(right)[:1] in OPEN:
        return ""
    found = by_token(left)
    return found.vowel if found is not None else "o"


def with_vowels(tokens: Iterable[str]) -> tuple[str, ...]:
    """The tokens with the combining vowels that belong between them, whatever vowels they came with."""
    kept = [token for token in tokens if not is_vowel(token)]
    out: list[str] = []
    for n, token in enumerate(kept):
        out.append(token)
        vowel = bridge(token, kept[n + 1]) if n + 1 < len(kept) else ""
        out += [vowel] if vowel else []
    return tuple(out)


def join(tokens: Iterable[str]) -> str:
    """The word that the tokens make by the rules: ``join(["gastr", "enter", "-itis"])`` is ``gastroenteritis``."""
    return spell(with_vowels(tokens))


def why(left: str, right: str) -> str:
    """Why a combining vowel stands, or does not stand, between two neighbors: one sentence, Markdown-lite."""
    vowel = bridge(left, right)
    if kind_of(left) == "prefix":
        return f"A prefix keeps its own ending: after **{left}** comes no combining vowel."
    if kind_of(left) != "root":
        return f"Only a root is followed by a combining vowel, and **{left}** is none."
    if vowel and kind_of(right) == "suffix":
        return f"Before **{right}** the **{vowel}** stays: a suffix that begins with a consonant needs the bridge."
    if vowel:
        end = "even before a vowel" if bare(right)[:1] in VOWELS else "so that both stay readable"
        return f"Between **{left}** and **{right}** the **{vowel}** stays: two roots are joined by it, {end}."
    if (left, right) in DIRECT:
        return f"**{left}** and **{right}** are joined without a vowel: use has left it out here."
    if shares_i(left, right):
        return f"Before **{right}** comes no combining vowel, and the two i that meet are written once."
    found = by_token(left)
    falls = found.vowel if found is not None and found.vowel else "o"
    return f"Before **{right}** the **{falls}** falls: a suffix that begins with a vowel needs no bridge."


def seams(tokens: Sequence[str]) -> list[str]:
    """The sentences of ``why`` for each place where a root meets what follows, in order."""
    kept = [token for token in tokens if not is_vowel(token)]
    return [why(left, right) for left, right in zip(kept, kept[1:], strict=False) if kind_of(left) == "root"]
