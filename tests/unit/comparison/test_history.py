"""A history has a point for each time, a gap for each that cannot be read, and says what turned."""

from analyzer.assessment import Settings, assess
from analyzer.comparison.history import Commit, Gap, make_history
from analyzer.inventory.loading import load_inventory
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.installed import ROOT

RULES = load_rulebook()
HOME = str(ROOT / "examples/home/inventory.yaml")


def at(number):
    return Commit(f"2026-01-0{number}", f"c{number}", f"change {number}")


def estate(*settings):
    return load_inventory([HOME], settings)


def history(*moments):
    return make_history(moments, RULES, Settings())


STAY, LEARN = estate(), estate(("needs.learning_kubernetes", "high"))
HISTORY = history((at(1), STAY), (at(2), "broken"), (at(3), LEARN), (at(4), LEARN), (at(5), STAY))


def test_every_time_is_there():
    assert [moment.commit.short for moment in HISTORY.moments] == ["c1", "c2", "c3", "c4", "c5"]
    assert HISTORY.moments[1] == Gap(at(2), "broken")
    assert [point.recommended for point in HISTORY.points] == [
        "enhanced-podman", "test-cluster", "test-cluster", "enhanced-podman",
    ]  # fmt: skip


def test_what_turned_it_is_found_across_a_gap():
    there, back = HISTORY.turns
    assert (there.commit, there.before, there.after) == (at(3), "enhanced-podman", "test-cluster")
    assert [cause.subject for cause in there.explanation.undone] == ["learning_kubernetes"]
    assert (back.commit, back.after) == (at(5), "enhanced-podman")


def test_figures_are_those_of_the_assessment():
    point, expected = HISTORY.points[0], assess(STAY, RULES, Settings())
    decision = expected.decision
    assert point.services == len(STAY.services)
    assert sum(point.findings.values()) == len(expected.facts.findings)
    assert point.hours == expected.plan.total_hours
    assert (point.verdict, point.stars) == (decision.verdict, decision.confidence.stars)
    assert point.scores == {item.id: item.score for item in decision.options}
    assert point.questions == len(decision.unknowns)


def test_nothing_that_could_be_read():
    found = history((at(1), "broken"))
    assert (found.points, found.turns, found.name) == ((), (), "")
