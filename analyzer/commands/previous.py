"""``--previous REPORT.json``: the waves of an earlier report, for a migration that is under way."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from analyzer.errors import InventoryError, Problem
from analyzer.plan.model import CLASSES
from analyzer.reporting.document import FORMAT

MAX_BYTES = 300_000_000
"""A report of 100,000 services has 240 MB."""

PILOT = CLASSES[0]
_HOW = "write one with 'k8sadvisor analyse PATH --format json -o FILE'"
_SHAPE = "give a JSON report as k8sadvisor wrote it"


class EarlierWaves(NamedTuple):
    """The waves of an earlier report: ``(service, number)`` by name, and who went first.

    ``pilots`` is None when the report does not say what class its waves have.
    """

    waves: tuple[tuple[str, int], ...] = ()
    pilots: tuple[str, ...] | None = None


def read_previous(file: str) -> EarlierWaves:
    """Return the waves of a JSON report; nothing else in it is looked at.

    Raises:
        InventoryError: the file cannot be read, is too large, or is no such report.
    """
    tree = _parsed(_content(file), file)
    if not isinstance(tree, dict) or "plan" not in tree:
        _fail(file, "", "not a report of k8sadvisor", _HOW)
    if tree.get("format") != FORMAT:
        _fail(file, "format", "a report of another version", _HOW)
    plan = tree["plan"]
    waves = plan.get("waves") if isinstance(plan, dict) else None
    if not isinstance(waves, list):
        _fail(file, "plan.waves", "not a list of waves", _SHAPE)
    found: dict[str, int] = {}
    pilots: set[str] = set()
    for number, service_class, services in _waves(waves, file):
        for name in services:
            if found.setdefault(name, number) != number:
                _fail(file, "plan.waves", "a service is in two waves", _SHAPE)
        if service_class == PILOT:
            pilots.update(services)
    classed = all("class" in wave for wave in waves)
    return EarlierWaves(tuple(sorted(found.items())), tuple(sorted(pilots)) if classed else None)


def _waves(waves: list[Any], file: str) -> Iterator[tuple[int, object, list[str]]]:
    """Yield number, class and services of each wave, checked."""
    for index, wave in enumerate(waves):
        path = f"plan.waves[{index}]"
        if not isinstance(wave, dict):
            _fail(file, path, "not a wave", _SHAPE)
        number, services = wave.get("number"), wave.get("services")
        if type(number) is not int or number < 1:
            _fail(file, f"{path}.number", "not a whole number from 1", _SHAPE)
        if not isinstance(services, list) or not all(isinstance(name, str) for name in services):
            _fail(file, f"{path}.services", "not a list of names", _SHAPE)
        yield number, wave.get("class"), services


def _content(file: str) -> bytes:
    """Return the bytes of a report."""
    try:
        with Path(file).open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        _fail(file, "", "no such file", f"check the path, or {_HOW}")
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        _fail(file, "", f"cannot be read: {reason}", "check the path and its rights")
    if len(content) > MAX_BYTES:
        _fail(file, "", f"larger than {MAX_BYTES // 10**6} MB", _SHAPE)
    return content


def _parsed(content: bytes, file: str) -> Any:
    """Return what JSON text says."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        place = (error.lineno, error.colno)
        _fail(file, "", f"not JSON: {error.msg.lower()}", _HOW, place)
    except (ValueError, RecursionError):  # not UTF-8, a number of 5,000 digits, deeply nested
        _fail(file, "", "not JSON that can be read", _HOW)


def _fail(
    file: str, path: str, what: str, remedy: str, place: tuple[int, int] = (0, 0)
) -> NoReturn:
    """Raise the error with its one problem."""
    raise InventoryError([Problem(file, *place, path, what, remedy)]) from None
