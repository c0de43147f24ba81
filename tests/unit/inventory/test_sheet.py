"""The sheet of a service."""

from analyzer.inventory.sheet import Sheet, entries, texts
from analyzer.tree import Map, Seq


def test_adding_to_one_value_makes_a_list():
    sheet = Sheet("a", "a", 1, "x-nixos")
    sheet.put("dns", "1.1.1.1", 1)
    sheet.add("dns", "9.9.9.9", 2)
    assert sheet.entry == {"dns": ["1.1.1.1", "9.9.9.9"]}
    assert sheet.entry["dns"].marks == [1, 2]


def test_the_first_dependency_on_a_service_stands_and_none_on_itself():
    sheet = Sheet("a", "a", 1, "x-nixos")
    sheet.need("b", "hard", "x", 1)
    sheet.need("b", "soft", "y", 2)
    sheet.need("a", "soft", "y", 2)
    assert sheet.entry["depends_on"] == {"b": {"kind": "hard", "why": "x"}}


def test_a_broken_value_is_not_shown():
    sheet = Sheet("a", "containers.a", 1, "x-nixos")
    sheet.broken("user", Seq(), "one value", 5)
    assert sheet.remarks == [
        (5, "containers.a.user", "broken", "a list where one value is expected; left out")
    ]


def test_what_has_another_type_has_no_entries():
    assert entries("x") == entries(None) == []
    assert texts(Map()) == texts("x") == []
