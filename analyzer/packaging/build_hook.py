"""Source tree -> what the wheel carries ready made: compiled templates and the rulebook.

Compiling eight templates and parsing eighty small YAML files at every start would take longer
than analysing a household, so a wheel holds the results. A source checkout and an editable
install have none and read the plain files. Not in the wheel itself.
"""

import pickle
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = "analyzer/_compiled"


class CompiledDataHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``analyzer/_compiled`` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a scratch folder and have the builder include it."""
        self.scratch: str | None = None
        if version == "editable":
            return
        self.scratch = tempfile.mkdtemp(prefix="k8sadvisor-")
        sys.path.insert(0, self.root)
        try:
            write_rules(Path(self.scratch) / "rulebook.pickle")
            write_templates(Path(self.scratch) / "templates")
        finally:
            sys.path.remove(self.root)
        build_data["force_include"][self.scratch] = COMPILED

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - the interface's signature
        """Remove the scratch folder."""
        if self.scratch is not None:
            shutil.rmtree(self.scratch)


def write_rules(target: Path) -> None:
    """Write the shipped rules, read and checked, as one value."""
    from analyzer.rulebook.loading import shipped_rulebook

    target.write_bytes(pickle.dumps(shipped_rulebook(), protocol=5))


def write_templates(target: Path) -> None:
    """Write every template as a Python module below ``target/<version of Jinja2>``.

    What Jinja2 generates is only good for the version that generated it, so the version is part
    of the path: with any other the folder is not found and the plain templates are read.
    """
    import jinja2

    from analyzer.reporting.environment import create_environment

    create_environment().compile_templates(
        str(target / jinja2.__version__), extensions=["j2"], zip=None, ignore_errors=False
    )
