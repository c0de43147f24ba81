"""Addresses inside a text: text -> references to a host and a port. Knows no service.

Reads URLs, data source names of the usual drivers, ``host:port`` and lists of them. The user and
password of an address are dropped here and go nowhere.

Source: RFC 3986 section 3.2, https://www.rfc-editor.org/rfc/rfc3986#section-3.2 (authority);
libpq's key=value form, https://www.postgresql.org/docs/current/libpq-connect.html; Go's MySQL
form, https://github.com/go-sql-driver/mysql#dsn-data-source-name.
"""

import re
from typing import Literal, NamedTuple

Form = Literal["url", "address", "word"]


class Reference(NamedTuple):
    """One host in a text. ``port`` is None when the text has none; ``scheme`` may be empty.

    A ``url`` has a scheme, an ``address`` a port or a key that says ``host``, and a ``word`` is a
    name and nothing else.
    """

    host: str
    port: int | None
    scheme: str
    form: Form


DATA_SCHEMES = frozenset(
    "postgres postgresql mysql mysqlx mariadb mongodb redis rediss valkey amqp amqps nats mqtt "
    "mqtts ldap ldaps kafka sqlserver mssql clickhouse couchbase cockroachdb influxdb memcached "
    "elasticsearch".split()
)
"""Schemes that name a data store, a broker or a directory: who holds one needs what it names."""

DEFAULT_PORTS = {
    **dict.fromkeys(("postgres", "postgresql"), 5432),
    **dict.fromkeys(("mysql", "mariadb", "mysqlx"), 3306),
    **dict.fromkeys(("redis", "rediss", "valkey"), 6379),
    **dict.fromkeys(("amqp",), 5672),
    **dict.fromkeys(("http", "ws", "h2c"), 80),
    **dict.fromkeys(("https", "wss"), 443),
    "amqps": 5671,
    "mongodb": 27017,
    "nats": 4222,
    "mqtt": 1883,
    "mqtts": 8883,
    "ldap": 389,
    "ldaps": 636,
    "smtp": 25,
    "sqlserver": 1433,
    "mssql": 1433,
}

_AUTHORITY = re.compile(
    r"(?:[^/?#]*@)?([a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?|\[::1\])\.?(?::(\d{1,5}))?(?=[/?#]|$)",
    re.ASCII,
)
_PORT_LIMIT = 65_535
PORT_DIGITS = 5
_MAX_TEXT = 4096
_SEPARATORS = str.maketrans(dict.fromkeys("\t\r\n;|\"'`<>()", " "))
_HOST_KEYS = frozenset({"host", "hostname", "hostaddr", "server", "source", "addr", "address"})
_NOT_NETWORK = frozenset({"file", "unix", "sqlite", "sqlite3", "data", "npipe", "fd", "env"})


def references(text: str) -> list[Reference]:
    """Return every host that a text names, in order of appearance.

    Words without port or scheme are returned too; whoever asks knows whether they count.
    """
    found = []
    for chunk in text[:_MAX_TEXT].lower().translate(_SEPARATORS).split():
        if "," in chunk:
            found.extend(_list(chunk))
        else:
            reference = _reference(chunk, "")
            if reference is not None:
                found.append(reference)
    return found


def _list(chunk: str) -> list[Reference]:
    """Return the hosts of a list, which share its scheme: ``mongodb://a:27017,b:27017/app``."""
    found = []
    scheme = ""
    for token in chunk.split(","):
        reference = _reference(token, scheme)
        if reference is not None:
            found.append(reference)
        head, mark, rest = token.partition("://")
        if mark:
            scheme = "" if "/" in rest else _scheme(head)
        elif "/" in token:
            scheme = ""
    return found


def _scheme(head: str) -> str:
    """Return the scheme that counts: ``jdbc:postgresql`` and ``mongodb+srv`` name the store."""
    return head.rpartition("=")[2].rpartition(":")[2].partition("+")[0]


def _reference(token: str, scheme: str) -> Reference | None:
    """Return the host of one token, or None."""
    head, mark, rest = token.partition("://")
    if mark:
        scheme = _scheme(head)
        if scheme in _NOT_NETWORK:
            return None
        return _authority(rest, scheme, "url")
    key, equals, value = token.partition("=")
    if equals and "/" not in key and "?" not in key:
        key = key.lstrip("-")
        if key in _HOST_KEYS:
            found = _authority(value.removeprefix("tcp:"), scheme, "word")
            return found and found._replace(form="address")
        token = value
        if ":" not in token:
            return None
    if token[:1] in "/.$~-" or token[:5] == "unix:":
        return None
    return _authority(token, scheme, "url" if scheme in DATA_SCHEMES else "word")


def _authority(text: str, scheme: str, form: Form) -> Reference | None:
    """Return host and port of ``user:password@host:port/path``, or None."""
    match = _AUTHORITY.match(text)
    if match is None:
        # A password with a slash hides the host behind a later @.
        _, at, later = text.rpartition("@")
        return _authority(later, scheme, form) if at and scheme in DATA_SCHEMES else None
    host, port_text = match.groups()
    port = int(port_text) if port_text else None
    if port is not None and not 0 < port <= _PORT_LIMIT:
        return None
    if form == "word":
        if port is not None:
            form = "address"
        elif match.end() != len(text) or "@" in text:  # a path, or an e-mail address
            return None
    return Reference("::1" if host == "[::1]" else host, port, scheme, form)
