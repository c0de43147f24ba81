"""What an inventory states, as texts: exact, short, and without what may be secret."""

from fractions import Fraction

from analyzer.comparison import stated
from analyzer.inventory.model import Budget, Healthcheck, Mount, Port
from tests.build import depends, host, service, volume, wishes


def fields(**given):
    return stated.service(service("x", **given)).fields


def test_nothing_stated_is_nothing():
    assert fields() == {}


def test_zero_and_no_are_something():
    assert fields(replicas=0, stateful=False, memory="0MiB") == {
        "replicas": ("0",),
        "stateful": ("false",),
        "memory": ("0",),
    }


def test_defaults_are_nothing():
    assert fields(build=False, migrate="auto") == {}
    assert fields(build=True, migrate="never") == {"build": ("true",), "migrate": ("never",)}


def test_sizes_and_durations_are_exact():
    assert fields(memory="512MiB")["memory"] == ("512MiB",)
    assert fields(memory_bytes=1000)["memory"] == ("1000",)
    assert fields(recovery_seconds=Fraction(14400))["recovery_time"] == ("4 h",)
    assert fields(recovery_seconds=Fraction(14401))["recovery_time"] == ("14401 s",)


def test_ports():
    found = fields(ports=(Port(80, 8080, 1, "tcp", None), Port(53, 53, 3, "udp", "10.0.0.1")))
    assert found["ports"] == ("10.0.0.1:53-55:53-55/udp", "8080:80/tcp")


def test_lists_are_sorted_and_places_do_not_matter():
    one = fields(mounts=(Mount("bind", "/b", "/b", True, 3), Mount("volume", "a", "/a", False, 4)))
    two = fields(mounts=(Mount("volume", "a", "/a", False, 9), Mount("bind", "/b", "/b", True, 1)))
    assert one == two == {"volumes": ("/b:/b:ro", "a:/a")}


def test_an_empty_list_that_is_stated():
    assert fields(lines={"volumes": 3}) == {"volumes": ("none",)}


def test_dependencies_say_how():
    found = fields(depends_on=(depends("b", "soft"), depends("a", condition="healthy")))
    assert found["depends_on"] == ("a (healthy)", "b (soft)")


def test_values_are_compared_and_not_shown():
    found = stated.service(
        service(
            "x", env={"PASSWORD": "hunter2"}, command=("run", "hunter2"), labels={"a": "hunter2"}
        )
    )
    assert found.fields == {"environment": ("PASSWORD",)}
    assert set(found.hidden) == {"environment", "command", "labels"}
    assert "hunter2" not in str(found.fields)


def test_an_address_keeps_its_scheme_only():
    assert fields(image="https://user:hunter2@registry/x")["image"] == ("https://…",)


def test_a_health_check_is_there_or_switched_off():
    check = Healthcheck(("CMD", "curl"), None, disabled=False)
    assert fields(healthcheck=check)["healthcheck"] == ("declared",)
    assert fields(healthcheck=check._replace(disabled=True))["healthcheck"] == ("disabled",)


def test_hosts_and_volumes():
    assert stated.host(host("a", memory="8GiB", cpus=4)).fields == {
        "cpus": ("4",),
        "memory": ("8GiB",),
    }
    assert stated.volume(volume("v", reach="shared", backup=True)).fields == {
        "backup": ("true",),
        "reach": ("shared",),
    }


def test_needs():
    found = stated.needs(
        wishes(planned_hosts=3, unmet_needs=(), overhead_budget=Budget(None, Fraction(1, 10)))
    )
    assert found.fields == {
        "overhead_budget": ("10 %",),
        "planned_hosts": ("3",),
        "unmet_needs": ("none",),
    }
