"""``extraOptions`` -> native keys: the arguments of ``podman run``, each accounted for.

A value may be a password (``--env``, ``--label``, ``--health-cmd``), so no remark shows one; an
option is named, and nothing after its name.
"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from analyzer.importers.nixos.flags import FLAGS, SHORT, Flag
from analyzer.inventory.sheet import Sheet, texts
from analyzer.jsonfile import JsonError, parse
from analyzer.tree import Map, Seq

_MODES = frozenset({"host", "none", "bridge", "private", "default", "podman"})
_ENGINE_MODES = ("pasta", "slirp4netns")
_MOUNT_KEYS = {
    "src": "source",
    "source": "source",
    "dst": "target",
    "dest": "target",
    "destination": "target",
    "target": "target",
}
_TRUE = frozenset({"", "true", "1"})
_LONGEST_NAME = 40


class _Argument(NamedTuple):
    name: str
    """The long name, or what was written when it is not known."""
    value: str | None
    mark: int


def read_arguments(
    sheet: Sheet, options: Seq, around: Collection[str], key: str = "extraOptions"
) -> None:
    """Add what arguments say to the sheet; ``around`` are the other containers of the host."""
    for argument in _arguments(texts(options)):
        flag = FLAGS.get(argument.name)
        if flag is None:
            what = f"no known option: {_shown(argument.name)}"
            sheet.say(key, "not understood", what, argument.mark)
        elif argument.value is None and not flag.bare:
            sheet.say(key, "broken", f"--{argument.name} without a value", argument.mark)
        else:
            _apply(sheet, flag, argument, around, key)


def _shown(name: str) -> str:
    """Return the name of an option; what does not look like one may be a secret."""
    word = name.lstrip("-")
    plain = word.replace("-", "").isalnum() and name.startswith("-")
    return name if plain and len(name) <= _LONGEST_NAME else "an argument"


def _arguments(words: list[tuple[str, int]]) -> Iterator[_Argument]:
    """Yield name and value of each option, in any of their spellings."""
    at = 0
    while at < len(words):
        word, mark = words[at]
        at += 1
        name, equals, value = word.partition("=")
        if not name.startswith("-") or name in ("-", "--"):
            yield _Argument(word, None, mark)
            continue
        if not name.startswith("--"):
            found = list(_short(word, mark))
            yield from found[:-1]
            last = found[-1].name
            name, value = last if last[0] == "-" else f"--{last}", found[-1].value or ""
            equals = "=" if found[-1].value is not None else ""
        long = name.removeprefix("--")
        flag = FLAGS.get(long)
        follows = at < len(words) and not words[at][0].startswith("-")
        if equals or (flag is not None and flag.bare):
            yield _Argument(long if flag else name, value if equals else None, mark)
        elif follows:
            yield _Argument(long if flag else name, words[at][0], mark)
            at += 1
        else:
            yield _Argument(long if flag else name, None, mark)


def _short(word: str, mark: int) -> Iterator[_Argument]:
    """Yield the options of ``-it`` or ``-eNAME=value``; one that waits for its value is last."""
    letters = word[1:]
    for at, letter in enumerate(letters):
        name = SHORT.get(letter)
        if name is None:
            yield _Argument(f"-{letter}", "", mark)
            return
        if not FLAGS[name].bare:
            rest = letters[at + 1 :].removeprefix("=")
            yield _Argument(name, rest or None, mark)
            return
        yield _Argument(name, None, mark)


def _apply(
    sheet: Sheet, flag: Flag, argument: _Argument, around: Collection[str], key: str
) -> None:
    name, value, mark = argument.name, argument.value or "", argument.mark
    if flag.how in _PLAIN:
        _PLAIN[flag.how](sheet, flag.key, value, mark)
    elif flag.how == "network":
        _network(sheet, value, mark, around)
    elif flag.how == "special":
        _SPECIAL[name](sheet, value, mark, around)
    elif flag.how == "kept":
        _keep(sheet, argument, key)
    else:
        sheet.say(key, "no bearing", f"--{name}: nothing here depends on it", mark)


def _pair(sheet: Sheet, key: str, value: str, mark: int) -> None:
    name, equals, content = value.partition("=")
    sheet.below(key, mark).put(name, content if equals else None, mark)


def _switch(sheet: Sheet, key: str, value: str, mark: int) -> None:
    sheet.put(key, "true" if value.lower() in _TRUE else "false", mark)


def _limit(sheet: Sheet, key: str, value: str, mark: int) -> None:
    sheet.below("limits", mark).put(key, value, mark)


def _health(sheet: Sheet, key: str, value: str, mark: int) -> None:
    sheet.below("healthcheck", mark).put(key, _test(value, key, mark), mark)


_PLAIN: dict[str, Callable[[Sheet, str, str, int], None]] = {
    "one": Sheet.put,
    "many": Sheet.add,
    "pair": _pair,
    "switch": _switch,
    "limit": _limit,
    "health": _health,
}


def _keep(sheet: Sheet, argument: _Argument, key: str) -> None:
    written = f"--{argument.name}" + (f"={argument.value}" if argument.value else "")
    kept = sheet.below(sheet.extension, argument.mark)
    if type(kept.get("extraOptions")) is not Seq:
        kept.put("extraOptions", Seq(argument.mark), argument.mark)
    kept["extraOptions"].add(written, argument.mark)
    sheet.say(key, "kept", f"--{argument.name}: for whoever converts the service", argument.mark)


def _test(value: str, key: str, mark: int) -> str | Seq:
    """Return the command of a health check; Podman also takes a JSON list of its words."""
    if key != "test" or not value.startswith("["):
        return "NONE" if key == "test" and value == "none" else value
    try:
        words = parse(value.encode("utf-8", "replace"), "")
    except JsonError:
        return value
    command = Seq(mark)
    listed = [word for word, _ in texts(words)]
    if listed[:1] not in (["CMD"], ["CMD-SHELL"], ["NONE"]):
        listed.insert(0, "CMD")
    for word in listed:
        command.add(word, mark)
    return command


def _network(sheet: Sheet, value: str, mark: int, around: Collection[str]) -> None:
    """Set the network mode, or join one more network with its aliases."""
    mode, _, options = value.partition(":")
    if mode in ("container", "service"):
        target = options if options in around else ""
        sheet.put("network", f"service:{target}" if target else f"container:{options}", mark)
        if target:
            sheet.need(target, "hard", "shares its network", mark)
        return
    if mode in _MODES or mode in _ENGINE_MODES or mode == "ns":
        engine_default = mode in ("default", "podman", "private")
        sheet.put("network", "bridge" if engine_default else value, mark)
        return
    if mode:
        sheet.below("network", mark).put(mode, _joining(options, mark) or None, mark)


def _joining(options: str, mark: int) -> Map:
    """Return how a network is joined: ``alias=db,ip=10.1.0.2``."""
    settings = Map(mark)
    aliases = Seq(mark)
    for part in options.split(","):
        word, _, setting = part.partition("=")
        if word == "alias" and setting:
            aliases.add(setting, mark)
        elif word in ("ip", "ip6") and setting:
            settings.put("ipv4_address" if word == "ip" else "ipv6_address", setting, mark)
    if aliases:
        settings.put("aliases", aliases, mark)
    return settings


def _alias(sheet: Sheet, value: str, mark: int, _: Collection[str]) -> None:
    """Add an alias on every network that is joined, on Podman's own when none is."""
    if isinstance(sheet.entry.get("network"), str):
        sheet.say("extraOptions", "no bearing", "an alias without a network of its own", mark)
        return
    networks = sheet.below("network", mark)
    for network in list(networks) or ["default"]:
        settings = networks.get(network)
        if type(settings) is not Map:
            settings = Map(mark)
            networks.put(network, settings, mark)
        if type(settings.get("aliases")) is not Seq:
            settings.put("aliases", Seq(mark), mark)
        settings["aliases"].add(value, mark)


def _address(sheet: Sheet, _value: str, mark: int, _: Collection[str]) -> None:
    sheet.say("extraOptions", "no bearing", "an address inside a container network", mark)


def _mount(sheet: Sheet, value: str, mark: int, _: Collection[str]) -> None:
    mount = Map(mark)
    for part in value.split(","):
        word, equals, setting = part.partition("=")
        if word in _MOUNT_KEYS:
            mount.put(_MOUNT_KEYS[word], setting, mark)
        elif word in ("ro", "readonly"):
            mount.put("read_only", setting.lower() if equals else "true", mark)
        elif word == "type":
            mount.put("type", {"ramfs": "tmpfs", "glob": "bind"}.get(setting, setting), mark)
    mount.put("type", mount.get("type", "volume"), mark)
    if mount["type"] == "devpts":
        sheet.say("extraOptions", "no bearing", "a pseudo terminal", mark)
    else:
        sheet.add("volumes", mount, mark)


def _requires(sheet: Sheet, value: str, mark: int, around: Collection[str]) -> None:
    for needed in value.split(","):
        if needed in around:
            sheet.need(needed, "hard", "--requires", mark)


def _secret(sheet: Sheet, value: str, mark: int, _: Collection[str]) -> None:
    sheet.add("secrets", value.partition(",")[0], mark)


def _ulimit(sheet: Sheet, value: str, mark: int, _: Collection[str]) -> None:
    name, _, limit = value.partition("=")
    sheet.below("ulimits", mark).put(name, limit or None, mark)


def _no_check(sheet: Sheet, _value: str, mark: int, _: Collection[str]) -> None:
    sheet.below("healthcheck", mark).put("disable", "true", mark)


_SPECIAL: dict[str, Callable[[Sheet, str, int, Collection[str]], None]] = {
    "ip": _address,
    "ip6": _address,
    "mount": _mount,
    "net-alias": _alias,
    "network-alias": _alias,
    "no-healthcheck": _no_check,
    "requires": _requires,
    "secret": _secret,
    "ulimit": _ulimit,
}
