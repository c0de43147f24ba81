"""Strict YAML: what is read, what is refused, and where it says that something is wrong."""

import pytest
import yaml

from analyzer import yamlfile
from analyzer.tree import Map, Quoted, Seq, unpack
from analyzer.yamlfile import MAX_ALIASED_NODES, MAX_DEPTH, YamlError
from tests.patience import patience

BOM = b"\xef\xbb\xbf"


@pytest.fixture(params=["libyaml", "python"], autouse=True)
def _loader(request, monkeypatch):
    """Read with libyaml and with PyYAML's own parser: both must say the same."""
    if request.param == "python":
        monkeypatch.setattr(yamlfile, "_Loader", yaml.SafeLoader)


def read(text):
    tree, problems = yamlfile.parse(text if isinstance(text, bytes) else text.encode(), "f")
    assert problems == []
    return tree


def problems_of(text):
    _, problems = yamlfile.parse(text.encode(), "f")
    return [(p.line, p.column, p.what) for p in problems]


def refusal(text):
    with pytest.raises(YamlError) as caught:
        yamlfile.parse(text if isinstance(text, bytes) else text.encode(), "f")
    return caught.value.problem


@pytest.mark.parametrize(
    "written",
    [
        "22:22",
        "3.10",
        "1_000",
        "0o17",
        "010",
        "yes",
        "on",
        "1e3",
        ".5",
        "2024-01-01",
        "<<",
        "=",
        "N",
    ],
)
def test_a_plain_value_keeps_its_spelling(written):
    value = read(f"a: {written}")["a"]
    assert (value, type(value)) == (written, str)


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_what_says_nothing_is_none(written):
    assert read(f"a: {written}\n")["a"] is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("'22'", "22"),
        ('"null"', "null"),
        ("''", ""),
        ("|\n  1\n", "1\n"),
        (">-\n  ~", "~"),
        ("!!str 22", "22"),
        ('"\\x00"', "\0"),
    ],
)
def test_what_is_quoted_is_text(written, value):
    found = read(f"a: {written}")["a"]
    assert (found, type(found)) == (value, Quoted)


@pytest.mark.parametrize(
    ("written", "value"), [("!!int 22", "22"), ("!!null ''", None), ("! 5", "5")]
)
def test_yaml_s_own_tags_are_understood(written, value):
    tree, problems = yamlfile.parse(f"a: {written}".encode(), "f")
    assert tree["a"] == value
    assert bool(problems) == (written == "! 5")  # a lone '!' is more often a typing error


@pytest.mark.parametrize("written", ["!hunter2", "!hunter2 x", "!hunter2 {b: c}", "!!set {b}"])
def test_other_tags_are_refused_without_repeating_what_may_be_a_password(written):
    _, (problem,) = yamlfile.parse(f"a:\n  b: {written}\n".encode(), "f")
    assert (problem.line, problem.column) == (2, 6)
    assert "hunter2" not in str(problem)
    assert "quote a text that starts with '!'" in str(problem)


def test_an_empty_file_is_nothing():
    for text in ("", "\n# only a comment\n", "---\n", "--- ~\n...\n"):
        assert read(text) is None


def test_every_key_and_item_knows_its_place():
    tree = read("# head\na: 1\nlist:\n  - x\n  - {k: v, é: w}\n  -   - deep\n")
    assert [unpack(mark) for mark in tree.marks] == [(2, 1), (3, 1)]
    assert unpack(tree.mark) == (2, 1)
    assert tree.place("list") == (3, 1)
    assert tree.place("missing") == (2, 1)
    assert tree.lines() == {"a": 2, "list": 3}
    items = tree["list"]
    assert [unpack(mark) for mark in items.marks] == [(4, 5), (5, 5), (6, 7)]
    assert [unpack(mark) for mark in items[1].marks] == [(5, 6), (5, 12)]
    assert unpack(items[2].marks[0]) == (6, 9)


def test_places_count_characters_not_bytes_and_not_the_byte_order_mark():
    tree = read(BOM + "{é: 1, 日本: 2}".encode())
    assert [unpack(mark) for mark in tree.marks] == [(1, 2), (1, 8)]


def test_windows_line_ends_count_once():
    tree = read("a: 1\r\nb:\r\n  - x\r\n  - |\r\n    t\r\n")
    assert tree.lines() == {"a": 1, "b": 2}
    assert [unpack(mark)[0] for mark in tree["b"].marks] == [3, 4]
    assert tree["b"] == ["x", "t\n"]


def test_minified_json_is_read_with_columns_however_long_the_line():
    item = '{"k":"v"},'
    count = 120_000
    if yamlfile._Loader is yaml.SafeLoader:
        pytest.skip("slow, and the same arithmetic")
    items = read('{"a":[' + item * count + "1]}")["a"]
    assert unpack(items.marks[-1]) == (1, 7 + len(item) * count)


def test_a_key_given_twice_names_both_places():
    assert problems_of("a: 1\nb: 2\n'a': 3\n") == [
        (3, 1, "the key 'a' is given twice (first on line 1)")
    ]
    assert problems_of("h: {x: 1, x: 2, x: 3}\n") == [
        (1, 11, "the key 'x' is given twice (first on line 1)"),
        (1, 17, "the key 'x' is given twice (first on line 1)"),
    ]


def test_many_keys_given_twice_are_found_in_linear_time():
    if yamlfile._Loader is yaml.SafeLoader:
        pytest.skip("slow, and the same arithmetic")
    once = "".join(f"k{number}: 1\n" for number in range(20_000))
    with patience():
        found = problems_of(once + once)
    assert found[0] == (20_001, 1, "the key 'k0' is given twice (first on line 1)")
    assert found[-1] == (40_000, 1, "the key 'k19999' is given twice (first on line 20000)")


def test_the_line_of_a_key_is_where_it_is_written_not_merged():
    text = "x: &x {a: 1}\ny:\n  <<: *x\n  b: 1\n  b: 2\n  a: 3\n  a: 4\n  c: 5\n  c: 6\n"
    firsts = [what.partition("line ")[2] for _, _, what in problems_of(text)]
    assert firsts == ["4)", "6)", "8)"]


def test_keys_are_compared_as_written():
    assert read("yes: 1\non: 2\n1: a\n1.0: b\n") == {"yes": "1", "on": "2", "1": "a", "1.0": "b"}


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}", "*anchor"])
def test_a_key_must_be_text(key):
    text = f"x: &anchor [1]\n? {key}\n: v\nz: 1\n"
    assert problems_of(text) == [(2, 3, "a key that is not text")]
    assert list(yamlfile.parse(text.encode(), "f")[0]) == ["x", "z"]


def test_no_quoted_key_is_taken_for_something_else():
    assert read('"<<": a\n"\\0x": b\n') == {"<<": "a", "\0x": "b"}


def test_a_second_document_is_reported_and_not_read():
    text = "a: 1\n---\nb: [\n"
    assert problems_of(text) == [(2, 1, "a second document in one file")]
    assert yamlfile.parse(text.encode(), "f")[0] == {"a": "1"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (b"a: 1\nb: \xff\n", 2, 4),
        (BOM + b"a: 1\n\xff", 2, 1),
        ("é: ".encode() + b"\xff", 1, 4),
        (b"a: \xed\xa0\x80", 1, 4),
        (b"a: caf\xe9", 1, 7),
        (b"a: \xc3", 1, 4),
    ],
)
def test_what_is_not_utf_8_is_named_with_its_place(text, line, column):
    problem = refusal(text)
    assert (problem.line, problem.column, problem.what) == (line, column, "not UTF-8 text")


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [("a: 1\nb: \x07\n", 2, "U+0007"), ("é\nb: \x1b[2J", 2, "U+001B"), ("\ufffe", 1, "U+FFFE")],
)
def test_control_characters_are_refused(text, line, code):
    problem = refusal(text)
    assert (problem.line, code in problem.what) == (line, True)


def test_binary_is_no_text():
    assert refusal(b"\x7fELF\0\0").what == "binary, not YAML text"
    assert refusal("a: 1".encode("utf-16")).what == "binary, not YAML text"


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("a:\n\tb: 1\n", 2, "indent with spaces, not tabs"),
        ("a: 1\nb: c: d\n", 2, "put quotes around a value that contains ': '"),
        ("a: [1, 2\nb: 3\n", 2, "check the indentation"),
        ("a: 'open\n", 2, "check the indentation"),
        ("a:\n  b: 1\n c: 2\n", 3, "check the indentation"),
    ],
)
def test_a_syntax_error_has_a_line_and_a_remedy(text, line, remedy):
    problem = refusal(text)
    assert problem.line == line
    assert problem.what.startswith("not valid YAML: ")
    assert problem.remedy.startswith(remedy)


def nested(depth, opening="[", closing="]"):
    return opening * depth + closing * depth


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_depth_is_bounded_exactly(opening, closing):
    read(nested(MAX_DEPTH, opening, closing))
    problem = refusal(nested(MAX_DEPTH + 1, opening, closing))
    assert problem.what == f"nested more than {MAX_DEPTH} deep"
    assert (problem.line, problem.column) == (1, MAX_DEPTH * len(opening) + 1)


def test_hostile_depth_is_refused_at_once():
    indented = "\n".join(" " * depth + "a:" for depth in range(1_500))
    with patience():
        for text in (nested(10_000), "[" * 10_000, "{a: " * 10_000, "- " * 10_000, indented):
            assert refusal(text).what == f"nested more than {MAX_DEPTH} deep"


def test_the_size_is_bounded(monkeypatch):
    monkeypatch.setattr(yamlfile, "MAX_BYTES", 2_000_000)
    read("# " + "x" * 1_999_997 + "\n")
    assert refusal("# " + "x" * 1_999_998 + "\n").what == "larger than 2 MB"


def test_containers_are_ours():
    tree = read("a: {b: []}")
    assert (type(tree), type(tree["a"]), type(tree["a"]["b"])) == (Map, Map, Seq)


def test_the_limit_of_aliases_is_what_they_expand_to():
    size = 1000  # a list of 999 items is 1,000 nodes
    fits = MAX_ALIASED_NODES // size
    text = f"a: &a [{', '.join(['x'] * (size - 1))}]\nb:\n"
    read(text + "  - *a\n" * fits)
    problem = refusal(text + "  - *a\n" * (fits + 1))
    assert (problem.what, problem.line) == ("aliases expand to too much", 3 + fits)


def test_an_alias_bomb_is_refused_at_once():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with patience():
        assert refusal("\n".join(rows)).what == "aliases expand to too much"
