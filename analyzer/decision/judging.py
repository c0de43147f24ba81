"""A problem -> its judgement: scores, intervals, shares, winner.

The decision is taken many times over while looking for what would flip it, so a `Judge` remembers
what each block of unknowns came to, and the distribution of those that a change left alone.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from analyzer.decision.blocks import Block, BlockResult, Outcome, evaluate_block, ruled_out, split
from analyzer.decision.extremes import leader, least, mean, scorer, union
from analyzer.decision.problem import (
    BITS,
    EVERY_OPTION,
    Barrier,
    Evaluator,
    Problem,
    Weighed,
    score,
)
from analyzer.decision.sampling import Samples, sampled_shares, total_of
from analyzer.decision.shares import (
    Spread,
    arranged,
    most_likely,
    product_of,
    shares_of,
)
from analyzer.rulebook.model import OPTIONS, Option, Value

_Key = tuple[object, ...]

MOSTLY = Fraction(1, 2)
"""Requirements count as met by some option where they are in at least this share of the likely
completions; below it the honest answer is that nothing here meets them."""


class Judgement(NamedTuple):
    """What the rules say about one problem.

    ``scores`` are expected values over the base rates, ``low``/``high`` the extremes over every
    answer. ``worst_margin[a, b]`` is the least that a is ahead of b in any completion.
    ``always_out``/``sometimes_out`` are bits of options ruled out in every/some completion.
    ``not_running`` are those no longer in the race, ``could_drop_out`` those that an answer could
    take out of it: the same, unless everything is ruled out; then limits of the machines count.
    ``feasible`` is false where nothing, or hardly anything, is left in the race.
    ``expected`` holds weight times *b* and *t* by criterion id.
    """

    winner: Option
    feasible: bool
    shares: Mapping[Option, Fraction]
    unconstrained: Option
    scores: Mapping[Option, Fraction]
    low: Mapping[Option, Fraction]
    high: Mapping[Option, Fraction]
    worst_margin: Mapping[tuple[Option, Option], Fraction]
    always_out: int
    sometimes_out: int
    not_running: int
    could_drop_out: int
    expected: Mapping[str, tuple[Fraction, Fraction]]


class Outlook(NamedTuple):
    """The cheap part of a judgement: expected scores and what is ruled out in every completion."""

    scores: Mapping[Option, Fraction]
    always_out: int


class Judge:
    """Judges one problem and its variations."""

    def __init__(self, problem: Problem) -> None:
        """Evaluate the problem's blocks once."""
        self.problem = problem
        self._evaluator = Evaluator(problem.figures)
        self._results: dict[_Key, BlockResult] = {}
        self._products: dict[tuple[_Key, ...], Spread | Samples] = {}
        self._split = split(problem)
        self._sums = _sums(self._split[0].criteria, problem, self._evaluator)
        home = self._blocks(problem)[1]
        self._home = {key for key, _ in home}
        self._too_many = product_of(result for _, result in home) is None

    def _blocks(self, problem: Problem) -> tuple[BlockResult, list[tuple[_Key, BlockResult]]]:
        """Return the result of what is known, and key and result of every open block.

        A change of something known leaves the blocks as they are, and of the known rules only
        those are evaluated that read it.
        """
        same = len(problem.open) == len(self.problem.open)
        known, blocks = self._split if same else split(problem)
        found = []
        for block in blocks:
            key = _key(block, problem)
            result = self._results.get(key)
            if result is None:
                result = evaluate_block(block, problem, self._evaluator)
                self._results[key] = result
            found.append((key, result))
        if same:
            return self._known(known, problem), found
        return evaluate_block(known, problem, self._evaluator), found

    def _known(self, block: Block, problem: Problem) -> BlockResult:
        """Return the result of the known block after a change of some of its facts."""
        changed = problem.changed
        b, t = self._sums
        for weighed in block.criteria:
            if not changed.isdisjoint(weighed.base):
                old = self._evaluator.evidence(weighed, self.problem.known, ())
                new = self._evaluator.evidence(weighed, problem.known, changed)
                b, t = b + new[0] - old[0], t + new[1] - old[1]
        mask, physical = ruled_out(block, problem.known, changed, self._evaluator)
        scale = lcm(b.denominator, t.denominator)
        sums = (int(b * scale), int(t * scale), mask)
        masks = (mask, mask, physical, physical)
        return BlockResult(block, scale, (Outcome((), 1, *sums),), {sums: 1}, *masks)

    def _shares(
        self, known: BlockResult, blocks: list[tuple[_Key, BlockResult]], mask: int | None
    ) -> dict[Option, Fraction]:
        """Return the shares of the options, exactly where the box is small enough.

        What a change left alone is remembered, so that a variation costs its own blocks only.
        """
        kept = [(key, result) for key, result in blocks if key in self._home]
        changed = [result for key, result in blocks if key not in self._home]
        name = tuple(key for key, _ in kept)
        if name not in self._products:
            rest = None if self._too_many else product_of(result for _, result in kept)
            if rest is None:
                self._products[name] = total_of([result for _, result in kept])
            else:
                self._products[name] = arranged(rest)
        remembered = self._products[name]
        if isinstance(remembered, Spread):
            own = product_of(changed)
            if own is not None:
                return shares_of(remembered, own, known, mask)
            remembered = total_of([result for _, result in kept])
        return sampled_shares(remembered, changed, known, mask)

    def winner(self, problem: Problem) -> Option:
        """Return only which option wins a variation."""
        known, blocks = self._blocks(problem)
        out, _, found = self._race(known, blocks)
        return most_likely(found, out)

    def is_feasible(self, problem: Problem) -> bool:
        """Return whether some option meets what is required in most of the likely completions."""
        return self._race(*self._blocks(problem))[1] is None

    def _race(
        self, known: BlockResult, blocks: list[tuple[_Key, BlockResult]]
    ) -> tuple[int, int | None, dict[Option, Fraction]]:
        """Return who is out of the race, the mask to judge by instead of the gates, and the shares.

        Where everything is ruled out for certain, or in most of the likely completions, the gates
        leave nothing to recommend: then the scores alone decide, among the options that no limit
        of the machines rules out.
        """
        results = [known, *(result for _, result in blocks)]
        out = union(result.always for result in results)
        if out != EVERY_OPTION:
            found = self._shares(known, blocks, None)
            if sum(found.values()) >= MOSTLY:
                return out, None, found
        physical = union(result.physical for result in results)
        physical = 0 if physical == EVERY_OPTION else physical
        return physical, physical, self._shares(known, blocks, physical)

    def outlook(self, problem: Problem) -> Outlook:
        """Return a variation's expected scores and what is always ruled out."""
        known, blocks = self._blocks(problem)
        results = [known, *(result for _, result in blocks)]
        b = sum((mean(result)[0] for result in results), Fraction(0)) / problem.total_weight
        t = sum((mean(result)[1] for result in results), Fraction(0)) / problem.total_weight
        return Outlook({o: score(o, b, t) for o in OPTIONS}, union(r.always for r in results))

    def judge(self) -> Judgement:
        """Return the full judgement of the problem itself."""
        problem = self.problem
        known, blocks = self._blocks(problem)
        results = [known, *(result for _, result in blocks)]
        out, mask, found = self._race(known, blocks)
        return Judgement(
            winner=most_likely(found, out),
            feasible=mask is None,
            shares=found,
            unconstrained=most_likely(self._shares(known, blocks, 0), 0),
            scores=self.outlook(problem).scores,
            low={o: least(problem, results, scorer(o)) for o in OPTIONS},
            high={o: -least(problem, results, scorer(o, sign=-1)) for o in OPTIONS},
            worst_margin={
                (a, b): least(problem, results, leader(a, b))
                for a in OPTIONS
                for b in OPTIONS
                if a != b
            },
            always_out=union(result.always for result in results),
            sometimes_out=union(result.sometimes for result in results),
            not_running=out,
            could_drop_out=_could_drop_out(results, mask),
            expected=self._expected(results),
        )

    def _expected(self, results: list[BlockResult]) -> dict[str, tuple[Fraction, Fraction]]:
        """Return the expected weighed evidence of every criterion, in order of id."""
        expected: dict[str, tuple[Fraction, Fraction]] = {}
        for result in results:
            values: dict[str, Value] = dict(self.problem.known)
            for weighed in result.block.criteria:
                sums = [Fraction(0), Fraction(0)]
                for outcome in result.outcomes:
                    if outcome.weight:
                        values.update(zip(result.block.facts, outcome.answers, strict=True))
                        b, t = self._evaluator.evidence(weighed, values, result.block.facts)
                        sums[0] += b * outcome.weight
                        sums[1] += t * outcome.weight
                total = result.weight
                expected[weighed.criterion.id] = (sums[0] / total, sums[1] / total)
        return dict(sorted(expected.items()))

    def block_of(self, fact: str) -> BlockResult:
        """Return the result of the block that an unknown fact belongs to."""
        _, blocks = self._blocks(self.problem)
        return next(result for _, result in blocks if fact in result.block.facts)


def _sums(
    criteria: Iterable[Weighed], problem: Problem, evaluator: Evaluator
) -> tuple[Fraction, Fraction]:
    """Return the sums of weighted *b* and *t* over criteria of which everything is known."""
    pairs = [evaluator.evidence(weighed, problem.known, ()) for weighed in criteria]
    return sum((b for b, _ in pairs), Fraction(0)), sum((t for _, t in pairs), Fraction(0))


def _key(block: Block, problem: Problem) -> _Key:
    """Return what a block's result depends on: its unknowns and the known facts of its rules."""
    rules: list[Weighed | Barrier] = [*block.criteria, *block.barriers]
    names = sorted({name for rule in rules for name in rule.base})
    return (block.facts, *(problem.known.get(name) for name in names))


def _could_drop_out(results: list[BlockResult], mask: int | None) -> int:
    """Return the options that some answer takes out of the race."""
    if mask is None:
        return union(result.sometimes for result in results)
    if union(result.always for result in results) != EVERY_OPTION:
        return EVERY_OPTION  # an answer may yet open one, and close what the scores alone say
    return union(result.perhaps_physical for result in results)


def necessary(judgement: Judgement) -> bool:
    """Return whether the winner wins in every completion of the unknowns.

    No answer may take it out of the race, and it must be ahead of every rival in the race even
    where that is hardest; equal is enough where it wins ties.
    """
    if judgement.could_drop_out & BITS[judgement.winner]:
        return False
    for rival in OPTIONS:
        if rival == judgement.winner or judgement.not_running & BITS[rival]:
            continue
        margin = judgement.worst_margin[judgement.winner, rival]
        wins_ties = OPTIONS.index(judgement.winner) < OPTIONS.index(rival)
        if margin < 0 or (margin == 0 and not wins_ties):
            return False
    return True
