import yaml
from hypothesis import given
from hypothesis import strategies as st

from analyzer.kits.printers.yaml import document, documents

plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
scalars = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | plain
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_another_reader_reads_what_was_meant(value):
    assert yaml.safe_load(document(value)) == value


@given(st.lists(st.dictionaries(plain, scalars, min_size=1, max_size=3), min_size=1, max_size=4))
def test_several_documents_stay_apart(values):
    assert list(yaml.safe_load_all(documents(values, ["a", "b"]))) == values


def test_what_looks_like_something_else_is_quoted():
    for text in (
        "yes",
        "1.0",
        "22:22",
        "null",
        "~",
        "0x1f",
        "- a",
        "a: b",
        "a #b",
        "*x",
        "&x",
        "!x",
        "",
    ):
        assert yaml.safe_load(document({"a": text})) == {"a": text}
