"""Rules that a coder has to tell apart, and short cases for each (``data/flashcards/rule-cases.csv``).

A case is one line of the file: the ``rule`` that governs it, what is ``told`` (``{a|b}`` stands for one of several
details, none of which matters), and what decides ``here``, which is shown beside a wrong answer.
"""

from __future__ import annotations

import csv
import random
import re
from functools import cache
from typing import NamedTuple

from course.paths import data_dir

_SLOT = re.compile(r"\{([^{}]*)\}")


class Rule(NamedTuple):
    """``about``: a sentence on what the rule looks at. ``near``: rules that a beginner takes for it."""

    name: str
    area: str
    source: str
    about: str
    near: tuple[str, ...]


class Case(NamedTuple):
    rule: str
    told: str
    here: str

    def drawn(self, rng: random.Random) -> str:
        """The case with its details chosen."""
        return _SLOT.sub(lambda slot: rng.choice(slot[1].split("|")), self.told)


def _rule(name: str, area: str, source: str, about: str, near: str) -> Rule:
    return Rule(name, area, source, about, tuple(near.split()))


RULES: dict[str, Rule] = {
    "false-claim": _rule(
        "False Claims Act", "money", "31 U.S.C. 3729",
        "The False Claims Act looks at claims to the government that somebody knows to be untrue.",
        "stark kickback gifts retaliation",
    ),
    "kickback": _rule(
        "Anti-Kickback Statute", "money", "42 U.S.C. 1320a-7b(b)",
        "The Anti-Kickback Statute looks at value given or taken for business that a federal program pays.",
        "stark gifts retaliation surprise",
    ),
    "stark": _rule(
        "Stark Law", "money", "42 U.S.C. 1395nn",
        "The Stark Law looks at physicians who refer Medicare patients for designated services to a place with which "
        "they or their family have a financial tie.",
        "kickback gifts surprise retaliation",
    ),
    "gifts": _rule(
        "Ban on inducements to beneficiaries", "money", "42 U.S.C. 1320a-7a(a)(5)",
        "The ban on inducements, a part of the Civil Monetary Penalties Law, looks at gifts and waivers that lure "
        "beneficiaries.",
        "stark surprise sixty retaliation",
    ),
    "exclusion": _rule(
        "Exclusion from federal programs", "money", "42 U.S.C. 1320a-7",
        "Exclusion looks at persons whom federal programs may not pay for, whatever they do.",
        "stark kickback gifts retaliation",
    ),
    "retaliation": _rule(
        "Protection of whistleblowers", "money", "31 U.S.C. 3730(h)",
        "Protection of whistleblowers is for people who are punished because they tried to stop false claims.",
        "stark kickback exclusion gifts",
    ),
    "sixty": _rule(
        "60-day rule on overpayments", "money", "42 U.S.C. 1320a-7k(d)",
        "The 60-day rule looks at money that was not due, once the provider has identified it.",
        "stark gifts exclusion kickback",
    ),
    "emtala": _rule(
        "EMTALA", "money", "42 U.S.C. 1395dd",
        "EMTALA is about screening and stabilizing whoever comes to an emergency department.",
        "surprise gifts stark retaliation",
    ),
    "surprise": _rule(
        "No Surprises Act", "money", "45 CFR part 149",
        "The No Surprises Act is about bills of those outside of a private plan's network, and estimates for the "
        "uninsured.",
        "emtala stark gifts kickback",
    ),
    "ncd": _rule(
        "National coverage determination", "coverage", "42 U.S.C. 1395ff(f)(1)(B)",
        "A national coverage determination is made by CMS, for all of Medicare.",
        "lcd abn incident teaching",
    ),
    "lcd": _rule(
        "Local coverage determination", "coverage", "42 U.S.C. 1395ff(f)(2)(B)",
        "A local coverage determination is made by one contractor, for its own area.",
        "ncd abn incident split",
    ),
    "abn": _rule(
        "Advance Beneficiary Notice", "coverage", "Medicare Claims Processing Manual, chapter 30, section 50",
        "An Advance Beneficiary Notice tells a Medicare patient beforehand that a denial is expected, and the cost.",
        "incident split teaching surprise",
    ),
    "incident": _rule(
        "Incident-to", "coverage", "42 CFR 410.26",
        "Incident-to is about office services on a physician's plan, under supervision, billed as the physician's.",
        "split teaching lcd abn",
    ),
    "split": _rule(
        "Split or shared visit", "coverage", "42 CFR 415.140",
        "A split or shared visit is one of a physician and another practitioner of the same group in a facility.",
        "incident teaching ncd abn",
    ),
    "teaching": _rule(
        "Teaching physician rule", "coverage", "42 CFR 415.172 to 415.174",
        "The teaching physician rule asks whether the teacher was present for the key portion of a resident's service.",
        "incident split lcd abn",
    ),
    "access": _rule(
        "Right of access", "privacy", "45 CFR 164.524",
        "The right of access gives patients a copy of their own record, in time and at cost.",
        "amendment accounting restriction authorization",
    ),
    "amendment": _rule(
        "Right to amendment", "privacy", "45 CFR 164.526",
        "The right to amendment lets patients ask that a record be corrected.",
        "access accounting restriction confidential",
    ),
    "accounting": _rule(
        "Accounting of disclosures", "privacy", "45 CFR 164.528",
        "An accounting lists to whom a record was disclosed outside of treatment, payment, operations and "
        "authorizations.",
        "access amendment restriction confidential",
    ),
    "restriction": _rule(
        "Request for restriction", "privacy", "45 CFR 164.522(a)",
        "A restriction keeps information from somebody who otherwise might have it.",
        "confidential access amendment accounting",
    ),
    "confidential": _rule(
        "Confidential communications", "privacy", "45 CFR 164.522(b)",
        "Confidential communications are about the place or way in which a patient is reached.",
        "restriction access amendment authorization",
    ),
    "authorization": _rule(
        "Authorization", "privacy", "45 CFR 164.508",
        "An authorization is the patient's signed permission for what no other rule permits.",
        "minimum access limited court associate",
    ),
    "court": _rule(
        "Judicial proceedings", "privacy", "45 CFR 164.512(e)",
        "The rule on judicial proceedings is about court orders and subpoenas.",
        "police access part2 accounting",
    ),
    "police": _rule(
        "Law enforcement purposes", "privacy", "45 CFR 164.512(f)",
        "The rule on law enforcement says what an officer may be told, and when.",
        "court family part2 accounting",
    ),
    "minimum": _rule(
        "Minimum necessary", "privacy", "45 CFR 164.502(b)",
        "Minimum necessary limits how much is used, asked for or sent.",
        "authorization access associate limited",
    ),
    "family": _rule(
        "Persons involved in the care", "privacy", "45 CFR 164.510(b)",
        "This rule lets family and friends involved in the care be told what is relevant.",
        "authorization access confidential restriction",
    ),
    "part2": _rule(
        "42 CFR part 2", "privacy", "42 CFR part 2",
        "42 CFR part 2 guards records of federally assisted substance use disorder programs.",
        "court minimum access restriction",
    ),
    "limited": _rule(
        "De-identified and limited data", "privacy", "45 CFR 164.514",
        "This rule is about records from which identifiers have been taken.",
        "associate accounting restriction access",
    ),
    "breach": _rule(
        "Breach Notification Rule", "privacy", "45 CFR 164.400 to 164.414",
        "The Breach Notification Rule begins when unsecured information has got into wrong hands.",
        "security associate minimum amendment",
    ),
    "security": _rule(
        "Security Rule", "privacy", "45 CFR 164.302 to 164.318",
        "The Security Rule asks for safeguards around electronic records.",
        "breach associate confidential limited",
    ),
    "associate": _rule(
        "Business associate agreement", "privacy", "45 CFR 164.504(e)",
        "A business associate agreement binds an outside company that works with protected information.",
        "authorization breach limited accounting",
    ),
}  # fmt: skip

#: Rule of a case -> rules that are not offered beside it, because they could be argued for it, too. A claim that comes
#: from a kickback, a barred referral or an excluded person is a false claim as well (42 U.S.C. 1320a-7b(g)), and money
#: that was not due; false claims, kickbacks and inducements may end in exclusion (42 U.S.C. 1320a-7(b)(7)). A contract
#: with a business associate is asked for by the Security Rule as well (45 CFR 164.308(b)), access by role by both
#: (164.308(a)(4), 164.514(d)); a disclosure that was a breach has to be accounted for, too.
_APART = {
    "false-claim": "exclusion sixty",
    "kickback": "false-claim exclusion sixty",
    "stark": "false-claim exclusion sixty",
    "gifts": "false-claim kickback exclusion",
    "exclusion": "false-claim sixty",
    "retaliation": "false-claim",
    "sixty": "false-claim",
    "emtala": "exclusion",
    "abn": "ncd lcd",
    "restriction": "minimum security authorization family",
    "accounting": "breach police court",
    "authorization": "restriction family",
    "court": "authorization minimum",
    "police": "authorization minimum",
    "minimum": "security breach",
    "family": "minimum",
    "part2": "authorization confidential police",
    "limited": "authorization minimum breach",
    "breach": "accounting",
    "security": "minimum",
    "associate": "security minimum",
}


def apart(rule: str, offered: str) -> bool:
    """Whether a rule may not be offered for a case of another, because it could be argued."""
    return offered in _APART.get(rule, "").split()


@cache
def cases() -> tuple[Case, ...]:
    """All cases, in the order of the file."""
    with (data_dir() / "flashcards" / "rule-cases.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Case(row["rule"], row["told"], row["here"]) for row in csv.DictReader(lines))


@cache
def cases_of(rule: str) -> tuple[Case, ...]:
    return tuple(one for one in cases() if one.rule == rule)
