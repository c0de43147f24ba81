"""``python -m tests.documents [--check]``: the files that the program itself writes.

Without a flag they are written anew; with ``--check`` nothing is touched, and the exit code is 1
when one of them is not what the program would write today.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.history import build

ROOT = Path(__file__).resolve().parents[1]


def documents() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each generated file, relative to the project, and the arguments that produce it."""
    yield "rules/README.md", ("rules", "docs")
    for inventory in sorted(ROOT.glob("examples/*/inventory.yaml")):
        shown = inventory.relative_to(ROOT)
        yield str(shown.with_name("report.md")), ("analyse", str(shown), "--format", "md")
    home = "examples/home/inventory.yaml"
    yield "examples/home/decision.md", ("analyse", home, "--format", "adr")
    tried = ("--set", "needs.planned_hosts=2..5", "--set", "needs.failover=none,wanted,required")
    tried = (*tried, "--set", "needs.shared_storage=replicated")
    for form in ("svg", "md"):
        yield f"examples/home/what-if.{form}", ("what-if", home, *tried, "--format", form)


HISTORY = "examples/home/history"


def history() -> Iterator[tuple[str, bytes]]:
    """Yield the files about the home example's history, and what they should hold."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        for name, form in (("report.md", "md"), ("chart.svg", "svg")):
            argv = (
                sys.executable,
                "-m",
                "analyzer",
                "history",
                "inventory.yaml",
                "--format",
                form,
            )
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            done = subprocess.run(
                argv, check=True, cwd=folder, stdout=subprocess.PIPE, env=environment
            )
            yield f"{HISTORY}/{name}", done.stdout


TRANSCRIPT = re.compile(r"```console\n\$ (?P<line>.*k8sadvisor .*)\n(?:.*\n)*?```\n")
SHELL = """
k8sadvisor() { "$PYTHON" -m analyzer "$@" 2>/dev/null; }
ssh() { cat "examples/running/$1.json"; }
"""
"""What a shown line runs in: this checkout's program, and what other machines once answered."""


def produce(arguments: tuple[str, ...]) -> bytes:
    """Return what the command prints, run from the project's folder.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    argv = (sys.executable, "-m", "analyzer", *arguments)
    return subprocess.run(argv, check=True, cwd=ROOT, stdout=subprocess.PIPE).stdout


def shell(line: str) -> str:
    """Return what a shown line prints on standard output.

    Raises:
        subprocess.CalledProcessError: it printed nothing, or failed.
    """
    argv = ("bash", "-c", SHELL + line)
    environment = {**os.environ, "PYTHON": sys.executable}
    done = subprocess.run(argv, check=True, cwd=ROOT, stdout=subprocess.PIPE, env=environment)
    if not done.stdout:
        raise subprocess.CalledProcessError(1, argv)
    return done.stdout.decode()


def with_transcripts(text: str) -> str:
    """Return a Markdown page with what every shown ``k8sadvisor`` command prints today."""

    def run(match: re.Match[str]) -> str:
        return f"```console\n$ {match['line']}\n{shell(match['line'])}```\n"

    return TRANSCRIPT.sub(run, text)


def stale() -> Iterator[tuple[Path, bytes]]:
    """Yield each file that is not current, and what it should hold."""
    readme = ROOT / "README.md"
    expected = with_transcripts(readme.read_text(encoding="utf-8")).encode()
    if readme.read_bytes() != expected:
        yield readme, expected
    produced = ((name, produce(arguments)) for name, arguments in documents())
    for name, expected in (*produced, *history()):
        path = ROOT / name
        if not path.is_file() or path.read_bytes() != expected:
            yield path, expected


def main(arguments: list[str]) -> int:
    """Write what is stale, or with ``--check`` only name it."""
    check = arguments == ["--check"]
    found = 0
    for path, expected in stale():
        found += 1
        if not check:
            path.write_bytes(expected)
        name = path.relative_to(ROOT)
        sys.stdout.write(f"{name}: stale; run 'make docs'\n" if check else f"{name}: written\n")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
