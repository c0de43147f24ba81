"""Record -> Inventory: what is stated and nothing else.

Sites, memory, runtime and needs that a record does not state stay unknown. Hosts have to be listed
in an inventory; where their number is not stated there are two, on which the scale of hosts says
neither yes nor no.
"""

import json
from typing import NamedTuple

from analyzer import yamlfile
from analyzer.errors import InventoryError
from analyzer.inventory import checks, merging, reading
from analyzer.inventory.model import Inventory
from tests.calibration.mapping import Mapping_, Place, words_of
from tests.calibration.records import Machine, Record

UNSTATED_HOSTS = 2
LEAST_GROWN = 3
DEFAULT_PROFILE = "homelab"
_ARCHITECTURES = (
    ("amd64", ("x86_64", "amd64", "x64", "x86")),
    ("arm64", ("arm64", "aarch64", "armv8")),
    ("arm", ("arm",)),
)


class Adapted(NamedTuple):
    """An estate, the profile to weigh it with, and the tags without effect.

    ``mute`` are tags that we know and draw nothing from, ``unmapped`` those no rule fits.
    """

    inventory: Inventory
    profile: str
    mute: tuple[str, ...]
    unmapped: tuple[str, ...]


class _Statements:
    """What the tags of one record add up to."""

    def __init__(self, mapping: Mapping_) -> None:
        self.mapping = mapping
        self.needs: dict[str, str] = {}
        self.missed: set[str] = set()
        self.grows: bool | None = None
        self.mute: list[str] = []
        self.unmapped: list[str] = []

    def state(self, key: str, value: str) -> None:
        """Keep the stronger of two statements."""
        known = self.needs.get(key)
        self.needs[key] = value if known is None else self.mapping.stronger(key, known, value)

    def hear(self, tag: str, place: Place, *, first: bool = True) -> None:
        """Take in one tag; ``first`` says whether it leads its list."""
        rule = self.mapping.rule_for(tag, place)
        if rule is None:
            self.unmapped.append(tag)
            return
        if rule.is_mute:
            self.mute.append(tag)
        states = rule.states if first else {**rule.states, **rule.later}
        for key, value in states.items():
            self.state(key, value)
        self.missed.update(rule.missed)
        if rule.grows is not None:
            self.grows = rule.grows or bool(self.grows)


def adapt(record: Record, mapping: Mapping_) -> Adapted:
    """Return the estate of a record.

    Raises:
        InventoryError: the mapping produced what is no inventory, which is a fault of the mapping.
    """
    said = _Statements(mapping)
    for number, tag in enumerate(record.needs):
        said.hear(tag, "needs", first=number == 0)
    for tag in record.constraints:
        said.hear(tag, "constraints")
    runtime = _platform(record, said)
    profile = DEFAULT_PROFILE
    for word in words_of(record.setting):
        profile = mapping.profiles.get(word, profile)
        for key, value in mapping.settings.get(word, {}).items():
            said.state(key, value)
    tree = {
        "schema": 1,
        "name": "".join(c if c.isprintable() else "?" for c in record.id)[:200],
        "hosts": _hosts(record, mapping),
        "services": _services(record, runtime),
        "needs": _needs(record, said),
    }
    return Adapted(_inventory(tree), profile, tuple(said.mute), tuple(said.unmapped))


def _platform(record: Record, said: _Statements) -> str | None:
    """Return the runtime of today; states what running it states."""
    for word in words_of(record.baseline):
        baseline = said.mapping.baselines.get(word)
        if baseline:
            for key, value in baseline.states.items():
                said.state(key, value)
            said.needs.update(dict.fromkeys(baseline.met, "none"))
            return baseline.runtime
    return None


def _needs(record: Record, said: _Statements) -> dict[str, object]:
    needs: dict[str, object] = dict(sorted(said.needs.items()))
    if said.missed:
        needs["unmet_needs"] = sorted(said.missed)
    if said.grows is not None:
        count = record.hosts or (UNSTATED_HOSTS if said.grows else 1)
        needs["planned_hosts"] = str(max(LEAST_GROWN, count + 1) if said.grows else count)
    return needs


def _hosts(record: Record, mapping: Mapping_) -> dict[str, dict[str, object]]:
    hosts = {}
    for number in range(record.hosts or UNSTATED_HOSTS):
        host: dict[str, object] = {}
        if record.sites:
            host["site"] = f"site-{number % record.sites + 1}"
        if number < len(record.machines):
            host.update(_machine(record.machines[number], mapping))
        hosts[f"host-{number + 1}"] = host
    return hosts


def _machine(machine: Machine, mapping: Mapping_) -> dict[str, object]:
    stated: dict[str, object] = {}
    if machine.memory_gb and float(machine.memory_gb) > 0:
        stated["memory"] = f"{machine.memory_gb}GiB"
    for arch, spellings in _ARCHITECTURES:
        if machine.arch and machine.arch.startswith(spellings):
            stated["arch"] = arch
            break
    if any(word in machine.text for word in mapping.hypervisors):
        stated["can_host_vms"] = "true"
    return stated


def _services(record: Record, runtime: str | None) -> dict[str, dict[str, object]]:
    service: dict[str, object] = {}
    if runtime:
        service["runtime"] = runtime
    if record.hosts == 1:
        service["host"] = "host-1"
    return {f"service-{number + 1}": service for number in range(record.services or 0)}


def _inventory(tree: dict[str, object]) -> Inventory:
    """Return the inventory that a file with this content would give."""
    parsed, problems = yamlfile.parse(json.dumps(tree, indent=1).encode(), "record")
    partial, found = reading.read(parsed, "record")
    inventory, clashes = merging.merge([partial])
    problems = [*problems, *found, *clashes, *checks.dangling(inventory)]
    if problems:
        raise InventoryError(problems)
    return inventory
