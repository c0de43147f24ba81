"""Environment -> the names of variables that hold a secret in plain text. Never a value."""

import re

from analyzer.inventory.model import Service

_SECRET = re.compile(
    r"(?:^|_)(?:PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|SECRET|SECRETS|TOKEN|KEY|APIKEY|CREDENTIALS?"
    r"|PASSWORT)\d*$|(?:PASSWORD|PASSWD|SECRET|APIKEY)$"
)
_HARMLESS = re.compile(
    r"PUBLIC|(?:^|_)(?:ALLOW|EMPTY|ENABLED?|DISABLED?|REQUIRED?|USE|HAS|MIN|MAX|HOT|SORT|CACHE"
    r"|PRIMARY|FOREIGN|MAP|SITE)_"
)
_verdicts: dict[str, bool] = {}


def names_secret(name: str) -> bool:
    """Return whether a variable's name says that its value is a secret."""
    verdict = _verdicts.get(name)
    if verdict is None:
        upper = name.upper()
        verdict = bool(_SECRET.search(upper)) and not _HARMLESS.search(upper)
        if len(_verdicts) < 10_000:  # noqa: PLR2004 - hostile files invent names without end
            _verdicts[name] = verdict
    return verdict


def plain_secrets(service: Service) -> tuple[str, ...]:
    """Return the sorted names of variables that hold a secret in the inventory itself.

    An empty value, one that is filled in from elsewhere (``${...}``) and a path to a file hold
    none. Values are looked at for that alone.
    """
    environment = service.environment
    return tuple(
        sorted(
            name
            for name in environment
            if names_secret(name) and _is_literal(environment.reveal(name))
        )
    )


def _is_literal(value: str | None) -> bool:
    """Return whether a value is neither missing nor a pointer to somewhere else."""
    return bool(value) and not value.startswith(("$", "/", "file:", "vault:"))  # type: ignore[union-attr]
