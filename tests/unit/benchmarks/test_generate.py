"""Generated estates: exact size, repeatable, and inventories that the program accepts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.inventory.loading import load_inventory
from analyzer.tree import Map
from analyzer.yamlfile import parse
from tests.benchmarks.generate import inventory
from tests.benchmarks.installed import ROOT


def read(text: str) -> Map:
    tree, problems = parse(text.encode(), "generated.yaml")
    assert problems == []
    assert isinstance(tree, Map)
    return tree


@given(size=st.integers(1, 300), seed=st.integers(0, 10))
def test_an_estate_has_exactly_the_size_and_every_name_it_uses(size: int, seed: int) -> None:
    tree = read(inventory(size, seed))
    services = tree["services"]
    assert len(services) == size
    for service in services.values():
        assert service["host"] in tree["hosts"]
        assert set(service.get("depends_on", ())) <= set(services)
        mode = service.get("network_mode", "")
        assert not mode.startswith("service:") or mode.removeprefix("service:") in services


def test_the_program_accepts_what_is_generated(tmp_path: Path) -> None:
    path = tmp_path / "inventory.yaml"
    path.write_text(inventory(400), encoding="utf-8")
    estate = load_inventory([str(path)])
    assert len(estate.services) == 400
    assert estate.needs.planned_hosts == len(estate.hosts)


def test_no_port_of_a_host_is_published_twice() -> None:
    published = [
        (service["host"], port.split(":")[0])
        for service in read(inventory(600))["services"].values()
        for port in service.get("ports", ())
    ]
    assert len(published) > 300
    assert len(set(published)) == len(published)


def test_reverse_is_the_same_estate_in_another_order() -> None:
    plain, backwards = read(inventory(200)), read(inventory(200, reverse=True))
    assert plain == backwards
    assert list(plain["services"]) == list(reversed(backwards["services"]))


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_command_prints_the_same_bytes_under_any_hash_seed(hash_seed: str) -> None:
    argv = (sys.executable, "-m", "tests.benchmarks.generate", "150", "--seed", "3")
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    printed = subprocess.check_output(argv, cwd=ROOT, env=environment)
    assert printed.decode() == inventory(150, 3)


def test_another_seed_is_another_estate() -> None:
    assert inventory(100, 1) != inventory(100, 2)
