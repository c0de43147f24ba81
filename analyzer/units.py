"""Texts with units -> exact numbers, and back.

Sizes follow Compose: `512m` is 512 x 2**20 bytes, as in Docker's ``units.RAMInBytes``; `Mi`/`MiB`
mean the same. Only the decimal spellings with a capital letter and no `i` that a person types for
hardware (`32GB`) are read as binary too, because that is how memory is sold and how Compose reads
them. Durations follow Compose and systemd: `1m30s`, `4h`, `10min`, and days and weeks besides.

Source: https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-byte-values
and #specifying-durations.
"""

import re
from fractions import Fraction

KIB, MIB, GIB, TIB = 2**10, 2**20, 2**30, 2**40
HOUR_SECONDS, DAY_SECONDS, WEEK_SECONDS = 3600, 86_400, 604_800

_SIZE = re.compile(r"(\d{1,18}(?:\.\d{1,6})?)\s*(?:([kmgt])i?)?b?", re.IGNORECASE | re.ASCII)
_SIZE_FACTORS = {"k": KIB, "m": MIB, "g": GIB, "t": TIB}
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_DURATION_PART = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*([a-zµ]+)\s*", re.ASCII)
_DURATION_UNITS = {
    "us": Fraction(1, 1_000_000),
    "µs": Fraction(1, 1_000_000),
    "ms": Fraction(1, 1000),
    **dict.fromkeys(("s", "sec", "second", "seconds"), Fraction(1)),
    **dict.fromkeys(("m", "min", "minute", "minutes"), Fraction(60)),
    **dict.fromkeys(("h", "hr", "hour", "hours"), Fraction(HOUR_SECONDS)),
    **dict.fromkeys(("d", "day", "days"), Fraction(DAY_SECONDS)),
    **dict.fromkeys(("w", "week", "weeks"), Fraction(WEEK_SECONDS)),
}


def parse_size(text: str) -> int | None:
    """Return the bytes that a size such as ``1.5GiB``, ``512m`` or ``4096`` says, or None."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        return None
    factor = _SIZE_FACTORS[match[2].lower()] if match[2] else 1
    return int(Fraction(match[1]) * factor)


def parse_number(text: str) -> Fraction | None:
    """Return a non-negative decimal number exactly, or None."""
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def parse_percent(text: str) -> Fraction | None:
    """Return ``10%`` as 1/10, or None when the text is no percentage."""
    if not text.endswith("%"):
        return None
    number = parse_number(text[:-1].strip())
    return None if number is None else number / 100


def parse_duration(text: str) -> Fraction | None:
    """Return the seconds that a duration such as ``1m30s``, ``4h`` or ``6w`` says, or None."""
    text = text.strip().lower()
    total, end = Fraction(0), 0
    for part in _DURATION_PART.finditer(text):
        factor = _DURATION_UNITS.get(part[2])
        if part.start() != end or factor is None:
            return None
        total += Fraction(part[1]) * factor
        end = part.end()
    return total if end and end == len(text) else None


def format_size(size_bytes: int) -> str:
    """Return bytes as a person writes them: ``512 MiB``, ``1.6 GiB``, ``0 MiB``."""
    if abs(size_bytes) >= GIB - MIB // 2:  # what would round to 1024 MiB
        return f"{decimal(Fraction(size_bytes, GIB), 1)} GiB"
    return f"{decimal(Fraction(size_bytes, MIB), 0)} MiB"


def written_size(size_bytes: int) -> str:
    """Return bytes as an inventory has them, exactly: ``2GiB``, ``512MiB``, else plain bytes."""
    for unit, size in (("GiB", GIB), ("MiB", MIB)):
        if size_bytes and size_bytes % size == 0:
            return f"{size_bytes // size}{unit}"
    return str(size_bytes)


def measured_size(size_bytes: int) -> str:
    """Return bytes that were measured as an inventory has them: in whole MiB, if it is one."""
    rounded = (size_bytes + MIB // 2) // MIB * MIB
    return written_size(rounded or size_bytes)


def format_duration(seconds: Fraction | int) -> str:
    """Return seconds in the largest unit that reads well: ``90 s``, ``10 min``, ``4 h``, ``2 d``."""
    for unit, size in (("d", DAY_SECONDS), ("h", HOUR_SECONDS), ("min", 60)):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return f"{decimal(Fraction(seconds) / size, 1)} {unit}"
    return f"{decimal(Fraction(seconds), 1)} s"


def decimal(value: Fraction | int, places: int) -> str:
    """Return a number rounded half up to at most ``places`` decimals, trailing zeros dropped."""
    scale = 10**places
    scaled = (abs(value) * scale * 2 + 1) // 2
    whole, rest = divmod(int(scaled), scale)
    digits = f"{rest:0{places}d}".rstrip("0") if places and rest else ""
    sign = "−" if value < 0 and scaled else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"
