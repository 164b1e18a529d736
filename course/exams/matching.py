"""Who goes where, when an item could stand in more than one place: two small algorithms, and nothing of exams in them.

A *unit* is what can be used once in an exam: an item, or several of which only one may stand in an exam (twins). A
*cell* takes a number of items.

    fill([(0,), (0, 1), (1,)], [1, 2])   -> {0: 0, 1: 1, 2: 1}: unit -> cell, as many as fit, earlier units first
    spread(twins, items, need, times)    -> {item: cell}: as many as fit when ``times`` exams are drawn at once

``fill`` grows paths that move units from cell to cell, one unit at a time. The sets of units that can be placed
together are the independent sets of a matroid, so taking units in order, each that still fits, gives the largest number
and, among those, the earliest units.

``spread`` is a maximum flow: twins (at most ``times`` of them, one an exam) -> item (once) -> cell (``times`` x need).
What it places can be dealt out to the exams without a gap: see each place of a cell as a point that takes ``times``
items, one an exam; items join twins to points; no point has more than ``times`` items, and a bipartite graph of that
degree can be painted with ``times`` colors (König). Each color is an exam.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence


def fill(units: Sequence[Sequence[int]], need: Sequence[int]) -> dict[int, int]:
    """``units[n]``: the cells that unit n fits, the one it likes best first; ``need``: places of each cell."""
    inside: list[list[int]] = [[] for _ in need]
    where: dict[int, int] = {}
    closed: set[int] = set()  # full cells from which no place can be reached any more
    left = sum(need)
    for unit, likes in enumerate(units):
        if not left:
            break
        if _place(unit, [cell for cell in likes if cell not in closed], units, need, inside, where, closed):
            left -= 1
    return where


def _place(
    unit: int,
    likes: Sequence[int],
    units: Sequence[Sequence[int]],
    need: Sequence[int],
    inside: list[list[int]],
    where: dict[int, int],
    closed: set[int],
) -> bool:
    """Put a unit into a cell, moving others on where its cells are full. Where it cannot be: False, cells closed."""
    came: dict[int, tuple[int, int | None]] = {cell: (unit, None) for cell in likes}  # cell -> mover, from which cell
    queue = deque(came)
    while queue:
        cell = queue.popleft()
        if len(inside[cell]) < need[cell]:
            at: int | None = cell
            while at is not None:
                mover, before = came[at]
                if before is not None:
                    inside[before].remove(mover)
                inside[at].append(mover)
                where[mover] = at
                at = before
            return True
        for mover in inside[cell]:
            for other in units[mover]:
                if other not in came and other not in closed:
                    came[other] = (mover, cell)
                    queue.append(other)
    closed.update(came)
    return False


def spread(twins: Sequence[int], items: Sequence[Sequence[int]], need: Sequence[int], times: int) -> dict[int, int]:
    """``twins[n]``: the group of item n, of which an exam takes one; ``items[n]``: the cells that item n fits."""
    groups = {name: place for place, name in enumerate(dict.fromkeys(twins))}
    size: dict[int, int] = {}
    for name in twins:
        size[name] = size.get(name, 0) + 1
    first_item, first_cell = 2 + len(groups), 2 + len(groups) + len(items)
    net = _Network(first_cell + len(need))
    for name, place in groups.items():
        net.edge(0, 2 + place, min(times, size[name]))
    for n, cells in enumerate(items):
        net.edge(2 + groups[twins[n]], first_item + n, 1)
        for cell in cells:
            net.edge(first_item + n, first_cell + cell, 1)
    for cell, places in enumerate(need):
        net.edge(first_cell + cell, 1, places * times)
    net.run()
    found = {}
    for n in range(len(items)):
        for edge in net.out[first_item + n]:
            if net.to[edge] >= first_cell and edge % 2 == 0 and net.room[edge] == 0:
                found[n] = net.to[edge] - first_cell
    return found


class _Network:
    """A network of whole numbers from node 0 to node 1. Edge 2n leads on, edge 2n + 1 back (Dinic's algorithm)."""

    def __init__(self, nodes: int) -> None:
        self.out: list[list[int]] = [[] for _ in range(nodes)]
        self.to: list[int] = []
        self.room: list[int] = []

    def edge(self, start: int, end: int, room: int) -> None:
        self.out[start].append(len(self.to))
        self.to.append(end)
        self.room.append(room)
        self.out[end].append(len(self.to))
        self.to.append(start)
        self.room.append(0)

    def run(self) -> None:
        """Push as much as goes through."""
        while (level := self._levels())[1] >= 0:
            following = [0] * len(self.out)
            while self._push(level, following):
                pass

    def _levels(self) -> list[int]:
        level = [-1] * len(self.out)
        level[0] = 0
        queue = deque([0])
        while queue:
            node = queue.popleft()
            for edge in self.out[node]:
                if self.room[edge] and level[self.to[edge]] < 0:
                    level[self.to[edge]] = level[node] + 1
                    queue.append(self.to[edge])
        return level

    def _push(self, level: list[int], following: list[int]) -> bool:
        """One more unit along a shortest path; the path is a list, so that no depth is too deep."""
        path: list[int] = []
        node = 0
        while node != 1:
            edges = self.out[node]
            while following[node] < len(edges):
                edge = edges[following[node]]
                if self.room[edge] and level[self.to[edge]] == level[node] + 1:
                    break
                following[node] += 1
            if following[node] < len(edges):
                path.append(edges[following[node]])
                node = self.to[path[-1]]
            elif path:
                node = self.to[path.pop() ^ 1]
                following[node] += 1
            else:
                return False
        for edge in path:
            self.room[edge] -= 1
            self.room[edge ^ 1] += 1
        return True
