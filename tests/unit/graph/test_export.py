"""DOT, GraphML and JSON."""

import json
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from analyzer.graph.export import to_dot, to_graphml, to_json_graph
from tests.build import host, inventory, service, topology_of
from tests.unit.graph.test_mermaid import HOSTILE

ESTATE = inventory(
    host("box"),
    service("app", host="box", needs=["db"], mounts=["/srv/x:/x"]),
    service("cron", host="box", mounts=["/srv/x:/x"], env={"API_URL": "http://app:80"}),
    service("db"),
)

KNOWN = "environment: variable API_URL names it; shared-writable-storage: both write /srv/x"


def test_dot() -> None:
    assert to_dot(ESTATE, topology_of(ESTATE)).splitlines() == [
        "digraph services {",
        "  rankdir=LR;",
        '  node [shape="box"];',
        '    n2 [label="db"];',
        "  subgraph cluster_1 {",
        '    label="box";',
        '    n0 [label="app"];',
        '    n1 [label="cron"];',
        "  }",
        '  n0 -> n2 [style="solid" tooltip="hard, 100 % sure; declared: depends_on"];',
        '  n1 -> n0 [style="dashed" tooltip="soft, 90 % sure; ' + KNOWN + '"];',
        "}",
    ]


def test_graphml_reads_back() -> None:
    graph = nx.parse_graphml(to_graphml(ESTATE, topology_of(ESTATE)))
    assert [data["name"] for _, data in graph.nodes(data=True)] == ["app", "cron", "db"]
    assert graph.nodes["n0"] == {"name": "app", "host": "box", "runtime": "", "group": "app"}
    assert graph.edges["n0", "n2"]["confidence"] == 100
    assert graph.edges["n0", "n2"]["kind"] == "hard"


def test_json() -> None:
    tree = to_json_graph(topology_of(ESTATE))
    assert json.loads(json.dumps(tree)) == tree
    assert tree["edges"][0] == {
        "from": "app",
        "to": "db",
        "kind": "hard",
        "confidence": 1.0,
        "symmetric": False,
        "evidence": [
            {"kind": "declared", "text": "depends_on", "file": "inventory.yaml", "line": 1}
        ],
    }
    assert tree["edges"][1]["confidence"] == 0.9
    (group,) = [group for group in tree["groups"] if len(group["members"]) > 1]
    assert (group["name"], group["members"]) == ("app", ["app", "cron"])
    assert group["reasons"][0]["text"] == "both write /srv/x"


def test_json_tells_of_circles_and_single_points() -> None:
    ring = [service(a, needs=[b]) for a, b in ("ab", "bc", "cd", "da")]
    tree = to_json_graph(topology_of(inventory(*ring)))
    assert tree["cycles"] == [{"path": ["a", "b", "c", "d", "a"], "cut": {"from": "a", "to": "b"}}]
    assert tree["single_points"][0] == {"service": "a", "stopped": 3}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(name: str) -> None:
    estate = inventory(host(name), service(name, host=name), service("b", needs=[name]))
    topology = topology_of(estate)
    ET.fromstring(to_graphml(estate, topology))  # noqa: S314 - our own output
    for line in to_dot(estate, topology).splitlines():
        unescaped = line.replace("\\\\", "").replace('\\"', "")
        assert unescaped.count('"') % 2 == 0
