"""What to improve, in the order of the plan, as one page with the commands that it takes.

Sources: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html (where units lie),
https://docs.podman.io/en/latest/markdown/podman-auto-update.1.html (updates, and the way back) and
https://www.freedesktop.org/software/systemd/man/latest/systemd-analyze.html.
"""

import shlex
from collections.abc import Iterable, Sequence

from analyzer.inventory.model import Service
from analyzer.kits.engines import Engine, engine
from analyzer.kits.environment import variables_of
from analyzer.kits.material import Material, on_nixos
from analyzer.kits.model import File
from analyzer.kits.printers.markdown import (
    bullets,
    code,
    document,
    escape,
    fenced,
    heading,
    numbered,
    table,
)
from analyzer.kits.quadlet.container import ENV_FOLDER
from analyzer.kits.spec import Spec
from analyzer.reporting.numbers import hours

_SHOWN = 8
_LOWEST_PORT = 1024


def improvements(material: Material, names: Sequence[str]) -> File:
    """Return the page."""
    plan = material.assessment.plan
    rows = [
        (str(at), escape(one.title), _listed(one.services), hours(one.hours), escape(one.text))
        for at, one in enumerate(plan.improvements, 1)
    ]
    blocks = [
        heading(1, "What to improve, and how"),
        (
            f"In the order of benefit, {hours(plan.improvement_hours)} in all. Each line stands alone:"
            " stop wherever it is good enough."
        ),
        table(("", "what", "where", "time", "how"), rows),
        heading(2, "One service, from what runs to its unit"),
        "Begin with one that nobody misses for ten minutes.",
        numbered(_steps(material, names)),
        heading(2, "Updates"),
        *_updates(material),
        heading(2, "Without root"),
        _rootless(material, names),
    ]
    return File("IMPROVE.md", document(blocks))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(map(escape, names[:_SHOWN]))
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown or "the estate"


def _steps(material: Material, names: Sequence[str]) -> list[str]:
    spec = material.specs[_first(material, names)] if names else None
    if spec is None:
        return []
    label, run = material.labels[spec.name], engine(material, spec)
    steps = []
    variables = variables_of(spec)
    listed = (*variables.settings, *variables.secrets)
    if listed:
        pattern = shlex.quote(f"^({'|'.join(listed)})=")
        target = f"{ENV_FOLDER}/{label}.env"
        lines = [
            f"sudo install -d -m 700 {ENV_FOLDER}",
            f"{run.inspect} | grep -E {pattern} | sudo install -m 600 /dev/stdin {target}",
        ]
        steps.append(
            "Take its variables from the running container into a file of root's; the names are in its"
            f" ledger, the values only there:\n\n{fenced(lines)}"
        )
    steps += _in_place(material, spec, label, run)
    unit = f"podman-{label}.service" if on_nixos(material.host(spec)) else f"{label}.service"
    lines = [f"systemctl status {unit}", f"journalctl -u {unit} -n 50"]
    steps.append(f"Look at it:\n\n{fenced(lines)}")
    back = ["sudo nixos-rebuild switch --rollback"]
    if not on_nixos(material.host(spec)):
        back = [f"sudo systemctl stop {unit}", run.start]
    steps.append(f"The way back; the data was not moved:\n\n{fenced(back)}")
    return steps


def _in_place(material: Material, spec: Spec, label: str, run: Engine) -> list[str]:
    """Return how the new definition gets to where systemd finds it, and takes over."""
    host = material.node(spec) or "any-host"
    if on_nixos(material.host(spec)):
        lines = [f"sudo nixos-rebuild switch # with nixos/{host}/containers/{label}.nix imported"]
        return [
            (
                "Import the new definition in the place of the old one, which has the same name, and switch:"
                f" the old container stops before the new one starts.\n\n{fenced(lines)}"
            )
        ]
    lines = [
        f"sudo install -m 600 -t /etc/containers/systemd quadlet/{host}/{label}.container",
        "# and the .network, .volume, .image and .pod files that it names",
        "sudo /usr/libexec/podman/quadlet -dryrun",
    ]
    over = [run.stop, "sudo systemctl daemon-reload", f"sudo systemctl start {label}.service"]
    return [
        f"Put the unit in place, and let Podman read it:\n\n{fenced(lines)}",
        (
            "Stop the old one, keep it from starting by itself"
            f" ({code(run.hold)}), and start the new one:\n\n{fenced(over)}"
        ),
    ]


def _first(material: Material, names: Sequence[str]) -> str:
    """Return the service to begin with: one without data that has variables, else the first."""
    ready = sorted(names, key=lambda name: (material.stateful(material.specs[name]), name))
    return ready[0]


def _updates(material: Material) -> list[str]:
    lines = [
        "podman auto-update --dry-run",
        "sudo systemctl enable --now podman-auto-update.timer",
    ]
    if any(map(on_nixos, material.assessment.inventory.hosts.values())):
        lines.append('# NixOS: systemd.timers.podman-auto-update.wantedBy = [ "timers.target" ];')
    return [
        (
            "Units with `AutoUpdate=registry` follow their tag. When the new container does not start, the"
            " old image comes back; that is seen only where the unit waits for its check, with"
            " `Notify=healthy`. Databases are left out on purpose: their data may not go back."
        ),
        fenced(lines),
    ]


def _rootless(material: Material, names: Iterable[str]) -> str:
    """Return who could run without root, and who could not and why."""
    able: list[str] = []
    unable: list[str] = []
    for name in names:
        why = _needs_root(material.service(name))
        (unable if why else able).append(f"{escape(name)}: {why}" if why else escape(name))
    blocks = [
        (
            "A container of a user without rights can do less harm. Its unit lies in"
            " `~/.config/containers/systemd`, the user needs `loginctl enable-linger`, and the files on its"
            " mounts have to belong to the user, see `podman unshare chown`."
        )
    ]
    if able:
        blocks.append(f"Nothing in their definition speaks against it: {', '.join(able)}.")
    if unable:
        blocks.append(f"Not these:\n\n{bullets(unable)}")
    return "\n\n".join(blocks)


def _needs_root(service: Service) -> str:
    if service.privileged:
        return "privileged"
    if service.network_mode == "host":
        return "the host's network"
    if service.devices:
        return "devices"
    if service.cap_add:
        return "added capabilities"
    low = [
        port.published
        for port in service.ports
        if port.published and port.published < _LOWEST_PORT
    ]
    return f"port {low[0]} is below {_LOWEST_PORT}" if low else ""
