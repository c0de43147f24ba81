"""What a service of a Compose file lacks: a check, an end to its memory and its logs, an order.

Sources: https://github.com/compose-spec/compose-spec/blob/main/05-services.md and, for ``deploy``,
https://github.com/compose-spec/compose-spec/blob/main/deploy.md.
"""

from collections.abc import Mapping
from typing import Any

from analyzer.kits.compose.waiting import Waits
from analyzer.kits.health import of_image
from analyzer.kits.ledger import PLANNING, Ledger
from analyzer.kits.material import Material
from analyzer.kits.sizing import limit_bytes
from analyzer.kits.spec import Spec
from analyzer.tree import Map
from analyzer.units import MIB, parse_size

_UNCHANGED = "unchanged, in your file"
_ROTATION = {"driver": "json-file", "options": {"max-size": "10m", "max-file": "3"}}
"""Source: https://docs.docker.com/engine/logging/drivers/json-file/ (without ``max-size`` a log has
no end)."""


class Improved:
    """What is added to one service, and the keys of which the ledger has heard."""

    def __init__(self, spec: Spec, ledger: Ledger) -> None:
        """Start with nothing."""
        self.spec = spec
        self.ledger = ledger
        self.added: dict[str, Any] = {}
        self._told: set[str] = set()

    def add(self, key: str, value: Any, said: str, text: str) -> None:
        """Add a key of Compose; ``said`` is the key of the inventory that it stands for."""
        self.added[key] = value
        self._told.update((key, said))
        self.ledger.approximated(self.spec, said, text)

    def left(self, key: str, text: str) -> None:
        """Say why nothing is added where something might be."""
        self._told.add(key)
        self.ledger.converted(self.spec, key, text)

    def person(self, key: str, text: str) -> None:
        """Say what somebody has to do."""
        self._told.add(key)
        self.ledger.person(self.spec, key, text)

    def close(self) -> None:
        """Say of every other key that it stays as it is."""
        for key in self.spec.keys:
            if key == "deploy" and key in self.added:
                self.ledger.approximated(self.spec, key, "unchanged but for what it lacks")
            elif key not in self._told and key not in PLANNING:
                self.ledger.converted(self.spec, key, _UNCHANGED)
        self.ledger.close(self.spec)


def improve(
    material: Material, spec: Spec, waits: Waits, inside: Mapping[str, str], ledger: Ledger
) -> dict[str, Any]:
    """Return the keys that a service lacks, in the names of its stack, sorted."""
    made = Improved(spec, ledger)
    if waits.ends(spec):
        made.left("restart", "ends by itself or is started by hand: no restart and no check")
    else:
        _check(material, made)
        _restart(material, made)
    _memory(made)
    _logging(material, made)
    _order(made, waits, inside)
    made.close()
    return {key: made.added[key] for key in sorted(made.added)}


def _check(material: Material, made: Improved) -> None:
    if made.spec.service.healthcheck is not None:
        return
    health = of_image(material.image(made.spec))
    if health is None:
        made.person(
            "healthcheck", "no check is declared and none is known for its image: write one"
        )
        return
    check = {
        "test": ["CMD-SHELL", health.shell.replace("$", "$$")],
        "interval": f"{health.interval_seconds}s",
        "timeout": f"{health.timeout_seconds}s",
        "retries": health.retries,
        "start_period": f"{health.start_seconds}s",
    }
    text = "none is declared; the one that is known for its image is added: try it first"
    made.add("healthcheck", check, "healthcheck", text)


def _restart(material: Material, made: Improved) -> None:
    """Add a restart; where ``deploy`` is used, it has its own."""
    if made.spec.service.restart or made.spec.has("deploy"):
        return
    text = "none is set; it now comes back by itself. Delete this where it is meant to end"
    if _engine(material, made.spec) == "podman":
        text += "; after a start of the machine that takes 'systemctl enable podman-restart'"
    made.add("restart", "unless-stopped", "restart", text)


def _memory(made: Improved) -> None:
    """Add a limit and a reservation, where ``deploy`` has resources among them.

    Compose refuses two limits that differ, and an engine a limit below the reservation.
    """
    spec, service = made.spec, made.spec.service
    if service.memory_limit_bytes is not None:
        return
    if not service.memory_bytes:
        text = "no memory is stated, so nothing limits it: measure it with 'docker stats'"
        made.person("memory", text)
        return
    reserved = _reserved(spec)
    limit = max(limit_bytes(service.memory_bytes), reserved or 0)
    text = "no limit is set: half as much again as was measured, and killed above it; watch it"
    asked = _mib(reserved or service.memory_bytes)
    if type(spec.below("deploy", "resources")) is Map:
        resources: dict[str, Any] = {"limits": {"memory": _mib(limit)}}
        if reserved is None:
            resources["reservations"] = {"memory": asked}
        made.add("deploy", {"resources": resources}, "memory", text)
        return
    made.add("mem_limit", _mib(limit), "memory", text)
    if reserved is None:
        made.added["mem_reservation"] = asked


def _reserved(spec: Spec) -> int | None:
    written = spec.below("deploy", "resources", "reservations", "memory")
    return spec.size("mem_reservation") or (
        parse_size(written) if isinstance(written, str) else None
    )


def _mib(size_bytes: int) -> str:
    return f"{-(-size_bytes // MIB)}m"


def _logging(material: Material, made: Improved) -> None:
    if _engine(material, made.spec) != "docker" or made.spec.has("logging"):
        return
    text = (
        "its log had no end; 30 MiB of it are kept. Delete this where Docker's daemon.json names"
        " another log driver, or has limits"
    )
    made.add("logging", _ROTATION, "logging", text)


def _engine(material: Material, spec: Spec) -> str:
    """Return the engine that runs a service, by itself or by its host; empty when not known."""
    host = material.host(spec)
    stated = spec.service.runtime or (host.runtime if host else None) or ""
    return next((one for one in ("docker", "podman") if stated.lower().startswith(one)), "")


def _order(made: Improved, waits: Waits, inside: Mapping[str, str]) -> None:
    found = waits.of(made.spec)
    if not found:
        return
    value = {inside[name]: {"condition": "service_healthy"} for name in sorted(found)}
    text = (
        f"waits until {', '.join(value)} is healthy; look first that it is so today, in"
        " 'docker compose ps'"
    )
    made.add("depends_on", value, "depends_on", text)
