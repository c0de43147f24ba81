"""Mermaid diagrams: what is drawn, and that no name breaks them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.graph.mermaid import label, to_mermaid
from analyzer.inventory.model import Inventory
from tests.build import depends, host, inventory, service, topology_of

LINE = re.compile(
    r"flowchart LR|  end"
    r'|  subgraph h\d+\["[^"\n]*"\]'
    r'| {2,4}n\d+\["[^"\n]*"\]'
    r"|  n\d+ (?:-->|-\.->|---|-\.-)(?:\|\d+\|)? n\d+"
)


def drawn(estate: Inventory, limit: int = 60) -> list[str]:
    """Return the lines of a diagram, each checked to be one of the few allowed forms."""
    lines = to_mermaid(estate, topology_of(estate), limit).rstrip("\n").split("\n")
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    return lines


def test_a_small_estate_is_drawn_whole() -> None:
    estate = inventory(
        host("box"),
        service("app", host="box", needs=["db"], env={"THING": "cache"}),
        service("db", host="box", mounts=["/srv/x:/x"]),
        service("cron", mounts=["/srv/y:/x"], depends_on=(depends("app", "soft"),)),
        service("work", mounts=["/srv/y:/x"]),
        service("cache", host="box"),
    )
    assert drawn(estate) == [
        "flowchart LR",
        '  subgraph h0["box"]',
        '    n0["app"]',
        '    n1["cache"]',
        '    n3["db"]',
        "  end",
        '  subgraph h1["no host stated"]',
        '    n2["cron"]',
        '    n4["work"]',
        "  end",
        "  n0 --> n3",
        "  n2 -.-> n0",
        "  n2 --- n4",
    ]


def many(hosts: int, each: int) -> Inventory:
    """Return hosts with services each, of which two depend on each other's neighbour."""
    services = [
        service(
            f"s{h:02}-{n:02}",
            host=f"h{h:02}",
            needs=[f"s{(h + 1) % hosts:02}-01"] if n == 0 else (),
        )
        for h in range(hosts)
        for n in range(each)
    ]
    return inventory(*(host(f"h{h:02}") for h in range(hosts)), *services)


def test_a_large_estate_is_drawn_coarser() -> None:
    connected = drawn(many(3, 30))
    assert '    n6["28 more services"]' in connected
    hosts = drawn(many(40, 30))
    assert '  n0["h00: 30 services"]' in hosts
    assert len([line for line in hosts if "[" in line]) == 40
    assert "  n0 -.-> n1" in hosts
    fewer = drawn(many(40, 30), limit=10)
    assert len([line for line in fewer if "[" in line]) == 10
    assert '  n9["31 other hosts"]' in fewer


def test_bundled_arrows_carry_their_number() -> None:
    services = [service(f"a{n}", host="a", needs=["b0"]) for n in range(5)]
    estate = inventory(host("a"), host("b"), service("b0", host="b"), *services)
    assert "  n0 -.->|5| n1" in drawn(estate, limit=3)


HOSTILE = [
    'say "hi"',
    "`tick`",
    "<script>alert(1)</script>",
    "end",
    "{{ jinja }}",
    "a\nb",
    "\u202egnp.exe",
    "n0 --> n1",
    "]",
    "#quot;",
    "%%{init: {}}%%",
    "graph TD;",
    "| pipe |",
    "\\",
    "click n0 href",
    "&lt;",
    "名前",
    "subgraph",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_labels(name: str) -> None:
    estate = inventory(host(name), service(name, host=name), service("b", needs=[name]))
    text = "\n".join(drawn(estate))
    assert "<" not in text
    assert "`" not in text
    assert "{" not in text
    assert "\u202e" not in text


def test_labels() -> None:
    assert label("a-b_c.d:80") == '"a-b_c.d:80"'
    assert label('"<x>"') == '"#34;#60;x#62;#34;"'
    assert label("x" * 100) == '"' + "x" * 59 + '…"'.replace("…", "#8230;")
    assert label("a\tb") == '"a b"'


@given(st.text(max_size=80))
def test_any_text_is_a_label(text: str) -> None:
    made = label(text)
    assert re.fullmatch(r'"[^"`<>{}\[\]|\n\\]*"', made)
    assert made.isprintable()
