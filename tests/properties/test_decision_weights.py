"""What weights, gates and the order of files can and cannot do to an answer."""

from fractions import Fraction
from itertools import product
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analyzer.decision.judging import Judge
from analyzer.decision.problem import make_problem, score
from analyzer.decision.robustness import rivals, robustness, weight_flips
from analyzer.rulebook import files, loading
from analyzer.rulebook.model import OPTIONS, Comparison, Gate
from analyzer.tree import Map, Seq
from tests.properties.estates import PROFILES, base_facts, facts_of, judge_of, rulebook, weights

PODMAN, TEST, MOVE = OPTIONS
profiles = st.sampled_from(PROFILES)
FEWER = settings(max_examples=25)


def weighed(values, own):
    return Judge(make_problem(facts_of(values), rulebook(), own)).judge()


@FEWER
@given(base_facts(), profiles, st.integers(2, 20))
def test_all_weights_times_k_change_nothing(values, profile, k):
    once = weighed(values, weights(profile))
    more = {name: weight * k for name, weight in weights(profile).items()}
    times = weighed(values, more)
    assert times.winner == once.winner
    assert (times.scores, times.low, times.high) == (once.scores, once.low, once.high)
    one, other = robustness(once, weights(profile)), robustness(times, more)
    assert (one.weight_radius, one.against) == (other.weight_radius, other.against)
    assert abs(one.weight_share_low - other.weight_share_low) <= Fraction(1, 10**5)


@FEWER
@given(base_facts(), profiles, st.sampled_from(sorted(weights("homelab"))))
def test_a_criterion_of_weight_0_is_as_good_as_absent(values, profile, name):
    without = {key: weight for key, weight in weights(profile).items() if key != name}
    rest = rulebook()._replace(
        criteria={key: one for key, one in rulebook().criteria.items() if key != name}
    )
    zero = weighed(values, {**without, name: 0})
    gone = Judge(make_problem(facts_of(values), rest, without)).judge()
    assert zero == gone


@given(base_facts(), profiles, st.sampled_from(OPTIONS))
def test_ruling_one_option_out_leaves_the_order_of_the_others(values, profile, option):
    """The scores' order always; the winner's where nothing is open.

    Where something is, the winner is what wins most completions, and those that the option won
    before may fall to the second rather than to the first.
    """
    always = Comparison("hosts.count", "at_least", 1)
    like = rulebook().gates["bootstrap-cycle"]
    barred = Gate("barred", "", (option,), always, "", "", "", (), like.source)
    free = rulebook()._replace(gates={})
    shut = free._replace(gates={"barred": barred})
    before = Judge(make_problem(facts_of(values), free, weights(profile))).judge()
    after = Judge(make_problem(facts_of(values), shut, weights(profile))).judge()
    assert after.scores == before.scores
    assert after.shares[option] == 0
    assert after.winner != option
    if before.winner != option and not any(
        v is None or isinstance(v, tuple) for v in values.values()
    ):
        assert after.winner == before.winner
        assert robustness(after, weights(profile)).weight_radius >= (
            robustness(before, weights(profile)).weight_radius
        )


def ahead(judgement, rival, factors):
    """Return how far the winner is ahead of a rival when weights are multiplied."""
    return sum(
        factors[name] * (score(judgement.winner, b, t) - score(rival, b, t))
        for name, (b, t) in judgement.expected.items()
    )


@given(base_facts(), profiles, st.integers(0, 2**32))
def test_no_change_of_all_weights_within_the_radius_turns_the_expected_scores(
    values, profile, seed
):
    random = Random(seed)  # noqa: S311 - drawn by hypothesis
    found = judge_of(values, profile).judge()
    radius = robustness(found, weights(profile)).weight_radius
    assume(radius > 0)
    inside = radius * Fraction(999, 1000)
    for _ in range(20):
        factors = {
            name: 1 + inside * random.choice((-1, 1, Fraction(random.randint(-100, 100), 100)))
            for name in found.expected
        }
        assert all(ahead(found, rival, factors) > 0 for rival in rivals(found))


@given(base_facts(), profiles)
def test_just_beyond_the_radius_some_change_of_weights_turns_them(values, profile):
    found = judge_of(values, profile).judge()
    robust = robustness(found, weights(profile))
    assume(robust.against is not None)
    assume(robust.weight_radius < 1)
    beyond = robust.weight_radius + Fraction(1, 1000)
    worst = {}
    for name, (b, t) in found.expected.items():
        gain = score(found.winner, b, t) - score(robust.against, b, t)
        worst[name] = 1 - beyond * (1 if gain > 0 else -1)
    assert ahead(found, robust.against, worst) < 0


@FEWER
@given(base_facts(unknown=0), profiles)
def test_with_everything_known_the_radius_is_of_the_decision_itself(values, profile):
    """Weights in tenths of a percent, moved to the worst corner and its mirror image."""
    own = {name: weight * 1000 for name, weight in weights(profile).items()}
    found = weighed(values, own)
    robust = robustness(found, own)
    assume(0 < robust.weight_radius < 1)
    for step, turned in ((Fraction(-1, 100), False), (Fraction(1, 100), True)):
        change = robust.weight_radius + step
        assume(0 < change < 1)
        moved = {}
        for name, (b, t) in found.expected.items():
            gain = score(found.winner, b, t) - score(robust.against, b, t)
            moved[name] = int(own[name] * (1 - change * (1 if gain > 0 else -1)))
        assert (weighed(values, moved).winner != found.winner) == turned


@FEWER
@given(base_facts(unknown=0), profiles)
def test_each_weight_that_is_said_to_turn_it_does(values, profile):
    own = {name: weight * 1000 for name, weight in weights(profile).items()}
    found = weighed(values, own)
    for flip in weight_flips(found, own):
        toward = 1 if flip.flips_at > flip.weight else -1
        past = max(0, int(flip.flips_at) + 2 * toward)
        changed = weighed(values, {**own, flip.criterion: past}).scores
        assert changed[flip.becomes] >= changed[found.winner] or past == 0


@settings(max_examples=15)
@given(base_facts(), profiles, st.integers(0, 2**32))
def test_the_share_of_weightings_agrees_with_drawing_them(values, profile, seed):
    """Uniform on the simplex: exponential variates over their sum; 400 draws, 4 sigma is 10 %."""
    found = judge_of(values, profile).judge()
    robust, random = robustness(found, weights(profile)), Random(seed)  # noqa: S311 - drawn
    own = weights(profile)
    gains = [
        [
            float((score(found.winner, b, t) - score(r, b, t)) / own[n])
            for n, (b, t) in found.expected.items()
        ]
        for r in rivals(found)
    ]
    won = 0
    for _ in range(400):
        drawn = [random.expovariate(1) for _ in found.expected]
        won += all(sum(w * g for w, g in zip(drawn, row, strict=True)) > 0 for row in gains)
    assert (
        float(robust.weight_share_low) - 0.1 <= won / 400 <= float(robust.weight_share_high) + 0.1
    )


def reversed_tree(node):
    """Return a tree with every mapping's keys the other way round; lists keep their order."""
    if isinstance(node, Map):
        turned = Map(node.mark)
        turned.marks = list(reversed(node.marks))
        turned.update((key, reversed_tree(node[key])) for key in reversed(node))
        return turned
    if isinstance(node, Seq):
        turned = Seq(node.mark)
        turned.marks = node.marks
        turned.extend(map(reversed_tree, node))
        return turned
    return node


def test_the_order_of_rule_files_and_keys_changes_nothing(monkeypatch, tmp_path):
    trees = files.shipped_trees()
    turned = {path: reversed_tree(trees[path]) for path in reversed(trees)}
    monkeypatch.setattr(loading, "COMPILED", tmp_path / "none")
    monkeypatch.setattr(loading, "shipped_trees", lambda: turned)
    other = loading.load_rulebook()
    for kind in ("criteria", "gates", "findings", "questions", "profiles", "figures", "images"):
        assert list(getattr(other, kind)) == list(getattr(rulebook(), kind))
    assert (
        other.questions["needs.failover"].answers[0]
        != (rulebook().questions["needs.failover"].answers[0])
    )
    known = {"hosts.count": 2, "hosts.listed": 2, "needs.effort_budget_weeks": 0}
    known |= {"needs.effort_budget_hours": 0}
    known |= {"recovery.required": "no", "bootstrap.cycles": 0}
    for profile, servers in product(PROFILES, (0, 2)):
        facts = facts_of({**known, "hosts.servers": servers})
        kept = Judge(make_problem(facts, rulebook(), weights(profile))).judge()
        same = Judge(make_problem(facts, other, other.profiles[profile].weights)).judge()
        assert same == kept
