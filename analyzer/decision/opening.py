"""Where every option is ruled out: the smallest change that opens one."""

from analyzer.decision.judging import Judge
from analyzer.decision.model import Flip, FlipSet, GateResult
from analyzer.rulebook.model import OPTIONS

WEAKENED = "needs.failover"
"""Giving up a requirement opens an option too, but it is the last thing to propose."""

STATUS_QUO = "enhanced-podman"
"""A gate that rules out staying is the requirement itself: to lift it is to give it up."""


def opening_flips(judge: Judge, flips: tuple[Flip, ...]) -> tuple[Flip, ...]:
    """Return the flips after which some option is left; only these help anybody."""
    return tuple(flip for flip in flips if leaves_an_option(judge, (flip,)))


def leaves_an_option(judge: Judge, flips: tuple[Flip, ...]) -> bool:
    """Return whether requirements can be met by some option after all these flips."""
    changed = judge.problem
    for flip in flips:
        changed = changed.with_value(flip.input, flip.after)
    return judge.is_feasible(changed)


def opening(
    useful: tuple[Flip, ...], sets: tuple[FlipSet, ...], gates: tuple[GateResult, ...]
) -> str:
    """Return what would open an option.

    First a change of a single input, verified, of what the owner states before what is measured;
    then what lifts the only gate in the way of an option, if only one gate stands in any way at
    all; then changes together; giving up the requirement comes last.

    Args:
        useful: flips after which some option is left.
        sets: sets of flips after which some option is left.
        gates: every gate with its state.
    """
    for prefix in ("needs.", ""):
        for flip in useful:
            if flip.input.startswith(prefix) and flip.input != WEAKENED:
                return f"{flip.text}: then {flip.becomes}"
    lifted = _lifted(gates)
    if lifted:
        return lifted
    for found in sets:
        if all(flip.input != WEAKENED for flip in found.changes):
            return f"{'; '.join(flip.text for flip in found.changes)}: then {found.becomes}"
    for flip in useful:
        return f"{flip.text}: then {flip.becomes}"
    return " ".join(dict.fromkeys(g.lifted_by for g in gates if g.status == "tripped"))


def _lifted(gates: tuple[GateResult, ...]) -> str:
    """Return what lifts the only gate in the way of an option, the option farthest away first."""
    tripped = [result for result in gates if result.status == "tripped"]
    for option in reversed(OPTIONS):
        own = [result for result in tripped if option in result.gate.rules_out]
        if len(own) == 1 and STATUS_QUO not in own[0].gate.rules_out:
            return f"{own[0].lifted_by} Then {option}"
    return ""
