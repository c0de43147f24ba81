"""What changed, in plain sentences; every format escapes them in its own way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from analyzer.comparison.changes import (
    Cause,
    Comparison,
    EdgeChange,
    EstateChange,
    Explanation,
    FindingMove,
    GateMove,
    MemoryMove,
    WaveMove,
)
from analyzer.comparison.model import DecisionState, FactState, Snapshot
from analyzer.facts.wording import say
from analyzer.reporting.numbers import count, score, size
from analyzer.rulebook.model import OPTIONS, SEVERITIES, Option

NAMED = 4
"""So many names in a row; the rest is a number."""
_LONGEST = 90
_ACT: Mapping[Option, str] = {
    "enhanced-podman": "stay and improve what runs",
    "test-cluster": "build a test cluster first",
    "incremental": "move to Kubernetes, service by service",
}


def title(found: Comparison) -> str:
    """Return the answer in one line: what it was and is, or that it is still the same."""
    before, after = found.before.decision, found.after.decision
    name = found.after.scope.name or "estate"
    if found.answer_changed:
        return f"{name}: {_answer(before)} → {_answer(after)}"
    still = _ACT[after.recommended] if after.feasible else "no option meets what was required"
    return f"{name}: still {still}"


def _answer(decision: DecisionState) -> str:
    return decision.recommended if decision.feasible else "nothing meets what was required"


def verdict(decision: DecisionState) -> str:
    """Return the answer with its verdict."""
    word = decision.verdict.replace("-", " ")
    return f"{_answer(decision)}, {word}" if decision.feasible else _answer(decision)


def label(snapshot: Snapshot, otherwise: str) -> str:
    """Return how a side is called."""
    return snapshot.label or otherwise


def why(explanation: Explanation) -> Iterator[str]:
    """Yield what explains another answer: what to undo, and what alone would do."""
    of = explanation.of
    undone, alone = _all(explanation.undone), _all(explanation.alone)
    if undone == alone and undone:
        yield f"{undone}: this alone turns the {of}, and undone the old one is back"
        return
    if undone:
        yield f"undo {undone}, and the old {of} is back"
    if alone:
        yield f"{alone}: {'these alone turn' if ';' in alone else 'this alone turns'} it"


def _all(causes: tuple[Cause, ...]) -> str:
    shown = [_cause(cause) for cause in causes[: NAMED * 2]]
    left = len(causes) - len(shown)
    return "; ".join(shown) + (f"; and {left:,} more" if left else "")


def _cause(cause: Cause) -> str:
    name = f"{cause.part} {cause.subject}" if cause.part != "need" else f"needs.{cause.subject}"
    if cause.part == "fact":
        name = cause.subject
    if cause.field:
        name += f": {cause.field}"
    elif cause.part in ("host", "service", "volume"):
        return f"{name} {'new' if not cause.before else 'gone'}"
    if not cause.before and not cause.after:
        return f"{name} changed"
    return f"{name} {_from_to(cause.before, cause.after)}"


def change(item: EstateChange) -> str:
    """Return one change of the estate, with its place and its effect."""
    name = f"needs.{item.subject}" if item.part == "need" else f"{item.part} {item.subject}"
    if item.part in ("setting", "estate"):
        name = item.subject
    whole = item.part in ("host", "service", "volume") and not item.field
    if item.private:
        what = f"{name}: {item.field} changed (not shown)"
    elif whole:
        here, word = (item.after, "new") if item.after else (item.before, "gone")
        what = f"{name} {word} ({', '.join(map(_short, here))})"
    else:
        field = f": {item.field}" if item.field else ""
        what = f"{name}{field} {_from_to(item.before, item.after)}"
    return f"{what}{_moves(item.effect)}{_at(item.after_place or item.before_place)}"


def _from_to(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Return a scalar as before and after, a list as what came and went."""
    if len(before) <= 1 and len(after) <= 1:
        return f"{_one(before)} → {_one(after)}"
    came = [f"+{_short(text)}" for text in after if text not in before]
    went = [f"−{_short(text)}" for text in before if text not in after]
    return names([*came, *went], NAMED * 2) or "in another order"


def _one(texts: tuple[str, ...]) -> str:
    return _short(texts[0]) if texts else "not stated"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _moves(effect: Mapping[Option, Fraction] | None) -> str:
    """Return the score that a change moves most."""
    if not effect or not any(effect.values()):
        return ""
    option = max(reversed(OPTIONS), key=lambda name: abs(effect[name]))
    moved = score(effect[option])
    return f"; {option} {moved}" if moved != score(Fraction(0)) else ""


def _at(place: str) -> str:
    return f" ({place})" if place and not place.startswith("--") else ""


def names(items: Iterable[str], limit: int = NAMED) -> str:
    """Return names in a row, the rest as a number."""
    listed = list(items)
    left = len(listed) - limit
    return ", ".join(listed[:limit]) + (f" and {left:,} more" if left > 0 else "")


def is_quiet(item: EstateChange) -> bool:
    """Return whether a change moves no score and is only of a field: it is counted, not told."""
    field_only = bool(item.field) and item.part in ("host", "service", "volume")
    return field_only and item.effect is not None and not any(item.effect.values())


def quiet(items: Iterable[EstateChange]) -> str:
    """Return changes that move nothing, counted by field."""
    counted = Counter((item.field, item.part) for item in items)
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return names((f"{field} of {count(number, part)}" for (field, part), number in ranked), 8)


def fact(state: FactState | None) -> str:
    """Return a fact's value in words."""
    return "not there" if state is None else say(state.value, state.unit)


def gate(move: GateMove) -> str:
    """Return one gate in another state."""
    state = move.after or move.before
    words = {"tripped": "rules out", "open": "rules out nothing", "unknown": "may rule out"}
    was = words[move.before.status] if move.before else "was not there"
    now = words[move.after.status] if move.after else "is not there"
    which = " and ".join(state.rules_out) if state else ""
    says = f": {move.after.says}" if move.after and move.after.status == "tripped" else ""
    return f"{state.title if state else move.gate} ({which}): {was} → {now}{says}"


def findings(moves: Iterable[FindingMove]) -> Iterator[str]:
    """Yield the findings that came and went, the worst first, one line for each rule."""
    groups: dict[tuple[str, str, str], list[FindingMove]] = {}
    for move in moves:
        state = move.after or move.before
        if state is not None:
            groups.setdefault((_kind(move), state.severity, move.finding), []).append(move)
    for (kind, severity, _), members in sorted(
        groups.items(), key=lambda pair: (_KINDS.index(pair[0][0]), _rank(pair[0][1]), pair[0][2])
    ):
        state = members[0].after or members[0].before
        subjects = [member.subject for member in members if member.subject]
        where = f": {names(subjects)}" if subjects else ""
        place = state.place if state and len(members) == 1 and kind != "gone" else ""
        yield f"{kind}, {severity}: {state.title if state else ''}{where}{_at(place)}"


_KINDS = ("new", "no longer waived", "other severity", "waived", "gone")


def _kind(move: FindingMove) -> str:
    if move.before is None or move.after is None:
        return "new" if move.before is None else "gone"
    if move.before.waived == move.after.waived:
        return "other severity"
    return "waived" if move.after.waived is not None else "no longer waived"


def _rank(severity: str) -> int:
    return [*SEVERITIES, severity].index(severity)


def edges(moves: Iterable[EdgeChange]) -> Iterator[str]:
    """Yield the dependencies that came, went or are of another kind."""
    groups: dict[str, list[str]] = {}
    for move in moves:
        word = "new" if move.before is None else "gone" if move.after is None else "other kind"
        groups.setdefault(word, []).append(f"{move.dependent} → {move.dependency}")
    for word in ("new", "gone", "other kind"):
        if word in groups:
            yield f"dependencies {word}: {names(groups[word])}"


def waves(moves: Iterable[WaveMove]) -> Iterator[str]:
    """Yield who moves in another wave."""
    groups: dict[tuple[int, int], list[str]] = {}
    for move in moves:
        groups.setdefault((move.before or 0, move.after or 0), []).append(move.service)
    for (before, after), members in sorted(groups.items()):
        if before == after:
            yield f"{names(members)}: still wave {after}, without most of its former company"
            continue
        was = f"wave {before}" if before else "not moving"
        now = f"wave {after}" if after else "not moving"
        yield f"{names(members)}: {was} → {now}"


def memory(move: MemoryMove) -> str:
    """Return what K3s would take on a host, before and after."""
    was = "not listed" if move.before_bytes is None else size(move.before_bytes)
    now = "not listed" if move.after_bytes is None else size(move.after_bytes)
    return f"{move.host}: {was} → {now}"
