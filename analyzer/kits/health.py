"""How a service is checked: as it says itself, else as is known to work for its image.

Source of the defaults: https://docs.docker.com/reference/dockerfile/#healthcheck
"""

import re
import shlex
from typing import NamedTuple

from analyzer.kits.spec import Spec, seconds
from analyzer.rulebook.model import Image
from analyzer.tree import Map

INTERVAL_SECONDS = 30
TIMEOUT_SECONDS = 30
RETRIES = 3
_KNOWN_START_SECONDS = 60
"""Given to a program with a check of the rules before it has to answer."""
_URL = re.compile(r"\bhttps?://(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?(/[^\s'\"|;&]*)?")
_FETCH = re.compile(r"^(?:curl|wget)\b[^|;&]*$")


class Http(NamedTuple):
    """A check by request: whoever answers with less than 400 is well."""

    port: int
    path: str
    scheme: str


class Health(NamedTuple):
    """A check. ``shell`` is a line for ``/bin/sh -c``; otherwise ``words`` are run as they are.

    ``known`` means that the check is the rules', because the service declares none. Times are in
    seconds.
    """

    words: tuple[str, ...]
    shell: str
    interval_seconds: int
    timeout_seconds: int
    retries: int
    start_seconds: int
    known: bool = False

    @property
    def argv(self) -> tuple[str, ...]:
        """Return the command as it is executed."""
        return ("/bin/sh", "-c", self.shell) if self.shell else self.words

    @property
    def http(self) -> Http | None:
        """Return the request that a plain curl or wget makes, None where it does more."""
        line = self.shell or shlex.join(self.words)
        line = line.removesuffix(" || exit 1").strip()
        found = _URL.search(line)
        if not found or not _FETCH.match(line):
            return None
        scheme = "HTTPS" if line[found.start() :].startswith("https") else "HTTP"
        port = int(found[1]) if found[1] else 443 if scheme == "HTTPS" else 80
        return Http(port, found[2] or "/", scheme)


def declared(spec: Spec) -> Health | None:
    """Return the check that a service declares, None where it has none or switches it off."""
    tree = spec.tree.get("healthcheck")
    check = spec.service.healthcheck
    if type(tree) is not Map or check is None or check.disabled:
        return None
    test = tuple(spec.veil.all(check.test))
    kind, rest = (test[0], test[1:]) if test else ("", ())
    if kind not in ("CMD", "CMD-SHELL") or not rest:
        return None
    retries = tree.get("retries")
    return Health(
        words=rest if kind == "CMD" else (),
        shell=" ".join(rest) if kind == "CMD-SHELL" else "",
        interval_seconds=seconds(_text(tree, "interval")) or INTERVAL_SECONDS,
        timeout_seconds=seconds(_text(tree, "timeout")) or TIMEOUT_SECONDS,
        retries=int(retries)
        if isinstance(retries, str) and retries.isdecimal() and int(retries)
        else RETRIES,
        start_seconds=seconds(_text(tree, "start_period")) or 0,
    )


def of_image(image: Image | None) -> Health | None:
    """Return the check that the rules know for an image."""
    if image is None or not image.health:
        return None
    return Health(
        (), image.health, INTERVAL_SECONDS, 10, RETRIES, _KNOWN_START_SECONDS, known=True
    )


def switched_off(spec: Spec) -> bool:
    """Return whether a service switches its image's own check off."""
    check = spec.service.healthcheck
    return check is not None and check.disabled


def _text(tree: Map, key: str) -> str | None:
    value = tree.get(key)
    return str(value) if isinstance(value, str) else None
