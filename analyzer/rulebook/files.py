"""Rule folders -> parsed trees by relative path."""

from pathlib import Path

import rules
from analyzer.errors import Problem, RulesError
from analyzer.yamlfile import Map, YamlError, parse

Trees = dict[str, Map]


def shipped_trees() -> Trees:
    """Return the shipped rules, keyed by path below ``rules/``.

    Raises:
        RulesError: a shipped file is no YAML (only possible in a checkout).
    """
    return read_folder(str(Path(rules.__file__).parent), "rules")


def read_folder(folder: str, shown_as: str) -> Trees:
    """Return every ``*.yaml`` below a folder, keyed by relative path, in sorted order.

    Raises:
        RulesError: not a folder, unreadable, or not YAML; every problem at once.
    """
    root = Path(folder)
    if not root.is_dir():
        what, remedy = "not a folder", "give the folder that holds criteria/, gates/ ..."
        raise RulesError([Problem(shown_as, 0, 0, "", what, remedy)])
    trees: Trees = {}
    problems: list[Problem] = []
    for path in sorted(root.rglob("*.yaml")):
        relative = path.relative_to(root).as_posix()
        name = f"{shown_as}/{relative}"
        try:
            tree, found = parse(path.read_bytes(), name)
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
