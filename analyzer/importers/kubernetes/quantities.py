"""Quantities of Kubernetes -> the same in native words.

``128M`` is 128 million bytes here, and 128 MiB in Compose, so no size with a decimal unit is taken
over as it is.

Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

import re
from fractions import Fraction

from analyzer.units import written_size

_QUANTITY = re.compile(
    r"\+?(\d{1,15}(?:\.\d{1,9})?|\.\d{1,9})(?:([KMGTPE]i)|([mkMGTPEun])|[eE]([+-]?\d{1,2}))?",
    re.ASCII,
)
_BINARY = {
    unit: Fraction(1 << 10 * power) for power, unit in enumerate("Ki Mi Gi Ti Pi Ei".split(), 1)
}
_DECIMAL = {
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    **{unit: Fraction(10 ** (3 * power)) for power, unit in enumerate("kMGTPE", 1)},
}
_NATIVE = re.compile(r"\d{1,15}[KMGT]i", re.ASCII)


def parse_quantity(text: str) -> Fraction | None:
    """Return what a quantity says, or None when it is none."""
    match = _QUANTITY.fullmatch(text.strip())
    if match is None:
        return None
    number = Fraction(match[1])
    if match[2]:
        return number * _BINARY[match[2]]
    if match[3]:
        return number * _DECIMAL[match[3]]
    exponent = int(match[4] or 0)
    power = Fraction(10 ** abs(exponent))
    return number * power if exponent >= 0 else number / power


def memory(text: str) -> str | None:
    """Return a quantity of bytes as the inventory writes it: ``512Mi``, ``2GiB``, or bytes."""
    if _NATIVE.fullmatch(text):
        return text
    found = parse_quantity(text)
    return None if found is None else written_size(int(found))


def cpus(text: str) -> str | None:
    """Return a quantity of processors as a decimal number: ``250m`` -> 0.25."""
    found = parse_quantity(text)
    if found is None:
        return None
    return f"{float(found):.6f}".rstrip("0").rstrip(".")
