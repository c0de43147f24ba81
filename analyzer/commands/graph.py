"""``k8sadvisor graph``: the dependency graph for other tools."""

import click

from analyzer.commands import choices
from analyzer.commands.output import check_target, write_result
from analyzer.commands.rulebook import checked_rulebook

FORMATS = ("mermaid", "dot", "graphml", "json")
ALL = 10**9


@click.command("graph", short_help="Export the dependency graph.")
@choices.paths
@choices.output
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="mermaid",
    show_default=True,
    help="mermaid for Markdown, dot for Graphviz, graphml for graph editors, json for programs.",
)
@choices.settings
@choices.sources
@choices.rules_folders
def command(  # noqa: PLR0913 - click passes every option
    *,
    paths: tuple[str, ...],
    target: str | None,
    form: str,
    settings: tuple[tuple[str, str], ...],
    host: str | None,
    outside: bool,
    folders: tuple[str, ...],
) -> None:
    """Export who needs whom in PATH..., declared and inferred, with the evidence.

    \b
    Examples:
      k8sadvisor graph inventory.yaml
      k8sadvisor graph inventory.yaml --format dot | dot -Tsvg > graph.svg
      k8sadvisor graph inventory.yaml --format json -o graph.json
      k8sadvisor graph compose.yaml
    """  # noqa: D301 - \b is click's
    check_target(target, paths)
    import json  # noqa: PLC0415 - not for --help, like what follows

    from analyzer.commands import estate  # noqa: PLC0415
    from analyzer.graph import export  # noqa: PLC0415
    from analyzer.graph.topology import build_topology  # noqa: PLC0415
    from analyzer.rulebook.images import RuleImages  # noqa: PLC0415

    rulebook = checked_rulebook(folders)
    inventory = estate.load(paths, settings, lambda: rulebook, host=host, outside=outside)
    topology = build_topology(inventory, RuleImages(rulebook))
    if form == "json":
        text = json.dumps(export.to_json_graph(topology), indent=1, ensure_ascii=False)
    elif form == "mermaid":
        text = export.to_mermaid(inventory, topology, ALL)
    elif form == "dot":
        text = export.to_dot(inventory, topology)
    else:
        text = export.to_graphml(inventory, topology)
    write_result(text.rstrip("\n") + "\n", target)
