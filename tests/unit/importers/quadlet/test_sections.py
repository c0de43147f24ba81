from analyzer.importers.quadlet.sections import Pair, Section, Setting
from analyzer.importers.quadlet.units import parts_of, units_of
from tests.unit.importers.quadlet.units_in import documents


def section(text: str) -> Section:
    (document,) = documents({"a.container": text})
    return Section(units_of(parts_of(document), None)["a.container"], "Container", {})


def test_the_last_value_counts_and_an_empty_one_takes_all_back():
    said = section('[Container]\nK=1\nK="2"\nL=1\nL=\nM=1\nM=\nM=3\n')
    assert said.last("K").text == "2"
    assert said.last("L") is None
    assert [setting.text for setting in said.lines("M")] == ["3"]


def test_words_and_pairs():
    said = section('[Container]\nK=a "b c=d"\nK=e=\n')
    assert [setting.text for setting in said.words("K")] == ["a", "b c=d", "e="]
    assert [pair[:2] for pair in said.pairs("K")] == [("a", None), ("b c", "d"), ("e", "")]


def test_added_values_come_last():
    said = section("[Container]\nK=a\n")
    said.add("K", Setting("b=1 2", 7))
    assert said.last("K") == Setting("b=1 2", 7)
    assert [setting.text for setting in said.words("K")] == ["a", "b=1 2"]
    assert said.pairs("K")[1] == Pair("b", "1 2", 7)


def test_yes():
    said = section("[Container]\nA=YES\nB=1\nC=off\n")
    assert [said.yes(key) for key in "ABCD"] == [True, True, False, False]
