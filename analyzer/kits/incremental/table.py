"""The table of services that the recipes read: one line a service, tabs between the columns."""

from analyzer.kits.engines import engine
from analyzer.kits.environment import variables_of
from analyzer.kits.incremental.manifests import file_name
from analyzer.kits.kubernetes.manifests import Cluster, Made
from analyzer.kits.material import Material
from analyzer.kits.model import File
from analyzer.kits.printers.unit import one_line
from analyzer.kits.spec import Spec

PATH = "k8s/services.tsv"
_COLUMNS = (
    "service",
    "namespace",
    "app",
    "workload",
    "file",
    "host",
    "state",
    "stop",
    "start",
    "inspect",
)


def table_file(material: Material, cluster: Cluster) -> File:
    """Return the table of all services that have files."""
    rows = ["\t".join(_COLUMNS)]
    for made in cluster.apps:
        rows += [_row(material, made, spec) for spec in made.app.specs if made.objects]
    return File(PATH, "\n".join(rows) + "\n")


def _row(material: Material, made: Made, spec: Spec) -> str:
    app, run = made.app, engine(material, spec)
    workload = made.objects[0]
    columns = (
        material.labels[spec.name],
        app.namespace,
        app.name,
        f"{str(workload['kind']).lower()}/{app.name}",
        file_name(made),
        spec.service.host or "localhost",
        "stateful" if material.stateful(spec) else "stateless",
        run.stop,
        run.start,
        run.inspect,
    )
    return "\t".join(one_line(column).replace("\t", " ") for column in columns)


def variable_files(material: Material, cluster: Cluster) -> list[File]:
    """Return for each service the objects that its variables come from, by name, without a value.

    A line holds the kind, the object's name and what goes into it: names of variables, or a file of
    the host.
    """
    files = []
    for made in cluster.apps:
        for spec in made.app.specs if made.objects else ():
            lines = _variables(material.labels[spec.name], spec)
            if lines:
                path = f"k8s/variables/{material.labels[spec.name]}.tsv"
                files.append(File(path, "\n".join(lines) + "\n"))
    return files


def _variables(name: str, spec: Spec) -> list[str]:
    found = variables_of(spec)
    lines = []
    if found.settings:
        lines.append(f"configmap\t{name}-settings\t{' '.join(found.settings)}")
    if found.secrets:
        lines.append(f"secret\t{name}-env\t{' '.join(found.secrets)}")
    by_hand = (*found.interpolated, *found.hidden)
    if by_hand:
        lines.append(f"by-hand\t{name}-env\t{' '.join(by_hand)}")
    for at, path in enumerate(found.files, 1):
        lines.append(f"file\t{name}-env-file-{at}\t{one_line(path)}")
    return lines
