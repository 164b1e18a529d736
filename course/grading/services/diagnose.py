"""A whole answer: the entered service lines against the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from course.grading.services import books, reasons, score, together, wrong_modifier
from course.grading.services.matching import assign
from course.grading.services.model import Entered, Finding, KeyLine, Report, Said, ServiceKey
from course.grading.services.units import wrong_units
from course.grading.services.wording import compose, headline, sentence
from course.grading.services.wrong_code import invalid, wrong_code
from course.grading.verdict import Mark


def diagnose(
    entered: Sequence[Entered], key: ServiceKey, texts: Mapping[str, str] | None = None, note: str = ""
) -> Report:
    """What to tell a learner about the lines of an answer. Never raises, whatever was entered.

    ``texts``: the item's own sentences (see ``reasons.py``); they come first. ``note``: the chart note, whose own words
    may be pointed at. Findings come line by line, then what concerns lines together, then what is missing, which is
    counted and not named.
    """
    texts = texts or {}
    if not entered:
        return Report()
    meant = assign(entered, key)
    exact = {i for i, k in meant.items() if entered[i].code == key.lines[k].code}
    sides = together.sides(entered, key)
    optional = {line.code for line in key.optional}
    findings: list[Finding] = []
    earned, right, extra = 0.0, 0, 0
    for i, one in enumerate(entered):
        if i in exact:
            line = key.lines[meant[i]]
            worth = score.line_score(one, line, key)
            earned, right = earned + worth, right + (worth == 1)
            told = list(_details(one, line, key, texts, entered, sides))
            findings += told or [Finding(one.row, one.code, "right", headline("right"), _praise(one.code))]
        elif i in meant:
            # With a single line in the key there is nothing else the entered one could stand for.
            sure = len(key.lines) == 1 or reasons.of_set(reasons.pick(texts, "code", one.code))
            said = wrong_code(one.code, key.lines[meant[i]].code, key.codes(), note=note, sure=sure)
            findings.append(_finding(one, "wrong", _own(texts, one, said)))
        elif one.code in optional:
            findings.append(
                Finding(one.row, one.code, "right", headline("optional"), sentence("optional", code=one.code))
            )
        else:
            extra += 1
            findings.append(_spare(one, key, texts, sides))
        findings += _unasked(one, key)
    accepted = exact | {i for i, one in enumerate(entered) if one.code in optional}
    findings += together.addons_alone(entered)
    findings += together.pairs(entered, accepted, key)
    broken = together.sequence(entered, meant, key)
    findings += [broken] if broken else []
    absent = len(key.lines) - len(meant)
    if absent and not sides:
        # With a line too many in sight, how many are missing would tell which ones count.
        name = "line_missing" if absent == 1 else "lines_missing"
        findings.append(Finding(None, "", "missing", "", sentence(name, count=absent)))
    value = score.score(len(key.lines), earned, extra, order_broken=broken is not None)
    return Report(tuple(findings), right, value)


def _praise(code: str) -> str:
    words = books.words(code)
    return sentence("in_our_words", code=code, words=words) if words else sentence("right")


def _finding(one: Entered, mark: Mark, said: Said) -> Finding:
    return Finding(one.row, one.code, mark, said.headline, compose(said.sentences), said.basis)


def _own(texts: Mapping[str, str], one: Entered, said: Said) -> Said:
    """With the author's sentence for this code in place of the general ones, where there is one.

    The author may say that it was done and is not billed: a headline that denies it would contradict him.
    """
    own = reasons.pick(texts, "code", one.code) if books.is_cpt(one.code) or books.is_hcpcs(one.code) else ""
    head = headline("not_here") if said.headline == headline("surplus") else said.headline
    return Said(head, (own,)) if own else said


def _details(
    one: Entered,
    line: KeyLine,
    key: ServiceKey,
    texts: Mapping[str, str],
    entered: Sequence[Entered],
    sides: Mapping[str, Finding],
) -> Iterator[Finding]:
    """What is amiss on a line whose code is right."""
    if key.modifiers:
        other_form = sides.get(one.code)
        if other_form is not None:
            spare = set(line.spare(one.modifiers))
            own = next((why for m in sorted(spare) if (why := reasons.pick(texts, "surplus", one.code, (m,)))), "")
            unmet = [m for group in line.unmet(one.modifiers) for m in group]
            own = own or reasons.pick(texts, "missing", one.code, tuple(unmet))
            text = own or other_form.message
            yield Finding(one.row, one.code, "wrong", other_form.headline, text)
        else:
            for mark, said in wrong_modifier.amiss(one, line, texts):
                edit = together.edit_beside(one.code, entered) if mark == "missing" and _apart(one, line, texts) else ""
                told = Said(said.headline, (*said.sentences, edit), said.basis)
                yield _finding(one, mark, told)
    if key.units and one.counted != line.units:
        yield _finding(one, "wrong", wrong_units(one, line, texts))


def _apart(one: Entered, line: KeyLine, texts: Mapping[str, str]) -> bool:
    """Whether the line lacks a modifier that says why it counts beside another, and the author says nothing of it."""
    lacks = [choice for choice in line.unmet(one.modifiers) if {"59", "25"} & set(choice)]
    return any(not reasons.pick(texts, "missing", one.code, choice) for choice in lacks)


def _spare(one: Entered, key: ServiceKey, texts: Mapping[str, str], sides: Mapping[str, Finding]) -> Finding:
    """A line that answers to no line of the key."""
    if one.code in key.codes():
        told = sides.get(one.code)
        if told is not None:
            return Finding(one.row, one.code, "extra", told.headline, told.message)
        return Finding(one.row, one.code, "extra", headline("surplus_again"), sentence("surplus_again", code=one.code))
    mark: Mark = "wrong" if invalid(one.code) else "extra"
    return _finding(one, mark, _own(texts, one, wrong_code(one.code, "", key.codes())))


def _unasked(one: Entered, key: ServiceKey) -> Iterator[Finding]:
    """What was typed and is not asked for."""
    if one.modifiers and not key.modifiers:
        yield Finding(one.row, one.code, "note", "", sentence("not_asked_modifiers", list=", ".join(one.modifiers)))
    if one.counted != 1 and not key.units:
        yield Finding(one.row, one.code, "note", "", sentence("not_asked_units"))
