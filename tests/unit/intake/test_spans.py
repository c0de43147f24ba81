from analyzer.intake.spans import spans

TEXT = """\
# comment
plain: value   # comment
empty:   # comment
"quo ted": 'é🐳'
flow: &anchor {x: 1, y: [2,
  3]}
list:
  - one   # comment
  - |
    text

nested:
  key: *anchor
multi: one
  two
"""


def parts(node, path=""):
    yield path, TEXT[node.start : node.end]
    for at, child in enumerate(node.children):
        yield from parts(child.value, f"{path}/{child.key or at}")


def test_every_node_ends_where_its_own_text_ends():
    root = spans(TEXT)
    assert root is not None
    found = dict(parts(root))
    del found[""]
    assert found == {
        "/plain": "value",
        "/empty": "",
        "/quo ted": "'é🐳'",
        "/flow": "&anchor {x: 1, y: [2,\n  3]}",
        "/flow/x": "1",
        "/flow/y": "[2,\n  3]",
        "/flow/y/0": "2",
        "/flow/y/1": "3",
        "/list": "- one   # comment\n  - |\n    text",
        "/list/0": "one",
        "/list/1": "|\n    text",
        "/nested": "key: *anchor",
        "/nested/key": "*anchor",
        "/multi": "one\n  two",
    }


def test_an_empty_value_stands_behind_the_colon_and_keys_end_before_it():
    root = spans(TEXT)
    assert root is not None
    empty = root.children[1]
    assert TEXT[empty.value.start - 1] == ":"
    assert [TEXT[child.start : child.end] for child in root.children[:3]] == [
        "plain",
        "empty",
        '"quo ted"',
    ]


def test_the_column_is_that_of_keys_and_dashes():
    root = spans("a: &x\n    b: 1\nc: &y\n  - d\ne:\n- f\n")
    assert root is not None
    assert [child.value.column for child in root.children] == [4, 2, 0]
    assert [child.value.flow for child in root.children] == [False] * 3


def test_a_text_without_a_document_has_no_spans():
    assert spans("# nothing\n") is None
