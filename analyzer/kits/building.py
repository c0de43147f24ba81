"""Material and an option -> the kit."""

from collections.abc import Callable, Mapping

from analyzer.kits.incremental.kit import kit as incremental
from analyzer.kits.incremental.policies import POLICIES
from analyzer.kits.ledger_files import ledger_files
from analyzer.kits.material import Material
from analyzer.kits.model import File, Kit
from analyzer.kits.overview import overview
from analyzer.kits.parts import Parts
from analyzer.kits.podman.kit import kit as enhanced_podman
from analyzer.kits.testcluster.kit import kit as test_cluster
from analyzer.rulebook.model import Option

BUILDERS: Mapping[Option, Callable[[Material], Parts]] = {
    "incremental": incremental,
    "test-cluster": test_cluster,
    "enhanced-podman": enhanced_podman,
}
"""What makes the files of an option; a new kit is added here."""


def build(option: Option, material: Material) -> Kit:
    """Return the kit of an option, with its ledger and a page that says where to begin."""
    parts = BUILDERS[option](material)
    entries = tuple(sorted({entry for ledger in parts.ledgers for entry in ledger.entries()}))
    policies = POLICIES if option == "incremental" else ()
    notes = [*parts.notes, *material.assessment.inventory.unread]
    files = [
        *parts.files,
        *ledger_files(option, entries, parts.left_out, notes, policies),
    ]
    files.append(overview(option, material, files, entries, parts.left_out))
    return Kit(option, _by_path(files), entries, parts.left_out)


def _by_path(files: list[File]) -> dict[str, File]:
    found = {file.path: file for file in sorted(files)}
    folded = {path.casefold() for path in found}
    if len(found) < len(files) or len(folded) < len(found):
        message = "two files of a kit share a path"
        raise AssertionError(message)
    return found
