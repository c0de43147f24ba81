"""Rulebook -> a table for the terminal, one rule a line."""

from collections.abc import Iterator

from analyzer.reporting.escape import visible
from analyzer.rulebook.model import SEVERITIES, Rulebook

_ID_WIDTH = 34


def rules_list(rulebook: Rulebook) -> str:
    """Return every criterion with its weights, and every gate, finding and profile."""
    return "\n".join(_lines(rulebook)) + "\n"


def _lines(rulebook: Rulebook) -> Iterator[str]:
    profiles = tuple(rulebook.profiles.values())
    widths = [max(len(profile.id), 3) for profile in profiles]
    titles = "  ".join(f"{profile.id:>{at}}" for profile, at in zip(profiles, widths, strict=True))
    yield f"{'CRITERION':<{_ID_WIDTH}}{titles}  title"
    for criterion in rulebook.criteria.values():
        weights = "  ".join(
            f"{profile.weights.get(criterion.id, 0):>{at}}"
            for profile, at in zip(profiles, widths, strict=True)
        )
        yield f"{criterion.id:<{_ID_WIDTH}}{weights}  {visible(criterion.title)}"
    yield ""
    yield f"{'GATE':<{_ID_WIDTH}}title"
    for gate in rulebook.gates.values():
        yield f"{gate.id:<{_ID_WIDTH}}{visible(gate.title)}"
    yield ""
    yield f"{'FINDING':<{_ID_WIDTH}}severity  scope    title"
    ranked = sorted(
        rulebook.findings.values(), key=lambda item: (SEVERITIES.index(item.severity), item.id)
    )
    for finding in ranked:
        title = visible(finding.title)
        yield f"{finding.id:<{_ID_WIDTH}}{finding.severity:<8}  {finding.scope:<7}  {title}"
    yield ""
    yield f"{'PROFILE':<{_ID_WIDTH}}title"
    for profile in profiles:
        yield f"{profile.id:<{_ID_WIDTH}}{visible(profile.title)}"
