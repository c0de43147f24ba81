"""Trees of rule files -> Rulebook, or every problem of every rule at once."""

import pickle
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeVar

from analyzer.errors import Problem, RulesError
from analyzer.rulebook import kinds
from analyzer.rulebook.files import Trees, read_folder, shipped_trees
from analyzer.rulebook.fingerprint import fingerprint
from analyzer.rulebook.model import Rulebook
from analyzer.rulebook.reader import RuleReader

_Rule = TypeVar("_Rule")


COMPILED = Path(__file__).parent.parent / "_compiled" / "rulebook.pickle"
"""The shipped rules as one value, made when the wheel is built: reading a hundred small YAML files
at every start would cost more than analysing a household. A source checkout has none."""

EMPTY = Rulebook({}, {}, {}, {}, {}, {}, {}, {}, "")


class _Layer(NamedTuple):
    """One folder of rules and how its files are named in messages."""

    trees: Trees
    shown_as: str


def load_rulebook(folders: Iterable[str] = ()) -> Rulebook:
    """Return the shipped rules, with each folder's rules added or put in their place by id.

    Raises:
        RulesError: any rule of any folder is invalid; carries every problem.
    """
    rulebook = shipped_rulebook()
    problems: list[Problem] = []
    for folder in folders:
        rulebook = _add(rulebook, _Layer(read_folder(folder, folder), folder), problems)
    if problems:
        raise RulesError(problems)
    return rulebook


def shipped_rulebook() -> Rulebook:
    """Return the shipped rules, ready made where the wheel carries them.

    Raises:
        RulesError: a shipped rule is invalid (only possible in a checkout).
    """
    if COMPILED.is_file():
        with COMPILED.open("rb") as stream:
            made: Rulebook = pickle.load(stream)  # noqa: S301 - part of the installed program
        return made
    problems: list[Problem] = []
    rulebook = _add(EMPTY, _Layer(shipped_trees(), "rules"), problems)
    if problems:
        raise RulesError(problems)
    return rulebook


def _add(below: Rulebook, layer: _Layer, problems: list[Problem]) -> Rulebook:
    """Return a rulebook with a layer's rules added, those of the same id put in their place."""
    _refuse_strays(layer, problems)
    images = _over(below.images, _entries(layer, "images", kinds.image, problems))
    return Rulebook(
        criteria=_over(below.criteria, _files(layer, "criteria", kinds.criterion, problems)),
        gates=_over(below.gates, _files(layer, "gates", kinds.gate, problems)),
        findings=_over(below.findings, _files(layer, "findings", kinds.finding, problems)),
        questions=_over(below.questions, _entries(layer, "questions", kinds.question, problems)),
        profiles=_over(below.profiles, _files(layer, "profiles", kinds.profile, problems)),
        figures=_over(below.figures, _entries(layer, "figures", kinds.figure, problems)),
        images=images,
        image_index={name: image.id for image in images.values() for name in image.match},
        fingerprint=fingerprint(layer.trees, below.fingerprint),
    )


def _over(below: Mapping[str, _Rule], rules: Iterable[tuple[str, _Rule]]) -> dict[str, _Rule]:
    """Return rules by id, sorted, the new ones over the old."""
    return dict(sorted({**below, **dict(rules)}.items()))


def _files(
    layer: _Layer,
    folder: str,
    read: Callable[[RuleReader], _Rule],
    problems: list[Problem],
) -> Iterable[tuple[str, _Rule]]:
    """Yield id and rule of every file of a folder; the file is named after the id."""
    for path, tree in layer.trees.items():
        if not path.startswith(f"{folder}/"):
            continue
        reader = RuleReader(tree, f"{layer.shown_as}/{path}", "", problems)
        identifier = reader.text("id")
        if identifier != PurePosixPath(path).stem:
            reader.report("id", f"'{identifier}' is not the file's name", "make them the same")
        rule = read(reader)
        reader.close()
        yield identifier, rule


def _entries(
    layer: _Layer,
    name: str,
    read: Callable[[RuleReader, str], _Rule],
    problems: list[Problem],
) -> Iterable[tuple[str, _Rule]]:
    """Yield id and entry of every mapping in ``<name>.yaml`` and ``<name>/*.yaml``."""
    for path, tree in layer.trees.items():
        if path != f"{name}.yaml" and not path.startswith(f"{name}/"):
            continue
        outer = RuleReader(tree, f"{layer.shown_as}/{path}", "", problems)
        for identifier in tree:
            reader = outer.child(identifier)
            if reader is not None:
                yield identifier, read(reader, identifier)
                reader.close()


_KNOWN = ("criteria", "gates", "findings", "profiles", "questions", "figures", "images")


def _refuse_strays(layer: _Layer, problems: list[Problem]) -> None:
    """Report files that stand where no rule is read."""
    for path in layer.trees:
        if path.split("/")[0].removesuffix(".yaml") not in _KNOWN:
            what = "no rule is read from here"
            remedy = f"put it under {', '.join(_KNOWN)}"
            problems.append(Problem(f"{layer.shown_as}/{path}", 0, 0, "", what, remedy))
