"""Two files of one project -> one tree, by Compose's rules: what the second says goes on top.

Mappings are joined, lists appended, and what can stand for one thing only (a mount's target, a
port, a variable) is there once. ``!reset`` removes, ``!override`` replaces.

Source: https://github.com/compose-spec/compose-spec/blob/main/13-merge.md
"""

from collections.abc import Callable
from typing import Any

from analyzer.importers.compose.forms import (
    as_build,
    as_hosts,
    as_named,
    as_pairs,
    as_seq,
    file_path,
    first_word,
    granted,
    mount_target,
    port_key,
    str_key,
)
from analyzer.tree import Map, Seq, Tagged

RESET, OVERRIDE = "!reset", "!override"
TAGS = frozenset({RESET, OVERRIDE})
_NAMED = frozenset({"services", "networks", "volumes", "secrets", "configs", "models"})
_SERVICE = "services.*"


def merge(base: Any, over: Any, path: str = "") -> Any:
    """Return one tree of two; neither is changed. ``path`` has ``*`` for names, as in services.*."""
    if type(over) is Tagged:
        return plain(over.value) if over.tag == OVERRIDE else None
    rule = _RULES.get(path)
    if over is None and rule is not _replace:
        return base
    if rule is not None:
        return rule(base, over, path)
    if type(base) is Map and type(over) is Map:
        return _maps(base, over, path)
    if type(base) is Seq and type(over) is Seq:
        return _unique(_joined(base, plain(over)), str_key)
    return plain(over)


def plain(node: Any) -> Any:
    """Return a node without tags: what is to be removed is gone, what is to replace stays."""
    if not _tagged(node):
        return node
    if type(node) is Tagged:
        return plain(node.value) if node.tag == OVERRIDE else None
    if type(node) is Map:
        copy = Map(node.mark)
        for (key, value), mark in zip(node.items(), node.marks, strict=False):
            if not is_reset(value):
                copy.put(key, plain(value), mark)
        return copy
    listed = Seq(node.mark)
    for item, mark in zip(node, node.marks, strict=False):
        if not is_reset(item):
            listed.add(plain(item), mark)
    return listed


def _tagged(node: Any) -> bool:
    """Return whether a tag stands anywhere in a node."""
    if type(node) is Tagged:
        return True
    if type(node) is Map:
        return any(map(_tagged, node.values()))
    return type(node) is Seq and any(map(_tagged, node))


def is_reset(value: Any) -> bool:
    """Return whether a node says that there is nothing."""
    return type(value) is Tagged and value.tag == RESET


def _maps(base: Map, over: Map, path: str) -> Map:
    """Return the keys of both; ``x-`` keys are replaced, not joined."""
    merged = Map(over.mark)
    merged.update(base)
    places = dict(zip(base, base.marks, strict=False))
    for (key, value), mark in zip(over.items(), over.marks, strict=False):
        if is_reset(value):
            merged.pop(key, None)
            places.pop(key, None)
            continue
        if key in merged and not key.startswith("x-"):
            merged[key] = merge(merged[key], value, below(path, key))
            if type(merged[key]) is not Map or type(value) is Tagged:
                places[key] = mark
        else:
            merged[key] = plain(value)
            places[key] = mark
    merged.marks = [places[key] for key in merged]
    return merged


def below(path: str, key: str) -> str:
    """Return the pattern of a path one step further down."""
    return f"{path}.*" if path in _NAMED or path in _EACH else f"{path}.{key}" if path else key


def _joined(base: Seq, over: Seq) -> Seq:
    joined = Seq(over.mark)
    joined.extend(base)
    joined.extend(over)
    joined.marks = base.marks + over.marks
    return joined


def _unique(items: Seq, key: Callable[[Any], Any]) -> Seq:
    """Return a list in which of two items with one key the later stands in place of the first."""
    kept: dict[Any, tuple[Any, int]] = {}
    for index, (item, mark) in enumerate(zip(items, items.marks, strict=False)):
        found = key(item)
        told = found is not None and not isinstance(found, Map | Seq)  # else it is no key at all
        kept[found if told else (index,)] = (item, mark)
    unique = Seq(items.mark)
    for item, mark in kept.values():
        unique.add(item, mark)
    return unique


def _pairs(base: Any, over: Any, path: str) -> Any:
    merged = _maps(as_pairs(base), as_pairs(over), path + ".*")
    for (
        name
    ) in merged:  # a variable without a value is one that outside sets: not the same as none
        if name in as_pairs(over) and as_pairs(over)[name] is None:
            merged[name] = None
    return merged


def _hosts(base: Any, over: Any, _: str) -> Any:
    """Return the names and addresses of both, as a list: one name may have several addresses."""
    return _unique(_joined(as_hosts(base), as_hosts(plain(over))), str_key)


def _named(base: Any, over: Any, path: str) -> Any:
    return _maps(as_named(base), as_named(over), path)


def _long_build(base: Any, over: Any, path: str) -> Any:
    first, second = as_build(base), as_build(over)
    return _maps(first, second, path) if type(first) is type(second) is Map else second


def _replace(_base: Any, over: Any, _path: str) -> Any:
    return plain(over)


def _logging(base: Any, over: Any, path: str) -> Any:
    """Return options of both for one driver; another driver has options of its own."""
    if type(base) is not Map or type(over) is not Map:
        return plain(over)
    drivers = base.get("driver"), over.get("driver")
    if drivers[0] == drivers[1] or None in drivers:
        return _maps(base, over, path)
    return plain(over)


def _listed(key: Callable[[Any], Any]) -> Callable[[Any, Any, str], Any]:
    def join(base: Any, over: Any, _: str) -> Any:
        return _unique(_joined(as_seq(base), as_seq(plain(over))), key)

    return join


_Rule = Callable[[Any, Any, str], Any]
_EACH = frozenset({f"{_SERVICE}.{key}" for key in ("depends_on", "networks", "models", "ulimits")})
_KEYED_BY: dict[str, Callable[[Any], Any]] = {
    "volumes": mount_target,
    "devices": mount_target,
    "ports": port_key,
    "secrets": granted("/run/secrets"),
    "configs": granted(""),
    "env_file": file_path,
    "tmpfs": first_word,
    "links": str_key,
}
_PAIRED = (
    "environment labels annotations sysctls deploy.labels build.args build.labels"
    " build.additional_contexts"
).split()
_RULES: dict[str, _Rule] = {
    **{f"{_SERVICE}.{key}": _pairs for key in _PAIRED},
    "networks.*.labels": _pairs,
    "volumes.*.labels": _pairs,
    **{f"{_SERVICE}.{key}": _hosts for key in ("extra_hosts", "build.extra_hosts")},
    **{f"{_SERVICE}.{key}": _named for key in ("depends_on", "networks", "models")},
    **{f"{_SERVICE}.{key}": _replace for key in ("command", "entrypoint", "healthcheck.test")},
    **{f"{_SERVICE}.{key}": _listed(by) for key, by in _KEYED_BY.items()},
    **{
        f"{_SERVICE}.{key}": _listed(str_key)
        for key in ("dns", "dns_opt", "dns_search", "label_file", "expose", "profiles")
    },
    f"{_SERVICE}.build": _long_build,
    f"{_SERVICE}.logging": _logging,
}
