"""Messages meant for the user, and the code each error ends the program with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import (
    AdvisorError,
    InventoryError,
    OutputError,
    Problem,
    RulesError,
    printable,
)


def problem(line=3, column=5, path="hosts.a", what="unknown", remedy="remove it", file="a.yaml"):
    return Problem(file, line, column, path, what, remedy)


@pytest.mark.parametrize(
    ("given_problem", "text"),
    [
        (problem(), "a.yaml:3:5: hosts.a: unknown; remove it"),
        (problem(path=""), "a.yaml:3:5: unknown; remove it"),
        (problem(remedy=""), "a.yaml:3:5: hosts.a: unknown"),
        (problem(line=0, column=0), "a.yaml: hosts.a: unknown; remove it"),
        (problem(0, 0, "", "no such file", ""), "a.yaml: no such file"),
        (problem(path="a\nb", what="\x1b[2J"), "a.yaml:3:5: a\\nb: \\x1b[2J; remove it"),
        (problem(what="\u202eevil"), "a.yaml:3:5: hosts.a: \\u202eevil; remove it"),
        (problem(file="\udc80.yaml"), "\\udc80.yaml:3:5: hosts.a: unknown; remove it"),
    ],
)
def test_a_problem_leaves_out_what_is_empty_and_is_one_line(given_problem, text):
    assert str(given_problem) == text


def test_what_can_be_printed_is_left_alone():
    assert printable("Ärger, 日本 'x' \\n €") == "Ärger, 日本 'x' \\n €"
    assert printable("a\u200bb") == "a\\u200bb"  # invisible: two names that look alike


@given(st.text(st.characters()))
def test_a_message_is_always_one_printable_line(text):
    shown = str(problem(file=text, path=text, what=text, remedy=text))
    assert shown.isprintable()
    assert len(shown.splitlines()) == 1
    shown.encode()


def test_problems_come_once_each_in_order_of_place():
    first, second = problem(2, 9), problem(10, 1)
    other = problem(1, 1, file="b.yaml")
    error = InventoryError([other, second, first, second])
    assert error.problems == (first, second, other)
    assert str(error).split("\n") == [str(first), str(second), str(other)]


@given(st.lists(st.builds(problem, st.integers(0, 20), st.integers(0, 20)), max_size=6))
def test_the_order_in_which_problems_were_found_does_not_matter(found):
    assert str(RulesError(found)) == str(RulesError(reversed(found)))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InventoryError([problem()]), 3),
        (RulesError([problem()]), 4),
        (OutputError("disk full"), 5),
    ],
)
def test_every_error_has_its_own_exit_code(error, code):
    assert isinstance(error, AdvisorError)
    assert error.exit_code == code
