"""Sentences about changes: short, with places, and without what is empty."""

from fractions import Fraction

from analyzer.comparison.changes import EstateChange, WaveMove
from analyzer.reporting.comparison import sentences

EFFECT = {
    "enhanced-podman": Fraction(-1, 10),
    "test-cluster": Fraction(0),
    "incremental": Fraction(1, 10),
}


def change(part, subject, field, before, after, **more):
    return sentences.change(
        EstateChange(part, subject, field, before, after, "a:1", "b:2", **more)
    )


def test_a_scalar_goes_from_one_to_the_other():
    assert change("need", "failover", "", ("none",), ("required",)) == (
        "needs.failover none → required (b:2)"
    )
    assert (
        change("service", "x", "image", (), ("a:1",)) == "service x: image not stated → a:1 (b:2)"
    )


def test_of_a_list_what_came_and_went():
    found = change("service", "x", "ports", ("1:1/tcp", "2:2/tcp"), ("2:2/tcp", "3:3/tcp"))
    assert found == "service x: ports +3:3/tcp, −1:1/tcp (b:2)"


def test_the_largest_effect_is_said_once_and_ties_go_to_kubernetes():
    assert change("host", "nuc", "", (), ("amd64",), effect=EFFECT) == (
        "host nuc new (amd64); incremental +0.10 (b:2)"
    )


def test_what_is_private_is_not_shown():
    assert change("service", "x", "command", (), (), private=True) == (
        "service x: command changed (not shown) (b:2)"
    )


def test_quiet_changes_are_counted_by_field():
    quiet = [
        EstateChange(
            "service",
            name,
            field,
            ("a",),
            ("b",),
            "",
            "",
            effect=dict.fromkeys(EFFECT, Fraction(0)),
        )
        for name, field in (("x", "image"), ("y", "image"), ("z", "user"))
    ]
    assert all(map(sentences.is_quiet, quiet))
    assert sentences.quiet(quiet) == "image of 2 services, user of 1 service"


def test_waves():
    moves = [
        WaveMove("a", None, 2),
        WaveMove("b", 1, None),
        WaveMove("c", 1, 2),
        WaveMove("d", 2, 2),
    ]
    assert list(sentences.waves(moves)) == [
        "a: not moving → wave 2",
        "b: wave 1 → not moving",
        "c: wave 1 → wave 2",
        "d: still wave 2, without most of its former company",
    ]
