"""Rule folders -> parsed trees by relative path; the only place here that touches the disk.

The built-in rules come from the wheel's precompiled JSON where there is one, because parsing 80
small YAML files costs more than analysing the estate; a source checkout reads the YAML.
"""

import json
from pathlib import Path

import rules
from analyzer.errors import Problem, RulesError
from analyzer.yamlfile import Map, Seq, YamlError, parse

Trees = dict[str, Map]

COMPILED = Path(__file__).parent.parent / "_compiled" / "rules.json"


def builtin_trees() -> Trees:
    """Return the shipped rules, keyed by path below ``rules/``.

    Raises:
        RulesError: a shipped file is no YAML (only possible in a checkout).
    """
    if COMPILED.is_file():
        with COMPILED.open(encoding="utf-8") as stream:
            return {path: _thaw(tree) for path, tree in json.load(stream).items()}
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


def freeze(tree: object) -> object:
    """Return a tree as plain JSON values that keep the places; `_thaw` is its inverse."""
    if isinstance(tree, Map):
        return {"m": [tree.mark, tree.marks, list(tree), [freeze(v) for v in tree.values()]]}
    if isinstance(tree, Seq):
        return {"s": [tree.mark, tree.marks, [freeze(item) for item in tree]]}
    return tree


def _thaw(frozen: object) -> Map:
    """Return the tree that `freeze` wrote."""
    result = _thaw_node(frozen)
    if not isinstance(result, Map):
        msg = "the compiled rules are damaged; install again"
        raise TypeError(msg)
    return result


def _thaw_node(node: object) -> object:
    if not isinstance(node, dict):
        return node
    if "m" in node:
        mark, marks, keys, values = node["m"]
        mapping = Map(mark)
        mapping.marks = marks
        for key, value in zip(keys, values, strict=True):
            mapping[key] = _thaw_node(value)
        return mapping
    mark, marks, items = node["s"]
    sequence = Seq(mark)
    sequence.marks = marks
    sequence.extend(map(_thaw_node, items))
    return sequence
