import pytest
from click.testing import CliRunner

from analyzer.cli import program
from analyzer.commands import importing
from analyzer.errors import DriftFound, InventoryError
from analyzer.intake import loading
from analyzer.intake.dumping import dump_new
from analyzer.intake.loading import Imported, Note
from analyzer.inventory.model import Source
from tests.unit.intake.test_dumping import as_tree

TREE = {
    "schema": "1",
    "hosts": {"nas": {}},
    "services": {"web": {"from": "compose.yaml:2", "host": "nas", "image": "nginx:1"}},
}
NOTES = (
    Note(Source("compose.yaml", 3, 5), "services.web.ini", "not understood", "no key of Compose"),
    Note(Source("compose.yaml", 4, 5), "services.web.init", "no bearing", "runs a small init"),
    Note(Source("compose.yaml", 5, 5), "services.web.ports", "broken", "no port; write 8080:80"),
)


@pytest.fixture(autouse=True)
def reads(tmp_path, monkeypatch):
    """What is imported, and with what; a test may put something else in its place."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(importing, "formats", lambda: ("compose", "nixos", "podman", "auto"))
    monkeypatch.setattr(importing, "checked_rulebook", list)
    calls = {"result": Imported(as_tree(TREE), ("compose.yaml",), NOTES)}

    def import_sources(form, paths, rulebook, options):
        calls.update(form=form, paths=paths, options=options, rulebook=rulebook)
        return calls["result"]

    monkeypatch.setattr(loading, "import_sources", import_sources)
    return calls


def run(*arguments, **extra):
    return CliRunner().invoke(program, ["import", *arguments], **extra)


def told(**services):
    return Imported(as_tree({"services": services}), ("compose.yaml",), ())


SUMMARY = """\
1 service on 1 host from 1 file
compose.yaml:3: services.web.ini: not understood: no key of Compose
compose.yaml:5: services.web.ports: broken: no port; write 8080:80
"""


def test_the_inventory_goes_to_stdout_and_what_is_not_in_it_to_stderr(reads):
    result = run("compose", "a.yaml", "b.yaml")
    assert (result.exit_code, result.stdout) == (0, dump_new(as_tree(TREE)))
    assert result.stderr == SUMMARY
    assert (reads["form"], reads["paths"]) == ("compose", ("a.yaml", "b.yaml"))
    assert run("compose", "-o", "-").stdout == result.stdout


def test_the_options_are_passed_on(reads):
    run("auto", "x", "--host", "nas", "--strict", "--allow-outside", "--rules", "r")
    assert reads["form"] is None
    assert reads["options"] == loading.Options(host="nas", strict=True, outside=True)
    assert reads["rulebook"] == ["r"]


@pytest.mark.parametrize(
    ("form", "paths"), [("compose", (".",)), ("auto", (".",)), ("podman", ("-",))]
)
def test_without_a_file_the_folder_is_read_or_what_is_piped_in(reads, form, paths):
    run(form)
    assert reads["paths"] == paths


def test_nobody_is_left_waiting_for_a_pipe_that_is_none(monkeypatch):
    monkeypatch.setattr(importing.sys, "stdin", None)
    with pytest.raises(importing.click.UsageError, match="pipe it in"):
        importing._default_paths("podman")


def test_a_new_file_is_written_and_the_next_step_is_told(tmp_path):
    result = run("compose", "-o", "new.yaml")
    assert (tmp_path / "new.yaml").read_text() == dump_new(as_tree(TREE))
    assert result.stdout == ""
    assert result.stderr == SUMMARY + (
        "wrote new.yaml; answer its questions under needs:, then:\n  k8sadvisor analyse new.yaml\n"
    )


def test_a_file_that_is_there_is_updated_and_its_owners_words_stay(tmp_path, reads):
    file = tmp_path / "inventory.yaml"
    run("compose", "-o", "inventory.yaml")
    mine = (
        file.read_text().replace("nginx:1", "nginx:1 # mine").replace("operators:", "operators: 1")
    )
    file.write_text(mine)
    assert run("compose", "-o", "inventory.yaml").stderr.endswith("inventory.yaml is up to date\n")
    assert file.read_text() == mine
    reads["result"] = told(
        web={"from": "compose.yaml:2", "host": "nas", "image": "nginx:2"}, db={"host": "nas"}
    )
    result = run("compose", "-o", "inventory.yaml")
    assert result.exit_code == 0
    assert "updated inventory.yaml (1 new, 1 changed); then:\n" in result.stderr
    assert "nginx:2 # mine" in file.read_text()


GONE = {
    "old": {"from": "compose.yaml:9"},
    "web": {"from": "compose.yaml:2", "depends_on": ["old"]},
    "hand": {"image": "x"},
    "far": {"from": "stdin:3"},
}


def test_what_is_not_simply_updated_is_told(tmp_path, reads):
    (tmp_path / "i.yaml").write_text(dump_new(as_tree({"services": GONE})))
    entry = {"from": "compose.yaml:2"}
    reads["result"] = told(web=entry, hand=entry, far=entry)
    result = run("compose", "-o", "i.yaml")
    assert result.stderr.splitlines()[-3:] == [
        "services.old: no longer in compose.yaml: kept with 'verified: false'; --prune removes it",
        "without 'from' left as the owner wrote them: hand",
        (
            "from another file, whose word still counts (to hand one over, write the new file's"
            " name at 'from'): far"
        ),
    ]
    assert "verified: false" in (tmp_path / "i.yaml").read_text()
    result = run("compose", "-o", "i.yaml", "--prune")
    assert "services.old: no longer in compose.yaml: removed" in result.stderr
    assert "services.web: depends_on names old, which was removed" in result.stderr
    assert "  old:" not in (tmp_path / "i.yaml").read_text()


def test_drift_is_printed_and_exits_with_10(tmp_path, reads):
    run("compose", "-o", "inventory.yaml")
    before = (tmp_path / "inventory.yaml").read_bytes()
    result = run("compose", "--check")
    assert (result.exit_code, result.stdout) == (0, "no drift\n")
    reads["result"] = told(web={"from": "compose.yaml:7", "host": "nas", "image": "nginx:2"})
    result = run("compose", "--check", "-o", "inventory.yaml")
    assert result.exit_code == DriftFound.exit_code == 10
    assert result.stdout == ("services.web: image changed: nginx:1 -> nginx:2 (compose.yaml:7)\n")
    assert result.stderr.endswith(
        "Drift: inventory.yaml: 1 difference; import with -o inventory.yaml to bring it up to date\n"
    )
    assert (tmp_path / "inventory.yaml").read_bytes() == before


def test_an_empty_inventory_has_drifted_from_everything(tmp_path):
    (tmp_path / "inventory.yaml").write_text("# soon\n")
    result = run("compose", "--check")
    assert result.exit_code == 10
    assert "services.web: found, but not listed (compose.yaml:2)" in result.stdout


def test_there_is_no_drift_from_nothing():
    result = run("compose", "--check")
    assert result.exit_code == InventoryError.exit_code
    assert "inventory.yaml: no such file; write one first: k8sadvisor import" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("compos",), 2, "'compos' is no format; did you mean 'compose'?"),
        (("compose", "--expression"), 2, "there is one for nixos only"),
        (("compose", "in.yaml", "-o", "in.yaml"), 5, "in.yaml: is read from; name another file"),
        (("compose", "-o", "no/such/file.yaml"), 5, "there is no folder no/such"),
        (("compose", "-o", "."), 5, "is a folder"),
        (("compose", "-o", "broken.yaml"), 3, "broken.yaml:2"),
        (("compose", "-o", "binary.yaml"), 3, "binary.yaml: binary"),
        (("compose", "--check", "-o", "."), 3, "is a folder"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(tmp_path, arguments, code, message):
    (tmp_path / "in.yaml").write_text("services: {}\n")
    (tmp_path / "broken.yaml").write_text("a: [\n")
    (tmp_path / "binary.yaml").write_bytes(b"\0\0")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert (tmp_path / "broken.yaml").read_text() == "a: [\n"


def test_only_the_first_lines_are_shown_unless_all_are_asked_for(reads):
    notes = tuple(Note(Source("f", n, 1), "a", "broken", "b") for n in range(1, 31))
    reads["result"] = Imported(as_tree(TREE), ("f",), (*notes, NOTES[1]))
    lines = run("compose").stderr.splitlines()
    assert len(lines) == 22
    assert lines[-1] == "and 10 more; --keys lists all"
    lines = run("compose", "--keys").stderr.splitlines()
    assert len(lines) == 32
    assert lines[-1] == "compose.yaml:4: services.web.init: no bearing: runs a small init"


def test_what_a_file_says_cannot_steer_the_terminal(reads):
    note = Note(Source("f\x1b[2J", 1, 1), "a\x07", "broken", "b")
    reads["result"] = Imported(as_tree(TREE), ("f",), (note,))
    assert "\x1b" not in run("compose").stderr


def test_the_shell_completes_formats():
    assert importing.complete_format(None, None, "po") == ["podman"]


def test_the_help_names_every_format():
    from analyzer.importers import IMPORTERS  # noqa: PLC0415 - the real ones

    text = importing.command.help
    assert all(name in text for name in (*IMPORTERS, "auto"))
    assert all(name in text for name in importing.PIPED)


def test_the_nix_expression_is_printed():
    result = run("nixos", "--expression")
    assert result.exit_code == 0
    assert "nixosConfigurations" in result.stdout or "config" in result.stdout
