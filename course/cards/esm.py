"""Put a card's JavaScript and CSS together without a build step.

The files in ``static/`` are ordinary ES modules (an editor understands them), but a widget ships one string. Each
module becomes a function scope of its own, its imports become look-ups in the scopes before it:

    import { h } from "./dom.js";      ->  const { h } = $dom;
    export function card(…) {…}        ->  function card(…) {…}   and `card` is returned by the scope

Only the forms that the files use are understood; anything else raises ``ValueError`` with file and line, so that a new
form is noticed by the tests and not by a learner.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path, PurePosixPath

STATIC = Path(__file__).resolve().parent / "static"

#: Every CSS file, the common ones first: where two rules are equally strong the later one wins.
SHEETS = (
    *("tokens.css", "card.css", "kinds.css", "lookup_path.css", "table_lookup.css", "modifier_choice.css"),
    *("service_lines.css", "em_leveling.css", "audit_bench.css", "diagram.css", "query_workshop.css", "words.css"),
    *("your_turn.css", "chart.css", "deck.css", "browser.css", "procedures.css", "calculator.css", "career.css"),
    *("explorer.css", "flash_cards.css", "certification.css", "run.css", "errors.css", "dashboard.css"),
    *("hall.css", "readiness.css", "media.css"),
)

#: A sheet that is there stays as it is; one of another version of the course is replaced.
_DRESS = """for (const [rank, name, css] of SHEETS) {
  const id = `course-${name}`;
  const there = document.getElementById(id);
  if (there) {
    if (there.textContent !== css) there.textContent = css;
    continue;
  }
  const sheet = Object.assign(document.createElement("style"), { id, textContent: css });
  sheet.dataset.courseRank = rank;
  const ours = [...document.head.querySelectorAll("style[data-course-rank]")];
  const next = ours.find((n) => n.dataset.courseRank > rank);
  if (next) next.before(sheet);
  else document.head.append(sheet);
}"""

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "(\.\.?/[\w./]+\.js)";$')
_EXPORT = re.compile(r"^export (?:async function|function|const|class) (\w+)")


def read(name: str) -> str:
    """Text of a file in ``static/``."""
    return (STATIC / name).read_text(encoding="utf-8")


def _scope(name: str) -> str:
    """``kinds/choice.js`` -> ``$kinds_choice``."""
    return "$" + name.removesuffix(".js").replace("/", "_")


def _resolve(owner: str, relative: str) -> str:
    """Path inside ``static/`` of what ``owner`` imports as ``relative``."""
    parts: list[str] = []
    for part in (PurePosixPath(owner).parent / relative).parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _translate(name: str) -> tuple[list[str], list[str], list[str]]:
    """One module as (modules it needs, names it exports, lines of its body)."""
    needs: list[str] = []
    exports: list[str] = []
    body: list[str] = []
    for number, line in enumerate(read(name).splitlines(), 1):
        if found := _IMPORT.match(line):
            target = _resolve(name, found[2])
            needs.append(target)
            body.append(f"const {{ {found[1]} }} = {_scope(target)};")
        elif found := _EXPORT.match(line):
            exports.append(found[1])
            body.append(line.removeprefix("export "))
        elif line.startswith("export default "):
            exports.append("default")
            body.append(line)
        elif line.startswith(("import ", "export ")):
            raise ValueError(f"static/{name}:{number}: this form of import or export is not understood: {line.strip()}")
        else:
            body.append(line)
    return needs, exports, body


def _order(entry: str) -> list[str]:
    """Modules from the ones that need nothing to ``entry``."""
    done: list[str] = []
    path: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in path:
            raise ValueError(f"static/: modules import each other in a circle: {' -> '.join([*path, name])}")
        path.append(name)
        for need in _translate(name)[0]:
            visit(need)
        path.pop()
        done.append(name)

    visit(entry)
    return done


@cache
def bundle(entry: str, *sheets: str) -> str:
    """One ES module with ``entry`` (which has the default export) and all it imports.

    ``sheets`` names the CSS files of the card, which the module puts into the page: each once, however many cards show
    it. (anywidget's own ``_css`` writes the whole sheet anew for every card, and each time the browser looks at the
    styles of the whole page again: more than half of the time of Run All in a long lesson.)
    """
    chunks: list[str] = [_dressing(sheets)] if sheets else []
    for name in _order(entry):
        _, exports, body = _translate(name)
        text = "\n".join(body).strip()
        if name == entry:
            chunks.append(text)
        else:
            chunks.append(f"const {_scope(name)} = (() => {{\n{text}\nreturn {{ {', '.join(exports)} }};\n}})();")
    return "\n\n".join(chunks) + "\n"


def _dressing(sheets: tuple[str, ...]) -> str:
    """JavaScript that puts CSS files into the page, in the order of ``SHEETS`` whichever card comes first."""
    ranked = [(f"{SHEETS.index(name):02}", name, read(name)) for name in sheets]
    return _DRESS.replace("SHEETS", json.dumps(ranked, ensure_ascii=False))


@cache
def styles(*names: str) -> str:
    """The named CSS files, one after another."""
    return "\n".join(read(name) for name in names)
