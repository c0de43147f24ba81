"""Small files that ask for a great deal of work end soon all the same."""

from contextlib import suppress
from pathlib import Path

import pytest

from analyzer.errors import InventoryError
from analyzer.intake.dumping import dump
from analyzer.intake.loading import Options, import_sources
from analyzer.rulebook.loading import load_rulebook
from tests.patience import patience

RULES = load_rulebook()
ONE = "services:\n  app:\n    image: x\n"


def many(text, number):
    return "".join(text.replace("NUMBER", str(each)) for each in range(number))


def keys(number):
    return "".join(f"      E{each}: v\n" for each in range(number))


CASES = {
    "nested defaults": {
        "compose.yaml": f'{ONE}    command: "{"${A:-" * 50_000}x{"}" * 50_000}"\n'
    },
    "variables of variables": {
        ".env": "A0=xxxxxxxxxx\n" + many("ANUMBER=$A0$A0$A0$A0$A0$A0$A0$A0\nA0=$ANUMBER\n", 40),
        "compose.yaml": f'{ONE}    environment: {{A: "$A0", B: "$A0", C: "$A0"}}\n',
    },
    "one file of variables for all": {
        "a.env": many("VNUMBER=http://dbNUMBER:80/\n", 5000),
        "compose.yaml": "services:\n" + many("  sNUMBER: {image: x, env_file: a.env}\n", 1000),
    },
    "one file of variables again and again": {
        "a.env": many("VNUMBER=z\n", 5000),
        "compose.yaml": f"{ONE}    env_file:\n" + "      - a.env\n" * 10_000,
    },
    "one large file mounted everywhere": {
        "big.yml": "password: x http://db:80\n" * 150_000,
        "compose.yaml": "services:\n"
        + many('  sNUMBER: {image: x, volumes: ["./big.yml:/x"]}\n', 500),
    },
    "one file included often": {
        "b.yaml": "services:\n" + many("  sNUMBER: {image: x, environment: {A: b}}\n", 1000),
        "compose.yaml": f"{ONE}include:\n" + "  - b.yaml\n" * 490,
    },
    "one large service extended often": {
        "compose.yaml": f"{ONE}    environment:\n{keys(5000)}"
        + many("  sNUMBER: {extends: app}\n", 1000),
    },
    "unknown keys": {"compose.yaml": ONE + many("    zzNUMBER: 1\n", 50_000)},
    "broken items": {"compose.yaml": f"{ONE}    ports:\n" + many("      - aNUMBER\n", 20_000)},
    "broken entries": {
        "compose.yaml": f"{ONE}    environment:\n" + many('      "a NUMBER": b\n', 20_000)
    },
    "many values to hide": {
        "compose.yaml": f"{ONE}    environment:\n"
        + many("      ENUMBER: some-value-NUMBER\n", 50_000)
        + "    command:\n"
        + many('      - "run some-value-NUMBER"\n', 5000)
    },
    "an alias bomb": {
        "compose.yaml": "x-a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"x-{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
            for before, name in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + ONE
    },
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_work_is_bounded(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in CASES[case].items():
        Path(name).write_text(text)
    with patience(), suppress(InventoryError):
        dump(import_sources("compose", ["compose.yaml"], RULES, Options(host="nas")).tree)
