"""The wheel: what it carries, that the compiled data equals the plain, that it can be repeated."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import jinja2
import pytest

from analyzer.rulebook import loading
from tests.benchmarks.installed import ROOT, build_wheel

pytestmark = pytest.mark.slow

TEMPLATES = f"analyzer/_compiled/templates/{jinja2.__version__}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_every_rule_and_template_is_in_the_wheel(unpacked: Path) -> None:
    plain = [*ROOT.glob("rules/**/*.yaml"), *ROOT.glob("reports/**/*.j2")]
    assert plain
    for path in plain:
        assert (unpacked / path.relative_to(ROOT)).read_bytes() == path.read_bytes()


def test_the_wheel_is_typed_and_leaves_the_build_hook_behind(unpacked: Path) -> None:
    assert (unpacked / "analyzer" / "py.typed").is_file()
    assert not (unpacked / "analyzer" / "packaging").exists()


def test_the_rulebook_in_the_wheel_is_the_one_that_the_files_say(
    unpacked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = loading.shipped_rulebook()
    made = unpacked / "analyzer" / "_compiled" / "rulebook.pickle"
    monkeypatch.setattr(loading, "COMPILED", made)
    monkeypatch.setattr(loading, "shipped_trees", dict)
    assert loading.shipped_rulebook() == plain


def test_every_template_has_its_compiled_form(unpacked: Path) -> None:
    names = [str(path.relative_to(ROOT / "reports")) for path in ROOT.glob("reports/**/*.j2")]
    loader = jinja2.ModuleLoader(str(unpacked / TEMPLATES))
    for name in names:
        assert (unpacked / TEMPLATES / loader.get_module_filename(name)).is_file(), name


def test_two_builds_with_different_hash_seeds_are_the_same_bytes(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "2" else "2"
    monkeypatch.setenv("PYTHONHASHSEED", seed)
    assert build_wheel(tmp_path).read_bytes() == wheel.read_bytes()


def test_the_command_runs_from_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "inventory.yaml").write_text("schema: 1\nhosts: {one: , two: }\n")
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    argv = (sys.executable, "-m", "analyzer", "analyse", "inventory.yaml", "--format", "json")
    output = subprocess.check_output(argv, cwd=tmp_path, env=environment)
    assert json.loads(output)["decision"]["options"]
