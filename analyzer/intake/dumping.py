"""A tree -> YAML 1.2 text that reads well and reads back as the same tree.

What YAML 1.1 or another reader would take for a number, a date, a boolean or null stands in
quotes, unless it is one and was written as one: ``cpus: 4`` and ``privileged: true``.
"""

import re
from collections.abc import Iterator
from typing import Any

from analyzer.inventory.fields import EXTENSION
from analyzer.inventory.services import SERVICE
from analyzer.inventory.starter import NEEDS_QUESTIONS
from analyzer.tree import Map, Quoted, Seq

WIDTH = 99
"""Columns that a list or a mapping may take in one line."""
LONGEST_KEY = 100
"""A key of more than 1,024 characters has to be marked as one, with its escapes."""
ENTRY_LEVEL = 2
"""Where the services, hosts and volumes are: always one key a line."""

SET_BY_IMPORT = "set by import"
"""Begins the comment by which a later import knows that it may say otherwise."""
GONE_NOTE = f"{SET_BY_IMPORT}: no longer in its source"
NOT_SEEN_NOTE = f"{SET_BY_IMPORT}: not seen running"

HEADER = """\
# Written by 'k8sadvisor import'. The next import into this file updates what the sources say and
# keeps what is yours: needs, waivers, notes, backup, criticality, recovery_time, migrate, hosts'
# facts, comments, the order of keys, and every service without 'from'.
"""
_QUESTIONS = """\

# Your turn: a key without a value counts as unknown and is never guessed. These answers decide
# most, the weightiest on top. Then run 'k8sadvisor analyse' on this file.
"""

_HOST_QUESTIONS = {
    "arch": "amd64, arm64, arm, riscv64",
    "cpus": "threads",
    "memory": "as in 16GiB",
    "memory_used": "as `free -h` shows it",
    "disk": "nvme, ssd, hdd, sd",
    "site": "hosts of one site share a local network",
    "cluster": "may it join a cluster? candidate, never; or server, agent today",
}

_SECTIONS = ("schema", "name", "hosts", "volumes", "services", "unread", "waivers", "needs")
# fmt: off
_FIRST = (
    "from", "project", "host", "runtime", "image", "build", "container_name", "hostname",
    "command", "network", "network_mode", "networks", "ports", "expose", "volumes", "tmpfs",
    "devices", "gpus", "environment", "env_file", "env_files", "secrets", "labels", "memory",
    "limits", "mem_limit", "cpus", "deploy", "healthcheck", "restart", "exposure", "depends_on",
    "inferred", "links",
)
# fmt: on
_KNOWN = (*(field.key for field in SERVICE.fields), *sorted(SERVICE.ignored))
_SERVICE_RANK = {key: at for at, key in enumerate(dict.fromkeys((*_FIRST, *_KNOWN)))}
_SECTION_RANK = {key: at for at, key in enumerate(_SECTIONS)}

_PLAIN = re.compile(
    r"[\w/.$(](?:[\w /.$()+@%=~^;!?<>*&|'\"\\,:#\[\]{}-]*[\w/.$()+@%=~^;!?<>*&|'\"\\,\]{}-])?"
)
_NEVER_PLAIN = re.compile(r": | #|\A(?:---|\.\.\.)")
_NEVER_IN_FLOW = re.compile(r"[\[\]{},:]")
_AMBIGUOUS = re.compile(
    r"[-+.]?\d[\d_.,:\sa-fA-FxXoOtTzZ+-]*"
    r"|(?i:y|n|yes|no|on|off|true|false|null|nan|inf|\.nan|[-+]?\.inf)"
)
_ITSELF = re.compile(r"true|false|0|[1-9][0-9]{0,14}|(?:0|[1-9][0-9]{0,9})\.[0-9]{0,8}[1-9]")
_SHORT_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


class Noted(str):
    """A scalar that gets a comment behind it where it is written for the first time."""

    __slots__ = ("note",)
    note: str

    def __new__(cls, text: str, note: str) -> "Noted":
        """Return the text with its comment."""
        self = super().__new__(cls, text)
        self.note = note
        return self


def dump(tree: Any) -> str:
    """Return an inventory as text, with a comment on top; reading it gives an equal tree."""
    return HEADER + _document(tree)


def dump_new(tree: Map) -> str:
    """Return an inventory with questions to its owner: of its hosts, and at the end its needs."""
    text = HEADER + _document(tree, ask=True)
    return text if "needs" in tree else text + _QUESTIONS + NEEDS_QUESTIONS


def scalar(value: str | None, *, flow: bool = False, key: bool = False) -> str:
    """Return a scalar as it is written; ``flow``: between brackets or braces."""
    if value is None:
        return "null"
    if _PLAIN.fullmatch(value) is None or _NEVER_PLAIN.search(value):
        return quoted(value)
    if flow and _NEVER_IN_FLOW.search(value):
        return quoted(value)
    if _AMBIGUOUS.fullmatch(value) and (
        key or type(value) is Quoted or _ITSELF.fullmatch(value) is None
    ):
        return quoted(value)
    return value


def quoted(text: str) -> str:
    """Return text in double quotes, on one line."""
    if text.isprintable():
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    short = _SHORT_ESCAPES.get(char)
    if short or char.isprintable():
        return short or char
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004 - half a pair is no character; only JSON has it
        return "\ufffd"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def inline(value: Any) -> str:
    """Return any value on one line, between brackets or braces when it has parts."""
    if type(value) is Map:
        return "{" + ", ".join(pair(key, part) for key, part in value.items()) + "}"
    if type(value) is Seq:
        return "[" + ", ".join(map(inline, value)) + "]"
    return scalar(value, flow=True)


def pair(key: str, value: Any) -> str:
    """Return a key with its value as they stand between braces."""
    name = scalar(key, flow=True, key=True)
    name = f"? {name} " if len(name) > LONGEST_KEY else name
    return f"{name}: {inline(value)}"


def fitting(value: Any, room: int, level: int) -> str | None:
    """Return a value as it fits into the rest of a line; None when it takes lines of its own.

    Args:
        value: a scalar, a list or a mapping.
        room: columns that are left.
        level: how deep it stands; the document has 0, what a service's key has is 3.
    """
    if not isinstance(value, Map | Seq):
        return scalar(value)
    if not value:
        return inline(value)
    if _height(value, 3) > max(0, min(level - ENTRY_LEVEL, 2)) or len(value) > room:
        return None
    text = inline(value)
    return text if len(text) <= room else None


def _height(value: Any, most: int) -> int:
    """Return how many levels of lists and mappings a value has, up to ``most``."""
    if not value or not isinstance(value, Map | Seq) or most == 0:
        return 0
    parts = value.values() if type(value) is Map else value
    return 1 + max(_height(part, most - 1) for part in parts)


def entry(key: str, value: Any, indent: int, level: int) -> list[str]:
    """Return the lines of a key with its value. ``level`` is that of the value."""
    name = scalar(key, key=True)
    pad = " " * indent
    lines = []
    if len(name) > LONGEST_KEY:
        lines, name = [f"{pad}? {name}"], ""
    if value is None:
        return [*lines, f"{pad}{name}:"]
    text = fitting(value, WIDTH - indent - len(name) - 2, level)
    if text is not None:
        note = f" # {value.note}" if isinstance(value, Noted) else ""
        return [*lines, f"{pad}{name}: {text}{note}"]
    return [*lines, f"{pad}{name}:", *_block(value, indent + 2, level)]


def item(value: Any, indent: int, level: int) -> list[str]:
    """Return the lines of an item of a list. ``level`` is that of the item."""
    text = fitting(value, WIDTH - indent - 2, level)
    if text is not None:
        return [f"{' ' * indent}- {text}"]
    first, *rest = _block(value, indent + 2, level)
    return [f"{' ' * indent}- {first[indent + 2 :]}", *rest]


def _block(value: Any, indent: int, level: int) -> list[str]:
    """Return the lines of a list or a mapping that has parts."""
    if type(value) is Seq:
        return [line for part in value for line in item(part, indent, level + 1)]
    return [line for key, part in value.items() for line in entry(key, part, indent, level + 1)]


def ordered(service: Map) -> list[str]:
    """Return the keys of a service in the order in which they read well; own ones come last."""
    last = len(_SERVICE_RANK)
    return sorted(
        service,
        key=lambda key: (key.startswith(EXTENSION), _SERVICE_RANK.get(key, last)),
    )


def service_entry(name: str, service: Any, indent: int) -> list[str]:
    """Return the lines of a service with its name, its keys in order.

    What an import says of whether it runs is marked, so that a later one may say otherwise.
    """
    if type(service) is not Map or not service:
        return entry(name, service, indent, ENTRY_LEVEL)
    arranged = Map(service.mark)
    for key in ordered(service):
        arranged[key] = service[key]
    if "from" in service and type(service.get("verified")) is str:
        arranged["verified"] = Noted(service["verified"], NOT_SEEN_NOTE)
    return entry(name, arranged, indent, ENTRY_LEVEL)


def _document(tree: Any, *, ask: bool = False) -> str:
    if type(tree) is not Map or not tree:
        lines = [inline(tree)] if not tree or type(tree) is not Seq else _block(tree, 0, 0)
    else:
        lines = list(_sections(tree, ask=ask))
    return "\n".join(lines) + "\n"


def _sections(tree: Map, *, ask: bool) -> Iterator[str]:
    last = len(_SECTION_RANK)
    before: Any = ""
    for key in sorted(tree, key=lambda key: _SECTION_RANK.get(key, last)):
        value = tree[key]
        if isinstance(before, Map | Seq) or isinstance(value, Map | Seq):
            yield ""
        before = value
        if key == "services" and type(value) is Map and value:
            yield "services:"
            for at, (name, service) in enumerate(value.items()):
                if at:
                    yield ""
                yield from service_entry(name, service, 2)
        elif key == "hosts" and type(value) is Map and value and ask:
            yield "hosts:"
            for name, host in value.items():
                yield from _host_asked(name, host)
        else:
            yield from entry(key, value, 0, 1)


def _host_asked(name: str, host: Any) -> Iterator[str]:
    """Yield the lines of a host, with a key to fill in for each fact that decides much."""
    if type(host) is not Map and host is not None:
        yield from entry(name, host, 2, ENTRY_LEVEL)
        return
    yield from entry(name, host or None, 2, ENTRY_LEVEL)
    for key, question in _HOST_QUESTIONS.items():
        if key not in (host or ()):
            yield f"    {key + ':':<23} # {question}"
