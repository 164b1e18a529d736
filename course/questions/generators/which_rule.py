"""Which rule applies? A short case, and the act or rule that governs it among its neighbours."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

from course.questions.base import Source
from course.questions.generators import common, services
from course.questions.generators.which_rule_facts import RULES, apart, cases, cases_of
from course.questions.kinds.matching import Extra, Matching, Pair
from course.questions.kinds.single_choice import SingleChoice

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "name the act or rule that governs a case"
_PRIVACY = ("CCA: Confidentiality and privacy",)
_COMPLIANCE = ("CPC: Compliance/regulatory", "CCA: Compliance", "CCS: Regulatory compliance")
_HINTS = {
    "money": (
        "Ask who gives what to whom, who pays for the care, and whether somebody knew.",
        "Read what is at issue once more. It says which side of the case is meant.",
    ),
    "coverage": (
        "Ask who decides here, for whom, and where the service takes place.",
        "Read what is at issue once more. It says which side of the case is meant.",
    ),
    "privacy": (
        "Ask who wants what: to have, to mend, to keep out, to take. And has anything got out already?",
        "Read what is at issue once more. It says which side of the case is meant.",
    ),
}


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: beside the right rule one that is taken for it, and two others of its field. Level 2: three that are
    taken for it. Level 3: four cases and five rules."""
    if level == 3:
        return services.again(lambda: _four(rng, codes))
    return _one(rng, codes, level)


def _one(rng: random.Random, codes: CodeSet, level: int) -> SingleChoice:
    case = rng.choice(cases())
    right = RULES[case.rule]
    near = [name for name in right.near if not apart(case.rule, name)]
    if level == 1:
        first = rng.choice(near)
        field = [name for name in RULES if RULES[name].area == right.area and name not in (first, case.rule)]
        wrong = [first, *rng.sample([name for name in field if not apart(case.rule, name)], 2)]
    else:
        wrong = rng.sample(near, 3)
    options = [(RULES[name].name, f"{RULES[name].about} {case.here}") for name in wrong]
    return SingleChoice(
        title="Which rule applies?",
        stem="Which rule decides what is at issue?",
        note=case.drawn(rng),
        options=common.options(rng, [(right.name, case.here)], options),
        rationale=f"**{right.name}** ({right.source}). {right.about} {case.here}",
        **_shared([case.rule]),
        **common.common_fields(codes, level, domains=_domains([case.rule])),
    )


def _four(rng: random.Random, codes: CodeSet) -> Matching | None:
    """Four neighbours, and a fifth rule that fits none of the cases; None when two of them could be argued."""
    first = rng.choice(list(RULES))
    around = dict.fromkeys(
        [*RULES[first].near, *(name for near in RULES[first].near for name in RULES[near].near)], True
    )
    others = [name for name in around if name != first and RULES[name].area == RULES[first].area]
    if len(others) < 4:
        return None
    chosen = [first, *rng.sample(others, 4)]
    if any(apart(one, other) for one in chosen for other in chosen):
        return None
    *meant, spare = chosen
    rng.shuffle(meant)
    drawn = [rng.choice(cases_of(name)) for name in meant]
    told = [f"**{RULES[case.rule].name}** ({RULES[case.rule].source}): {case.here}" for case in drawn]
    return Matching(
        title="Four cases, five rules",
        stem="Which rule decides what is at issue in each case? One rule is left over.",
        pairs=tuple(Pair(left=case.drawn(rng), right=RULES[case.rule].name, why=case.here) for case in drawn),
        extra=(Extra(text=RULES[spare].name, why=RULES[spare].about),),
        rationale=" ".join(told),
        **_shared(meant),
        **common.common_fields(codes, 3, domains=_domains(meant)),
    )


def _domains(names: list[str]) -> tuple[str, ...]:
    return _PRIVACY if RULES[names[0]].area == "privacy" else _COMPLIANCE


def _shared(names: list[str]) -> dict[str, Any]:
    sources = dict.fromkeys(RULES[name].source for name in names)
    return {
        "slug": "which-rule-applies",
        "hints": _HINTS[RULES[names[0]].area],
        "objective": OBJECTIVE,
        "sources": tuple(Source(ref=ref, edition=None, checked=common.CHECKED) for ref in sources),
    }


# -- the law ------------------------------------------------------------------------------------------------------

#: Features of a case, read from its words. They say who does what to whom, not which rule that is.
_FEATURES = {
    "treats addiction": r"substance use|opioid treatment|methadone|detoxification",
    "at the ED door": r"before anybody looks|not stable, to|nobody examines|cannot stabilize",
    "private or uninsured": r"commercial plan|without insurance",
    "punished": r"demoted|dismissed|cuts her hours|moves her to nights|ends her assignment",
    "on a list": r"OIG",
    "money not due": r"paid \d+ visits twice|dollars too much",
    "trainee": r"\bresident\b",
    "two of a group": r"(same|one) group",
    "other practitioner": r"nurse practitioner|physician assistant",
    "office": r"\boffice\b",
    "contractor": r"contractor",
    "decided nationwide": r"CMS .*whole country|CMS .*anywhere in the country",
    "denial expected": r"will be denied|had expected this",
    "physician refers": r"(sends (Medicare patients|it all)|he refers)",
    "financial tie": r"\bowns\b|has paid an? (surgeon|oncologist)|'s company",
    "patient gains": r"gives (each )?Medicare patient|waives the coinsurance|promises each",
    "federal program": r"Medicare|Medicaid",
    "somebody is paid": r"\b(pays a|hands a|gets \d+ dollars|\"speaker program\" pays)",
    "claims": r"(bills Medicare|reports to (Medicare|Medicaid))",
    "knew": r"He knew|has signed off|its own reviewers|manager knew",
    "officer": r"detective|deputy|trooper|patrol officer",
    "lawsuit": r"subpoena|A judge orders",
    "got out": r"is stolen|wrong address|[Rr]ansomware",
    "nothing got out": r"Nothing has (got out|been stolen)",
    "outside company": r"(coding|billing|shredding) company|transcription service|cloud host",
    "identifiers gone": r"no names or numbers|18 kinds of identifiers|risk that anybody is recognized",
    "who received": r"who received|log this report",
    "change the record": r"be corrected|taken out of the chart",
    "how reached": r"be mailed|cell phone|[Ss]tatements sent|results by",
    "keep out": r"plan not be told|not to (show|use) her record",
    "outside purpose": r"employer|for advertising|insurer sends a form",
    "close to the patient": r"nods when|unconscious|pick up|looked after (her|him) at home",
    "too much": r"years of chart|far more than|though (one page|a table)",
    "wants a copy": r"please send me|asks for (her record|a copy)|no copy of",
}
#: Features that are needed -> rule. The first line of which all are found decides.
_DECISIONS = (
    ("treats addiction", "part2"),
    ("at the ED door", "emtala"),
    ("private or uninsured", "surprise"),
    ("punished", "retaliation"),
    ("on a list", "exclusion"),
    ("money not due", "sixty"),
    ("trainee", "teaching"),
    ("two of a group", "split"),
    ("other practitioner+office", "incident"),
    ("decided nationwide", "ncd"),
    ("contractor", "lcd"),
    ("denial expected", "abn"),
    ("physician refers+financial tie", "stark"),
    ("patient gains", "gifts"),
    ("somebody is paid+federal program", "kickback"),
    ("claims+knew", "false-claim"),
    ("officer", "police"),
    ("lawsuit", "court"),
    ("nothing got out", "security"),
    ("got out", "breach"),
    ("outside company", "associate"),
    ("identifiers gone", "limited"),
    ("who received", "accounting"),
    ("change the record", "amendment"),
    ("how reached", "confidential"),
    ("keep out", "restriction"),
    ("outside purpose", "authorization"),
    ("close to the patient", "family"),
    ("too much", "minimum"),
    ("wants a copy", "access"),
)


def governing(told: str) -> str | None:
    """The rule that the features of a case lead to, by decision table; None when they lead nowhere."""
    found = {name for name, words in _FEATURES.items() if re.search(words, told)}
    return next((rule for needed, rule in _DECISIONS if found.issuperset(needed.split("+"))), None)


#: Words that name no rule although they stand in the name of one.
_PLAIN = frozenset("and beyond from law physician rule visit program programs".split())


def echoes(told: str, name: str) -> bool:
    """Whether a case points at the name of its rule: by a word of it, or by asking for an act or a rule."""
    words = {word for word in re.findall(r"[a-z-]{4,}", name.casefold())} - _PLAIN
    said = re.findall(r"[a-z-]+", told.casefold())
    return any(word[:6] == one[:6] for word in words for one in said) or bool(
        re.search(r"\b(act|law|rule|statute)s?\b|\?", told.casefold())
    )


def law(item: Any, codes: CodeSet) -> bool:
    """Each case goes to the rule that its features lead to, which is offered once; no other could be argued, all are
    of one field or taken for it, and the case asks one thing without naming its rule."""
    if item.kind == "matching":
        keys = {pair.left: pair.right for pair in item.pairs}
        offered = [*(pair.right for pair in item.pairs), *(one.text for one in item.extra)]
    else:
        keys = {item.note: services.marked(item)}
        offered = [one.text for one in item.options]
    names = {rule.name: key for key, rule in RULES.items()}
    for told, named in keys.items():
        rule = governing(told)
        if rule is None or RULES[rule].name != named or offered.count(named) != 1:
            return False
        others = [names[other] for other in offered if other != named]
        if any(apart(rule, other) for other in others) or told.count("At issue: ") != 1 or echoes(told, named):
            return False
        if any(RULES[other].area != RULES[rule].area and other not in RULES[rule].near for other in others):
            return False
    return len(set(offered)) == len(offered) > len(keys) + (item.kind == "single_choice")
