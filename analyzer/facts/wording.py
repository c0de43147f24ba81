"""Facts -> words: a value with its unit, and sentences with facts filled in."""

import re
from collections.abc import Mapping
from fractions import Fraction

from analyzer.facts.model import Fact, Unit
from analyzer.rulebook.model import Value
from analyzer.units import decimal, format_duration, format_size

UNKNOWN = "not known"
_PLACE = re.compile(r"\{([a-z0-9_.]+)\}")
_SINGULAR = {
    "hosts": "host",
    "servers": "server",
    "sites": "site",
    "services": "service",
    "hours": "hour",
    "weeks": "week",
}


def say(value: Value | None, unit: Unit) -> str:
    """Return a value as a person says it: ``3 hosts``, ``90 %``, ``1.6 GiB``, ``not known``."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if unit == "share":
        return f"{decimal(Fraction(value) * 100, 0)} %"
    if unit == "bytes":
        return format_size(int(value))
    if unit == "seconds":
        return format_duration(value)
    if unit in _SINGULAR:
        number = decimal(value, 0 if value >= 10 else 1)  # noqa: PLR2004 - two digits say enough
        return f"{number} {_SINGULAR[unit] if number == '1' else unit}"
    return decimal(value, 1)


def fill(sentence: str, facts: Mapping[str, Fact]) -> str:
    """Return a sentence with every ``{fact.name}`` replaced by that fact's value in words."""

    def replace(match: re.Match[str]) -> str:
        fact = facts.get(match[1])
        return match[0] if fact is None else say(fact.value, fact.unit)

    return _PLACE.sub(replace, sentence)


def placeholders(sentence: str) -> tuple[str, ...]:
    """Return the facts that a sentence names."""
    return tuple(_PLACE.findall(sentence))
