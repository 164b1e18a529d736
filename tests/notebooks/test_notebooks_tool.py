"""Running, storing and checking notebooks: the tool itself, on small notebooks made here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course import notebooks_tool as tool
from course.bootstrap.errors import UserError
from course.testing.run import NBVAL

#: A widget as the course's cards are: fixed repr, a static HTML form next to the live one.
WIDGET_CELL = """# A question about wrists
import anywidget, traitlets

class Card(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { el.textContent = 'live'; } }"
    value = traitlets.Unicode("").tag(sync=True)

    def __repr__(self):
        return "Question 03-structure/wrist"

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        data = dict(bundle[0] if isinstance(bundle, tuple) else bundle or {})
        data["text/plain"] = repr(self)
        data["text/html"] = "<fieldset><legend>Which wrist?</legend></fieldset>"
        return data

Card()"""


def write(path: Path, *cells: Any) -> Path:
    notebook = new_notebook(cells=[new_markdown_cell("# Lesson"), *cells])
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


def messages(notebook: Any, path: Path = Path("03-x.ipynb")) -> list[str]:
    return [finding.message for finding in tool.findings(path, notebook) if not finding.warning]


@pytest.fixture
def nbval(root: Path):
    """Run one notebook under strict nbval as the test command does; returns the finished process."""

    def run(path: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(path.parent), *NBVAL]
        command += ["-c", os.devnull, str(path)]
        env = {**os.environ, "PYTHONPATH": str(root)}
        return subprocess.run(command, cwd=path.parent, env=env, capture_output=True, text=True, encoding="utf-8")

    return run


# ---- running


def test_a_widget_is_stored_as_html_and_passes_strict_nbval(tmp_path: Path, nbval):
    path = write(tmp_path / "03-x.ipynb", new_code_cell(WIDGET_CELL), new_code_cell("print('two')"), new_code_cell("3"))
    assert tool.run(folder=tmp_path) == 0
    stored = nbformat.read(path, as_version=4)
    assert [cell.execution_count for cell in stored.cells[1:]] == [1, 2, 3]
    (output,) = stored.cells[1].outputs
    assert set(output.data) == {"text/plain", "text/html"}
    assert "fieldset" in output.data["text/html"]
    assert "widgets" not in stored.metadata
    # And nbval does compare: the third cell is stored with another output.
    stored.cells[3].outputs[0].data["text/plain"] = "4"
    path.write_text(nbformat.writes(stored), encoding="utf-8")
    done = nbval(path)
    assert done.returncode == 1 and "1 failed, 2 passed" in done.stdout, done.stdout
    assert "03-x.ipynb::Cell 2" in done.stdout, done.stdout


def test_pixels_of_a_plot_are_not_compared_and_its_words_are(tmp_path: Path, nbval):
    html = '<img alt="half earn 51,140" src="data:image/png;base64,{}"><p>{}</p>'
    cell = f"from IPython.display import HTML\nHTML({html.format('AAAA', 'May 2025')!r})"
    path = write(tmp_path / "15-x.ipynb", new_code_cell(cell), new_code_cell(cell.replace("\n", "\n\n")))
    assert tool.run(folder=tmp_path) == 0
    stored = nbformat.read(path, as_version=4)
    stored.cells[1].outputs[0].data["text/html"] = html.format("BBBB", "May 2025")
    stored.cells[2].outputs[0].data["text/html"] = html.format("AAAA", "May 2024")
    path.write_text(nbformat.writes(stored), encoding="utf-8")
    done = nbval(path)
    assert "1 failed, 1 passed" in done.stdout and "15-x.ipynb::Cell 1" in done.stdout, done.stdout


def test_running_again_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    code = "import os\nprint(os.environ['COURSE_TODAY'], len(os.listdir(os.environ['COURSE_USER_DIR'])) <= 1)"
    path = write(tmp_path / "00-y.ipynb", new_code_cell(code))
    tool.run(["00"], tmp_path)
    first = path.read_bytes()
    tool.run(["00"], tmp_path)
    assert path.read_bytes() == first
    assert first.endswith(b"}\n") and not first.endswith(b"\n\n") and b"\r" not in first
    assert b"2026-11-22 True" in first
    assert "stored anew" in (said := capsys.readouterr().out) and "unchanged" in said


def test_a_cell_that_fails_is_named_and_nothing_is_stored(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = write(tmp_path / "00-y.ipynb", new_code_cell("1 / 0"))
    before = path.read_bytes()
    assert tool.run(folder=tmp_path) == 1
    assert path.read_bytes() == before
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_each_notebook_starts_with_an_empty_folder_of_the_learner(tmp_path: Path):
    code = "import os, pathlib\np = pathlib.Path(os.environ['COURSE_USER_DIR'], 'mark')\nprint(p.exists()); p.touch()"
    paths = [write(tmp_path / f"0{n}-y.ipynb", new_code_cell(code)) for n in (1, 2)]
    assert tool.run(folder=tmp_path) == 0
    for path in paths:
        assert nbformat.read(path, as_version=4).cells[1].outputs[0].text == "False\n"


# ---- storing


def test_normalise_takes_out_what_differs_from_run_to_run():
    cell = new_code_cell("x", execution_count=1, metadata={"execution": {"t": "1"}, "jupyter": {"source_hidden": True}})
    html = new_output("display_data", {tool.WIDGET: {"model_id": "1"}, "text/html": "<p>", "text/plain": "p"})
    plain = new_output("display_data", {tool.WIDGET: {"model_id": "1"}, "text/plain": "p"})
    cell.outputs = [html, plain]
    twin = new_markdown_cell("text")
    notebook = new_notebook(cells=[cell, twin], metadata={"widgets": {"state": 1}, "title": "kept"})
    twin["id"] = cell["id"]
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11.7"}
    done = tool.normalise(notebook, Path("03-x.ipynb"))
    assert "widgets" not in done.metadata and done.metadata["title"] == "kept"
    assert "version" not in done.metadata["language_info"]
    assert done.cells[0].metadata == {"jupyter": {"source_hidden": True}}
    assert set(done.cells[0].outputs[0].data) == {"text/html", "text/plain"}
    # Without HTML the reference stays, so that `check` can say that the widget has no static form.
    assert tool.WIDGET in done.cells[0].outputs[1].data
    assert done.cells[0].id != done.cells[1].id == tool.stable_id("03-x", 1, "text", {cell.id})
    once = tool.dump(done)
    assert tool.dump(tool.normalise(nbformat.reads(once, as_version=4), Path("03-x.ipynb"))) == once


def test_names_find_notebooks(tmp_path: Path):
    (tmp_path / "instructor").mkdir()
    (tmp_path / ".ipynb_checkpoints").mkdir()
    for name in ("00-a.ipynb", "03-b.ipynb", "instructor/90-c.ipynb", ".ipynb_checkpoints/00-a-checkpoint.ipynb"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert [p.name for p in tool.find([], tmp_path)] == ["00-a.ipynb", "03-b.ipynb", "90-c.ipynb"]
    assert [p.name for p in tool.find(["03", "00-a.ipynb", "03-b"], tmp_path)] == ["03-b.ipynb", "00-a.ipynb"]
    with pytest.raises(UserError, match="no notebook '17'"):
        tool.find(["17"], tmp_path)


def test_a_file_that_is_no_notebook_is_named(tmp_path: Path):
    (tmp_path / "00-a.ipynb").write_text("{half", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read as a notebook"):
        tool.check(folder=tmp_path)


# ---- checking


def sound(*cells: Any, h1: str = "# Lesson") -> Any:
    return new_notebook(cells=[new_markdown_cell(h1), *cells])


def card(**kwargs: Any) -> Any:
    kwargs.setdefault("metadata", {"jupyter": {"source_hidden": True}})
    kwargs.setdefault("source", '# Try it: name the bone\ncourse.ask("03-structure/wrist")')
    return new_code_cell(execution_count=kwargs.pop("execution_count", 1), **kwargs)


def stream(name: str, text: str) -> Any:
    return new_output("stream", name=name, text=text)


def test_a_sound_notebook_has_nothing_to_mend():
    code = new_code_cell("x = 1", execution_count=2)
    fenced = new_markdown_cell("## Next\n\n```python\n# a comment, not a heading\n```")
    assert messages(sound(card(), fenced, code)) == []


@pytest.mark.parametrize(
    ("notebook", "words"),
    [
        (lambda: sound(card(execution_count=None)), "never run"),
        (lambda: sound(card(execution_count=2)), "expected 1"),
        (lambda: sound(new_code_cell("")), "empty code cell"),
        (lambda: sound(card(outputs=[new_output("error", ename="KeyError", evalue="", traceback=[])])), "KeyError"),
        (lambda: sound(card(outputs=[stream("stderr", "Warning: old")])), "stderr"),
        (lambda: sound(card(), h1="text"), "0 headings"),
        (lambda: sound(card(), new_markdown_cell("# Another")), "2 headings"),
        (lambda: sound(card(metadata={})), "not folded"),
        (lambda: sound(card(source='course.browse("S52.5")')), "comment for people"),
        (
            lambda: sound(card(outputs=[new_output("display_data", {tool.WIDGET: {}, "text/plain": "x"})])),
            "static HTML",
        ),
        (lambda: sound(card(outputs=[new_output("display_data", {tool.WIDGET: {}, "text/html": "x"})])), "reference"),
        (lambda: sound(card(outputs=[stream("stdout", f"{Path.home()}/file")])), "path of one machine"),
        (lambda: sound(card(outputs=[stream("stdout", "<object at 0x7f3a2b1c>")])), "address in memory"),
    ],
)
def test_what_is_not_in_order_is_named(notebook, words: str):
    found = messages(notebook())
    assert any(words in message for message in found), found


def test_widget_state_and_equal_ids_are_named():
    notebook = sound(card(), card(execution_count=2))
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}
    notebook.cells[2].id = notebook.cells[1].id
    found = messages(notebook)
    assert any("widget state" in message for message in found)
    assert any("same one" in message for message in found)


def test_the_number_of_cells_is_advice_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    write(tmp_path / "00-a.ipynb", new_code_cell("x = 1", execution_count=1))
    assert tool.check(folder=tmp_path) == 0
    assert "(advice)" in capsys.readouterr().out


def test_check_says_how_to_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    write(tmp_path / "00-a.ipynb", new_code_cell("x = 1"))
    assert tool.check(folder=tmp_path) == 1
    said = capsys.readouterr().out
    assert "00-a.ipynb, cell 2: never run" in said and "notebooks run" in said
