import pytest

from analyzer.inventory import unmet


@pytest.mark.parametrize(
    ("written", "canonical", "provider"),
    [
        ("health-checks", "health-checks", "podman"),
        ("Self_Healing", "restart", "podman"),
        ("auto updates", "auto-update", "podman"),
        ("ha", "failover", "orchestrator"),
        ("Helm", "operators", "orchestrator"),
        ("network_policies", "network-policy", "orchestrator"),
        ("bin-packing", "scheduling", "orchestrator"),
        ("backup", "backups", "neither"),
        ("Quantum Teleport", "quantum-teleport", "unknown"),
    ],
)
def test_spellings(written, canonical, provider):
    assert unmet.canonical(written) == canonical
    assert unmet.classify(written) == provider


def test_no_spelling_stands_for_two_needs():
    tables = (unmet.PODMAN, unmet.ORCHESTRATOR, unmet.NEITHER)
    spellings = [
        word for table in tables for need, also in table.items() for word in (need, *also)
    ]
    assert sorted(spellings) == list(unmet.spellings())
    assert len(spellings) == len(set(spellings))


def test_canonical_is_its_own_spelling():
    for spelling in unmet.spellings():
        assert unmet.canonical(unmet.canonical(spelling)) == unmet.canonical(spelling)
        assert unmet.canonical(spelling) in unmet.known()
