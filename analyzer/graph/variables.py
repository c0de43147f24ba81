"""What a variable's name promises about its value: name -> kind.

The name decides how far a value is trusted: ``DB_HOST: db`` is an address, ``POSTGRES_USER: app``
is a user who happens to be called like the application, and makes no dependency.
"""

import re
from typing import Literal

VariableKind = Literal["address", "public", "url-only", "other", "ignored"]
"""``address``: holds a host, an address or a URL; ``public``: one by which others call;
``url-only``: counts only when the value is a URL; ``other``: only an address with its port counts
fully; ``ignored``: never looked at."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]")
_ADDRESS = frozenset(
    "host hostname hosts hostnames server servers addr addrs address addresses url urls uri uris "
    "endpoint endpoints dsn broker brokers upstream upstreams peers nodes target targets master "
    "sentinels ip link baseurl apiurl connectionstring datasource".split()
)
_JOINED = re.compile(
    r"(?:pg|db|sql|mysql|mariadb|postgres|redis|mongo|smtp|mail|ldap|amqp|rabbit|mqtt|api)"
    r"(?:host|hostname|server|url|uri|dsn|addr|address)"
)
_URL_ONLY = frozenset("db database dbs databases".split())
_OWN = frozenset("host hosts server servers addr address addresses url uri ip".split())
_OWN_SETTINGS = frozenset("host hostname server broker addr address".split())
_PASSED = frozenset("proxy fastcgi uwsgi scgi grpc".split())
_IGNORED = frozenset(
    "user username users login owner name dbname schema password passwd pass pwd title secret "
    "secrets key keys token tokens salt hash tz timezone lang language locale level mode email "
    "mail from sender domain domains prefix suffix bucket topic queue collection vhost realm role "
    "roles group groups path paths dir directory folder file theme tag tags version image images "
    "id ids uid gid puid pgid umask org organization cn port ports type driver dialect engine "
    "client description label labels color comment entrypoint".split()
)
_INBOUND = frozenset(
    "cors origin origins allowed allow trusted whitelist allowlist redirect redirects callback "
    "csrf virtual letsencrypt noproxy listen bind".split()
)
_PUBLIC = frozenset(
    "app site public external base root frontend client web webhook ui dashboard website "
    "nextauth own self canonical".split()
)
_DEFAULT_PORTS = {
    **dict.fromkeys(("postgres", "postgresql", "pg", "pghost"), 5432),
    **dict.fromkeys(("mysql", "mariadb", "mysqlhost"), 3306),
    **dict.fromkeys(("redis", "redishost", "valkey"), 6379),
    **dict.fromkeys(("mongo", "mongodb"), 27017),
    **dict.fromkeys(("amqp", "rabbitmq", "rabbit"), 5672),
    "mqtt": 1883,
    **dict.fromkeys(("elasticsearch", "opensearch", "elastic"), 9200),
    "ollama": 11434,
    "influxdb": 8086,
}
_STORE_PORTS = {
    **{word: port for word, port in _DEFAULT_PORTS.items() if word != "ollama"},
    **dict.fromkeys(("mosquitto", "emqx"), 1883),
    **dict.fromkeys(("memcached", "memcache"), 11211),
    **dict.fromkeys(("meilisearch", "meili"), 7700),
    **dict.fromkeys(("minio", "garage", "seaweedfs"), 9000),
    "clickhouse": 8123,
    "typesense": 8108,
}
SQL_PORTS = frozenset({5432, 3306, 27017})
"""What a variable called ``DB_HOST`` may mean."""
_GENERIC_STORE = frozenset("db database datasource sqlalchemy typeorm dbhost dburl".split())
_NO_NEED = frozenset(
    "type vendor dialect driver engine client backend path file dir directory enabled enable "
    "disable disabled use backup version".split()
)
"""Words of a variable's name by which it also stands where nothing of the kind is used."""


def words(name: str) -> list[str]:
    """Return the words of a variable's or an option's name in lower case, numbers dropped."""
    return [word.lower() for word in _WORD.findall(name)]


def variable_kind(name: str) -> VariableKind:
    """Return what a variable's name promises about its value."""
    parts = words(name)
    if parts[-2:] == ["connection", "string"] or parts[-3:] == ["data", "source", "name"]:
        return "address"
    if parts[:2] == ["connection", "strings"]:  # .NET: ConnectionStrings__Default
        return "address"
    if (
        not parts
        or parts == ["hostname"]
        or not _INBOUND.isdisjoint(parts)
        or parts[-2:] == ["no", "proxy"]
    ):
        return "ignored"
    last = parts[-1]
    if last in _ADDRESS or _JOINED.fullmatch(last):
        if len(parts) == 1 and last in _OWN:
            return "public" if last in ("url", "uri") else "other"
        return "public" if len(parts) > 1 and _PUBLIC.issuperset(parts[:-1]) else "address"
    if last in _URL_ONLY:
        return "url-only"
    return "ignored" if last in _IGNORED else "other"


def setting_kind(key: str) -> VariableKind:
    """Return what a key of a configuration file promises: its section says whose ``host`` it is."""
    parts = words(key)
    if len(parts) == 1 and parts[0] in _OWN_SETTINGS:
        return "address"
    if parts[1:] == ["pass"] and parts[0] in _PASSED:  # nginx: proxy_pass, fastcgi_pass
        return "address"
    return variable_kind(key)


def port_variable(name: str) -> str | None:
    """Return the variable that holds the port beside one that holds a host, or None."""
    for suffix in ("HOSTNAME", "HOST", "SERVER", "ADDRESS", "ADDR", "IP"):
        if name.endswith(suffix):
            return name[: -len(suffix)] + "PORT"
        if name.endswith(suffix.lower()):
            return name[: -len(suffix)] + "port"
        if name.endswith(suffix.capitalize()):
            return name[: -len(suffix)] + "Port"
    return None


def default_port(name: str) -> int | None:
    """Return the usual port of the product that a variable's name mentions, or None."""
    for word in words(name):
        if word in _DEFAULT_PORTS:
            return _DEFAULT_PORTS[word]
    return None


def stores_named(name: str) -> frozenset[int]:
    """Return the ports of the data stores that a variable's name speaks of, whatever it holds."""
    parts = words(name)
    if not _NO_NEED.isdisjoint(parts):
        return frozenset()
    ports = {_STORE_PORTS[part] for part in parts if part in _STORE_PORTS}
    if "S3" in name.upper().split("_"):
        ports.add(_STORE_PORTS["minio"])
    if ports:
        return frozenset(ports)
    if len(parts) > 1 and not _GENERIC_STORE.isdisjoint(parts):
        return SQL_PORTS
    return frozenset(
        port
        for part in parts
        if _JOINED.fullmatch(part)
        for word, port in _STORE_PORTS.items()
        if part.startswith(word)
    )


def store_port(family: str) -> int | None:
    """Return the port by which a family of data stores is known, which its like share."""
    return _STORE_PORTS.get(family)
