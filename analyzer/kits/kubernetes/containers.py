"""A service -> a container of a pod."""

from typing import Any

from analyzer.inventory.model import Service
from analyzer.kits.environment import Variables, variables_of
from analyzer.kits.images import reference
from analyzer.kits.kubernetes.apps import App
from analyzer.kits.kubernetes.ports import Opening, container_ports
from analyzer.kits.kubernetes.probes import probes
from analyzer.kits.kubernetes.security import security
from analyzer.kits.kubernetes.storage import Mounting, device, mounts
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.secrecy import VARIABLE
from analyzer.kits.spec import Spec
from analyzer.tree import Map, Seq
from analyzer.units import MIB

_STEP = 16 * MIB
_ROOM_PERCENT = 150
"""A limit of half as much again as was measured, where the owner sets none."""
_PULLS = {
    "always": "Always",
    "never": "Never",
    "missing": "IfNotPresent",
    "if_not_present": "IfNotPresent",
    "newer": "Always",
}


def container(
    material: Material, app: App, spec: Spec, ports: tuple[Opening, ...], making: Mounting
) -> dict[str, Any] | None:
    """Return the container of a service; None when something keeps it out, as the ledger says."""
    ledger = making.ledger
    if not spec.service.image:
        text = (
            "is built from source; push the image to a registry that the nodes reach, and name it"
        )
        ledger.person(spec, "build" if spec.has("build") else "image", text, blocking=True)
        return None
    made: dict[str, Any] = {"name": material.labels[spec.name]}
    _image(spec, made, ledger)
    _commands(spec, made, ledger)
    host_network = app.main.service.network_mode == "host"
    opened = container_ports(spec, ports, host_network=host_network)
    if opened:
        made["ports"] = opened
    made |= environment(material.labels[spec.name], spec, ledger)
    resources = _resources(spec, ledger)
    mounted = mounts(spec, making)
    for key, one in spec.devices():
        if one is not None:
            mount, asked = device(spec, key, one, making)
            mounted += [mount] if mount else []
            for name, many in asked.items():
                resources.setdefault("limits", {})[name] = many
    _gpus(spec, resources, ledger)
    if mounted:
        made["volumeMounts"] = mounted
    if resources:
        made["resources"] = resources
    tcp = next(
        (one.target for one in ports if one.spec == spec.name and one.protocol == "tcp"), None
    )
    made |= probes(material, spec, tcp, ledger)
    made["securityContext"] = security(spec, ledger)
    _terminal(spec, made, ledger)
    _hooks(spec, made, ledger)
    return made


def _image(spec: Spec, made: dict[str, Any], ledger: Ledger) -> None:
    service: Service = spec.service
    image = reference(service.image or "")
    made["image"] = str(image)
    if image.moves:
        text = (
            "no version is named, so another may come at any restart: name the one that runs today"
        )
        ledger.person(spec, "image", text)
    else:
        ledger.converted(spec, "image")
    if spec.has("build"):
        text = "is built from source: push the image to a registry that the nodes reach"
        ledger.person(spec, "build", text)
    pull = (spec.text("pull_policy") or "missing").lower()
    made["imagePullPolicy"] = _PULLS.get(pull, "IfNotPresent")
    if spec.has("pull_policy"):
        if pull == "newer":
            ledger.approximated(
                spec, "pull_policy", "Always asks the registry, and needs it at a start"
            )
        elif pull in _PULLS:
            ledger.converted(spec, "pull_policy")
        else:
            text = f"{pull} has no counterpart: pulled only when the node lacks the image"
            ledger.approximated(spec, "pull_policy", text)


def _commands(spec: Spec, made: dict[str, Any], ledger: Ledger) -> None:
    """Add ``command`` and ``args``: Compose's entrypoint and command."""
    for key, field in (("entrypoint", "command"), ("command", "args")):
        if not spec.has(key):
            continue
        words = spec.command(key)
        if words is None:
            ledger.person(
                spec, key, "its quotation marks do not fit: write it as a list", blocking=True
            )
            continue
        if words:
            made[field] = [_argument(word) for word in words]
        elif key == "entrypoint":
            text = "an empty one removes the image's own; name the program under entrypoint"
            ledger.person(spec, key, text)
            continue
        if any(VARIABLE.search(word) for word in words):
            text = "values stand as variables here, which the pod takes from its Secret"
            ledger.approximated(spec, key, text)
        else:
            ledger.converted(spec, key)
    if spec.has("working_dir"):
        made["workingDir"] = spec.text("working_dir")
        ledger.converted(spec, "working_dir")


def _argument(word: str) -> str:
    """Return a word in which Kubernetes expands the variables that stand for values, and no other."""
    return VARIABLE.sub(lambda match: f"$({match[1]})", word.replace("$(", "$$("))


def environment(name: str, spec: Spec, ledger: Ledger) -> dict[str, Any]:
    """Return ``env`` and ``envFrom``: every variable from an object that the owner makes.

    What is set by name wins over files, and a later file over an earlier one, as in Compose.
    """
    variables = variables_of(spec)
    made: dict[str, Any] = {}
    env = [_reference(one, f"{name}-settings", "configMapKeyRef") for one in variables.settings]
    secret = (*variables.secrets, *variables.interpolated, *variables.hidden)
    env += [_reference(one, f"{name}-env", "secretKeyRef") for one in sorted(secret)]
    if env:
        made["env"] = sorted(env, key=lambda one: str(one["name"]))
    if variables.files:
        made["envFrom"] = [
            {"secretRef": {"name": f"{name}-env-file-{at}"}}
            for at in range(1, len(variables.files) + 1)
        ]
    _say_variables(spec, name, variables, ledger)
    return made


def _reference(name: str, owner: str, kind: str) -> dict[str, Any]:
    return {"name": name, "valueFrom": {kind: {"name": owner, "key": name}}}


def _say_variables(spec: Spec, name: str, variables: Variables, ledger: Ledger) -> None:
    if spec.service.environment:
        text = f"by name only; 'just k8s-env {name}' takes the values from the running container"
        ledger.approximated(spec, "environment", text)
    for at, path in enumerate(variables.files, 1):
        key = "env_file" if spec.has("env_file") else "env_files"
        text = f"becomes the Secret {name}-env-file-{at}, made of {path} by 'just k8s-env {name}'"
        ledger.approximated(spec, f"{key}[{at - 1}]", text)
    if variables.interpolated:
        listed = ", ".join(variables.interpolated)
        text = f"{listed} stood in its command: add to the Secret {name}-env"
        ledger.person(spec, "environment" if spec.has("environment") else "command", text)
    if variables.hidden:
        listed = ", ".join(variables.hidden)
        text = f"a password stands in its command: put it into the Secret {name}-env as {listed}"
        ledger.person(spec, "command" if spec.has("command") else "healthcheck", text)


def _resources(spec: Spec, ledger: Ledger) -> dict[str, Any]:
    service = spec.service
    limit, measured = service.memory_limit_bytes, service.memory_bytes
    requests: dict[str, str] = {}
    limits: dict[str, str] = {}
    reserved = spec.size("mem_reservation") or _reserved(spec)
    if spec.has("mem_reservation"):
        ledger.converted(spec, "mem_reservation", "what the scheduler sets aside")
    if reserved or measured:
        requests["memory"] = quantity(reserved or measured or 0)
    if limit:
        limits["memory"] = quantity(limit)
    elif measured:
        limits["memory"] = quantity(measured * _ROOM_PERCENT // 100)
        text = "no limit is set; half as much again as was measured is taken, and killed above: watch it"
        ledger.approximated(spec, "memory", text)
    if measured and limit:
        ledger.converted(spec, "memory", "what the scheduler sets aside")
    if not (limit or measured or reserved):
        text = (
            "no memory is stated, so it is the first to be killed: measure it with 'podman stats'"
        )
        ledger.person(spec, "memory", text)
    if service.cpu_limit is not None:
        limits["cpu"] = f"{int(service.cpu_limit * 1000)}m"
    for key in ("limits", "mem_limit", "cpus"):
        if spec.has(key):
            ledger.converted(spec, key)
    _shares(spec, requests, ledger)
    found: dict[str, Any] = {}
    if requests:
        found["requests"] = requests
    if limits:
        found["limits"] = limits
    return found


def _shares(spec: Spec, requests: dict[str, str], ledger: Ledger) -> None:
    shares = spec.number("cpu_shares")
    if shares:
        requests["cpu"] = f"{max(1, shares * 1000 // 1024)}m"
        ledger.approximated(spec, "cpu_shares", "as a request of processors, 1024 shares for one")
    if type(spec.tree.get("deploy")) is Map:
        ledger.converted(spec, "deploy", "replicas, limits and reservations; the rest is Swarm's")


def _reserved(spec: Spec) -> int | None:
    from analyzer.units import parse_size  # noqa: PLC0415

    value = spec.below("deploy", "resources", "reservations", "memory")
    return parse_size(value) if isinstance(value, str) else None


def quantity(size_bytes: int) -> str:
    """Return bytes as Kubernetes writes them, in MiB, rounded up to whole steps of 16."""
    return f"{-(-size_bytes // _STEP) * 16}Mi"


def _gpus(spec: Spec, resources: dict[str, Any], ledger: Ledger) -> None:
    """Ask for a GPU that is reserved without naming a device of the host."""
    asked = (
        spec.has("gpus")
        or spec.below("deploy", "resources", "reservations", "devices") is not None
    )
    if "gpu" in spec.service.devices and asked:
        resources.setdefault("limits", {})["nvidia.com/gpu"] = "1"
        text = (
            "install the device plugin of the GPU's maker, and the RuntimeClass that it asks for"
        )
        ledger.person(spec, "gpus" if spec.has("gpus") else "deploy", text)


def _terminal(spec: Spec, made: dict[str, Any], ledger: Ledger) -> None:
    for key, field in (("tty", "tty"), ("stdin_open", "stdin")):
        asked = spec.flag(key)
        if asked is not None:
            if asked:
                made[field] = True
            ledger.converted(spec, key)


def _hooks(spec: Spec, made: dict[str, Any], ledger: Ledger) -> None:
    """Add Compose's hooks; each runs one command."""
    for key, field in (("post_start", "postStart"), ("pre_stop", "preStop")):
        if not spec.has(key):
            continue
        value = spec.tree.get(key)
        first = value[0] if type(value) is Seq and len(value) == 1 else None
        words = first.get("command") if type(first) is Map else None
        listed = [words] if isinstance(words, str) else list(words) if type(words) is Seq else []
        if not listed or not all(isinstance(word, str) for word in listed):
            ledger.person(spec, key, "only one command can be run there: put them into one script")
            continue
        argv = (
            ["/bin/sh", "-c", str(words)]
            if isinstance(words, str)
            else [str(one) for one in listed]
        )
        made.setdefault("lifecycle", {})[field] = {"exec": {"command": spec.veil.all(argv)}}
        ledger.approximated(spec, key, "runs as the container's own user; a failure restarts it")
