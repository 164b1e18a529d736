"""Add-on codes: which numbers may stand alone, and which main code an add-on needs beside it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from course.codesets import cpt
from course.codesets.cpt import Number
from course.grading.services import together
from course.questions.base import Source
from course.questions.generators import common, scenes, services

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "find the main code that an add-on needs"
DOMAINS = ("CPC: Coding guidelines",)
_SOURCES = (
    services.book("introduction, add-on codes"),
    Source(ref="Medicare add-on code edits", edition="July 2024", checked=common.CHECKED),
)
_HINTS = (
    "The book marks add-on codes with a plus sign; the code browser says it in words.",
    "Words such as further, next, another or beside point at an add-on. Look up which numbers it may follow.",
)
#: Add-ons whose main codes CPT and CMS do not list alike, or not as numbers of CPT alone.
_CONTESTED = re.compile(r"6449[1245]|96\d{3}|9041[78]|9047[24]|90785|9941[78]|99153|93565")

#: Numbers of one sitting of one physician: first and last of each span. Claims are drawn within a sitting.
_SITTINGS = (
    (("11042", "11047"),),
    (("11102", "11107"), ("11200", "11201"), ("11900", "11901"), ("17000", "17003"), ("17110", "17111")),
    (("11055", "11057"), ("11719", "11750")),
    (("13100", "13153"),),
    (("17311", "17315"), ("13100", "13153"), ("14000", "14061")),
    (("15002", "15121"),),
    (("19081", "19084"), ("19281", "19288")),
    (("64479", "64484"),),
    (("88302", "88309"), ("88331", "88346")),
)
#: The same for large operations, where a second main code would hardly stand beside the first.
_LARGE = (
    (("22551", "22633"), ("63001", "63048")),
    (("33510", "33536"),),
    (("44120", "44160"),),
    (("67311", "67335"),),
    (("95907", "95913"), ("95885", "95887")),
)
#: Skin samples: of their main codes the book lets one stand on a claim.
_ONE_MAIN = range(11102, 11108)
#: Main codes that are no good example of standing alone: what is done beside something else, and at odd hours.
_BESIDE = range(99000, 99092)

_FINE = "All lines can stand"
_SECTIONS = ("surgery", "radiology", "pathology", "medicine")


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: alone or not, by our words. Level 2: the main code of an add-on, by our words. Level 3: bare numbers:
    the line of a claim that cannot stand, or the number that is missing."""
    if level == 3:
        form = rng.choice((_line, _missing))
        return services.again(lambda: form(rng, codes))
    return services.again(lambda: _alone(rng, codes) if level == 1 else _main(rng, codes))


def law(item: Any, codes: CodeSet) -> bool:
    """Each option tried by the rule that judges claims (:mod:`course.grading.services.together`): the key alone is what
    the stem asks for. For a missing number all numbers of the course are tried."""
    if item.kind == "service_lines":
        lines = re.findall(r"\d{5}", item.note)
        bad = [code for code in lines if together.wants_main(code, lines)]
        mends = [
            one.code for one in cpt.numbers()
            if one.code not in lines and bad and not together.wants_main(bad[0], [*lines, one.code])
        ]  # fmt: skip
        return len(bad) == 1 and [code for code, _, _ in services.claimed(item)] == mends
    shown = [(re.findall(r"\d{5}", one.text) or [one.text])[0] for one in item.options]
    key = [code for code, one in zip(shown, item.options, strict=True) if one.correct]
    if "does not stand" in item.stem:
        lines = re.findall(r"\d{5}", item.note)
        lost = [code for code in lines if together.wants_main(code, lines)]
        return sorted(shown) == sorted([*lines, _FINE]) and key == (lost or [_FINE])
    if "Beside which" in item.stem:
        addon = re.findall(r"\d{5}", item.stem)[0]
        return [code for code in shown if not together.wants_main(addon, [addon, code])] == key
    alone = [code for code in shown if not together.wants_main(code, [code])]
    wanted = alone if "may stand" in item.stem else [code for code in shown if code not in alone]
    return wanted == key


@cache
def _addons() -> tuple[Number, ...]:
    """Add-ons with words of ours that do not call them so."""
    return tuple(one for one in cpt.numbers() if one.addon and one.words and "add-on" not in one.words)


@cache
def _sure() -> tuple[Number, ...]:
    """Add-ons whose main codes are known to the last one, some of them among the numbers of the course."""
    return tuple(
        one for one in cpt.numbers()
        if one.addon and one.words and one.section.key in _SECTIONS and not _CONTESTED.fullmatch(one.code)
        and _known(one) and len(one.primaries) < together.LIST_CUT
    )  # fmt: skip


@cache
def _mains() -> tuple[Number, ...]:
    """Main codes of surgery, radiology, laboratory and medicine with words of ours."""
    return tuple(
        one for one in cpt.numbers()
        if not one.addon and one.words and one.section.key in _SECTIONS and int(one.code) not in _BESIDE
    )  # fmt: skip


def _claim(rng: random.Random, good: Number, main: str, bad: Number, banned: Sequence[str]) -> list[str] | None:
    """Numbers of a claim of one sitting: an add-on with its main code, another add-on, and main codes near it that are
    not `banned`. None when the two add-ons are of different sittings."""
    both = [spans for spans in (*_SITTINGS, *_LARGE) if all(_within(one, spans) for one in (good.code, main, bad.code))]
    if not both or good == bad:
        return None
    spans = rng.choice(both)
    lines = [good.code, main]
    pool = [one for one in _mains() if one.code not in (*banned, main) and _within(one.code, spans)]
    for one in _near(rng, pool, bad, 0 if spans in _LARGE else rng.randint(1, 2), 5):
        # numbers side by side are often two sizes of one thing, which do not stand together
        if all(abs(int(one.code) - int(other)) > 1 for other in lines[1:]):
            lines.append(one.code)
    samples = [code for code in lines if int(code) in _ONE_MAIN and code != good.code]
    if len(samples) + (int(bad.code) in _ONE_MAIN) > 1:
        return None
    return [*lines, bad.code]


def _within(code: str, spans: Sequence[tuple[str, str]]) -> bool:
    return any(first <= code <= last for first, last in spans)


def _known(one: Number) -> list[str]:
    """The main codes that the course teaches and that are no add-ons themselves."""
    found = (cpt.get(code) for code in one.primaries)
    return [main.code for main in found if main is not None and main.words and not main.addon]


def _named(one: Number) -> str:
    return f"**{one.code}** {one.words}"


def _why(one: Number) -> str:
    """What an add-on needs, or that a number needs nothing."""
    if not one.addon:
        return f"{one.code} is a main code: it may stand alone."
    some = _known(one)[:3]
    if not some:
        return f"{one.code} is an add-on: it goes with another procedure and never alone."
    more = " among others" if len(one.primaries) > len(some) else ""
    return f"{one.code} is an add-on: it goes with {scenes.listed(some)}{more}, and never alone."


def _near(
    rng: random.Random, pool: Sequence[Number], one: Number, count: int, among: int = 12, sure: int = 0
) -> list[Number]:
    """`count` numbers of a pool out of the `among` that stand closest to `one` in the book, with the `sure` nearest."""
    others = [other for other in pool if other.code != one.code]
    others.sort(key=lambda other: (other.section.key != one.section.key, abs(int(other.code) - int(one.code))))
    return others[:sure] + rng.sample(others[sure:among], min(count - sure, len(others[sure:among])))


def _shared() -> dict[str, Any]:
    return {"slug": "addon-or-alone", "hints": _HINTS, "sources": _SOURCES, "objective": OBJECTIVE}


def _alone(rng: random.Random, codes: CodeSet) -> Any:
    wants_main = rng.random() < 0.5
    key = rng.choice(_mains() if wants_main else _addons())
    if wants_main and not any(one.subsection.key == key.subsection.key for one in _addons()):
        return None
    wrong = _near(rng, _addons() if wants_main else _mains(), key, 3)
    if len(key.words) > 1.3 * max(len(one.words) for one in wrong):
        return None  # its length would give it away
    return services.choice(
        rng, codes, 1, DOMAINS, (_named(key), _why(key)), [(_named(one), _why(one)) for one in wrong],
        title="Alone or never alone?" if wants_main else "Which one is the add-on?",
        stem="Which of these numbers may stand **alone** on a claim?" if wants_main
        else "Which of these numbers is an **add-on** and never stands alone?",
        rationale=" ".join(_why(one) for one in [key, *wrong]),
        **_shared(),
    )  # fmt: skip


def _main(rng: random.Random, codes: CodeSet) -> Any:
    addon = rng.choice(_sure())
    key = cpt.get(rng.choice(_known(addon)))
    assert key is not None
    pool = [one for one in _mains() if one.code not in addon.primaries]
    wrong = [(_named(one), _not_main(one, addon)) for one in _near(rng, pool, addon, 3, 8, sure=2)]
    if len(_named(key)) > 1.3 * max(len(text) for text, _ in wrong):
        return None
    return services.choice(
        rng, codes, 2, DOMAINS, (_named(key), f"{addon.code} may follow {key.code}."), wrong,
        title="Beside which main code?",
        stem=f"**{addon.code}** is an add-on. Beside which of these may it stand?",
        rationale=_why(addon),
        **_shared(),
    )  # fmt: skip


def _not_main(one: Number, addon: Number) -> str:
    own = [other.code for other in cpt.numbers() if other.addon and one.code in other.primaries]
    if own:
        return f"{one.code} has add-ons of its own, {own[0]} for one; {addon.code} goes with another family."
    return f"{one.code} is not among the numbers that {addon.code} may follow."


def _line(rng: random.Random, codes: CodeSet) -> Any:
    """A claim with an add-on too many, or with none: then every line can stand."""
    bad, good = rng.choice(_sure()), rng.choice(_sure())
    main = rng.choice(_known(good))
    lines = _claim(rng, good, main, bad, bad.primaries)
    if lines is None:
        return None
    missing = rng.random() < 0.8
    if not missing:
        lines.remove(bad.code)
    if (
        len(set(lines)) < len(lines)
        or [one for one in lines if together.wants_main(one, lines)] != [bad.code][:missing]
    ):
        return None
    rng.shuffle(lines)
    whys = {code: _why(one) for code in lines if (one := cpt.get(code)) is not None}
    whys[good.code] = f"{good.code} is an add-on, and {main} stands on the claim beside it."
    whys[bad.code] = f"No main code of it is on the claim. {_why(bad)}"
    whys[_FINE] = "One of the add-ons has none of its main codes on the claim. Look each one up."
    if not missing:
        whys[_FINE] = f"{good.code} is the one add-on, and {main} stands beside it."
    key = bad.code if missing else _FINE
    said = f"{_why(bad)} No such number is on the claim. " if missing else ""
    return services.choice(
        rng, codes, 3, DOMAINS, (key, whys[key]), [(text, whys[text]) for text in (*lines, _FINE) if text != key],
        most=len(lines) + 1,
        title="Which line has no main code?",
        stem="Which line does not stand as the claim is?",
        note="\n".join(["Claim, one session, one physician:", *(f"Line {n}: {one}" for n, one in enumerate(lines, 1))]),
        rationale=f"{said}{good.code} is an add-on and has {main} beside it.",
        **_shared(),
    )  # fmt: skip


def _missing(rng: random.Random, codes: CodeSet) -> Any:
    single = [one for one in _sure() if len(one.primaries) == 1]
    addon, good = rng.choice(single), rng.choice(single)
    key, main = addon.primaries[0], good.primaries[0]
    pool = [one for one in _mains() if one.code not in (key, main)]
    lines = _claim(rng, good, main, addon, (key,))
    if lines is None or key in lines or [one for one in lines if together.wants_main(one, lines)] != [addon.code]:
        return None
    if key[:2] == "13" and any(abs(int(one) - int(key)) == 1 for one in lines if one != addon.code):
        return None  # one sum for a class and group of sites: two of its numbers never stand together
    rng.shuffle(lines)
    reasons = {one.code: _not_main(one, addon) for one in _near(rng, pool, addon, 12) if one.code not in lines}
    reasons |= {code: f"{code} is on the claim already." for code in lines}
    return services.claim(
        codes, 3, DOMAINS, [services.line(key)],
        title="Which number is missing?",
        stem="One add-on has lost its main code on the way to the claim. Enter the number that is missing.",
        note="\n".join(["Claim, one session, one physician:", *(f"Line {n}: {one}" for n, one in enumerate(lines, 1))]),
        reasons=reasons,
        rationale=f"{_why(addon)} {good.code} has {main} beside it.",
        **_shared(),
    )  # fmt: skip
