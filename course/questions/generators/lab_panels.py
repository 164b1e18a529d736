"""Laboratory panels: which panel was filled by what was done, and which tests stand alone."""

from __future__ import annotations

import random
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from course.questions.generators import figures, lab_slips, services
from course.questions.generators import lab_facts as facts
from course.questions.generators.lab_facts import Slip

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

OBJECTIVE = "fit the tests that were done into panels and single numbers"
DOMAINS = ("CPC: Pathology and laboratory", "CCA: Clinical classification systems")
_HINTS = (
    "Cross out what has no result and what was calculated. Then take the largest panel of which every test is left.",
    "No test is counted twice. After the largest panel, see whether what is left fills another one; the rest stands "
    "alone.",
)
_MORE = (
    "A test that was run elsewhere, or run anew after treatment, says so with a modifier. A rerun that mends the first "
    "does not."
)


def draw(rng: random.Random, codes: CodeSet, level: int) -> Any:
    """Level 1: which panel, and how many tests beside it. Level 2: a result list to lines. Level 3: a slip in the
    laboratory's shorthand, with tests sent out, repeated, calculated or never run."""

    def one() -> Any:
        drawn = facts.slip(rng, level)
        if drawn is None:
            return None
        return _choice(rng, codes, drawn) if level == 1 else _lines(rng, codes, level, drawn)

    return services.again(one)


# -- law ------------------------------------------------------------------------------------------------------------

#: The tests of each panel, once more and from another pen: as slips shorten them.
_PANELS = {
    "80047": "Na K Cl CO2 BUN Cr Glu iCa",
    "80048": "Na K Cl CO2 BUN Cr Glu Ca",
    "80051": "Na K Cl CO2",
    "80053": "Na K Cl CO2 BUN Cr Glu Ca Alb TP TBili ALP AST ALT",
    "80061": "Chol HDL TG",
    "80069": "Na K Cl CO2 BUN Cr Glu Ca Alb Phos",
    "80074": "HAVM HBcM HCV HBsAg",
    "80076": "Alb TP TBili DBili ALP AST ALT",
}
#: How a test begins in a list -> the mark above, and words of ours by which its number is found.
_READ = {
    "na|sodium": ("Na", "sodium in"),
    "k|potassium": ("K", "potassium in"),
    "cl|chloride": ("Cl", "chloride in"),
    "co2|hco3|bicarbonate": ("CO2", "bicarbonate in"),
    "bun|urea nitrogen": ("BUN", "urea nitrogen"),
    "cr|creat|creatinine": ("Cr", "creatinine in the blood"),
    "glu|gluc|glucose": ("Glu", "sugar in the blood, measured by a lab"),
    "ca|total calcium": ("Ca", "all calcium"),
    "ica|ionized calcium": ("iCa", "free calcium"),
    "alb|albumin": ("Alb", "albumin in the blood"),
    "tp|t prot|total protein": ("TP", "all protein"),
    "t bili|total bilirubin": ("TBili", "all bilirubin"),
    "d bili|direct bilirubin": ("DBili", "direct bilirubin"),
    "alp|alk phos|alkaline phosphatase": ("ALP", "alkaline phosphatase"),
    "ast|sgot": ("AST", "AST, an"),
    "alt|sgpt": ("ALT", "ALT, an"),
    "phos|phosphorus": ("Phos", "phosphorus in"),
    "chol|total cholesterol": ("Chol", "all cholesterol"),
    "hdl|hdl cholesterol": ("HDL", "HDL cholesterol"),
    "tg|trig|triglycerides": ("TG", "triglycerides"),
    "hbc igm|hepatitis b core igm": ("HBcM", "core, the early kind"),
    "hav igm|hepatitis a igm": ("HAVM", "hepatitis A, the early kind"),
    "hcv ab|hepatitis c antibody": ("HCV", "hepatitis C"),
    "hbsag|hepatitis b surface antigen": ("HBsAg", "surface antigen"),
    "mg|magnesium": ("Mg", "magnesium in"),
    "uric acid": ("UA", "uric acid"),
    "lipase": ("Lip", "lipase"),
    "amylase": ("Amy", "amylase"),
    "ferritin": ("Fer", "ferritin"),
    "tsh": ("TSH", "TSH"),
    "ft4|free t4": ("FT4", "the free part", "T4"),
    "hba1c|a1c|hemoglobin a1c": ("A1c", "hemoglobin that carries sugar"),
    "pt|prothrombin time": ("PT", "prothrombin time"),
    "ldl direct|ldl cholesterol measured": ("LDL", "LDL cholesterol measured"),
    "hbc total|hepatitis b core total antibody": ("HBcT", "core, all kinds"),
    "hbsab|hepatitis b surface antibody": ("HBsAb", "antibody to hepatitis B surface"),
    "hav total|hepatitis a total antibody": ("HAVT", "hepatitis A, all kinds"),
}
_NOTHING = re.compile(r"^Ordered|not performed|canceled|QNS|calculated|^No result|hemolyzed|rerun")
_NAMES = sorted(
    ((name, said) for names, said in _READ.items() for name in names.split("|")), key=lambda one: -len(one[0])
)


def law(item: Any, codes: CodeSet) -> bool:
    """The slip read line by line; then every set of panels that share no test is tried, and the best is the one whose
    largest panel is largest, then its second. There must be one best."""
    done: dict[str, str] = {}
    marks: dict[str, str] = {}
    later = ""
    for text in re.split(r"\n|(?<=[.])\s", item.note):
        if _NOTHING.search(text):
            continue
        for part in re.sub(r"^(?:Done|Results?|Chemistry|Also run|Sent out|\d\d:\d\d):? ", "", text).split(","):
            found = _test(part)
            if found is None:
                continue
            mark, code = found
            if re.search(r"\d\d:\d\d .*\bafter\b|trend after", text):
                later = code
                continue
            done[mark] = code
            if "reference laboratory" in text:
                marks[code] = "90"
    best, rest = _best(frozenset(done))
    if best is None:
        return False
    due = [(panel, ()) for panel in best] + [
        (done[mark], (marks[done[mark]],) if done[mark] in marks else ()) for mark in rest
    ]
    if item.kind == "single_choice":
        return services.marked(item) == told(sorted(best), sorted(code for code, _ in due[len(best) :]))
    due += [(later, ("91",))] if later else []
    key = [(code, mods) for code, mods, units in services.claimed(item) if units == 1]
    return item.kind == "service_lines" and sorted(key) == sorted(due) and len(key) == len(item.answer.lines)


def _test(part: str) -> tuple[str, str] | None:
    """Mark and number of the test that a part of a line names."""
    text = re.sub(r"\s+", " ", part.strip(" .").lower())
    for name, (mark, *words) in _NAMES:
        if re.match(rf"{name}(?![\w/])", text):
            worded = services.worded("80000", "89398")
            found = [code for code, said in worded.items() if all(word in said for word in words)]
            if len(found) != 1:
                raise LookupError(f"{name}: {found}")
            return mark, found[0]
    return None


def _best(done: frozenset[str]) -> tuple[tuple[str, ...] | None, list[str]]:
    """The best set of panels and what is left; None when two are as good."""
    tests = {panel: frozenset(names.split()) for panel, names in _PANELS.items()}
    ranked: list[tuple[list[int], tuple[str, ...]]] = []
    for count in range(len(tests) + 1):
        for some in combinations(sorted(tests), count):
            used = [test for panel in some for test in tests[panel]]
            if len(used) == len(set(used)) and set(used) <= done:
                ranked.append((sorted((len(tests[panel]) for panel in some), reverse=True), some))
    top = max(sizes for sizes, _ in ranked)
    best = [some for sizes, some in ranked if sizes == top]
    if len(best) != 1:
        return None, []
    return best[0], sorted(done - {test for panel in best[0] for test in tests[panel]})


# -- items ----------------------------------------------------------------------------------------------------------


def told(panels: list[str], singles: list[str]) -> str:
    """``80053 + 82248``, ``80048 and 5 single tests``"""
    if len(singles) <= 2:
        return " + ".join([*panels, *singles])
    alone = figures.counted(len(singles), "single test")
    return f"{' + '.join(panels)} and {alone}" if panels else alone


def _shared(one: Slip) -> dict[str, Any]:
    return {
        "slug": "lab-panel",
        "objective": OBJECTIVE,
        "rationale": lab_slips.why(one),
        "sources": (
            services.book("pathology and laboratory, guidelines on organ or disease-oriented panels"),
            services.ncci(10),
        ),
    }


def _choice(rng: random.Random, codes: CodeSet, one: Slip) -> Any:
    right = told(list(one.panels), sorted(one.singles))
    return services.choice(
        rng, codes, 1, DOMAINS,
        (right, lab_slips.right(one)),
        lab_slips.slips(one, told),
        title="Which panel was filled?",
        stem="A commercial payer takes every panel of the book. What does the laboratory report for these tests?",
        note=lab_slips.prose(rng, one),
        hints=_HINTS,
        **_shared(one),
    )  # fmt: skip


def _lines(rng: random.Random, codes: CodeSet, level: int, one: Slip) -> Any:
    lines = [services.line(panel) for panel in one.panels]
    lines += [services.line(code, *(("90",) if code == one.sent else ())) for code in one.singles]
    if one.later:
        lines.append(services.line(one.later, "91"))
    if len(lines) < 2:
        return None
    stem = (
        "A commercial payer takes every panel of the book. Enter the laboratory's lines for this list. Codes alone; "
        "the blood draw is not asked for."
        if level == 2
        else "Independent laboratory, commercial payer; it bills for tests it sends out, too. Enter its lines with the "
        "**modifiers** they need. Blood draw and transport are not asked for."
    )
    return services.claim(
        codes, level, DOMAINS, lines,
        asks=("modifiers",) if level == 3 else (),
        title="From the result list to lines" if level == 2 else "A slip from the laboratory",
        stem=stem,
        note=lab_slips.listing(rng, one, level),
        reasons=lab_slips.reasons(one, level),
        hints=_HINTS if level == 2 else (*_HINTS, _MORE),
        **_shared(one),
    )  # fmt: skip
