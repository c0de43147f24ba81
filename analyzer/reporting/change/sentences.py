"""What the loss of a host means, in plain sentences, the worst first."""

from collections.abc import Iterator, Mapping

from analyzer.comparison.loss import Data, Loss, Obstacle, Restart
from analyzer.reporting.comparison.sentences import names
from analyzer.reporting.comparison.view import Section
from analyzer.reporting.numbers import count

MOST = 12
_OBSTACLES: Mapping[Obstacle, str] = {
    "unstated": "where there is room: their memory, or what is free, is not stated",
    "room": "nowhere by what is free now; with more room",
    "architecture": "where there is room, once it is known that an image for that architecture exists",
}
_DATA: Mapping[Data, str] = {
    "none": "keep no data",
    "elsewhere": "keep their data elsewhere",
    "backup": "come back from their backup, as of the last one",
    "lost": "start empty: their data is lost",
    "unknown": "start with nothing that is known: their backup is not stated",
}


def sections(loss: Loss) -> Iterator[Section]:
    """Yield what is lost, what stops, what could start where, and what cannot."""
    yield _section("Lost for good", _lost(loss))
    yield _section("Stops", _stops(loss))
    yield _section("Could start elsewhere", _restarts(loss))
    yield _section("Cannot start elsewhere", _stuck(loss))


def _section(title: str, lines: Iterator[str]) -> Section:
    listed = tuple(lines)
    return Section(title, listed[:MOST], max(0, len(listed) - MOST))


def _lost(loss: Loss) -> Iterator[str]:
    if loss.lost:
        yield f"data without a backup: {names(loss.lost, MOST)}"
    if loss.unsure:
        yield f"perhaps, for a backup is not stated: {names(loss.unsure, MOST)}"
    if not loss.lost and not loss.unsure:
        yield "no data: whatever keeps state there is backed up or kept elsewhere"


def _stops(loss: Loss) -> Iterator[str]:
    yield f"{count(len(loss.stopped), 'service')} on {loss.host}: {names(loss.stopped, MOST)}"
    if loss.entries:
        yield f"the way in for others among them: {names(loss.entries, MOST)}"
    for stopped in loss.elsewhere[:MOST]:
        yield f"{stopped.service}, on another host, needs it: {' → '.join(stopped.path)}"
    if loss.degraded:
        works = names((item.service for item in loss.degraded), MOST)
        yield f"works with less: {works}"
    yield f"{count(loss.untouched, 'service')} on other hosts go on"


def _restarts(loss: Loss) -> Iterator[str]:
    groups: dict[tuple[bool, str, Data], list[Restart]] = {}
    for item in loss.restarts:
        where = f"on {item.host}" if item.host else _OBSTACLES[item.obstacle]
        groups.setdefault((item.host is None, where, item.data), []).append(item)
    for (_, where, data), members in sorted(groups.items()):
        shown = names((item.service for item in members), MOST)
        yield f"{where}: {shown}; {_DATA[data]}"
    if not loss.restarts:
        yield "nothing"


def _stuck(loss: Loss) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for item in loss.stuck:
        groups.setdefault(item.reason, []).append(item.service)
    for reason, members in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield f"{names(members, MOST)}: {reason}"
