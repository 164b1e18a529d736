"""The browser where nothing runs (GitHub, paper): one page of the code book as plain HTML.

Depends on the code set and the date alone: not on the learner, not on indexes that were loaded.
"""

from __future__ import annotations

from html import escape
from typing import Any

from course.cards import browser_notes

RUN = "To search, follow the links and see all notes, open this page in JupyterLab and press Run All."


def static_form(page: dict[str, Any], query: str = "") -> str:
    """``page`` as :func:`course.cards.browser_model.page` gives it; `query` when words were asked for."""
    lines = [
        f'<div class="course-static course-static-browser">\n<p><em>Code browser, {escape(page["label"])}</em></p>'
    ]
    if page["is"] == "page":
        lines += _page(page)
    elif query:
        lines.append(f"<p>Search: <strong>{escape(query)}</strong></p>")
    else:
        lines.append(f"<p>{escape(page['title'])}: {escape(page.get('text', ''))}</p>")
        lines.append(_list(page["next"]["rows"]) if page.get("next") else "")
    lines.append(f"<p><em>{RUN}</em></p>\n</div>")
    return "\n".join(line for line in lines if line)


def _page(page: dict[str, Any]) -> list[str]:
    trail = " \u203a ".join(f"{escape(one['name'])} {escape(one['title'])}" for one in page["path"])
    out = [f"<p>{trail}</p>" if trail else ""]
    out.append(
        f"<p><strong>{escape(page['code'])} {escape(page['title'])}</strong> ({escape(page['status'].lower())})</p>"
    )
    if page["why"]:
        out.append(f"<p>{escape(page['why']['text'])}</p>")
    if page["notes_line"]:
        out.append(f"<p>{escape(page['notes_line'])}</p>")
    for change in page["history"]:
        if change["recent"]:
            named = f" {', '.join(change['codes'])}" if change["codes"] else ""
            out.append(f"<p><strong>{escape(change['head'])}.</strong> {escape(change['text'])}{escape(named)}</p>")
    if page["next"]:
        out += [f"<p>{escape(page['next']['head'])}:</p>", _list(page["next"]["rows"])]
    if page["seventh"]:
        out.append(_seventh(page["seventh"]))
    for group in page["notes"]:
        if group["own"]:
            out += [_note(kind) for kind in group["kinds"] if kind["kind"] != "seventh"]
    return out


def _list(rows: list[dict[str, Any]]) -> str:
    items = "\n".join(f"<li>{escape(one['code'])} {escape(one['title'])} ({one['word'].lower()})</li>" for one in rows)
    return f"<ul>\n{items}\n</ul>"


def _seventh(picker: dict[str, Any]) -> str:
    made = [f": {one['code']}" if one.get("code") else "" for one in picker["options"]]
    items = "\n".join(
        f"<li>{escape(one['char'])} {escape(one['meaning'])}{escape(code)}</li>"
        for one, code in zip(picker["options"], made, strict=True)
    )
    return f"<p>7th character (rule at {escape(picker['owner'])}):</p>\n<ul>\n{items}\n</ul>"


def _note(kind: dict[str, Any]) -> str:
    word = browser_notes.words()["kinds"][kind["kind"]]
    items = "\n".join(f"<li>{escape(''.join(part[0] for part in line['parts']))}</li>" for line in kind["lines"])
    return f"<p>{word['label']} ({word['gloss']}):</p>\n<ul>\n{items}\n</ul>"
