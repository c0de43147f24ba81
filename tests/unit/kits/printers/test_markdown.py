from analyzer.kits.printers.markdown import document, fenced, numbered, table


def test_a_fence_is_longer_than_any_inside():
    assert fenced(["a", "```", "b"]).startswith("````sh\n")


def test_lines_of_an_item_are_indented_below_it():
    assert numbered(["a\n\nb", "c"]) == "1. a\n\n   b\n2. c"


def test_a_table_without_rows_is_nothing():
    assert table(("a",), []) == ""
    assert document(["a", "", "b"]) == "a\n\nb\n"
