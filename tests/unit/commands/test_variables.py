"""Values to try: ranges, lists, what is quoted, and what is unknown."""

import click
import pytest

from analyzer.commands.variables import variables


def values(text, key="needs.planned_hosts"):
    return variables(((key, text),))[0].values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3..6", ("3", "4", "5", "6")),
        ("0..10/5", ("0", "5", "10")),
        ("2,4..5", ("2", "4", "5")),
        ("none,wanted", ("none", "wanted")),
        (",none", ("", "none")),
        ("", ("",)),
        ("[a, b],[c]", ("[a, b]", "[c]")),
        ('"a,b",c', ('"a,b"', "c")),
        ("{a: 1, b: 2}", ("{a: 1, b: 2}",)),
        ("2,2,3", ("2", "3")),
        ("1.5", ("1.5",)),
    ],
)
def test_values(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize("text", ["6..3", "1..5/0", "0..999999"])
def test_ranges_that_are_none(text):
    with pytest.raises(click.BadParameter, match="is no range"):
        values(text)


def test_a_key_twice():
    with pytest.raises(click.BadParameter, match="given twice"):
        variables((("a", "1"), ("a", "2")))


def test_what_may_be_secret_is_not_shown():
    (found,) = variables((("services.x.environment", "{A: hunter2}"),))
    assert found.values == ("{A: hunter2}",)
    assert "hunter2" not in found.shown[0]
