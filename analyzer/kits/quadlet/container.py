"""A service -> the ``[Container]`` section of its unit.

Source: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html#container-units-container
"""

from analyzer.inventory.model import Port
from analyzer.kits.images import reference
from analyzer.kits.material import Material
from analyzer.kits.printers.unit import command
from analyzer.kits.quadlet.draft import Draft
from analyzer.kits.quadlet.limits import limits
from analyzer.kits.quadlet.options import options
from analyzer.kits.quadlet.storage import storage
from analyzer.kits.secrecy import VARIABLE
from analyzer.tree import Map

ENV_FOLDER = "/etc/k8sadvisor"
_MOVES = "no version is named, so another may come with any update: name the one that runs today"
_UPDATED = frozenset({"database", "cache", "queue"})
"""Roles whose programs are not updated unasked: their data may not go back."""
_PULL = {"always": "always", "never": "never", "missing": "missing", "if_not_present": "missing"}


def container(material: Material, draft: Draft, image_unit: str | None) -> None:
    """Write the section; ``image_unit`` is the unit that pulls an image for several services."""
    identity(material, draft, image_unit)
    ports(draft)
    commands(draft)
    variables(material, draft)
    storage(material, draft)
    options(draft)
    limits(draft)


def identity(material: Material, draft: Draft, image_unit: str | None) -> None:
    """Write image, name and updates."""
    spec, ledger = draft.spec, draft.ledger
    image = reference(spec.service.image or "")
    draft.plain("Image", image_unit or str(image), "image")
    if image.moves:
        ledger.person(spec, "image", _MOVES)
    else:
        ledger.converted(spec, "image")
    if spec.has("build"):
        text = "is built from source: keep building it, or describe it in a .build unit"
        ledger.person(spec, "build", text)
    draft.plain(
        "ContainerName", spec.service.container_name or material.labels[spec.name], "image"
    )
    if spec.has("container_name"):
        ledger.converted(spec, "container_name")
    pull = (spec.text("pull_policy") or "").lower()
    if pull:
        known = _PULL.get(pull, "newer" if pull == "newer" else "missing")
        draft.put("Pull", known, "pull_policy")
        text = "" if pull in _PULL or pull == "newer" else f"{pull} is missing here"
        ledger.say(spec, "pull_policy", "approximated" if text else "converted", text)
    known_image = material.image(spec)
    database = known_image is not None and known_image.role in _UPDATED
    label = spec.service.labels.get("io.containers.autoupdate")
    if label in ("registry", "local"):
        draft.put("AutoUpdate", label, "labels")
    elif not (image.moves or image.digest or database or spec.has("build")):
        draft.put("AutoUpdate", "registry", "image")
        text = "new: follows its tag, from the day on which podman-auto-update.timer is enabled"
        ledger.approximated(spec, "image", text)


def ports(draft: Draft) -> None:
    """Write published and exposed ports."""
    spec, ledger = draft.spec, draft.ledger
    shared = (spec.service.network_mode or "").startswith(("service:", "container:"))
    for port in spec.service.ports:
        if port.published is None:
            draft.put("ExposeHostPort", _inside(port), "expose")
        elif not shared and spec.service.network_mode != "host":
            draft.put("PublishPort", _published(port), "ports")
    for section in ("ports", "expose"):
        for key, _ in spec.listed(section) if spec.has(section) else ():
            ledger.converted(spec, key)


def _inside(port: Port) -> str:
    last = f"-{port.target + port.count - 1}" if port.count > 1 else ""
    return f"{port.target}{last}" + (f"/{port.protocol}" if port.protocol != "tcp" else "")


def _published(port: Port) -> str:
    """Return ``[ADDRESS:][HOST]:CONTAINER[/PROTOCOL]``; the engine picks a host port of 0."""
    address = f"[{port.host_ip}]" if port.host_ip and ":" in port.host_ip else port.host_ip or ""
    first = port.published or 0
    last = f"-{first + port.count - 1}" if port.count > 1 and first else ""
    host = f"{first}{last}" if first else ""
    if address:
        return f"{address}:{host}:{_inside(port)}"
    return f"{host}:{_inside(port)}" if host else _inside(port)


def commands(draft: Draft) -> None:
    """Write what is run."""
    spec, ledger = draft.spec, draft.ledger
    entry, words = spec.command("entrypoint"), spec.command("command")
    for key, found in (("entrypoint", entry), ("command", words)):
        if not spec.has(key):
            continue
        if found is None:
            text = "its quotation marks do not fit: write it as a list"
            ledger.person(spec, key, text, blocking=True)
        elif any(VARIABLE.search(word) for word in found):
            text = (
                "a value stands in it, which systemd cannot take from the container: put the"
                " command into a script of the image's, or the value there by hand"
            )
            ledger.person(spec, key, text)
        else:
            ledger.converted(spec, key)
    if entry:
        listed = ", ".join(
            '"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in entry
        )
        one = entry[0] if len(entry) == 1 else f"[{listed}]"
        draft.plain("Entrypoint", one, "entrypoint")
    if words:
        draft.put("Exec", command(words), "command")
    if spec.has("working_dir"):
        draft.plain("WorkingDir", spec.text("working_dir") or "/", "working_dir")
        ledger.converted(spec, "working_dir")


def variables(material: Material, draft: Draft) -> None:
    """Write where variables come from; what is set by name wins over files, so it comes last."""
    spec, ledger = draft.spec, draft.ledger
    key = "env_file" if spec.has("env_file") else "env_files"
    for at, path in enumerate(spec.service.env_files):
        whole, known = material.host_path(path)
        draft.plain("EnvironmentFile", whole, key)
        if known:
            ledger.converted(spec, f"{key}[{at}]")
        else:
            ledger.person(spec, f"{key}[{at}]", f"{path} is relative: name the folder with --base")
    if spec.service.environment:
        path = f"{ENV_FOLDER}/{material.labels[spec.name]}.env"
        draft.plain("EnvironmentFile", path, "environment")
        text = (
            f"by name only; make the file in {ENV_FOLDER} of the running container, see IMPROVE.md"
        )
        ledger.person(spec, "environment", text)
    for at, (where, item) in enumerate(spec.listed("secrets")):
        name = item.get("source") if type(item) is Map else item
        if isinstance(name, str) and name:
            draft.word("Secret", str(name), "secrets")
            text = f"make it once: podman secret create NAME FILE, number {at + 1} of the list"
            ledger.person(spec, where, text)
    for where, _ in spec.listed("configs"):
        text = "Podman has no configs: keep the file on the host and mount it"
        ledger.impossible(spec, where, text)
