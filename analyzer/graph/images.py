"""What an image is for, as far as dependencies care: image -> role and ports.

The table below is the least that inference needs when no rulebook is at hand; a rulebook's own
knowledge of images replaces the roles through the protocol `ImageKnowledge`.

Source of the ports: the projects' defaults as registered with IANA,
https://www.iana.org/assignments/service-names-port-numbers, and each project's documentation.
"""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from analyzer.inventory.model import Service

HARD_ROLES = frozenset({"database", "queue", "cache", "search", "auth"})
"""Roles of services without which a dependent does not start or answer."""

DATA_ROLES = frozenset({"database", "queue", "cache", "search"})
"""Roles of services that clients call and that call nobody but their own kind."""


class ImageKnowledge(Protocol):
    """Whoever knows what images are for."""

    def role(self, image: str) -> str | None:
        """Return ``database``, ``queue``, ``cache``, ``search``, ``auth``, ``proxy`` ..., or None.

        A native unit asks by its name, since it has no image.
        """

    def ports(self, image: str) -> tuple[int, ...]:
        """Return the ports that programs of this image listen on by default."""


_PRODUCTS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("database", "postgres postgresql postgis pgvector pgvecto-rs timescaledb", (5432,)),
    ("database", "timescaledb-ha spilo cloudnative-pg", (5432,)),
    ("database", "mariadb mysql percona mysql-server", (3306,)),
    ("database", "mongo mongodb mongodb-community-server ferretdb", (27017,)),
    ("database", "influxdb", (8086,)),
    ("database", "clickhouse clickhouse-server", (8123, 9000)),
    ("database", "couchdb", (5984,)),
    ("database", "cassandra scylla", (9042,)),
    ("database", "neo4j", (7687, 7474)),
    ("database", "qdrant", (6333, 6334)),
    ("database", "weaviate", (8080,)),
    ("database", "mssql server-mssql azure-sql-edge", (1433,)),
    ("database", "etcd", (2379,)),
    ("database", "cockroach cockroachdb", (26257,)),
    ("database", "surrealdb", (8000,)),
    ("search", "elasticsearch opensearch", (9200,)),
    ("search", "meilisearch", (7700,)),
    ("search", "typesense", (8108,)),
    ("search", "solr", (8983,)),
    ("cache", "redis valkey keydb dragonfly redis-stack redis-stack-server", (6379,)),
    ("queue", "rabbitmq", (5672, 15672)),
    ("queue", "nats", (4222,)),
    ("queue", "mosquitto eclipse-mosquitto emqx", (1883,)),
    ("queue", "kafka redpanda", (9092,)),
    ("queue", "zookeeper", (2181,)),
    ("cache", "memcached", (11211,)),
    ("auth", "authelia", (9091,)),
    ("auth", "authentik", (9000,)),
    ("auth", "keycloak", (8080,)),
    ("auth", "lldap", (3890, 17170)),
    ("auth", "openldap", (389, 1389)),
    ("auth", "dex", (5556,)),
    ("auth", "kanidm zitadel pocket-id oauth2-proxy casdoor tinyauth", ()),
    ("proxy", "traefik caddy caddy-docker-proxy nginx-proxy nginx-proxy-manager swag", (80, 443)),
    ("proxy", "haproxy", (80, 443)),
)
_ROLES = {name: role for role, names, _ in _PRODUCTS for name in names.split()}
_PORTS = {name: ports for _, names, ports in _PRODUCTS for name in names.split()}


def base_name(image: str) -> str:
    """Return the last component of an image's repository: ``ghcr.io/x/postgres:16`` -> postgres."""
    name = image.partition("@")[0].rsplit("/", 1)[-1].partition(":")[0].lower()
    return "authentik" if name == "server" and "authentik" in image else name


class WellKnownImages:
    """The built-in table as `ImageKnowledge`."""

    def role(self, image: str) -> str | None:
        """Return the role of a well-known image, by the last component of its repository."""
        return _ROLES.get(base_name(image))

    def ports(self, image: str) -> tuple[int, ...]:
        """Return the ports that a well-known product listens on by default."""
        return _PORTS.get(base_name(image), ())


class Products(NamedTuple):
    """Role and default ports of every service that has any; looked up once per image."""

    roles: Mapping[str, str]
    ports: Mapping[str, tuple[int, ...]]


def products(services: Mapping[str, Service], images: ImageKnowledge) -> Products:
    """Return what is known of each service by its image, or by its name when it has none."""
    roles: dict[str, str] = {}
    ports: dict[str, tuple[int, ...]] = {}
    known: dict[str, tuple[str | None, tuple[int, ...]]] = {}
    for name, service in services.items():
        image = service.image or name
        if image not in known:
            known[image] = images.role(image), images.ports(image)
        role, numbers = known[image]
        if role is not None:
            roles[name] = role
        if numbers:
            ports[name] = numbers
    return Products(roles, ports)
