"""Two hundred kernels killed at random moments of an exam: every change that was acknowledged is there."""

from __future__ import annotations

import os
import random
import select
import signal
import tempfile
import time
from pathlib import Path

import pytest

from course.exams.sitting import Sitting
from course.learner.records import Kept
from course.learner.store import Store, open_store

from .conftest import FAST, START, after, bank_of, form_of

KILLS = 200

#: Kernels that run at the same time; each pair of them has the same exam open on two pages.
AT_ONCE = 4

#: After so many rounds of them another program opens the files and looks, and new exams are begun.
ROUNDS = 10


def fork(sitting: Sitting, number: int) -> tuple[int, int]:
    """A kernel in which answers are changed until it is killed: its process id, and the end of a pipe from which
    ``place:value`` can be read once a change is acknowledged.

    Of two pages each writes to places of its own and counts up, so that what must be there is the last value it told.
    """
    told_in, told_out = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            for count in range(1, 10_000):
                place, value = 2 * (count % 4) + number % 2, f"{number}.{count}"
                if sitting.change(place, "response", value, after(number)) is Kept.SAVED:
                    os.write(told_out, f"{place}:{value}\n".encode())
        finally:
            os._exit(9)
    os.close(told_out)
    return child, told_in


def kill(child: int, told: int) -> dict[int, str]:
    """Kill it (SIGKILL) and give the last value it told for each place."""
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    with os.fdopen(told, encoding="ascii") as pipe:
        whole = pipe.read().split("\n")[:-1]  # a line cut off by the kill was not an acknowledgement that anyone read
    return {int(place): value for place, _, value in (line.partition(":") for line in whole)}


def order(value: str) -> tuple[int, int]:
    """Which kernel, and which of its changes."""
    number, _, count = value.partition(".")
    return int(number), int(count)


def look(store: Store, expected: dict[str, dict[int, str]]) -> None:
    """In another program: everything that was told is there, and either file alone would have been enough."""
    assert store.warning is None
    for sitting_id, must in expected.items():
        items = Sitting.open(store, sitting_id, now=START).state(START)["items"]
        for place, value in must.items():
            assert order(items[place]["response"]) >= order(value)
    assert {one.uid for one in store.events()} == store.vault.twin.read().records.keys()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_two_hundred_kills_lose_no_acknowledged_change() -> None:
    rng = random.Random(7)
    told = killed = 0
    form = form_of(bank_of())
    with tempfile.TemporaryDirectory(dir=FAST) as place:
        while killed < KILLS:
            store = open_store(Path(place) / str(killed))
            sittings = [Sitting.begin(store, form, now=START) for _ in range(AT_ONCE // 2)]
            expected: dict[str, dict[int, str]] = {one.id: {} for one in sittings}
            for _ in range(ROUNDS):
                kernels = [(sittings[n // 2], *fork(sittings[n // 2], killed + n)) for n in range(AT_ONCE)]
                for sitting, child, pipe in kernels:
                    select.select([pipe], [], [], rng.choice([0.003, 0.003, 1]))  # many die before their first word
                    time.sleep(rng.uniform(0.0, 0.004))
                    last = kill(child, pipe)
                    expected[sitting.id] |= last
                    told += len(last)
                    killed += 1
            look(open_store(store.folder), expected)
    assert killed >= KILLS and told >= KILLS / 4
