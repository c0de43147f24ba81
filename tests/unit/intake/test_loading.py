"""Files of any format become one estate; an owner's inventory counts before them."""

from pathlib import Path

import pytest

from analyzer.errors import InventoryError
from analyzer.intake.loading import Options, import_sources, load_estate
from analyzer.rulebook.loading import load_rulebook
from tests.unit.intake.drafts import plain

STACK = """
services:
  app:
    image: example/app
    environment: {DB_HOST: db, DB_PASSWORD: hunter2}
    ports: ["80:80"]
  db: {image: "postgres:16"}
"""


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("compose.yaml").write_text(STACK)


def estate(*paths, settings=(), **options):
    return load_estate(paths, settings, load_rulebook, Options(**options))


def test_a_stack_alone_is_an_estate_on_one_machine():
    inventory = estate("compose.yaml")
    assert list(inventory.hosts) == ["server"]
    app = inventory.services["app"]
    assert app.source.file == "compose.yaml"
    assert str(app.at(app.lines["ports"])) == "compose.yaml:6"
    assert (app.origin, app.host) == ("compose.yaml:3", "server")
    assert list(app.environment) == ["DB_HOST", "DB_PASSWORD"]
    assert app.environment.reveal("DB_PASSWORD") is None
    assert [(edge.service, edge.kind) for edge in app.inferred] == [("db", "hard")]
    assert inventory.files == ("compose.yaml",)


def test_what_if_reaches_what_was_imported():
    inventory = estate(
        "compose.yaml", settings=[("needs.planned_hosts", "3"), ("services.app.memory", "1GiB")]
    )
    assert inventory.needs.planned_hosts == 3
    assert inventory.services["app"].memory_bytes == 1 << 30


def test_an_inventory_beside_it_counts_more_and_lends_its_host():
    Path("mine.yaml").write_text("""
hosts: {nas: {memory: 8GiB}}
services:
  app: {host: nas, image: mine/app, criticality: high}
needs: {operators: 1}
""")
    inventory = estate("mine.yaml", "compose.yaml")
    app, db = inventory.services["app"], inventory.services["db"]
    assert (app.image, app.criticality, db.host) == ("mine/app", "high", "nas")
    assert str(app.at(app.lines["ports"])) == "compose.yaml:6"
    assert str(app.at(app.lines["image"])) == "mine.yaml:4"
    assert [port.target for port in app.ports] == [80]
    assert [edge.service for edge in app.inferred] == ["db"]
    assert inventory == estate("compose.yaml", "mine.yaml")


def test_a_broken_service_is_listed_and_the_rest_stands():
    Path("compose.yaml").write_text(STACK + "  odd: {image: [1], ports: ['x'], misspelt: 1}\n")
    inventory = estate("compose.yaml")
    assert sorted(inventory.services) == ["app", "db", "odd"]
    assert len(inventory.unread) == 3
    assert all(text.startswith("compose.yaml:8: services.odd") for text in inventory.unread)
    with pytest.raises(InventoryError) as caught:
        import_sources("compose", ["compose.yaml"], load_rulebook(), Options(strict=True))
    assert len(caught.value.problems) == 3


def test_one_file_of_which_nothing_can_be_made_does_not_hide_the_others():
    Path("stacks/a").mkdir(parents=True)
    Path("stacks/b").mkdir()
    Path("stacks/a/compose.yaml").write_text(STACK)
    Path("stacks/b/compose.yaml").write_text("services: {x: {\n")
    inventory = estate("stacks")
    assert sorted(inventory.services) == ["app", "db"]
    assert len(inventory.unread) == 1
    with pytest.raises(InventoryError):
        estate("stacks/b/compose.yaml")


def test_an_inventory_is_nothing_to_import():
    Path("inventory.yaml").write_text("hosts: {a: {}}\n")
    with pytest.raises(InventoryError, match="nothing to import"):
        import_sources(None, ["inventory.yaml"], load_rulebook(), Options())


def test_problems_of_an_inventory_are_told_as_ever():
    Path("mine.yaml").write_text("hosts: {nas: {memry: 1}}\n")
    with pytest.raises(InventoryError, match="did you mean"):
        estate("mine.yaml", "compose.yaml")
    Path("mine.yaml").write_text("hosts: {nas: {\n")
    with pytest.raises(InventoryError, match="not valid YAML"):
        estate("mine.yaml", "compose.yaml")


def test_the_tree_is_ready_to_be_written():
    imported = import_sources("compose", ["compose.yaml"], load_rulebook(), Options(host="nas"))
    assert plain(imported.tree)["hosts"] == {"nas": {}}
    assert list(imported.tree["services"]) == ["app", "db"]
    assert "hunter2" not in str(plain(imported.tree)) + str(imported.notes)
