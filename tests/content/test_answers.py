"""Every question, answered: its key is accepted, each wrong choice is met with its own reason, blank is never wrong."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

from course.codesets import cpt, hcpcs, icd10cm
from course.codesets.icd10cm import tables
from course.grading.services import reasons
from course.grading.verdict import Outcome, Verdict
from course.language import word_parts
from course.questions import text
from course.questions.base import LETTERS, ItemBase
from course.questions.kinds import (
    KINDS,
    check,
    diagram,
    highlight,
    lookup_path,
    ordering,
    query_model,
    query_workshop,
    solution,
    static_html,
    table_lookup,
    take_apart,
    view,
    your_turn,
)
from course.questions.kinds.service_model import sequence
from tests.content.by_topic import ITEMS, faults, of_each_question
from tests.telltales import TELLTALES

#: The options of a look-up path.
PATH = tuple(step.field for step in lookup_path.STEPS)
#: Fields whose entries have a reason of their own.
WITH_WHY = (
    "options",
    "entries",
    "steps",
    "pairs",
    "mistakes",
    "extra",
    "phrases",
    "traps",
    "leading",
    "parts",
    "rows",
    "columns",
    "slips",
    *PATH,
)


def names_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from names_in(inner)


def said(verdict: Verdict) -> list[str]:
    return [part.message for part in verdict.parts]


@of_each_question
def test_the_key_is_accepted_in_every_edition(one: ItemBase) -> None:
    raw = solution(one)["response"]
    for edition in one.editions:
        codes = icd10cm.open_edition(edition)
        verdict = check(one, raw, codes)
        assert verdict.outcome is Outcome.CORRECT and verdict.score == 1, (edition, verdict)
        assert all(part.mark in ("right", "note") for part in verdict.parts)


@of_each_question
def test_blank_is_not_attempted(one: ItemBase) -> None:
    for raw in (None, "", []):
        verdict = check(one, raw, icd10cm.open_edition(one.editions[-1]))
        assert verdict.outcome is Outcome.NOT_ATTEMPTED and verdict.invalid is None and verdict.score == 0


@of_each_question
def test_each_wrong_choice_has_its_own_reason(one: ItemBase) -> None:
    for raw, why in wrong_responses(one):
        codes = icd10cm.open_edition(one.editions[-1])
        verdict = check(one, raw, codes)
        assert verdict.outcome is not Outcome.CORRECT and verdict.score < 1, raw
        assert any(why in message for message in said(verdict)), (raw, why, said(verdict))


def wrong_responses(one: ItemBase) -> Iterator[tuple[Any, str]]:
    """Every single slip the author foresaw, and the sentence it must be met with."""
    key = solution(one)["response"]
    if one.kind in ("single_choice", "multiple_choice"):
        for n, option in enumerate(one.options):
            if not option.correct:
                yield ([LETTERS[n]] if one.kind == "multiple_choice" else LETTERS[n]), option.why
    elif one.kind == "number":
        for mistake in one.mistakes:
            yield f"{mistake.value:f}", mistake.why
    elif one.kind == "matching":
        shown = view(one)
        rights = {name: value for name, value in ((right["id"], right["html"]) for right in shown["rights"])}
        extra = {text.inline(lure.text): lure.why for lure in one.extra}
        for n, pair in enumerate(one.pairs):
            for name, value in rights.items():
                if name != key[f"l{n + 1}"]:
                    yield {**key, f"l{n + 1}": name}, extra.get(value, pair.why)
    elif one.kind == "sorting":
        by_text = {text.inline(entry.text): entry.why for entry in one.entries}
        shown = view(one)
        for entry in shown["entries"]:
            for group in shown["groups"]:
                if group["id"] != key[entry["id"]]:
                    yield {**key, entry["id"]: group["id"]}, by_text[entry["html"]]
    elif one.kind == "ordering":
        places = ordering.shown(one)
        for n in range(len(key) - 1):  # each step once at the far end
            moved = [*key[:n], *key[n + 1 :], key[n]]
            yield moved, one.steps[n if len(key) - n > 2 else places[moved[-2]]].why
    elif one.kind == "code_entry":
        yield from wrong_codes(one)
    elif one.kind == "lookup_path":
        for step in lookup_path.STEPS:
            for name, option in lookup_path.listed(one, step).items():
                if not option.correct:
                    yield {**key, step.name: name}, option.why
        for [typed], why in wrong_codes(one):
            yield {**key, "code": typed}, why
    elif one.kind == "highlight":
        for trap, place in zip(one.traps, highlight.layout(one).traps, strict=True):
            yield [min(place)], trap.why
            yield [*key, *place], trap.why
    elif one.kind == "query_workshop":
        yield from wrong_queries(one, key)
    elif one.kind == "service_lines":
        yield from wrong_lines(one, key)
    elif one.kind == "diagram":
        for letter, part in diagram.options(one).items():
            if part.id != one.part:
                yield {**key, "part": letter}, one.reasons[part.id]
    elif one.kind == "modifier_choice":
        for modifier in one.offered:
            if modifier not in one.answer:
                yield [modifier], one.reasons[modifier]
                yield [*one.answer, modifier], one.reasons[modifier]
    elif one.kind == "em_leveling":
        for trap in one.traps:
            if trap.element == "minutes":
                yield {**key, "minutes": str((one.minutes or 8) + 1)}, trap.why
            else:
                yield {**key, "elements": {**key["elements"], trap.element: 1}}, trap.why
                yield {**key, "elements": {trap.element: 1}}, trap.why
    elif one.kind == "audit_bench":
        yield from wrong_findings(one, key)
    elif one.kind == "word_builder":
        yield from wrong_words(one)
    elif one.kind == "take_apart":
        names = {meaning: name for name, meaning in take_apart.offered(one).items()}
        for meaning, why in one.reasons.items():
            for start in key["meanings"]:
                yield {**key, "meanings": {**key["meanings"], start: names[meaning]}}, why
    elif one.kind == "table_lookup":
        yield from wrong_cells(one, key)
        for [typed], why in wrong_codes(one):
            yield {**key, "code": typed}, why
    elif one.kind == "your_turn":
        for slip in one.slips:
            yield your_turn.value(one, slip.code), slip.why
    else:
        raise AssertionError(f"add the wrong responses of {one.kind!r} here")


def wrong_queries(one: ItemBase, key: dict[str, list[Any]]) -> Iterator[tuple[Any, str]]:
    """Each fair phrase marked, alone and beside the key; each unfit part in the query; each part of the key at the far
    end. A missing part is pointed at by what it does."""
    ids = {part.id: name for name, part in query_workshop.tray(one).items()}
    for trap, place in zip(one.traps, query_model.layout(one).traps, strict=True):
        yield {**key, "marks": sorted(place)}, trap.why
        yield {**key, "marks": [*key["marks"], *place]}, trap.why
    for part in one.parts:
        rest = [name for name in key["parts"] if name != ids[part.id]]
        if part.place is None:
            yield {**key, "parts": [ids[part.id], *rest]}, part.why
            continue
        if part.role not in {other.role for other in one.parts if other.place and other is not part}:
            yield {**key, "parts": rest}, query_model.ROLES[part.role][0]
        if part.place == 1:
            yield {**key, "parts": [*rest, ids[part.id]]}, part.why or query_model.ROLES[part.role][1]


def wrong_findings(one: ItemBase, key: dict[str, dict[str, str]]) -> Iterator[tuple[Any, str]]:
    """Every line with every finding that is not its own, and each answer about codes that were missed turned round."""
    for encounter in one.encounters:
        for n, line in enumerate(encounter.lines):
            for finding in set(line.offered) - {line.finding}:
                yield {**key, "findings": {**key["findings"], f"{encounter.id}-{n + 1}": finding}}, line.why
        other = {"yes": "no", "no": "yes"}[key["missed"][encounter.id]]
        why = encounter.missed.why if encounter.missed else encounter.complete or ""
        yield {**key, "missed": {**key["missed"], encounter.id: other}}, why


def wrong_words(one: ItemBase) -> Iterator[tuple[Any, str]]:
    """Each part of the tray that no build needs, in the place of each part of its sort, otherwise at its own end of the
    word; each vowel that has a reason, between each two parts that take none. Without a reason: the part's meaning."""
    used = {token for _, build in one.builds() for token in build}
    key = one.answer
    for token in one.tray:
        why, sort = one.reasons.get(token), word_parts.kind_of(token)
        if word_parts.is_vowel(token):
            for n in range(1, len(key)):
                if why and not any(map(word_parts.is_vowel, key[n - 1 : n + 1])):
                    yield [*key[:n], token, *key[n:]], why
        elif token not in used:
            sentence = why or word_parts.by_token(token).meaning
            places = [n for n, own in enumerate(key) if word_parts.kind_of(own) == sort]
            for n in places:
                yield [*key[:n], token, *key[n + 1 :]], sentence
            if not places:
                yield ([*key, token] if sort == "suffix" else [token, *key]), sentence


def wrong_cells(one: ItemBase, key: dict[str, str]) -> Iterator[tuple[Any, str]]:
    """Every cell that is not right, with the reason of its row and with that of its column; and the offer below."""
    table = tables.table(one.table)
    rows = {entry.row: entry.why for entry in one.rows}
    columns = {column.id: column.meaning for column in table.columns}
    columns |= {entry.column: entry.why for entry in one.columns}
    for row in view(one)["rows"]:
        for column, cell in zip(table.columns, row["cells"], strict=True):
            if cell is None or table_lookup.fits(one, row["path"], column.id):
                continue
            if row["path"] != one.answer.row:
                yield {**key, "cell": cell["id"]}, rows[row["path"]]
            if column.id != one.answer.column:
                yield {**key, "cell": cell["id"]}, columns[column.id]
    if one.table == "neoplasm" and not one.answer.outside:
        yield {**key, "cell": table_lookup.OUTSIDE}, one.outside or table_lookup.OUTSIDE_WHY


def reasons_of(one: ItemBase) -> dict[str, str]:
    """Sentences for wrong codes, wherever the kind keeps them; for an audit those of its lines."""
    if one.kind == "audit_bench":
        whys = {f"{n}-{m}": line.why for n, who in enumerate(one.encounters) for m, line in enumerate(who.lines)}
        whys |= {str(n): who.missed.why for n, who in enumerate(one.encounters) if who.missed}
        return whys | {f"{n}+": who.complete for n, who in enumerate(one.encounters) if who.complete}
    owner = getattr(one, "verify", None) or getattr(one, "complete", None) or one
    return dict(getattr(owner, "reasons", {}))


def wrong_codes(one: ItemBase) -> Iterator[tuple[Any, str]]:
    """Each code of ``reasons``; for a family a billable code of it, not in the key, that has no reason of its own."""
    codes = icd10cm.open_edition(one.editions[-1])
    reasons = reasons_of(one)
    taken = {code for _, code in one.key_codes()} | {codes.normalise(name) for name in reasons if "*" not in name}
    others = sorted((name.rstrip("*").upper() for name in reasons if "*" in name), key=len)
    for name, why in reasons.items():
        if "*" not in name:
            yield [name], why
            continue
        family = name.rstrip("*").upper()
        below = [found.code for found in codes.billable_below(family)] if family in codes else []
        narrower = [other for other in others if other != family and other.startswith(family)]
        free = [code for code in below if code not in taken and not code.startswith(tuple(narrower) or ("?",))]
        yield [free[0] if free else family], why


def wrong_lines(one: ItemBase, key: list[dict[str, str]]) -> Iterator[tuple[Any, str]]:
    """For each reason the key with that one slip. Another code stands in place of the nearest of the key."""
    taken = {code for _, code in one.key_services()}
    named = {pattern.code for name in one.reasons if (pattern := reasons.read(name)) and pattern.about == "code"}
    for name, why in one.reasons.items():
        slip = reasons.read(name)
        code, at = slip.code, [n for n, row in enumerate(key) if row["code"] == slip.code]
        if slip.about == "family":
            free = (number.code for number in (*cpt.numbers(), *hcpcs.codes()) if number.code.startswith(slip.code))
            code = next((found for found in free if found not in taken | named), slip.code.ljust(5, "9"))
        if slip.about in ("code", "family"):
            near = max(range(len(key)), key=lambda n: len(os.path.commonprefix((key[n]["code"], code))))
            yield [*key[:near], {**key[near], "code": code}, *key[near + 1 :]], why
            continue
        for n in at or range(len(key)):
            row, line = dict(key[n]), sequence(one.answer)[n]
            marks = row.get("modifiers", "").split()
            if slip.about == "units":
                row["units"] = slip.detail
            elif slip.about == "missing":
                kept = [mark for mark in marks if not any(mark in c and slip.detail in c for c in line.modifiers)]
                row["modifiers"] = " ".join(kept)
            else:
                row["modifiers"] = " ".join([*marks, slip.detail])
            if row != key[n] and slip.detail not in (marks if slip.about == "surplus" else line.optional_modifiers):
                yield [*key[:n], row, *key[n + 1 :]], why
                break
        else:
            raise AssertionError(f"{one.id}: no line of the key can have the slip {name!r}")


def test_a_missed_phrase_is_counted_and_not_told(items: list[ItemBase]) -> None:
    for one in items:
        if one.kind != "highlight":
            continue
        places = [min(at, key=len) for at in highlight.layout(one).phrases]
        for n, (phrase, missed) in enumerate(zip(one.phrases, places, strict=True)):
            verdict = check(one, sorted(set().union(*places[:n], *places[n + 1 :])))
            assert verdict.outcome is Outcome.PARTLY and verdict.parts[-1].message == "One more phrase decides.", one.id
            assert phrase.why not in " ".join(said(verdict))
            assert not missed & {int(word[1:]) for part in verdict.parts for word in part.target.split()}


@of_each_question
def test_every_reason_differs(one: ItemBase) -> None:
    """Two wrong options with the same reason: one of them was not thought about."""
    names = ("options", "steps", "phrases", "traps", "leading", "parts", "rows", "columns", "slips", *PATH)
    whys = [entry.why for name in names for entry in getattr(one, name, ()) if getattr(entry, "why", "")]
    if one.kind == "audit_bench":
        whys = list(reasons_of(one).values())
    assert len(whys) == len(set(whys))


@of_each_question
def test_nothing_on_the_card_tells_the_answer(one: ItemBase) -> None:
    shown = view(one)
    assert not TELLTALES & set(names_in(shown))
    page = json.dumps(shown) + static_html(one)
    hidden = [one.rationale, *one.hints]
    hidden += [entry.why for name in WITH_WHY for entry in getattr(one, name, ()) if getattr(entry, "why", "")]
    hidden += [*reasons_of(one).values()]
    for sentence in hidden:
        if len(sentence) > 20:
            assert text.inline(sentence) not in page and json.dumps(text.inline(sentence))[1:-1] not in page
    if one.kind == "highlight":
        assert not [code for code in one.codes if code in page]
    if one.kind == "code_entry" and len(one.answer.codes) == 1:
        assert one.answer.codes[0] not in text.plain(one.title)


def test_a_path_is_not_told_above_its_steps(items: list[ItemBase]) -> None:
    """Title and objective stand on the card: they do not name the main term, unless the chart does."""
    for one in items:
        if one.kind == "lookup_path":
            term = next(option.text for option in one.main_terms if option.correct)
            word = re.split(r"\W", text.plain(term).casefold(), maxsplit=1)[0]
            if word not in f"{one.stem} {one.note or ''}".casefold():
                assert word not in f"{one.title} {one.objective}".casefold(), one.id


def test_hints_do_not_give_the_code_away(items: list[ItemBase]) -> None:
    keys = {one.id: [*one.key_codes(), *one.key_services()] for one in items}
    told = [(one.id, hint) for one in items for hint in one.hints for _, code in keys[one.id] if code in hint]
    assert not told


@of_each_question
def test_sources_name_a_rule_and_a_day(one: ItemBase) -> None:
    assert one.sources
    for source in one.sources:
        assert len(source.ref) >= 8 and source.checked.year >= 2025


@of_each_question
def test_everything_is_short_enough_to_be_read(one: ItemBase) -> None:
    """Words: a stem 90, a hint 45, a reason 60, a rationale 160 (a card is no chapter)."""
    assert len(one.stem.split()) <= 90
    assert max(len(hint.split()) for hint in one.hints) <= 45
    assert len(one.rationale.split()) <= 160
    for name in WITH_WHY:
        for entry in getattr(one, name, ()):
            assert len((getattr(entry, "why", "") or "").split()) <= 60, entry
    if one.kind == "audit_bench":
        assert max(len(why.split()) for why in reasons_of(one).values()) <= 60


@of_each_question
def test_feedback_never_scolds(one: ItemBase) -> None:
    words = {"incorrect", "wrong!", "stupid", "obviously", "clearly", "simply", "silly", "careless"}
    texts = [one.rationale, *one.hints, *reasons_of(one).values()]
    texts += [entry.why for name in WITH_WHY for entry in getattr(one, name, ()) if getattr(entry, "why", "")]
    for sentence in texts:
        assert not words & {word.strip(".,;:").casefold() for word in sentence.split()}, sentence
        assert sentence.rstrip()[-1:] in ".!?)”\"'`:…0123456789" or len(sentence.split()) < 12, (
            f"no full stop: {sentence}"
        )


def test_each_question_that_breaks_a_law_is_named() -> None:
    def law(one: ItemBase) -> None:
        assert one is not ITEMS[0], "the first"
        assert {ITEMS[1].id: True}[one.id]

    found = faults(law, ITEMS[:3])
    assert [line.split(": ")[:2] for line in found] == [
        [ITEMS[0].id, "AssertionError"],
        [ITEMS[2].id, "KeyError"],
    ]


def test_every_kind_of_question_is_in_the_course(items: list[ItemBase]) -> None:
    assert {item.kind for item in items} == set(KINDS)
