"""Variables of a service -> clues. The only reader of their values.

A value is read, taken apart into references and forgotten; evidence names the variable.
"""

from collections.abc import Iterator
from typing import NamedTuple

from analyzer.graph.clues import Clue
from analyzer.graph.inference import Inference, Statement
from analyzer.graph.model import CERTAIN, EvidenceKind
from analyzer.graph.names import Resolver
from analyzer.graph.references import PORT_DIGITS, Reference, references
from analyzer.graph.settings import settings
from analyzer.graph.variables import (
    VariableKind,
    default_port,
    port_variable,
    setting_kind,
    variable_kind,
    words,
)
from analyzer.inventory.model import Environment, Service

_GENERIC = frozenset({"app", "web", "api", "server", "main", "backend", "frontend", "db", "ui"})
"""Names too common to mean a service when they stand alone."""


class Given(NamedTuple):
    """How a service is given variables: the kind of evidence and the most that it can prove."""

    kind: EvidenceKind | None
    ceiling: int


ENVIRONMENT = Given(None, CERTAIN)
ENV_FILE = Given("env-file", 85)
"""A file that several services read also tells each of them what only the others need."""

_FRONT = frozenset({"frontend", "client", "web", "ui", "dashboard", "website"})


class EnvironmentReader:
    """Finds the services that variables name; remembers what each variable's name promises."""

    def __init__(self, inference: Inference, resolver: Resolver) -> None:
        """Keep the judge of references and the index of names."""
        self._inference = inference
        self._names = resolver.names
        self._kinds: dict[str, VariableKind] = {}

    def clues(self, service: Service, given: Given = ENVIRONMENT) -> list[Clue]:
        """Return what a service's variables say it needs."""
        found: list[Clue] = []
        reveal, kinds, names = service.environment.reveal, self._kinds, self._names
        for name in service.environment:
            kind = kinds.get(name)
            if kind is None:
                kind = kinds[name] = variable_kind(name)
            if kind == "ignored":
                continue
            value = reveal(name)
            if not value:
                continue
            if ":" not in value and (
                kind == "url-only" or (kind == "other" and value.lower() not in names)
            ):
                continue
            if "\n" in value:
                found.extend(self._document(service, name, value, given))
            else:
                found.extend(self._variable(service, name, value, given))
        return found

    def _document(self, service: Service, name: str, text: str, given: Given) -> Iterator[Clue]:
        """Yield the clues of a variable that holds a whole configuration file."""
        for key, value in settings(text):
            yield from self._variable(service, name, value, given, key)

    def _variable(
        self, service: Service, name: str, value: str, given: Given, key: str = ""
    ) -> Iterator[Clue]:
        """Yield the clues of one variable, or of one key of the document in it."""
        kind = self._kinds[name] if not key else setting_kind(key)
        if kind == "ignored":
            return
        for reference in references(value):
            if not _counts(reference, kind, value):
                continue
            port = None
            stated = reference.port is not None
            if reference.form == "word" and kind == "address":
                port = _port_beside(service.environment, name)
                stated = port is not None
                port = port or default_port(name)
            match = self._inference.meaning(service, reference, port)
            if match is not None:
                place = _place(service, name, kind, given, port_stated=stated)
                clue = self._inference.clue(service, reference, match, place)
                if clue is not None:
                    yield clue


def _place(
    service: Service, name: str, kind: VariableKind, given: Given, *, port_stated: bool
) -> Statement:
    """Return a variable as a place where a reference was read."""
    line = service.environment.line(name)
    always = kind == "public" and not _FRONT.isdisjoint(words(name))
    return Statement(
        what=f"variable {name}",
        source=service.at(line),
        trusted=kind in ("address", "public"),
        inbound="always" if always else "by-address" if kind == "public" else "never",
        port_stated=port_stated,
        ceiling=given.ceiling,
        kind=given.kind,
    )


def _counts(reference: Reference, kind: VariableKind, value: str) -> bool:
    """Return whether a reference may be read in a variable of that kind at all."""
    if kind == "url-only":
        return reference.form == "url"
    if kind == "other" and reference.form == "word":
        return len(value) == len(reference.host) and reference.host not in _GENERIC
    return True


def _port_beside(environment: Environment, name: str) -> int | None:
    """Return the port that ``DB_PORT`` states beside ``DB_HOST``, or None."""
    beside = port_variable(name)
    if beside is None:
        return None
    try:
        text = environment.reveal(beside)
    except KeyError:
        return None
    if text and text.isascii() and text.isdigit() and len(text) <= PORT_DIGITS:
        return int(text) or None
    return None
