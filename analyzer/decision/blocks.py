"""Unknown facts -> independent blocks, and what each block can add to the scores.

Rules that share an unknown fact are judged together, over every combination of its block's
answers; blocks are independent. So the whole box of unknowns is covered, without samples and
without the product of all answers: extremes add up over blocks, distributions convolve. Sums are
integers over a block's common denominator, hence exact and the same on every machine.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import product
from math import lcm, prod
from typing import NamedTuple

from analyzer.decision.problem import EVERY_OPTION, Barrier, Evaluator, Problem, Weighed
from analyzer.rulebook.model import Value

MAX_COMBINATIONS = 20_000
State = tuple[int, int, int]


class Block(NamedTuple):
    """Unknown facts that some rule ties together, with all rules that rest on any of them."""

    facts: tuple[str, ...]
    criteria: tuple[Weighed, ...]
    barriers: tuple[Barrier, ...]


class Outcome(NamedTuple):
    """One combination of a block's answers: its weight, the two sums and the options ruled out."""

    answers: tuple[Value, ...]
    weight: int
    b: int
    t: int
    mask: int


class BlockResult(NamedTuple):
    """Every outcome of a block, sums over ``scale``; ``states`` are those with any weight.

    ``always`` and ``sometimes`` are the options that it rules out in every and in some outcome,
    ``physical`` and ``perhaps_physical`` those that a limit of the machines does.
    """

    block: Block
    scale: int
    outcomes: tuple[Outcome, ...]
    states: Mapping[State, int]
    always: int
    sometimes: int
    physical: int
    perhaps_physical: int

    @property
    def weight(self) -> int:
        """Return the weight of all outcomes."""
        return sum(self.states.values()) or 1


def split(problem: Problem) -> tuple[Block, list[Block]]:
    """Return the block of everything known, and the blocks of what is not, in order of facts."""
    leader = {name: name for name in problem.open}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    criteria = [(rule, [n for n in rule.base if n in leader]) for rule in problem.criteria]
    barriers = [(rule, [n for n in rule.base if n in leader]) for rule in problem.barriers]
    for names in [names for _, names in criteria] + [names for _, names in barriers]:
        for name in names[1:]:
            first, second = sorted((find(names[0]), find(name)))
            leader[second] = first
    members: dict[str, list[str]] = {"": []}
    for name in sorted(leader):
        members.setdefault(find(name), []).append(name)
    weighed: dict[str, list[Weighed]] = {home: [] for home in members}
    gated: dict[str, list[Barrier]] = {home: [] for home in members}
    for rule, names in criteria:
        weighed[find(names[0]) if names else ""].append(rule)
    for barrier, names in barriers:
        gated[find(names[0]) if names else ""].append(barrier)
    known, *blocks = (
        Block(tuple(names), tuple(weighed[home]), tuple(gated[home]))
        for home, names in members.items()
    )
    return known, blocks


def evaluate_block(block: Block, problem: Problem, evaluator: Evaluator) -> BlockResult:
    """Return every combination of a block's answers; exactly one for the block of the known."""
    choices = [problem.open[name] for name in block.facts]
    if prod(map(len, choices)) > MAX_COMBINATIONS:
        choices = [_ends(answers) for answers in choices]
    values = dict(problem.known)
    changed = problem.changed.union(block.facts)
    raw = []
    scale = 1
    always = physical = EVERY_OPTION
    sometimes = perhaps = 0
    for combination in product(*choices):
        for name, (answer, _) in zip(block.facts, combination, strict=True):
            values[name] = answer
        evidence = [evaluator.evidence(weighed, values, changed) for weighed in block.criteria]
        scale = lcm(scale, *(part.denominator for pair in evidence for part in pair))
        mask, limits = ruled_out(block, values, changed, evaluator)
        always &= mask
        sometimes |= mask
        physical &= limits
        perhaps |= limits
        raw.append((combination, evidence, mask))
    outcomes = []
    states: dict[State, int] = {}
    for combination, evidence, mask in raw:
        b = sum(e.numerator * (scale // e.denominator) for e, _ in evidence)
        t = sum(e.numerator * (scale // e.denominator) for _, e in evidence)
        weight = prod(share for _, share in combination)
        outcomes.append(Outcome(tuple(answer for answer, _ in combination), weight, b, t, mask))
        if weight:
            states[b, t, mask] = states.get((b, t, mask), 0) + weight
    masks = (always, sometimes, physical, perhaps)
    return BlockResult(block, scale, tuple(outcomes), states, *masks)


def ruled_out(
    block: Block, values: Mapping[str, Value], changed: Collection[str], evaluator: Evaluator
) -> tuple[int, int]:
    """Return the options that a block's gates rule out, and those that physical gates do."""
    mask = physical = 0
    for barrier in block.barriers:
        if evaluator.tripped(barrier, values, changed):
            mask |= barrier.mask
            physical |= barrier.mask if barrier.gate.physical else 0
    return mask, physical


def _ends(answers: tuple[tuple[Value, int], ...]) -> tuple[tuple[Value, int], ...]:
    """Return least, likeliest and greatest of numbers, and every level: for blocks too large."""
    numbers = [pair for pair in answers if not isinstance(pair[0], str)]
    if len(numbers) < len(answers):
        return answers
    likeliest = max(numbers, key=lambda pair: pair[1])
    ordered = sorted(numbers)
    return tuple(dict.fromkeys((ordered[0], likeliest, ordered[-1])))


def conditional_means(result: BlockResult, fact: str) -> dict[Value, tuple[Fraction, Fraction]]:
    """Return the expected sums of a block for every answer of one of its facts."""
    place = result.block.facts.index(fact)
    sums: dict[Value, list[int]] = {}
    for outcome in result.outcomes:
        if outcome.weight:
            entry = sums.setdefault(outcome.answers[place], [0, 0, 0])
            entry[0] += outcome.weight
            entry[1] += outcome.weight * outcome.b
            entry[2] += outcome.weight * outcome.t
    return {
        answer: (Fraction(b, weight * result.scale), Fraction(t, weight * result.scale))
        for answer, (weight, b, t) in sums.items()
    }
