"""One key of a file -> one value of the model, or what is wrong with it.

A `Reader` is a function from a node of the YAML tree to a value, and the JSON Schema of what it
takes. A `Field` gives a reader its key, its attribute in the model and its meaning. A `Record`
reads a whole mapping by its fields. So every key is declared once, and reading, messages, JSON
Schema and documentation follow from it.

A reader that cannot read raises `Refused`, with every fault below it; a missing place is filled in
by whoever knows the key. Raising costs nothing where there is nothing wrong.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

from analyzer.inventory.suggestion import did_you_mean
from analyzer.tree import COLUMN_BITS, Map, Seq, type_names

T = TypeVar("T")
Schema = Mapping[str, Any]

_SHOWN = 60
EXTENSION = "x-"
NOT_A_KEY = f"remove it, or start its name with '{EXTENSION}' to keep a note"


class Fault(NamedTuple):
    """What is wrong: ``path`` below the value read, and its packed place when already known."""

    path: str
    mark: int | None
    what: str
    remedy: str


class Refused(Exception):  # noqa: N818 - a verdict on a value, never an error of the program
    """A value cannot be read; carries every fault found in it."""

    def __init__(self, *faults: Fault) -> None:
        """Keep the faults."""
        self.faults = faults
        super().__init__()

    def below(self, step: str, mark: int) -> list[Fault]:
        """Return the faults as seen from one level up: ``step`` is ``.key`` or ``[2]``."""
        return [
            Fault(step + path, mark if place is None else place, what, remedy)
            for path, place, what, remedy in self.faults
        ]


def refuse(what: str, remedy: str) -> NoReturn:
    """Refuse the value being read.

    Raises:
        Refused: always.
    """
    raise Refused(Fault("", None, what, remedy))


class Reader(NamedTuple, Generic[T]):
    """How to read one value. ``read`` raises `Refused`; ``schema`` says what it takes."""

    read: Callable[[Any], T]
    schema: Schema


class Field(NamedTuple):
    """One key. ``attribute`` names the model's field; None: the reader returns several by name.

    ``about`` is one sentence for editors and documentation.
    """

    key: str
    attribute: str | None
    reader: Reader[Any]
    about: str


class Scan(NamedTuple):
    """What a mapping says: values by attribute, lines by key, faults, and keys of no bearing."""

    values: dict[str, Any]
    lines: dict[str, int]
    faults: list[Fault]
    ignored: list[tuple[str, int]]


def found(value: Any) -> str:
    """Return what stands there, for a message: ``a list``, ``'abc'``, ``nothing``."""
    if isinstance(value, str):
        text = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        return f"'{text}'"
    return type_names.get(type(value), "nothing")


def kind(value: Any) -> str:
    """Return what stands there without showing it: where keys are missing it may be a secret."""
    return type_names.get(type(value), "nothing")


def expect_map(value: Any, example: str) -> Map:
    """Return the value when it is a mapping; otherwise refuse it."""
    if type(value) is not Map:
        refuse(f"{kind(value)} where a mapping is expected", f"write it as {example}")
    return value


class Record:
    """Reads a mapping of known keys: each field once, unknown keys refused except ``x-*``."""

    def __init__(
        self,
        what: str,
        fields: tuple[Field, ...],
        ignored: frozenset[str] = frozenset(),
        homes: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Index the fields.

        Args:
            what: what a mapping stands for, as in ``a host``.
            fields: the keys that are read; at most one per attribute sets it alone.
            ignored: keys that are accepted and have no bearing.
            homes: the key under which an attribute's line is kept, whichever key states it.
        """
        self.what = what
        self.fields = fields
        self.ignored = ignored
        self.homes = {**{f.attribute: f.key for f in fields if f.attribute}, **homes}
        self._names = frozenset(ignored | {field.key for field in fields})
        self._known = {field.key: (field.reader.read, field.attribute) for field in fields}

    def scan(self, tree: Map) -> Scan:
        """Return all that a mapping says; a key without a value is as if absent."""
        scan = Scan({}, {}, [], [])
        values, lines, faults, _ = scan
        known = self._known
        several: list[tuple[str, int, dict[str, Any]]] = []
        for key, value, mark in zip(tree, tree.values(), tree.marks, strict=False):
            entry = known.get(key)
            if entry is None:
                self._other(scan, key, mark)
            elif value is not None:
                read, attribute = entry
                try:
                    result = read(value)
                except Refused as refused:
                    faults.extend(refused.below("." + key, mark))
                else:
                    lines[key] = mark >> COLUMN_BITS
                    if attribute is not None:
                        values[attribute] = result
                    else:
                        several.append((key, mark, result))
        if several:
            self._join(scan, several)
        return scan

    def read(self, value: Any) -> dict[str, Any]:
        """Return the values by attribute.

        Raises:
            Refused: no mapping, or a fault in it.
        """
        scan = self.scan(expect_map(value, f"{{{self.fields[0].key}: …}}"))
        if scan.faults:
            raise Refused(*scan.faults)
        return scan.values

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the mapping."""
        properties = {
            field.key: {"description": field.about, **nullable(field.reader.schema)}
            for field in self.fields
        }
        properties |= {key: {} for key in sorted(self.ignored - properties.keys())}
        return {
            "type": "object",
            "properties": properties,
            "patternProperties": {f"^{EXTENSION}": {}},
            "additionalProperties": False,
        }

    def reader(self) -> Reader[dict[str, Any]]:
        """Return the record as a reader of values by attribute."""
        return Reader(self.read, self.schema())

    def _join(self, scan: Scan, several: list[tuple[str, int, dict[str, Any]]]) -> None:
        """Add what keys with several attributes say; lists add up, anything else must agree."""
        said = dict(self.homes)
        for key, mark, updates in sorted(several, key=lambda entry: entry[0]):
            for attribute, value in updates.items():
                home = self.homes.get(attribute, key)
                scan.lines.setdefault(home, mark >> COLUMN_BITS)
                present = scan.values.get(attribute)
                if present is None:
                    scan.values[attribute] = value
                    said[attribute] = key
                elif isinstance(present, tuple) and isinstance(value, tuple):
                    scan.values[attribute] = present + value
                elif present != value:
                    other = said.get(attribute, attribute)
                    what = f"says otherwise than '{other}'"
                    scan.faults.append(Fault("." + key, mark, what, "keep one of the two"))

    def _other(self, scan: Scan, key: str, mark: int) -> None:
        """Keep a key of no bearing, pass over an extension, refuse any other."""
        if key in self.ignored:
            scan.ignored.append((key, mark >> COLUMN_BITS))
        elif not key.startswith(EXTENSION):
            remedy = did_you_mean(key, self._names, NOT_A_KEY)
            scan.faults.append(Fault("." + key, mark, f"unknown key in {self.what}", remedy))


def nullable(schema: Schema) -> dict[str, Any]:
    """Return a JSON Schema that takes null besides: a key without a value is unknown."""
    schema = dict(schema)
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    elif "anyOf" in schema:
        schema["anyOf"] = [*schema["anyOf"], {"type": "null"}]
    elif "type" in schema:
        kinds = schema["type"]
        kinds = [kinds] if isinstance(kinds, str) else list(kinds)
        schema["type"] = kinds if "null" in kinds else [*kinds, "null"]
    return schema


def list_of(item: Reader[T]) -> Reader[tuple[T, ...]]:
    """Return a reader of a list; every bad item is reported."""
    read_item = item.read

    def read(value: Any) -> tuple[T, ...]:
        if type(value) is not Seq:
            refuse(f"{found(value)} where a list is expected", "write it as [a, b]")
        try:
            return tuple([read_item(part) for part in value])
        except Refused:
            raise every_fault(value, read_item) from None

    return Reader(read, {"type": "array", "items": dict(item.schema)})


def every_fault(value: Seq, read_item: Callable[[Any], Any]) -> Refused:
    """Return all the faults of a list's items."""
    faults: list[Fault] = []
    for index, (part, mark) in enumerate(zip(value, value.marks, strict=False)):
        try:
            read_item(part)
        except Refused as refused:
            faults.extend(refused.below(f"[{index}]", mark))
    return Refused(*faults)


def one_or_more(item: Reader[T]) -> Reader[tuple[T, ...]]:
    """Return a reader of a list, or of a single item that stands for a list of one."""
    many = list_of(item)

    def read(value: Any) -> tuple[T, ...]:
        return many.read(value) if type(value) is Seq else (item.read(value),)

    return Reader(read, {"anyOf": [dict(item.schema), dict(many.schema)]})
