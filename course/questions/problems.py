"""What is wrong with a topic file, in words for the person who wrote it: file, line, question, field, message,
advice."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. ``line`` counts from 1 (0: the file as a whole); ``item`` is a slug or ""; ``field`` is ""
    or "options 2 why"."""

    file: str
    line: int
    item: str = ""
    field: str = ""
    message: str = ""
    advice: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = " ".join(part for part in (f"[{self.item}]" if self.item else "", self.field, self.message) if part)
        return f"{where}: {what}." + (f" {self.advice}" if self.advice else "")


class BankError(Exception):
    """A question or topic that cannot be loaded. ``problems`` lists everything that is wrong with it; the text is
    those lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and line."""
    return sorted(dict.fromkeys(problems), key=lambda one: (one.file, one.line, one.item, one.field))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ "Did you mean `x`?" or ""."""
    names = {str(name).casefold(): name for name in known}
    near = difflib.get_close_matches(str(word).casefold(), names, n=1, cutoff=0.6)
    return f"Did you mean `{names[near[0]]}`?" if near else ""


def listed(names: Iterable[str]) -> str:
    """ "`a`, `b`, `c`"."""
    return ", ".join(f"`{name}`" for name in names)


# --- YAML ------------------------------------------------------------------------------------------------------------

#: Beginning of the value on the guilty line -> what to do. YAML gives these characters a meaning of their own.
_OPENERS = {
    "*": 'A text that begins with * needs quotes: "**word** …".',
    "&": "A text that begins with & needs quotes.",
    "!": "A text that begins with ! needs quotes.",
    "@": "A text that begins with @ needs quotes.",
    "`": "A text that begins with ` needs quotes.",
    "%": "A text that begins with % needs quotes.",
    "[": "A text that begins with [ needs quotes; a list needs its closing ].",
    "{": "A text that begins with { needs quotes.",
    ">": "Text goes on the line below >, or in quotes.",
    "|": "Text goes on the line below |, or in quotes.",
    '"': 'Close the quotes; a " inside them is written \\".',
    "'": "Close the quotes; a ' inside them is written ''.",
    "-": "A text that begins with - needs quotes; a list goes on the lines below the name.",
}

_WORDS = {
    "mapping values are not allowed": (
        "has a second `: ` (or is indented too far)",
        "A text with a colon and a space in it needs quotes, or goes below `|`.",
    ),
    "found undefined alias": ("uses an alias (*name)", _OPENERS["*"]),
    "found unexpected end of stream": ("has quotes or brackets that are never closed", ""),
    "found unexpected document": ("has quotes that are never closed", ""),
    "could not find expected ':'": (
        "lacks the colon after a name",
        "Write `name: value`; longer text is indented below `|`.",
    ),
    "did not find expected key": (
        "does not fit what stands above it",
        "Line it up with its neighbors; close quotes that are open.",
    ),
    "did not find expected '-' indicator": (
        "does not fit what stands above it",
        "Line it up with its neighbors; close quotes that are open.",
    ),
    "expected <block end>": (
        "does not fit what stands above it",
        "Line it up with its neighbors; close quotes that are open.",
    ),
    "did not find expected ',' or ']'": ("has a list [ … ] that is not closed", ""),
    "did not find expected ',' or '}'": ("has a group { … } that is not closed", ""),
    "expected ',' or": ("has a list or group that is not closed", ""),
    "did not find expected <document start>": ("does not fit what stands above it", "Line it up with its neighbors."),
    "did not find expected <stream-start>": ("does not fit what stands above it", ""),
    "expected a single document": ("begins a second document (---)", "Take the line --- away: one file is one topic."),
    "but found another document": ("begins a second document (---)", "Take the line --- away: one file is one topic."),
    "sequence entries are not allowed": ("has a dash where none can be", _OPENERS["-"]),
    "block sequence entries are not allowed": ("has a dash where none can be", _OPENERS["-"]),
    "cannot start any token": ("begins with a character that YAML keeps for itself", "Put the text in quotes."),
    "duplicate anchor": ("uses an anchor (&name)", _OPENERS["&"]),
}


def syntax_problem(error: yaml.YAMLError, file: str, first_line: int, text: str, item: str = "") -> Problem:
    """A YAML error as a problem. ``first_line``: the line of the file on which ``text`` begins."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    words = " ".join(
        str(part) for part in (getattr(error, "problem", ""), getattr(error, "context", "")) if part
    ) or str(error)
    lines = text.split("\n")
    at = min(mark.line if mark is not None else 0, len(lines) - 1)
    message, advice = next(
        (found for known, found in _WORDS.items() if known in words), (f"cannot be read as YAML ({words})", "")
    )
    context = getattr(error, "context_mark", None)
    if "flow" in words and context is not None:  # so is an open bracket
        at = min(context.line, len(lines) - 1)
    if "quot" in words and context is not None:  # an open quote is noticed pages later: point at where it begins
        at = min(context.line, len(lines) - 1)
        message = "has quotes that are never closed, or a quote in the middle"
    value = re.match(r"^[\s-]*(?:[\w.*]+:\s+)?(\S?)", lines[at])
    if value and value[1] in _OPENERS:
        advice = _OPENERS[value[1]]
    return Problem(file, first_line + at, item, "", f"{message}: {shown(lines[at])}", advice)


def shown(text: str, limit: int = 60) -> str:
    """A text in quotes, cut to ``limit`` characters."""
    text = " ".join(str(text).split())
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


# --- pydantic --------------------------------------------------------------------------------------------------------

_EMPTY = "is empty"
MISSING = "is missing"


def field_words(error: dict[str, Any], fields: Sequence[str]) -> tuple[str, str]:
    """Message and advice for one pydantic error. ``fields``: the names that are known where an unknown one was
    found."""
    kind, given, context = error["type"], error.get("input"), error.get("ctx") or {}
    if kind == "missing":
        shared = len(error["loc"]) == 1 and error["loc"][0] in (
            "objective",
            "difficulty",
            "domains",
            "editions",
            "sources",
        )
        return MISSING, "Add it" + (", or give it to the whole file under `defaults:`." if shared else ".")
    if kind == "extra_forbidden":
        name = str(error["loc"][-1])
        return "is not a field here", did_you_mean(name, fields) or f"Known fields: {listed(fields)}."
    if given is None or given == "":
        return _EMPTY, "Write it out, or delete the line. (A # after a space begins a comment; quotes keep it.)"
    if kind == "string_type":
        return f"must be text, not {shown(given)}", "Put it in quotes."
    if kind == "string_too_short":
        return _EMPTY, "Write it out."
    if kind == "string_pattern_mismatch":
        return f"is {shown(given)}, which does not have the right form", _PATTERNS.get(str(error["loc"][-1]), "")
    if kind.startswith(("int_", "decimal_", "float_", "finite_")):
        return f"must be a number, not {shown(given)}", "Write digits, with a dot for decimals."
    if kind.startswith("bool_"):
        return f"must be true or false, not {shown(given)}", ""
    if kind == "iso_date" or kind.startswith("date_"):
        return f"is {shown(given)}, which is not a date", "Write year-month-day: 2026-11-22."
    if kind in ("tuple_type", "list_type"):
        return (
            f"must be a list, not {shown(given)}",
            "Begin each entry with `- ` on a line of its own, or write [a, b].",
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"must be a group of fields, not {shown(given)}", "Write `name: value` lines, indented."
    if kind == "too_short":
        return f"has {context['actual_length']}; at least {context['min_length']} are needed", "Add some."
    if kind in ("string_too_long", "too_long") and isinstance(given, str):
        return f"has {len(given)} characters; {context['max_length']} fit", "Shorten it."
    if kind == "too_long":
        return f"has {context['actual_length']}; at most {context['max_length']} fit", "Take some away."
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        bound = next(iter(context.values()))
        return f"is {shown(given)}; it must be {'at least' if kind.startswith('greater') else 'at most'} {bound}", ""
    return str(error["msg"])[:1].lower() + str(error["msg"])[1:], str(context.get("advice", ""))


_PATTERNS = {
    "slug": "Use small letters, digits and single hyphens: buckle-fracture.",
    "topic": "Use small letters, digits and single hyphens: 03-structure.",
    "lesson": 'Two digits in quotes, with a letter where a lesson has parts: "03", "05a".',
    "url": "Write the whole address: https://…",
}
