"""Native services of NixOS modules."""

import json
import re

import pytest

from analyzer.importers.nixos.native import FIELDS, PLUMBING
from tests.importers.nixos_reading import EXPRESSION, read, remarks, sample


def units(**services):
    return read({"k8sadvisor": 1, "host": "h", "services": services})


def test_what_the_expression_says_of_a_unit_is_accounted_for():
    text = EXPRESSION.read_text()
    said = re.search(r"in orders unit // said \{(.*?)\n    \};", text, re.S)[1]
    orders = re.search(r"orders = unit: said \{(.*?)\n  \};", text, re.S)[1]
    top = re.findall(r"^      (?:inherit )?(\w+)(?: =|;)", said, re.M)
    assert sorted({*top, *re.findall(r"^    (\w+) =", orders, re.M)}) == sorted(FIELDS)


def test_a_unit_in_native_keys():
    draft = units(
        grafana={
            "module": "grafana",
            "description": "Grafana",
            "ports": [3000],
            "openFirewall": True,
            "environment": {"GF_X": "y"},
            "environmentFiles": ["-/run/secrets/g"],
            "credentials": ["oidc:/run/secrets/o"],
            "execStart": ["@/nix/store/0/bin/grafana grafana server"],
            "state": ["/var/lib/grafana", "/var/lib/grafana/data"],
            "user": "grafana",
            "memoryMax": "512M",
            "cpuQuota": "150%",
            "devices": ["/dev/dri rw", "char-drm"],
        }
    )
    assert draft.tree["services"]["grafana"] == {
        "runtime": "systemd",
        "x-nixos": {"description": "Grafana"},
        "ports": ["3000:3000"],
        "exposure": "lan",
        "environment": {"GF_X": "y"},
        "env_files": ["/run/secrets/g"],
        "secrets": ["oidc"],
        "command": "/nix/store/0/bin/grafana grafana server",
        "volumes": ["/var/lib/grafana:/var/lib/grafana"],
        "user": "grafana",
        "limits": {"memory": "512M", "cpus": "1.5"},
        "devices": ["/dev/dri"],
        "host": "h",
    }


@pytest.mark.parametrize(
    ("unit", "listed"),
    [
        ({"module": "grafana"}, True),
        ({"user": "app"}, True),
        ({"dynamicUser": True}, True),
        ({"state": ["/var/lib/app"]}, True),
        ({"user": "root"}, False),
        ({}, False),
        ({"module": "openssh"}, False),
    ],
)
def test_a_service_of_its_own_is_listed_and_plumbing_is_said(unit, listed):
    draft = units(app=unit)
    assert ("app" in draft.tree["services"]) is listed
    assert (("services.app", "no bearing") in remarks(draft)) is not listed


def test_what_a_listed_unit_cannot_run_without_is_listed_too():
    draft = units(app={"user": "app", "requires": ["helper.service"]}, helper={})
    assert set(draft.tree["services"]) == {"app", "helper"}


def test_units_of_one_module_are_a_project():
    draft = sample("storage.json")
    services = draft.tree["services"]
    assert services["immich-server"]["project"] == "immich"
    assert services["immich-machine-learning"]["project"] == "immich"
    assert "project" not in services["grafana"]


def test_the_sample_lists_servers_and_says_what_is_not_listed():
    draft = sample("storage.json")
    native = {
        name for name, entry in draft.tree["services"].items() if entry["runtime"] == "systemd"
    }
    assert native == {
        "caddy", "grafana", "immich-machine-learning", "immich-server", "mysql", "postgresql",
        "redis-immich", "sandbox", "tsnsrv-media",
    }  # fmt: skip
    assert ("services.sshd", "no bearing") in remarks(draft)
    assert ("services.binfmt-helper", "no bearing") in remarks(draft)


def test_a_container_wins_over_a_unit_of_its_name():
    draft = read(
        {"k8sadvisor": 1, "containers": {"x": {"image": "x"}}, "services": {"x": {"user": "x"}}}
    )
    assert draft.tree["services"]["x"] == {"image": "x"}
    assert remarks(draft) == [("services.x", "no bearing")]


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_a_value_of_the_wrong_type_breaks_nothing(field):
    for value in (None, True, 5, "x", ["x", {}], {"x": []}):
        draft = units(app={"user": "app", field: value})
        assert "app" in draft.tree["services"] or field == "user"
        assert "%" not in json.dumps(draft.tree)


def test_plumbing_names_no_servers():
    assert not PLUMBING & {"postgresql", "mysql", "nginx", "caddy", "samba", "nfs", "tailscale"}


def test_limits_without_a_size_are_kept_or_nothing():
    share = units(app={"user": "app", "memoryMax": "50%", "cpuQuota": "much"})
    assert share.tree["services"]["app"]["x-nixos"] == {"memoryMax": "50%"}
    assert remarks(share) == [
        ("services.app.memoryMax", "kept"),
        ("services.app.cpuQuota", "broken"),
    ]
    endless = units(app={"user": "app", "memoryMax": "infinity"})
    assert "limits" not in endless.tree["services"]["app"]
