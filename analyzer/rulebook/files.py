"""Rule folders -> parsed trees by relative path."""

from errno import EINVAL
from pathlib import Path

import rules
from analyzer.errors import Problem, RulesError
from analyzer.tree import Map
from analyzer.yamlfile import MAX_BYTES, YamlError, parse

_ENDINGS = (".yaml", ".yml")

Trees = dict[str, Map]


def shipped_trees() -> Trees:
    """Return the shipped rules, keyed by path below ``rules/``.

    Raises:
        RulesError: a shipped file is no YAML (only possible in a checkout).
    """
    return read_folder(str(Path(rules.__file__).parent), "rules")


def read_folder(folder: str, shown_as: str) -> Trees:
    """Return every YAML file below a folder, keyed by relative path, in sorted order.

    Raises:
        RulesError: not a folder, unreadable, or not YAML; every problem at once.
    """
    root = Path(folder)
    if not root.is_dir():
        what, remedy = "not a folder", "give the folder that holds criteria/, gates/ ..."
        raise RulesError([Problem(shown_as, 0, 0, "", what, remedy)])
    trees: Trees = {}
    problems: list[Problem] = []
    for path in sorted(path for path in root.rglob("*.y*ml") if path.suffix in _ENDINGS):
        relative = path.relative_to(root).as_posix()
        name = f"{shown_as}/{relative}"
        try:
            tree, found = parse(_content(path), name)
        except OSError as error:
            problems.append(Problem(name, 0, 0, "", str(error.strerror), "make it readable"))
            continue
        except YamlError as error:
            problems.append(error.problem)
            continue
        problems.extend(found)
        if isinstance(tree, Map):
            trees[relative] = tree
        elif tree is not None:
            problems.append(Problem(name, 1, 1, "", "not a mapping", "see the shipped rules"))
    if problems:
        raise RulesError(problems)
    return trees


def _content(path: Path) -> bytes:
    """Return the bytes of a file, read no further than what is too large anyway.

    Raises:
        OSError: it cannot be read, or is a folder, a pipe or a device.
    """
    if path.exists() and not path.is_file():  # reading a pipe might wait for ever
        raise OSError(EINVAL, "not a file")
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
