"""A report that is kept current, in a world whose time passes when the test says so."""

from pathlib import Path

import pytest

from analyzer.commands.run import Request
from analyzer.commands.watching import World, watch

ESTATE = "name: NAME\nhosts: {a: {}}\nservices: {x: {host: a, image: 'nginx:1'}}\n"


class EndedError(Exception):
    pass


class Script:
    """Does the next thing each time the watch sleeps; ends when there is nothing left to do."""

    def __init__(self, *steps):
        self.steps, self.said = list(steps), []

    def sleep(self, _):
        if not self.steps:
            raise EndedError
        step = self.steps.pop(0)
        if step is not None:
            step()

    def world(self):
        return World(self.sleep, self.said.append)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write("one")()


def write(name, file="inventory.yaml"):
    return lambda: Path(file).write_text(ESTATE.replace("NAME", name))


def request(**changes):
    found = Request(
        paths=("inventory.yaml",), target="report.md", form="md", profile="homelab", weights=(),
        what_if=(), host=None, outside=False, folders=(), previous=None, baseline=None, fail_on=(),
        effort="normal", today="", check=False,
    )  # fmt: skip
    return found._replace(**changes)


def run(*steps, **changes):
    script = Script(*steps)
    with pytest.raises(EndedError):
        watch(request(**changes), script.world())
    return script.said


def title(file="report.md"):
    return Path(file).read_text().partition(":")[0]


def test_the_first_report_is_written_at_once():
    assert run() == []
    assert title() == "# one"


def test_a_change_is_written_once_it_has_settled():
    seen = []
    said = run(write("a longer name"), lambda: seen.append(title()), None, None)
    assert seen == ["# one"]
    assert title() == "# a longer name"
    assert said == ["changed: inventory.yaml"]


def test_a_file_that_is_replaced_is_a_change():
    def replace():
        write("replaced", "other")()
        Path("other").rename("inventory.yaml")

    run(replace, None, None)
    assert title() == "# replaced"


def test_bad_input_is_told_and_the_last_good_report_stays():
    said = run(lambda: Path("inventory.yaml").write_text("hosts: ["), None, None)
    assert title() == "# one"
    assert any("Error: inventory.yaml:" in line for line in said)


def test_a_file_that_is_gone_for_a_moment():
    run(lambda: Path("inventory.yaml").unlink(), None, write("back again"), None, None)
    assert title() == "# back again"


def test_an_unchanged_report_is_not_touched():
    stamps = []

    def comment():
        stamps.append(Path("report.md").stat().st_ino)
        Path("inventory.yaml").write_text(Path("inventory.yaml").read_text() + "# a comment\n")

    run(comment, None, None)
    assert Path("report.md").stat().st_ino == stamps[0]


def test_a_new_stack_in_a_folder_is_seen():
    Path("stacks/a").mkdir(parents=True)
    Path("stacks/a/compose.yaml").write_text("services: {a: {image: n}}\n")

    def add():
        Path("stacks/b").mkdir()
        Path("stacks/b/compose.yaml").write_text("services: {added: {image: n}}\n")

    run(add, None, None, paths=("stacks",), host="nas")
    assert "added" in Path("report.md").read_text()
