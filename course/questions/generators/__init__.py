"""Exercises that never run out: each generator draws items from the code set, each item with its worked rationale.

``GENERATORS`` is the one table. A generator is a module with ``draw(rng, codes, level) -> item`` and
``law(item, codes) -> bool``; the law decides, by other means than the draw, that the key is the only answer that
satisfies the rule. The tests hold every drawn item against it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course.questions.generators import (
    abbreviations,
    abdomen_region,
    addons,
    ambulance_trips,
    anesthesia_units,
    billable,
    burns,
    chapters,
    complete,
    components,
    diabetes,
    direction_terms,
    drug_doses,
    drug_table,
    drug_waste,
    drugs,
    edit_pairs,
    editions,
    error_rates,
    etiology,
    excisions,
    excludes1,
    fracture,
    global_days,
    hypertension,
    infarction,
    infusion_hierarchy,
    lab_panels,
    ladder,
    leading_query,
    look_alikes,
    meanings,
    modifier_scenarios,
    neoplasm_table,
    partner,
    patient_status,
    placeholder,
    repairs,
    scales,
    sepsis,
    shape,
    side_marks,
    sides,
    therapy_units,
    together,
    trimester,
    unit_limits,
    visit_mdm,
    visit_time,
    which_book,
    which_rule,
    which_structure,
    word_building,
    word_taking,
)

if TYPE_CHECKING:
    from course.codesets.icd10cm import CodeSet

_ID = re.compile(r"gen/([a-z0-9-]+)/([1-3])/(\d{1,18})")


@dataclass(frozen=True)
class Generator:
    """One kind of fresh exercise. ``levels`` from 1 (a first try) to 3 (exam)."""

    name: str
    title: str
    lesson: str
    objective: str
    levels: tuple[int, ...]
    draw: Callable[[random.Random, CodeSet, int], Any]
    law: Callable[[Any, CodeSet], bool]


def _row(name: str, title: str, module: Any, levels: tuple[int, ...] = (1, 2, 3), lesson: str = "03") -> Generator:
    return Generator(name, title, lesson, module.OBJECTIVE, levels, module.draw, module.law)


GENERATORS: dict[str, Generator] = {
    one.name: one
    for one in (
        _row("billable-or-header", "Heading or billable code?", billable),
        _row("complete-the-code", "Complete the code", complete),
        _row("seventh-character-meaning", "What does the 7th character say?", meanings),
        _row("placeholder-x", "Where does the X go?", placeholder),
        _row("laterality", "Left, right, both, or not said?", sides),
        _row("specificity-ladder", "From chapter down to code", ladder),
        _row("which-chapter", "Which chapter is it in?", chapters),
        _row("code-shape", "Could this be an ICD-10-CM code?", shape),
        _row("what-changed-fy2027", "What changed in FY2027?", editions),
        _row("excludes1-conflict", "Which codes may not stand together?", excludes1, lesson="04"),
        _row("together-or-not", "Together or not?", together, lesson="04"),
        _row("etiology-manifestation", "Which of the two comes first?", etiology, lesson="04"),
        _row("partner-required", "Which partner does the note name?", partner, lesson="04"),
        _row("fracture-seventh", "Which 7th character does the fracture take?", fracture, lesson="05b"),
        _row("trimester-and-fetus", "Which trimester, which fetus?", trimester, lesson="05b"),
        _row("diabetes-combination", "Diabetes and its complications", diabetes, lesson="05a"),
        _row("hypertension-heart-kidney", "Hypertension, heart and kidney", hypertension, lesson="05a"),
        _row("mi-four-weeks", "Infarctions and four weeks", infarction, lesson="05a"),
        _row("sepsis-sequencing", "Sepsis in sequence", sepsis, lesson="05a"),
        _row("adverse-poisoning-underdosing", "Adverse effect, poisoning, underdosing", drugs, lesson="05b"),
        _row("ulcer-and-coma-scales", "Ulcer stages and coma scores", scales, lesson="05b"),
        _row("burn-extent", "Burns: depth, site, extent", burns, lesson="05b"),
        _row("neoplasm-table", "Where in the Neoplasm Table?", neoplasm_table, lesson="05a"),
        _row("drug-table", "Which cell of the drug table?", drug_table, lesson="05a"),
        _row("lesion-excision", "How large is the excision?", excisions, lesson="08a"),
        _row("em-by-time", "Which minutes count?", visit_time, lesson="07"),
        _row("em-by-mdm", "Which level has the visit?", visit_mdm, lesson="07"),
        _row("new-or-established", "New or established patient?", patient_status, lesson="07"),
        _row("repair-sum", "Which wounds are added up?", repairs, lesson="08a"),
        _row("sides-and-digits", "Side, finger, toe or eyelid?", side_marks, lesson="08a"),
        _row("component-26-tc", "Whose machine, whose reading?", components, lesson="08c"),
        _row("lab-panel", "Which panel was filled?", lab_panels, lesson="08c"),
        _row("global-period", "Inside the surgical package or not?", global_days, lesson="08a"),
        _row("addon-or-alone", "Add-on or stand-alone?", addons, lesson="06"),
        _row("modifier-by-scenario", "Which modifier does the scene ask for?", modifier_scenarios, lesson="06"),
        _row("ncci-pair", "May a modifier open the pair?", edit_pairs, lesson="06"),
        _row("mue-plausible", "Are these units plausible?", unit_limits, lesson="09"),
        _row("hcpcs-or-cpt", "HCPCS or CPT: who pays?", which_book, lesson="09"),
        _row("ambulance-modifiers", "Where did the ambulance go?", ambulance_trips, lesson="09"),
        _row("anesthesia-units", "How many anesthesia units?", anesthesia_units, lesson="08c"),
        _row("therapy-units", "How many therapy units?", therapy_units, lesson="08c"),
        _row("infusion-hierarchy", "Which infusion leads?", infusion_hierarchy, lesson="08c"),
        _row("drug-units", "How many drug units?", drug_doses, lesson="09"),
        _row("abbreviation-in-context", "What do the letters mean here?", abbreviations, lesson="02a"),
        _row("look-alike", "Which of two look-alikes?", look_alikes, lesson="02a"),
        _row("jw-jz", "What was left in the vial?", drug_waste, lesson="09"),
        _row("which-rule-applies", "Which rule applies?", which_rule, lesson="11b"),
        _row("leading-query", "Is this query leading?", leading_query, lesson="11a"),
        _row("error-rate", "What is the rate?", error_rates, lesson="11b"),
        _row("build-a-word", "Build the word", word_building, lesson="02a"),
        _row("take-a-word-apart", "Take the word apart", word_taking, lesson="02a"),
        _row("which-structure", "Which structure is it?", which_structure, lesson="02b"),
        _row("direction-terms", "Which way is it?", direction_terms, lesson="02b"),
        _row("abdomen-region", "Where in the abdomen?", abdomen_region, lesson="02b"),
    )
}


class UnknownGenerator(LookupError):
    """The name, level or id fits no generator. ``str()`` is a sentence for the learner."""


def make(name: str, seed: int, level: int = 1, codes: CodeSet | None = None) -> Any:
    """The item that `seed` stands for: the same seed, level and edition always give the same item.

    Raises UnknownGenerator when there is no such generator or level.
    """
    generator = GENERATORS.get(name)
    if generator is None:
        raise UnknownGenerator(f"There is no practice called {name!r}. There are: {', '.join(GENERATORS)}.")
    if level not in generator.levels:
        raise UnknownGenerator(f"{name!r} has the levels {', '.join(map(str, generator.levels))}, not {level!r}.")
    if codes is None:
        from course.codesets import icd10cm

        codes = icd10cm.open_edition()
    rng = random.Random(f"{name}/{level}/{seed}/{codes.edition}")
    item = generator.draw(rng, codes, level)
    return item.model_copy(update={"id": f"gen/{name}/{level}/{seed}", "lesson": generator.lesson})


def from_id(item_id: str, codes: CodeSet | None = None) -> Any:
    """The item with an id such as ``gen/laterality/2/17``. Raises UnknownGenerator when the id is not of that form."""
    match = _ID.fullmatch(item_id)
    if match is None:
        raise UnknownGenerator(f"{item_id!r} is not the id of a drawn exercise (gen/<name>/<level>/<seed>).")
    return make(match[1], int(match[3]), int(match[2]), codes)
