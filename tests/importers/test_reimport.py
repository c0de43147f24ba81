"""Two stacks of Compose, imported again and again while both they and the inventory change."""

import pytest
from click.testing import CliRunner

from analyzer.cli import program
from analyzer.intake.drift import compare
from analyzer.intake.dumping import dump_new
from analyzer.intake.loading import Options, import_sources
from analyzer.intake.updating import update
from analyzer.inventory.loading import assemble
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.installed import ROOT
from tests.unit.intake.test_dumping import read

MEDIA = """\
services:
  jellyfin:
    image: jellyfin/jellyfin:10.10
    ports: ["8096:8096"]
    volumes: ["./config:/config", "/srv/media:/media:ro"]
  db:
    image: postgres:16
    environment: {POSTGRES_PASSWORD: canary-41c, POSTGRES_USER: app}
  app:
    image: ghcr.io/example/app:1
    environment: {DB_HOST: db, TOKEN: canary-9d2}
"""
IMAGE = "jellyfin/jellyfin:10.1"
PAPER = """\
services:
  paperless:
    image: ghcr.io/paperless-ngx/paperless-ngx:2.14
    depends_on: [db]
  db:
    image: postgres:17
"""


@pytest.fixture
def estate(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for stack, text in (("media", MEDIA), ("paper", PAPER)):
        (tmp_path / stack).mkdir()
        (tmp_path / stack / "compose.yaml").write_text(text)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(program, arguments)


def imported(*arguments):
    result = run("import", "compose", *(arguments or (".",)), "-o", "inventory.yaml")
    assert result.exit_code == 0, result.stderr
    return result.stderr


def change(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def drift(*arguments):
    result = run("import", "compose", *(arguments or (".",)), "--check")
    assert result.exit_code == (0 if result.stdout == "no drift\n" else 10), result.stderr
    return result.stdout.splitlines()


def test_what_was_imported_is_valid_holds_no_value_and_has_not_drifted(estate):
    imported()
    text = (estate / "inventory.yaml").read_text()
    assert "canary" not in text
    assert run("validate", "inventory.yaml").exit_code == 0
    assert drift() == ["no drift"]
    assert imported().endswith("inventory.yaml is up to date\n")
    assert (estate / "inventory.yaml").read_text() == text


def test_the_printed_inventory_is_the_written_one(estate):
    imported()
    assert run("import", "compose", ".").stdout == (estate / "inventory.yaml").read_text()


def test_the_owner_may_fill_in_rename_the_host_reorder_and_comment(estate):
    imported()
    file = estate / "inventory.yaml"
    change(file, "  server:\n", "  nas:  # in the cellar\n")
    change(file, "host: server", "host: nas")
    change(file, "operators: ", "operators: 2 ")
    change(file, '["8096:8096"]', "[ 8096:8096 ] # the front door")
    change(file, "    image: postgres:17\n", "    backup: true\n    image: 'postgres:17'\n")
    mine = file.read_text()
    assert drift() == ["no drift"]
    imported()
    assert file.read_text() == mine


def test_what_changes_in_the_sources_is_drift_until_it_is_imported(estate):
    imported()
    change(estate / "media/compose.yaml", "jellyfin:10.10", "jellyfin:10.11")
    change(estate / "media/compose.yaml", "  app:\n", "  web:\n")
    change(estate / "paper/compose.yaml", "services:", "# moved down\nservices:")
    assert drift() == [
        "services.app: listed, but gone from its source (media/compose.yaml)",
        f"services.jellyfin: image changed: {IMAGE}0 -> {IMAGE}1 (media/compose.yaml:2)",
        "services.web: found, but not listed (media/compose.yaml:9)",
    ]
    assert "services.app: no longer in media/compose.yaml: kept" in imported()
    assert drift() == ["no drift"]
    text = (estate / "inventory.yaml").read_text()
    assert "paper/compose.yaml:3" in text  # places are brought up to date too
    assert text.count("verified: false # set by import") == 1
    change(estate / "media/compose.yaml", "  web:\n", "  app:\n")
    assert len(drift()) == 2
    imported()
    text = (estate / "inventory.yaml").read_text()
    assert text.count("verified: false") == 1
    assert text.count("  web:\n") == text.count("  app:\n") == 1


def test_a_service_keeps_its_name_when_another_stack_joins(estate):
    imported("paper")
    assert "\n  db:\n" in (estate / "inventory.yaml").read_text()
    found = drift("media", "paper")
    assert "services.media-db: found, but not listed (media/compose.yaml:6)" in found
    assert not [line for line in found if "gone" in line]
    imported("media", "paper")
    text = (estate / "inventory.yaml").read_text()
    assert "\n  db:\n" in text
    assert "\n  paper-db:\n" not in text
    assert "depends_on: [db]" in text
    assert drift("media", "paper") == ["no drift"]
    assert run("validate", "inventory.yaml").exit_code == 0


def test_one_stack_on_two_hosts_is_two_sets_of_services(estate):
    imported("paper", "--host", "nas")
    first = (estate / "inventory.yaml").read_text()
    imported("paper", "--host", "cloud")
    both = (estate / "inventory.yaml").read_text()
    assert both.count("host: nas") == both.count("host: cloud") == 2
    assert run("validate", "inventory.yaml").exit_code == 0
    for host in ("nas", "cloud"):
        imported("paper", "--host", host)
        assert drift("paper", "--host", host) == ["no drift"]
    assert (estate / "inventory.yaml").read_text() == both
    assert first.splitlines()[0] in both


def test_pruning_leaves_an_inventory_that_is_valid_or_says_why_not(estate):
    imported()
    change(estate / "paper/compose.yaml", "  db:\n    image: postgres:17\n", "")
    change(estate / "paper/compose.yaml", "    depends_on: [db]\n", "")
    told = imported(".", "--prune")
    assert "services.paper-db: no longer in paper/compose.yaml: removed" in told
    assert "services.paperless: depends_on names paper-db, which was removed" in told
    assert "\n  paper-db:\n" not in (estate / "inventory.yaml").read_text()


@pytest.mark.usefixtures("estate")
def test_an_inventory_is_no_source_of_itself():
    for _ in range(2):
        assert run("import", "auto", ".", "-o", "inventory.yaml").exit_code == 0
    assert run("import", "auto", "--check").stdout == "no drift\n"
    result = run("import", "auto", "inventory.yaml")
    assert result.exit_code == 3
    assert "it is an inventory already" in result.stderr


SAMPLES = [
    path
    for path in sorted((ROOT / "tests" / "importers").glob("*/*"))
    if path.suffix not in (".nix", ".pyc") and not path.name.startswith(("_", "."))
]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_sample_is_written_valid_and_without_drift_from_itself(path):
    imported = import_sources(None, [str(path)], load_rulebook(), Options())
    text = dump_new(imported.tree)
    tree = read(text)
    assert compare(tree, imported.tree, imported.files) == ()
    assert update(text.encode(), "i", imported.tree, imported.files).text == text
    assert assemble([("i", tree)], (), ("i",)).services.keys() == set(
        imported.tree.get("services", ())
    )
