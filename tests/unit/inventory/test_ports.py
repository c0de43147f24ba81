import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.inventory.model import Port
from analyzer.inventory.ports import expose, ports
from tests.unit.inventory.nodes import faults, read


@pytest.mark.parametrize(
    ("written", "port"),
    [
        ("8080:80", Port(80, 8080, 1, "tcp", None)),
        ("80", Port(80, 0, 1, "tcp", None)),
        ("22:22", Port(22, 22, 1, "tcp", None)),
        ("53:53/UDP", Port(53, 53, 1, "udp", None)),
        ("3000-3005", Port(3000, 0, 6, "tcp", None)),
        ("9090-9091:8080-8081/sctp", Port(8080, 9090, 2, "sctp", None)),
        ("8000-9000:80", Port(80, 0, 1, "tcp", None)),
        ("127.0.0.1:8001:8001", Port(8001, 8001, 1, "tcp", "127.0.0.1")),
        ("127.0.0.1::5000", Port(5000, 0, 1, "tcp", "127.0.0.1")),
        ("'[::1]:6000:6001'", Port(6001, 6000, 1, "tcp", "::1")),
        ("'::1:6000:6001'", Port(6001, 6000, 1, "tcp", "::1")),
        ("{target: 80, published: 8080, mode: host}", Port(80, 8080, 1, "tcp", None)),
        ("{target: 53, published: '53-54', protocol: udp}", Port(53, 0, 1, "udp", None)),
        ("{target: 80, host_ip: 10.0.0.1, name: web}", Port(80, 0, 1, "tcp", "10.0.0.1")),
    ],
)
def test_forms_of_the_compose_specification(written, port):
    assert read(ports, f"[{written}]") == (port,)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("70000:80", "'70000' is no port number; give 1 to 65535"),
        ("80:0", "'0' is no port number"),
        ("80:80/icmp", "'icmp' is no protocol; use tcp, udp or sctp"),
        ("8080-8082:80-81", "3 host ports for 2 container ports"),
        ("'9-8'", "ends before it starts"),
        ("http", "'http' is not a port"),
        ("'80:'", "'' is not a port"),
        ("'${PORT:-80}:80'", "holds a variable; write its value"),
        ("'$PORT:80'", "'$PORT' is a variable, not a port"),
        ("'[]:80:80'", "has an empty address"),
        ("{published: 80}", "a port without 'target'"),
        ("{target: 80, publish: 81}", "unknown key in a port; did you mean 'published'?"),
        ("[80]", "a list where a port is expected"),
        ("999999999999999999999:80", "is no port number"),
        ("'²:80'", "'²' is not a port"),
    ],
)
def test_bad_ports(written, what):
    assert what in faults(ports, f"[{written}]")[0]


def test_every_bad_port_is_reported_with_its_place():
    found = faults(ports, "[80, a, 81, {target: b}]")
    assert [line.split(":")[0] for line in found] == ["[1]", "[3]"]


def test_no_list():
    assert "write it as [a, b]" in faults(ports, "8080:80")[0]


def test_exposed_ports_are_not_published():
    exposed = read(expose, "[80, 90-91/udp]")["ports"]
    assert exposed == (Port(80, None, 1, "tcp", None), Port(90, None, 2, "udp", None))
    assert "no port of the container" in faults(expose, "['80:80']")[0]


@given(st.integers(1, 65_535), st.integers(0, 65_535), st.sampled_from(["tcp", "udp", "sctp"]))
def test_short_and_long_form_say_the_same(target, published, protocol):
    short = read(ports, f"['{published}:{target}/{protocol}']")
    long = read(ports, f"[{{target: {target}, published: {published}, protocol: {protocol}}}]")
    assert short == long == (Port(target, published, 1, protocol, None),)
