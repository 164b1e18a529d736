"""What all cards share: a widget whose picture can be made again at any time from plain values.

A card never holds what a learner did; it shows ``view`` and ``state`` and turns messages of the browser into calls.
Python faults never reach the learner as a traceback: they become one plain sentence in the card, and the answer stays.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from course.cards.dollars import isolated

LOG = logging.getLogger("course.cards")
LOG.addHandler(logging.NullHandler())  # the root logger's last resort would print the fault into a notebook

STYLES = (
    "tokens.css",
    "card.css",
    "kinds.css",
    "lookup_path.css",
    "table_lookup.css",
    "modifier_choice.css",
    "service_lines.css",
    "em_leveling.css",
    "audit_bench.css",
    "diagram.css",
    "query_workshop.css",
    "words.css",
    "your_turn.css",
    "chart.css",
    "deck.css",
    "media.css",
)
WIDGET = "application/vnd.jupyter.widget-view+json"


def where(error: BaseException) -> str:
    """``KeyError in verdict.py, line 40``: enough for a bug report, short enough to read out on the phone."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def fault_text(what: str, error: BaseException, *, answered: bool = True) -> str:
    """The sentence a learner reads when the course itself failed. ``answered``: the card holds an answer, which is
    still there; a tool holds none that could be lost."""
    kept = "Nothing is lost: your answer is still here. " if answered else ""
    instead = "with another exercise" if answered else "without it"
    return (
        f"The course could not {what}. {kept}Try once more; if it happens again, go on {instead} and report this to "
        f"the course: {where(error)}."
    )


class Card(anywidget.AnyWidget):
    """A widget with a fixed ``repr`` and a static form beside the live one."""

    _esm = ""

    view = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    #: What a page without a kernel shows (GitHub, nbviewer, paper). Never depends on the learner.
    static_form: str = ""
    #: What stands between the brackets of the repr.
    label: str = ""
    #: Whether the card holds an answer of the learner (a question), or none (a tool, a picture).
    answered = True

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.label}>" if self.label else f"<{type(self).__name__}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        data = {**(data or {}), "text/plain": repr(self)}
        if self.static_form:
            data["text/html"] = isolated(self.static_form)
        return data, metadata

    def guarded(self, what: str, call: Callable[[], Any]) -> tuple[Any, str]:
        """``call()`` as (result, ""), or (None, sentence) when it failed."""
        try:
            return call(), ""
        except Exception as error:
            LOG.debug("%s failed", what, exc_info=True)
            return None, fault_text(what, error, answered=self.answered)
