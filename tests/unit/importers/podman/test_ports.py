"""Ports as ``inspect`` and ``ps`` write them; rows of them are ranges."""

import pytest

from analyzer import jsonfile
from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.ports import bindings, exposed, listed, published, written


def tree(text):
    return jsonfile.parse(text.encode(), "f")


def of(text):
    ledger = Ledger()
    found = bindings(tree(text), "web.ports", ledger)
    return list(published(found)), list(exposed(found)), [each.reach for each in ledger.remarks]


@pytest.mark.parametrize(
    ("text", "ports", "expose"),
    [
        ('{"80/tcp": [{"HostIp": "", "HostPort": "8080"}]}', ["8080:80"], []),
        ('{"80": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]}', ["8080:80"], []),
        ('{"80/tcp": [{"HostIp": "", "HostPort": ""}]}', ["80"], []),
        ('{"53/udp": [{"HostIp": "10.0.0.1", "HostPort": "53"}]}', ["10.0.0.1:53:53/udp"], []),
        ('{"80/tcp": [{"HostIp": "::1", "HostPort": "80"}]}', ["[::1]:80:80"], []),
        ('{"80/tcp": [{"HostPort": "80"}, {"HostIp": "::", "HostPort": "80"}]}', ["80:80"], []),
        ('{"80/tcp": null, "443/tcp": []}', [], ["80", "443"]),
        ('{"7000-7002/tcp": {}}', [], ["7000-7002"]),
        (
            '{"81": [{"HostPort": "8081"}], "80": [{"HostPort": "8080"}], "83": [{"HostPort": "83"}]}',
            ["8080-8081:80-81", "83:83"],
            [],
        ),
    ],
)
def test_bindings(text, ports, expose):
    assert of(text) == (ports, expose, [])


@pytest.mark.parametrize(
    "text", ['{"x": null}', '{"0/tcp": null}', '{"80/tcp": [{"HostPort": "70000"}]}']
)
def test_what_is_no_port_is_said(text):
    ports, expose, said = of(text)
    assert (ports, said) == ([], ["broken"])
    assert expose == []


def test_rows_of_podman():
    rows = tree('[{"host_ip": "", "container_port": 60000, "host_port": 60000, "range": 100}]')
    assert list(published(listed(rows))) == ["60000-60099:60000-60099"]


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("0.0.0.0:8080->80/tcp, :::8080->80/tcp", ["8080:80"]),
        ("[::]:8080->80/tcp, 9000/tcp", ["8080:80"]),
        ("127.0.0.1:53->53/udp", ["127.0.0.1:53:53/udp"]),
        ("0.0.0.0:9000-9001->9000-9001/tcp", ["9000-9001:9000-9001"]),
        ("", []),
        ("nonsense", []),
    ],
)
def test_rows_of_docker(text, ports):
    assert list(published(written(text, 1))) == ports
