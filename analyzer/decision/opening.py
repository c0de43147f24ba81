"""Where every option is ruled out: the smallest change that opens one."""

from analyzer.decision.model import Flip, GateResult
from analyzer.decision.problem import BITS, EVERY_OPTION, Problem, gate_holds
from analyzer.rulebook.model import OPTIONS

WEAKENED = "needs.failover"
"""Giving up a requirement opens an option too, but it is the last thing to propose."""


def opening_flips(problem: Problem, flips: tuple[Flip, ...]) -> tuple[Flip, ...]:
    """Return the flips after which some option is left; only these help where none is."""
    return tuple(flip for flip in flips if leaves_an_option(problem, (flip,)))


def leaves_an_option(problem: Problem, flips: tuple[Flip, ...]) -> bool:
    """Return whether some option is not ruled out for certain after all these flips."""
    changed = problem
    for flip in flips:
        changed = changed.with_value(flip.input, flip.after)
    mask = 0
    for barrier in changed.barriers:
        if gate_holds(barrier.gate.when, changed.known, changed.figures):
            mask |= barrier.mask
    return mask != EVERY_OPTION


def opening(problem: Problem, flips: tuple[Flip, ...], gates: tuple[GateResult, ...]) -> str:
    """Return what would open an option.

    First a change of a single input, verified, of what the owner states before what is measured;
    then what lifts the only gate in the way of an option; giving up the requirement comes last.
    """
    useful = opening_flips(problem, flips)
    for prefix in ("needs.", ""):
        for flip in useful:
            if flip.input.startswith(prefix) and flip.input != WEAKENED:
                return f"{flip.text}: then {flip.becomes}"
    tripped = [result for result in gates if result.status == "tripped"]
    for option in reversed(OPTIONS):
        own = [g for g in tripped if BITS[option] & sum(BITS[o] for o in g.gate.rules_out)]
        if len(own) == 1:
            return f"{own[0].lifted_by} Then {option}"
    for flip in useful:
        return f"{flip.text}: then {flip.becomes}"
    return " ".join(dict.fromkeys(result.lifted_by for result in tripped))
