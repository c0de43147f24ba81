import pytest

from analyzer.importers.caddy.addresses import (
    address,
    exposure,
    private,
    site,
    upstream,
    upstreams,
)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("a.example", ("", "a.example", "")),
        ("https://A.example:8443/path", ("https", "a.example", "8443")),
        (":8080", ("", "", "8080")),
        ("http://", ("http", "", "")),
        ("[::1]:80", ("", "::1", "80")),
        ("[::1]", ("", "::1", "")),
    ],
)
def test_address(written, parts):
    assert address(written) == parts


def test_a_site_shows_only_an_unusual_port():
    assert site("a.example", "443", ("80", "443")) == "a.example"
    assert site("::1", "8080", ("80", "443")) == "[::1]:8080"


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("app", "app:80"),
        ("app:8080", "app:8080"),
        ("https://app", "app:443"),
        ("h2c://app:9", "app:9"),
        ("tcp/app:90", "app:90"),
        ("unix//run/a.sock", "unix//run/a.sock"),
        ("{env.APP}", "{env.APP}"),
        ("[fd00::5]", "[fd00::5]:80"),
        ("[fd00::5]:81", "[fd00::5]:81"),
        (":9000", ":9000"),
    ],
)
def test_upstream(written, dialled):
    assert upstream(written) == dialled


def test_a_range_of_ports_is_several_upstreams():
    assert upstreams("app:80-82") == ["app:80", "app:81", "app:82"]
    assert len(upstreams("app:1-65535")) == 100
    assert upstreams("app:x-y") == ["app:x-y"]


@pytest.mark.parametrize(
    ("ranges", "answer"),
    [
        (["private_ranges"], True),
        (["forwarded", "10.0.0.0/8"], True),
        (["192.168.1.7", "100.64.0.0/10", "fd00::/8"], True),
        (["10.0.0.0/8", "8.8.8.8"], False),
        (["0.0.0.0/0"], False),
        (["{placeholder}"], False),
        ([], False),
    ],
)
def test_private_ranges(ranges, answer):
    assert private(ranges) is answer


@pytest.mark.parametrize(
    ("host", "who"),
    [
        ("cloud.example.org", "public"),
        ("*.example.org", "public"),
        ("nas.lan", "lan"),
        ("a.home.arpa", "lan"),
        ("x.tail1.ts.net", "lan"),
        ("box", "lan"),
        ("192.168.1.2", "lan"),
        ("100.100.1.2", "lan"),
        ("8.8.4.4", "public"),
        ("::", None),
        ("", None),
        ("*", None),
        ("{$DOMAIN}", None),
        ("a.{$DOMAIN}", None),
    ],
)
def test_exposure_by_address(host, who):
    assert exposure(host, restricted=False) == who


def test_what_lets_in_only_the_lan_is_lan_whatever_its_name():
    assert exposure("a.example", restricted=True) == "lan"
    assert exposure("a.example", restricted=False, bound=["127.0.0.1"]) == "lan"
    assert exposure("a.example", restricted=False, bound=["0.0.0.0"]) == "public"  # noqa: S104
