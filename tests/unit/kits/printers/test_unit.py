import pytest

from analyzer.kits.printers.unit import command, literal, one_line, unit, word


def test_a_unit_has_its_sections_in_order_and_no_empty_one():
    text = unit({"Unit": [("A", "1")], "Empty": [], "Service": [("B", "2"), ("B", "3")]}, ["why"])
    assert text == "# why\n\n[Unit]\nA=1\n\n[Service]\nB=2\nB=3\n"


@pytest.mark.parametrize("value", ["a\nExecStart=/bin/evil", "a\r\n[Service]"])
def test_a_value_cannot_begin_another_line(value):
    assert unit({"X": [("A", value)]}).count("\n") == 2
    assert "\n" not in one_line(value)


def test_nothing_is_expanded_by_systemd():
    assert literal("50%") == "50%%"
    assert (
        command(["echo", "$HOME", "100%", "a b", 'say "x"', ""])
        == ('echo $$HOME 100%% "a b" "say \\"x\\"" ""')
        or command(["$HOME"]) == '"$$HOME"'
    )
    assert word("plain-1") == "plain-1"
