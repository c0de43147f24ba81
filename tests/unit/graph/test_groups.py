"""Move groups and the reasons of each union."""

from hypothesis import given
from hypothesis import strategies as st

from analyzer.graph.groups import make_groups
from analyzer.graph.model import Group, GroupReason, Topology
from analyzer.inventory.model import Service
from tests.build import SOURCE, inventory, service, topology_of


def grouped(*services: Service) -> list[Group]:
    """Return the groups of more than one member."""
    topology: Topology = topology_of(inventory(*services))
    return [group for group in topology.groups if len(group.members) > 1]


def test_every_reason_groups() -> None:
    (circle,) = grouped(service("a", needs=["b"]), service("b", needs=["a"]), service("c"))
    assert (circle.name, circle.members) == ("a", ("a", "b"))
    assert {reason.kind for reason in circle.reasons} == {"cycle"}
    (space,) = grouped(service("torrent", network_mode="service:vpn"), service("vpn"))
    assert [reason.kind for reason in space.reasons] == ["network-namespace"]
    (store,) = grouped(*(service(n, mounts=["/srv/x:/x"]) for n in ("a", "b")))
    assert [reason.kind for reason in store.reasons] == ["shared-writable-storage"]
    (asked,) = grouped(
        service("a", migrate="only-with", migrate_with="b", migrate_why="one owner"), service("b")
    )
    assert [(reason.kind, reason.text) for reason in asked.reasons] == [("requested", "one owner")]


def test_what_does_not_group() -> None:
    soft = service("a", env={"B_URL": "http://b:1"}), service("b", env={"A_URL": "http://a:1"})
    assert grouped(*soft) == []
    assert grouped(*(service(n, mounts=["/mnt/media:/x"]) for n in ("a", "b", "c"))) == []
    assert grouped(*(service(n, networks=("back",)) for n in ("a", "b"))) == []
    assert grouped(service("a", needs=["b"]), service("b")) == []
    assert grouped(service("a", migrate="only-with", migrate_with="gone")) == []


def test_reasons_chain_through_common_members() -> None:
    (group,) = grouped(
        service("torrent", network_mode="service:vpn"),
        service("vpn"),
        service("web", migrate="only-with", migrate_with="torrent"),
    )
    assert group.members == ("torrent", "vpn", "web")
    assert len(group.reasons) == 2


NAMES = [str(n) for n in range(10)]
REASONS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1])
)


@given(REASONS)
def test_groups_partition_the_services(pairs: list[tuple[str, str]]) -> None:
    reasons = sorted({GroupReason(*pair, "requested", "", SOURCE) for pair in pairs})
    groups, group_of = make_groups(NAMES, reasons)
    assert sorted(member for group in groups for member in group.members) == NAMES
    assert [group.name for group in groups] == sorted(min(group.members) for group in groups)
    for position, group in enumerate(groups):
        assert list(group.members) == sorted(group.members)
        assert {group_of[member] for member in group.members} == {position}
        inner = {(reason.first, reason.second) for reason in group.reasons}
        assert all(first in group.members and second in group.members for first, second in inner)
        assert len(group.reasons) >= len(group.members) - 1
    for first, second in pairs:
        assert group_of[first] == group_of[second]
