"""Mounts -> ties between services that share storage, and whether they must move together.

Two writers of a private folder or volume move together. A library on bulk storage stays visible
to both platforms through its path, so its users are tied, not grouped; so are a writer and its
readers. Of k users of one place at most k - 1 pairs are tied.
"""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from analyzer.graph.clues import Tie
from analyzer.graph.model import Evidence
from analyzer.inventory.model import EdgeKind, Mount, Service, Source, Volume

PRIVATE = 90
LIBRARY = 70
READER = 60
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


class _Use(NamedTuple):
    """One service's use of one place. ``path`` ends in a slash, ``stem`` names its stack."""

    path: str
    service: str
    writes: bool
    source: Source
    stem: str


def storage_ties(
    services: Mapping[str, Service],
    volumes: Mapping[str, Volume],
    dismissed: Set[tuple[str, str]] = frozenset(),
) -> list[Tie]:
    """Return the ties of services that share storage which at least one of them writes.

    ``dismissed`` are the pairs, both ways round, that the owner says are no dependencies.
    """
    shared = tuple(
        sorted(
            name.rstrip("/") + "/"
            for name, volume in volumes.items()
            if name.startswith("/") and volume.reach in ("shared", "replicated")
        )
    )
    folders: dict[str, list[_Use]] = {}
    named: dict[tuple[str, str], list[_Use]] = {}
    for service in services.values():
        for mount in service.mounts:
            if mount.kind == "bind":
                path = _folder(mount.source, service.source.file)
                if path is not None:
                    everywhere = bool(shared) and path.startswith(shared)
                    place = "" if everywhere else f"host {service.host}"
                    folders.setdefault(place, []).append(_use(service, mount, path))
            elif mount.kind == "volume" and mount.source:
                place = _volume_place(service, volumes.get(mount.source))
                use = _use(service, mount, mount.source)
                named.setdefault((place, mount.source), []).append(use)
    ties: list[Tie] = []
    for place, uses in folders.items():
        ties.extend(_folder_ties(uses, dismissed, everywhere=not place))
    for (place, name), uses in named.items():
        ties.extend(_volume_ties(uses, name, dismissed, everywhere=not place))
    return ties


def _volume_place(service: Service, volume: Volume | None) -> str:
    """Return where a named volume is one and the same: on a host, or everywhere (empty)."""
    if volume is not None and volume.reach in ("shared", "replicated"):
        return ""
    return f"host {service.host}"


def _volume_ties(
    uses: list[_Use], name: str, dismissed: Set[tuple[str, str]], *, everywhere: bool
) -> Iterator[Tie]:
    """Yield the ties of the users of one named volume."""
    if len(uses) > 1:
        several = len({use.stem for use in uses}) > 1
        library = everywhere or (several and not _LIBRARY_WORDS.isdisjoint(_words(name)))
        yield from _place_ties(_merged(uses), dismissed, library=library)


def _use(service: Service, mount: Mount, path: str) -> _Use:
    line = mount.line
    source = Source(service.source.file, line, 0) if line else service.source
    writes = not mount.read_only and not path.endswith(_READ_AS_CONFIG)
    return _Use(path, service.name, writes, source, _stem(service.name))


def _stem(name: str) -> str:
    """Return the part of a name that services of one stack share: ``paperless-worker``."""
    return name.replace("_", "-").replace(".", "-").partition("-")[0].lower()


def _words(path: str) -> set[str]:
    """Return the words of a path in lower case."""
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
    uses: list[_Use], dismissed: Set[tuple[str, str]], *, everywhere: bool
) -> Iterator[Tie]:
    """Yield the ties within each folder, and between a folder and the one mounted above it."""
    uses.sort()
    above: list[tuple[str, list[_Use], bool]] = []
    position, total = 0, len(uses)
    while position < total:
        path = uses[position].path
        end = position + 1
        while end < total and uses[end].path == path:
            end += 1
        while above and not path.startswith(above[-1][0]):
            above.pop()
        nested = end < total and uses[end].path.startswith(path)
        if nested or above or end - position > 1:
            library = everywhere or _is_library(path, uses, position)
            here = _merged(uses[position:end])
            yield from _place_ties(here, dismissed, library=library)
            if above:
                outer, outer_library = above[-1][1:]
                ties = _nested_ties(outer, here, library=library or outer_library)
                yield from (tie for tie in ties if (tie.first, tie.second) not in dismissed)
            if nested:
                above.append((path, here, library))
        position = end


def _is_library(path: str, uses: list[_Use], start: int) -> bool:
    """Return whether a folder is bulk data that its users only happen to have in common."""
    parts = _words(path)
    if not _CERTIFICATES.isdisjoint(parts):
        return True
    stems: set[str] = set()
    for position in range(start, len(uses)):
        if len(stems) >= _LIBRARY_FROM or not uses[position].path.startswith(path):
            break
        stems.add(uses[position].stem)
    if len(stems) == 1 or len(stems) >= _LIBRARY_FROM:
        return len(stems) > 1
    if not _PRIVATE_WORDS.isdisjoint(parts):
        return False
    return path.startswith(("/mnt/", "/media/")) or not _LIBRARY_WORDS.isdisjoint(parts)


def _merged(uses: list[_Use]) -> list[_Use]:
    """Return one use per service, writers first, then by name."""
    by_service: dict[str, _Use] = {}
    for use in sorted(uses, key=lambda use: (not use.writes, use.service, use.source)):
        by_service.setdefault(use.service, use)
    return list(by_service.values())


def _place_ties(
    uses: list[_Use], dismissed: Set[tuple[str, str]], *, library: bool
) -> Iterator[Tie]:
    """Yield a tie of every user of a place but the first with a writer before it."""
    for position, use in enumerate(uses[1:], 1):
        for earlier in uses[:position] if dismissed else uses[:1]:
            if not earlier.writes:
                break
            if (earlier.service, use.service) not in dismissed:
                yield _tie(earlier, use, library=library)
                break


def _nested_ties(outer: list[_Use], inner: list[_Use], *, library: bool) -> Iterator[Tie]:
    """Yield the tie between the users of a folder and those of one inside it."""
    known = {use.service for use in outer}
    for use in inner:
        if use.service in known:
            return  # tied at its own place already, through the one that has both
    first, second = outer[0], inner[0]
    if first.writes or second.writes:
        yield _tie(first, second, library=library)


def _tie(one: _Use, other: _Use, *, library: bool) -> Tie:
    """Return the tie of two users of a place, at least one of which writes."""
    kind: EdgeKind = "soft"
    confidence, groups = READER, False
    path = max(one.path, other.path, key=len)
    where = path.rstrip("/")
    if "\0" in where:
        where = where.rpartition("\0")[2].lstrip("/")
    if not (one.writes and other.writes):
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
