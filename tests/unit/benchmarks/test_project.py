"""The generated project is one that the importer reads without a remark of trouble."""

from pathlib import Path

from analyzer.intake.loading import Options, import_sources
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.project import project


def test_a_generated_project_is_imported_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("compose.yaml").write_text(project(40))
    imported = import_sources("compose", ["compose.yaml"], load_rulebook(), Options(strict=True))
    services = imported.tree["services"]
    assert len(services) == 40
    assert list(services["s7"]["inferred"]) == ["s10"]
    assert "not-a-secret" not in str(imported.tree)
