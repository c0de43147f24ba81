"""Marks know file, line and column; maps and lists keep them in step."""

from hypothesis import given
from hypothesis import strategies as st

from analyzer.tree import COLUMN_BITS, Map, Resolved, Seq, pack, split_line, unpack


@given(line=st.integers(1, 10**7), column=st.integers(1, 10**8), file=st.integers(0, 10**6))
def test_a_mark_gives_back_what_was_packed(line, column, file):
    mark = pack(line, column, file)
    assert unpack(mark) == (line, column)
    assert split_line(mark >> COLUMN_BITS) == (file, line)


def test_a_line_of_the_first_file_is_the_plain_line():
    assert pack(12, 3) >> COLUMN_BITS == 12


def test_keys_keep_their_marks_when_they_are_set_and_taken():
    tree = Map(pack(1, 1))
    for number, key in enumerate("abc", 1):
        tree.put(key, number, pack(number, 1))
    tree.put("b", 20, pack(9, 9))
    assert tree.take("a") == 1
    assert tree.take("gone") is None
    assert list(tree.items()) == [("b", 20), ("c", 3)]
    assert [tree.place(key) for key in ("b", "c", "gone")] == [(9, 9), (3, 1), (1, 1)]
    assert tree.lines() == {"b": 9, "c": 3}


def test_items_keep_their_marks():
    items = Seq()
    items.add("x", pack(2, 5))
    assert (items, items.marks) == (["x"], [pack(2, 5)])


def test_resolved_text_is_text_and_knows_what_was_written():
    text = Resolved("nginx:1", "nginx:${TAG}")
    assert text == "nginx:1"
    assert text.written == "nginx:${TAG}"
