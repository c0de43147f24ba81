import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.importers.quadlet.unitfile import parse, text_of, unquoted, words
from analyzer.tree import unpack


def assignments(text: str) -> list[tuple[str, str, str]]:
    return [(entry.section, entry.key, entry.value) for entry in parse(text, 0)[0]]


def test_sections_keys_comments_and_blanks():
    text = "# c\n; c\n[A]\n K = v \nX=\n\n[B]\r\nK=a=b\r\n"
    assert assignments(text) == [("A", "K", "v"), ("A", "X", ""), ("B", "K", "a=b")]


def test_a_line_goes_on_past_comments_without_a_blank_in_between():
    text = "[A]\nK=a \\\n# comment\n  b\\\n;c\n c\nL=d\n"
    assert assignments(text) == [("A", "K", "a bc"), ("A", "L", "d")]


def test_places_are_those_of_the_first_line():
    entries, _ = parse("[A]\n  K=a\\\nb\nL=1\n", 2, first=10)
    assert [unpack(entry.mark) for entry in entries] == [(11, 3), (13, 1)]
    assert [entry.mark >> 59 for entry in entries] == [2, 2]


def test_lines_that_are_no_assignment_are_said_without_their_text():
    _, remarks = parse("K=hunter2\n[A]\nhunter2\n=hunter2\n", 0)
    assert [unpack(remark.mark)[0] for remark in remarks] == [1, 3, 4]
    assert not any("hunter2" in remark.path + remark.text for remark in remarks)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a  b", ["a", "b"]),
        ('"a b" \'c "d\'', ["a b", 'c "d']),
        ('a"b c"d', ["ab cd"]),
        (r"a\x41\u00e9\101\tz", ["aAéA\tz"]),
        (r"\q \x4", ["\\q", "\\x4"]),
        (r"a\sb", ["a b"]),
        ('""', [""]),
        ('"open', ["open"]),
        ("", []),
    ],
)
def test_words(value, found):
    assert words(value) == found


def test_single_values_lose_double_quotes_only():
    assert [unquoted(value) for value in ('"a b" ', "'a'", '"', '"a', "a")] == [
        "a b", "'a'", '"', '"a', "a",
    ]  # fmt: skip


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text(alphabet="[]A=\\\n #\"'x0u", max_size=80).map(str.encode))
def test_any_bytes_end_in_assignments_with_places_inside(data):
    text = text_of(data)
    entries, remarks = parse(text, 0)
    for mark in [entry.mark for entry in entries] + [remark.mark for remark in remarks]:
        line, column = unpack(mark)
        assert 1 <= line <= text.count("\n") + 1
        assert column >= 1
    for entry in entries:
        assert "\n" not in entry.value
        words(entry.value)
