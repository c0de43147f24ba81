import pytest

from tests.unit.importers.quadlet.units_in import draft_of, service_of

BASE = "[Container]\nImage=q\n"


@pytest.mark.parametrize(
    ("said", "network"),
    [
        ("Network=host\n", "host"),
        ("Network=none\n", "none"),
        ("Network=pasta:-4\n", "bridge"),
        ("Network=ns:/run/netns/x\n", "ns:/run/netns/x"),
        ("Network=container:other\n", "container:other"),
        ("Network=lan\n", {"lan": None}),
        ("Network=lan:ip=10.0.0.2,alias=x,mac=1\nNetworkAlias=y\n",
         {"lan": {"ipv4_address": "10.0.0.2", "aliases": ["x", "y"]}}),
        ("", None),
    ],
)  # fmt: skip
def test_modes_and_names(said, network):
    assert service_of(BASE + said).get("network") == network


def test_units_mean_what_podman_calls_them():
    units = {
        "a.container": BASE + "Network=n.network:alias=one\nNetwork=m.network\n",
        "b.container": BASE + "Network=a.container\n",
        "c.container": BASE + "Network=container:systemd-a\n",
        "n.network": "[Network]\nNetworkName=real\n",
        "m.network": "[Network]\n",
    }
    services = draft_of(units).tree["services"]
    assert services["a"]["network"] == {"real": {"aliases": ["one"]}, "systemd-m": None}
    assert [services[name]["network"] for name in "bc"] == ["service:a"] * 2


def test_units_that_are_not_given_have_their_usual_names_and_are_said():
    draft = draft_of(
        {
            "a.container": BASE + "Network=n.network\n",
            "b.container": BASE + "Network=x.container\n",
        }
    )
    services = draft.tree["services"]
    assert services["a"]["network"] == {"systemd-n": None}
    assert services["b"]["network"] == "container:systemd-x"
    assert [remark.reach for remark in draft.remarks] == ["broken"] * 2
