"""A file of improvements changes nothing of the owner's but what it adds; Compose itself says so."""

import json
import os
import subprocess

import pytest

from analyzer.kits.compose.override import overrides
from analyzer.kits.ledger import Ledger
from tests.kits.making import ROOT, material_of, tool

STACKS = ("media", "photos", "proxy")
COMPOSE = "K8SADVISOR_DOCKER_COMPOSE"


def merged(folder, *files):
    words = [word for file in files for word in ("-f", str(file))]
    done = subprocess.run(
        [
            tool(COMPOSE, "docker-compose"),
            *words,
            "--project-directory",
            str(folder),
            "config",
            "--format",
            "json",
        ],
        env={**os.environ, "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def files():
    material = material_of("examples/stacks")
    ledger = Ledger("compose")
    names = [name for name in material.chosen if material.service(name).is_container]
    return {file.path: file.text for file in overrides(material, ledger, names)}, ledger.entries()


@pytest.mark.parametrize("stack", STACKS)
def test_compose_merges_the_improvements_and_nothing_else(stack, files, tmp_path):
    made, _ = files
    text = made.get(f"compose/{stack}/compose.override.yaml")
    folder = ROOT / "examples" / "stacks" / stack
    if text is None:
        pytest.skip("nothing to improve here")
    override = tmp_path / "compose.override.yaml"
    override.write_text(text)
    before = merged(folder, folder / "compose.yaml")
    after = merged(folder, folder / "compose.yaml", override)
    assert after["services"].keys() == before["services"].keys()
    changed = set()
    for name, service in after["services"].items():
        for key, value in service.items():
            if value != before["services"][name].get(key):
                changed.add(key)
        assert before["services"][name].keys() <= service.keys()
    assert changed
    assert changed <= {"healthcheck", "restart", "mem_limit", "logging", "depends_on"}


def test_every_key_is_unchanged_or_told(files):
    _, entries = files
    material = material_of("examples/stacks")
    spoken = {(entry.service, entry.key.partition("[")[0]) for entry in entries}
    for name in material.chosen:
        for key in material.specs[name].keys:
            assert (name, key) in spoken
    assert {entry.status for entry in entries} <= {"converted", "approximated", "person"}


def test_a_service_that_has_everything_gets_nothing(tmp_path):
    folder = tmp_path / "stack"
    folder.mkdir()
    (folder / "compose.yaml").write_text(
        "services:\n  web:\n    image: x:1\n    restart: always\n    mem_limit: 64m\n"
        "    healthcheck: {test: [CMD, x]}\n    logging: {driver: none}\n"
    )
    material = material_of(str(folder))
    assert overrides(material, Ledger("compose"), ["web"]) == []
