from analyzer.importers.compose.legacy import is_first_version, modern
from tests.unit.importers.compose.project import draft
from tests.unit.inventory.nodes import node

FIRST = """web:
  build: ./web
  dockerfile: Other
  links: [db]
  net: bridge
  log_driver: syslog
  log_opt: {address: x}
db:
  image: postgres:9
side: {image: s, net: "container:db"}
"""


def test_services_at_the_top_level_are_services(tmp_path):
    services = draft(tmp_path, {"docker-compose.yml": FIRST}).tree["services"]
    assert sorted(services) == ["db", "side", "web"]
    assert services["web"]["build"] == {"context": "./web", "dockerfile": "Other"}
    assert services["web"]["logging"] == {"driver": "syslog", "options": {"address": "x"}}
    assert services["web"]["network"] == "bridge"
    assert list(services["web"]["depends_on"]) == ["db"]
    assert services["side"]["network"] == "service:db"
    assert services["db"]["network"] == "bridge"


def test_places_are_those_of_the_file():
    tree = modern(node(FIRST))["services"]
    assert tree.place("db") == (8, 1)
    assert tree["web"].place("build") == (2, 3)
    assert tree["web"].place("network_mode") == (5, 3)


def test_what_is_not_the_first_version_stays_as_it_is():
    for text in ("services: {a: {image: x}}", "{a: {x: 1}}", "{}", "version: '2'", "{a: [1]}"):
        tree = node(text)
        assert not is_first_version(tree)
        assert modern(tree) is tree
    assert is_first_version(node("{a: {image: x}, x-note: 1}"))
