"""``python -m tests.documents [--check]``: the files that the program itself writes.

Without a flag they are written anew; with ``--check`` nothing is touched, and the exit code is 1
when one of them is not what the program would write today.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def documents() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each generated file, relative to the project, and the arguments that produce it."""
    yield "rules/README.md", ("rules", "docs")
    for inventory in sorted(ROOT.glob("examples/*/inventory.yaml")):
        shown = inventory.relative_to(ROOT)
        yield str(shown.with_name("report.md")), ("analyse", str(shown), "--format", "md")


RECORDED = {"ssh storage 'podman inspect $(podman ps -aq)' | ": "examples/running/storage.json"}
"""What a command on another machine printed when it was recorded."""


def produce(arguments: tuple[str, ...], given: bytes = b"") -> bytes:
    """Return what the command prints, run from the project's folder, given some input.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    argv = (sys.executable, "-m", "analyzer", *arguments)
    pipe = subprocess.PIPE
    return subprocess.run(argv, check=True, cwd=ROOT, stdout=pipe, stderr=pipe, input=given).stdout


TRANSCRIPT = re.compile(
    r"```console\n\$ (?P<before>.*\| )?k8sadvisor (?P<arguments>.*)\n(?:.*\n)*?```\n"
)


def with_transcripts(text: str) -> str:
    """Return a Markdown page with what every shown ``k8sadvisor`` command prints today."""

    def run(match: re.Match[str]) -> str:
        before, arguments = match["before"] or "", match["arguments"]
        given = (ROOT / RECORDED[before]).read_bytes() if before else b""
        output = produce(tuple(shlex.split(arguments)), given).decode()
        return f"```console\n$ {before}k8sadvisor {arguments}\n{output}```\n"

    return TRANSCRIPT.sub(run, text)


def stale() -> Iterator[tuple[Path, bytes]]:
    """Yield each file that is not current, and what it should hold."""
    readme = ROOT / "README.md"
    expected = with_transcripts(readme.read_text(encoding="utf-8")).encode()
    if readme.read_bytes() != expected:
        yield readme, expected
    for name, arguments in documents():
        path, expected = ROOT / name, produce(arguments)
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
