"""mapping.yaml -> rules that say what a record's tags and words state."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from analyzer import yamlfile

FOLDER = Path(__file__).parent
Place = Literal["needs", "constraints"]


class Rule(NamedTuple):
    """What a tag states. ``words`` are alternatives, one tuple for each word that has to fit.

    ``later`` takes the place of the same keys of ``states`` where another need is named first.
    """

    words: tuple[tuple[str, ...], ...]
    place: Place | None
    states: Mapping[str, str]
    missed: tuple[str, ...]
    grows: bool | None
    later: Mapping[str, str]

    @property
    def is_mute(self) -> bool:
        """Return whether nothing is drawn from the tag."""
        return not self.states and not self.missed and self.grows is None

    def fits(self, tag: str, place: Place) -> bool:
        """Return whether every entry fits one of the tag's words."""
        if self.place not in (None, place):
            return False
        words = words_of(tag)
        return all(any(_begins(word, entry) for word in words) for entry in self.words)


class Baseline(NamedTuple):
    """What the platform of today states; goals in ``met`` are reached already."""

    runtime: str | None
    states: Mapping[str, str]
    met: tuple[str, ...]


class Mapping_(NamedTuple):  # noqa: N801 - not to be taken for collections.abc.Mapping
    """All of mapping.yaml."""

    rules: tuple[Rule, ...]
    baselines: Mapping[str, Baseline]
    profiles: Mapping[str, str]
    settings: Mapping[str, Mapping[str, str]]
    hypervisors: tuple[str, ...]
    levels: tuple[str, ...]
    less: frozenset[str]

    def rule_for(self, tag: str, place: Place) -> Rule | None:
        """Return the first rule that fits a tag."""
        return next((rule for rule in self.rules if rule.fits(tag, place)), None)

    def stronger(self, key: str, one: str, other: str) -> str:
        """Return which of two statements of a need counts."""
        if one.isdigit() and other.isdigit():
            return str(min(int(one), int(other)))
        ranked = sorted((one, other), key=lambda level: _rank(self.levels, level))
        return ranked[0] if key in self.less else ranked[1]


def words_of(text: str) -> list[str]:
    """Return a tag's words in lower case."""
    return text.lower().replace("_", " ").replace("-", " ").split()


def _begins(word: str, entry: tuple[str, ...]) -> bool:
    return any(
        word == stem[:-1] if stem.endswith("$") else word.startswith(stem) for stem in entry
    )


def _rank(levels: tuple[str, ...], level: str) -> int:
    return levels.index(level) if level in levels else len(levels)


def load_mapping() -> Mapping_:
    """Return the mapping that lies beside this module."""
    file = FOLDER / "mapping.yaml"
    tree, problems = yamlfile.parse(file.read_bytes(), file.name)
    if problems or not isinstance(tree, dict):
        raise ValueError("\n".join(map(str, problems)))
    settings = tree["settings"]
    return Mapping_(
        rules=tuple(map(_rule, tree["tags"])),
        baselines={word: _baseline(entry) for word, entry in tree["baselines"].items()},
        profiles={
            word: entry["profile"] for word, entry in settings.items() if "profile" in entry
        },
        settings={word: entry.get("set", {}) for word, entry in settings.items()},
        hypervisors=tuple(tree["hypervisors"]),
        levels=tuple(tree["stronger"]["levels"]),
        less=frozenset(tree["stronger"]["less"]),
    )


def _rule(entry: Mapping[str, object]) -> Rule:
    unknown = set(entry) - {"words", "in", "set", "miss", "grow", "later", "because"}
    if unknown:
        message = f"mapping.yaml: unknown keys {sorted(unknown)}"
        raise ValueError(message)
    grows = entry.get("grow")
    return Rule(
        words=tuple(tuple(str(word).split("|")) for word in _items(entry["words"])),
        place=entry.get("in"),  # type: ignore[arg-type]
        states=dict(entry.get("set", {})),  # type: ignore[call-overload]
        missed=tuple(map(str, _items(entry.get("miss", ())))),
        grows=None if grows is None else grows == "true",
        later=dict(entry.get("later", {})),  # type: ignore[call-overload]
    )


def _baseline(entry: Mapping[str, object]) -> Baseline:
    return Baseline(
        runtime=entry.get("runtime"),  # type: ignore[arg-type]
        states=dict(entry.get("set", {})),  # type: ignore[call-overload]
        met=tuple(map(str, _items(entry.get("met", ())))),
    )


def _items(value: object) -> Iterable[object]:
    return value if isinstance(value, (list, tuple)) else (value,)
