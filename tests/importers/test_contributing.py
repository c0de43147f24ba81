"""The importer that CONTRIBUTING.md shows works as it stands there."""

import re
import types
from pathlib import Path

from analyzer import importers
from analyzer.intake.loading import Options, import_sources
from analyzer.rulebook.loading import load_rulebook
from tests.unit.intake.drafts import plain

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"


def test_the_example_reads_a_procfile(tmp_path, monkeypatch):
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)[1]
    example = types.ModuleType("procfile")
    exec(code, example.__dict__)  # noqa: S102 - our own page
    monkeypatch.setattr(importers, "IMPORTERS", {"procfile": example})
    monkeypatch.chdir(tmp_path)
    Path("shop").mkdir()
    Path("shop/Procfile").write_text("web: serve --token hunter2\n\nnonsense\n")
    imported = import_sources(None, ["shop"], load_rulebook(), Options(host="nas"))
    assert plain(imported.tree)["services"] == {
        "web": {
            "from": "shop/Procfile:1",
            "runtime": "systemd",
            "command": "serve --token ***",
            "host": "nas",
            "project": "shop",
        }
    }
    assert plain(imported.tree)["unread"] == ["shop/Procfile:3: no 'name: command'"]
