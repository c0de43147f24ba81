"""Mounts -> ties between services that share storage, and whether they must move together.

Two writers of a private folder or volume move together. A library on bulk storage stays visible
to both platforms through its path, so its users are tied, not grouped; so are a writer and its
readers. Of k users of one place at most k - 1 pairs are tied.
"""

from collections.abc import Iterator, Mapping, Set
from operator import itemgetter
from typing import NamedTuple

from analyzer.graph.clues import Tie
from analyzer.graph.model import Evidence
from analyzer.inventory.model import EdgeKind, Mount, Service, Source, Volume

PRIVATE = 90
LIBRARY = 50
READER = 50
_LIBRARY_FROM = 3
"""Users of one folder, of different stacks, from which on it is a library."""

_IGNORED = tuple(
    "/dev/ /sys/ /proc/ /run/ /var/run/ /tmp/ /etc/localtime/ /etc/timezone/ /etc/passwd/ "
    "/etc/group/ /etc/hosts/ /etc/resolv.conf/ /etc/machine-id/ /etc/os-release/ /etc/ssl/ "
    "/etc/ca-certificates/ /etc/pki/ /etc/nsswitch.conf/ /lib/modules/ /usr/ /boot/ "
    "/var/log/ /var/lib/docker/ /var/lib/containers/ /nix/store/".split()
)
_ROOTS = frozenset(
    "/ /etc/ /home/ /lib/ /mnt/ /media/ /opt/ /root/ /srv/ /var/ /var/lib/ /var/data/ /volume1/ "
    "/mnt/user/ /data/".split()
)
_LIBRARY_WORDS = frozenset(
    "media movies movie films tv series shows music audio audiobooks podcasts books ebooks comics "
    "manga photos pictures videos video downloads download torrents torrent usenet library "
    "libraries nas nfs smb".split()
)
_PRIVATE_WORDS = frozenset("appdata config configs conf docker containers".split())
_READ_AS_CONFIG = tuple(
    ".conf/ .cfg/ .ini/ .yml/ .yaml/ .json/ .toml/ .env/ .crt/ .pem/ .key/ .cert/ .xml/ .sh/ "
    ".properties/ .txt/ .template/ .acl/".split()
)
_CERTIFICATES = frozenset("certs cert certificates ssl tls acme letsencrypt".split())


_EVERYWHERE = ""
"""The place of storage that every host opens."""

_Mounted = tuple[str, Service, Mount]
"""A path that ends in a slash, or a volume's name; who mounts it; and how."""

_path = itemgetter(0)


class _Use(NamedTuple):
    """One service's use of one place; writers sort first."""

    only_reads: bool
    service: str
    source: Source
    path: str


class _Level(NamedTuple):
    """A folder with folders inside it, and who uses it."""

    path: str
    uses: list[_Use]
    users: frozenset[str]
    is_library: bool


def storage_ties(
    services: Mapping[str, Service],
    volumes: Mapping[str, Volume],
    dismissed: Set[tuple[str, str]] = frozenset(),
) -> list[Tie]:
    """Return the ties of services that share storage which at least one of them writes.

    ``dismissed`` are the pairs, both ways round, that the owner says are no dependencies.
    """
    spread = {name for name, volume in volumes.items() if volume.reach in ("shared", "replicated")}
    folders, named = _mounted(services, spread)
    ties: list[Tie] = []
    for key, found in folders.items():
        ties.extend(_folder_ties(found, dismissed, everywhere=key == _EVERYWHERE))
    for (key, name), found in named.items():
        if len(found) > 1:
            ties.extend(_volume_ties(found, name, dismissed, everywhere=key == _EVERYWHERE))
    return ties


def _mounted(
    services: Mapping[str, Service], spread: Set[str]
) -> tuple[dict[str, list[_Mounted]], dict[tuple[str, str], list[_Mounted]]]:
    """Return who mounts folders, by place, and who mounts each named volume of a place.

    ``spread`` are the volumes and folders that are the same on every host.
    """
    roots = tuple(sorted(name.rstrip("/") + "/" for name in spread if name.startswith("/")))
    folders: dict[str, list[_Mounted]] = {}
    named: dict[tuple[str, str], list[_Mounted]] = {}
    for service in services.values():
        if not service.mounts:
            continue
        place = f"host {service.host}"
        beside = "" if service.origin else service.source.file  # an import wrote whole paths
        for mount in service.mounts:
            if mount.kind == "bind":
                path = _folder(mount.source, beside)
                if path is not None:
                    key = _EVERYWHERE if roots and path.startswith(roots) else place
                    folders.setdefault(key, []).append((path, service, mount))
            elif mount.kind == "volume":
                key = _EVERYWHERE if mount.source in spread else place
                mounted = (mount.source, service, mount)
                named.setdefault((key, mount.source), []).append(mounted)
    return folders, named


def _volume_ties(
    found: list[_Mounted], name: str, dismissed: Set[tuple[str, str]], *, everywhere: bool
) -> Iterator[Tie]:
    """Yield the ties of the users of one named volume."""
    uses = _uses(found)
    several = len({_stem(use.service) for use in uses}) > 1
    library = everywhere or (several and not _LIBRARY_WORDS.isdisjoint(_words(name)))
    yield from _place_ties(uses, dismissed, library=library)


def _stem(name: str) -> str:
    """Return the part of a name that services of one stack share: ``paperless-worker``."""
    return name.replace("_", "-").replace(".", "-").partition("-")[0].lower()


def _words(path: str) -> set[str]:
    """Return the words of a path in lower case; not those of the file it is relative to."""
    path = path.rpartition("\0")[2]
    return set(path.lower().replace("-", "/").replace("_", "/").replace(".", "/").split("/"))


def _folder(path: str, file: str) -> str | None:
    """Return a host path in one spelling, ending in a slash; None when it holds no data."""
    if not path.startswith("/"):
        path = f"{file}\0/{path}"  # relative to its file, hence shared within that file only
        relative = True
    else:
        relative = False
    if "//" in path or "/." in path:
        path = _collapsed(path)
    if path[-1:] != "/":
        path += "/"
    if relative:
        return path
    if path in _ROOTS or path.startswith(_IGNORED) or path.endswith(".sock/"):
        return None
    return path


def _collapsed(path: str) -> str:
    """Return a path without empty, ``.`` and ``..`` parts."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return ("/" if path.startswith("/") else "") + "/".join(parts)


def _folder_ties(
    found: list[_Mounted], dismissed: Set[tuple[str, str]], *, everywhere: bool
) -> Iterator[Tie]:
    """Yield the ties within each folder, and between a folder and the one mounted above it."""
    found.sort(key=_path)
    above: list[_Level] = []
    for start, end in _runs(found):
        path = found[start][0]
        while above and not path.startswith(above[-1].path):
            above.pop()
        nested = end < len(found) and found[end][0].startswith(path)
        if not (nested or above or end - start > 1):
            continue
        library = everywhere or _is_library(path, found, start)
        here = _uses(found[start:end])
        if above:
            outer = above[-1]
            here = _hub_first(here, outer)
            ties = _nested_ties(outer, here, library=library or outer.is_library)
            yield from (tie for tie in ties if (tie.first, tie.second) not in dismissed)
        yield from _place_ties(here, dismissed, library=library)
        if nested:
            above.append(_Level(path, here, frozenset(use.service for use in here), library))


def _runs(found: list[_Mounted]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each stretch of one path."""
    start = 0
    for position in range(1, len(found) + 1):
        if position == len(found) or found[position][0] != found[start][0]:
            yield start, position
            start = position


def _is_library(path: str, found: list[_Mounted], start: int) -> bool:
    """Return whether a folder is bulk data that its users only happen to have in common."""
    parts = _words(path)
    if not _CERTIFICATES.isdisjoint(parts):
        return True
    stems: set[str] = set()
    for position in range(start, len(found)):
        if len(stems) >= _LIBRARY_FROM or not found[position][0].startswith(path):
            break
        stems.add(_stem(found[position][1].name))
    if len(stems) == 1 or len(stems) >= _LIBRARY_FROM:
        return len(stems) > 1
    if not _PRIVATE_WORDS.isdisjoint(parts):
        return False
    return path.startswith(("/mnt/", "/media/")) or not _LIBRARY_WORDS.isdisjoint(parts)


def _uses(found: list[_Mounted]) -> list[_Use]:
    """Return one use per service, writers first, then by name."""
    uses = []
    for path, service, mount in found:
        writes = not mount.read_only and not path.endswith(_READ_AS_CONFIG)
        uses.append(_Use(not writes, service.name, service.at(mount.line), path))
    by_service: dict[str, _Use] = {}
    for use in sorted(uses):
        by_service.setdefault(use.service, use)
    return list(by_service.values())


def _place_ties(
    uses: list[_Use], dismissed: Set[tuple[str, str]], *, library: bool
) -> Iterator[Tie]:
    """Yield a tie of every user of a place but the first with a writer before it."""
    for position, use in enumerate(uses[1:], 1):
        for earlier in uses[:position] if dismissed else uses[:1]:
            if earlier.only_reads:
                break
            if (earlier.service, use.service) not in dismissed:
                yield _tie(earlier, use, library=library)
                break


def _hub_first(uses: list[_Use], outer: _Level) -> list[_Use]:
    """Return the uses so that whoever has the folder above too becomes the centre of the ties."""
    return sorted(uses, key=lambda use: (use.only_reads, use.service not in outer.users, use))


def _nested_ties(outer: _Level, inner: list[_Use], *, library: bool) -> Iterator[Tie]:
    """Yield the tie between the users of a folder and those of one inside it."""
    if any(use.service in outer.users for use in inner):
        return  # tied at its own place already, through the one that has both
    first, second = outer.uses[0], inner[0]
    if not (first.only_reads and second.only_reads):
        yield _tie(first, second, library=library)


def _tie(one: _Use, other: _Use, *, library: bool) -> Tie:
    """Return the tie of two users of a place, at least one of which writes."""
    kind: EdgeKind = "soft"
    confidence, groups = READER, False
    path = max(one.path, other.path, key=len)
    where = path.rstrip("/")
    if "\0" in where:
        where = where.rpartition("\0")[2].lstrip("/")
    if one.only_reads or other.only_reads:
        text = f"one writes {where}, the other reads it"
    elif library:
        confidence, text = LIBRARY, f"both write the library {where}"
    else:
        kind, confidence, groups, text = "hard", PRIVATE, True, f"both write {where}"
    evidence = sorted(
        {Evidence("shared-writable-storage", text, use.source) for use in (one, other)}
    )
    first, second = sorted((one.service, other.service))
    return Tie(first, second, kind, confidence, tuple(evidence), groups)
