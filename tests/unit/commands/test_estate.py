"""Commands take an inventory as it is and import anything else."""

from pathlib import Path

import pytest

from analyzer.commands import estate
from analyzer.rulebook.loading import load_rulebook


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def never():
    pytest.fail("an inventory needs no rules to be read")


def test_an_inventory_is_read_without_the_rules():
    Path("inventory.yaml").write_text("hosts: {a: {}}\n")
    assert list(estate.load(["."], (), never).hosts) == ["a"]


def test_anything_else_is_imported_and_what_was_not_understood_is_said(capsys):
    Path("compose.yaml").write_text("services: {web: {image: nginx, misspelt: 1}}\n")
    assert list(estate.load(["compose.yaml"], (), load_rulebook, host="nas").hosts) == ["nas"]
    assert "1 place not understood" in capsys.readouterr().err


def test_files_outside_are_read_when_allowed():
    Path("a").mkdir()
    Path("common.env").write_text("DB_HOST=db\n")
    Path("a/compose.yaml").write_text(
        "services: {web: {image: x, env_file: ../common.env}, db: {image: postgres}}\n"
    )
    strict = estate.load(["a/compose.yaml"], (), load_rulebook)
    assert strict.services["web"].inferred == ()
    free = estate.load(["a/compose.yaml"], (), load_rulebook, outside=True)
    assert [edge.service for edge in free.services["web"].inferred] == ["db"]
