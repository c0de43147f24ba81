"""The program as a process of its own: what it imports, and what it does when a pipe breaks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
ESTATE = "hosts: {box: {memory: 8GiB}}\nservices: {web: {host: box, image: nginx}}\n"


@pytest.fixture(autouse=True)
def estate(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inventory.yaml").write_text(ESTATE)


def test_help_and_validate_do_without_the_heavy_libraries():
    script = (
        "import sys; from analyzer.cli import program\n"
        "program.main(sys.argv[1:], standalone_mode=False)\n"
        "sys.stderr.write(' '.join({'networkx', 'jinja2'} & set(sys.modules)))"
    )
    for arguments in (["--help"], ["validate", "inventory.yaml"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            capture_output=True,
            check=True,
            text=True,
            env=ENVIRONMENT,
        )
        assert done.stderr == ""


def test_a_full_disk_is_5():
    with Path("/dev/full").open("w", buffering=1) as full:
        done = subprocess.run(
            [sys.executable, "-m", "analyzer", "analyse", "inventory.yaml"],
            stdout=full.fileno(),
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=ENVIRONMENT,
        )
    assert done.returncode == 5
    assert done.stderr == "Error: standard output: cannot write: No space left on device\n"


def test_a_reader_that_stops_reading_is_no_error_message():
    shell = f"{sys.executable} -m analyzer analyse inventory.yaml | head -c 1"
    done = subprocess.run(
        ["/bin/sh", "-c", shell],
        capture_output=True,
        check=True,
        env=ENVIRONMENT,
    )
    assert done.stdout == b"#"
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("analyse inventory.yaml >&-", 5),
        ("analyse inventory.yaml 2>&- >/dev/null", 0),
        ("analyse gone.yaml 2>&-", 3),
        ("analyse gone.yaml 2>/dev/full", 3),
        ("--help >/dev/full", 5),
        ("analyse - <&-", 3),
    ],
)
def test_streams_that_are_closed_or_full_do_not_change_the_code(command, code):
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m analyzer {command}"],
        capture_output=True,
        check=False,
        env=ENVIRONMENT,
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
