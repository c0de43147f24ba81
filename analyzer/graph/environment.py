"""Environment of a service -> clues. The only reader of environment values.

A value is read, taken apart into references and forgotten; evidence names the variable.
"""

from collections.abc import Iterator

from analyzer.graph.clues import Clue
from analyzer.graph.inference import Inference, Statement
from analyzer.graph.model import CERTAIN
from analyzer.graph.references import PORT_DIGITS, Reference, references
from analyzer.graph.variables import (
    VariableKind,
    default_port,
    port_variable,
    variable_kind,
    words,
)
from analyzer.inventory.model import Environment, Service, Source

_GENERIC = frozenset({"app", "web", "api", "server", "main", "backend", "frontend", "db", "ui"})
"""Names too common to mean a service when they stand alone."""

_FRONT = frozenset({"frontend", "client", "web", "ui", "dashboard", "website"})


class EnvironmentReader:
    """Finds the services that variables name; remembers what each variable's name promises."""

    def __init__(self, inference: Inference) -> None:
        """Keep the judge of references."""
        self._inference = inference
        self._kinds: dict[str, VariableKind] = {}

    def clues(self, service: Service) -> Iterator[Clue]:
        """Yield what a service's variables say it needs."""
        environment = service.environment
        reveal, kinds, knows = environment.reveal, self._kinds, self._inference.resolver.knows
        for name in environment:
            kind = kinds.get(name)
            if kind is None:
                kind = kinds[name] = variable_kind(name)
            if kind == "ignored":
                continue
            value = reveal(name)
            if not value:
                continue
            if ":" not in value and kind in ("other", "url-only"):
                word = value.lower()
                if kind == "url-only" or not knows(word) or word in _GENERIC:
                    continue
            yield from self._variable(service, name, kind, value)

    def _variable(
        self, service: Service, name: str, kind: VariableKind, value: str
    ) -> Iterator[Clue]:
        """Yield the clues of one variable."""
        place: Statement | None = None
        found = references(value)
        for reference in found:
            if not _counts(reference, kind, value):
                continue
            if place is None:
                place = self._place(service, name, kind)
            if reference.form == "word" and kind == "address":
                place = place._replace(port=_port_beside(service.environment, name))
            clue = self._inference.clue(service, reference, place)
            if clue is not None:
                yield clue

    def _place(self, service: Service, name: str, kind: VariableKind) -> Statement:
        source = service.source
        line = service.environment.line(name)
        always = kind == "public" and not _FRONT.isdisjoint(words(name))
        return Statement(
            what=f"variable {name}",
            source=Source(source.file, line, 0) if line else source,
            trusted=kind in ("address", "public"),
            inbound="always" if always else "by-address" if kind == "public" else "never",
            port=None,
            ceiling=CERTAIN,
        )


def _counts(reference: Reference, kind: VariableKind, value: str) -> bool:
    """Return whether a reference may be read in a variable of that kind at all."""
    if kind == "url-only":
        return reference.form == "url"
    if kind == "other" and reference.form == "word":
        return len(value) == len(reference.host)
    return True


def _port_beside(environment: Environment, name: str) -> int | None:
    """Return the port that ``DB_PORT`` states beside ``DB_HOST``, or the product's usual one."""
    beside = port_variable(name)
    if beside is not None:
        try:
            text = environment.reveal(beside)
        except KeyError:
            text = None
        if text and text.isascii() and text.isdigit() and len(text) <= PORT_DIGITS:
            return int(text) or None
    return default_port(name)
