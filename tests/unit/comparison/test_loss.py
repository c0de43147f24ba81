"""The loss of a host, worked out by hand on five services."""

from analyzer.assessment import Settings, assess
from analyzer.comparison.loss import lose
from analyzer.rulebook.loading import load_rulebook
from tests.build import host, inventory, service, wishes

ESTATE = inventory(
    host("nas", memory="16GiB", used="8GiB", arch="amd64", site="home"),
    host("pi", memory="4GiB", used="3GiB", arch="amd64", site="home"),
    service(
        "db", host="nas", runtime="podman", image="postgres:16", mounts=["/srv/db:/var/lib/db"],
        stateful=True, backup=False, memory="300MiB",
    ),
    service(
        "wiki", host="nas", runtime="podman", image="wiki:1", mounts=["/srv/wiki:/data"],
        stateful=True, backup=True, memory="200MiB", needs=["db"],
    ),
    service("web", host="nas", runtime="podman", image="nginx:1", stateful=False, memory="900MiB"),
    service("gpu", host="nas", runtime="podman", image="x:1", devices=("/dev/dri",), stateful=False),
    service("unit", host="nas", runtime="systemd", stateful=True),
    service("front", host="pi", runtime="podman", image="x:1", stateful=False, needs=["wiki"]),
    service("clock", host="pi", runtime="podman", image="x:1", stateful=False),
    needs=wishes(planned_hosts=2),
)  # fmt: skip
LOSS = lose(assess(ESTATE, load_rulebook(), Settings()), "nas")


def test_what_stops_there_and_elsewhere_with_the_way_to_it():
    assert LOSS.stopped == ("db", "gpu", "unit", "web", "wiki")
    assert [(item.service, item.path) for item in LOSS.elsewhere] == [("front", ("front", "wiki"))]
    assert LOSS.untouched == 1


def test_data_is_lost_backed_up_or_nobody_knows():
    assert LOSS.lost == ("db",)
    assert LOSS.unsure == ("unit",)
    assert {item.service: item.data for item in LOSS.restarts} == {
        "db": "lost",
        "wiki": "backup",
        "web": "none",
    }


def test_the_largest_is_placed_first_and_only_where_there_is_room():
    assert {item.service: item.host for item in LOSS.restarts} == {
        "web": "pi",  # 900 of 1,024 MiB
        "db": None,
        "wiki": None,
    }


def test_what_is_tied_says_why():
    assert {item.service: item.reason for item in LOSS.stuck} == {
        "gpu": "uses /dev/dri",
        "unit": "runs as part of its host, not as a container",
    }


def test_what_is_left_has_no_loose_ends():
    assert set(LOSS.left.hosts) == {"pi"}
    assert set(LOSS.left.services) == {"web", "front", "clock"}
    assert LOSS.left.services["web"].host == "pi"
    assert LOSS.left.services["front"].depends_on == ()


def test_a_host_whose_free_memory_is_not_known_takes_nothing():
    pi = ESTATE.hosts["pi"]._replace(memory_used_bytes=None)
    estate = ESTATE._replace(hosts={**ESTATE.hosts, "pi": pi})
    found = lose(assess(estate, load_rulebook(), Settings()), "nas")
    assert {item.host for item in found.restarts} == {None}


def without_memory(name):
    services = {**ESTATE.services, name: ESTATE.services[name]._replace(memory_bytes=None)}
    return ESTATE._replace(services=services)


def obstacles(estate):
    found = lose(assess(estate, load_rulebook(), Settings()), "nas")
    return {item.service: (item.host, item.obstacle) for item in found.restarts}


def test_why_no_host_is_named():
    assert obstacles(ESTATE) == {
        "web": ("pi", ""),
        "db": (None, "room"),
        "wiki": (None, "room"),
    }
    assert obstacles(without_memory("db"))["db"] == (None, "unstated")


def test_another_architecture_takes_only_what_is_known_to_exist_for_it():
    pi = ESTATE.hosts["pi"]._replace(arch="arm64", memory_used_bytes=0)
    estate = ESTATE._replace(hosts={**ESTATE.hosts, "pi": pi})
    assert obstacles(estate) == {
        "web": ("pi", ""),  # nginx exists for many
        "db": ("pi", ""),
        "wiki": (None, "architecture"),
    }
    wiki = ESTATE.services["wiki"]._replace(architectures=("amd64", "arm64"))
    stated = estate._replace(services={**estate.services, "wiki": wiki})
    assert obstacles(stated)["wiki"] == ("pi", "")
