"""What the importer makes of the samples is what the inventory's own readers take."""

from pathlib import Path

import pytest

from analyzer import files as door
from analyzer.files import Files
from analyzer.importers import quadlet
from analyzer.intake.repair import repair

SAMPLES = Path(__file__).parent / "quadlet"
FOLDERS = sorted(path.name for path in SAMPLES.iterdir())


def draft_of(folder: Path):
    files = Files()
    paths = [path for path in door.walk(str(folder)) if quadlet.recognises(path, door.head(path))]
    (draft,) = quadlet.read([files.given(path, str(folder)) for path in paths], files, "box")
    return draft


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_has_to_be_left_out(folder):
    draft = draft_of(SAMPLES / folder)
    assert repair(draft.tree) == []
    assert not [remark for remark in draft.remarks if remark.reach == "not understood"]


def test_the_samples_are_many():
    units = [path for path in SAMPLES.rglob("*") if path.suffix[1:] in quadlet.SECTIONS]
    assert len(units) >= 25
    assert {path.suffix[1:] for path in units} >= set(quadlet.SECTIONS) - {"artifact"}


def test_values_are_only_in_the_environment_and_in_hints():
    draft = draft_of(SAMPLES / "nextcloud")
    hinted = {hint.name: hint.value for hint in draft.hints}
    assert hinted["MYSQL_PASSWORD"] == "not-a-real-one"  # noqa: S105 - made up for this test
    assert "not-a-real-one" not in str(draft.tree) + str(draft.remarks)
