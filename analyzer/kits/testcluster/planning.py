"""What to compare and how: the plan of the test, and the table that it fills."""

import shlex

from analyzer.kits.engines import engine
from analyzer.kits.kubernetes.manifests import Cluster
from analyzer.kits.kubernetes.storage import path_type
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
from analyzer.kits.testcluster.machine import FOLDER
from analyzer.kits.testcluster.measuring import METRICS
from analyzer.kits.testcluster.mirrored import DATA, copied
from analyzer.reporting.numbers import hours

SAMPLES = 5
_KUBECTL = "kubectl"


def plan_files(material: Material, cluster: Cluster, names: list[str]) -> list[File]:
    """Return the plan, and an empty table of measurements."""
    reasons = {one.service: one.reason for one in material.assessment.plan.mirrors}
    rows = [(escape(name), escape(reasons.get(name, "asked for by name"))) for name in names]
    blocks = [
        heading(1, "The test cluster"),
        (
            "It stands beside production and takes nothing from it: its data are copies, no port of it is"
            " open to others, and no public name leads to it."
        ),
        table(("mirrored", "why"), rows),
        heading(2, "Set up"),
        numbered(_set_up(material, cluster, names)),
        heading(2, "Measure"),
        (
            f"Take each figure {SAMPLES} times on each side, under the same use, and write one line for each"
            f" into `{FOLDER}/measurements.csv`. Fewer than three tell nothing."
        ),
        table(
            ("metric", "unit", "what it is", "how"),
            [(f"`{name}`", one.unit, one.title, one.how) for name, one in METRICS.items()],
        ),
        *_questions(material),
        heading(2, "Judge"),
        fenced(
            [
                (
                    f"k8sadvisor compare-test inventory.yaml --measurements {FOLDER}/measurements.csv"
                    " --report report.md"
                )
            ]
        ),
        (
            "It says which side is better by more than the figures scatter, and where the report's own"
            " estimates were wrong."
        ),
        heading(2, "Take down"),
        bullets(
            [
                (
                    "the VM: delete its disk image; k3d: `k3d cluster delete k8s-test`; K3s:"
                    " `k3s-uninstall.sh`"
                ),
                f"`rm -r {DATA}` on the test machine, for it holds copies of private data",
            ]
        ),
    ]
    return [
        File(f"{FOLDER}/PLAN.md", document(blocks)),
        File(f"{FOLDER}/measurements.csv", _template(names)),
    ]


def _questions(material: Material) -> list[str]:
    """Return what the plan of the report asks to be measured, in its own words."""
    asked = material.assessment.plan.measurements
    return (
        [heading(3, "What it has to answer"), bullets(escape(one) for one in asked)]
        if asked
        else []
    )


def _set_up(material: Material, cluster: Cluster, names: list[str]) -> list[str]:
    effort = material.assessment.plan.preparation_hours
    steps = [
        (
            f"Start the machine: `vm.nix`, `k3s-config.yaml` or `k3d.yaml`, whichever you have. The guide's"
            f" own set-up takes {hours(effort)}; note what this one takes."
        ),
    ]
    lines = _copies(material, names)
    if lines:
        stops = [engine(material, material.specs[name]).stop for name in names]
        steps.append(
            "Copy the data, from a backup where there is one; else while the service is stopped"
            f" ({'; '.join(map(code, stops))}), and start it again:\n\n{fenced(lines)}"
        )
    volumes = sorted(
        {
            mount.source
            for name in names
            for mount in material.service(name).mounts
            if mount.kind == "volume"
        }
    )
    if volumes:
        lines = [
            f"podman volume export {shlex.quote(one)} -o {shlex.quote(one)}.tar" for one in volumes
        ]
        steps.append(
            "Export the volumes, and unpack each into its claim's folder below"
            f" `/var/lib/rancher/k3s/storage` on the test machine:\n\n{fenced(lines)}"
        )
    secrets = sorted(
        material.labels[spec.name]
        for made in cluster.apps
        for spec in made.app.specs
        if spec.service.environment or spec.service.env_files
    )
    if secrets:
        listed = ", ".join(map(code, secrets))
        steps.append(
            f"Make the objects that {listed} take their variables from, with values for the test, not"
            " production's: mail that is sent twice, or a token that two use, is no test."
        )
    lines = [f"{_KUBECTL} apply -k {FOLDER}/kubernetes", f"{_KUBECTL} get pods -A --watch"]
    steps.append(f"Start the services:\n\n{fenced(lines)}")
    lines = [
        f"{_KUBECTL} -n {made.app.namespace} port-forward service/{made.app.name} 18080:{made.ports[0].target}"
        for made in cluster.apps
        if made.objects and made.ports
    ][:1]
    if lines:
        steps.append(f"Use one, from the test machine alone:\n\n{fenced(lines)}")
    return steps


def _copies(material: Material, names: list[str]) -> list[str]:
    """Return commands that copy what the services mount, of what others use too a part, by hand."""
    paths = {
        mount.source
        for name in names
        for mount in material.service(name).mounts
        if mount.kind == "bind" and path_type(mount.source) in ("Directory", "File")
    }
    lines = []
    for source in sorted(paths):
        path = material.host_path(source)[0]
        here, there = shlex.quote(path), shlex.quote(copied(path))
        if not material.users(source) <= set(names):
            lines += [
                f"ssh root@k8s-test mkdir -p {there}",
                f"# {here} is used by others as well: copy a small part of it",
            ]
            continue
        folder = shlex.quote(copied(path).rpartition("/")[0] + "/")
        sums = "-type f -exec sha256sum {} +"
        lines += [
            f"sudo rsync -aHAX --mkpath {here} root@k8s-test:{folder}",
            (
                f"diff <(sudo find {here} {sums} | cut -c1-64 | sort)"
                f" <(ssh root@k8s-test find {there} {sums} | cut -c1-64 | sort) && echo the same"
            ),
        ]
    return lines


def _template(names: list[str]) -> str:
    """Return the table to fill: a line for each service, metric and side, without values."""
    lines = ["side,service,metric,unit,value"]
    for name in names:
        for metric, one in METRICS.items():
            if one.per_service:
                lines += [
                    f"{side},{_cell(name)},{metric},{one.unit},"
                    for side in ("podman", "kubernetes")
                ]
    for metric, one in METRICS.items():
        if not one.per_service:
            lines += [f"{side},,{metric},{one.unit}," for side in ("podman", "kubernetes")]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(one in text for one in ',"\n') else text
