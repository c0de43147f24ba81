"""``Config.CreateCommand``: the command line that made a container, for what inspect loses.

Which variables somebody set, and which only the image brings; secrets that became variables;
whether the arguments are the image's own.

Source: https://docs.podman.io/en/latest/markdown/podman-create.1.html
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SUBCOMMANDS = ("create", "run")
_SWITCHES = frozenset(
    """detach disable-content-trust env-host help http-proxy init interactive no-healthcheck
    no-hostname no-hosts oom-kill-disable passwd privileged publish-all quiet read-only
    read-only-tmpfs replace rm rmi rootfs sig-proxy tls-verify tty unsetenv-all""".split()
)
"""Flags without a value."""
_SHORT_SWITCHES = frozenset("dihPqt")
_SHORT = {"e": "env", "v": "volume", "p": "publish", "l": "label", "h": "hostname", "u": "user"}
_OPAQUE = frozenset({"env-file", "env-host", "env-merge"})
"""Flags that bring variables whose names the command does not show."""


class Created(NamedTuple):
    """What a command line says.

    ``variables`` are the names that somebody set, None when not all of them are known. ``secrets``
    are names of secrets, with the variable that holds each, or empty. ``has_arguments``: there are
    arguments after the image; None when that is not known. ``has_hostname``: somebody named it.
    """

    variables: frozenset[str] | None
    secrets: tuple[tuple[str, str], ...]
    devices: tuple[str, ...]
    has_arguments: bool | None
    has_hostname: bool = False


UNKNOWN = Created(None, (), (), None)


def created(words: Sequence[str]) -> Created:
    """Return what a command line says; nothing when it is not ``run`` or ``create``."""
    at = next((at for at, word in enumerate(words) if at and word in _SUBCOMMANDS), None)
    if at is None or "rootfs" in [word.lstrip("-") for word in words]:
        return UNKNOWN
    flags: dict[str, list[str]] = {}
    end = at + 1
    for end, name, value in _flags(words, at + 1):  # noqa: B007 - where the last flag ends
        flags.setdefault(name, []).append(value)
    names = frozenset(value.partition("=")[0] for value in flags.get("env", ()))
    opaque = _OPAQUE & flags.keys()
    return Created(
        None if opaque or any("*" in name for name in names) else names,
        tuple(map(_secret, flags.get("secret", ()))),
        tuple(flags.get("device", ())),
        len(words) > end + 1,
        "hostname" in flags,
    )


def _flags(words: Sequence[str], at: int) -> Iterator[tuple[int, str, str]]:
    """Yield the place behind each flag, its name and its value."""
    while at < len(words) and words[at].startswith("-") and words[at] != "-":
        word = words[at]
        at += 1
        if word == "--":
            yield at, "", ""
            return
        name, equals, value = word.lstrip("-").partition("=")
        if not word.startswith("--"):
            name, value, needs_next = _short(word[1:])
        else:
            needs_next = not equals and name not in _SWITCHES
        if needs_next and at < len(words):
            value = words[at]
            at += 1
        yield at, name, value


def _short(letters: str) -> tuple[str, str, bool]:
    """Return name and value of the last of combined short flags, and whether the value follows."""
    rest = letters.lstrip("".join(_SHORT_SWITCHES - {"h"}))
    if not rest:
        return "", "", False
    return _SHORT.get(rest[0], ""), rest[1:].removeprefix("="), len(rest) == 1


def _secret(written: str) -> tuple[str, str]:
    """Return a secret's name and the variable that it becomes, empty when it becomes a file."""
    name, *options = written.split(",")
    said = dict(option.partition("=")[::2] for option in options)
    if said.get("type") != "env":
        return name, ""
    return name, said.get("target", name)
