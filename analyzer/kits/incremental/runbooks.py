"""Waves -> runbooks: what to check, to copy, to switch and to look at, and the way back."""

import shlex
from collections.abc import Sequence

from analyzer.kits.engines import engine
from analyzer.kits.health import declared, of_image
from analyzer.kits.incremental.interim import Interim
from analyzer.kits.incremental.traffic import Way, address_of, ways
from analyzer.kits.kubernetes.manifests import Made
from analyzer.kits.kubernetes.storage import path_type
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
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
from analyzer.kits.spec import Spec
from analyzer.plan.model import Procedure, Wave

OTHERS = "others"
_ASIDE = ".before-k8s"
_CHECKSUM = "find . -type f -print0 | sort -z | xargs -0 sha256sum"


def runbook(
    material: Material,
    name: str,
    wave: Wave | None,
    made: Sequence[Made],
    ledger: Ledger,
    before: Sequence[Interim],
) -> File:
    """Return the runbook of one wave, or of services that are in none.

    ``before`` are services that it needs and that move later.
    """
    routes = [way for one in made for way in ways(material, one)]
    title = f"Wave {wave.number}" if wave else "Services outside of the plan's waves"
    blocks = [heading(1, title), _summary(wave, made)]
    blocks += _overview(made, routes)
    blocks += [heading(2, "Before"), bullets(_checks(material, wave))]
    blocks += _interims(before)
    todos = [
        f"`TODO {entry.id}` {escape(entry.text)}"
        for one in made
        for entry in ledger.todos(spec.name for spec in one.app.specs)
    ]
    if todos:
        blocks += [heading(2, "Decide first"), bullets(todos)]
    for one in made:
        blocks += _app(material, one, [way for way in routes if way.service in _names(one)])
    blocks += [heading(2, "When it goes wrong"), _back(material, made)]
    return File(f"runbooks/{name}.md", document(blocks))


def _interims(before: Sequence[Interim]) -> list[str]:
    """Return who answers for services that stay until a later wave."""
    lines = [f"sudo k3s kubectl apply -f {one.path}" for one in before if one.path]
    unknown = [escape(one.service) for one in before if one.path is None]
    blocks = []
    if lines:
        named = ", ".join(
            f"{escape(one.service)} (wave {one.until})" for one in before if one.path
        )
        blocks.append(
            f"Needed here, but moved later: {named}. Until then their names lead to the hosts where"
            f" they run; `just k8s-migrate` takes each away when it moves:\n\n{fenced(lines)}"
        )
    if unknown:
        blocks.append(
            f"Needed here, but moved later, and no way to it is known: {', '.join(unknown)}. It has to"
            " publish a port, and its host needs addresses: in the inventory; or move them together."
        )
    return blocks


def _names(made: Made) -> set[str]:
    return {spec.name for spec in made.app.specs}


def _summary(wave: Wave | None, made: Sequence[Made]) -> str:
    services = ", ".join(escape(spec.name) for one in made for spec in one.app.specs)
    if wave is None:
        return f"{services}: asked for by name. The plan says why they were to stay, or to wait."
    from analyzer.reporting.numbers import hours  # noqa: PLC0415

    return f"{services} · about {hours(wave.effort_hours)} of work · class {wave.service_class}"


def _overview(made: Sequence[Made], routes: Sequence[Way]) -> list[str]:
    rows = []
    for one in made:
        for spec in one.app.specs:
            own = [way for way in routes if way.service == spec.name]
            rows.append(
                (
                    escape(spec.name),
                    escape(spec.service.host or "not stated"),
                    "<br>".join(code(way.before) for way in own) or "–",
                    "<br>".join(code(way.after) for way in own) or "–",
                    _data(spec) or "none",
                )
            )
    return [table(("service", "host", "answers today at", "answers then at", "data"), rows)]


def _data(spec: Spec) -> str:
    found = []
    for mount in spec.service.mounts:
        if mount.kind == "bind" and not mount.read_only:
            found.append(f"{code(mount.source)} stays in place")
        elif mount.kind == "volume":
            found.append(f"volume {code(mount.source)} is copied")
    return "<br>".join(found)


def _procedure(material: Material, wave: Wave | None) -> Procedure | None:
    wanted = wave.service_class if wave else "stateful"
    every = material.assessment.plan.procedures
    return next((one for one in every if one.service_class == wanted), None)


def _checks(material: Material, wave: Wave | None) -> list[str]:
    procedure = _procedure(material, wave)
    found = [escape(check) for check in procedure.checks] if procedure else []
    return [*found, "`just k8s-status` shows every node Ready."]


def _app(material: Material, made: Made, routes: Sequence[Way]) -> list[str]:
    app, main = made.app, made.app.main
    label = material.labels[main.name]
    stateful = any(material.stateful(spec) for spec in app.specs)
    volumes = [
        mount.source
        for spec in app.specs
        for mount in spec.service.mounts
        if mount.kind == "volume"
    ]
    steps = _before(material, app.specs, stateful=stateful)
    lines = [f"just k8s-diff {label}", f"just k8s-migrate {label}"]
    steps.append(f"Look at what will be made, then make it:\n\n{fenced(lines)}")
    if volumes:
        steps.append(_copy(made, volumes))
    steps.append(f"Verify: {_verify(material, made, routes)}")
    if routes:
        switched = ", ".join(f"`import k8s_{way.name}`" for way in routes)
        steps.append(
            f"Switch the proxy to {switched}, reload it, and use the service once through it."
        )
    follow = _callers(material, made)
    if follow:
        steps.append(f"Tell those that call it and stay outside: {follow}.")
    wait = "a week" if stateful else "a day"
    steps.append(f"After {wait}, remove the old one: {_removal(material, app.specs)}")
    return [heading(2, escape(main.name)), numbered(steps)]


def _before(material: Material, specs: Sequence[Spec], *, stateful: bool) -> list[str]:
    """Return what comes before the pod: variables, and where data is kept a stop and a copy."""
    steps = []
    named = [spec for spec in specs if spec.service.environment or spec.service.env_files]
    if named:
        lines = [f"just k8s-env {material.labels[spec.name]}" for spec in named]
        steps.append(f"Take its variables over; nothing is written to a disk:\n\n{fenced(lines)}")
    if stateful:
        lines = [_on(spec, engine(material, spec).stop) for spec in specs]
        held = "; ".join(code(engine(material, spec).hold) for spec in specs)
        steps.append(
            "Stop it, for two must never write the same data, and keep it from starting by itself"
            f" ({held}):\n\n{fenced(lines)}"
        )
        steps.append(_kept(material, specs))
    return steps


def _on(spec: Spec, command: str) -> str:
    host = spec.service.host
    return f"ssh -- {shlex.quote(host)} {shlex.quote(command)}" if host else command


def _kept(material: Material, specs: Sequence[Spec]) -> str:
    """Return how to keep the data as it was: the pod writes to the same paths."""
    own, shared = _paths(material, specs)
    if not own and not shared:
        return "Take a backup now, while nothing writes, and restore it once somewhere else."
    text = "Take a backup now, while nothing writes."
    if shared:
        listed = ", ".join(code(path) for path in shared)
        text += f" Others use {listed} as well; it is not copied."
    if own:
        lines = []
        for path in own:
            here, there = shlex.quote(path), shlex.quote(f"{path.rstrip('/')}{_ASIDE}")
            lines += [
                f"sudo cp -a --reflink=auto {here} {there}",
                f"sudo diff -r --no-dereference {here} {there} && echo the same",
            ]
        host = escape(specs[0].service.host or "its host")
        text += (
            f" The pod will write to the same paths, so keep a copy on {host}, compared with the"
            f" original:\n\n{fenced(lines)}"
        )
    return text


def _paths(material: Material, specs: Sequence[Spec]) -> tuple[list[str], list[str]]:
    """Return the host's paths that only these services write, and those that others use too."""
    names = {spec.name for spec in specs}
    own: set[str] = set()
    shared: set[str] = set()
    for spec in specs:
        for mount in spec.service.mounts:
            if mount.kind != "bind" or mount.read_only or path_type(mount.source) != "Directory":
                continue
            path = material.host_path(mount.source)[0]
            (own if material.users(mount.source) <= names else shared).add(path)
    return sorted(own), sorted(shared)


def _copy(made: Made, volumes: Sequence[str]) -> str:
    """Return how the data of named volumes gets into their claims, with checksums of both."""
    app, spec = made.app, made.app.main
    tool = "docker" if spec.service.runtime == "docker" else "podman"
    kubectl = "sudo k3s kubectl"
    lines = [
        f"{kubectl} -n {app.namespace} scale {str(made.objects[0]['kind']).lower()}/{app.name} --replicas=0"
    ]
    for volume in volumes:
        claim = _claim_of(made, volume)
        name = shlex.quote(volume)
        lines += [
            f"from=$({tool} volume inspect --format '{{{{.Mountpoint}}}}' {name})",
            f"pv=$({kubectl} -n {app.namespace} get pvc {claim} -o jsonpath='{{.spec.volumeName}}')",
            f"to=$({kubectl} get pv \"$pv\" -o jsonpath='{{.spec.hostPath.path}}{{.spec.local.path}}')",
            'test -n "$from" && test -n "$to"',
            'sudo rsync -aHAX --delete --numeric-ids "$from/" "$to/"',
            f'diff <(cd "$from" && sudo {_CHECKSUM}) <(cd "$to" && sudo {_CHECKSUM}) && echo the same',
        ]
    lines.append(
        f"{kubectl} -n {app.namespace} scale {str(made.objects[0]['kind']).lower()}/{app.name} --replicas=1"
    )
    where = escape(spec.service.host or "its host")
    return f"Copy the data on {where}, with the pod stopped as well, and compare checksums:\n\n{fenced(lines)}"


def _claim_of(made: Made, volume: str) -> str:
    template = made.objects[0]["spec"]["template"]["spec"]
    from analyzer.kits.naming import label  # noqa: PLC0415

    names = [
        one["persistentVolumeClaim"]["claimName"]
        for one in template.get("volumes", ())
        if "persistentVolumeClaim" in one
    ]
    wanted = label(volume, "volume")
    return next((str(name) for name in names if str(name).startswith(wanted)), wanted)


def _verify(material: Material, made: Made, routes: Sequence[Way]) -> str:
    label = material.labels[made.app.main.name]
    health = declared(made.app.main) or of_image(material.image(made.app.main))
    request = health.http if health else None
    lines = ["just k8s-status"]
    path = request.path if request else "/"
    lines += [
        f"curl -fsS -o /dev/null -w '%{{http_code}}\\n' http://{way.after}{path}"
        for way in routes[:1]
    ]
    space, name = made.app.namespace, made.app.name
    lines.append(
        f"sudo k3s kubectl -n {space} logs -l app.kubernetes.io/name={name} --all-containers --tail=50"
    )
    extra = (
        " A port that speaks no HTTP is tried with its own client."
        if routes and not request
        else ""
    )
    return (
        f"the pod of {label} is Ready, it answers, and its log is clean.{extra}\n\n{fenced(lines)}"
    )


def _callers(material: Material, made: Made) -> str:
    names = _names(made)
    moved = {name for name, number in material.wave_of.items() if number}
    found = sorted(
        {
            edge.dependent
            for name in names
            for edge in material.needed.get(name, ())
            if edge.binds and not edge.symmetric and edge.dependent not in names | moved
        }
    )
    if not found:
        return ""
    where = address_of(material, made.app.main)
    return f"{', '.join(escape(name) for name in found)} reach it at `{where}` by the port above, no longer by its name"


def _removal(material: Material, specs: Sequence[Spec]) -> str:
    return "; ".join(code(engine(material, spec).remove) for spec in specs)


def _back(material: Material, made: Sequence[Made]) -> str:
    lines = [f"just k8s-rollback {material.labels[one.app.main.name]}" for one in made]
    stateful = any(material.stateful(spec) for one in made for spec in one.app.specs)
    text = (
        "Point the proxy back with `import podman_NAME`, then let the container take over again:"
    )
    after = (
        "\n\nThe container finds what the pod has written since. If that is what went wrong, put the"
        f" copy that ends in `{_ASIDE}` in its place before the container starts; what was written"
        " since is lost then. Data that was copied to a claim is still in its volume, as it was on"
        " the day of the move."
    )
    return f"{text}\n\n{fenced(lines)}{after if stateful else ''}"
