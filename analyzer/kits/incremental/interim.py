"""Services that others need before they move themselves: who answers by their name until then.

Waves move what needs something before what is needed, as often as not. Until that moves too, its name
has to lead to the host where it still runs; when it moves, the stand-in goes first.
"""

from typing import NamedTuple

from analyzer.kits.incremental.manifests import FOLDER, file_name
from analyzer.kits.kubernetes.manifests import Cluster, Made
from analyzer.kits.kubernetes.outside import stand_in
from analyzer.kits.material import Material
from analyzer.kits.model import File
from analyzer.kits.printers.yaml import documents

INTERIM = f"{FOLDER}/interim"


class Interim(NamedTuple):
    """One service that is needed in ``wave`` and moves in ``until``; no file without an address."""

    service: str
    wave: int
    until: int
    path: str | None


def interim_files(material: Material, cluster: Cluster) -> list[File]:
    """Return the stand-ins, each for one service; they are applied by hand, see the runbooks."""
    files = {}
    for made in cluster.apps:
        service = made.app.main.service
        if not made.objects or not any(_needed(material, made)):
            continue
        host = material.host(made.app.main)
        objects = stand_in(made.app.namespace, made.app.name, service, host)
        if objects:
            path = f"{INTERIM}/{file_name(made)}"
            files[path] = File(path, documents(objects))
    return [files[path] for path in sorted(files)]


def _needed(material: Material, made: Made) -> list[tuple[str, int]]:
    """Return who needs an app in an earlier wave than its own, with that wave."""
    until = material.wave_of.get(made.app.main.name, 0)
    names = {spec.name for spec in made.app.specs}
    return sorted(
        {
            (edge.dependent, material.wave_of[edge.dependent])
            for name in names
            for edge in material.needed.get(name, ())
            if edge.binds and not edge.symmetric and edge.dependent not in names
            if 0 < material.wave_of.get(edge.dependent, 0) < until
        }
    )


def interims(material: Material, cluster: Cluster, wave: int) -> list[Interim]:
    """Return what a wave needs that moves later, each once, in the first wave that needs it."""
    written = {file.path for file in interim_files(material, cluster)}
    found = []
    for made in cluster.apps:
        waves = [number for _, number in _needed(material, made)]
        if made.objects and waves and min(waves) == wave:
            path = f"{INTERIM}/{file_name(made)}"
            until = material.wave_of[made.app.main.name]
            found.append(
                Interim(made.app.main.name, wave, until, path if path in written else None)
            )
    return found
