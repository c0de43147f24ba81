"""The output of the shipped expression as a whole, with Nix itself as the judge."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from analyzer.importers.nixos.estate import SECTIONS
from analyzer.inventory.hosts import HOST, VOLUME
from analyzer.inventory.services import SERVICE
from tests.importers.nixos_reading import EXPRESSION, SAMPLES, read, remarks, sample

NIX = os.environ.get("K8SADVISOR_NIX_INSTANTIATE") or shutil.which("nix-instantiate")
needs_nix = pytest.mark.skipif(
    NIX is None and os.environ.get("CI") != "true",
    reason="nix-instantiate is not installed (Debian: nix-bin; K8SADVISOR_NIX_INSTANTIATE)",
)


def nix(*arguments: str, tmp_path: Path) -> str:
    assert NIX is not None, "CI needs nix-instantiate: K8SADVISOR_NIX_INSTANTIATE or PATH"
    own = {"NIX_STATE_DIR": str(tmp_path / "state"), "NIX_LOG_DIR": str(tmp_path / "log")}
    run = subprocess.run(
        [NIX, *arguments],
        env={**os.environ, **own, "NIX_STORE_DIR": str(tmp_path / "store")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def evaluated(config: str, tmp_path: Path):
    text = f"(import {EXPRESSION}) ({config})"
    return json.loads(nix("--eval", "--strict", "--json", "-E", text, tmp_path=tmp_path))


@needs_nix
def test_the_expression_parses(tmp_path):
    assert nix("--parse", str(EXPRESSION), tmp_path=tmp_path)


@needs_nix
@pytest.mark.parametrize("host", ["storage", "cloud"])
def test_nix_gives_what_the_sample_holds(host, tmp_path):
    found = evaluated(f"import {SAMPLES}/{host}.nix", tmp_path)
    assert found == json.loads((SAMPLES / f"{host}.json").read_text())
    assert set(found) == SECTIONS


@needs_nix
@pytest.mark.parametrize(
    "config",
    [
        "{ }",
        'throw "no configuration"',
        "{ networking = 1; systemd = [ ]; services = null; virtualisation = x: x; age = true; }",
        "{ services = { a.enable = 1; b = x: x; }; systemd.services = { a = 1; b = { }; }; }",
        '{ systemd.services.a = { wantedBy = throw "x"; serviceConfig = 7; }; fileSystems = 3; }',
        '{ virtualisation.oci-containers.containers = { a = throw "x"; b = 1; c.cmd = 5; }; }',
        '{ services.restic.backups.a = { paths = throw "x"; exclude = 1; }; containers = { a = 1; }; }',
        '{ networking.interfaces.a.ipv4.addresses = [ 1 { address = throw "x"; } ]; }',
        "{ networking.firewall.allowedTCPPortRanges = [ 1 { from = 1; } ]; }",
    ],
)
def test_nothing_that_a_configuration_lacks_stops_the_expression(config, tmp_path):
    found = evaluated(config, tmp_path)
    assert set(found) == SECTIONS
    read(found)


def test_the_samples_leave_nothing_unsaid():
    for name in ("storage.json", "cloud.json"):
        reaches = {reach for _, reach in remarks(sample(name))}
        assert reaches <= {"kept", "no bearing"}


@pytest.mark.parametrize("name", ["storage.json", "cloud.json", "containers.json"])
def test_native_readers_take_every_entry_of_the_samples(name):
    tree = sample(name, "h").tree
    for section, record in (("services", SERVICE), ("volumes", VOLUME), ("hosts", HOST)):
        for key, entry in tree.get(section, {}).items():
            assert record.scan(entry).faults == [], key


def test_a_stated_host_wins_and_is_no_host_without_one():
    assert list(sample("storage.json", "other").tree["hosts"]) == ["storage"]
    assert list(sample("containers.json", "other").tree["hosts"]) == ["other"]
    assert "hosts" not in sample("containers.json").tree


def test_another_version_and_other_sections_are_said():
    draft = read({"k8sadvisor": 2, "moon": {}})
    assert remarks(draft) == [("moon", "not understood"), ("k8sadvisor", "not understood")]


def test_the_expression_says_how_it_is_used():
    assert re.search(r"nix eval --json .*--apply", EXPRESSION.read_text())
