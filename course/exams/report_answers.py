"""An answer in words: what a learner chose, read off the card's own view of the question. HTML.

A response names things by their ids ("b", ``{"l1": "r2"}``); the view says what stands on the screen under each id.
What has no such words is shown as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from course.questions import kinds, text
from course.questions.base import ItemBase

#: Fields of a thing of a view that hold its words, best first.
_WORDS = ("html", "words", "label", "text", "title", "term", "code", "where", "plain")

#: An id that is itself an answer: a modifier.
_MODIFIER = re.compile("[A-Z0-9]{2}")

#: Kinds whose options have an id (a letter), a text and a reason.
CHOICES = ("single_choice", "multiple_choice")


def answer_html(item: ItemBase, response: Any) -> str:
    """The response in words; "" for none."""
    view: Any = {}
    try:
        view = kinds.view(item)
        return _shown(response, view, view)
    except Exception:  # an odd response is shown as it is
        return text.escape(str(response))


def key_html(item: ItemBase) -> str:
    """The right answer. For choices without the reasons, which stand by each option."""
    found = kinds.solution(item)
    return answer_html(item, found["response"]) if item.kind in CHOICES else str(found["html"])


def _shown(value: Any, scope: Any, view: Mapping[str, Any]) -> str:
    if value is None or isinstance(value, str) and not value.strip():
        return ""
    if isinstance(value, str):
        return _named(value, scope)
    if isinstance(value, Mapping):
        if "cuts" in value and "word" in view:
            return _pieces(value, view)
        return _service(value) if "code" in value and "modifiers" in value else _fields(value, view)
    if isinstance(value, list | tuple):
        if value and "words" in view and all(isinstance(one, int) for one in value):
            return _marked([int(one) for one in value], view["words"])
        shown = [_shown(one, scope, view) for one in value]
        tag = "ol" if view.get("kind") == "ordering" else "ul"
        return shown[0] if len(shown) == 1 else f"<{tag}>" + "".join(f"<li>{o}</li>" for o in shown if o) + f"</{tag}>"
    return text.escape(str(value))


def _fields(value: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    rows = []
    for key, inner in value.items():
        node = _find(key, view)
        shown = _shown(inner, view if node is None or not _has_things(node) else node, view)
        if shown:
            named = _words(node) if node is not None else text.escape(str(key).capitalize())
            rows.append(f"<li>{named}: {shown}</li>")
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def _service(row: Mapping[str, Any]) -> str:
    line = "-".join(filter(None, [str(row.get("code") or ""), *str(row.get("modifiers") or "").split()]))
    units = str(row.get("units") or "").strip()
    return text.escape(f"{line} × {units}" if units and units != "1" else line)


def _pieces(value: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    """A word that was cut: its pieces, each with the meaning it was given."""
    word, meanings = str(view["word"]), value.get("meanings") or {}
    cuts = sorted({0, *(int(one) for one in value["cuts"] if 0 < int(one) < len(word)), len(word)})
    rows = []
    for begin, end in pairwise(cuts):
        meaning = _shown(meanings.get(str(begin)), view, view)
        rows.append(f"<li>{text.escape(word[begin:end])}{f': {meaning}' if meaning else ''}</li>")
    return f"<ul>{''.join(rows)}</ul>"


def _marked(places: list[int], words: Any) -> str:
    """Marked words of a note; a gap between them is an ellipsis."""
    said, before = [], None
    for place in places:
        if before is not None and place != before + 1:
            said.append("…")
        if 0 <= place < len(words):
            said.append(text.escape(str(words[place])))
        before = place
    return " ".join(said)


def _named(value: str, scope: Any) -> str:
    node = _find(value, scope)
    words = _words(node) if node is not None else ""
    if not words:
        return text.escape(value)
    if len(value) == 1:
        return f"<strong>{text.escape(value.upper())}.</strong> {words}"
    return f"<strong>{value}</strong>: {words}" if _MODIFIER.fullmatch(value) else words


def _find(key: Any, scope: Any) -> Mapping[str, Any] | None:
    wanted = str(key).strip().lower()
    return next((one for one in _things(scope) if str(one["id"]).lower() == wanted), None)


def _things(scope: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(scope, Mapping):
        if "id" in scope and "content_version" not in scope:
            yield scope
        for one in scope.values():
            yield from _things(one)
    elif isinstance(scope, list | tuple):
        for one in scope:
            yield from _things(one)


def _has_things(node: Mapping[str, Any]) -> bool:
    return any(one is not node for one in _things(node))


def _words(node: Mapping[str, Any]) -> str:
    for name in _WORDS:
        found = node.get(name)
        if isinstance(found, str) and found.strip():
            return found if name == "html" else text.escape(found)
    return text.escape(str(node["id"]))
