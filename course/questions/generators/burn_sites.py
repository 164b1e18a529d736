"""Several burns in one note: each site with its deepest burn, the deepest of all first, the extent last."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from course.questions.generators import burn_extent, scenes

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.questions.kinds.code_entry import CodeEntry


class Site(NamedTuple):
    """Where: the category, the 5th character, whether there are sides, and the most percent that it can hold."""

    category: str
    fifth: str
    sided: bool
    most: int


_SITES = {
    "neck": Site("T20", "7", False, 1),
    "forehead and cheek": Site("T20", "6", False, 2),
    "scalp": Site("T20", "5", False, 2),
    "chest wall": Site("T21", "1", False, 9),
    "abdominal wall": Site("T21", "2", False, 9),
    "upper back": Site("T21", "3", False, 9),
    "lower back": Site("T21", "4", False, 8),
    "forearm": Site("T22", "1", True, 3),
    "upper arm": Site("T22", "3", True, 4),
    "shoulder": Site("T22", "5", True, 2),
    "palm": Site("T23", "5", True, 1),
    "wrist": Site("T23", "7", True, 1),
    "thigh": Site("T24", "1", True, 9),
    "lower leg": Site("T24", "3", True, 6),
    "ankle": Site("T25", "1", True, 1),
    "foot": Site("T25", "2", True, 3),
}
#: What neither a splash nor a pot reaches.
_BEHIND = ("scalp", "upper back", "lower back")
_DEGREES = {
    1: ("first degree", "1st degree"),
    2: ("second degree", "2nd degree"),
    3: ("third degree", "3rd degree", "full thickness"),
}
_WORDS = {1: "first", 2: "second", 3: "third"}
_READ_SITE = scenes.Lexicon(
    {
        f"{side} {name}".strip(): [f"{side} {name}".strip(), f"{side[:1]} {name}" if side else name]
        for name, site in _SITES.items()
        for side in (("right", "left") if site.sided else ("",))
    }
)
_READ_DEGREE = scenes.Lexicon({str(degree): words for degree, words in _DEGREES.items()})


def draw(rng: random.Random, codes: CodeSet) -> CodeEntry:
    one, source = scenes.person(rng, 18, 79), rng.choice(list(burn_extent.SOURCE))
    chemical, shallow = source in burn_extent.CHEMICALS, source in burn_extent.SHALLOW
    measured = not shallow and rng.random() < 0.75  # a unit takes in who is burned deep
    able = [name for name in _SITES if name not in _BEHIND or source in ("flame", "clothes", "explosion")]
    family = "T32" if chemical else "T31"
    count = rng.choice((2, 3)) if chemical else rng.choice((2, 3, 3, 4))
    picked: dict[str, str] = {}
    while len(picked) < count:  # sites of different categories, so that "the same site" is never in doubt
        name = rng.choice(able if not measured else [name for name in able if len(picked) or _SITES[name].most > 3])
        picked.setdefault(_SITES[name].category, name)
    top = 3 if measured else 2 if shallow else rng.choice((2, 3))
    low = 2 if measured else 1
    lines, site_codes, same, total, third = [], [], "", 0, 0
    for n, name in enumerate(picked.values()):
        site = _SITES[name]
        side = rng.choice(("right", "left")) if site.sided else ""
        degree = top if n == 0 else rng.randint(low, max(low, top - 1))
        percent = rng.randint((site.most + 1) // 2, site.most)
        also = rng.randint(low, degree - 1) if degree > low and rng.random() < 0.6 and percent > 1 else 0
        deep = (rng.randint(1, percent - 1) if also else percent) if degree == 3 else 0
        total, third = total + percent, third + deep
        code = _site_code(site, side, degree + 4 * chemical)
        lines.append(_line(rng, side, name, degree, also, percent if measured else 0, deep))
        site_codes.append(code)
        same = same or (code if also else "")
    first, head = site_codes[0], ([burn_extent.CHEMICALS[source]] if chemical else [])
    if sum(1 for code in site_codes if code[4] == first[4]) > 1:  # two of the highest degree: either could lead
        return draw(rng, codes)
    tail = [burn_extent.extent(total, third, family)] if measured else []
    rng.shuffle(lines)
    key = [*head, *site_codes, *tail]
    order = [(chemical_code, code) for chemical_code in head for code in site_codes]
    order += [(first, code) for code in [*site_codes[1:], *tail]]
    parts = ["the chemical"] * chemical + [f"each {'corrosion' if chemical else 'burn'}"] + ["the extent"] * measured
    ask = f"Code {scenes.listed(parts)}." + ("" if measured else " No code for the extent is asked for.")
    place = rng.choice(
        ("Burn unit admission.", "Admitted to the burn center.")
        if measured
        else ("Emergency department visit.", "Urgent care visit.")
    )
    reasons = {"T30*": "T30 is for burns whose site nobody recorded. Here each site is in the note."}
    reasons["T31*"] = reasons["T32*"] = "Add up all percentages for the 4th character, third degree alone for the 5th."
    if not measured:
        reasons["T31*"] = reasons["T32*"] = "The extent was not asked for, and the note gives no percentages."
    for code in site_codes:
        for lower in range(1, 4):
            wrong = f"{code[:4]}{lower + 4 * chemical}{code[5:]}"
            reasons.setdefault(wrong, "Right place. Read its depths again: the deepest one at a site is coded, once.")
    said = f"The deepest {'corrosion' if chemical else 'burn'} leads: {first} (Guidelines I.C.19.d.1). "
    if site_codes[1:]:
        said += f"Each other site has its own code: {scenes.listed(site_codes[1:])} (I.C.19.d.5). "
    if same:
        said += f"Where one site has two depths, the deeper one alone is coded: {same} (I.C.19.d.2). "
    if head:
        said += f"A corrosion asks for its chemical first: {head[0]}. "
    if tail:
        said += f"Extent: {total} % in all, {third} % third degree, so {tail[0]} (I.C.19.d.6)."
    return scenes.entry(
        codes,
        3,
        slug="burn-extent",
        title="Several burns, in sequence",
        stem=f"{ask} All are treated for the first time here. No external cause codes.",
        note=scenes.chart(
            rng,
            3,
            [f"{place} {scenes.who(rng, one, 3)}, {burn_extent.SOURCE[source]}.", *lines],
            rng.randint(0, 2),
            "burns",
        ),
        key=key,
        order=order,
        reasons=reasons,
        hints=(
            "Write down for each site the deepest burn. Which site has the deepest of all?",
            "Heat or chemical? A chemical has a code of its own, and the note at the corrosion says where it goes.",
        ),
        rationale=said,
        sources=burn_extent.sources(codes, family, ", T20 to T25"),
        objective=burn_extent.OBJECTIVE,
    )


def law(item: CodeEntry, codes: CodeSet, family: str) -> bool:
    wanted, depths, total, third = [], [], 0, 0
    word = "Corrosion" if family == "T32" else "Burn"
    for line in (item.note or "").split("\n"):
        places, degrees = _READ_SITE.find(line), [int(n) for n in _READ_DEGREE.find(line)]
        if not places or not degrees:
            continue
        (place,) = places
        deepest, percents = max(degrees), [int(n) for n in re.findall(r"(\d+) %", line)]
        family_of = next(code for code in ("T20", "T21", "T22", "T23", "T24", "T25") if _names(codes, code, place))
        title = rf"^{word} of {_WORDS[deepest]} degree of {place}( \[any part\])?, initial"
        wanted.append(scenes.titled(codes, family_of, title))
        depths.append(deepest)
        total += sum(percents[:1])
        third += percents[-1] if percents and deepest == 3 else 0
    first = wanted[depths.index(max(depths))]
    if depths.count(max(depths)) != 1:
        return False
    rest = [code for code in wanted if code != first]
    if "the extent." in item.stem:
        rest.append(burn_extent.by_title(codes, family, total, third))
    chemical = []
    if family == "T32":
        kind = "acids" if " acid" in (item.note or "") else "alkalis"
        chemical = [scenes.titled(codes, "T54", kind, r"accidental", r"initial")]
    before = [(first, code) for code in rest]
    return scenes.holds(item, codes, {*chemical, first, *rest}, before, loose=r"T3[12]")


def _site_code(site: Site, side: str, fourth: int) -> str:
    sixth = {"right": "1", "left": "2", "": "X"}[side]
    return f"{site.category}.{fourth}{site.fifth}{sixth}A"


def _line(rng: random.Random, side: str, name: str, degree: int, also: int, percent: int, deep: int) -> str:
    place = f"{rng.choice([side, side[:1].upper()])} {name}".strip()
    word = rng.choice(_DEGREES[degree])
    if not also:
        depth = word
    else:
        depth = f"{rng.choice(_DEGREES[also])} and {word}"
    size = f", {percent} %" if percent else ""
    if also and percent and degree == 3:
        size += f", of it {deep} % {word}"
    return scenes.capital(f"{place}: {depth}{size}.")


@lru_cache(maxsize=512)
def _names(codes: CodeSet, category: str, place: str) -> bool:
    return any(re.search(rf" of {place}( \[|,)", code.title) for code in codes.billable_below(category))
