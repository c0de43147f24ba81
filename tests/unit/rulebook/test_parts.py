"""Scales, conditions and citations as they are written."""

from fractions import Fraction

import pytest

from analyzer.rulebook.model import Citation, Comparison, Condition, Scale
from analyzer.rulebook.parts import citations, condition, scalar, scale
from analyzer.tree import Quoted
from tests.unit.rulebook.trees import brief, reader_of


def scale_of(text):
    reader = reader_of(f"k: {text}\n")
    return scale(reader, "k"), brief(reader.problems)


def condition_of(text):
    reader = reader_of(f"when: {text}\n")
    return condition(reader, "when"), brief(reader.problems)


def test_a_scale_of_points():
    points = ((Fraction(1), Fraction(-1)), (Fraction(5, 2), Fraction(1, 3)))
    assert scale_of("{fact: f, scale: [[1, -1], [2.5, 1/3]]}") == (Scale("f", points, {}), [])


def test_a_scale_of_levels():
    levels = {"none": Fraction(0), "yes": Fraction(-1, 2)}
    assert scale_of("{fact: f, levels: {none: 0, yes: -1/2}}") == (Scale("f", (), levels), [])


def test_no_scale_is_none():
    assert scale(reader_of("a: 1\n"), "k") is None


@pytest.mark.parametrize(
    "text",
    [
        "{fact: f}",
        "{fact: f, scale: [[1, 1]], levels: {a: 1}}",
        "{fact: f, levels: {a: 2}}",
        "{fact: f, levels: {a: lots}}",
        "{fact: f, levels: [a]}",
        "{fact: f, levels: {}}",
        "{fact: f, scale: []}",
        "{fact: f, scale: {a: 1}}",
        "{fact: f, scale: [1, 2]}",
        "{fact: f, scale: [[1, 2, 3]]}",
        "{fact: f, scale: [[1, 2]]}",
        "{fact: f, scale: [[1, -1.01]]}",
        "{fact: f, scale: [[x, 1]]}",
        "{fact: f, scale: [[2, 0], [1, 1]]}",
        "{fact: f, scale: [[1, 0], [1, 1]]}",
    ],
)
def test_a_malformed_scale_is_reported_and_none(text):
    found, problems = scale_of(text)
    assert found is None
    assert [path for _, path, _ in problems] == ["k"]


def test_a_scale_refuses_what_it_does_not_know():
    _, problems = scale_of("{fact: f, scale: [[1, 1]], points: 3}")
    assert problems == [(1, "k.points", "unknown key")]


def test_conditions_nest():
    text = (
        "{all: [{a: {at_least: 3}}, {not: {b: {equals: 'yes'}}}, {any: [{c: {one_of: [x, 2]}}]}]}"
    )
    assert condition_of(text) == (
        Condition(
            "all",
            (
                Comparison("a", "at_least", Fraction(3)),
                Condition("not", (Comparison("b", "equals", "yes"),)),
                Condition("any", (Comparison("c", "one_of", ("x", Fraction(2))),)),
            ),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{a: {at_least: 1}, b: {at_least: 1}}", "when"),
        ("{}", "when"),
        ("{a: {at_least: 1, at_most: 3}}", "when.a"),
        ("{a: {resembles: 1}}", "when.a"),
        ("{a: {equals: {b: c}}}", "when.a.equals"),
        ("{a: {equals: }}", "when.a.equals"),
        ("{a: 3}", "when.a"),
        ("{not: [a]}", "when.not"),
        ("{all: [a]}", "when.all"),
        ("[a]", "when"),
    ],
)
def test_a_malformed_condition_is_reported_where_it_is(text, path):
    _, problems = condition_of(text)
    assert [found for _, found, _ in problems] == [path]


def test_a_missing_condition_is_reported():
    reader = reader_of("a: 1\n")
    condition(reader, "when")
    assert brief(reader.problems) == [(1, "when", "missing")]


def test_citations_name_a_section_or_a_page_and_what_it_says():
    reader = reader_of(
        "sources:\n  - {guide: Overview}\n  - {url: 'https://x.org', says: so, read: 2026-11-23}\n"
    )
    assert citations(reader) == (
        Citation("Overview", "", "", ""),
        Citation("", "https://x.org", "so", "2026-11-23"),
    )
    assert reader.problems == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{says: so}", (1, "sources[0].url", "neither guide nor url")),
        ("{url: 'https://x.org'}", (1, "sources[0].says", "missing")),
        ("{guide: Overview, page: 3}", (1, "sources[0].page", "unknown key")),
    ],
)
def test_a_citation_without_an_address_or_a_claim_is_reported(text, problem):
    reader = reader_of(f"sources: [{text}]\n")
    citations(reader)
    assert brief(reader.problems) == [problem]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("3", Fraction(3)), ("1/10", Fraction(1, 10)), ("high", "high"), (Quoted("3"), "3")],
)
def test_scalars_are_numbers_where_they_are_written_so(value, expected):
    assert scalar(value) == expected
    assert type(scalar(value)) in (Fraction, str)
