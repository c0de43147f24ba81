"""Files -> projects: which of them belong together, and how a project is called.

Source: https://github.com/compose-spec/compose-spec/blob/main/03-compose-file.md and
https://docs.docker.com/compose/how-tos/project-name/
"""

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analyzer.files import STDIN, Document, FileError
from analyzer.importers.compose.loading import Loader
from analyzer.tree import Map

_BASES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
"""In the order in which Compose looks for them."""
_PODMAN = ("container-compose.yml", "container-compose.yaml", "podman-compose.yml")
STANDARD = (*_BASES, *_PODMAN, "podman-compose.yaml")
_OVERRIDE = re.compile(r"(?:docker-|container-|podman-)?compose\.override\.ya?ml")
_VARIANT = re.compile(r"(?:docker-|container-|podman-)?compose[.\-_][\w.\-]{1,100}\.ya?ml")
_YAML = re.compile(r"\.ya?ml$")
_SERVICES = re.compile(rb"^services[ \t]*:[ \t]*(?:[#{][^\n]*)?\r?$", re.MULTILINE)
_IMAGE = re.compile(rb"[ \t{,](?:image|build|extends)[ \t]*:")
_OTHERS = re.compile(
    rb"^(?:apiVersion|kind|hosts|jobs|stages|needs|waivers|schema|unread)[ \t]*:", re.MULTILINE
)
_NOT_NORMAL = re.compile(r"[^-_a-z0-9]")


MAX_LISTED = 100


class Group(NamedTuple):
    """Files of one project, in the order in which they are merged, and files left out."""

    folder: str
    documents: tuple[Document, ...]
    left_out: tuple[tuple[Document, str], ...] = ()


def recognises(name: str, head: bytes) -> bool:
    """Return whether a file is a Compose file: by its name, or by services with images."""
    base = name.replace("\\", "/").rpartition("/")[2].lower()
    if base in STANDARD or _OVERRIDE.fullmatch(base):
        return True
    if not _YAML.search(base) and name not in (STDIN, "stdin"):
        return False
    if _OTHERS.search(head):
        return False
    return bool(_SERVICES.search(head) and (_VARIANT.fullmatch(base) or _IMAGE.search(head)))


def base_name(document: Document) -> str:
    """Return a file's own name, in lower case."""
    return posixpath.basename(document.path).lower()


def groups(documents: Sequence[Document], loader: Loader) -> list[Group]:
    """Return the files by project, the folders in order of name."""
    by_folder: dict[str, list[Document]] = {}
    for document in documents:
        folder = "" if document.path in ("", STDIN) else posixpath.dirname(document.path)
        by_folder.setdefault(folder, []).append(document)
    return [
        _listed(folder, found, loader) or _group(folder, found, loader)
        for folder, found in sorted(by_folder.items())
    ]


def _listed(folder: str, documents: list[Document], loader: Loader) -> Group | None:
    """Return the files that the folder's ``.env`` lists; None when it lists none of those given.

    Source: https://docs.docker.com/compose/how-tos/environment-variables/envvars/#compose_file
    """
    if not folder:
        return None
    place = loader.place(folder, documents[0], None)
    values = place.variables.values
    written = values.get("COMPOSE_FILE", "")
    names = [name for name in written.split(values.get("COMPOSE_PATH_SEPARATOR") or ":") if name]
    try:
        found = tuple(loader.open(place, name) for name in names[:MAX_LISTED])
    except FileError:
        return None
    if not found or found[0] not in documents:
        return None
    why = "not listed in COMPOSE_FILE of .env"
    return Group(folder, found, tuple((one, why) for one in documents if one not in found))


def _group(folder: str, documents: list[Document], loader: Loader) -> Group:
    """Return the files of one folder: the standard one first, overrides last, others between."""
    bases = [document for document in documents if base_name(document) in STANDARD]
    if not bases:
        overrides = [one for one in documents if _OVERRIDE.fullmatch(base_name(one))]
        others = [one for one in documents if one not in overrides]
        return Group(folder, (*others, *overrides))
    base = min(bases, key=lambda document: STANDARD.index(base_name(document)))
    chosen, overrides, left_out = [base], [], []
    after = False
    for document in documents:
        if document is base:
            after = True
        elif _OVERRIDE.fullmatch(base_name(document)):
            overrides.append(document)
        elif document in bases:
            left_out.append((document, f"Compose reads {base_name(base)} in its folder"))
        elif after and _stands(document, base, loader):
            chosen.append(document)
        else:
            left_out.append((document, "not read by Compose beside " + base_name(base)))
    return Group(folder, (*chosen, *overrides), tuple(left_out))


def _stands(document: Document, base: Document, loader: Loader) -> bool:
    """Return whether a file can be on top of another: it changes a service, or brings whole ones.

    A folder is read in order of name, so that ``docker-compose.dev.yml`` comes before its base:
    files that somebody gave to be merged come after it.
    """
    services = _services(document, loader)
    return not _services(base, loader).keys().isdisjoint(services) or all(
        type(service) is Map and not {"image", "build", "extends"}.isdisjoint(service)
        for service in services.values()
    )


def _services(document: Document, loader: Loader) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for root in loader.roots(document):
        services = root.get("services")
        found.update(services if type(services) is Map else {})
    return found


def normal_name(name: str) -> str:
    """Return a name as Compose makes it: lower case letters, digits, ``-`` and ``_``."""
    return _NOT_NORMAL.sub("", name.lower()).lstrip("-_")


def project_name(tree: Map, folder: str, variables: Mapping[str, str]) -> str:
    """Return the name of a project: as set outside, as written, or as its folder."""
    written = tree.get("name")
    for name in (variables.get("COMPOSE_PROJECT_NAME"), written, posixpath.basename(folder)):
        if isinstance(name, str) and normal_name(name):
            return normal_name(name)
    return "default"
