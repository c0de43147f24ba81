"""``--fail-on``: what ends the program with 10 after its result was written."""

from typing import TYPE_CHECKING

import click

from analyzer.errors import ConditionMet

if TYPE_CHECKING:
    from analyzer.comparison.changes import Comparison
    from analyzer.comparison.model import Snapshot


def check(fail_on: tuple[str, ...], *, baseline: bool) -> None:
    """Refuse conditions that do not exist, or that need a baseline where there is none.

    Raises:
        click.BadParameter: with what to write.
    """
    if not fail_on:
        return
    from analyzer.comparison.conditions import CONDITIONS, parse  # noqa: PLC0415 - networkx

    for text in fail_on:
        try:
            name = parse(text).name
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="'--fail-on'") from None
        if CONDITIONS[name].baseline == "needed" and not baseline:
            message = f"'{name}' compares; add --baseline REPORT.json"
            raise click.BadParameter(message, param_hint="'--fail-on'")


def end(
    fail_on: tuple[str, ...],
    now: "Snapshot",
    comparison: "Comparison | None",
) -> None:
    """Return only when no condition holds.

    Raises:
        ConditionMet: with a line for every reason.
    """
    if not fail_on:
        return
    from analyzer.comparison.conditions import Run, met, parse  # noqa: PLC0415

    reasons = met(tuple(map(parse, fail_on)), Run(now, comparison))
    if reasons:
        raise ConditionMet("\n".join(reasons))
