"""``--set KEY=VALUES`` of ``what-if`` -> variables with the values to try."""

import re

import click

from analyzer.comparison.grid import Variable

_RANGE = re.compile(r"(\d{1,6})\.\.(\d{1,6})(?:/(\d{1,6}))?")
_MOST_VALUES = 1000
_OPENING, _CLOSING, _QUOTES = "[{", "]}", "\"'"


def variables(given: tuple[tuple[str, str], ...]) -> tuple[Variable, ...]:
    """Return a variable for each key, in the order given.

    ``3..6`` are the whole numbers from 3 to 6, ``0..10/5`` every fifth; commas separate values,
    except inside quotes and brackets; nothing between two commas is unknown.

    Raises:
        click.BadParameter: a key is given twice, or a range is empty.
    """
    from analyzer.inventory.whatif import shown  # noqa: PLC0415 - yaml

    found = []
    for key, text in given:
        values = tuple(_values(key, text))
        words = tuple(shown(key, value).removeprefix(f"{key}=") for value in values)
        found.append(Variable(key, values, words))
    keys = [variable.key for variable in found]
    for key in keys:
        if keys.count(key) > 1:
            message = f"'{key}' is given twice; name its values once, as in {key}=a,b"
            raise click.BadParameter(message, param_hint="'--set'")
    return tuple(found)


def _values(key: str, text: str) -> list[str]:
    values: list[str] = []
    for part in _parts(text):
        match = _RANGE.fullmatch(part)
        if match is None:
            values.append(part)
            continue
        first, last, step = int(match[1]), int(match[2]), int(match[3] or 1)
        numbers = range(first, last + 1, step) if step else range(0)
        if not numbers or len(numbers) > _MOST_VALUES:
            message = f"'{key}={part}' is no range from a smaller to a larger number"
            raise click.BadParameter(message, param_hint="'--set'")
        values += map(str, numbers)
    return list(dict.fromkeys(values))


def _parts(text: str) -> list[str]:
    """Return what commas separate outside of quotes and brackets."""
    parts, start, depth, quote = [], 0, 0, ""
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in _QUOTES:
            quote = char
        elif char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth -= 1
        elif char == "," and depth <= 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()]
