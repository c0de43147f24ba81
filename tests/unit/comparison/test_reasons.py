"""Why an answer is another: told in the words of the inventory, and true."""

from analyzer.assessment import Settings, assess
from analyzer.comparison.changes import Cause, Explanation
from analyzer.comparison.comparing import compare
from analyzer.comparison.snapshot import take
from analyzer.reporting.comparison import sentences
from analyzer.rulebook.loading import load_rulebook
from tests.build import host, inventory, service, wishes

RULES = load_rulebook()


def snapshot(*records, **needs):
    return take(assess(inventory(*records, needs=wishes(**needs)), RULES, Settings()))


def box(**fields):
    return service("x", host="a", runtime="podman", image="nginx:1", **fields)


def test_a_network_is_told_by_the_field_that_changed_and_has_an_effect():
    before = snapshot(host("a"), box(network_mode="host"))
    after = snapshot(host("a"), box(networks=("net",)))
    found = compare(before, after)
    told = {change.field: change.effect for change in found.estate}
    assert set(told) == {"network_mode", "networks"}
    assert told["network_mode"] == told["networks"] is not None


def test_an_effort_budget_is_one_key_whatever_its_unit():
    before = snapshot(host("a"), box(), effort_budget_weeks=6)
    after = snapshot(host("a"), box(), effort_budget_hours=40)
    (change,) = compare(before, after).estate
    assert (change.subject, change.before, change.after) == (
        "effort_budget",
        ("6 weeks",),
        ("40 hours",),
    )
    assert change.effect is not None


def test_what_turned_it_is_named_alone_among_other_changes():
    few = {"planned_hosts": 2, "simplicity": "high", "hours_per_week": 3}
    before = snapshot(host("a"), box(), **few)
    after = snapshot(
        host("a"), box(user="1000"), **few, learning_kubernetes="high", evaluate_first=True
    )
    explained = compare(before, after).explanation
    assert explained is not None
    named = {cause.subject for cause in explained.undone}
    assert named <= {"learning_kubernetes", "evaluate_first"}
    assert explained.undone_smallest


def test_the_same_answer_needs_no_reason():
    one = snapshot(host("a"), box())
    assert compare(one, snapshot(host("a"), box(user="1"))).explanation is None


def test_a_cause_that_may_not_be_shown_says_that_it_changed():
    cause = Cause("service", "x", "command", (), ())
    told = Explanation("recommendation", "inventory", (cause,), True, (), True)
    assert list(sentences.why(told)) == [
        "undo service x: command changed, and the old recommendation is back"
    ]
