"""``.pod`` units: their containers share one network namespace, which the inventory has no word for.

So one member holds it, ``network: service:MEMBER`` ties the others to that one, and what belongs
to the pod (ports, networks, host names) is written to the holder. The holder is the first by name
of those that need no other member, so that the tie makes no circle where there is none.

Source: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html#pod-units-pod
"""

from collections.abc import Mapping, Sequence

from analyzer.importers.quadlet.arguments import apply
from analyzer.importers.quadlet.container import attached
from analyzer.importers.quadlet.dependencies import needed_units
from analyzer.importers.quadlet.estate import Estate, keep, sequence
from analyzer.importers.quadlet.network import network
from analyzer.importers.quadlet.storage import mounts
from analyzer.importers.quadlet.units import Unit
from analyzer.tree import Map


def members(estate: Estate) -> dict[str, list[Unit]]:
    """Return the containers of each pod unit, by the name of the unit, in order of name."""
    found: dict[str, list[Unit]] = {}
    for unit in estate.units.values():
        if unit.kind != "container":
            continue
        pod = estate.own(unit).last("Pod")
        if pod is None:
            continue
        if pod.text in estate.units:
            found.setdefault(pod.text, []).append(unit)
        else:
            what = "names a pod that is not among the files"
            estate.remark(pod.mark, f"{unit.name}.Container.Pod", "broken", what)
    return found


def holder(estate: Estate, units: Sequence[Unit]) -> Unit:
    """Return the member that holds the network of a pod."""
    names = {unit.name for unit in units}
    for unit in units:
        if not names & needed_units(estate, unit) - {unit.name}:
            return unit
    return units[0]


def join(estate: Estate, pod: Unit, units: Sequence[Unit], services: Mapping[str, Map]) -> Unit:
    """Write a pod into its members; return the one that holds its network."""
    first = holder(estate, units)
    entry = services[first.base]
    section = estate.own(pod)
    apply(estate, pod, section, entry)
    attached(entry, "ports", sequence(section.lines("PublishPort")))
    joined = network(estate, pod, section)
    if joined is not None:
        entry.take("network")
        entry.put("network", joined, section.lines("Network")[0].mark)
    keep(section, "Pod", entry)
    for unit in units:
        own = services[unit.base]
        attached(own, "volumes", mounts(estate, pod, section))
        attached(own, "extra_hosts", sequence(section.lines("AddHost")))
        if unit is not first:
            setting = estate.own(unit).last("Pod")
            own.take("network")
            mark = setting.mark if setting else unit.mark
            ports = own.take("ports")
            attached(entry, "ports", ports)
            own.put("network", f"service:{first.base}", mark)
    return first
