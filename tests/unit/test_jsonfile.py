"""JSON: the same content as Python's own reader, the place of everything, and clear refusals."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import jsonfile
from analyzer.jsonfile import MAX_DEPTH, JsonError, parse, parse_all
from analyzer.tree import Map, Quoted, Seq, split_line, unpack
from tests.patience import patience

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def plain(value):
    """Return what ``json.loads`` would have given, with numbers as in `as_text`."""
    if type(value) is Map:
        assert len(value) == len(value.marks)
        return {key: plain(item) for key, item in value.items()}
    if type(value) is Seq:
        assert len(value) == len(value.marks)
        return [plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def expected(data):
    words = {True: "true", False: "false"}

    def walk(value):
        if isinstance(value, dict):
            return {walk(key): walk(item) for key, item in value.items()}
        if isinstance(value, list):
            return [walk(item) for item in value]
        if isinstance(value, bool):
            return words[value]
        if isinstance(value, str):  # half a surrogate pair
            return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in value)
        return value

    def refuse(word):
        raise ValueError(word)

    return walk(json.loads(data, parse_int=str, parse_float=str, parse_constant=refuse))


def refusal(text, read=parse):
    with pytest.raises(JsonError) as caught:
        read(text if isinstance(text, bytes) else text.encode(), "f")
    problem = caught.value.problem
    return problem.line, problem.column, problem.what


@settings(max_examples=100, deadline=None)
@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_it_reads_what_json_reads(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert plain(parse(text.encode("utf-8", "replace"), "f")) == expected(
        text.encode("utf-8", "replace")
    )


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=60) | st.text('{}[]",:\\u0dnulltrefas1.-e+ \n', max_size=40).map(str.encode)
)
def test_any_bytes_are_read_as_json_does_or_refused(data):
    try:
        ours = plain(parse(data, "f"))
    except JsonError:
        with pytest.raises((ValueError, RecursionError)):
            expected(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    else:
        assert ours == expected(data.decode("utf-8-sig").strip(" \t\r\n\ufeff"))


@settings(max_examples=50, deadline=None)
@given(st.lists(VALUES, max_size=5), st.sampled_from(["\n", "", "\n\n", "\ufeff"]))
def test_documents_one_after_the_other(values, between):
    values = [value for value in values if isinstance(value, dict | list)]
    text = between.join(map(json.dumps, values))
    assert [plain(document) for document in parse_all(text.encode(), "f")] == [
        expected(json.dumps(value)) for value in values
    ]


def test_everything_knows_its_place():
    tree = parse(b'{\n  "a": [1,\n    {"b\\u0041": null}],\n  "\xc3\xa4": "x", "c": 2}', "f", 3)
    assert split_line(tree.marks[0] >> 27) == (3, 2)
    assert [unpack(mark) for mark in tree.marks] == [(2, 3), (4, 3), (4, 13)]
    assert [unpack(mark) for mark in tree["a"].marks] == [(2, 9), (3, 5)]
    assert unpack(tree["a"].mark) == (2, 8)
    assert tree["a"][1].place("bA") == (3, 6)


def test_a_key_given_twice_has_its_last_value_and_place():
    tree = parse(b'{"a": 1,\n "b": 2,\n "a": 3}', "f")
    assert dict(tree) == {"a": "3", "b": "2"}
    assert tree.place("a") == (3, 2)
    assert tree.place("b") == (2, 2)


def test_text_is_told_from_numbers_and_truth():
    tree = parse(b'["true", true, "1", 1.50, -0, 1E400, null, ""]', "f")
    assert list(tree) == ["true", "true", "1", "1.50", "-0", "1E400", None, ""]
    assert [type(item) is Quoted for item in tree] == [True, False, True, *[False] * 4, True]


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", (1, 1), "ends in the middle"),
        (" \n ", (2, 2), "ends in the middle"),
        ('{"a": [1,\n2', (2, 2), "ends in the middle"),
        ('{"a": 1,}', (1, 9), "a key in double quotes"),
        ("[1,]", (1, 4), "a value"),
        ("[1 2]", (1, 4), "a comma or ']'"),
        ("[1}", (1, 3), "a comma or ']'"),
        ('{"a" 1}', (1, 6), "a colon"),
        ('{"a\\n" 1}', (1, 8), "a colon"),
        ("[NaN]", (1, 2), "a value"),
        ("[-Infinity]", (1, 2), "a value"),
        ("[01]", (1, 2), "a value"),
        ("[truex]", (1, 2), "a value"),
        ('["a\tb"]', (1, 4), "control character"),
        ('["\\x"]', (1, 3), "an escape"),
        ('[\n"abc', (2, 1), "without its closing quote"),
        ("{} {}", (1, 4), "more after the end"),
        (b'["a",\n"\xff"]', (2, 2), "not UTF-8"),
    ],
)
def test_a_refusal_names_the_place(text, place, what):
    line, column, message = refusal(text)
    assert what in message
    assert (line, column) == place


def test_a_refusal_shows_no_content():
    _, _, message = refusal('{"PASSWORD": "hunter2" hunter3}')
    assert "hunter" not in message


def test_depth_is_bounded():
    assert parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, "f")
    assert "deep" in refusal(b"[" * 1_000_000)[2]
    assert "deep" in refusal(b'{"a":' * 1_000_000, parse_all)[2]


def test_size_is_bounded(monkeypatch):
    monkeypatch.setattr(jsonfile, "MAX_BYTES", 10)
    assert refusal(b"[" + b" " * 10 + b"]")[0] == 0


def test_nothing_is_no_document_but_an_empty_stream():
    assert parse_all(b"\xef\xbb\xbf \n", "f") == []


def test_time_is_linear():
    keys = ",".join(f'"k{at}": {at}' for at in range(100_000))
    with patience():
        tree = parse(f"{{{keys},{keys}}}".encode(), "f")
        assert len(tree) == 100_000
