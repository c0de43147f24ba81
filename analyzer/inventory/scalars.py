"""Readers of single values: text, names, choices, booleans, sizes, numbers, durations, dates."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from analyzer import units
from analyzer.inventory.fields import Reader, found, refuse
from analyzer.inventory.suggestion import did_you_mean

MAX_SIZE_BYTES = 64 * units.TIB
MIN_SIZE_BYTES = 64 * units.KIB
MAX_NAME = 200

_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")
BOOLEANS = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ARCHITECTURES = {
    **{name: name for name in ("amd64", "arm64", "arm", "386", "riscv64", "ppc64le", "s390x")},
    **dict.fromkeys(("x86_64", "x86-64", "x64"), "amd64"),
    **dict.fromkeys(("aarch64", "arm64v8"), "arm64"),
    **dict.fromkeys(("armv7l", "armv7", "armv6l", "armv6", "armhf", "arm32v7", "arm32v6"), "arm"),
    **dict.fromkeys(("i386", "i686"), "386"),
}
_PLAIN: dict[str, Any] = {"type": ["string", "number"]}

_parse_size = lru_cache(maxsize=4096)(units.parse_size)
_parse_number = lru_cache(maxsize=4096)(units.parse_number)
_parse_duration = lru_cache(maxsize=4096)(units.parse_duration)


def _scalar(value: Any, expected: str) -> str:
    if not isinstance(value, str):
        refuse(f"{found(value)} where {expected} is expected", "write one value")
    return value


def _read_text(value: Any) -> str:
    if type(value) is str and value:
        return value
    if not _scalar(value, "text"):
        refuse("is empty", "give a value, or remove the key")
    return str(value)


def _read_any_text(value: Any) -> str:
    return str(_scalar(value, "text"))


text = Reader(_read_text, _PLAIN)
"""Text that is not empty."""
any_text = Reader(_read_any_text, {"type": ["string", "number", "boolean"]})
"""Text that may be empty."""


def name_fault(name: str) -> tuple[str, str] | None:
    """Return what is wrong with a host's, service's or volume's name and the remedy, or None."""
    if not name:
        return "an empty name", "give it a name"
    if len(name) > MAX_NAME:
        return f"a name longer than {MAX_NAME} characters", "shorten it"
    match = _FORBIDDEN.search(name)
    if match:
        code = f"U+{ord(match[0]):04X}"
        return f"a name with a control or direction character ({code})", "remove it"
    return None


def _read_name(value: Any) -> str:
    name = _read_text(value)
    fault = name_fault(name)
    if fault:
        refuse(*fault)
    return name


name = Reader(_read_name, {**_PLAIN, "minLength": 1, "maxLength": MAX_NAME})
"""The name of a host, a service or a volume, or of the whole estate."""


def choice(*names: str, also: Mapping[str, Any] | None = None) -> Reader[Any]:
    """Return a reader of one of some words, in any case; ``also`` are other spellings of them."""
    table: dict[str, Any] = {**{known: known for known in names}, **(also or {})}

    def read(value: Any) -> Any:
        try:
            return table[value]
        except (KeyError, TypeError):
            pass
        word = _scalar(value, "one word").strip().lower()
        if word not in table:
            known = ", ".join(names)
            refuse(f"{found(value)} is not one of {known}", did_you_mean(word, names, "use one"))
        return table[word]

    flags = [True, False] if also and _TRUE[0] in also else []
    spellings = [spelling for spelling in also or () if spelling not in BOOLEANS]
    return Reader(read, {"enum": [*names, *spellings, *flags]})


def _yes_no(value: Any) -> bool:
    known = BOOLEANS.get(value) if isinstance(value, str) else None
    if known is None:
        known = BOOLEANS.get(_scalar(value, "true or false").strip().lower())
    if known is None:
        refuse(f"{found(value)} is neither true nor false", "write true or false")
    return known


boolean = Reader(_yes_no, {"type": ["boolean", "string"]})


def switch(yes: str, no: str) -> dict[str, str]:
    """Return what the words for true and false stand for, as `choice` takes it."""
    return {**dict.fromkeys(_TRUE, yes), **dict.fromkeys(_FALSE, no)}


level = choice("none", "low", "medium", "high", also=switch("high", "none"))
"""How much somebody wants something."""


def _number_of(value: Any, parse: Callable[[str], Any], what: str, remedy: str) -> Any:
    """Return what a parser makes of a text; refuse negative, endless and unreadable ones."""
    written = _scalar(value, what)
    parsed = parse(written)
    if parsed is None:
        if "$" in written:
            refuse(f"{found(value)} is a variable, not {what}", f"write its value: {remedy}")
        negative = written.strip().startswith("-")
        refuse(f"{found(value)} is {'negative' if negative else f'not {what}'}", remedy)
    return parsed


def size(*, zero: bool = False) -> Reader[int]:
    """Return a reader of bytes, up to 64 TiB; ``zero`` takes 0 as well.

    A size below 64 KiB is a forgotten unit (``memory: 32``) and refused.
    """

    def read(value: Any) -> int:
        parsed: int = _number_of(value, _parse_size, "a size", "write it as 512MiB or 8GiB")
        if parsed > MAX_SIZE_BYTES:
            refuse(f"{found(value)} is more than 64 TiB", "check the number and its unit")
        if parsed < MIN_SIZE_BYTES and not (zero and parsed == 0):
            refuse(f"{found(value)} is only {parsed} bytes", "add the unit, as in 512MiB or 8GiB")
        return parsed

    return Reader(read, _PLAIN)


def number(low: Fraction | int, high: int, *, above: bool = False) -> Reader[Fraction]:
    """Return a reader of a decimal number from ``low`` to ``high``; ``above``: more than low."""

    def read(value: Any) -> Fraction:
        parsed: Fraction = _number_of(value, _parse_number, "a number", "write it as 4 or 0.5")
        if parsed > high or parsed < low or (above and parsed == low):
            least = f"more than {low}" if above else f"at least {low}"
            refuse(f"{found(value)} is out of range", f"give {least} and at most {high:,}")
        return parsed

    return Reader(read, _PLAIN)


def count(low: int, high: int) -> Reader[int]:
    """Return a reader of a whole number from ``low`` to ``high``."""

    def read(value: Any) -> int:
        parsed = _number_of(value, _parse_number, "a whole number", "write it in digits, as in 3")
        if parsed.denominator != 1:
            refuse(f"{found(value)} is not a whole number", "write it in digits, as in 3")
        if not low <= parsed <= high:
            refuse(f"{found(value)} is out of range", f"give {low} to {high:,}")
        return int(parsed)

    return Reader(read, {"type": ["integer", "string"], "minimum": low, "maximum": high})


def duration(most_seconds: int) -> Reader[Fraction]:
    """Return a reader of seconds, such as ``4h`` or ``1m30s``."""

    def read(value: Any) -> Fraction:
        remedy = "write it with its unit, as in 30s, 10min or 4h"
        parsed: Fraction = _number_of(value, _parse_duration, "a duration", remedy)
        if parsed > most_seconds:
            longest = units.format_duration(most_seconds)
            refuse(f"{found(value)} is longer than {longest}", "check the number and its unit")
        return parsed

    return Reader(read, {"type": "string"})


def _read_architecture(value: Any) -> str:
    word = _scalar(value, "an architecture").strip().lower()
    known = _ARCHITECTURES.get(word)
    if known is None:
        common = "amd64, arm64, arm, riscv64"
        remedy = did_you_mean(word, _ARCHITECTURES, f"use one of {common}")
        refuse(f"{found(value)} is no known architecture", remedy)
    return known


architecture = Reader(_read_architecture, {"enum": sorted(_ARCHITECTURES)})
"""A processor architecture in the words of container images; ``uname -m`` spellings are taken.

Source: https://github.com/containerd/platforms/blob/main/database.go
"""


def _read_platform(value: Any) -> dict[str, tuple[str]]:
    parts = _scalar(value, "a platform such as linux/arm64").split("/")
    return {"architectures": (_read_architecture(parts[1] if len(parts) > 1 else parts[0]),)}


platform = Reader(_read_platform, {"type": "string"})
"""Compose's ``platform``: ``linux/arm64/v8`` -> the one architecture it names."""


def _read_date(value: Any) -> str:
    written = _scalar(value, "a date").strip()
    if not _ISO_DATE.fullmatch(written):
        refuse(f"{found(value)} is not a date", "write it as YYYY-MM-DD")
    try:
        date.fromisoformat(written)
    except ValueError:
        refuse(f"{found(value)} is not in the calendar", "write a day that exists, as YYYY-MM-DD")
    return written


iso_date = Reader(_read_date, {"type": "string", "format": "date"})
"""A day that exists, kept as text: nothing here asks what day it is."""
