"""A unit while it is being written: settings in order, each said as the host's Podman knows it."""

from analyzer.kits.ledger import Ledger
from analyzer.kits.printers.unit import literal, word
from analyzer.kits.quadlet.versions import FIRST, FLAGS, PODMAN_ARGS, Version
from analyzer.kits.spec import Spec


class Draft:
    """The ``[Container]`` section of one service, and what belongs around it."""

    def __init__(self, spec: Spec, version: Version, ledger: Ledger) -> None:
        """Start empty; ``raw`` keeps the same settings before they are put into systemd's words."""
        self.spec = spec
        self.version = version
        self.ledger = ledger
        self.container: list[tuple[str, str]] = []
        self.unit: list[tuple[str, str]] = []
        self.service: list[tuple[str, str]] = []
        self.raw: list[tuple[str, str]] = []

    def put(self, key: str, value: str, said: str) -> None:
        """Add a setting whose value is this program's own; ``said`` is the key behind it."""
        self._add(key, value, value, said)

    def plain(self, key: str, value: str, said: str) -> None:
        """Add a setting whose value is taken as it is: nothing in it is expanded."""
        self._add(key, literal(_kept(value)), value, said)

    def word(self, key: str, value: str, said: str) -> None:
        """Add a setting whose value is one word of a list."""
        self._add(key, word(_kept(value)), value, said)

    def flag(self, flag: str, value: str | None, said: str) -> None:
        """Add a flag of ``podman run`` that no key stands for."""
        self.raw.append(("PodmanArgs", flag if value is None else f"{flag}={value}"))
        if self.version.has(PODMAN_ARGS):
            text = flag if value is None else word(_kept(f"{flag}={value}"))
            self.container.append(("PodmanArgs", text))
        else:
            text = f"{flag} needs PodmanArgs= of Podman 4.6; {self.version} runs here: update it"
            self.ledger.person(self.spec, said, text)

    def _add(self, key: str, written: str, value: str, said: str) -> None:
        """Add a setting; a version that does not know the key yet gets the flag instead."""
        first = FIRST[key]
        if self.version.has(first):
            self.raw.append((key, value))
            self.container.append((key, written))
        elif key in FLAGS and self.version.has(PODMAN_ARGS):
            self.flag(FLAGS[key], value, said)
        else:
            text = (
                f"{key}= needs Podman {first[0]}.{first[1]}; {self.version} runs here: update it"
            )
            self.ledger.person(self.spec, said, text)


def _kept(value: str) -> str:
    """Return a value in which systemd expands no variable."""
    return value.replace("$", "$$")
