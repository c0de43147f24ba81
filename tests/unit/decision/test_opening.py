from analyzer.decision.judging import Judge
from analyzer.decision.opening import leaves_an_option, opening_flips
from analyzer.rulebook.model import OPTIONS
from tests.unit.decision.small import (
    CURIOUS,
    GROWTH,
    at_least,
    decided,
    facts,
    gate,
    problem,
    question,
    rulebook,
)

ASK_X = question("x", {0: 1, 4: 1})
PODMAN, TEST, MOVE = OPTIONS
REQUIRED = gate("required", [PODMAN, TEST], at_least("r", 1))
NO_ROOM = gate("no-room", [MOVE], at_least("z", 1), physical=True)
RULES = rulebook(GROWTH, CURIOUS, ASK_X, question("z", {0: 1, 1: 1}), REQUIRED, NO_ROOM)


def test_a_change_that_leaves_nothing_is_no_change_of_the_answer():
    """Where staying and testing are ruled out, losing the room to move leads to neither."""
    bound = facts(x=4, y="no", r=1, z=0)
    assert decided(RULES, bound).recommended == MOVE
    assert [flip.input for flip in decided(RULES, bound).flips] == []
    free = facts(x=4, y="no", r=0, z=0)
    (flip,) = [flip for flip in decided(RULES, free).flips if flip.input == "z"]
    assert flip.becomes in OPTIONS
    assert leaves_an_option(Judge(problem(RULES, free)), (flip,))
    assert not leaves_an_option(Judge(problem(RULES, bound)), (flip,))
    assert opening_flips(Judge(problem(RULES, bound)), (flip,)) == ()
