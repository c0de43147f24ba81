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


def assessed(*settings):
    return assess(load_inventory([HOME], settings), RULES, Settings())


STAY, LEARN = assessed(), assessed(("needs.learning_kubernetes", "high"))
HISTORY = make_history(
    [(at(1), STAY), (at(2), "broken"), (at(3), LEARN), (at(4), LEARN), (at(5), STAY)]
)


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
    point = HISTORY.points[0]
    assert point.services == len(STAY.inventory.services)
    assert sum(point.findings.values()) == len(STAY.facts.findings)
    assert point.hours == STAY.plan.total_hours


def test_nothing_that_could_be_read():
    found = make_history([(at(1), "broken")])
    assert (found.points, found.turns, found.name) == ((), (), "")
