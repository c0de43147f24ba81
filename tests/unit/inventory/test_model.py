from analyzer.inventory.model import Environment, Service, Source
from tests.build import service


def test_environment_shows_names_only():
    environment = Environment({"B": "s3cr3t", "A": None}, {"B": 3})
    assert repr(environment) == "Environment(['A', 'B'])"
    assert list(environment) == ["B", "A"]
    assert (len(environment), bool(environment), bool(Environment({}, {}))) == (2, True, False)
    assert (environment.reveal("B"), environment.line("B"), environment.line("A")) == (
        "s3cr3t",
        3,
        0,
    )
    assert "s3cr3t" not in repr(service("web", env={"A": "s3cr3t"}))


def test_environments_are_equal_by_content():
    assert Environment({"A": "1"}, {}) == Environment({"A": "1"}, {"A": 9})
    assert Environment({"A": "1"}, {}) != Environment({"A": "2"}, {})
    assert Environment({"A": "1"}, {}) != {"A": "1"}
    assert len({Environment({"A": "1"}, {}), Environment({"A": "1"}, {"A": 9})}) == 1


def test_sources_read_as_places():
    assert str(Source("a.yaml", 3, 5)) == "a.yaml:3"
    assert str(Source("--set", 0, 0)) == "--set"


def test_what_is_a_container():
    runtimes = (None, "podman", "docker", "kubernetes", "systemd", "external")
    kinds = [Service("s", Source("f", 1, 1), {}, runtime=kind).is_container for kind in runtimes]
    assert kinds == [True, True, True, True, False, False]
