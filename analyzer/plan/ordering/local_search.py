"""Better waves by small moves: one group to another wave, two exchanged, two waves exchanged.

Only strict gains count, in a fixed order, so the search ends and repeats itself exactly.
"""

from collections.abc import Collection

from analyzer.plan.ordering.block import Block
from analyzer.plan.ordering.packing import Room

MOST_PARTNERS = 40
"""How many groups of another wave are tried in exchange; matters only for very large waves."""

HUB_DEGREE = 50
"""Groups with more neighbours move by themselves only: trying them costs as many steps."""


class Search:
    """The state of a local search in one block: waves from 0, their members and room."""

    def __init__(
        self, block: Block, wave: list[int], most_work: int, fixed: Collection[int] = ()
    ) -> None:
        """Start from a feasible plan; ``fixed`` groups keep their wave.

        The search stops once ``work``, the dependencies it looked at, exceeds ``most_work``.
        """
        self.block = block
        self.wave = list(wave)
        self.fixed = frozenset(fixed)
        self.work = 0
        self.most_work = most_work
        self._fill()

    def run(self) -> list[int]:
        """Return the waves when nothing gains any more."""
        movers = [group for group in range(len(self.wave)) if group not in self.fixed]
        while self.work <= self.most_work:
            moved = [group for mover in movers for group in self._best_move(mover)]
            gained = self._drop_empty_waves()
            if not self.fixed:
                gained = self._exchange_waves() or gained
            if not moved and not gained:
                break
        return self.wave

    def run_near(self, passes: int) -> list[int]:
        """Return the waves after moving only groups with dependencies inside the block.

        After the first pass only what moved, and its neighbours, are tried again.
        """
        near = self.block.near
        movers = [group for group, others in enumerate(near) if others]
        for _ in range(passes):
            moved = {group for mover in movers for group in self._best_move(mover)}
            self._drop_empty_waves()
            again = moved.union(other for group in moved for other, _ in near[group])
            movers = sorted(group for group in again if near[group])
        return self.wave

    def _fill(self) -> None:
        """Set up the waves' members and room, without empty waves."""
        used = sorted(set(self.wave))
        number = {old: new for new, old in enumerate(used)}
        self.wave = [number[wave] for wave in self.wave]
        self.members: list[list[int]] = [[] for _ in used]
        self.room = [Room(self.block) for _ in used]
        for group, wave in enumerate(self.wave):
            self.members[wave].append(group)
            self.room[wave].take(group)

    def _cost(self, group: int, to: int) -> int:
        """Return what J gains, negative for better, when the group alone goes to a wave."""
        wave, near = self.wave, self.block.near[group]
        at = wave[group]
        self.work += 1 + len(near)
        cost = self.block.pull[group] * (at - to)
        for other, weight in near:
            there = wave[other]
            cost += weight * (abs(to - there) - abs(at - there))
        return cost

    def _best_move(self, group: int) -> tuple[int, ...]:
        """Return the groups moved by the best move or exchange of this group, if any gains."""
        if self.work > self.most_work:
            return ()
        at = self.wave[group]
        best, goal, partner = 0, -1, -1
        for to in self._goals(group):
            cost = self._cost(group, to)
            if self.room[to].fits(group):
                if cost < best:
                    best, goal, partner = cost, to, -1
                continue
            exchange, other = self._best_exchange(group, to, best - cost)
            if other >= 0:
                best, goal, partner = cost + exchange, to, other
        if goal < 0:
            return ()
        self._move(group, goal)
        if partner < 0:
            return (group,)
        self._move(partner, at)
        return group, partner

    def _goals(self, group: int) -> list[int]:
        """Return the waves worth a try: those beside the group's own and those of its neighbours.

        Of a hub's neighbours only the middle one counts, and the waves beside it.
        """
        at, near = self.wave[group], self.block.near[group]
        goals = {self.wave[other] for other, _ in near}
        if len(near) > HUB_DEGREE:
            middle = sorted(self.wave[other] for other, _ in near)[len(near) // 2]
            goals = {middle - 1, middle, middle + 1}
        goals |= {at - 1, at + 1}
        return sorted(to for to in goals if to != at and 0 <= to < len(self.members))

    def _best_exchange(self, group: int, to: int, below: int) -> tuple[int, int]:
        """Return the cost, less than ``below``, and the group that best takes the group's place."""
        at, best = self.wave[group], -1
        here, there = self.room[at], self.room[to]
        here.take(group, -1)
        tie = dict(self.block.near[group])
        for other in self.members[to][:MOST_PARTNERS]:
            if other in self.fixed or len(self.block.near[other]) > HUB_DEGREE:
                continue
            cost = self._cost(other, at)
            if other in tie:
                cost += 2 * tie[other] * abs(at - to)
            if cost < below and here.fits(other):
                there.take(other, -1)
                if there.fits(group):
                    below, best = cost, other
                there.take(other)
        here.take(group)
        return below, best

    def _move(self, group: int, to: int) -> None:
        """Put the group into another wave."""
        at = self.wave[group]
        self.members[at].remove(group)
        self.room[at].take(group, -1)
        self.members[to].append(group)
        self.room[to].take(group)
        self.wave[group] = to

    def _drop_empty_waves(self) -> bool:
        """Return whether there were any."""
        empty = not all(self.members)
        if empty:
            self._fill()
        return empty

    def _exchange_waves(self) -> bool:
        """Return whether exchanging two neighbouring waves gained."""
        gained = False
        for first in range(len(self.members) - 1):
            if self._exchange_cost(first) < 0:
                gained = True
                for group in self.members[first]:
                    self.wave[group] += 1
                for group in self.members[first + 1]:
                    self.wave[group] -= 1
                self.members.insert(first, self.members.pop(first + 1))
                self.room.insert(first, self.room.pop(first + 1))
        return gained

    def _exchange_cost(self, first: int) -> int:
        """Return what J gains, negative for better, when a wave and the next change places."""
        wave, pull, cost = self.wave, self.block.pull, 0
        for sign, number in ((-1, first), (1, first + 1)):
            for group in self.members[number]:
                cost += sign * pull[group]
                self.work += 1 + len(self.block.near[group])
                for other, weight in self.block.near[group]:
                    if wave[other] < first:
                        cost -= sign * weight
                    elif wave[other] > first + 1:
                        cost += sign * weight
        return cost
