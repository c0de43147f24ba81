"""systemd's specifiers (``%n``, ``%h`` ...) and its variables (``${NAME}``) in the values of a unit.

Source: https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Specifiers
https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
"""

import re
from collections.abc import Mapping

from analyzer.tree import Resolved

_SPECIFIER = re.compile(r"%(.)")
_VARIABLE = re.compile(r"\$(?:\$|\{(\w+)\}|(\w+))", re.ASCII)
_PLACES = {
    "C": "/var/cache",
    "E": "/etc",
    "L": "/var/log",
    "S": "/var/lib",
    "T": "/tmp",  # noqa: S108 - a path of the described machine
    "V": "/var/tmp",  # noqa: S108
    "t": "/run",
    "h": "/root",
    "u": "root",
    "U": "0",
    "g": "root",
    "G": "0",
    "s": "/bin/sh",
}
_OWN_PLACES = {
    "C": "~/.cache",
    "E": "~/.config",
    "L": "~/.local/state/log",
    "S": "~/.local/state",
    "T": "/tmp",  # noqa: S108
    "V": "/var/tmp",  # noqa: S108
    "t": "/run/user/1000",
    "h": "~",
}
"""Of a user's units. Most users have the number 1000; only the socket's path depends on it."""


def specifiers(service: str, host: str | None, *, rootless: bool) -> dict[str, str]:
    """Return what each letter stands for in the unit of a service, named without ``.service``."""
    prefix, _, instance = service.partition("@")
    last = prefix.rpartition("-")[2]
    known = dict(_OWN_PLACES if rootless else _PLACES)
    known |= {"%": "%", "n": f"{service}.service", "N": service, "p": prefix, "j": last}
    known |= {"P": _unescaped(prefix), "J": _unescaped(last)}
    if "@" not in service or instance:
        known |= {"i": instance, "I": _unescaped(instance)}
    known["f"] = "/" + (known.get("I") or known["P"])
    if host:
        known |= {"H": host, "l": host.partition(".")[0], "q": host}
    return known


def _unescaped(name: str) -> str:
    r"""Return a name with ``-`` as ``/`` and ``\x2d`` as what it stands for."""
    return re.sub(
        r"\\x([0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), name.replace("-", "/")
    )


def expand(value: str, known: Mapping[str, str], variables: Mapping[str, str]) -> str:
    """Return a value with the specifiers and variables that are known put in.

    One that is not known stays as it is written. Text that a variable went into is `Resolved`.
    """
    if "%" in value:
        value = _SPECIFIER.sub(lambda found: known.get(found[1], found[0]), value)
    if "$" not in value:
        return value

    def put(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return "$" if name is None else variables.get(name, found[0])

    text = _VARIABLE.sub(put, value)
    return Resolved(text, value) if text != value else value
