"""``k8sadvisor schema``: JSON Schemas, for editors and for whoever reads the report."""

import json

import click

from analyzer.commands import choices
from analyzer.commands.output import check_target, write_result


@click.command("schema", short_help="Print the JSON Schema of the inventory or of the report.")
@click.option("--report", is_flag=True, help="The schema of the JSON report instead.")
@click.option("--comparison", is_flag=True, help="The schema of 'diff --format json' instead.")
@choices.output
def command(*, report: bool, comparison: bool, target: str | None) -> None:
    """Print the JSON Schema (draft 2020-12) of inventory.yaml, of the JSON report, or of a diff.

    An editor completes and checks the inventory with it: put the line
    "# yaml-language-server: $schema=inventory.schema.json" at its top.

    \b
    Examples:
      k8sadvisor schema -o inventory.schema.json
      k8sadvisor schema --report
    """  # noqa: D301 - \b is click's
    check_target(target)
    if report and comparison:
        message = "name one of --report and --comparison"
        raise click.UsageError(message)
    if report:
        from analyzer.reporting.schema import json_report_schema  # noqa: PLC0415 - not for --help

        schema = json_report_schema()
    elif comparison:
        from analyzer.reporting.comparison.schema import comparison_schema  # noqa: PLC0415

        schema = comparison_schema()
    else:
        from analyzer.inventory.jsonschema import json_schema  # noqa: PLC0415

        schema = json_schema()
    write_result(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", target)
