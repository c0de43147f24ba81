"""This checkout -> an installed wheel in a scratch environment, as a user would have it."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.measure import clean_environment

ROOT = Path(__file__).resolve().parents[2]


class Installed(NamedTuple):
    """Paths of the installed command and of the interpreter that runs it."""

    command: str
    python: str


def install(folder: Path) -> Installed:
    """Build the wheel, install it into a new environment below ``folder``, with bytecode.

    Raises:
        subprocess.CalledProcessError: the build or the installation failed.
    """
    build_wheel(folder / "wheel")
    environment = folder / "environment"
    _python(sys.executable, "-m", "venv", str(environment))
    python = str(environment / "bin" / "python")
    wheel = next((folder / "wheel").glob("*.whl"))
    _python(python, "-m", "pip", *_QUIET, "install", str(wheel))
    return Installed(str(environment / "bin" / "k8sadvisor"), python)


def build_wheel(folder: Path) -> Path:
    """Return the wheel of this checkout, built into ``folder`` with the tools at hand."""
    arguments = ("wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", str(folder))
    _python(sys.executable, "-m", "pip", *_QUIET, *arguments, str(ROOT))
    return next(folder.glob("*.whl"))


_QUIET = ("--quiet", "--disable-pip-version-check")


def _python(*argv: str) -> None:
    subprocess.run(argv, check=True, env=clean_environment())
