"""``python -m tests.history DIR``: the history of the home example, as a git repository in DIR.

The same commits on every machine: dates, names and contents are fixed.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).resolve().parents[1] / "examples" / "home"
WHO = {"NAME": "owner", "EMAIL": "owner@example.org"}


class Texts(yaml.SafeLoader):
    """Every scalar is the text that stands there."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


def load(text: str) -> Any:
    """Return a document whose scalars are all text."""
    return yaml.load(text, Loader=Texts)  # noqa: S506 - texts only


def steps() -> list[dict[str, Any]]:
    """Return the steps of the history, oldest first."""
    found: list[dict[str, Any]] = load((HOME / "history" / "steps.yaml").read_text("utf-8"))[
        "steps"
    ]
    return found


def commit(folder: Path, subject: str, date: str) -> None:
    """Commit the inventory as it is in a folder."""
    _git(folder, "add", "inventory.yaml")
    _git(folder, "commit", "--quiet", "--no-verify", "-m", subject, date=date)


def build(folder: Path) -> None:
    """Write a repository with a commit for each step into a folder."""
    history = load((HOME / "history" / "steps.yaml").read_text(encoding="utf-8"))
    estate = load((HOME / "inventory.yaml").read_text(encoding="utf-8"))
    _change(estate, history["start"])
    _git(folder, "init", "--quiet", "--initial-branch=main", ".")
    for step in history["steps"]:
        _change(estate, step["set"] or {})
        text = f"# as of {step['date']}\n" + yaml.safe_dump(estate, sort_keys=False, width=100)
        (folder / "inventory.yaml").write_text(text, encoding="utf-8")
        commit(folder, step["subject"], step["date"])


def _change(estate: dict[str, Any], changes: dict[str, str]) -> None:
    """Set keys of the estate; an empty value takes the key away."""
    for key, written in changes.items():
        *path, last = key.split(".")
        place = estate
        for part in path:
            place = place[part]
        if written:
            place[last] = load(written)
        else:
            del place[last]


def _git(folder: Path, *arguments: str, date: str = "2025-01-01") -> None:
    who = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in {**WHO, "DATE": f"{date}T12:00:00+0000"}.items()
    }
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **who,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    settings = ("-c", "commit.gpgSign=false", "-c", "core.autocrlf=false")
    argv = ("git", *settings, *arguments)
    subprocess.run(argv, check=True, cwd=folder, env=environment)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
