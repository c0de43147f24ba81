"""Typed access to one rule: values, and every problem at its place."""

from fractions import Fraction

import pytest

from analyzer.rulebook.reader import rational
from analyzer.tree import Quoted
from tests.unit.rulebook.trees import brief, reader_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("0.25", Fraction(1, 4)),
        ("-1/2", Fraction(-1, 2)),
        ("1/0", None),
        ("1e9", None),
        ("1E999", None),
        ("nan", None),
        ("high", None),
        ("", None),
        ("9" * 25, None),
        (Quoted("3"), None),
        (3, None),
    ],
)
def test_only_a_plain_short_scalar_is_a_number(text, number):
    assert rational(text) == number


def test_values_of_every_kind():
    reader = reader_of("t: ' a\n  b '\nn: 1/3\nc: low\nl: [x, y]\ns: z\nf: true\nm: {k: v}\n")
    assert reader.text("t") == "a b"
    assert reader.number("n") == Fraction(1, 3)
    assert reader.choice("c", ("high", "low")) == "low"
    assert (reader.texts("l"), reader.texts("s")) == (("x", "y"), ("z",))
    assert reader.flag("f") is True
    assert reader.child("m").text("k") == "v"
    reader.close()
    assert reader.problems == []


def test_what_may_be_absent_is_absent_without_a_word():
    reader = reader_of("a: 1\n")
    assert reader.text("t", required=False) == ""
    assert reader.number("n", default=Fraction(7)) == 7
    assert reader.choice("c", ("x", "y"), default="y") == "y"
    assert reader.texts("l", required=False) == ()
    assert reader.flag("f") is None
    assert reader.child("m", required=False) is None
    assert reader.problems == []


def test_what_must_not_be_absent_is_reported_at_the_mapping():
    reader = reader_of("\na: 1\n")
    reader.text("t")
    reader.number("n")
    reader.choice("c", ("x", "y"))
    reader.texts("l")
    reader.child("m")
    list(reader.children("k"))
    assert brief(reader.problems) == [(2, key, "missing") for key in "tnclmk"]


@pytest.mark.parametrize(
    ("read", "value", "result", "what"),
    [
        (lambda r: r.text("k"), "[a]", "", "not a text"),
        (lambda r: r.number("k"), "lots", 0, "'lots' is no number"),
        (lambda r: r.choice("k", ("x", "y")), "z", "x", "'z' is none of x, y"),
        (lambda r: r.texts("k"), "[a, {b: c}]", (), "not a list of texts"),
        (lambda r: r.texts("k"), "{a: b}", (), "not a list of texts"),
        (lambda r: r.flag("k"), "maybe", False, "'maybe' is neither true nor false"),
        (lambda r: r.child("k"), "[a]", None, "not a mapping"),
        (lambda r: list(r.children("k")), "[a]", [], "not a list of mappings"),
    ],
)
def test_what_is_of_the_wrong_kind_is_reported_at_its_key(read, value, result, what):
    reader = reader_of(f"other: 1\nk: {value}\n")
    assert read(reader) == result
    assert brief(reader.problems) == [(2, "k", what)]
    assert reader.problems[0].remedy


def test_children_know_their_path():
    reader = reader_of("list:\n  - {a: 1}\n  - {b: {c: 2}}\n")
    first, second = reader.children("list")
    first.close()
    inner = second.child("b")
    inner.text("d")
    assert brief(reader.problems) == [
        (2, "list[0].a", "unknown key"),
        (3, "list[1].b.d", "missing"),
    ]


def test_one_mapping_stands_for_a_list_of_one():
    (only,) = reader_of("k: {a: b}\n").children("k")
    assert only.text("a") == "b"


def test_a_key_that_nothing_asks_for_is_reported_with_those_that_are_known():
    reader = reader_of("a: 1\nb: 2\n")
    reader.text("a")
    reader.text("c", required=False)
    reader.close()
    assert brief(reader.problems) == [(2, "b", "unknown key")]
    assert reader.problems[0].remedy == "known: a, c"


def test_a_rule_knows_its_place():
    assert str(reader_of("\n\nid: x\n").source) == "rules/criteria/test/x.yaml:3"
