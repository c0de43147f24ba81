"""The files of the option ``incremental``."""

from analyzer.kits.assets import asset
from analyzer.kits.incremental.interim import Interims, interims
from analyzer.kits.incremental.manifests import yaml_files
from analyzer.kits.incremental.notes import notes
from analyzer.kits.incremental.runbooks import OTHERS, runbook
from analyzer.kits.incremental.table import table_file, variable_files
from analyzer.kits.incremental.traffic import caddy_file, ways
from analyzer.kits.kubernetes.manifests import FORM, Cluster, Made, manifests
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material, on_nixos
from analyzer.kits.model import File
from analyzer.kits.nixos.cluster import cluster_files
from analyzer.kits.nixos.manifests import from_containers, nix_files
from analyzer.kits.parts import Parts
from analyzer.plan.model import Wave

_JUSTFILE = """\
import 'k8s/k8s.just'

[private]
default:
    @just --list
"""


def kit(material: Material) -> Parts:
    """Return everything to move the chosen services, in the order of the plan's waves."""
    ledger = Ledger(FORM)
    names, stays = moving(material)
    cluster = manifests(material, ledger, names)
    k3s = cluster_files(material)
    between = interims(material, cluster)
    nixos = any(map(on_nixos, material.assessment.inventory.hosts.values()))
    converter = from_containers(material, cluster)
    files = [
        *k3s.files,
        *(nix_files(cluster, ledger) if nixos else ()),
        *([converter] if converter else ()),
        *yaml_files(cluster, ledger),
        *between.files,
        File("justfile", _JUSTFILE),
        File("k8s/k8s.just", asset(__package__ or "", "recipes.just")),
        table_file(material, cluster),
        *variable_files(material, cluster),
        notes(material, cluster),
        *_waves(material, cluster, ledger, between),
    ]
    return Parts(files, [ledger], k3s.notes, stays | ledger.blocking())


def moving(material: Material) -> tuple[list[str], dict[str, str]]:
    """Return the services to convert, and those that stay with the reason.

    What the user names is converted though the plan would not move it, unless it is no container.
    """
    never = {one.service: "; ".join(one.reasons) for one in material.assessment.plan.never}
    moved, stays = [], {}
    for name in sorted(material.chosen):
        service = material.service(name)
        if not service.is_container:
            stays[name] = "stays: a native unit, not a container"
        elif service.runtime == "kubernetes":
            stays[name] = "runs on Kubernetes already"
        elif name in never and not material.asked:
            stays[name] = f"stays where it is: {never[name]}"
        else:
            moved.append(name)
    return moved, stays


def _waves(material: Material, cluster: Cluster, ledger: Ledger, between: Interims) -> list[File]:
    files = []
    waves: dict[int, Wave] = {one.number: one for one in material.assessment.plan.waves}
    by_wave: dict[int, list[Made]] = {}
    for made in cluster.apps:
        if made.objects:
            by_wave.setdefault(material.wave_of.get(made.app.main.name, 0), []).append(made)
    for number in sorted(by_wave):
        name = f"wave-{number:02d}" if number else OTHERS
        before = between.by_wave.get(number, ())
        files.append(runbook(material, name, waves.get(number), by_wave[number], ledger, before))
        routes = caddy_file(
            name, [way for made in by_wave[number] for way in ways(material, made)]
        )
        files += [routes] if routes else []
    return files
