"""Anchors, aliases and merge keys, and the same structure as PyYAML's own composer."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analyzer import yamlfile
from analyzer.tree import Map, Seq, unpack
from analyzer.yamlfile import YamlError


def read(text):
    tree, problems = yamlfile.parse(text.encode(), "f")
    assert problems == []
    return tree


def problems_of(text):
    return [(p.line, p.column, p.what) for p in yamlfile.parse(text.encode(), "f")[1]]


BASE = "x: &base {a: 1, b: 2}\ny: &other {b: 3, c: 4}\n"


@pytest.mark.parametrize(
    ("written", "merged"),
    [
        ("{<<: *base}", {"a": "1", "b": "2"}),
        ("{<<: *base, b: 9}", {"a": "1", "b": "9"}),
        ("{b: 9, <<: *base}", {"b": "9", "a": "1"}),
        ("{<<: [*base, *other]}", {"a": "1", "b": "2", "c": "4"}),
        ("{<<: [*other, *base]}", {"b": "3", "c": "4", "a": "1"}),
        ("{<<: []}", {}),
        ("{<<: {z: 1}}", {"z": "1"}),
    ],
)
def test_merge_keys(written, merged):
    tree = read(f"{BASE}z: {written}\n")
    assert tree["z"] == merged
    assert len(tree["z"].marks) == len(merged)
    assert yaml.safe_load(f"{BASE}z: {written}\n")["z"] == {k: int(v) for k, v in merged.items()}


def test_a_merged_key_stands_where_it_was_merged_and_a_written_one_where_it_is_written():
    tree = read(BASE + "z:\n  <<: *base\n  c: 3\n  b: 9\n")
    assert tree["z"].lines() == {"a": 4, "b": 6, "c": 5}
    assert tree["z"].place("b") == (6, 3)


@pytest.mark.parametrize(
    ("written", "what", "column"),
    [
        ("{<<: *base, b: 8, b: 9}", "the key 'b' is given twice (first on line 3)", 22),
        ("{b: 8, <<: *base, b: 9}", "the key 'b' is given twice (first on line 3)", 22),
        ("{<<: *base, <<: *other}", "'<<' is given twice", 16),
        ("{<<: 3}", "'<<' takes mappings only", 5),
        ("{<<: }", "'<<' takes mappings only", 5),
        ("{<<: [*base, 3]}", "'<<' takes mappings only", 5),
        ("{<<: [[*base]]}", "'<<' takes mappings only", 5),
    ],
)
def test_what_merging_refuses(written, what, column):
    assert problems_of(f"{BASE}z: {written}\n") == [(3, column, what)]


def test_a_key_given_twice_is_seen_whatever_was_thrown_away_before():
    """A mapping that nothing holds any more must not lend its merged keys to the next one."""
    rows = "".join(f"  k: {{<<: *base, n: {n}}}\n" for n in range(50))
    twice = "".join(f"h{n}: {{a: 1, a: 2}}\n" for n in range(50))
    found = problems_of(f"{BASE}z:\n{rows}{twice}")
    assert sum("'a'" in what for *_, what in found) == 50


def test_aliases_share_their_anchor_and_its_places():
    tree = read("a: &x {k: v}\nb: *x\nc: &s text\nd: *s\n")
    assert tree["b"] is tree["a"]
    assert tree["d"] == "text"
    assert tree.lines()["b"] == 2
    assert tree["b"].lines() == {"k": 1}


def test_an_anchor_may_be_given_again():
    assert read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n") == {"a": "1", "b": "1", "c": "2", "d": "2"}


@pytest.mark.parametrize(
    "text",
    ["a: *x\n", "a: &x [*x]\n", "a: &x {b: *x}\n", "a: &x 1\nb: &x [*x]\n", "a: &x {<<: *x}\n"],
)
def test_an_alias_needs_a_finished_anchor_and_is_not_repeated(text):
    with pytest.raises(YamlError) as caught:
        yamlfile.parse(text.replace("x", "hunter2").encode(), "f")
    assert caught.value.problem.what == "an alias without its anchor"
    assert "hunter2" not in str(caught.value)


def test_many_merged_keys_are_overridden_in_linear_time():
    count = 20_000
    base = "".join(f"  k{n}: 1\n" for n in range(count))
    own = "".join(f"  k{n}: 2\n" for n in range(count))
    tree = read(f"a: &a\n{base}b:\n  <<: *a\n{own}")
    assert set(tree["b"].values()) == {"2"}
    assert tree["b"].lines()["k19999"] == 2 * count + 3


scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(st.characters(codec="utf-8"), max_size=8)
)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abé<~:# \t-0", max_size=4), inner, max_size=4)
    ),
    max_leaves=25,
)


def shape(node):
    """Return the structure of PyYAML's nodes: text, None where a plain scalar says nothing."""
    if isinstance(node, yaml.ScalarNode):
        plain = node.style in (None, "")
        return None if plain and node.value in ("", "~", "null", "Null", "NULL") else node.value
    mark = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        return mark, [(place(item), shape(item)) for item in node.value]
    return mark, {shape(key) or "": (place(key), shape(value)) for key, value in node.value}


def place(node):
    return node.start_mark.line + 1, node.start_mark.column + 1


def our_shape(tree):
    """Return the same structure of a tree of ours."""
    if isinstance(tree, Map):
        rows = zip(tree.items(), tree.marks, strict=True)
        return unpack(tree.mark), {k: (unpack(mark), our_shape(v)) for (k, v), mark in rows}
    if isinstance(tree, Seq):
        rows = zip(tree, tree.marks, strict=True)
        return unpack(tree.mark), [(unpack(mark), our_shape(item)) for item, mark in rows]
    return tree


@given(trees, st.booleans(), st.sampled_from([None, '"', "'"]), st.sampled_from([20, 80, 9999]))
def test_structure_and_places_are_those_of_pyyaml(tree, flow, style, width):
    text = yaml.safe_dump(
        tree, default_flow_style=flow, default_style=style, width=width, allow_unicode=True
    )
    node = yaml.compose(text, yaml.SafeLoader)
    if any("!!" in line for line in text.splitlines()):
        return  # safe_dump writes !!int when everything is quoted
    assert our_shape(read(text)) == shape(node)


@given(trees.filter(lambda tree: isinstance(tree, (dict, list))))
def test_what_was_quoted_comes_back_as_the_text_it_was(tree):
    def as_read(value):
        if isinstance(value, dict):
            return {key: as_read(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [as_read(item) for item in value]
        return None if value is None else value if isinstance(value, str) else str(value).lower()

    found = read(yaml.safe_dump(tree, allow_unicode=True))
    assert found == as_read(tree)


def refusal(data):
    """Return the message with which bytes are refused, empty when they are read."""
    try:
        yamlfile.parse(data, "f")
    except YamlError as error:
        return str(error)
    return ""


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused_with_one_printable_line(data):
    assert refusal(data).isprintable()


@given(st.text(st.sampled_from("ab:- \n[]{}&*!|>'\"#<~,?%"), max_size=30))
def test_what_is_read_without_a_problem_is_what_pyyaml_reads(text):
    data = text.encode()
    assert refusal(data).isprintable()
    if refusal(data) or yamlfile.parse(data, "f")[1]:
        return
    node = yaml.compose(text, yaml.CSafeLoader)
    assert our_shape(read(text)) == (None if node is None else shape(node))
