"""Keeps what became of every key, and tells which keys nobody spoke of."""

from collections.abc import Callable, Iterable

from analyzer.kits.model import Entry, Status
from analyzer.kits.spec import Spec

PLANNING = frozenset(
    """backup criticality exposure from inferred migrate migrate_why not_depends_on notes
    recovery_time stateful verified architectures""".split()
)
"""Keys that decide whether and when a service moves; no file of a container has a word for them."""
_GUIDES = "guides the plan; a container has no such setting"
_LEFT_OUT = "left out with the service"
_NOT_UNDERSTOOD = "not understood: written in a form that is not converted; set it by hand"


class Ledger:
    """Entries of one form of a kit, such as its Kubernetes manifests."""

    def __init__(self, form: str) -> None:
        """Start empty."""
        self.form = form
        self._entries: dict[str, list[Entry]] = {}
        self._blocking: dict[str, str] = {}

    def say(
        self, spec: Spec, key: str, status: Status, text: str = "", *, blocking: bool = False
    ) -> str:
        """Keep what became of a key; return the id under which a file may name the entry."""
        entry = Entry(self.form, spec.name, key, status, text, spec.place(key), blocking)
        self._entries.setdefault(spec.name, []).append(entry)
        if blocking:
            self._blocking.setdefault(spec.name, text)
        return entry.id

    def converted(self, spec: Spec, key: str, text: str = "") -> None:
        """Say that a key means the same in the kit."""
        self.say(spec, key, "converted", text)

    def approximated(self, spec: Spec, key: str, text: str) -> None:
        """Say that a key means nearly the same in the kit, and where it differs."""
        self.say(spec, key, "approximated", text)

    def person(self, spec: Spec, key: str, text: str, *, blocking: bool = False) -> str:
        """Say that somebody has to decide or to do something; return the id for a TODO."""
        return self.say(spec, key, "person", text, blocking=blocking)

    def impossible(self, spec: Spec, key: str, text: str, *, blocking: bool = False) -> None:
        """Say that the target has no such thing, and what to do instead."""
        self.say(spec, key, "impossible", text, blocking=blocking)

    def retell(self, told: Callable[[Entry], Entry]) -> None:
        """Put other entries in the place of those that are kept, where files were changed since."""
        for name, listed in self._entries.items():
            self._entries[name] = [told(entry) for entry in listed]

    def close(self, spec: Spec) -> None:
        """Add an entry for every key of a service that nobody spoke of."""
        spoken = {_root(entry.key) for entry in self._entries.get(spec.name, ())}
        for key in spec.keys:
            if key in PLANNING:
                self.converted(spec, key, _GUIDES)
            elif key not in spoken:
                blocked = self.blocks(spec.name)
                self.person(spec, key, _LEFT_OUT if blocked else _NOT_UNDERSTOOD)

    def todos(self, services: Iterable[str]) -> list[Entry]:
        """Return what a person has to do for some services, in order."""
        return sorted(
            entry
            for name in set(services)
            for entry in set(self._entries.get(name, ()))
            if entry.status == "person"
        )

    def blocks(self, service: str) -> bool:
        """Return whether a service cannot be converted."""
        return service in self._blocking

    def blocking(self) -> dict[str, str]:
        """Return the services that cannot be converted, each with the first reason."""
        return dict(sorted(self._blocking.items()))

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry once, sorted by service and key."""
        return tuple(sorted({entry for listed in self._entries.values() for entry in listed}))


def _root(key: str) -> str:
    """Return the key of the inventory that an entry's key lies in."""
    return key.partition("[")[0].partition(".")[0]
