"""What an importer makes of files: an inventory in the program's own words, and what is beside it.

The ``tree`` of a `Draft` is a document as somebody could have written it into ``inventory.yaml``:
the same keys, the same forms, read by the same readers; only its marks point to the files that it
was made from. So no importer decides what a value means, and whatever one leaves out is said.
"""

from typing import Literal, NamedTuple

from analyzer.tree import Map

Reach = Literal["kept", "no bearing", "not understood", "broken"]


class Remark(NamedTuple):
    """What became of a key that is not simply used.

    ``kept``: it is in the inventory, for whoever converts the service. ``no bearing``: understood,
    and nothing here depends on it. ``not understood``: no known key of the format. ``broken``: a
    known one with a value that cannot be read; ``--strict`` makes it an error. ``path`` is the
    dotted path inside the file, ``text`` why, and what to do; no value that may be secret.
    """

    mark: int
    path: str
    reach: Reach
    text: str


class Hint(NamedTuple):
    """Something that a service is given and that no inventory holds, read to find dependencies.

    ``variable``: a variable of an ``env_file``, or of anything else that is not ``environment``.
    ``text``: the content of a configuration file, a health check or a script. ``name`` may be
    shown, as in ``DB_HOST`` or ``nginx.conf``; ``value`` never is.
    """

    service: str
    kind: Literal["variable", "text"]
    name: str
    value: str
    mark: int


class Route(NamedTuple):
    """A reverse proxy's route. ``proxy`` is the family, as in ``caddy``; ``host`` where it runs.

    ``site`` is the address that clients use, empty when not known; ``upstream`` is ``host:port`` or
    a URL, as the proxy sees it. ``exposure`` is who reaches the site, None when it is not known.
    """

    proxy: str
    host: str | None
    site: str
    upstream: str
    exposure: Literal["public", "lan"] | None
    mark: int


class Draft(NamedTuple):
    """One stack or one host, as one importer read it.

    ``tree`` has ``hosts``, ``services``, ``volumes`` and ``name``, each entry in native keys. Names
    of services are those of the source, and references (``depends_on``, ``network_mode:
    service:``, ``links``, hints) mean services of the same draft. Networks and volumes have the
    names that the engine gives them, so that two stacks on one external network meet. A service
    carries values of ``environment``, for they are needed to find dependencies; whoever writes
    an inventory leaves them out.

    ``project`` is the stack's name, where the format has stacks. Two drafts that describe the same
    service of the same project are one service.
    """

    tree: Map
    project: str | None = None
    hints: tuple[Hint, ...] = ()
    routes: tuple[Route, ...] = ()
    remarks: tuple[Remark, ...] = ()
