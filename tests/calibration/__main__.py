"""``python -m tests.calibration FILE [--json]``: the advisor's answers beside decisions taken."""

import argparse
import json
import sys
from collections.abc import Sequence
from fractions import Fraction

from analyzer.errors import AdvisorError
from analyzer.rulebook.loading import load_rulebook
from analyzer.yamlfile import YamlError
from tests.calibration.agreement import Agreement, Answer, Rate, agreement, answer
from tests.calibration.mapping import FOLDER, load_mapping
from tests.calibration.records import read_records


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the answers and their agreement; return 3 for a file that holds no records."""
    parser = argparse.ArgumentParser(prog="python -m tests.calibration", description=__doc__)
    parser.add_argument("file", nargs="?", default=str(FOLDER / "cases.yaml"))
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    chosen = parser.parse_args(arguments)
    try:
        mapping, rulebook = load_mapping(), load_rulebook()
        answers = [answer(record, mapping, rulebook) for record in read_records(chosen.file)]
    except (AdvisorError, OSError, ValueError, YamlError) as error:
        sys.stderr.write(f"{error}\n")
        return 3
    sys.stdout.write(as_json(answers) if chosen.json else as_text(answers))
    return 0


def as_json(answers: Sequence[Answer]) -> str:
    """Return everything as JSON."""
    found = agreement(answers)
    document = {
        "schema": 1,
        "cases": [
            one._asdict()
            | {"share": _places(one.share), "weight_radius": _places(one.weight_radius)}
            | {"agrees": one.agrees}
            for one in answers
        ],
        "agreement": {
            "overall": _counts(found.overall),
            "always_stay": _counts(found.always_stay),
            "by_verdict": {name: _counts(rate) for name, rate in found.by_verdict.items()},
            "by_option": {name: _counts(rate) for name, rate in found.by_option.items()},
            "by_recommendation": {
                name: _counts(rate) for name, rate in found.by_recommendation.items()
            },
        },
    }
    return json.dumps(document, indent=2) + "\n"


def as_text(answers: Sequence[Answer]) -> str:
    """Return a table of the cases and one of the rates."""
    width = max([4, *(len(one.id) for one in answers)])
    lines = [_row(width, "case", "decided", "recommended", "verdict", "share", "δ*", "")]
    for one in answers:
        share, radius = f"{_places(one.share):.2f}", f"{_places(one.weight_radius):.2f}"
        note = f"unmapped: {', '.join(one.unmapped)}" if one.unmapped else ""
        mark = "" if one.agrees else "≠ "
        lines.append(
            _row(
                width,
                one.id,
                one.decision,
                mark + one.recommended,
                one.verdict,
                share,
                radius,
                note,
            )
        )
    return "\n".join(["", *lines, "", *_rates(agreement(answers)), ""])


def _row(width: int, *cells: str) -> str:
    case, decided, recommended, verdict, share, radius, note = cells
    row = f"{case:{width}}  {decided:15}  {recommended:17}  {verdict:17}  {share:>5}  {radius:>5}"
    return f"{row}  {note}".rstrip()


def _rates(found: Agreement) -> list[str]:
    named = [
        ("overall", found.overall),
        ("always answering enhanced-podman", found.always_stay),
        *((f"verdict {name}", rate) for name, rate in found.by_verdict.items()),
        *((f"decided {name}", rate) for name, rate in found.by_option.items()),
        *((f"recommended {name}", rate) for name, rate in found.by_recommendation.items()),
    ]
    return [f"{name:34} {rate.right:3} of {rate.cases:3}  {_share(rate)}" for name, rate in named]


def _share(rate: Rate) -> str:
    return "" if rate.rate is None else f"{rate.rate:.2f}"


def _counts(rate: Rate) -> dict[str, int | float | None]:
    return {"cases": rate.cases, "right": rate.right, "rate": rate.rate}


def _places(value: Fraction) -> float:
    return round(float(value), 4)


if __name__ == "__main__":
    sys.exit(main())
