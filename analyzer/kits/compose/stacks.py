"""What a service is called inside of its stack, and which stacks there are.

An estate calls services of several stacks that have one name ``STACK-NAME``, and those of several
hosts ``NAME-HOST``; Compose knows them as ``NAME``. A service that is really called ``media-db``
keeps its name, though its stack is ``media``: a file that spoke of ``db`` would be refused, with
the whole stack.
"""

import re
from collections.abc import Iterator, Mapping

from analyzer.inventory.model import Service

_COMPOSE = re.compile(r"(?:docker-|container-|podman-)?compose(?:\.[\w.-]+)?\.ya?ml$")
_YAML = re.compile(r"\.ya?ml$")


def from_compose(service: Service) -> bool:
    """Return whether a service is defined by a Compose file, whatever the file is called."""
    origin = (service.origin or "").rpartition(":")[0]
    if origin and service.project:
        return _YAML.search(origin) is not None
    return _COMPOSE.search(origin or service.source.file) is not None


def names_inside(services: Mapping[str, Service]) -> dict[str, str]:
    """Return the name of every service inside of its stack.

    A name was made longer only where several services shared it, and a service that joins networks
    answers to its old name on them.
    """
    owners: dict[str, set[str]] = {}
    for name, service in services.items():
        for short in (name, *_shorter(service)):
            owners.setdefault(short, set()).add(name)
    return {
        name: next(
            (
                short
                for short in _shorter(service)
                if len(owners[short]) > 1 and (short in service.aliases or not service.networks)
            ),
            name,
        )
        for name, service in services.items()
    }


def _shorter(service: Service) -> Iterator[str]:
    """Yield what a name may have been before it was told apart, the shortest first."""
    project, host = service.project, service.host
    if not project or not service.name.startswith(f"{project}-"):
        return
    short = service.name.removeprefix(f"{project}-")
    if host and short.endswith(f"-{host}") and short != f"-{host}":
        yield short.removesuffix(f"-{host}")
    if short:
        yield short
