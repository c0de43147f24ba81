"""A comparison seen from the other side: what was before is after."""

from analyzer.comparison.changes import Comparison, Explanation


def mirrored(found: Comparison) -> Comparison:
    """Return what comparing in the other direction has to give."""
    return Comparison(
        before=found.after,
        after=found.before,
        incomparable=found.incomparable,
        estate=tuple(
            change._replace(
                before=change.after,
                after=change.before,
                before_place=change.after_place,
                after_place=change.before_place,
                effect=change.effect and {name: -by for name, by in change.effect.items()},
            )
            for change in found.estate
        ),
        edges=tuple(map(_swapped, found.edges)),
        facts=tuple(map(_swapped, found.facts)),
        weighings=tuple(
            _swapped(move)._replace(moved={name: -by for name, by in move.moved.items()})
            for move in found.weighings
        ),
        gates=tuple(map(_swapped, found.gates)),
        findings=tuple(map(_swapped, found.findings)),
        waves=tuple(map(_swapped, found.waves)),
        memory=tuple(
            move._replace(before_bytes=move.after_bytes, after_bytes=move.before_bytes)
            for move in found.memory
        ),
        questions=tuple(map(_swapped, found.questions)),
        explanation=found.explanation and _explained(found.explanation),
    )


def _swapped(move):
    return move._replace(before=move.after, after=move.before)


def _explained(found: Explanation) -> Explanation:
    return found._replace(
        undone=tuple(_cause(cause) for cause in found.alone),
        undone_smallest=found.alone_smallest,
        alone=tuple(_cause(cause) for cause in found.undone),
        alone_smallest=found.undone_smallest,
    )


def _cause(cause):
    return cause._replace(before=cause.after, after=cause.before, place="")
