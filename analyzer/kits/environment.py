"""Variables of a service: names only, and where their values are to come from.

Values stay where they are. A kit refers to objects that the owner makes on the machine, from the
running container or from the owner's own files; nothing else ever holds them.
"""

import re
from typing import NamedTuple

from analyzer.kits.secrecy import is_hidden, variables
from analyzer.kits.spec import Spec

KEY = re.compile(r"[-._A-Za-z0-9]{1,253}")
"""What a key of a Secret or a ConfigMap may be.

Source: https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
"""
_SETTINGS = frozenset(
    """TZ PUID PGID UID GID UMASK UMASK_SET LANG LC_ALL LOG_LEVEL NODE_ENV VERSION DEBUG
    S6_VERBOSITY""".split()
)
"""Names that never hold a secret in any image that the rules know."""


class Variables(NamedTuple):
    """Names of variables by where they are kept, each sorted.

    ``odd`` are names that no object of a cluster takes as a key. ``settings`` may be shown, ``secrets`` may not; ``interpolated`` stand in commands only, because
    Compose put their values there; ``hidden`` stand for passwords in commands. ``files`` are paths
    of the owner's files with variables, the last of which counts.
    """

    settings: tuple[str, ...]
    secrets: tuple[str, ...]
    interpolated: tuple[str, ...]
    hidden: tuple[str, ...]
    files: tuple[str, ...]
    odd: tuple[str, ...]


def variables_of(spec: Spec) -> Variables:
    """Return the variables of a service."""
    service = spec.service
    named = sorted(name for name in service.environment if KEY.fullmatch(name))
    words: list[str] = []
    for key in ("entrypoint", "command"):
        words += spec.command(key) or ()
    if service.healthcheck is not None:
        words += spec.veil.all(service.healthcheck.test)
    used = [name for name in variables(words) if name not in service.environment]
    return Variables(
        settings=tuple(name for name in named if name in _SETTINGS),
        secrets=tuple(name for name in named if name not in _SETTINGS),
        interpolated=tuple(name for name in used if not is_hidden(name)),
        hidden=tuple(name for name in used if is_hidden(name)),
        files=service.env_files,
        odd=tuple(name for name in sorted(service.environment) if not KEY.fullmatch(name)),
    )
