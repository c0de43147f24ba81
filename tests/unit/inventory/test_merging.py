import itertools

from analyzer.inventory.loading import load_inventory
from analyzer.inventory.model import Source

HOSTS = "name: home\nhosts: {b: {}, a: {memory: 8GiB}}\n"
APPS = "services: {web: {host: a, depends_on: [db]}}\nneeds: {operators: 1}\n"
DATA = "services: {db: {host: b}}\nvolumes: {v: }\nneeds: {simplicity: high}\n"


def test_files_make_one_estate_in_order_of_name(load):
    estate = load(HOSTS, APPS, DATA)
    assert list(estate.hosts) == ["a", "b"]
    assert list(estate.services) == ["db", "web"]
    assert estate.files == ("a.yaml", "b.yaml", "c.yaml")
    assert estate.services["db"].source == Source("c.yaml", 1, 12)
    assert estate.needs.lines["simplicity"].file == "c.yaml"
    assert (estate.name, estate.needs.operators, estate.needs.simplicity) == ("home", 1, "high")


def test_the_order_of_paths_does_not_matter(load):
    expected = load(HOSTS, APPS, DATA)
    for paths in itertools.permutations(expected.files):
        estate = load_inventory(paths)
        assert estate == expected
        assert list(estate.needs.lines) == list(expected.needs.lines)


def test_a_name_declared_twice_names_both_places(problems):
    assert problems(
        HOSTS, "\nhosts: {a: {}}\n", "services: {s: }\nvolumes: {v: }\n" + APPS[:0]
    ) == ["b.yaml:2:9: hosts.a: declared twice, first at a.yaml:2; remove or rename one"]
    assert problems(
        HOSTS, "services: {s: }\nvolumes: {v: }", "services: {s: }\nvolumes: {v: }"
    ) == [
        "c.yaml:1:12: services.s: declared twice, first at b.yaml:1; remove or rename one",
        "c.yaml:2:11: volumes.v: declared twice, first at b.yaml:2; remove or rename one",
    ]


def test_a_need_said_twice_is_refused(problems):
    assert problems(HOSTS + "needs: {operators: 1}\n", "needs: {operators: 1}\n") == [
        "b.yaml:1:9: needs.operators: declared twice, first at a.yaml:3; keep one of them"
    ]
    both = problems(HOSTS + "needs: {effort_budget: 6w}\n", "needs: {effort_budget: 40h}\n")
    assert "needs.effort_budget: declared twice" in both[0]


def test_files_agree_on_a_name(load, problems):
    assert load(HOSTS, "name: home\n").name == "home"
    assert problems(HOSTS, "name: work\n") == [
        "b.yaml:1:1: name: another name than at a.yaml:1; give the estate one name"
    ]


def test_an_estate_needs_a_host(problems):
    found = problems("services: {web: }\n", "services: {db: }\n")
    assert found[0].startswith("a.yaml: hosts: no hosts; list at least one host under hosts:")
