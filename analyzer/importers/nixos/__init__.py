"""NixOS: what ``nix eval --json`` prints of a configuration -> one draft for each host.

Two forms are read: the containers alone (``config.virtualisation.oci-containers.containers``), and
what the shipped expression `expression` makes of a whole configuration, which also knows native
services, the order of units, the firewall, backups and the names of secrets.

Source: https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/virtualisation/oci-containers.nix
"""

import re
from collections.abc import Sequence
from pathlib import Path

from analyzer.errors import InventoryError, Problem
from analyzer.files import Document, Files
from analyzer.importers.nixos import estate
from analyzer.inventory.draft import Draft, Remark
from analyzer.jsonfile import JsonError, parse
from analyzer.tree import Map, pack

_MARKER = re.compile(rb'"k8sadvisor"[ \t\r\n]*:[ \t\r\n]*1\b')
_OPTIONS = (b'"autoStart"', b'"extraOptions"', b'"environmentFiles"', b'"dependsOn"')
_REMEDY = (
    "give the output of: nix eval --json"
    " .#nixosConfigurations.HOST.config.virtualisation.oci-containers.containers"
)


def expression() -> str:
    """Return the Nix function that a configuration is given to with ``--apply``."""
    return Path(__file__).with_name("estate.nix").read_text(encoding="utf-8")


def recognises(name: str, head: bytes) -> bool:
    """Return whether a file is the output of one of the two evaluations."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begins.startswith(b"{") or name.endswith((".yaml", ".yml")):
        return False
    return _MARKER.search(begins) is not None or all(option in begins for option in _OPTIONS)


def read(
    documents: Sequence[Document],
    files: Files,  # noqa: ARG001 - an evaluation names no file that is to be read
    host: str | None,
) -> tuple[Draft, ...]:
    """Return one draft for each file; a host that a file names wins over ``host``.

    Raises:
        InventoryError: none of the files is such an output.
    """
    drafts = []
    problems = []
    for document in documents:
        try:
            tree = parse(document.data, document.name, document.number)
        except JsonError as error:
            problems.append(error.problem)
            continue
        if type(tree) is not Map:
            what = "no mapping from names to containers"
            problems.append(Problem(document.name, 1, 1, "", what, _REMEDY))
            continue
        drafts.append(estate.draft(tree, host))
    if not drafts:
        raise InventoryError(problems)
    numbers = {document.name: document.number for document in documents}
    broken = [_remark(problem, numbers[problem.file]) for problem in problems]
    return (*drafts, *((Draft(Map(), remarks=tuple(broken)),) if broken else ()))


def _remark(problem: Problem, number: int) -> Remark:
    """Return what is wrong with a whole file as a remark, where other files are in order."""
    mark = pack(problem.line or 1, problem.column or 1, number)
    return Remark(mark, "", "broken", f"{problem.what}; {problem.remedy}")
