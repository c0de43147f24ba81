"""Keeps values of variables, and passwords, out of what a kit writes.

An import has done so already; an inventory that somebody wrote holds values beside commands. Where
one stands in the other, the name of the variable takes its place, ``${NAME}``; what an option says
is a password becomes a variable that the owner has to fill in.
"""

import re
from collections.abc import Iterable

from analyzer.intake.redaction import HIDDEN, Secrets
from analyzer.inventory.model import Service
from analyzer.tree import Seq

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_HIDDEN_NAME = "HIDDEN_"


class Veil:
    """What must not be shown of one service."""

    def __init__(self, service: Service) -> None:
        """Learn the values of a service's variables; they are not kept anywhere else."""
        environment = service.environment
        values = {name: environment.reveal(name) for name in environment} if environment else {}
        public = " ".join((service.image or "", *(mount.source for mount in service.mounts)))
        self._secrets = Secrets(values, (), public)
        self._hidden = 0
        self._seen: dict[tuple[str, ...], list[str]] = {}

    def all(self, words: Iterable[str]) -> list[str]:
        """Return words in which no value stands: ``${NAME}`` for each, ``${HIDDEN_1}`` for others."""
        asked = tuple(words)
        if asked not in self._seen:
            self._seen[asked] = [self._named(word) for word in self._shown(asked)]
        return list(self._seen[asked])

    def _shown(self, words: tuple[str, ...]) -> list[str]:
        listed = Seq()
        for word in words:
            listed.add(self._secrets.hide(word), 0)
        return [str(word) for word in self._secrets.hide_all(listed)]

    def _named(self, word: str) -> str:
        while HIDDEN in word:
            self._hidden += 1
            word = word.replace(HIDDEN, f"${{{_HIDDEN_NAME}{self._hidden}}}", 1)
        return word


def variables(words: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the variables that words stand for, sorted."""
    return tuple(sorted({name for word in words for name in VARIABLE.findall(word)}))


def is_hidden(name: str) -> bool:
    """Return whether a variable stands for a value that no variable of the service holds."""
    return name.startswith(_HIDDEN_NAME)
