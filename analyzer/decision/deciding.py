"""Facts and Rulebook -> Decision. The one entry of this stage."""

from collections.abc import Mapping
from fractions import Fraction

from analyzer.decision.blocks import conditional_means
from analyzer.decision.flip_sets import flip_sets
from analyzer.decision.flips import Search, single_flips
from analyzer.decision.judging import Judge, Judgement, necessary
from analyzer.decision.model import (
    Answer,
    Confidence,
    Contribution,
    Decision,
    Flip,
    GateResult,
    OptionResult,
    Robustness,
    Unknown,
    Verdict,
)
from analyzer.decision.opening import leaves_an_option, opening, opening_flips
from analyzer.decision.problem import (
    BITS,
    Problem,
    make_problem,
    score,
)
from analyzer.decision.robustness import robustness, weight_flips
from analyzer.facts.catalogue import evaluate
from analyzer.facts.model import Facts
from analyzer.facts.wording import fill
from analyzer.rulebook.conditions import holds
from analyzer.rulebook.model import OPTIONS, Criterion, Option, Rulebook

CLEAR_RADIUS = Fraction(3, 10)
CLOSE_RADIUS = Fraction(15, 100)
CLOSE_SHARE = Fraction(6, 10)
"""Where a verdict is clear, or too close: among 32 public decisions an answer of this kind with a
weight radius of 0.3 or more was nearly always the one taken, below 0.15 hardly ever."""

HALF = Fraction(1, 2)
NEARLY_ALL = Fraction(199, 200)
"""From here on a share of likely answers is told as more than 99 %, because it is not all."""

STARS = ((Fraction(95, 100), 4), (Fraction(8, 10), 3), (Fraction(6, 10), 2))
LEAST_COVERAGE = Fraction(1, 5)
"""Below this share of the weight known, two stars are the most."""

NOTHING_TO_LEAN_ON = Fraction(1, 10)
"""Below this share only base rates speak, and an answer from base rates alone leans on nothing."""


def decide(facts: Facts, rulebook: Rulebook, weights: Mapping[str, int], profile: str) -> Decision:
    """Return the decision for an estate.

    Args:
        facts: every fact; unknown base facts stay open.
        rulebook: criteria, gates and questions.
        weights: coarse integers by criterion id; 0 leaves a criterion out.
        profile: the name of the weights, for the record.
    """
    problem = make_problem(facts, rulebook, weights)
    judge = Judge(problem)
    judgement = judge.judge()
    feasible = judgement.feasible
    robust = robustness(judgement, weights)
    search = Search(problem, judge, facts, rulebook, judgement.winner)
    flips = single_flips(search)
    useful = opening_flips(judge, flips)
    confidence = _confidence(problem, judgement)
    verdict, reason = _verdict(judgement, robust, confidence.known_weight)
    gates = _gates(problem, facts)
    sets = flip_sets(search, {flip.becomes for flip in useful})
    useful_sets = tuple(s for s in sets if leaves_an_option(judge, s.changes))
    return Decision(
        recommended=judgement.winner,
        verdict=verdict,
        verdict_reason=reason,
        feasible=feasible,
        unconstrained=judgement.unconstrained,
        opening="" if feasible else opening(useful, useful_sets, gates),
        options=_options(problem, judgement),
        contributions=_contributions(problem, judgement, facts),
        gates=gates,
        flips=useful,
        flip_sets=useful_sets,
        weight_flips=weight_flips(judgement, weights),
        robustness=robust,
        confidence=confidence,
        unknowns=_unknowns(judge, judgement, rulebook, flips),
        profile=profile,
    )


def answer(facts: Facts, rulebook: Rulebook, weights: Mapping[str, int]) -> Answer:
    """Return only the answer for an estate: that of `decide`, without what would change it."""
    problem = make_problem(facts, rulebook, weights)
    judgement = Judge(problem).judge()
    sure = _confidence(problem, judgement)
    verdict, _ = _verdict(judgement, robustness(judgement, weights), sure.known_weight)
    return Answer(
        recommended=judgement.winner,
        verdict=verdict,
        feasible=judgement.feasible,
        scores=judgement.scores,
        stars=sure.stars,
        questions=len(problem.open),
    )


def _verdict(judgement: Judgement, robust: Robustness, coverage: Fraction) -> tuple[Verdict, str]:
    """Return the verdict and the sentence that justifies it."""
    share = judgement.shares[judgement.winner]
    percent = f"{int(share * 100 + HALF)} %" if share < NEARLY_ALL else "more than 99 %"
    radius = f"±{int(robust.weight_radius * 100)} %"
    if not judgement.feasible:
        return "leaning" if robust.weight_radius >= CLOSE_RADIUS else "too-close-to-call", (
            "nothing that is listed or stated meets what is required; the scores alone say this"
        )
    if share < CLOSE_SHARE:
        return "too-close-to-call", f"it wins in {percent} of the likely answers to what is open"
    if robust.against is not None and robust.weight_radius < CLOSE_RADIUS:
        return "too-close-to-call", f"a change of all weights by {radius} would turn it"
    sure = necessary(judgement)
    if not sure and coverage < NOTHING_TO_LEAN_ON:
        return "too-close-to-call", "hardly anything is known that the answer depends on"
    if judgement.unconstrained != judgement.winner:
        return "leaning", "a stated requirement decides; the scores alone would say otherwise"
    if sure and robust.weight_radius >= CLEAR_RADIUS:
        return (
            "clear",
            f"no answer to what is open turns it, nor any change of weights by {radius}",
        )
    if not sure:
        return "leaning", f"it wins in {percent} of the likely answers, but some answer turns it"
    return "leaning", f"a change of all weights by {radius} is what it survives"


def _options(problem: Problem, judgement: Judgement) -> tuple[OptionResult, ...]:
    """Return the options, the recommended one first, then by score."""
    status = {barrier.gate.id: _status(problem, barrier.gate.id) for barrier in problem.barriers}
    results = []
    for option in OPTIONS:
        own = [b.gate.id for b in problem.barriers if b.mask & BITS[option]]
        results.append(
            OptionResult(
                id=option,
                score=judgement.scores[option],
                low=judgement.low[option],
                high=judgement.high[option],
                share=judgement.shares[option],
                ruled_out_by=tuple(name for name in own if status[name] is True),
                conditional_on=tuple(name for name in own if status[name] is None),
            )
        )
    return tuple(
        sorted(results, key=lambda r: (r.id != judgement.winner, -r.score, OPTIONS.index(r.id)))
    )


def _status(problem: Problem, gate_id: str) -> bool | None:
    """Return whether a gate holds, None where an unknown decides."""
    gate = next(barrier.gate for barrier in problem.barriers if barrier.gate.id == gate_id)
    memo = {**problem.figures, **problem.known, **dict.fromkeys(problem.open)}
    return holds(gate.when, lambda name: evaluate(name, memo))


def _gates(problem: Problem, facts: Facts) -> tuple[GateResult, ...]:
    """Return every gate with its state, tripped ones first."""
    results = []
    for barrier in problem.barriers:
        state = _status(problem, barrier.gate.id)
        results.append(
            GateResult(
                barrier.gate,
                "unknown" if state is None else "tripped" if state else "open",
                fill(barrier.gate.says, facts.values),
                fill(barrier.gate.lifted_by, facts.values),
            )
        )
    order = {"tripped": 0, "unknown": 1, "open": 2}
    return tuple(sorted(results, key=lambda r: (order[r.status], r.gate.id)))


def _contributions(
    problem: Problem, judgement: Judgement, facts: Facts
) -> tuple[Contribution, ...]:
    """Return what every criterion adds, the largest effect on the answer first."""
    results = []
    for weighed in problem.criteria:
        b, t = judgement.expected[weighed.criterion.id]
        known = not any(name in problem.open for name in weighed.base)
        criterion = weighed.criterion
        says = criterion.speaks_for if _speaks_for(criterion, b, t) else criterion.speaks_against
        results.append(
            Contribution(
                criterion=weighed.criterion,
                weight=weighed.weight,
                known=known,
                evidence=b / weighed.weight,
                testing_first=t / weighed.weight,
                scores={o: score(o, b, t) / problem.total_weight for o in OPTIONS},
                text=fill(says, facts.values) if known else f"Open: {weighed.criterion.question}",
            )
        )
    return tuple(
        sorted(results, key=lambda c: (-max(map(abs, c.scores.values())), c.criterion.id))
    )


def _speaks_for(criterion: Criterion, b: Fraction, t: Fraction) -> bool:
    """Return which sentence holds; no evidence at all is the good end of a scale that only costs."""
    if b or t:
        return b > 0 or (b == 0 and t > 0)
    scale = criterion.for_kubernetes or criterion.for_testing_first
    return scale is not None and max(scale.outcomes) <= 0


def _confidence(problem: Problem, judgement: Judgement) -> Confidence:
    """Return stars from the share of likely completions won; coverage apart."""
    share = judgement.shares[judgement.winner]
    coverage = _known_weight(problem)
    stars = next((count for limit, count in STARS if share >= limit), 1)
    if necessary(judgement):
        stars = 5
    if coverage < LEAST_COVERAGE:
        stars = min(stars, 2)
    facts = len(problem.known) + len(problem.open)
    return Confidence(stars, share, len(problem.known), facts, coverage)


def _known_weight(problem: Problem) -> Fraction:
    """Return the share of the weight of criteria of which everything is known."""
    known = sum(
        weighed.weight
        for weighed in problem.criteria
        if not any(name in problem.open for name in weighed.base)
    )
    return Fraction(known, problem.total_weight)


def _unknowns(
    judge: Judge, judgement: Judgement, rulebook: Rulebook, flips: tuple[Flip, ...]
) -> tuple[Unknown, ...]:
    """Return the open questions, those first that can turn the answer, then by swing."""
    turning = {flip.input for flip in flips}
    results = []
    for name in judge.problem.open:
        question = rulebook.questions[name]
        swing = _swing(judge, judgement.winner, name)
        unknown = Unknown(
            name, question.ask, question.key, question.reason, swing, name in turning
        )
        results.append(((name not in turning, -swing, question.rank, name), unknown))
    return tuple(unknown for _, unknown in sorted(results, key=lambda pair: pair[0]))


def _swing(judge: Judge, winner: Option, name: str) -> Fraction:
    """Return how far an answer can move the winner's expected lead over a rival, at most."""
    means = conditional_means(judge.block_of(name), name).values()
    widest = Fraction(0)
    for rival in OPTIONS:
        leads = [score(winner, b, t) - score(rival, b, t) for b, t in means]
        widest = max(widest, max(leads) - min(leads))
    return widest / judge.problem.total_weight
