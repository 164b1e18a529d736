"""Markdown-lite to safe HTML.

Authors may write ``**bold**``, ``*em*``, `` `code` ``, paragraphs (a blank line between them), lists (lines that
begin with ``- ``) and a line break (a backslash at the end of the line). Nothing else: everything is escaped before
anything is marked up, so no text can bring its own tags.
"""

from __future__ import annotations

import html
import re
from typing import Any

from course.grading.verdict import Verdict

_CODE = re.compile(r"`([^`\n]+)`")
_BOLD = re.compile(r"(?<![*\w])\*\*(?=[^\s*])([^\n]*?)(?<=[^\s*])\*\*(?![*\w])")
# A star inside a word or at its end ("S52.5*", "2*3") is a star.
# Bold may stand in it whole, so that a line of a chart can have its word that matters.
_EM = re.compile(r"(?<![*\w])\*(?=[^\s*])((?:[^*\n<]|<strong>[^*\n<]*</strong>)+?)(?<=[^\s*])\*(?![*\w])")
_BULLET = re.compile(r"^\s*- +")
# Characters that HTML cannot carry, and lone surrogates, which UTF-8 cannot.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def escape(text: str) -> str:
    """Text as HTML text: ``& < > " '`` escaped, control characters dropped, line ends as ``\\n``."""
    return html.escape(_UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")), quote=True)


def inline(text: str) -> str:
    """One run of text, without paragraphs: for options, reasons and headlines. Line ends become spaces."""
    return _inline(" ".join(escape(text).split()))


def block(text: str) -> str:
    """Paragraphs, lists and line breaks: for stems, rationales and hints."""
    blocks = re.split(r"\n[ \t]*\n+", escape(text).strip("\n"))
    return "".join(_block(one) for one in blocks if one.strip())


def pre(text: str) -> str:
    """Chart text as it stands: escaped, line ends and spaces kept (shown with ``white-space: pre-wrap``), stars are
    stars."""
    return escape(text.strip("\n").rstrip())


def plain(text: str) -> str:
    """The text without its marks, for titles, reprs and plain-text output."""
    return html.unescape(re.sub(r"<[^>]*>", "", inline(text)))


def verdict_html(verdict: Verdict) -> dict[str, Any]:
    """``verdict.to_dict()`` with ``headline_html``, ``invalid_html`` and a ``message_html`` in each part."""
    data = verdict.to_dict()
    data["headline_html"] = inline(verdict.headline)
    data["invalid_html"] = inline(verdict.invalid) if verdict.invalid else None
    for part in data["parts"]:
        part["message_html"] = inline(part["message"])
    return data


def _block(text: str) -> str:
    """One block between blank lines: a list where lines begin with a dash, otherwise a paragraph; both may
    alternate."""
    runs: list[tuple[str, list[list[str]]]] = []  # ("p" or "ul", entries, each a list of lines)
    for line in text.split("\n"):
        bullet = _BULLET.match(line)
        if bullet:
            if not runs or runs[-1][0] == "p":
                runs.append(("ul", []))
            runs[-1][1].append([line[bullet.end() :]])
        elif runs:
            runs[-1][1][-1].append(line)
        else:
            runs.append(("p", [[line]]))
    out = []
    for tag, entries in runs:
        bodies = [_inline(_joined(lines)) for lines in entries]
        out.append(f"<p>{bodies[0]}</p>" if tag == "p" else "<ul>" + "".join(f"<li>{b}</li>" for b in bodies) + "</ul>")
    return "".join(out)


def _joined(lines: list[str]) -> str:
    """Lines as one run: a backslash at the end of a line breaks it, otherwise lines flow together."""
    out = ""
    for line in lines:
        line = line.strip()
        out += line[:-1].rstrip() + "<br>" if line.endswith("\\") else line + " "
    return out.strip().removesuffix("<br>")


def _inline(escaped: str) -> str:
    """Mark up already escaped text. Inside `` `code` `` nothing else is marked."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(f"<code>{match[1]}</code>")
        return (
            f"\x00{len(kept) - 1}\x00"  # escape() has dropped every control character, so this cannot come from a text
        )

    marked = _CODE.sub(keep, escaped)
    marked = _EM.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", marked))
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], marked)
