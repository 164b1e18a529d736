"""Laboratory slips in words: notes, slips of the pen, reasons and the rationale."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

from course.questions.generators import figures, scenes, services
from course.questions.generators import lab_facts as facts
from course.questions.generators.lab_facts import Slip

_PLACES = (
    "Laboratory of a group practice",
    "Hospital laboratory, outpatient",
    "Practice laboratory",
    "Outpatient laboratory",
)
_INDEPENDENT = (
    "Independent laboratory, for a kidney practice",
    "Independent laboratory, for a group of internists",
    "Independent laboratory, for an endocrine practice",
)
#: Where somebody is treated for hours and drawn again.
_STAYING = (
    "Independent laboratory, for the infusion center next door",
    "Independent laboratory, courier from an infusion suite",
    "Independent laboratory, for the day hospital across the street",
)
_NOISE = (
    "Fasting 12 hours.",
    "Copy to the cardiologist.",
    "Drawn from the left arm, one try.",
    "STAT label removed.",
    "No critical values.",
    "Results released to the portal.",
    "Serum tube and lavender tube received.",
    "Next draw in three months.",
    "Reference ranges on the back.",
    "Specimen in good order.",
)


def _name(code: str) -> str:
    return facts.TESTS[code].name.replace(",", "")


def _is(code: str) -> str:
    return "are" if _name(code) == "triglycerides" else "is"


def _names(tests: object) -> str:
    return scenes.listed([_name(code) for code in tests])  # type: ignore[attr-defined]


def _mixed(rng: random.Random, one: Slip, leave: tuple[str, ...] = ()) -> list[str]:
    """The tests in an order of a slip: chemistry as it comes, what was added last."""
    order = list(facts.TESTS)
    done = sorted((code for code in one.done if code not in leave), key=order.index)
    turn = rng.randrange(len(done)) if rng.random() < 0.6 else 0
    return done[turn:] + done[:turn]


def _ordered(one: Slip, names: Mapping[str, str], level: int) -> str:
    panels = [facts.NICKNAMES[panel][level == 3] for panel in one.ordered]
    said = scenes.capital(", ".join([*panels, *(names[code] for code in one.done if code in one.extras)]))
    if one.swapped:
        lost, near = (names[code] for code in one.swapped)
        said += f"; {near} in place of {lost}"
    return said


def _called(rng: random.Random, level: int) -> dict[str, str]:
    """Test -> its name throughout one slip: in words, at level 3 one shorthand. Old and new names of the two liver
    enzymes are not mixed."""
    if level < 3:
        return {code: _name(code) for code in facts.TESTS}
    old = rng.random() < 0.3
    names = {code: rng.choice(test.shorts) for code, test in facts.TESTS.items()}
    return names | {code: facts.TESTS[code].shorts[old] for code in ("84450", "84460")}


def prose(rng: random.Random, one: Slip) -> str:
    """Level 1: names in full, no results."""
    done = _mixed(rng, one)
    parts = [
        f"{rng.choice(_PLACES)}. {services.who(rng, 1, 24, 64)}.",
        f"Done: {', '.join(_name(code) for code in done)}.",
    ]
    if one.missed:
        parts.append(f"No result: {_names(one.missed)} ({rng.choice(facts.REASONS)}).")
    if rng.random() < 0.4:
        parts.append(rng.choice(_NOISE))
    return "\n".join(parts)


def listing(rng: random.Random, one: Slip, level: int) -> str:
    """A result list; at level 3 as the laboratory shortens it, with what must be crossed out."""
    place = rng.choice(_PLACES if level == 2 else _STAYING if one.later else _INDEPENDENT)
    start, names = rng.randint(7 * 60 + 30, 10 * 60), _called(rng, level)
    between = rng.choice(facts.LATER[one.later]) if one.later else ("", None, None, (0, 0))
    hemolyzed = one.again == "84132" and rng.random() < 0.7
    found = {code: facts.TESTS[code].result(rng) for code in one.done}
    if one.later:
        found[one.later] = facts.TESTS[one.later].result(rng, between[1])
    if hemolyzed:
        found[one.again] = facts.TESTS[one.again].result(rng, (5.7, 6.4))
    results = [f"{names[code]} {found[code]}" for code in _mixed(rng, one, (one.sent,))]
    size = rng.randint(4, 6)
    rows = [", ".join(results[at : at + size]) for at in range(0, len(results), size)]
    rows[0] = f"{_time(start)} {rows[0]}" if level == 3 else f"Results: {rows[0]}"
    more = [f"{scenes.capital(names[code])}: {rng.choice(facts.REASONS)}." for code in one.missed]
    if level == 3:
        more += _calculated(rng, found)
    if one.sent:
        sent = f"{names[one.sent]} {found[one.sent]}"
        more.append(rng.choice((f"{sent}, run by the reference laboratory", f"Sent out: {sent}, reference laboratory")))
    if one.later:
        when, result = _time(start + rng.randint(*between[3])), facts.TESTS[one.later].result(rng, between[2])
        more.append(f"{names[one.later]} {result} at {when} {between[0]}")
    if one.again:
        when = _time(start + rng.randint(20, 70))
        result = facts.TESTS[one.again].result(rng) if hemolyzed else found[one.again]
        cause = facts.HEMOLYZED if hemolyzed else rng.choice(facts.AGAIN)
        more.append(f"{names[one.again]} {result} at {when}, {cause}")
    for text in [*more, *rng.sample(_NOISE, level - 1)]:
        rows.insert(rng.randint(1, len(rows)), text)
    rows = rows if level == 3 else [scenes.capital(row) for row in rows]
    return "\n".join(
        [f"{place}. {services.who(rng, level, 24, 64)}.", f"Ordered: {_ordered(one, names, level)}.", *rows]
    )


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _calculated(rng: random.Random, found: Mapping[str, str]) -> list[str]:
    """One figure that is worked out from the results, when it comes to something a chart would show."""
    able = []
    for text, tests, rule, low, high in facts.CALCULATED:
        if set(tests) <= set(found):
            value = rule(*(float(found[code]) for code in tests))
            if low <= value <= high:
                able.append(f"{text} {value:.{1 if high < 3 else 0}f} (calculated)")
    return [rng.choice(able)] if able else []


# -- what learners slip on ------------------------------------------------------------------------------------------


def slips(one: Slip, told: Callable[[list[str], list[str]], str]) -> Iterator[tuple[str, str]]:
    """Wrong options, the likeliest first, each with what was not seen."""
    panels, done = facts.panels(), set(one.done)

    def with_rest(some: list[str]) -> str:
        inside = {code for panel in some for code in panels[panel]}
        return told(sorted(some), sorted(done - inside))

    short = [panel for panel in one.ordered if not panels[panel] <= done]
    if short:
        gone = ", ".join(_name(code) for code in sorted(panels[short[0]] - done))
        yield (
            with_rest(list(one.ordered)),
            f"{short[0]} needs {gone}, too. It was not done, and a panel is all or nothing.",
        )
        yield (
            f"{short[0]}-52",
            "A panel is not cut down by a modifier. Without one of its tests it is another list of tests.",
        )
    every = facts.whole(done)
    if "80053" in one.panels and "80076" in every:
        covering = ["80048", "80076", *(panel for panel in one.panels if panel != "80053")]
        yield (
            with_rest(covering),
            "These are whole, too, but 80053 holds more of the tests. The largest panel comes first.",
        )
    for panel in every:
        twice = [other for other in one.panels if panel != other and panels[panel] & panels[other]]
        if twice:
            count = figures.counted(len(panels[panel] & panels[twice[0]]), "test")
            yield (
                with_rest(sorted({*one.panels, panel})),
                f"{panel} and {twice[0]} share {count}. No test is counted twice.",
            )
            if len(panels[panel]) < len(panels[twice[0]]):
                yield with_rest([panel]), f"{panel} is whole, but a larger panel is whole, too, and comes first."
    if one.panels and one.singles:
        extra = _names(one.singles[:2])
        yield told(list(one.panels), []), f"See what is left beside the panel: {extra}."
    for panel in sorted(panels, key=lambda name: len(panels[name] - done)):
        lost = sorted(panels[panel] - done)
        if 0 < len(lost) <= 3 and len(lost) < len(panels[panel]):
            yield with_rest([panel]), f"{panel} needs {_names(lost)}, which nobody measured."
    if one.panels:
        yield told([], sorted(done)), "What fills a whole panel is reported as the panel."


def right(one: Slip) -> str:
    if not one.panels:
        return "No panel has all of its tests, so each goes by its own number."
    sizes = scenes.listed([f"{len(facts.panels()[panel])} tests of {panel}" for panel in one.panels])
    return f"All {sizes} were done{', and what is left stands alone' if one.singles else ''}."


def reasons(one: Slip, level: int) -> dict[str, str]:
    """A sentence for each panel that was not filled or not free, and for tests that need no line of their own."""
    panels, done = facts.panels(), set(one.done)
    out: dict[str, str] = {}
    for panel, tests in panels.items():
        if panel in one.panels:
            continue
        lost = sorted(tests - done)
        if not lost:
            larger = next(other for other in one.panels if tests & panels[other])
            shared = len(tests & panels[larger])
            inside = "All" if shared == len(tests) else f"{shared}"
            out[panel] = f"{inside} of its tests are inside a larger panel that was filled. No test is counted twice."
        elif panel in one.ordered:
            out[panel] = "It was ordered. Go through its tests once more: has each of them a result of its own?"
        elif len(lost) <= 3 and len(lost) < len(tests):
            missing = figures.counted(len(lost), "test")
            out[panel] = f"It needs {missing} more than this list has."
    for code in (code for panel in one.panels for code in panels[panel]):
        if code == one.again:
            out[code] = "It is inside a panel that was filled, and the rerun only mends its first result."
        elif code != one.later:
            out[code] = f"{scenes.capital(_name(code))}: inside a panel that was filled."
    for code in one.missed:
        out[code] = "It was ordered, but there is no result. What was not done is not billed."
    for code, near in facts.NEIGHBORS.items():
        for seen, other in ((code, near), (near, code)):
            if seen not in done and other in done:
                out.setdefault(seen, f"Close by. The list says {_name(other)}, and that is another test.")
    if "84478" in done and "83721" not in done:
        out["83721"] = "That is for an LDL that is measured. Is there one on the list?"
    if level == 3:
        if one.sent:
            out[f"{one.sent}+90"] = "Who ran this test? Read its line to the end."
        out["-90"] = "This laboratory ran that one itself."
        if one.later:
            out[f"{one.later}+91"] = (
                "This result came later, for a new reason. The second line has to say so, or it looks like a double."
            )
        out["-91"] = "Was it run anew to follow the patient, or to mend the first run?"
        if one.again in one.singles:
            out[f"{one.again}-91"] = "Read why it was run again: that only mends the first result."
        out["-59"] = "For a laboratory test repeated on one day there is a modifier of its own."
        out["-76"] = "That one is for procedures. Laboratory tests have their own."
        out["-52"] = "A panel is not cut down by a modifier."
    return out


def why(one: Slip) -> str:
    """The claim, worked out with the drawn facts."""
    panels, done = facts.panels(), set(one.done)
    said = []
    for panel in one.ordered:
        lost = sorted(panels[panel] - done)
        if lost:
            said.append(f"{panel} is not whole: no {_names(lost)}.")
    for panel in one.panels:
        said.append(f"**{panel}**: each of its {len(panels[panel])} tests was done.")
    for panel in facts.whole(done):
        larger = [other for other in one.panels if other != panel and panels[panel] & panels[other]]
        if larger and panel in one.ordered:
            shared = len(panels[panel] & panels[larger[0]])
            said.append(f"{panel} shares {shared} with {larger[0]}, the larger one, so it gives way.")
    if one.singles:
        alone = scenes.listed([f"{_name(code)} {_is(code)} **{code}**" for code in one.singles])
        if len(one.singles) > 7:
            alone = f"{len(one.singles)} tests, each with a number of its own"
        said.append(f"{'Left over' if one.panels else 'No panel is whole. One by one'}: {alone}.")
    if one.sent:
        said.append(f"{scenes.capital(_name(one.sent))} was run elsewhere: modifier **90**.")
    if one.later:
        said.append(
            f"{scenes.capital(_name(one.later))} was run again hours later to follow the patient: **{one.later}-91**."
        )
    if one.again:
        said.append(f"The rerun of {_name(one.again)} mends the first result and has no line.")
    if one.missed:
        said.append("What was ordered and not done is not billed.")
    if one.sent or one.later:
        said.append("What is calculated is no test.")
    return " ".join(said)
