import pytest

from tests.unit.importers.quadlet.units_in import draft_of

BASE = "[Container]\nImage=q\n"


def depends(a: str, b: str = "", **more: str) -> dict:
    units = {"a.container": BASE + a, "b.container": BASE + b}
    units |= {name.replace("_", "."): text for name, text in more.items()}
    services = draft_of(units).tree["services"]
    return {
        f"{name}->{other}": (long["kind"], long.get("condition", ""))
        for name, entry in services.items()
        for other, long in entry.get("depends_on", {}).items()
    }


@pytest.mark.parametrize("key", ["Requires", "BindsTo", "Requisite"])
def test_what_it_cannot_do_without_is_hard(key):
    assert depends(f"[Unit]\n{key}=b.service\n") == {"a->b": ("hard", "")}


@pytest.mark.parametrize("key", ["Wants", "Upholds", "PartOf", "After"])
def test_the_rest_is_soft(key):
    assert depends(f"[Unit]\n{key}=b.container network-online.target\n") == {"a->b": ("soft", "")}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("[Unit]\nBefore=a.service\n", "soft"),
        ("[Install]\nRequiredBy=a.service\n", "hard"),
        ("[Install]\nWantedBy=a.service\n", "soft"),
        ("[Install]\nWantedBy=multi-user.target\n", None),
    ],
)
def test_the_other_one_may_say_it(said, kind):
    assert depends("", said) == ({"a->b": (kind, "")} if kind else {})


def test_hard_wins_and_what_is_waited_for_is_known():
    a = "[Unit]\nAfter=b.service\nRequires=b.service\n"
    assert depends(a, "Notify=healthy\n") == {"a->b": ("hard", "service_healthy")}
    once = "[Service]\nType=oneshot\n"
    assert depends(a, once) == {"a->b": ("hard", "service_completed_successfully")}
    assert depends("[Unit]\nRequires=b.service\n", once) == {"a->b": ("hard", "")}


def test_aliases_and_networks():
    assert depends("[Unit]\nAfter=db.service\n", "[Install]\nAlias=db.service\n")
    assert depends("[Unit]\nAfter=n-network.service\n", n_network="[Network]\n") == {}


def test_a_service_that_is_not_given_is_said_and_the_machines_own_are_not():
    text = BASE + "[Unit]\nAfter=postgresql.service sshd.service local-fs.target\n"
    (remark,) = draft_of({"a.container": text}).remarks
    assert (remark.path, remark.reach) == ("a.container.After", "not understood")
    assert "postgresql.service" in remark.text


def test_required_containers_by_their_names():
    assert depends("PodmanArgs=--requires=systemd-b,gone\n") == {"a->b": ("hard", "")}


def test_nothing_depends_on_itself():
    assert depends("[Unit]\nAfter=a.service\n") == {}
