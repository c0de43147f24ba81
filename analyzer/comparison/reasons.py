"""Two snapshots -> why the answer is another, and how far each change moves the scores.

Both are found by deciding again on estates in between. Where the inventories of both sides are at
hand, changes are the owner's; where one side is only a report, they are those of facts.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, Protocol

from analyzer.assessment import Assessment, Settings, answer_of, weights_of
from analyzer.comparison.changes import Cause, EstateChange, Explanation
from analyzer.comparison.model import FactState, Snapshot
from analyzer.comparison.searching import Found, Search
from analyzer.comparison.undoing import Key, Pair, Undone
from analyzer.decision.deciding import answer
from analyzer.decision.model import Verdict
from analyzer.facts.catalogue import BASE, add_derived
from analyzer.facts.model import NO_FACTS, Fact
from analyzer.facts.wording import say
from analyzer.inventory.model import Inventory
from analyzer.rulebook.model import OPTIONS, Option, Rulebook

TRIALS = 400
WORK = 40_000
"""Services decided on in all, at most: a trial of 50 services takes 5 ms, one of 10,000 a second."""
FEWEST_TRIALS = 12
MOST_EFFECTS = 20_000
"""Services decided on for the effects of single changes; beyond it they are not worked out."""

_HALF = Fraction(1, 2)
_Of = Literal["recommendation", "verdict"]


class Decided(Protocol):
    """What was decided: an answer, or anything that holds one."""

    @property
    def recommended(self) -> Option:
        """Return the option."""

    @property
    def verdict(self) -> Verdict:
        """Return how sure it is."""

    @property
    def feasible(self) -> bool:
        """Return whether any option meets what is required."""


def explanation_of(
    before: Snapshot,
    after: Snapshot,
    changes: tuple[EstateChange, ...],
    rulebook: Rulebook | None = None,
) -> Explanation | None:
    """Return why the answer of two comparable snapshots differs; None where it does not.

    None as well where no set of changes was found to explain it: a report's facts do not give its
    own answer, the rules that it was made with are not at hand, or the trials allowed are used up.
    """
    of = _differs(before.decision, after.decision)
    if of is None:
        return None
    if before.assessment is not None and after.assessment is not None:
        return explain(
            (before.assessment.inventory, before.decision),
            (after.assessment.inventory, after.decision),
            changes,
            after.assessment.rulebook,
            after.assessment.settings,
        )
    if rulebook is None or rulebook.fingerprint != after.scope.rules:
        return None
    return _by_facts(before, after, rulebook, of)


def _differs(old: Decided, new: Decided) -> _Of | None:
    if (old.recommended, old.feasible) != (new.recommended, new.feasible):
        return "recommendation"
    return "verdict" if old.verdict != new.verdict else None


def _same(of: _Of, found: Decided, wanted: Decided) -> bool:
    """Return whether an answer is the wanted one, as far as it is explained."""
    if (found.recommended, found.feasible) != (wanted.recommended, wanted.feasible):
        return False
    return of == "recommendation" or found.verdict == wanted.verdict


def explain(
    before: tuple[Inventory, Decided],
    after: tuple[Inventory, Decided],
    changes: tuple[EstateChange, ...],
    rulebook: Rulebook,
    settings: Settings,
) -> Explanation | None:
    """Return why the answers for two inventories differ, in their changes and both ways.

    Args:
        before: the inventory, and what was decided for it.
        after: likewise.
        changes: what is told of each change.
        rulebook: what both were decided by.
        settings: likewise.
    """
    (old, was), (new, now) = before, after
    of = _differs(was, now)
    if of is None:
        return None

    def decide(inventory: Inventory) -> Decided:
        return answer_of(inventory, rulebook, settings)

    pair = Pair(old, new)
    known: dict[Key, list[EstateChange]] = {}
    for change in changes:
        key = pair.key_of(change.part, change.subject, change.field)
        known.setdefault(key, []).append(change)
    undone = _smallest(pair, was, of, decide)
    alone = _smallest(Pair(new, old), now, of, decide)
    if undone is None or alone is None:
        return None
    return Explanation(
        of=of,
        level="inventory",
        undone=_causes(undone, known),
        undone_smallest=undone.smallest,
        alone=_causes(alone, known),
        alone_smallest=alone.smallest,
    )


def _smallest(
    pair: Pair, wanted: Decided, of: _Of, decide: Callable[[Inventory], Decided]
) -> Found[Key] | None:
    """Return the smallest set of changes whose undoing gives the wanted answer."""

    def passes(undone: Undone) -> bool:
        return _same(of, decide(pair.between(undone)), wanted)

    services = max(1, len(pair.old.services), len(pair.new.services))
    trials = min(TRIALS, max(FEWEST_TRIALS, WORK // services))
    return Search(passes, pair.close, trials).smallest(pair.changes)


def _causes(found: Found[Key], known: Mapping[Key, Sequence[EstateChange]]) -> tuple[Cause, ...]:
    """Return what is told of the changes; of one that no field tells of, only where it is."""
    causes = []
    for key in found.changes:
        causes += [
            Cause(
                change.part,
                change.subject,
                change.field,
                change.before,
                change.after,
                change.after_place or change.before_place,
            )
            for change in known.get(key, ())
        ] or [Cause(*key, (), ())]
    return tuple(sorted(causes, key=lambda cause: (cause.part, cause.subject, cause.field)))


def _by_facts(
    before: Snapshot, after: Snapshot, rulebook: Rulebook, of: _Of
) -> Explanation | None:
    """Return the explanation in facts, both ways."""
    names = tuple(
        name for name in sorted(BASE) if _value(before.facts, name) != _value(after.facts, name)
    )
    pairs = ((before, after), (after, before))
    found = [_smallest_of_facts(wanted, start, rulebook, of, names) for wanted, start in pairs]
    undone, alone = found
    if undone is None or alone is None:
        return None

    def causes(found: Found[str]) -> tuple[Cause, ...]:
        return tuple(_fact_cause(name, before, after) for name in sorted(found.changes))

    return Explanation(
        of=of,
        level="facts",
        undone=causes(undone),
        undone_smallest=undone.smallest,
        alone=causes(alone),
        alone_smallest=alone.smallest,
    )


def _value(facts: Mapping[str, FactState], name: str) -> Any:
    state = facts.get(name)
    return None if state is None else state.value


def _smallest_of_facts(
    wanted: Snapshot, start: Snapshot, rulebook: Rulebook, of: _Of, names: tuple[str, ...]
) -> Found[str] | None:
    """Return the smallest set of facts that, given the values wanted, gives the answer wanted."""
    scope = start.scope
    weights = weights_of(rulebook, Settings(scope.profile, scope.weights))

    def passes(undone: frozenset[str]) -> bool:
        base = {name: _fact(name, wanted if name in undone else start) for name in BASE}
        facts = NO_FACTS._replace(values=add_derived(base, rulebook))
        return _same(of, answer(facts, rulebook, weights), wanted.decision)

    return Search(passes, lambda changes: changes, TRIALS).smallest(names)


def _fact(name: str, side: Snapshot) -> Fact:
    """Return a fact as a side has it; from a report without the bounds of an unknown one."""
    if side.assessment is not None:
        return side.assessment.facts.values[name]
    state = side.facts.get(name)
    return Fact(name, None, "", "") if state is None else Fact(name, *state)


def _fact_cause(name: str, before: Snapshot, after: Snapshot) -> Cause:
    return Cause("fact", name, "", _said(before.facts, name), _said(after.facts, name))


def _said(facts: Mapping[str, FactState], name: str) -> tuple[str, ...]:
    state = facts.get(name)
    return () if state is None else (say(state.value, state.unit),)


def effects_of(
    before: Snapshot, after: Snapshot, changes: tuple[EstateChange, ...]
) -> Mapping[Key, Mapping[Option, Fraction]]:
    """Return how far each change moves each expected score, by part, subject and field.

    It is the mean of what undoing it takes back in the new estate and of what making it alone
    does to the old one. Empty where an inventory is not at hand, or where working it out would
    take too long. Fields that one key of the inventory fills have the effect of that key.
    """
    old, new = before.assessment, after.assessment
    if old is None or new is None:
        return {}
    size = max(len(old.inventory.services), len(new.inventory.services))
    if 2 * len(changes) * size > MOST_EFFECTS:
        return {}
    back, forth = Pair(old.inventory, new.inventory), Pair(new.inventory, old.inventory)
    found: dict[Key, Mapping[Option, Fraction]] = {}
    for key in back.changes:
        undone, made = _moved(back, key, new), _moved(forth, key, old)
        found[key] = {option: (made[option] - undone[option]) * _HALF for option in OPTIONS}
    keys = ((change.part, change.subject, change.field) for change in changes)
    return {key: found[own] for key in keys if (own := back.key_of(*key)) in found}


def _moved(pair: Pair, key: Key, start: Assessment) -> dict[Option, Fraction]:
    """Return how far undoing one change of a pair moves the scores of its second side.

    Of a change that takes others with it, only what it adds to undoing those.
    """
    closed = pair.close(frozenset({key}))
    rest = None if closed is None else pair.close(closed - {key})
    if closed is None or rest is None or key in rest:
        return dict.fromkeys(OPTIONS, Fraction(0))
    scores = {item.id: item.score for item in start.decision.options}
    before = _scores(pair, rest, start) if rest else scores
    after = _scores(pair, closed, start)
    return {option: after[option] - before[option] for option in OPTIONS}


def _scores(pair: Pair, undone: Undone, how: Assessment) -> Mapping[Option, Fraction]:
    return answer_of(pair.between(undone), how.rulebook, how.settings).scores
