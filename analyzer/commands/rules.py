"""``k8sadvisor rules``: what the answer is made of."""

import click

from analyzer.commands import choices
from analyzer.commands.output import check_target, write_result
from analyzer.commands.rulebook import checked_rulebook
from analyzer.inventory.suggestion import did_you_mean


@click.group("rules", short_help="List, show and check the rules.", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List, show and check the rules that the answer is made of.

    \b
    Examples:
      k8sadvisor rules list
      k8sadvisor rules show scale-out
      k8sadvisor rules check my-rules/
    """  # noqa: D301 - \b is click's
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_rules, folders=())


@command.command("list", short_help="List every rule with its weight in each profile.")
@choices.rules_folders
def list_rules(*, folders: tuple[str, ...]) -> None:
    """List criteria with their weight in each profile, gates, findings and profiles."""
    from analyzer.reporting.rules_list import rules_list  # noqa: PLC0415 - not for --help

    write_result(rules_list(checked_rulebook(folders)))


@command.command("show", short_help="Show one rule: what it asks, how it counts, its sources.")
@click.argument("identifier", metavar="ID", shell_complete=choices.complete_rule)
@choices.rules_folders
def show(*, identifier: str, folders: tuple[str, ...]) -> None:
    """Show what the rule ID asks, how it counts, why, and where it comes from."""
    from analyzer.reporting.catalogue import identifiers, section  # noqa: PLC0415

    rulebook = checked_rulebook(folders)
    text = section(rulebook, identifier)
    if text is None:
        hint = did_you_mean(identifier, identifiers(rulebook), "See 'k8sadvisor rules list'.")
        message = f"There is no rule '{identifier}'. {hint[:1].upper()}{hint[1:]}"
        raise click.BadParameter(message, param_hint="ID")
    write_result(text)


@command.command("check", short_help="Check a folder of rules together with the shipped ones.")
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=choices.FILE)
def check(*, folders: tuple[str, ...]) -> None:
    """Check the rules in DIR... together with the shipped ones; every problem at once.

    Every key is known, every fact that a rule names exists, every source is stated.
    """
    from analyzer.reporting.numbers import count  # noqa: PLC0415

    rulebook = checked_rulebook(folders)
    parts = (
        count(len(rulebook.criteria), "criterion", "criteria"),
        count(len(rulebook.gates), "gate"),
        count(len(rulebook.findings), "finding"),
        count(len(rulebook.profiles), "profile"),
    )
    write_result(f"ok: {', '.join(parts)}\n")


@command.command("docs", short_help="Print the catalogue of all rules as Markdown.")
@choices.rules_folders
@choices.output
def docs(*, folders: tuple[str, ...], target: str | None) -> None:
    """Print the catalogue of all rules as Markdown; the shipped one is rules/README.md."""
    check_target(target)
    from analyzer.reporting.catalogue import catalogue  # noqa: PLC0415 - not for --help

    write_result(catalogue(checked_rulebook(folders)), target)
