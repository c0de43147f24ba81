"""Blocks of unknowns -> shares by a Latin hypercube, where exact convolution would take too long.

Every block contributes its answers in exactly their proportions; only how blocks are paired is by
lot, and the lot is a fixed sequence, so the same input gives the same shares on every machine.

Source: M. D. McKay, R. J. Beckman and W. J. Conover, A comparison of three methods for selecting
values of input variables in the analysis of output from a computer code, Technometrics 21(2), 1979;
the sequence is the 64-bit congruential generator of D. E. Knuth's MMIX.
"""

from fractions import Fraction
from typing import NamedTuple
from zlib import crc32

from analyzer.decision.blocks import BlockResult
from analyzer.decision.shares import winner_of
from analyzer.rulebook.model import OPTIONS, Option

SAMPLES = 1_000
SCALE = 27_720
"""Sums are rounded to 1/27,720 of a unit of weight: divisible by every number up to 12."""

Samples = tuple[list[int], list[int], list[int]]


class _Draw(NamedTuple):
    """One block's sums, sample by sample: b and t over `SCALE`, and the options ruled out."""

    b: list[int]
    t: list[int]
    mask: list[int]


def total_of(results: list[BlockResult]) -> Samples:
    """Return the sums over blocks, sample by sample."""
    b, t, mask = [0] * SAMPLES, [0] * SAMPLES, [0] * SAMPLES
    for result in results:
        drawn = draw(result)
        b = [first + second for first, second in zip(b, drawn.b, strict=True)]
        t = [first + second for first, second in zip(t, drawn.t, strict=True)]
        mask = [first | second for first, second in zip(mask, drawn.mask, strict=True)]
    return b, t, mask


def draw(result: BlockResult) -> _Draw:
    """Return a block's samples: its states in their proportions, in an order of its own."""
    states = sorted(result.states.items())
    total = result.weight
    rounded = [
        (b * SCALE // result.scale, t * SCALE // result.scale, mask) for (b, t, mask), _ in states
    ]
    order = permutation(",".join(result.block.facts))
    b, t, masks = [0] * SAMPLES, [0] * SAMPLES, [0] * SAMPLES
    reached, place = 0, -1
    for index in range(SAMPLES):
        while reached * 2 * SAMPLES <= (2 * index + 1) * total and place + 1 < len(states):
            place += 1
            reached += states[place][1]
        b[order[index]], t[order[index]], masks[order[index]] = rounded[place]
    return _Draw(b, t, masks)


def permutation(name: str) -> list[int]:
    """Return the numbers below `SAMPLES` in an order that only the name decides."""
    state = crc32(name.encode())
    keys = []
    for index in range(SAMPLES):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        keys.append((state >> 20, index))
    return [index for _, index in sorted(keys)]


def sampled_shares(
    rest: Samples, changed: list[BlockResult], known: BlockResult, fixed_mask: int | None = None
) -> dict[Option, Fraction]:
    """Return the share of the samples that each option wins, what is known added on top."""
    b, t, masks = rest
    if changed:
        more = total_of(changed)
        b = [first + second for first, second in zip(b, more[0], strict=True)]
        t = [first + second for first, second in zip(t, more[1], strict=True)]
        masks = [first | second for first, second in zip(masks, more[2], strict=True)]
    base = known.outcomes[0]
    base_b, base_t = base.b * SCALE // known.scale, base.t * SCALE // known.scale
    won = dict.fromkeys(OPTIONS, 0)
    for more_b, more_t, mask in zip(b, t, masks, strict=True):
        ruled_out = mask | base.mask if fixed_mask is None else fixed_mask
        winner = winner_of(more_b + base_b, more_t + base_t, ruled_out)
        if winner is not None:
            won[winner] += 1
    return {option: Fraction(count, SAMPLES) for option, count in won.items()}
