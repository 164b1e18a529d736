"""No file, however damaged, raises anything but the bank's own error, and the page for authors is true."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.paths import data_dir
from course.questions.bank import BankError, check_bank, load_item, load_topic, sound_items
from course.questions.yaml_source import decode, parse, split

FIXTURE = Path(__file__).parent / "fixtures" / "90-kinds.yaml"


def survives(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "90-kinds.yaml").write_bytes(raw)
        problems = check_bank(folder)
        assert all(one.message and one.line >= 0 and str(one) for one in problems)
        lines = raw.count(b"\n") + raw.count(b"\r") + 2
        assert all(one.line <= lines for one in problems)
        for slug in ("buckle", "none"):
            try:
                assert load_item(f"90-kinds/{slug}", folder).slug == slug
            except BankError as error:
                assert error.problems
        try:
            load_topic("90-kinds", folder)
        except BankError as error:
            assert error.problems
        sound_items(folder)


@given(st.binary(max_size=300))
def test_any_bytes(raw: bytes) -> None:
    survives(raw)


YAML_PIECES = [
    "items:", "- ", "  - slug: a\n", "kind: number\n", "{", "}", "[", "]", ": ", "\n", "\t", "&a ", "*a ", "'", '"',
    "|\n", "# ", "? ", "!!set ", "---\n", "<<: ", "~", "topic: 90-kinds\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(YAML_PIECES) | st.text(max_size=3), max_size=25).map("".join))
def test_any_yaml(text: str) -> None:
    survives(text.encode("utf-8", "surrogatepass"))


@given(st.integers(0, 10**6))
def test_damaged_topics(seed: int) -> None:
    """A good file with a few lines dropped, doubled, swapped, re-indented, cut or strewn with signs."""
    rng = random.Random(seed)
    lines = FIXTURE.read_text(encoding="utf-8").split("\n")
    for _ in range(rng.randint(1, 4)):
        n = rng.randrange(len(lines))
        line = lines[n]
        lines[n] = rng.choice([
            "", line + "\n" + line, " " + line, line[1:], line[: rng.randint(0, len(line))], "\t" + line,
            "items:", line.replace(":", "", 1), line.replace(" ", "  ", 1), line + rng.choice("[]{}'\":&*|>#-"),
            line.upper(), "- - -",
        ])  # fmt: skip
    survives("\n".join(lines).encode("utf-8"))


def test_cut_into_items_reads_the_same_as_whole() -> None:
    """Each item parsed on its own has the data and the lines that it has in the whole file."""
    for path in [FIXTURE, *(data_dir() / "questions").glob("*.yaml")]:
        text, problems = decode(path.read_bytes(), path.name)
        assert not problems
        from course.questions.yaml_source import Chunk

        whole = parse(Chunk(1, text), path.name)
        head, chunks = split(text)
        assert chunks is not None and len(chunks) == len(whole.data["items"])
        for n, chunk in enumerate(chunks):
            alone, within = parse(chunk, path.name, entry=True), whole.below(("items", n))
            assert alone.data == within.data and not alone.problems
            assert alone.lines == within.lines


def test_the_page_for_authors_is_true(tmp_path: Path) -> None:
    page = (data_dir() / "questions" / "SCHEMA.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "03-structure.yaml").write_text(example, encoding="utf-8")
    assert check_bank(tmp_path) == []
    from course.questions.kinds import KINDS

    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(KINDS)


@pytest.mark.parametrize("bomb", [
    "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "items:\n  - &x [*x]\n", "items: &x {items: *x}\n",
    "items:\n  - " + "[" * 500 + "]" * 500 + "\n", "items:\n  - " + "{a: " * 300 + "}" * 300 + "\n",
])  # fmt: skip
def test_bombs_do_not_explode(bomb: str) -> None:
    survives(bomb.encode("utf-8"))
