"""Exact numbers -> the text a reader sees, each with its unit; rounded half up."""

from fractions import Fraction

from analyzer.units import decimal, format_size

_HALF_PERCENT = Fraction(1, 200)
_MONTH_WEEKS = 12


def score(value: Fraction) -> str:
    """Return a score with its sign and two decimals: ``+0.41``, ``−0.12``, ``0.00``."""
    hundredths = int((abs(value) * 200 + 1) // 2)
    sign = "" if not hundredths else "+" if value > 0 else "−"
    whole, rest = divmod(hundredths, 100)
    return f"{sign}{whole}.{rest:02d}"


def percent(share: Fraction) -> str:
    """Return a share as whole percent; never 0 % or 100 % for what is not quite that."""
    if 0 < share < _HALF_PERCENT:
        return "< 1 %"
    if 1 - _HALF_PERCENT < share < 1:
        return "> 99 %"
    return f"{decimal(share * 100, 0)} %"


def percent_down(share: Fraction) -> str:
    """Return a share as whole percent, rounded down: for a limit that is promised."""
    return f"{int(share * 100)} %"


def count(number: int, one: str, many: str = "") -> str:
    """Return ``1 service`` or ``1,200 services``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def hours(value: Fraction) -> str:
    """Return hours: ``2.5 h``, ``212 h``; whole from ten on."""
    return f"{_grouped(value, 0 if value >= 10 else 1)} h"  # noqa: PLR2004 - two figures suffice


def weeks(value: Fraction | None) -> str:
    """Return calendar weeks, with months or years from a quarter on; that they are unknown for None."""
    if value is None:
        return "weeks unknown"
    number = _grouped(value, 0 if value >= 10 else 1)  # noqa: PLR2004 - two figures suffice
    text = f"{number} {'week' if number == '1' else 'weeks'}"
    if value < _MONTH_WEEKS:
        return text
    months = value * 12 / 52
    if months < 24:  # noqa: PLR2004 - two years
        return f"{text} ({decimal(months, 0)} months)"
    return f"{text} ({_grouped(value / 52, 1)} years)"


def size(size_bytes: int | None) -> str:
    """Return bytes as MiB or GiB; ``unknown`` for None."""
    return "unknown" if size_bytes is None else format_size(size_bytes)


def size_range(low: int, high: int) -> str:
    """Return ``0.9 to 2.3 GiB``, the unit once where it is the same."""
    first, last = format_size(low), format_size(high)
    if first == last:
        return first
    if first.rpartition(" ")[2] == last.rpartition(" ")[2]:
        first = first.rpartition(" ")[0]
    return f"{first} to {last}"


def _grouped(number: Fraction, places: int) -> str:
    """Return a number with thousands separators and at most so many decimals."""
    text = decimal(number, places)
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.isdigit() else text
