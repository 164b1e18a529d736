"""The E/M leveler as a tool: opens by its name, holds the rules of every category, reads without a page."""

from __future__ import annotations

import json
from typing import Any

import course
from course.cards.em_level import EXAMPLE, EmLevel
from course.codesets.cpt import em
from course.questions.kinds.em_model import levels_of, rules_view


def test_it_opens_by_its_name():
    for name in ("em-level", "EM level", "em_level"):
        found: Any = course.calculator(name)
        assert isinstance(found, EmLevel) and repr(found) == "<EmLevel em-level>"
    notice: Any = course.calculator("em-leve")
    assert "Did you mean em-level?" in notice.view["lines"][0]


def test_the_view_holds_the_rules_of_each_category():
    view: Any = course.calculator("em-level").view  # type: ignore[attr-defined]
    assert [one["id"] for one in view["categories"]] == list(em.leveled())
    for one in view["categories"]:
        assert {**view["shared"], "codes": one["codes"], "timed": one["timed"], "category_label": one["label"]} == (
            rules_view(one["id"])
        )
    json.dumps(view)


def test_the_example_is_moderate():
    mdm = levels_of(EXAMPLE["elements"])  # type: ignore[arg-type]
    assert em.code_for(str(EXAMPLE["category"]), mdm.overall) == "99214"


def test_the_static_form_tells_the_levels():
    page = EmLevel().static_form
    assert page.count("<li>") == len(em.elements()) and "(low, two of them moderate)" in page
    assert "<script" not in page and "style=" not in page and page.count("<ul>") == page.count("</ul>") == 3
