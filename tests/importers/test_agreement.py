"""What holds for every sample of every format: a written inventory says what its sources say."""

import json
import re
import shutil
from pathlib import Path

import pytest

from analyzer import yamlfile
from analyzer.assessment import Settings, assess
from analyzer.importers import IMPORTERS
from analyzer.intake.dumping import dump
from analyzer.intake.loading import Imported, Options, import_sources, load_estate
from analyzer.inventory.loading import load_inventory
from analyzer.reporting.document import document
from analyzer.rulebook.loading import load_rulebook
from tests.unit.intake.drafts import plain

HERE = Path(__file__).parent
SAMPLES = sorted(
    f"{form}/{sample.name}"
    for form in IMPORTERS
    for sample in (HERE / form).iterdir()
    if sample.is_dir() or sample.suffix != ".nix"
)
PLACES = ("sources", "source", "place", "file", "line", "files", "fingerprint")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def read(sample, tmp_path) -> tuple[Imported, str]:
    """Return a sample as an inventory, and where a copy of it lies."""
    form, _, name = sample.partition("/")
    given = HERE / form / name
    copy = tmp_path / name
    if given.is_dir():
        shutil.copytree(given, copy, symlinks=True)
    else:
        shutil.copy(given, copy)
    return import_sources(form, [name], load_rulebook(), Options(host="nas")), name


def outcome(inventory):
    """Return all that is found out about an estate, without places."""
    return without_places(document(assess(inventory, load_rulebook(), Settings())))


def without_places(node):
    if isinstance(node, dict):
        return {key: without_places(value) for key, value in node.items() if key not in PLACES}
    if isinstance(node, list):
        items = [without_places(item) for item in node]
        # One line that two services share, as with anchors, becomes a line for each.
        return [item for number, item in enumerate(items) if item not in items[:number]]
    if isinstance(node, str):  # a text may name a place
        return re.sub(r"[\w./@-]+:\d+\b", "PLACE", node)
    return node


@pytest.mark.parametrize("sample", SAMPLES)
def test_an_inventory_that_was_written_is_decided_like_its_sources(sample, tmp_path):
    imported, name = read(sample, tmp_path)
    text = dump(imported.tree)
    assert str(tmp_path) not in text + str(imported.notes)
    tree, problems = yamlfile.parse(text.encode(), "inventory.yaml")
    assert not problems
    assert plain(tree) == plain(imported.tree)
    assert dump(tree) == text
    Path("inventory.yaml").write_text(text)
    written = load_inventory(["inventory.yaml"])
    form = sample.partition("/")[0]
    direct = load_estate([name], (), load_rulebook, Options(host="nas"))
    if len(direct.services) != len(written.services):  # a folder may hold other formats as well
        pytest.skip(f"not only {form}")
    first, second = outcome(direct), outcome(written)
    assert json.dumps(first, indent=1) == json.dumps(second, indent=1)


@pytest.mark.parametrize("form", sorted(IMPORTERS))
def test_the_order_of_the_files_does_not_matter(form, tmp_path):
    names = []
    for sample in sorted((HERE / form).iterdir())[:6]:
        copy = tmp_path / sample.name
        (shutil.copytree if sample.is_dir() else shutil.copy)(sample, copy)
        names.append(sample.name)
    names = [name for name in names if not name.endswith(".nix")]

    def written(order):
        return dump(import_sources(form, order, load_rulebook(), Options()).tree)

    assert written(names) == written(names[::-1])
