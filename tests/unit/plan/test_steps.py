import pytest

from analyzer.plan.model import CLASSES
from analyzer.plan.steps import procedure, procedures


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_follows_the_guides_five_steps(name):
    titles = [step.title for step in procedure(name).steps]
    assert len(titles) == 5
    assert titles[:2] == ["Convert", "Run in parallel"]
    assert titles[2].endswith("traffic")
    assert titles[3:] == ["Verify", "Remove"]


@pytest.mark.parametrize("name", ["stateful", "stateful-critical"])
def test_two_instances_never_write_the_same_data(name):
    found = procedure(name)
    parallel, move = found.steps[1].text, found.steps[2].text
    assert "never write to the same path" in parallel
    assert "copy" in parallel
    assert "checksums" in move
    assert (
        move.index("Stop both instances")
        < move.index("Copy the data")
        < move.index("start the new instance")
    )
    assert any("backup" in check for check in found.checks)


@pytest.mark.parametrize("name", CLASSES)
def test_the_proxy_stays_and_is_what_switches(name):
    found = procedure(name)
    assert "reverse proxy, which stays on Podman" in found.steps[2].text
    assert "everse proxy back" in found.rollback


def test_critical_services_are_announced_and_pilots_measured():
    assert "wave before" not in " ".join(procedure("pilot").checks)
    assert len(procedure("stateless-critical").checks) == len(procedure("stateless").checks) + 2
    assert "hours" in procedure("pilot").checks[-1]


def test_procedures_in_the_order_the_classes_move_each_once():
    found = procedures(["stateful", "pilot", "stateful"])
    assert [item.service_class for item in found] == ["pilot", "stateful"]
