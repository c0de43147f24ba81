"""Names of services -> the words that tell which of them belong together.

``shop-db`` stands beside ``shop``: what is left of a store's name without the words for stores is
whose store it is.
"""

import re
from collections.abc import Collection

from analyzer.graph.images import base_name
from analyzer.inventory.model import Service

_WORD = re.compile(r"[a-z]+")
_STORE = frozenset(
    "db database databases postgres postgresql pg pgsql psql mysql mariadb maria redis cache "
    "valkey keydb dragonfly mongo mongodb sql store storage broker queue mq data memcached "
    "memcache influx influxdb clickhouse events rabbitmq elasticsearch elastic opensearch search "
    "meilisearch typesense pgvector timescale timescaledb postgis server for the of container "
    "docker vectordb vector primary main local".split()
)
_GENERIC = frozenset(
    "app web server api worker service core main backend frontend stack container docker the of "
    "latest official my homelab home lab".split()
)
_OWNERS = frozenset(
    "library linuxserver hotio bitnami bitnamilegacy docker io com org net ghcr quay registry hub "
    "lscr onedr0p onedr p prom grafana public ecr gcr mirror gitlab github codeberg".split()
)
_SUFFIX = re.compile(r"([a-z]{3,}?)(?:db|database|postgres|mysql|mariadb|redis|mongo|cache)")
_SHORTEST_PREFIX = 4
_SHORTEST = 2


def name_words(service: Service) -> frozenset[str]:
    """Return the words of a service's own name."""
    return frozenset(_WORD.findall(service.name.lower()))


def store_words(service: Service) -> frozenset[str]:
    """Return the words of a store's names that say whose it is."""
    text = f"{service.name} {service.container_name or ''}".lower()
    found = set()
    for word in _WORD.findall(text):
        if word in _STORE or len(word) < _SHORTEST:
            continue
        match = _SUFFIX.fullmatch(word)
        stem = match[1] if match else word
        if stem not in _STORE:
            found.add(stem)
    return frozenset(found)


def owner_words(service: Service) -> frozenset[str]:
    """Return the words by which an application may be called in the names of its stores."""
    text = f"{service.name} {service.container_name or ''}".lower()
    found = set(_WORD.findall(text))
    if service.image:
        found.update(_WORD.findall(base_name(service.image)))
        found.update(set(_WORD.findall(_publisher(service.image))) - _OWNERS)
    return frozenset(word for word in found - _GENERIC - _STORE if len(word) >= _SHORTEST)


def _publisher(image: str) -> str:
    """Return the component before an image's name: ``fireflyiii`` of ``fireflyiii/core``."""
    parts = image.partition("@")[0].lower().split("/")
    return parts[-2] if len(parts) > 1 else ""


def akin(words: Collection[str], others: Collection[str]) -> bool:
    """Return whether two names share a word, or one's word begins like the other's."""
    for word in words:
        if word in others:
            return True
        if len(word) >= _SHORTEST_PREFIX:
            for other in others:
                if len(other) >= _SHORTEST_PREFIX and (
                    other.startswith(word) or word.startswith(other)
                ):
                    return True
    return False
