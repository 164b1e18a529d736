"""Each calculator without a page: its example, what is missing, what is wrong, and sums worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import calculators
from course.calculators.model import Field, Spec, run
from course.codesets import cpt, hcpcs, modifiers

SPECS = {name: calculators.get(name) for name in calculators.names()}


def changed(name: str, **values: Any) -> dict[str, Any]:
    """The answer for the example with some values changed."""
    return run(SPECS[name], {**SPECS[name].example, **values})


def codes(answer: dict[str, Any]) -> list[str]:
    return [f"{'-'.join([code, *mods])} {units}" for code, mods, units, _ in answer["lines"]]


def every(fields: tuple[Field, ...]) -> list[Field]:
    return [deep for one in fields for deep in (one, *every(one.columns))]


@pytest.mark.parametrize("name", SPECS)
def test_the_example_is_worked_out(name: str):
    spec = SPECS[name]
    answer = run(spec, spec.example)
    assert spec.name == name and answer["state"] == "done" and not answer["faults"]
    assert len(answer["steps"]) >= 2 and answer["lines"] and answer["sentence"].endswith(".")
    json.dumps(answer)
    for code, mods, units, words in answer["lines"]:
        assert cpt.get(code) or hcpcs.get(code), code
        assert words and units.isdecimal() and all(modifiers.get(one) for one in mods)


@pytest.mark.parametrize("name", SPECS)
def test_nothing_entered_asks_for_what_is_needed(name: str):
    for nothing in ({}, None, "abc", [1], {"payer": 7, "wounds": 3, "given": ["x"]}):
        answer = run(SPECS[name], nothing)
        assert answer["state"] == "unfinished" and answer["sentence"].startswith("Still needed: ")
        assert not answer["faults"] and not answer["lines"]


@pytest.mark.parametrize("name", SPECS)
def test_fields_are_well_made(name: str):
    fields = every(SPECS[name].fields)
    for one in fields:
        assert one.label[0].isupper() and not one.label.endswith((".", ":"))
        if one.kind == "choice":
            assert len({option.value for option in one.options}) == len(one.options) > 1
        if one.kind == "rows":
            assert one.columns and one.row and len({column.key for column in one.columns}) == len(one.columns)
        assert one.when is None or one.when[0] in {other.key for other in fields}


def _numbers(fields: tuple[Field, ...], prefix: str = "") -> list[str]:
    """Paths of the number fields."""
    found = []
    for one in fields:
        if one.kind == "number":
            found.append(prefix + one.key)
        found += _numbers(one.columns, f"{prefix}{one.key}.0.")
    return found


def _put(values: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(values))
    place: Any = copy
    *steps, last = path.split(".")
    for step in steps:
        place = place[int(step)] if step.isdecimal() else place[step]
    place[last] = value
    return copy


#: Number fields that the examples do not show.
HIDDEN = {("infusion", "given.0.times"), ("drug-units", "amount")}
SHOWN = [(name, path) for name, spec in SPECS.items() for path in _numbers(spec.fields) if (name, path) not in HIDDEN]


@pytest.mark.parametrize(("name", "path"), SHOWN)
@pytest.mark.parametrize("text", ["soon", "-1", "1,000", "NaN", "9e9", "99999999999", "1.00000000000000001", "\u0663"])
def test_a_number_that_is_none_is_told_at_its_field(name: str, path: str, text: str):
    spec = SPECS[name]
    answer = run(spec, _put(dict(spec.example), path, text))
    assert set(answer["faults"]) == {path} and "needs another look" in answer["sentence"]
    told = answer["faults"][path]
    assert told[0].isupper() and told.endswith(".") and "Decimal" not in told


@pytest.mark.parametrize(("name", "path"), sorted(HIDDEN))
def test_what_is_hidden_is_not_read(name: str, path: str):
    spec = SPECS[name]
    assert run(spec, _put(dict(spec.example), path, "junk")) == run(spec, spec.example)


def test_a_comma_of_other_countries_is_read():
    lesion = {"kind": "malignant", "site": "nose", "size": "1,2", "margin": "0,3"}
    assert codes(changed("excision", lesions=[lesion])) == ["11642 1"]


def test_anesthesia():
    assert changed("anesthesia")["sentence"] == "16.5 units, 330.00 dollars."
    medicare = changed("anesthesia", payer="medicare")
    assert medicare["sentence"] == "13.5 units, 270.00 dollars." and codes(medicare) == ["00790-P3 97"]
    assert changed("anesthesia", codes="00840, 00790", factor="")["sentence"] == "16.5 units."
    assert changed("anesthesia", per="10", rounding="up", factor="", status="P1")["sentence"] == "19 units."
    # Rules of other payers are not shown for Medicare, so what stood in them does not count.
    assert changed("anesthesia", payer="medicare", per="10", rounding="up")["sentence"] == medicare["sentence"]
    assert "29881" in changed("anesthesia", codes="29881")["faults"]["codes"]
    assert changed("anesthesia", minutes="soon")["faults"]["minutes"] == "Time: not a number."
    assert "more than 2880" in changed("anesthesia", minutes="9999")["faults"]["minutes"]


def test_excision():
    assert codes(changed("excision")) == ["11642 1", "11401 1"]
    huge = changed("excision", lesions=[{"kind": "benign", "site": "arm", "size": "99", "margin": "0.1"}])
    assert huge["faults"] == {"lesions.0.size": "Longest side: more than 30 cm. Check this figure."}
    twice = [{"kind": "benign", "site": "arm", "size": "1", "margin": "0.1"}] * 2
    answer = changed("excision", lesions=twice)
    assert codes(answer) == ["11402 1", "11402 1"] and any("59" in note for note in answer["notes"])
    wrong = changed("excision", lesions=[{"kind": "malignant", "site": "mucous membrane", "size": "1", "margin": "1"}])
    assert set(wrong["faults"]) == {"lesions.0.site"}
    assert changed("excision", lesions=[{"size": "1"}])["sentence"] == "Still needed: the margin of lesion 1."


def test_repair():
    assert codes(changed("repair")) == ["13121 1", "13122 1", "12051 1", "12004 1"]
    refused = changed("repair", wounds=[{"length": "0.9", "kind": "complex", "site": "nose"}])
    assert refused["state"] == "refused" and "simple or intermediate" in refused["sentence"] and not refused["lines"]
    assert codes(changed("repair", wounds=[{}, {"length": "2", "kind": "simple", "site": "arm"}, {}])) == ["12001 1"]


def test_infusion():
    assert codes(changed("infusion")) == ["96365 1", "96375 1", "96376 1", "96361 2"]
    assert codes(changed("infusion", setting="office")) == ["96365 1", "96375 1", "96361 2"]
    rows = [{**row, "reason": False} for row in SPECS["infusion"].example["given"]]
    untold = changed("infusion", setting="office", given=rows)
    assert untold["state"] == "refused" and "tick" in untold["sentence"]
    both = changed("infusion", setting="office", given=[{**row, "reason": True} for row in rows])
    assert both["state"] == "refused"
    assert codes(changed("infusion", setting="office", given=rows[1:2])) == ["96365 1"]
    # Minutes that stand in a hidden field of a push do not count, nor does a hidden tick.
    push = {"drug": "X", "what": "push", "minutes": "junk", "beside": True, "access": "1"}
    assert codes(changed("infusion", given=[push])) == ["96374 1"]
    assert codes(changed("infusion", given=[{"drug": "saline", "what": "fluid", "minutes": "20"}])) == []


def test_therapy():
    assert codes(changed("therapy")) == ["97110 2", "97140 1", "97161 1"]
    assert codes(changed("therapy", policy="midpoint")) == ["97110 2", "97161 1"]
    tie = changed("therapy", services=[{"code": "97112", "minutes": "20"}, {"code": "97110", "minutes": "20"}])
    assert any("97112 or 97110" in note for note in tie["notes"])
    assert changed("therapy", services=[{"code": "97110", "minutes": "7"}])["state"] == "refused"
    electric = changed("therapy", services=[{"code": "97014", "minutes": ""}])
    assert codes(electric) == ["G0283 1"] and any("in place of 97014" in step for step in electric["steps"])


def test_drug_units():
    assert codes(changed("drug-units")) == ["J9035 37", "J9035-JW 3"]
    assert codes(changed("drug-units", dose="400")) == ["J9035-JZ 40"]
    assert codes(changed("drug-units", dose="398")) == ["J9035-JZ 40"]
    assert codes(changed("drug-units", container="multi", vials="")) == ["J9035 37"]
    own = changed("drug-units", drug="own", amount="250", dose="1000", vials="1000")
    assert own["sentence"] == "its code-JZ × 4."
    assert set(changed("drug-units", vials="100; big")["faults"]) == {"vials"}
    assert "more than 50 vials" in changed("drug-units", dose="99999")["sentence"]


def test_drugs_carry_an_amount_and_are_in_force():
    options = SPECS["drug-units"].fields[0].options[:-1]
    assert len(options) > 100
    for code, label, unit in options:
        entry = hcpcs.get(code)
        assert entry is not None and not entry.ended and entry.amount in label and unit


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["0", "1", "2.5", "97110", "own"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(list(SPECS)), st.data())
@settings(max_examples=80)
def test_nothing_a_page_can_send_is_a_traceback(name: str, data: st.DataObject):
    spec = SPECS[name]
    paths = [one.key for one in spec.fields]
    values = {**spec.example, data.draw(st.sampled_from(paths)): data.draw(JUNK)}
    answer = run(spec, values)
    assert answer["state"] in ("done", "unfinished", "refused") and answer["sentence"]


def test_a_fault_of_ours_is_not_hidden():
    spec: Spec = replace(SPECS["repair"], compute=lambda reader: 1 / 0)  # type: ignore[arg-type, return-value]
    with pytest.raises(ZeroDivisionError):
        run(spec, {})
