"""A service -> a container of a pod."""

from typing import Any

from analyzer.inventory.model import Service
from analyzer.kits.environment import Variables, variables_of
from analyzer.kits.images import reference
from analyzer.kits.kubernetes.apps import App
from analyzer.kits.kubernetes.ports import Opening, container_ports
from analyzer.kits.kubernetes.probes import probes
from analyzer.kits.kubernetes.resources import resources
from analyzer.kits.kubernetes.security import security
from analyzer.kits.kubernetes.storage import Mounting, device, mounts
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.secrecy import VARIABLE
from analyzer.kits.spec import Spec
from analyzer.reporting.numbers import count
from analyzer.tree import Map, Seq

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
        text = "no image is named; push one to a registry that the nodes reach, and name it"
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
    mounted = mounts(spec, making)
    asked: dict[str, str] = {}
    for key, one in spec.devices():
        if one is not None:
            mount, resource = device(spec, key, one, making)
            mounted += [mount] if mount else []
            asked |= resource
    if mounted:
        made["volumeMounts"] = mounted
    taken = resources(spec, asked, ledger)
    if taken:
        made["resources"] = taken
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
    env += [_reference(one, f"{name}-env", "secretKeyRef") for one in secret]
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
        text = "by name only; 'just k8s-env' takes the values from the running container"
        ledger.approximated(spec, "environment", text)
    for at, path in enumerate(variables.files, 1):
        key = "env_file" if spec.has("env_file") else "env_files"
        text = f"becomes the Secret {name}-env-file-{at}, made of {path} by 'just k8s-env {name}'"
        ledger.approximated(spec, f"{key}[{at - 1}]", text)
    if variables.odd:
        text = f"{count(len(variables.odd), 'name')} cannot be a key of a Secret: set by hand"
        ledger.person(spec, "environment", text)
    if variables.interpolated:
        listed = ", ".join(variables.interpolated)
        text = f"{listed} stood in its command: add to the Secret {name}-env"
        ledger.person(spec, "environment" if spec.has("environment") else "command", text)
    if variables.hidden:
        listed = ", ".join(variables.hidden)
        text = f"a password stands in its command: put it into the Secret {name}-env as {listed}"
        ledger.person(spec, "command" if spec.has("command") else "healthcheck", text)


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
