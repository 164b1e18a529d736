"""The procedure browser where nothing runs (GitHub, paper): one page as plain HTML.

Depends on the course's own data alone: not on the learner, a licensed file or a loaded release.
"""

from __future__ import annotations

from html import escape
from typing import Any

from course.cards import procedure_pages

RUN = "To search and follow the links, open this page in JupyterLab and press Run All."


def static_form(page: dict[str, Any], query: str = "") -> str:
    """`page` as :func:`course.cards.procedure_pages.page` gives it; `query` when words were asked for."""
    book = procedure_pages.BOOKS[page["book"]]
    lines = [f'<div class="course-static course-static-browser">\n<p><em>{book}: {escape(page["edition"])}</em></p>']
    if query:
        lines.append(f"<p>Search: <strong>{escape(query)}</strong></p>")
    else:
        lines += _page(page)
    lines.append(f"<p><em>{RUN}</em></p>\n</div>")
    return "\n".join(line for line in lines if line)


def _page(page: dict[str, Any]) -> list[str]:
    trail = " \u203a ".join(escape(one["name"]) for one in page["path"])
    head = " ".join(escape(one) for one in (page["code"], page["title"]) if one)
    status = f" ({escape(page['status']['word'])})" if page["status"] else ""
    out = [f"<p>{trail}</p>" if trail else "", f"<p><strong>{head}</strong>{status}</p>"]
    out.append(f"<p>{escape(page['lead'])}</p>" if page["lead"] else "")
    if page["facts"]:
        out.append(_list(_fact(one) for one in page["facts"]))
    if page["fits"]:
        out += ["<p>Modifiers that commonly apply:</p>", _list(_fit(one) for one in page["fits"])]
    for pair in page["pairs"]:
        rows = (f"{one['code']} {one['words']} ({one['told']})" for one in pair["rows"])
        out += [f"<p>NCCI, of the course's pairs. {escape(pair['head'])}:</p>", _list(escape(one) for one in rows)]
    if page["next"]:
        rows = (f"{row.get('face') or row['code']} {row['title']}" for row in page["next"]["rows"])
        out += [f"<p>{escape(page['next']['head'])}:</p>", _list(escape(one) for one in rows)]
    return [*out, f"<p>{escape(page['notice'])}</p>" if page["book"] != "hcpcs" else ""]


def _list(items: Any) -> str:
    return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"


def _fact(one: dict[str, Any]) -> str:
    links = ", ".join(face for face, _ in one["links"])
    value = f" {one['value']}" if one["value"] else ""
    said = f": {one['words']}" if one["words"] else ""
    return escape(f"{one['name']}{value}{said}{' ' if one['words'] and links else ''}{links if links else ''}")


def _fit(one: dict[str, Any]) -> str:
    faces = ", ".join(face for face, *_ in one["modifiers"])
    return f"<strong>{escape(faces)}</strong>: {escape(one['why'])} ({escape(one['basis'])})"
