"""The files of the option ``test-cluster``."""

from analyzer.kits.incremental.kit import moving
from analyzer.kits.incremental.manifests import yaml_files
from analyzer.kits.kubernetes.manifests import manifests
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.parts import Parts
from analyzer.kits.testcluster.machine import FOLDER, machine_files
from analyzer.kits.testcluster.mirrored import mirrored
from analyzer.kits.testcluster.planning import plan_files

FORM = "test-cluster"


def kit(material: Material) -> Parts:
    """Return a cluster beside production, the services that it mirrors, and the plan of the test."""
    planned = {one.service for one in material.assessment.plan.mirrors}
    chosen = material.chosen if material.asked else material.chosen & planned
    names, stays = moving(material._replace(chosen=frozenset(chosen)))
    ledger = Ledger(FORM)
    cluster = mirrored(manifests(material, ledger, names), ledger)
    names = sorted({spec.name for made in cluster.apps for spec in made.app.specs if made.objects})
    files = [
        *machine_files(material, names),
        *yaml_files(cluster, ledger, f"{FOLDER}/kubernetes"),
        *plan_files(material, cluster, names),
    ]
    notes = [] if names else ["The plan mirrors nothing: name services with --service."]
    return Parts(files, [ledger], notes, stays | ledger.blocking())
