"""What was measured, and what a machine says of itself."""

import pytest

from analyzer import jsonfile
from analyzer.importers.podman.hosts import Usage, host_entry, host_name
from analyzer.importers.podman.ledger import Ledger
from analyzer.importers.podman.objects import Thing


def thing(kind, text):
    return Thing(kind, jsonfile.parse(text.encode(), "f"), 0)


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ('"mem_usage": "12.5MB / 8GB"', 12_500_000),  # Podman counts in thousands
        ('"mem_usage": "372.7kB / 33.55MB"', 372_700),
        ('"mem_usage": "1.5GB / 8GB"', 1_500_000_000),
        ('"MemUsage": "460KiB / 64MiB"', 460 * 1024),  # Docker in 1024
        ('"MemUsage": "1.5GiB / 4GiB"', 3 << 29),
        ('"MemUsage": 734003', 734_003),
        ('"mem_usage": "49.15kB / 1GB"', 65_536),  # less would be read as a forgotten unit
        ('"mem_usage": "0B / 0B"', None),  # it does not run
        ('"mem_usage": "-- / --"', None),
        ('"mem_usage": null', None),
    ],
)
def test_memory(usage, expected):
    found = Usage([thing("stats", f'{{"id": "abc", "name": "web", {usage}}}')], Ledger())
    measured = found.of("other", "web")
    assert (measured and measured[0]) == expected
    assert found.of("abc", "x") == measured


@pytest.mark.parametrize("name", ["localhost", "", "bad\\u0007name"])
def test_names_that_name_nothing(name):
    assert host_name(thing("info", f'{{"host": {{"hostname": "{name}"}}}}')) == ""


def test_free_memory_says_nothing_about_use():
    text = '{"host": {"memTotal": 8000000000, "memFree": 100, "arch": "arm64", "cpus": 4}}'
    ledger = Ledger()
    entry = host_entry(thing("info", text), ledger)
    assert dict(entry) == {
        "arch": "arm64",
        "cpus": "4",
        "memory": "7629MiB",
        "runtime": "podman",
    }
    assert [(each.path, each.reach) for each in ledger.remarks] == [
        ("info.host.memFree", "no bearing")
    ]
