"""The address of a site -> who can reach it, as far as an address tells."""

import re
from ipaddress import ip_address
from typing import Literal

_LAN_SUFFIXES = (
    ".local",
    ".lan",
    ".home",
    ".home.arpa",
    ".internal",
    ".intranet",
    ".localdomain",
    ".localhost",
    ".private",
    ".corp",
    ".ts.net",
    ".test",
)
"""Names that public DNS does not have. Source: https://www.rfc-editor.org/rfc/rfc6762 (``.local``),
https://www.rfc-editor.org/rfc/rfc8375 (``.home.arpa``), https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en
(``.internal``), https://www.rfc-editor.org/rfc/rfc6761 (``.test``, ``.localhost``),
https://tailscale.com/kb/1217/tailnet-name (``.ts.net``)."""
_PUBLIC = re.compile(r"(?:\*\.)?(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]*[a-z0-9]")


def reach_of(site: str) -> Literal["public", "lan"] | None:
    """Return ``public`` for a name that public DNS may have, ``lan`` for a local one, else None.

    A name with a variable in it, a port alone and a bare word tell nothing.
    """
    name = site.strip().lower()
    name = name.partition("://")[2] or name
    name = name.partition("/")[0]
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    name = name.rstrip(".")
    try:
        address = ip_address(name)
    except ValueError:
        pass
    else:
        return None if address.is_unspecified else "public" if address.is_global else "lan"
    if name == "localhost" or name.endswith(_LAN_SUFFIXES):
        return "lan"
    return "public" if _PUBLIC.fullmatch(name) else None
