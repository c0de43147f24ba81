"""What ``analyse`` was asked for -> its report, written, checked or kept current."""

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from analyzer.assessment import Assessment, Settings, assess
from analyzer.commands import choices, conditions, estate
from analyzer.commands.output import check_current, write_result
from analyzer.commands.rulebook import checked_rulebook
from analyzer.files import shown
from analyzer.inventory.whatif import shown as shown_setting
from analyzer.plan.model import Effort
from analyzer.reporting import COMPARING, render

if TYPE_CHECKING:
    from analyzer.comparison.changes import Comparison
    from analyzer.comparison.model import Snapshot


class Request(NamedTuple):
    """One run of ``analyse``, as the user asked for it."""

    paths: tuple[str, ...]
    target: str | None
    form: str
    profile: str
    weights: tuple[tuple[str, int], ...]
    what_if: tuple[tuple[str, str], ...]
    host: str | None
    outside: bool
    folders: tuple[str, ...]
    previous: str | None
    baseline: str | None
    fail_on: tuple[str, ...]
    effort: Effort
    today: str
    check: bool


class Done(NamedTuple):
    """A report, and what conditions look at."""

    text: str
    assessment: Assessment
    comparison: "Comparison | None"


def once(request: Request) -> None:
    """Write the report, or check that it is current; then judge the conditions.

    Raises:
        InventoryError, RulesError: an input cannot be read, or is invalid.
        OutputError: the report cannot be written.
        StaleReport: with ``check``, it is not current.
        ConditionMet: a condition holds; the report was written.
    """
    done = report(request)
    if request.check and request.target is not None:
        check_current(done.text, request.target)
    else:
        write_result(_dressed(done.text, request), request.target)
    if request.fail_on:
        now = done.comparison.after if done.comparison else _snapshot(done.assessment, request)
        conditions.end(request.fail_on, now, done.comparison)


def report(request: Request) -> Done:
    """Return the report that the inputs give now.

    Raises:
        InventoryError, RulesError: an input cannot be read, or is invalid.
    """
    rulebook = checked_rulebook(request.folders)
    choices.check_weighing(rulebook, request.profile, request.weights)
    inventory = estate.load(
        request.paths,
        request.what_if,
        lambda: rulebook,
        host=request.host,
        outside=request.outside,
    )
    assessment = assess(inventory, rulebook, _settings(request))
    comparison = _compared(assessment, request)
    more: dict[str, Any] = {}
    if comparison is not None and request.form in COMPARING:
        more["comparison"] = comparison
    return Done(render(assessment, request.form, **more), assessment, comparison)


def _settings(request: Request) -> Settings:
    what_if = tuple(shown_setting(key, value) for key, value in request.what_if)
    settings = Settings(request.profile, request.weights, request.effort, request.today, what_if)
    if request.previous is None:
        return settings
    from analyzer.commands.previous import read_previous  # noqa: PLC0415 - json, only here

    earlier = read_previous(request.previous)
    return settings._replace(previous=earlier.waves, previous_pilots=earlier.pilots)


def _compared(assessment: Assessment, request: Request) -> "Comparison | None":
    """Return what changed since the baseline, None without one."""
    if request.baseline is None:
        return None
    from analyzer.commands.baseline import read_baseline  # noqa: PLC0415 - json, only here
    from analyzer.comparison.comparing import compare  # noqa: PLC0415

    return compare(
        read_baseline(request.baseline), _snapshot(assessment, request), assessment.rulebook
    )


def _snapshot(assessment: Assessment, request: Request) -> "Snapshot":
    from analyzer.comparison.snapshot import take  # noqa: PLC0415 - only to compare

    return take(assessment, shown(request.paths[0]))


def _dressed(text: str, request: Request) -> str:
    """Return a summary for a person at a terminal with its first line in bold."""
    if request.form != "text" or request.target is not None or not sys.stdout.isatty():
        return text
    first, newline, rest = text.partition("\n")
    return click.style(first, bold=True) + newline + rest
