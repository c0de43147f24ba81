from analyzer.inventory.fields import (
    Field,
    Reader,
    Record,
    found,
    list_of,
    nullable,
    one_or_more,
)
from analyzer.inventory.scalars import count, text
from analyzer.tree import unpack
from tests.unit.inventory.nodes import faults, node, read

INNER = Record("an inner", (Field("size", "size", count(1, 9), "Its size."),))
OUTER = Record(
    "an outer",
    (
        Field("title", "title", text, "Its title."),
        Field("parts", "parts", list_of(INNER.reader()), "Its parts."),
    ),
    frozenset({"colour"}),
)


def test_a_record_reads_what_it_knows():
    written = node("title: a\ncolour: [any, thing]\nx-note: {b: c}\nparts: [{size: 1}]\n")
    scan = OUTER.scan(written)
    assert scan.values == {"title": "a", "parts": ({"size": 1},)}
    assert scan.lines == {"title": 1, "parts": 4}
    assert scan.ignored == [("colour", 2)]
    assert scan.faults == []


def test_faults_carry_path_and_place_from_any_depth():
    written = node("titel: a\nparts:\n  - size: 0\n  - 3\n  - {sise: 1}\n")
    found_faults = [(f.path, unpack(f.mark or 0)[0], f.what) for f in OUTER.scan(written).faults]
    assert found_faults == [
        (".titel", 1, "unknown key in an outer"),
        (".parts[0].size", 3, "'0' is out of range"),
        (".parts[1]", 4, "text where a mapping is expected"),
        (".parts[2].sise", 5, "unknown key in an inner"),
    ]


def test_a_key_without_a_value_is_as_if_absent():
    scan = OUTER.scan(node("title:\nparts: ~\n"))
    assert (scan.values, scan.lines, scan.faults) == ({}, {}, [])


def test_unknown_keys_get_the_nearest_one():
    fault = OUTER.scan(node("{tilte: a}")).faults[0]
    assert fault.remedy == "did you mean 'title'?"
    fault = OUTER.scan(node("{zzz: a}")).faults[0]
    assert fault.remedy == "remove it, or start its name with 'x-' to keep a note"


def test_one_or_more():
    reader: Reader[tuple[str, ...]] = one_or_more(text)
    assert read(reader, "a") == ("a",)
    assert read(reader, "[a, b]") == ("a", "b")
    assert faults(reader, "[a, [b]]") == ["[1]: a list where text is expected; write one value"]


def test_long_texts_are_shortened_in_messages():
    assert found("a" * 61) == f"'{'a' * 60}…'"
    assert found(None) == "nothing"


def test_schemas_take_null_besides():
    assert nullable({"type": "string"}) == {"type": ["string", "null"]}
    assert nullable({"type": ["string", "null"]}) == {"type": ["string", "null"]}
    assert nullable({"enum": ["a"]}) == {"enum": ["a", None]}
    assert nullable({"anyOf": [{}]}) == {"anyOf": [{}, {"type": "null"}]}
    assert nullable({}) == {}
