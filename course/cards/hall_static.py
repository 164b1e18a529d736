"""The exam hall where nothing runs: what it offers, in plain HTML. Independent of the learner and of the bank."""

from __future__ import annotations

from html import escape

from course.cards import hall_lobby
from course.exams import blueprint


def static_form() -> str:
    """A line for each exam, and what to do."""
    lines = []
    for name in blueprint.names():
        plan = blueprint.load(name)
        questions = f"{plan.items} questions" + (f" ({plan.scored} count)" if plan.scored != plan.items else "")
        facts = (questions, hall_lobby.stretch(plan.minutes), f"pass line {hall_lobby.passing(plan)}")
        lines.append(f"<li><strong>{escape(name)}</strong>, {escape(plan.title)}: {escape(', '.join(facts))}</li>")
    rows = "\n".join(lines)
    return (
        '<div class="course-static course-static-hall">\n'
        "<p><strong>The exam hall</strong></p>\n"
        "<p>Practice exams by the plan of the real ones, at full length or as a half, a quarter or a tenth, with the "
        "clock or without. There is no feedback until you hand the exam in. Then a report shows your score, each "
        "domain, and the reason of each key.</p>\n"
        f"<ul>\n{rows}\n</ul>\n"
        "<p><em>To take one, open this page in JupyterLab and press Run All.</em></p>\n</div>"
    )
