"""Look-up path: main term, sub-term, what the Index offers, and the full code out of the Tabular List.

Raw response: ``{"main": "b", "sub": "a", "offered": "c", "code": "S52.521A"}``; a step that is left out is open.
Options stand in alphabetical order, as in the Index itself, and their ids (a, b, c, …) go by that order, so that the
order in the file gives nothing away.

A path is judged as a walk. The first step that is wrong is where it leaves the road, and it alone is explained: a wrong
step after it mostly follows from it, and will look different once the learner is back on the road.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import Field

from course.grading.verdict import Part, Verdict, scored
from course.questions import text
from course.questions.answers import Answer, Blank, Invalid, Parsed
from course.questions.base import LETTERS, Fault, ItemBase, Line, Option, Strict, duplicates
from course.questions.kinds import common
from course.questions.kinds.code_entry import Code
from course.questions.typed import split_codes

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet
    from course.grading.diagnosis import Finding

INSTRUCTION = "Walk the path in four steps. A later step opens when the one before it is answered."
PROMPT = "Choose a main term to begin with, then check."

Options = Annotated[tuple[Option, ...], Field(min_length=3, max_length=5)]


class Step(NamedTuple):
    """A step that is chosen from options. ``field``: its name in the YAML."""

    name: str
    field: str
    label: str
    ask: str


#: The three steps in the Index; the fourth, ``code``, is typed.
STEPS = (
    Step("main", "main_terms", "Main term", "Under which main term do you open the Index?"),
    Step("sub", "subterms", "Sub-term", "Which sub-terms do you follow below it?"),
    Step("offered", "offered", "Offered code", "Which code does the Index offer there?"),
)
CODE = Step("code", "verify", "Tabular List", "Verify it in the Tabular List. Which full code do you report?")
NAMES = (*(step.name for step in STEPS), CODE.name)
ALL = {step.name: step for step in (*STEPS, CODE)}


class Verify(Strict):
    """The end of the path."""

    code: Code
    reasons: Annotated[
        dict[str, Line],
        Field(description='A sentence of your own for a wrong code; "S52.5*" is for all codes that begin so.'),
    ] = {}
    why: Annotated[Line | None, Field(description="What the Tabular List adds or confirms; for the solution.")] = None


class LookupPath(ItemBase):
    kind: Literal["lookup_path"] = "lookup_path"
    main_terms: Options
    subterms: Options
    offered: Annotated[Options, Field(description="What stands at the end of the path; a dash means: it goes on.")]
    verify: Verify

    def rules(self) -> Iterator[Fault]:
        yield from super().rules()
        for step in STEPS:
            listed: tuple[Option, ...] = getattr(self, step.field)
            yield from duplicates([option.text for option in listed], step.field)
            right = [n for n, option in enumerate(listed) if option.correct]
            if not right:
                yield Fault((step.field,), "no option is correct", "Put `correct: true` under the right one.")
            for n in right[1:]:
                message = f"a second option is marked correct (number {right[0] + 1} is, too)"
                yield Fault((step.field, n, "correct"), message, "A path has one road: leave one.")
        yield from self._road_ends()
        yield from self._reasons()

    def _road_ends(self) -> Iterator[Fault]:
        """What the Index offers must lead to the code."""
        n = next((n for n, option in enumerate(self.offered) if option.correct), None)
        if n is None:
            return
        place = ("offered", n, "text")
        start, goes_on = offered_code(self.offered[n].text)
        whole = compact(self.verify.code)
        if not start:
            yield Fault(place, "does not begin with a code", "Write what the Index offers, such as S52.52-.")
        elif not whole.startswith(start):
            yield Fault(place, f"does not lead to {self.verify.code}", "Mend the one or the other.")
        elif goes_on and start == whole:
            yield Fault(place, "has a dash, but is the whole code", "A dash says that more characters follow.")

    def _reasons(self) -> Iterator[Fault]:
        for pattern in self.verify.reasons:
            bare = pattern.upper().replace(".", "").strip()
            if not re.fullmatch(r"[A-Z0-9]{1,12}\*?", bare, re.ASCII):
                yield Fault(("verify", "reasons", pattern), "is not a code, nor a family such as S52.5*", "")
            elif bare == compact(self.verify.code):
                yield Fault(("verify", "reasons", pattern), "is the right code", "Reasons are for wrong codes.")

    def key_codes(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield ("verify", "code"), self.verify.code


Model = LookupPath


def compact(code: str) -> str:
    """ "s52.52-" -> "S5252"."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def offered_code(shown: str) -> tuple[str, bool]:
    """What an option of the third step offers: the compact code at its beginning ("" if none), and whether a dash says
    that it goes on."""
    found = re.match(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?![0-9A-Z])", text.plain(shown))
    return (compact(found[0]), text.plain(shown)[found.end() :].startswith("-")) if found else ("", False)


def listed(item: LookupPath, step: Step) -> dict[str, Option]:
    """Option id -> option, in the order on the screen: that of the alphabet."""
    options: tuple[Option, ...] = getattr(item, step.field)
    return dict(zip(LETTERS, sorted(options, key=_alphabetical), strict=False))


def _alphabetical(option: Option) -> tuple[str, str]:
    shown = text.plain(option.text)
    return re.sub(r"[^a-z0-9. ]", "", shown.casefold()), shown


def _right(item: LookupPath, step: Step) -> str:
    return next(name for name, option in listed(item, step).items() if option.correct)


def view(item: LookupPath) -> dict[str, Any]:
    """``steps``: [{id, label, ask, options: [{id, html}]}], the last one (typed) without options."""
    steps = [
        {
            "id": step.name,
            "label": step.label,
            "ask": step.ask,
            "options": [{"id": name, "html": text.inline(one.text)} for name, one in listed(item, step).items()],
        }
        for step in STEPS
    ]
    return common.frame(item, INSTRUCTION, steps=[*steps, {"id": CODE.name, "label": CODE.label, "ask": CODE.ask}])


def parse(item: LookupPath, raw: Any) -> Parsed:
    """A map of steps to option ids, and the code as typed. ``Answer.value`` is the same map without open steps."""
    if raw is None or raw in ("", []):
        return Blank(PROMPT)
    if not isinstance(raw, dict) or not all(isinstance(name, str) and name in NAMES for name in raw):
        return Invalid("I could not make out the steps of the path. Choose them on the card.")
    given: dict[str, str] = {}
    for name, value in raw.items():
        if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
            continue
        if not isinstance(value, str):
            return Invalid(f"I could not read step {NAMES.index(name) + 1}. Choose it on the card.")
        if name == CODE.name:
            codes, words = split_codes(value)
            if words:
                shown = " ".join(words)
                shown = shown if len(shown) <= 40 else shown[:39] + "…"
                return Invalid(f"Step 4 takes a code, not words ({shown!r}). The search there finds it by its name.")
            if len(codes) > 1:
                return Invalid(f"Step 4 asks for one code; I read {len(codes)}.")
            if codes:
                given[name] = codes[0]
        elif value.strip().lower() in listed(item, ALL[name]):
            given[name] = value.strip().lower()
        else:
            return Invalid(f"Step {NAMES.index(name) + 1} has no such option. Choose it on the card.")
    return Answer(given) if given else Blank(PROMPT)


def grade(item: LookupPath, answer: Answer, codes: CodeSet | None = None) -> Verdict:
    """Step by step along the path. Without ``codes`` the edition in force is opened.

    Each right step is a quarter. The first wrong step gives its reason, and nearness of a code counts only while the
    path is still on the road.
    """
    given: Mapping[str, str] = answer.value
    chosen = {step.name: listed(item, step)[given[step.name]] for step in STEPS if step.name in given}
    finding = _finding(item, given[CODE.name], codes) if CODE.name in given else None
    right = {name for name, option in chosen.items() if option.correct}
    if finding is not None and str(finding[0].kind) == "right":
        right.add(CODE.name)
    off = next((name for name in NAMES if name in given and name not in right), None)
    done = len(right) == len(NAMES)
    parts, score = [], len(right) / len(NAMES)
    for name in NAMES:
        if name not in given:
            parts.append(Part(name, "missing", "Still open."))
        elif name == CODE.name and finding is not None:
            parts.append(_code_part(finding[0], off, chosen, given[name]))
            score += finding[1] / len(NAMES) if off == name else 0
        elif name in right:
            parts.append(Part(name, "right", chosen[name].why if done else "Fits."))
        elif name == off:
            parts.append(Part(name, "wrong", f"**Here the path leaves the road.** {chosen[name].why}"))
        else:
            parts.append(Part(name, "note", f"**Follows from step {NAMES.index(off or name) + 1}.** Mend that first."))
    return scored(min(score, 0.95) if off else score, _headline(right, given, off), parts)


def _finding(item: LookupPath, typed: str, codes: CodeSet | None) -> tuple[Finding, float]:
    """The diagnosis of the typed code and what it is worth (0 to 1)."""
    from course.grading.diagnosis import CodeKey, diagnose

    if codes is None:
        from course.codesets import icd10cm
        from course.paths import today

        codes = icd10cm.open_edition(item.edition_for(icd10cm.edition_on(today())))
    found = diagnose([typed], CodeKey((item.verify.code,)), codes, item.verify.reasons)
    return found.findings[0], found.score


def _code_part(finding: Finding, off: str | None, chosen: Mapping[str, Option], typed: str) -> Part:
    """What is said of the typed code. After a wrong turn a code that lies where the path led is no slip of its own."""
    if str(finding.kind) == "right":
        message = "The right code, but not by this path." if off else finding.message
        return Part(CODE.name, "right", message, finding.basis)
    said = f"**{finding.headline.rstrip('.:')}.** {finding.message}".strip()
    if off in (None, CODE.name):
        return Part(CODE.name, "wrong", said, finding.basis)
    offered = chosen.get("offered")
    start = offered_code(offered.text)[0] if offered else ""
    step = NAMES.index(off or CODE.name) + 1
    if start and compact(typed).startswith(start):
        return Part(CODE.name, "note", f"**Follows from step {step}.** It lies where this path led. Mend that first.")
    return Part(CODE.name, "wrong", said, finding.basis)


def _headline(right: set[str], given: Mapping[str, str], off: str | None) -> str:
    if len(right) == len(NAMES):
        return "Yes: the right road to the right code."
    still = common.counted(len(NAMES) - len(given), "step")
    if off is None:
        return f"Right so far; {still} still open."
    where = f"step {NAMES.index(off) + 1}, the {ALL[off].label.lower()}" if off != CODE.name else "the last step"
    if CODE.name in right:
        return f"The right code, but the path to it leaves the road at {where}."
    if off == CODE.name and len(right) == len(STEPS):
        return "The right road; only the last step is not there yet."
    return f"The path leaves the road at {where}."


def solution(item: LookupPath) -> dict[str, Any]:
    """The whole path as one line; why each step; and why not the others."""
    right = {step: listed(item, step)[_right(item, step)] for step in STEPS}
    main, sub, offered = (text.inline(option.text) for option in right.values())
    line = f"<strong>{main}</strong> → {sub} → {offered} → Tabular List{_added(item)} → "
    html = f"<p>{line}<strong>{text.escape(item.verify.code)}</strong></p>"
    whys = [(step.label, option.why) for step, option in right.items()]
    whys += [(CODE.label, item.verify.why)] if item.verify.why else []
    html += "<ol>" + "".join(f"<li><em>{label}:</em> {text.inline(why)}</li>" for label, why in whys) + "</ol>"
    html += "<p>Where other paths lead:</p><ul>"
    for step in STEPS:
        for option in listed(item, step).values():
            if not option.correct:
                html += f"<li>{step.label} <strong>{text.inline(option.text)}</strong>: {text.inline(option.why)}</li>"
    response = {step.name: _right(item, step) for step in STEPS}
    return {"response": {**response, CODE.name: item.verify.code}, "html": html + "</ul>"}


def _added(item: LookupPath) -> str:
    """ ": 6th character 1, 7th A" for what stands in the code beyond what the Index offered."""
    offered = next(option.text for option in item.offered if option.correct)
    whole, start = compact(item.verify.code), len(offered_code(offered)[0])
    if start == len(whole):
        return ""
    places = [f"{place + 1}th {whole[place]}" for place in range(start, len(whole))]
    return ": " + ", ".join([places[0].replace("th ", "th character "), *places[1:]])


def static_html(item: LookupPath) -> str:
    """Title, stem, note; the three steps with lettered options, and a blank line for the code."""
    rows = [
        f"<p><strong>{n}. {step.label}.</strong> {step.ask}</p>\n"
        + common.static_list(option.text for option in listed(item, step).values())
        for n, step in enumerate(STEPS, 1)
    ]
    rows.append(f"<p><strong>4. {CODE.label}.</strong> {CODE.ask}</p>\n<p>______________</p>")
    return common.static_frame(item, "Walk the path in four steps.", "\n".join(rows))
