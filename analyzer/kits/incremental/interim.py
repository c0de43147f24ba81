"""Services that others need before they move themselves: who answers by their name until then.

Waves move what needs something before what is needed, as often as not. Until that moves too, its name
has to lead to the host where it still runs; when it moves, the stand-in goes first.
"""

from collections.abc import Mapping
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


class Interims(NamedTuple):
    """The stand-ins as files, and by wave what it needs that moves later."""

    files: tuple[File, ...]
    by_wave: Mapping[int, tuple[Interim, ...]]


def interims(material: Material, cluster: Cluster) -> Interims:
    """Return the stand-ins, each for one service; they are applied by hand, see the runbooks.

    A service is listed with the first wave that needs it.
    """
    files: list[File] = []
    by_wave: dict[int, list[Interim]] = {}
    for made in cluster.apps:
        waves = _needed(material, made) if made.objects else []
        if not waves:
            continue
        main = made.app.main
        objects = stand_in(made.app.namespace, made.app.name, main.service, material.host(main))
        path = f"{INTERIM}/{file_name(made)}" if objects else None
        if path is not None:
            files.append(File(path, documents(objects)))
        until = material.wave_of[main.name]
        by_wave.setdefault(min(waves), []).append(Interim(main.name, min(waves), until, path))
    return Interims(
        tuple(sorted(files)), {wave: tuple(listed) for wave, listed in by_wave.items()}
    )


def _needed(material: Material, made: Made) -> list[int]:
    """Return the waves before its own that need an app."""
    until = material.wave_of.get(made.app.main.name, 0)
    names = {spec.name for spec in made.app.specs}
    return sorted(
        {
            material.wave_of[edge.dependent]
            for name in names
            for edge in material.needed.get(name, ())
            if edge.binds and not edge.symmetric and edge.dependent not in names
            if 0 < material.wave_of.get(edge.dependent, 0) < until
        }
    )
