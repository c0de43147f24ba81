"""Addresses of sites as people write them into proxies."""

import pytest

from analyzer.inventory.sites import reach_of


@pytest.mark.parametrize(
    ("site", "reach"),
    [
        ("photos.smith.family", "public"),
        ("https://photos.smith.family:8443/x", "public"),
        ("*.smith.family", "public"),
        ("8.8.8.8", "public"),
        ("nas.lan", "lan"),
        ("http://nas.home.arpa", "lan"),
        ("grafana.tail1234.ts.net.", "lan"),
        ("192.168.1.10:8080", "lan"),
        ("[fd00::1]:443", "lan"),
        ("localhost", "lan"),
        (":443", None),
        ("nas", None),
        ("${DOMAIN}", None),
        ("photos.{$DOMAIN}", None),
        ("0.0.0.0", None),  # noqa: S104 - a site, not an address to listen on
        ("", None),
    ],
)
def test_an_address_tells_who_reaches_it(site, reach):
    assert reach_of(site) == reach
