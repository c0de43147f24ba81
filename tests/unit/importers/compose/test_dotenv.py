import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.importers.compose.dotenv import parse, parse_raw
from analyzer.importers.compose.interpolation import Partial


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("V=1", "1"),
        ("V = spaced ", "spaced"),
        ("export V=x", "x"),
        ("V: yaml", "yaml"),
        ("V=", ""),
        ("V=# nothing", ""),
        ("V=a#b", "a#b"),
        ("V=a # comment", "a"),
        ('V="a # b" # comment', "a # b"),
        ("V='a $X \\n'", "a $X \\n"),
        ('V="a\\nb"', "a\nb"),
        ('V="a \\" b"', 'a " b'),
        ("V='a\\'b'", "a'b"),
        ("V=it's", "it's"),
        ("V=a\\tb", "a\\tb"),
        ('V="$OUT"', "outside"),
        ("V=${OUT}-x", "outside-x"),
        ("V=${NO:-d}", "d"),
        ("V=$$x", "$x"),
        ('V="a\\$b"', "a$b"),
        ('V="two\nlines"', "two\nlines"),
        ("\ufeffV=1", "1"),
        ("V=1\r", "1"),
    ],
)
def test_a_line(line, value):
    read = parse(f"{line}\n".encode(), {"OUT": "outside"})
    assert (read.values, read.bad_lines) == ({"V": value}, ())


def test_lines_in_turn_use_those_before_and_outside_wins():
    read = parse(b"# c\n\nA=1\nB=${A}2\nC=$B\nA=3\n", {"A": "out"})
    assert read.values == {"A": "3", "B": "out2", "C": "out2"}
    assert [entry.line for entry in read.entries] == [3, 4, 5, 6]


def test_a_name_alone_has_no_value():
    read = parse(b"A\nB=1\n")
    assert [(entry.name, entry.value) for entry in read.entries] == [("A", None), ("B", "1")]


@pytest.mark.parametrize("line", ["two words", "=x", "V='open", "V=${", "  $X=1"])
def test_what_is_no_line_is_counted_and_the_rest_is_read(line):
    read = parse(f"{line}\nAFTER=1\n".encode())
    assert read.bad_lines == (1,)
    assert read.values == {"AFTER": "1"}


def test_a_value_that_nothing_sets_stays_visible():
    value = parse(b"A=${NO}/x\n").values["A"]
    assert type(value) is Partial
    assert value == "${NO}/x"


def test_the_raw_form_keeps_everything():
    read = parse_raw(b'# c\nA="x" # y\n  B=$A\nC\nD=\nbad name=1\n')
    assert read.values == {"A": '"x" # y', "B": "$A", "D": ""}
    assert ("C", None, 4) in read.entries
    assert read.bad_lines == (6,)


def test_an_endless_file_ends():
    assert len(parse(b"A=1\n" * 100_000).entries) <= 20_000
    assert len(parse(b"A='\n" * 20_000).bad_lines) <= 20_000


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text("AB='\"$\\\n{} #", max_size=80).map(str.encode))
def test_any_bytes_are_read(data):
    for entry in (*parse(data).entries, *parse_raw(data).entries):
        assert entry.name
        assert entry.line >= 1
