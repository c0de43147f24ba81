"""``python -m tests.inference``: recall, precision and calibration on the stacks, as Markdown."""

import sys
from collections.abc import Iterator

from tests.inference.measurement import calibration, measure, stacks


def main() -> None:
    """Print the figures, and every edge that was missed or wrong."""
    sys.stdout.writelines(f"{line}\n" for line in lines())


def lines() -> Iterator[str]:
    """Yield the lines of the page."""
    result = measure(stacks())
    needed = sum(len(verdict.stack.needs) for verdict in result.verdicts)
    yield f"{len(result.verdicts)} stacks, {needed} edges that their owners would declare"
    yield ""
    yield f"recall {result.recall:.3f}, precision {result.precision:.3f}"
    yield ""
    yield "| evidence | confidence | edges | right |"
    yield "| --- | ---: | ---: | ---: |"
    for (kind, confidence), (right, wrong) in calibration(result.verdicts).items():
        edges = right + wrong
        yield f"| {kind} | {confidence} % | {edges} | {100 * right / edges:.0f} % |"
    yield ""
    for verdict in result.verdicts:
        for dependent, dependency in verdict.missed:
            yield f"- {verdict.stack.name}: missed {dependent} -> {dependency}"
        for edge in verdict.wrong:
            if edge.binds:
                kinds = ", ".join(sorted({evidence.kind for evidence in edge.evidence}))
                yield f"- {verdict.stack.name}: wrong {edge.dependent} -> {edge.dependency}: {kinds}"


if __name__ == "__main__":
    main()
