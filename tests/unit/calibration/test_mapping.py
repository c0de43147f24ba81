"""Tags, seen and unseen, mean what they say."""

import pytest

from analyzer.inventory import unmet
from analyzer.inventory.model import Needs
from tests.calibration.mapping import FOLDER, load_mapping
from tests.calibration.records import read_records

MAPPING = load_mapping()


@pytest.mark.parametrize(
    ("tag", "place", "states", "missed"),
    [
        ("learning", "needs", {"learning_kubernetes": "high"}, ()),
        ("learn_kubernetes", "needs", {"learning_kubernetes": "high"}, ()),
        ("career-growth", "needs", {"learning_kubernetes": "high"}, ()),
        ("failover_practice", "needs", {"learning_kubernetes": "high"}, ()),
        ("learning_curve", "constraints", {"kubernetes_experience": "none"}, ()),
        ("lack_of_skills", "constraints", {"kubernetes_experience": "none"}, ()),
        ("existing_kubernetes_skills", "needs", {"kubernetes_experience": "production"}, ()),
        ("high_availability", "needs", {"failover": "wanted"}, ("failover",)),
        ("HA", "needs", {"failover": "wanted"}, ("failover",)),
        ("node_failure_tolerance", "needs", {"failover": "wanted"}, ("failover",)),
        ("self_healing", "needs", {"outages": "some"}, ()),
        ("uptime", "needs", {"outages": "some"}, ()),
        ("frequent_outages", "constraints", {"outages": "repeated"}, ()),
        ("operational_simplicity", "needs", {"simplicity": "high"}, ()),
        ("low_maintenance", "needs", {"simplicity": "high"}, ()),
        ("operational_overhead", "constraints", {"simplicity": "high"}, ()),
        ("limited_time", "constraints", {"hours_per_week": "3"}, ()),
        ("solo_operator", "constraints", {"operators": "1"}, ()),
        ("compare_platforms", "needs", {"evaluate_first": "true"}, ()),
        ("proof_of_concept", "needs", {"evaluate_first": "true"}, ()),
        (
            "zero_downtime_deploys",
            "needs",
            {"zero_downtime_updates": "high"},
            ("rolling-updates",),
        ),
        ("no_production_downtime", "needs", {"disruption_tolerance": "low"}, ()),
        ("multi_team_access", "needs", {"multi_tenant": "high"}, ("multi-tenancy",)),
        ("network_policies", "needs", {}, ("network-policy",)),
        ("helm_charts", "needs", {}, ("operators",)),
        ("developer_self_service", "needs", {}, ("self-service",)),
        ("horizontal_autoscaling", "needs", {}, ("autoscaling",)),
        ("resource_limits", "needs", {}, ("limits",)),
        ("health_probes", "needs", {}, ("health-checks",)),
        ("automatic_updates", "needs", {}, ("auto-update",)),
        ("secret_rotation", "needs", {}, ("secrets",)),
        ("startup_order", "needs", {}, ("ordering",)),
        ("industry_standard", "needs", {"standardisation": "high"}, ()),
        ("gitops", "needs", {"standardisation": "medium"}, ()),
        ("ci_cd", "needs", {"standardisation": "low"}, ()),
        ("replicated_storage", "needs", {"shared_storage": "replicated"}, ()),
        ("storage_replication", "needs", {"shared_storage": "replicated"}, ()),
        ("nfs_mounts", "needs", {"shared_storage": "shared"}, ()),
        ("disaster_recovery", "needs", {}, ("backups",)),
        ("container_orchestration", "needs", {}, ("scheduling",)),
        (
            "kubernetes_expertise_in_house",
            "constraints",
            {"kubernetes_experience": "production"},
            (),
        ),
        ("cluster_upgrades", "constraints", {"simplicity": "medium"}, ()),
        ("side_by_side_and_parallel", "needs", {"evaluate_first": "true"}, ()),
        ("family_depends_on_it", "constraints", {"disruption_tolerance": "low"}, ()),
    ],
)
def test_what_a_tag_states(tag, place, states, missed):
    rule = MAPPING.rule_for(tag, place)
    assert rule is not None
    assert (dict(rule.states), rule.missed) == (states, missed)


@pytest.mark.parametrize(
    ("tag", "place", "grows"),
    [
        ("scaling", "needs", True),
        ("path_to_multi_node", "needs", True),
        ("growth", "needs", True),
        ("second_host", "needs", True),
        ("scale_small", "constraints", False),
        ("single_node", "constraints", False),
        ("one_machine", "constraints", False),
    ],
)
def test_growth_and_its_absence(tag, place, grows):
    rule = MAPPING.rule_for(tag, place)
    assert rule is not None
    assert rule.grows is grows


@pytest.mark.parametrize(
    "tag", ["ram", "memory_overhead", "cost", "gpu", "reliability", "noise", "stateful_storage"]
)
def test_a_worry_without_a_figure_states_nothing(tag):
    rule = MAPPING.rule_for(tag, "constraints")
    assert rule is not None
    assert rule.is_mute


@pytest.mark.parametrize("tag", ["zebra", "quuxification", "x"])
def test_a_word_nobody_knows_fits_no_rule(tag):
    assert MAPPING.rule_for(tag, "needs") is None


def test_the_stronger_statement_counts_and_of_skills_the_weaker():
    assert MAPPING.stronger("simplicity", "high", "medium") == "high"
    assert MAPPING.stronger("outages", "some", "repeated") == "repeated"
    assert MAPPING.stronger("kubernetes_experience", "production", "none") == "none"
    assert MAPPING.stronger("kubernetes_experience", "none", "some") == "none"
    assert MAPPING.stronger("operators", "2", "1") == "1"


def test_every_rule_states_what_an_inventory_knows():
    known = set(unmet.known())
    for rule in MAPPING.rules:
        assert set(rule.states) <= set(Needs._fields), rule
        assert set(rule.missed) <= known, rule


def test_no_rule_names_a_case():
    text = (FOLDER / "mapping.yaml").read_text(encoding="utf-8").lower()
    names = {record.id.split("-")[0] for record in read_records(str(FOLDER / "cases.yaml"))}
    generic = {"c3po", "dev", "docker", "home", "infrastructure", "laptop", "mixed", "protocol"}
    generic |= {
        "observability",
        "multitenant",
        "unraid",
        "talos",
        "hetzner",
        "ec2",
        "nuc",
        "fedora",
    }
    for name in names - generic:
        assert name not in text
