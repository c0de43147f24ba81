"""All that is said of a service: what the model keeps of it, and the rest as it is written.

The model of the inventory keeps what bears on the decision. A kit needs every key, so it reads the
others from the tree, tolerantly: what is not written as Compose wants it reads as None, and the
ledger then says that it was not understood.

Source: https://github.com/compose-spec/compose-spec/blob/main/05-services.md
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from analyzer.inventory.fields import EXTENSION
from analyzer.inventory.model import Service, Source
from analyzer.inventory.scalars import BOOLEANS
from analyzer.kits.secrecy import Veil
from analyzer.tree import COLUMN_BITS, Map, Seq
from analyzer.units import parse_duration, parse_size

_INDEX = re.compile(r"([^\[.]+)(?:\[(\d+)\])?(?:\.(.+))?")
_NUMBER = re.compile(r"-?\d{1,15}")


class Device(NamedTuple):
    """A device of the host, where it is in the container, and what may be done with it."""

    source: str
    target: str
    permissions: str


class Spec:
    """One service, for a converter to read key by key."""

    def __init__(self, service: Service, tree: Map) -> None:
        """Read a service and the tree that it was read from."""
        self.service = service
        self.tree = tree
        self.veil = Veil(service)

    @property
    def name(self) -> str:
        """Return the service's name in the inventory."""
        return self.service.name

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key that says something, sorted; of an extension what lies below it."""
        found = []
        for key, value in self.tree.items():
            if key.startswith(EXTENSION) and type(value) is Map:
                found += [f"{key}/{below}" for below in value]
            elif value is not None and not (isinstance(value, Map | Seq) and not value):
                found.append(key)
        return tuple(sorted(found))

    def place(self, key: str) -> Source:
        """Return where a key is stated, as near as it is known."""
        found = _INDEX.fullmatch(key.partition("/")[0])
        name, index, below = found.groups() if found else (key, None, None)
        if name not in self.tree:
            return self.service.source
        mark, value = self.tree.mark_of(name), self.tree[name]
        if index is not None and type(value) is Seq and int(index) < len(value.marks):
            mark = value.marks[int(index)] or mark
        elif below is not None and type(value) is Map:
            mark = value.mark_of(below) or mark
        elif "/" in key and type(value) is Map:
            mark = value.mark_of(key.partition("/")[2]) or mark
        return self.service.at(mark >> COLUMN_BITS)

    def has(self, key: str) -> bool:
        """Return whether a key has a value; an empty list says nothing."""
        value = self.tree.get(key)
        return value is not None and not (isinstance(value, Map | Seq) and not value)

    def text(self, key: str) -> str | None:
        """Return a key's one value."""
        value = self.tree.get(key)
        return str(value) if isinstance(value, str) and value else None

    def flag(self, key: str) -> bool | None:
        """Return a key's value as a boolean."""
        written = self.text(key)
        return BOOLEANS.get(written.lower()) if written else None

    def number(self, key: str) -> int | None:
        """Return a key's value as a whole number."""
        written = self.text(key)
        return int(written) if written and _NUMBER.fullmatch(written) else None

    def seconds(self, key: str) -> int | None:
        """Return a key's duration in seconds, rounded up."""
        return seconds(self.text(key))

    def size(self, key: str) -> int | None:
        """Return a key's size in bytes."""
        written = self.text(key)
        return parse_size(written) if written else None

    def words(self, key: str) -> tuple[str, ...] | None:
        """Return a key's list, or its one value as a list."""
        value = self.tree.get(key)
        if isinstance(value, str):
            return (str(value),)
        if type(value) is Seq and all(isinstance(item, str) for item in value):
            return tuple(map(str, value))
        return None

    def pairs(self, key: str) -> dict[str, str] | None:
        """Return a key's mapping, or its list of ``name=value``, sorted by name."""
        value = self.tree.get(key)
        found: dict[str, str] = {}
        if type(value) is Seq:
            for item in value:
                name, equals, rest = item.partition("=") if isinstance(item, str) else ("", "", "")
                if not name or not equals:
                    return None
                found[name] = rest
        elif type(value) is Map:
            for name, item in value.items():
                if not isinstance(item, str | None):
                    return None
                found[name] = str(item or "")
        else:
            return None
        return {name: found[name] for name in sorted(found)}

    def below(self, *path: str) -> Any:
        """Return the value at a path of keys, None where it leads nowhere."""
        value: Any = self.tree
        for key in path:
            value = value.get(key) if type(value) is Map else None
        return value

    def command(self, key: str) -> tuple[str, ...] | None:
        """Return a command as words: a text is split as a shell splits it, and never run by one.

        Values of variables in it stand as ``${NAME}``, see `Veil`.
        """
        value = self.tree.get(key)
        if isinstance(value, str):
            words = _split(str(value))
        else:
            listed = self.words(key)
            words = list(listed) if listed is not None else None
        return None if words is None else tuple(self.veil.all(words))

    def listed(self, key: str) -> Iterator[tuple[str, Any]]:
        """Yield the items of a list, each with its key such as ``volumes[2]``."""
        value = self.tree.get(key)
        if type(value) is Seq:
            for index, item in enumerate(value):
                yield f"{key}[{index}]", item
        elif value is not None:
            yield key, value

    def devices(self) -> Iterator[tuple[str, Device | None]]:
        """Yield the devices, each with its key; None where one is not understood."""
        for key, item in self.listed("devices"):
            yield key, _device(item)


def seconds(written: str | None) -> int | None:
    """Return a duration in whole seconds, rounded up; a bare number counts seconds."""
    if not written:
        return None
    exact = Fraction(written) if _NUMBER.fullmatch(written) else parse_duration(written)
    return None if exact is None else -int(-exact // 1)


def _device(item: Any) -> Device | None:
    if isinstance(item, str):
        parts = str(item).split(":")
        if not parts[0].startswith("/"):  # CDI, as in nvidia.com/gpu=all, has no target
            return Device(str(item), "", "rwm")
        target = parts[1] if len(parts) > 1 and parts[1].startswith("/") else parts[0]
        last = parts[-1] if len(parts) > 1 and not parts[-1].startswith("/") else "rwm"
        return Device(parts[0], target, last)
    if type(item) is Map and isinstance(item.get("source"), str):
        source = str(item["source"])
        return Device(
            source, str(item.get("target") or source), str(item.get("permissions") or "rwm")
        )
    return None


@lru_cache(maxsize=1024)
def _split_cached(text: str) -> tuple[str, ...] | None:
    import shlex  # noqa: PLC0415 - only where a command is written as one text

    try:
        return tuple(shlex.split(text))
    except ValueError:
        return None


def _split(text: str) -> list[str] | None:
    """Return the words of a command line; None when a quotation does not end."""
    found = _split_cached(text)
    return None if found is None else list(found)


def specs(services: Mapping[str, Service], written: Mapping[str, Map]) -> dict[str, Spec]:
    """Return what is said of each service, by name."""
    return {name: Spec(service, written.get(name, Map())) for name, service in services.items()}
