"""``virtualisation.oci-containers.containers.NAME`` -> a service, every option accounted for.

Source: https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/virtualisation/oci-containers.nix
"""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from analyzer.importers.nixos.arguments import read_arguments
from analyzer.inventory.sheet import Sheet, entries, says_nothing, shape, texts
from analyzer.tree import Map, Seq

EXTENSION = "x-nixos"


class Option(NamedTuple):
    """What becomes of an option.

    ``key`` is the native key that takes its value as it is; without one ``why`` says why it is kept
    or has no bearing, or a function of `_OWN` reads it. ``default`` is the value that says nothing.
    """

    shape: str
    key: str = ""
    why: str = ""
    kept: bool = False
    default: str = ""


_BY_NIX = "the image is made by Nix and is in no registry that a cluster could pull from"
OPTIONS = {
    "image": Option("text", "image"),
    "imageFile": Option("text", why=_BY_NIX, kept=True),
    "imageStream": Option("text", why=_BY_NIX, kept=True),
    "serviceName": Option("text", why="used to find the unit's order and the engine"),
    "login": Option("map", why="how the engine logs in to the registry", kept=True),
    "cmd": Option("list", "command"),
    "labels": Option("map", "labels"),
    "entrypoint": Option("text", "entrypoint"),
    "environment": Option("map", "environment"),
    "environmentFiles": Option("list", "env_files"),
    "log-driver": Option("text", why="where the engine logs to", default="journald"),
    "ports": Option("list", "ports"),
    "user": Option("text", "user"),
    "volumes": Option("list", "volumes"),
    "workdir": Option("text", "working_dir"),
    "dependsOn": Option("list", why="used as depends_on"),
    "hostname": Option("text", "hostname"),
    "preRunExtraOptions": Option("list", why="options of the engine itself", kept=True),
    "extraOptions": Option("list", why="used, one by one"),
    "autoStart": Option("text", why="it is started by hand", kept=True, default="true"),
    "podman": Option("map", why="the user it runs as, and when it counts as ready", kept=True),
    "pull": Option("text", "pull_policy", default="missing"),
    "capabilities": Option("map", why="used as cap_add and cap_drop"),
    "devices": Option("list", "devices"),
    "privileged": Option("text", "privileged", default="false"),
    "autoRemoveOnStop": Option(
        "text", why="a stopped container is removed or not", default="true"
    ),
    "networks": Option("list", why="used as network"),
}
"""Every option of a container, as of NixOS 25.11."""

_EXPECTED = {"text": "one value", "list": "a list", "map": "a mapping"}
_ARGUMENTS = ("extraOptions", "networks")
_ROOT = "root"
_CONMON = "conmon"


def read_container(name: str, options: Any, sheet: Sheet, siblings: Collection[str]) -> None:
    """Fill the sheet of a container.

    Args:
        name: its name, which the engine uses too.
        options: its options as Nix printed them.
        sheet: takes keys and remarks.
        siblings: the names of all containers of the host.
    """
    if type(options) is not Map:
        sheet.remarks.append(_not_a_container(sheet))
        return
    around = frozenset(siblings) - {name}
    # What is written as an argument is added to what the options say, so it comes last.
    for key, value, mark in sorted(entries(options), key=lambda entry: entry[0] in _ARGUMENTS):
        option = OPTIONS.get(key)
        if option is None:
            sheet.say(key, "not understood", "no known option of a container", mark)
        elif not says_nothing(value) and (not option.default or value != option.default):
            _read_option(sheet, key, option, (value, mark), around)
    if "image" not in sheet.entry:
        sheet.say("image", "broken", "a container without an image", sheet.mark)


def _read_option(
    sheet: Sheet, key: str, option: Option, given: tuple[Any, int], around: Collection[str]
) -> None:
    """Do with one option that says something what the table says."""
    value, mark = given
    if shape(value) != option.shape:
        sheet.broken(key, value, _EXPECTED[option.shape], mark)
    elif option.key:
        sheet.put(option.key, value, mark)
    elif key in _OWN:
        _OWN[key](sheet, value, mark, around)
    elif option.kept:
        sheet.keep(key, value, mark, option.why)
    else:
        sheet.say(key, "no bearing", option.why, mark)


def _not_a_container(sheet: Sheet) -> Any:
    sheet.broken("", None, "a mapping of options", sheet.mark)
    return sheet.remarks.pop()._replace(path=sheet.path)


def _image_made(key: str) -> Callable[[Sheet, Any, int, Collection[str]], None]:
    def own(sheet: Sheet, value: Any, mark: int, _: Collection[str]) -> None:
        sheet.put("build", "nix", mark)
        sheet.keep(key, value, mark, _BY_NIX)

    return own


def _needs(sheet: Sheet, value: Any, mark: int, around: Collection[str]) -> None:
    for needed, place in texts(value):
        if needed in around:
            sheet.need(needed, "hard", "dependsOn", place)
        else:
            sheet.say("dependsOn", "broken", "names no other container of this host", mark)


def _engine(sheet: Sheet, value: str, mark: int, _: Collection[str]) -> None:
    for engine in ("podman", "docker"):
        if value.startswith(engine + "-"):
            sheet.put("runtime", engine, mark)


def _login(sheet: Sheet, value: Map, mark: int, _: Collection[str]) -> None:
    if any(part is not None for part in value.values()):
        sheet.keep("login", value, mark, OPTIONS["login"].why)


def _podman(sheet: Sheet, value: Map, mark: int, _: Collection[str]) -> None:
    sheet.put("runtime", "podman", mark)
    unusual = Map(mark)
    for key, usual in (("user", _ROOT), ("sdnotify", _CONMON)):
        if value.get(key, usual) != usual:
            unusual.put(key, value[key], value.mark_of(key))
    for key, _item, place in entries(value):
        if key not in ("user", "sdnotify"):
            sheet.say(f"podman.{key}", "not understood", "no known option", place)
    if unusual:
        sheet.keep("podman", unusual, mark, OPTIONS["podman"].why)


def _capabilities(sheet: Sheet, value: Map, mark: int, _: Collection[str]) -> None:
    for name, wanted, place in entries(value):
        if wanted in ("true", "false"):
            sheet.add("cap_add" if wanted == "true" else "cap_drop", name, place)
        elif wanted is not None:
            sheet.broken(f"capabilities.{name}", wanted, "true or false", mark)


def _networks(sheet: Sheet, value: Seq, _mark: int, around: Collection[str]) -> None:
    options = Seq(value.mark)
    for network, place in texts(value):
        options.add(f"--network={network}", place)
    read_arguments(sheet, options, around, "networks")


def _extra(sheet: Sheet, value: Seq, _mark: int, around: Collection[str]) -> None:
    read_arguments(sheet, value, around, "extraOptions")


_OWN: dict[str, Callable[[Sheet, Any, int, Collection[str]], None]] = {
    "imageFile": _image_made("imageFile"),
    "imageStream": _image_made("imageStream"),
    "serviceName": _engine,
    "login": _login,
    "dependsOn": _needs,
    "podman": _podman,
    "capabilities": _capabilities,
    "networks": _networks,
    "extraOptions": _extra,
}
