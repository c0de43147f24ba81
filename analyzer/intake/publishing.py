"""A tree with values -> one that may be written down: names of variables, and what they told.

What is structure (images, ports, mounts, networks) stays as it is. Free text is hidden where it
holds a value of a variable or a password. What was inferred from values is recorded with its
confidence, so that a written inventory is decided like the files it came from.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analyzer.graph.clues import Clue
from analyzer.intake.redaction import HIDDEN, Secrets, is_secret
from analyzer.inventory.draft import Hint, Remark
from analyzer.inventory.model import Source
from analyzer.tree import COLUMN_BITS, Map, Resolved, Seq, pack, split_line

SCHEMA = "1"
_STRUCTURE = frozenset(
    "architectures backup cap_add cap_drop container_name cpus criticality depends_on devices"
    " env_file env_files exposure expose gpus group_add host hostname image init links mem_limit"
    " memory limits migrate network network_mode networks not_depends_on platform ports privileged"
    " profiles project pull_policy read_only replicas restart runtime scale secrets shm_size"
    " stateful stop_grace_period tmpfs user verified volumes working_dir".split()
)
"""Keys whose values are no place for a secret; anything else is free text."""

_EXTENSIONS = frozenset({"x-compose", "x-quadlet", "x-podman", "x-nixos", "x-kubernetes"})
"""What importers keep for whoever converts a service; an owner's own ``x-`` keys stay at home."""
_VARIABLES = frozenset({"environment", "env", "args", "build_args"})
_ROUTING = (
    "traefik.enable",
    "traefik.docker.",
    "traefik.http.routers.",
    "traefik.http.services.",
    "traefik.tcp.",
    "traefik.udp.",
    "caddy",
    "com.docker.compose.",
    "io.containers.autoupdate",
    "diun.",
    "homepage.group",
    "homepage.name",
)
"""Labels that say where a service is reached and how it is kept; the others keep their name only."""
_DETAIL = ("basic", "auth", "header", "forward", "middlewares")


def publish(tree: Map, hints: Iterable[Hint], clues: Iterable[Clue], files: Sequence[str]) -> Map:
    """Return the tree as it may be written, read and shown; the given one stays as it is."""
    given: dict[str, list[Hint]] = {}
    for hint in hints:
        given.setdefault(hint.service, []).append(hint)
    seen: dict[str, list[Clue]] = {}
    for clue in clues:
        seen.setdefault(clue.dependent, []).append(clue)
    public = Map(tree.mark)
    public.put("schema", SCHEMA, 0)
    for (section, entries), mark in zip(tree.items(), tree.marks, strict=False):
        if section != "services":
            public.put(section, _plain(entries), mark)
            continue
        services = Map(entries.mark)
        numbers = {name: number for number, name in enumerate(files)}
        for (name, entry), place in zip(entries.items(), entries.marks, strict=False):
            secrets = _secrets(name, entry, given.get(name, ()))
            shown = _service(entry, place, secrets, files)
            inferred = _inferred(seen.get(name, ()), entry, numbers)
            if inferred:
                shown.put("inferred", inferred, place)
            services.put(name, shown, place)
        public.put(section, services, mark)
    return public


def unread(remarks: Iterable[Remark], files: Sequence[str]) -> Seq:
    """Return what could not be understood, one text for each, in order."""
    texts = {
        f"{place(remark.mark, files)}: "
        + (f"{remark.path}: " if remark.path else "")
        + remark.text
        for remark in remarks
        if remark.reach in ("not understood", "broken")
    }
    listed = Seq()
    for text in sorted(texts):
        listed.add(text, 0)
    return listed


def place(mark: int, files: Sequence[str]) -> Source:
    """Return the place of a mark."""
    if not mark:
        return Source("--host", 0, 0)
    number, line = split_line(mark >> COLUMN_BITS)
    return Source(files[number] if number < len(files) else "", line, 0)


def _secrets(name: str, entry: Map, hints: Iterable[Hint]) -> Secrets:
    variables = entry.get("environment")
    named: Mapping[str, Any] = variables if isinstance(variables, Map) else {}
    if isinstance(variables, Seq):
        pairs = (str(item).partition("=") for item in variables)
        named = {variable: value for variable, equals, value in pairs if equals}
    texts = {key: value for key, value in named.items() if isinstance(value, str)}
    return Secrets(texts, hints, f"{name} {entry.get('image')}")


def _service(entry: Map, mark: int, secrets: Secrets, files: Sequence[str]) -> Map:
    """Return a service's entry without values."""
    shown = Map(entry.mark)
    if mark:
        shown.put("from", str(place(mark, files)), mark)
    for (key, value), at in zip(entry.items(), entry.marks, strict=False):
        if value is None or (key.startswith("x-") and key not in _EXTENSIONS):
            continue
        if key == "environment":
            names = _names(value)
            if names:
                shown.put(key, names, at)
        elif key == "labels":
            shown.put(key, _labels(value, secrets), at)
        elif key in _STRUCTURE:
            shown.put(key, _listed(_plain(value)), at)
        else:
            shown.put(key, _free(value, secrets), at)
    return shown


def _names(variables: Any) -> Seq:
    """Return the names of variables, sorted."""
    found: dict[str, int] = {}
    if isinstance(variables, Map | Seq):
        for name, mark in zip(list(variables), variables.marks, strict=False):
            found.setdefault(str(name).partition("=")[0], mark)
    names = Seq(variables.mark if isinstance(variables, Map | Seq) else 0)
    for name in sorted(found):
        names.add(name, found[name])
    return names


def _labels(labels: Any, secrets: Secrets) -> Map:
    """Return labels by name, with a value only where it says how the service is reached or kept."""
    shown = Map(labels.mark if isinstance(labels, Map | Seq) else 0)
    if not isinstance(labels, Map | Seq):
        return shown
    for item, mark in zip(list(labels), labels.marks, strict=False):
        name, _, value = str(item).partition("=")
        if isinstance(labels, Map):
            name, value = item, labels[item]
        told = name.startswith(_ROUTING) and not any(word in name.lower() for word in _DETAIL)
        told = told and not is_secret(name) and isinstance(value, str)
        shown.put(name, secrets.hide(value) if told else "", mark)
    return shown


def _free(node: Any, secrets: Secrets) -> Any:
    """Return free text hidden; of variables deeper down only the names."""
    if isinstance(node, Map):
        shown = Map(node.mark)
        for (key, value), mark in zip(node.items(), node.marks, strict=False):
            if key.lower() in _VARIABLES:
                shown.put(key, _names(value), mark)
            elif is_secret(key) and isinstance(value, str):
                shown.put(key, HIDDEN, mark)
            else:
                shown.put(key, _free(value, secrets), mark)
        return shown
    return secrets.hide_all(node)


def _plain(node: Any) -> Any:
    """Return a copy of structure in which text is just text."""
    if isinstance(node, Map):
        copied = Map(node.mark)
        for (key, value), mark in zip(node.items(), node.marks, strict=False):
            copied.put(key, _plain(value), mark)
        return copied
    if isinstance(node, Seq):
        items = Seq(node.mark)
        for item, mark in zip(node, node.marks, strict=False):
            items.add(_plain(item), mark)
        return items
    if type(node) is Resolved:
        return str(node)
    return node


def _listed(node: Any) -> Any:
    """Return a mapping that says nothing of its keys as a list of them: networks without aliases."""
    if not isinstance(node, Map) or not node or any(value is not None for value in node.values()):
        return node
    keys = Seq(node.mark)
    for key, mark in zip(node, node.marks, strict=False):
        keys.add(key, mark)
    return keys


def _inferred(clues: Iterable[Clue], entry: Map, numbers: Mapping[str, int]) -> Map:
    """Return what values told about whom a service needs, by name."""
    declared = entry.get("depends_on")
    stated = set(declared) if isinstance(declared, Map | Seq) else set()
    by_target: dict[str, list[Clue]] = {}
    for clue in clues:
        if clue.dependency not in stated:
            by_target.setdefault(clue.dependency, []).append(clue)
    inferred = Map()
    for target in sorted(by_target):
        found = by_target[target]
        surest = max(clue.confidence for clue in found)
        hard = any(clue.kind == "hard" for clue in found if clue.confidence == surest)
        mark = _mark(min(clue.evidence.source for clue in found), numbers)
        edge = Map(mark)
        edge.put("kind", "hard" if hard else "soft", mark)
        edge.put("confidence", str(surest), mark)
        because: dict[str, list[str]] = {}
        for clue in sorted(found):
            because.setdefault(clue.evidence.kind, []).append(clue.evidence.text)
        reasons = Map(mark)
        for kind in sorted(because):
            reasons.put(kind, "; ".join(dict.fromkeys(because[kind])), mark)
        edge.put("because", reasons, mark)
        inferred.put(target, edge, mark)
    return inferred


def _mark(source: Source, numbers: Mapping[str, int]) -> int:
    return pack(source.line, max(source.column, 1), numbers.get(source.file, 0))
