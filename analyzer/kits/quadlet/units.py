"""Services -> a folder of units for each host.

Source: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

from analyzer.kits.health import Health, declared, of_image, switched_off
from analyzer.kits.images import reference
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.model import File
from analyzer.kits.printers.unit import literal, unit
from analyzer.kits.quadlet.container import container
from analyzer.kits.quadlet.draft import Draft
from analyzer.kits.quadlet.networks import network, network_units, pods
from analyzer.kits.quadlet.ordering import order, orders
from analyzer.kits.quadlet.storage import volume_units
from analyzer.kits.quadlet.versions import HEALTHY, HEALTHY_FLAG, QUADLET, Version, version_of
from analyzer.kits.schedule import to_calendar

FORM = "quadlet"
FOLDER = "quadlet"
START_SECONDS = 900
"""Time for the first start, which may pull an image; systemd's own is 90 seconds."""
_RESTARTS = {"no": "no", "on-failure": "on-failure"}


def units(material: Material, ledger: Ledger, names: Iterable[str]) -> list[File]:
    """Return the units of some services; the ledger says what became of each of their keys.

    Names that are not converted, native ones and those of other machines' clusters, are left to
    the caller.
    """
    drafted = drafts(material, ledger, names)
    files: dict[str, File] = {}
    for name, draft in drafted.drafts.items():
        if not ledger.blocks(name):
            _add(files, _own(material, draft, ledger))
            _add(files, _beside(material, draft, drafted.networks, drafted.images))
        ledger.close(draft.spec)
    for file in _pod_units(material, drafted.drafts, drafted.pods, drafted.networks):
        files[file.path] = file
    return sorted(files.values())


class Drafted(NamedTuple):
    """Units that are written, by service, and what lies beside them: pods, networks, images."""

    drafts: dict[str, Draft]
    pods: dict[str, str]
    networks: dict[str, str]
    images: dict[tuple[str, str], str]


def drafts(
    material: Material, ledger: Ledger, names: Iterable[str], version: Version | None = None
) -> Drafted:
    """Return the drafts of some services, each for the Podman of its host unless one is given."""
    found = {
        name: Draft(spec, version or version_of(material.host(spec)), ledger)
        for name, spec in ((name, material.specs[name]) for name in sorted(names))
        if _possible(material, name, ledger)
    }
    images = _image_units(material, found) if version is None else {}
    in_pod = pods(material, list(found), found)
    edges = orders(material, list(found))
    networks = network_units(material)
    for draft in found.values():
        image = images.get((_host(material, draft), _image(draft)))
        container(material, draft, f"{image}.image" if image else None)
        _health(material, draft)
    written = frozenset(name for name in found if not ledger.blocks(name))
    for name, draft in found.items():
        network(material, draft, networks, in_pod.get(name), written)
        if name in in_pod:
            draft.container = [one for one in draft.container if one[0] not in _OF_POD]
        order(material, draft, edges[name], written)
        _service(material, draft)
    return Drafted(found, in_pod, networks, images)


_OF_POD = frozenset({"PublishPort", "Network", "NetworkAlias"})
"""What belongs to the pod where there is one."""


def _possible(material: Material, name: str, ledger: Ledger) -> bool:
    """Return whether a service can have a unit on its host; the ledger says why not."""
    spec = material.specs[name]
    version = version_of(material.host(spec))
    if not version.has(QUADLET):
        text = (
            f"Podman {version} of its host has no Quadlet: update it to 4.4 or later, better 5.4"
        )
        ledger.person(spec, "host", text, blocking=True)
    if not spec.service.image:
        text = "no image is named: name the one to run, or what its build gives"
        ledger.person(spec, "build" if spec.has("build") else "image", text, blocking=True)
    if ledger.blocks(name):
        ledger.close(spec)
        return False
    return True


def assumptions(material: Material, names: Iterable[str]) -> list[str]:
    """Return what is assumed of hosts whose version of Podman nobody states."""
    hosts = {material.specs[name].service.host or "" for name in names}
    found = []
    for name in sorted(hosts):
        version = version_of(material.assessment.inventory.hosts.get(name))
        if not version.stated:
            where = name or "a host that is not named"
            found.append(
                f"{where}: Podman's version is not stated and taken for {version}, which knows less"
                " than later ones; write runtime: podman 5.4, or what 'podman --version' says"
            )
    return found


def _host(material: Material, draft: Draft) -> str:
    return material.node(draft.spec) or "any-host"


def _image(draft: Draft) -> str:
    return str(reference(draft.spec.service.image or ""))


def _add(files: dict[str, File], more: Iterable[File]) -> None:
    files.update((file.path, file) for file in more)


def _image_units(material: Material, drafts: dict[str, Draft]) -> dict[tuple[str, str], str]:
    """Return the unit that pulls an image which several services of a host run, by both."""
    users: dict[tuple[str, str], list[str]] = {}
    for name, draft in drafts.items():
        if draft.version.has((5, 0)):
            users.setdefault((_host(material, draft), _image(draft)), []).append(name)
    return {
        key: f"{material.labels[min(names)]}-image"
        for key, names in users.items()
        if len(names) > 1
    }


def _health(material: Material, draft: Draft) -> None:
    """Write the check; one that the service declares also tells when it is ready, and restarts it.

    Inside of systemd a container that fails its check is killed, and started again by the unit.
    Source: https://docs.podman.io/en/latest/markdown/podman-run.1.html#health-on-failure-action
    """
    spec, ledger = draft.spec, draft.ledger
    if switched_off(spec):
        draft.put("HealthCmd", "none", "healthcheck")
        ledger.converted(spec, "healthcheck")
        return
    own = declared(spec)
    health = own or of_image(material.image(spec))
    if health is None:
        text = "no check is declared and none is known for its image: write one"
        ledger.person(spec, "healthcheck", text)
        return
    _check(draft, health)
    if own is None:
        text = (
            "no check is declared; the one that is known for its image only takes note: when it has"
            " passed for a day, add HealthOnFailure=kill and Notify=healthy"
        )
        ledger.approximated(spec, "healthcheck", text)
        return
    draft.put("HealthOnFailure", "kill", "healthcheck")
    text = "a container that fails it is now started again; before, it was only noted"
    if draft.version.has(HEALTHY):
        draft.container.append(("Notify", "healthy"))
        text += "; who waits for it waits until it is healthy"
    elif draft.version.has(HEALTHY_FLAG):
        draft.flag("--sdnotify", "healthy", "healthcheck")
    ledger.approximated(spec, "healthcheck", text)


def _check(draft: Draft, health: Health) -> None:
    line = health.shell or json.dumps(list(health.words), ensure_ascii=False)
    draft.plain("HealthCmd", line, "healthcheck")
    draft.put("HealthInterval", f"{health.interval_seconds}s", "healthcheck")
    draft.put("HealthTimeout", f"{health.timeout_seconds}s", "healthcheck")
    draft.put("HealthRetries", str(health.retries), "healthcheck")
    if health.start_seconds:
        draft.put("HealthStartPeriod", f"{health.start_seconds}s", "healthcheck")


def _service(material: Material, draft: Draft) -> None:
    """Write how systemd runs it."""
    spec, ledger = draft.spec, draft.ledger
    policy = (spec.service.restart or "always").partition(":")[0]
    if spec.service.schedule:
        draft.service.append(("Type", "oneshot"))
    elif spec.name in material.waited:  # others wait until it has done its work
        draft.service += [("Type", "oneshot"), ("RemainAfterExit", "yes")]
    else:
        draft.service.append(("Restart", _RESTARTS.get(policy, "always")))
    draft.service.append(("TimeoutStartSec", str(START_SECONDS)))
    if spec.has("restart"):
        ledger.converted(spec, "restart", "by systemd")
    if spec.has("profiles"):
        started = spec.service.verified is not False
        text = "started, as its profile is active" if started else "not started by itself"
        ledger.converted(spec, "profiles", text)


def _own(material: Material, draft: Draft, ledger: Ledger) -> list[File]:
    """Return the unit of a service, and the timer that starts it."""
    spec = draft.spec
    label = material.labels[spec.name]
    todos = [f"TODO {entry.id}: {entry.text}" for entry in ledger.todos([spec.name])]
    sections = {
        "Unit": [("Description", literal(spec.name)), *dict.fromkeys(draft.unit)],
        "Container": draft.container,
        "Service": draft.service,
    }
    folder = f"{FOLDER}/{_host(material, draft)}"
    files = []
    if spec.service.schedule:
        times = to_calendar(spec.service.schedule)
        files += [_timer(f"{folder}/{label}.timer", spec.name, times)] if times else []
        text = "its timer goes to /etc/systemd/system" if times else "write a timer by hand"
        ledger.say(spec, "schedule", "converted" if times else "person", text)
    elif not (spec.has("profiles") and spec.service.verified is False):
        sections["Install"] = [("WantedBy", "default.target")]
    return [File(f"{folder}/{label}.container", unit(sections, todos)), *files]


def _timer(path: str, name: str, times: str) -> File:
    sections = {
        "Unit": [("Description", literal(f"{name}, at set times"))],
        "Timer": [("OnCalendar", times), ("Persistent", "true")],
        "Install": [("WantedBy", "timers.target")],
    }
    return File(path, unit(sections))


def _beside(
    material: Material,
    draft: Draft,
    networks: dict[str, str],
    images: dict[tuple[str, str], str],
) -> list[File]:
    """Return the networks, the volumes and the image that a unit names."""
    host = _host(material, draft)
    folder = f"{FOLDER}/{host}"
    service = draft.spec.service
    files = []
    for name in service.networks:
        text = unit({"Network": [("NetworkName", literal(name))]})
        files.append(File(f"{folder}/{networks[name]}.network", text))
    volumes = volume_units(material)
    for mount in service.mounts:
        if mount.kind == "volume":
            text = unit({"Volume": [("VolumeName", literal(mount.source))]})
            files.append(File(f"{folder}/{volumes[mount.source]}.volume", text))
    image = images.get((host, _image(draft)))
    if image:
        text = unit({"Image": [("Image", literal(_image(draft)))]})
        files.append(File(f"{folder}/{image}.image", text))
    return files


def _pod_units(
    material: Material, drafts: dict[str, Draft], in_pod: dict[str, str], networks: dict[str, str]
) -> list[File]:
    """Return the pods: they have the ports and the networks of the services in them."""
    members: dict[tuple[str, str], list[Draft]] = {}
    for name, pod in in_pod.items():
        members.setdefault((_host(material, drafts[name]), pod), []).append(drafts[name])
    files = []
    for (host, pod), inside in sorted(members.items(), key=lambda item: item[0]):
        settings = [("PodName", pod)]
        for draft in sorted(inside, key=lambda one: one.spec.name):
            again = Draft(draft.spec, draft.version, Ledger(FORM))
            container(material, again, None)
            settings += [one for one in again.container if one[0] == "PublishPort"]
            settings += [
                ("Network", f"{networks[one]}.network") for one in draft.spec.service.networks
            ]
        files.append(
            File(f"{FOLDER}/{host}/{pod}.pod", unit({"Pod": list(dict.fromkeys(settings))}))
        )
    return files
