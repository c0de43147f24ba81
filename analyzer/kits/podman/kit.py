"""The files of the option ``enhanced-podman``."""

from analyzer.kits.compose.override import FORM as COMPOSE
from analyzer.kits.compose.override import overrides
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.nixos.oci_containers import FORM as OCI
from analyzer.kits.nixos.oci_containers import oci_containers
from analyzer.kits.nixos.quadlet_nix import quadlet_nix
from analyzer.kits.parts import Parts
from analyzer.kits.podman.improving import improvements
from analyzer.kits.quadlet.units import FORM, assumptions, units


def kit(material: Material) -> Parts:
    """Return units for every container, and what to improve in which order."""
    names, stays = containers(material)
    quadlet = Ledger(FORM)
    oci, compose = Ledger(OCI), Ledger(COMPOSE)
    made = units(material, quadlet, names)
    files = [
        *made,
        *oci_containers(material, oci, names),
        *quadlet_nix(material, made),
        *overrides(material, compose, names),
        improvements(material, names),
    ]
    return Parts(
        files, [quadlet, oci, compose], assumptions(material, names), stays | quadlet.blocking()
    )


def containers(material: Material) -> tuple[list[str], dict[str, str]]:
    """Return the chosen containers, and what is left as it is with the reason."""
    names, stays = [], {}
    for name in sorted(material.chosen):
        service = material.service(name)
        if not service.is_container:
            stays[name] = "stays: a native unit, not a container"
        elif service.runtime == "kubernetes":
            stays[name] = "runs on Kubernetes; convert it when it comes back"
        else:
            names.append(name)
    return names, stays
