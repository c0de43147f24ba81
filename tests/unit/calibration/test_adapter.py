"""A record becomes an estate that holds what is stated and nothing else."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calibration.adapter import UNSTATED_HOSTS, adapt
from tests.calibration.mapping import load_mapping
from tests.calibration.records import record_of

MAPPING = load_mapping()


def adapted(**stated: Any):
    return adapt(record_of({"id": "case", **stated}), MAPPING)


def stated_needs(found):
    needs = found.inventory.needs
    return {
        name: getattr(needs, name)
        for name in needs._fields
        if name != "lines" and getattr(needs, name) is not None
    }


def test_an_empty_record_states_nothing():
    found = adapted()
    assert stated_needs(found) == {}
    assert len(found.inventory.hosts) == UNSTATED_HOSTS
    assert not found.inventory.services
    host = found.inventory.hosts["host-1"]
    assert (host.site, host.memory_bytes, host.arch, host.can_host_vms) == (None,) * 4


def test_a_record_by_hand():
    found = adapted(
        setting="small-company",
        baseline="compose",
        needs=["failover", "rolling_updates", "scaling", "zebra"],
        constraints=["time", "complexity", "ram"],
        hosts={"count": 2, "sites": 1, "nodes": [{"role": "Proxmox host", "ram_gb": 62}]},
        services={"count": "about 3"},
    )
    assert stated_needs(found) == {
        "failover": "wanted",
        "hours_per_week": Fraction(3),
        "leaving_kubernetes": False,
        "planned_hosts": 3,
        "simplicity": "high",
        "unmet_needs": ("failover", "rolling-updates"),
        "zero_downtime_updates": "high",
    }
    first, second = found.inventory.hosts.values()
    assert (first.memory_bytes, first.can_host_vms, first.site) == (62 << 30, True, "site-1")
    assert (second.memory_bytes, second.can_host_vms, second.site) == (None, None, "site-1")
    assert [s.runtime for s in found.inventory.services.values()] == ["docker"] * 3
    assert {s.host for s in found.inventory.services.values()} == {None}
    assert (found.profile, found.mute, found.unmapped) == ("small-team", ("ram",), ("zebra",))


@pytest.mark.parametrize("baseline", ["kubernetes", "k3s", "Kubernetes (managed)"])
def test_who_runs_kubernetes_and_decides_again_is_leaving(baseline):
    found = adapted(baseline=baseline, needs=["learning"])
    assert stated_needs(found) == {
        "kubernetes_experience": "some",
        "leaving_kubernetes": True,
        "learning_kubernetes": "none",
    }


@pytest.mark.parametrize("baseline", ["unknown", "mixed", "", "something else"])
def test_a_baseline_that_says_nothing_leaves_it_open(baseline):
    assert adapted(baseline=baseline).inventory.needs.leaving_kubernetes is None


def test_growth_plans_three_hosts_at_least_and_a_single_node_none():
    assert adapted(needs=["growth"]).inventory.needs.planned_hosts == 3
    assert adapted(needs=["growth"], hosts={"count": 5}).inventory.needs.planned_hosts == 6
    assert adapted(constraints=["single_node"]).inventory.needs.planned_hosts == 1


def test_on_one_host_the_services_run_there():
    found = adapted(hosts={"count": 1}, services={"count": 2})
    assert {s.host for s in found.inventory.services.values()} == {"host-1"}


def test_two_sites_part_the_hosts():
    found = adapted(hosts={"count": 3, "sites": 2})
    assert [host.site for host in found.inventory.hosts.values()] == ["site-1", "site-2", "site-1"]


_TAGS = st.one_of(st.none(), st.text(max_size=20), st.lists(st.text(max_size=15), max_size=4))
_COUNTS = st.one_of(st.none(), st.integers(-5, 10**9), st.text(max_size=8))


@given(needs=_TAGS, constraints=_TAGS, hosts=_COUNTS, services=_COUNTS, baseline=st.text())
def test_any_record_gives_an_estate(needs, constraints, hosts, services, baseline):
    found = adapted(
        needs=needs,
        constraints=constraints,
        hosts={"count": hosts},
        services={"count": services},
        baseline=baseline,
    )
    assert found.inventory.hosts


@given(st.lists(st.sampled_from(["outages", "ram", "time", "failover", "simplicity"]), min_size=1))
def test_the_order_of_tags_changes_nothing(tags):
    one, other = adapted(needs=tags), adapted(needs=sorted(tags))
    assert stated_needs(one) == stated_needs(other)


def test_learning_that_leads_the_list_is_the_first_reason_and_one_of_several_further_down():
    assert adapted(needs=["learning", "gitops"]).inventory.needs.learning_kubernetes == "high"
    later = adapted(needs=["gitops", "learning"])
    assert later.inventory.needs.learning_kubernetes == "medium"
