import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.importers.compose.interpolation import (
    Interpolation,
    InvalidTemplate,
    Partial,
    Variables,
    interpolate,
    like,
)
from analyzer.tree import Map, Quoted, Resolved, Seq, Tagged

VALUES = Variables({"A": "one", "EMPTY": "", "_U9": "u"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$A", "one"),
        ("${A}", "one"),
        ("x$A-y", "xone-y"),
        ("$A$A", "oneone"),
        ("${_U9}", "u"),
        ("${A:-x}", "one"),
        ("${EMPTY:-x}", "x"),
        ("${EMPTY-x}", ""),
        ("${NO:-x}", "x"),
        ("${NO-x}", "x"),
        ("${NO:-}", ""),
        ("${A:+x}", "x"),
        ("${EMPTY:+x}", ""),
        ("${EMPTY+x}", "x"),
        ("${NO+x}", ""),
        ("${A:?why}", "one"),
        ("${EMPTY?why}", ""),
        ("${NO:-${ALSO:-deep}}", "deep"),
        ("${NO:-${A}}", "one"),
        ("${NO:-a:b-c?d}", "a:b-c?d"),
        ("${NO:-a{b}c}", "a{b}c"),
        ("${NO:-}}", "}"),
        ("${A}}", "one}"),
        ("$$A", "$A"),
        ("$$$A", "$one"),
        ("${NO:-$$x}", "$x"),
        ("$1 $- $", "$1 $- $"),
        ("no dollar", "no dollar"),
    ],
)
def test_values_are_put_in(text, expected):
    assert interpolate(text, VALUES) == expected


@pytest.mark.parametrize("text", ["${", "${}", "${1}", "${A", "${A!}", "${A:}", "${A.B}", "${ A}"])
def test_what_is_no_template_is_refused_without_its_text(text):
    with pytest.raises(InvalidTemplate) as refused:
        interpolate(f"hunter2{text}", VALUES)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected", "missing"),
    [
        ("$NO", "${NO}", ("NO",)),
        ("a:${NO}", "a:${NO}", ("NO",)),
        ("${EMPTY:?why}", "${EMPTY}", ("EMPTY",)),
        ("${NO?why}${A}", "${NO}one", ("NO",)),
        ("${X:-${Y}}", "${Y}", ("Y",)),
    ],
)
def test_a_variable_that_nothing_sets_is_never_an_empty_text(text, expected, missing):
    result = interpolate(text, VALUES)
    assert type(result) is Partial
    assert (str(result), result.missing) == (expected, missing)


def test_what_was_made_from_variables_says_how_it_was_written_without_defaults():
    result = interpolate("p=${PW:-hunter2} $A $$", VALUES)
    assert type(result) is Resolved
    assert (result, result.written) == ("p=hunter2 one $", "p=${PW} ${A} $$")


def test_text_without_variables_stays_what_it_was():
    text = Quoted("12")
    assert interpolate(text, VALUES) is text
    assert type(interpolate(Quoted("$$1"), VALUES)) is Quoted


def test_a_value_that_is_partial_makes_what_uses_it_partial():
    known = Variables({"V": Partial("${W}/x", "${W}/x", ("W",))})
    result = interpolate("${V}/y", known)
    assert type(result) is Partial
    assert (result, result.missing) == ("${W}/x/y", ("W",))


def test_values_of_values_do_not_grow_without_end():
    with pytest.raises(InvalidTemplate):
        interpolate("$A" * 20_000, Variables({"A": "x" * 100_000}))
    budget = Variables({"A": "x" * 900_000})
    for _ in range(55):
        interpolate("$A", budget)
    with pytest.raises(InvalidTemplate):
        interpolate("$A", budget)
    with pytest.raises(InvalidTemplate):
        interpolate("${A" + ":-${A" * 100 + "}" * 101, Variables({}))


def test_a_tree_keeps_its_places_and_what_has_no_variables():
    tree, inner, same = Map(1), Seq(2), Map(3)
    inner.add("$A", 20)
    inner.add(Tagged("!override", "$A"), 21)
    tree.put("list", inner, 10)
    tree.put("same", same, 11)
    tree.put("bad", "${", 12)
    tree.put("none", None, 13)
    tree.put("unset", "$NO", 14)
    interpolation = Interpolation(VALUES)
    result = interpolation.tree(tree)
    assert result["list"][0] == "one"
    assert result["list"][1].value == "one"
    assert result["same"] is same
    assert (result.marks, result["list"].marks) == (tree.marks, inner.marks)
    assert [(mark, path) for mark, path, _ in interpolation.faults] == [(12, "bad")]
    assert interpolation.unset == {"NO": (14, "unset")}
    assert tree["list"][0] == "$A", "the tree that was given is shared, and stays as it is"


def test_a_part_of_a_text_is_as_partial_as_the_part():
    whole = Partial("${NO}:x", "${NO}:x", ("NO",))
    assert like(whole, "${NO}", "${NO}").missing == ("NO",)
    assert type(like(whole, "x", "x")) is Resolved
    assert type(like(Resolved("a", "$A"), "b", "b")) is Resolved
    assert type(like(Quoted("a"), "b", "b")) is Quoted


@settings(max_examples=100)
@given(st.text("${}:-+?AZ \n", max_size=60))
def test_any_text_is_a_template_or_refused(text):
    try:
        result = interpolate(text, VALUES)
    except InvalidTemplate:
        return
    assert isinstance(result, str)
