"""Which rule applies: what its law refuses, and whether cases and rules make sense together."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from course.codesets import icd10cm
from course.questions import generators
from course.questions.generators import which_rule
from course.questions.generators.which_rule_facts import RULES, apart, cases, cases_of

NAME = "which-rule-applies"


@pytest.fixture(scope="module")
def codes():
    return icd10cm.open_edition(2027)


@pytest.fixture(scope="module")
def items(codes):
    return [generators.make(NAME, seed, level, codes) for level in (1, 2, 3) for seed in range(150)]


def test_there_are_cases_enough_and_each_rule_has_some() -> None:
    count = Counter(case.rule for case in cases())
    assert len(cases()) >= 110 and set(count) == set(RULES) and set(count.values()) == {4}
    assert len({case.told for case in cases()}) == len(cases())


def test_the_law_reads_every_case_with_all_its_details() -> None:
    """Each detail of each slot at least once, so that no detail changes the rule."""
    for case in cases():
        most = max([1, *(slot.count("|") + 1 for slot in re.findall(r"\{([^}]*)\}", case.told))])
        for n in range(most):
            told = re.sub(r"\{([^}]*)\}", lambda slot, n=n, most=most: (slot[1].split("|") * most)[n], case.told)
            assert which_rule.governing(told) == case.rule, told


def test_no_case_points_at_its_rule_or_asks_a_second_question() -> None:
    """One question stands above all cases; a case ends with what is at issue, without a word of its rule's name."""
    for case in cases():
        assert len(re.findall(r"At issue: [^.]+\.$", case.told)) == 1, case.told
        assert not which_rule.echoes(case.told, RULES[case.rule].name), case.told
        assert case.here.startswith("Here ") and len(case.here.split()) <= 25 and len(case.told.split()) <= 60
    for told, name in {
        "Medicare paid twice. At issue: these overpayments.": "60-day rule on overpayments",
        "Which rule sets the date for giving it back?": "Stark Law",
        "A bill comes. At issue: the act that it breaks.": "No Surprises Act",
    }.items():
        assert which_rule.echoes(told, name)


def test_wrong_answers_are_of_the_same_field_and_not_arguable(items) -> None:
    """Pairs that a careful reader could argue, by hand; records never beside money."""
    names = {rule.name: key for key, rule in RULES.items()}
    arguable = {
        ("false-claim", "exclusion"), ("false-claim", "sixty"), ("kickback", "exclusion"), ("stark", "sixty"),
        ("exclusion", "sixty"), ("gifts", "kickback"), ("retaliation", "false-claim"), ("associate", "security"),
        ("minimum", "security"), ("breach", "accounting"), ("restriction", "minimum"), ("part2", "authorization"),
    }  # fmt: skip
    seen: set[tuple[str, str]] = set()
    for item in items:
        if item.kind == "matching":
            offered = [names[one] for one in (*(pair.right for pair in item.pairs), *(one.text for one in item.extra))]
            seen |= {(names[pair.right], other) for pair in item.pairs for other in offered}
        else:
            right = next(names[one.text] for one in item.options if one.correct)
            seen |= {(right, names[one.text]) for one in item.options}
    assert not seen & arguable and all(("privacy" == RULES[a].area) == (RULES[b].area == "privacy") for a, b in seen)


def test_a_bill_and_a_director_leave_no_second_reading() -> None:
    """A patient owes her cost sharing; small sums without a contract are allowed (42 CFR 411.357(z): under 7,000 a
    year)."""
    for case in cases_of("surprise"):
        assert "dollars" not in case.told or "in-network cost sharing" in case.told
    (director,) = [case.told for case in cases_of("stark") if "director" in case.told]
    months = [{"four": 4, "six": 6, "nine": 9}[one] for one in re.findall(r"\{(.*?)\}", director)[0].split("|")]
    (sums,) = re.findall(r"\{([\d,|]+)\} dollars a month", director)
    assert min(months) * min(int(one.replace(",", "")) for one in sums.split("|")) > 7000


def test_a_gift_says_what_it_is_worth() -> None:
    """Gifts of small value are allowed (42 U.S.C. 1320a-7a(i)(6) and OIG's policy): each case must be beyond that."""
    for case in cases_of("gifts"):
        worth = re.findall(r"(?:for|worth) (\d+|\{[\d|]+\}) dollars|\{([\d|]+)\} dollars", case.told)
        sums = [int(one) for found in worth for text in found for one in re.findall(r"\d+", text)]
        assert "waives the coinsurance" in case.told or (sums and min(sums) > 75), case.told


def test_features_decide_and_not_the_wording_of_one_line() -> None:
    """Cases in other words, by hand."""
    told = {
        "The son of a urologist owns a laboratory; she sends Medicare patients there.": "stark",
        "A pharmacy pays a school nurse for each Medicaid child.": "kickback",
        "An internist bills Medicare for tests that were not run. He knew.": "false-claim",
        "A deputy with no paper asks where a fugitive is.": "police",
        "A trooper wants a suspect's address; the hospital's coding company is asked, too.": "police",
        "A subpoena about an opioid treatment program's patient.": "part2",
        "A disk is stolen. Nothing has got out, it was empty; all share a password.": "security",
        "It rains.": None,
    }
    assert {text: which_rule.governing(text) for text in told} == told


def test_the_law_refuses_another_case_under_the_same_options(codes) -> None:
    law, refused = generators.GENERATORS[NAME].law, 0
    for seed in range(60):
        item = generators.make(NAME, seed, 2, codes)
        right = next(one.text for one in item.options if one.correct)
        for rule in random.Random(seed).sample(list(RULES), 4):
            if RULES[rule].name != right:
                assert not law(item.model_copy(update={"note": cases_of(rule)[0].told}), codes)
                refused += 1
    assert refused > 200


def test_the_law_refuses_what_could_be_argued(codes) -> None:
    """The False Claims Act beside a kickback: a claim that comes from one is false, too."""
    law = generators.GENERATORS[NAME].law
    kickback = next(one for seed in range(400) if _key(one := generators.make(NAME, seed, 2, codes)) == "kickback")
    wrong = next(n for n, one in enumerate(kickback.options) if not one.correct)
    argued = [
        one.model_copy(update={"text": RULES["false-claim"].name}) if n == wrong else one
        for n, one in enumerate(kickback.options)
    ]
    assert law(kickback, codes) and not law(kickback.model_copy(update={"options": tuple(argued)}), codes)


def _key(item) -> str:
    return which_rule.governing(item.note) or ""


def test_the_law_refuses_another_field_and_a_pointing_case(codes) -> None:
    law = generators.GENERATORS[NAME].law
    for seed in range(40):
        item = generators.make(NAME, seed, 1 + seed % 2, codes)
        rule = RULES[_key(item)]
        far = RULES["emtala" if rule.area == "privacy" else "limited"]
        wrong = next(n for n, one in enumerate(item.options) if not one.correct)
        options = [
            one.model_copy(update={"text": far.name}) if n == wrong else one for n, one in enumerate(item.options)
        ]
        assert law(item, codes) and not law(item.model_copy(update={"options": tuple(options)}), codes)
        assert not law(item.model_copy(update={"note": f"{item.note} Which rule is broken?"}), codes)
        assert not law(item.model_copy(update={"note": f"{item.note} See {rule.name}."}), codes)


def test_the_law_refuses_exchanged_partners(codes) -> None:
    law = generators.GENERATORS[NAME].law
    for seed in range(40):
        item = generators.make(NAME, seed, 3, codes)
        a, b, *rest = item.pairs
        turned = (a.model_copy(update={"right": b.right}), b.model_copy(update={"right": a.right}), *rest)
        assert law(item, codes) and not law(item.model_copy(update={"pairs": turned}), codes)


def test_neighbours_exist_and_leave_three_to_offer() -> None:
    for name, rule in RULES.items():
        assert set(rule.near) <= set(RULES) - {name}
        assert len([one for one in rule.near if not apart(name, one)]) >= 3, name
        assert {one.area == "privacy" for one in map(RULES.get, rule.near) if one} == {rule.area == "privacy"}


def test_every_rule_is_drawn_and_every_wrong_option_says_both_sides(items) -> None:
    drawn = Counter()
    for item in items:
        if item.kind == "matching":
            drawn.update(pair.right for pair in item.pairs)
            continue
        right = next(one for one in item.options if one.correct)
        drawn[right.text] += 1
        for one in item.options:
            assert re.search(r"Here .*\.$", one.why), one.why
            assert one.correct or (one.why.endswith(right.why) and len(one.why) > len(right.why) + 30)
    assert set(drawn) == {rule.name for rule in RULES.values()}


def test_texts_keep_their_limits(items) -> None:
    for item in items:
        texts = [item.stem, item.note or "", item.rationale, *(one.left for one in getattr(item, "pairs", ()))]
        texts += [one.why for one in (*getattr(item, "options", ()), *getattr(item, "pairs", ()))]
        assert len(item.rationale.split()) <= 160 and all(len(text.split()) <= 60 for text in texts[:2] + texts[3:])
        assert not re.search(r"[{}|]|  |\.\.|\bNone\b", "\n".join(texts)), texts
        assert item.domains == ("CCA: Confidentiality and privacy",) or len(item.domains) == 3
