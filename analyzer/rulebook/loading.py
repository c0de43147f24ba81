"""Trees of rule files -> Rulebook, or every problem of every rule at once."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

from analyzer.errors import Problem, RulesError
from analyzer.rulebook import kinds
from analyzer.rulebook.files import Trees, builtin_trees, read_folder
from analyzer.rulebook.fingerprint import fingerprint
from analyzer.rulebook.model import (
    Criterion,
    Figure,
    Finding,
    Gate,
    Image,
    Profile,
    Question,
    Rulebook,
)
from analyzer.rulebook.reader import RuleReader

_Rule = TypeVar("_Rule")


class _Layer(NamedTuple):
    """One folder of rules and how its files are named in messages."""

    trees: Trees
    shown_as: str


def load_rulebook(folders: Iterable[str] = ()) -> Rulebook:
    """Return the shipped rules, with each folder's rules added or put in their place by id.

    Raises:
        RulesError: any rule of any folder is invalid; carries every problem.
    """
    layers = [_Layer(builtin_trees(), "rules")]
    layers += [_Layer(read_folder(folder, folder), folder) for folder in folders]
    problems: list[Problem] = []
    questions: dict[str, Question] = {}
    figures: dict[str, Figure] = {}
    images: dict[str, Image] = {}
    criteria: dict[str, Criterion] = {}
    gates: dict[str, Gate] = {}
    findings: dict[str, Finding] = {}
    profiles: dict[str, Profile] = {}
    for layer in layers:
        criteria.update(_files(layer, "criteria", kinds.criterion, problems))
        gates.update(_files(layer, "gates", kinds.gate, problems))
        findings.update(_files(layer, "findings", kinds.finding, problems))
        profiles.update(_files(layer, "profiles", kinds.profile, problems))
        questions.update(_entries(layer, "questions", kinds.question, problems))
        figures.update(_entries(layer, "figures", kinds.figure, problems))
        images.update(_entries(layer, "images", kinds.image, problems))
        _refuse_strays(layer, problems)
    if problems:
        raise RulesError(problems)
    return Rulebook(
        criteria=dict(sorted(criteria.items())),
        gates=dict(sorted(gates.items())),
        findings=dict(sorted(findings.items())),
        questions=dict(sorted(questions.items())),
        profiles=dict(sorted(profiles.items())),
        figures=dict(sorted(figures.items())),
        images=dict(sorted(images.items())),
        image_index={name: image.id for image in images.values() for name in image.match},
        fingerprint=fingerprint(layer.trees for layer in layers),
    )


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
