import pytest

from analyzer.importers import IMPORTERS, native


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("inventory.yaml", True),
        ("a.b/estate.yml", True),
        ("-", True),
        ("estate", True),
        ("compose.toml", False),
        ("web.container", False),
    ],
)
def test_recognises_by_name(path, expected):
    assert native.recognises(path) is expected


def test_it_is_registered_and_loads(tmp_path):
    path = tmp_path / "inventory.yaml"
    path.write_text("hosts: {a: {}}\n")
    estate = IMPORTERS["native"].load([str(path)], [("hosts.a.cpus", "2")])
    assert estate.hosts["a"].cpus == 2
