"""What is compared with what, from the arguments."""

import click
import pytest

from analyzer.commands.sides import Side, sides


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("old.yaml", "new.yaml", "main"):
        (tmp_path / name).write_text("")
    (tmp_path / "stacks").mkdir()


@pytest.mark.parametrize(
    ("arguments", "before", "after"),
    [
        (("old.yaml", "new.yaml"), Side(("old.yaml",)), Side(("new.yaml",))),
        (("stacks", "new.yaml"), Side(("stacks",)), Side(("new.yaml",))),
        (("-", "new.yaml"), Side(("-",)), Side(("new.yaml",))),
        (("a..b", "new.yaml"), Side(("new.yaml",), "a"), Side(("new.yaml",), "b")),
        (("a...b", "new.yaml"), Side(("new.yaml",), "a"), Side(("new.yaml",), "b")),
        (("a..", "new.yaml"), Side(("new.yaml",), "a"), Side(("new.yaml",), "HEAD")),
        (("..b", "x", "y"), Side(("x", "y"), "HEAD"), Side(("x", "y"), "b")),
        (("HEAD~3", "new.yaml"), Side(("new.yaml",), "HEAD~3"), Side(("new.yaml",))),
        (("v1", "x", "y"), Side(("x", "y"), "v1"), Side(("x", "y"))),
        (("v1:old.yaml", "new.yaml"), Side(("old.yaml",), "v1"), Side(("new.yaml",))),
        (("old.yaml", "v1:new.yaml"), Side(("old.yaml",)), Side(("new.yaml",), "v1")),
        (("main", "new.yaml"), Side(("main",)), Side(("new.yaml",))),
        (("gone.yaml", "new.yaml"), Side(("gone.yaml",)), Side(("new.yaml",))),
        (("../gone/x.json", "new.yaml"), Side(("../gone/x.json",)), Side(("new.yaml",))),
    ],
)
def test_sides(arguments, before, after):
    assert sides(arguments) == (before, after)


@pytest.mark.parametrize("arguments", [("old.yaml",), ("old.yaml", "new.yaml", "main")])
def test_too_few_or_too_many(arguments):
    with pytest.raises(click.UsageError, match="name two to compare"):
        sides(arguments)
