"""What holds of every comparison: nothing from nothing, and the same from the other side."""

import random
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Settings, assess
from analyzer.comparison.comparing import compare
from analyzer.comparison.snapshot import take
from analyzer.inventory.loading import load_inventory
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.installed import ROOT
from tests.properties.mirroring import mirrored

EXAMPLES = sorted(ROOT.glob("examples/*/inventory.yaml"))
SCENARIOS = [
    path
    for path in sorted(ROOT.glob("tests/scenarios/*.yaml"))
    if "\nx-variant:" not in path.read_text()
]
RULES = load_rulebook()
SETTINGS = (
    ("needs.failover", "required"),
    ("needs.failover", ""),
    ("needs.planned_hosts", "3"),
    ("needs.planned_hosts", "6"),
    ("needs.shared_storage", "replicated"),
    ("needs.learning_kubernetes", "high"),
    ("needs.evaluate_first", "true"),
    ("needs.simplicity", "low"),
    ("needs.hours_per_week", "30"),
    ("needs.outages", "repeated"),
    ("needs.kubernetes_experience", "production"),
    ("hosts.spare", "{arch: amd64, memory: 8GiB, memory_used: 1GiB, site: home}"),
    ("services.added", "{image: nginx, host: storage, runtime: podman}"),
    ("services.plex.image", "other/plex:1"),
    ("services.plex.backup", "false"),
    ("services.plex.environment", "{A: secret}"),
    ("services.tautulli", ""),
)


def assessed(path, settings=()):
    return assess(load_inventory([str(path)], settings), RULES, Settings())


@cache
def home(settings=()):
    return take(assessed(ROOT / "examples/home/inventory.yaml", settings))


@pytest.mark.parametrize("path", [*EXAMPLES, *SCENARIOS], ids=lambda path: path.parent.name)
def test_an_estate_does_not_differ_from_itself(path):
    first, second = (take(assessed(path), label) for label in "ab")
    assert compare(first, second).is_empty


class Texts(yaml.SafeLoader):
    """Every scalar is the text that stands there; ``<<`` merges."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way
        "<": [("tag:yaml.org,2002:merge", re.compile("^<<$"))]
    }


def shuffled(value, chance):
    """Return a document with the keys of every mapping in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    return [shuffled(part, chance) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_form_order_and_comments_are_no_change(path, tmp_path):
    text = Path(path).read_text()
    other = shuffled(yaml.load(text, Loader=Texts), random.Random(1))  # noqa: S311, S506 - texts, shuffled
    written = "# another form\n\n" + yaml.safe_dump(other, sort_keys=False, width=40)
    (tmp_path / "inventory.yaml").write_text(written)
    found = compare(take(assessed(path)), take(assessed(tmp_path / "inventory.yaml")))
    assert found.is_empty, found


settings_of_an_estate = st.lists(
    st.sampled_from(SETTINGS), max_size=4, unique_by=lambda pair: pair[0]
).map(tuple)


@given(settings_of_an_estate, settings_of_an_estate)
def test_the_other_direction_is_the_mirror(some, others):
    old, new = home(some), home(others)
    there, back = compare(old, new), compare(new, old)
    expected = mirrored(there)
    if back.explanation is not None:  # places are those of the file that has the change
        explained = back.explanation
        back = back._replace(
            explanation=explained._replace(
                undone=tuple(cause._replace(place="") for cause in explained.undone),
                alone=tuple(cause._replace(place="") for cause in explained.alone),
            )
        )
    assert back == expected


@given(settings_of_an_estate)
def test_whatever_was_set_is_told(settings):
    changed = compare(home(), home(settings))
    assert changed.is_empty == (not settings or not changed.estate)
    told = {change.subject for change in changed.estate}
    for key, value in settings:
        stated = load_inventory([str(ROOT / "examples/home/inventory.yaml")], [(key, value)])
        if stated.needs != home().assessment.inventory.needs:
            assert key.removeprefix("needs.") in told


@given(settings_of_an_estate, settings_of_an_estate)
def test_moved_criteria_add_up_to_the_moved_scores(some, others):
    old, new = home(some), home(others)
    found = compare(old, new)
    for option, after in new.decision.options.items():
        moved = after.score - old.decision.options[option].score
        assert sum(move.moved[option] for move in found.weighings) == moved


def undo(causes, old, new):
    """Return the text of the new estate with changes undone, as its owner would: by hand."""
    documents = {side: yaml.load(text, Loader=Texts) for side, text in (("o", old), ("n", new))}  # noqa: S506 - texts
    was, now = documents["o"], documents["n"]
    for cause in causes:
        if cause.part == "need":
            restore(was["needs"], now["needs"], cause.subject)
            continue
        section = f"{cause.part}s"
        if not cause.field:
            restore(was[section], now[section], cause.subject)
            continue
        key = {"network_mode": "network", "networks": "network"}.get(cause.field, cause.field)
        restore(was[section][cause.subject], now[section][cause.subject], key.split(".")[0])
    return yaml.safe_dump(now, sort_keys=False)


def restore(was, now, key):
    if key in was:
        now[key] = was[key]
    else:
        del now[key]


def text_with(settings):
    """Return the example as text, with settings that are one key each written into it."""
    document = yaml.load((ROOT / "examples/home/inventory.yaml").read_text(), Loader=Texts)  # noqa: S506 - texts
    for key, value in settings:
        section, _, rest = key.partition(".")
        *path, last = rest.split(".")
        place = document[section]
        for part in path:
            place = place[part]
        if value:
            place[last] = yaml.load(value, Loader=Texts)  # noqa: S506 - texts
        else:
            place.pop(last, None)
    return yaml.safe_dump(document, sort_keys=False)


def loaded(text, folder):
    (folder / "inventory.yaml").write_text(text)
    return take(assess(load_inventory([str(folder / "inventory.yaml")]), RULES, Settings()))


def answered(snapshot, of):
    decision = snapshot.decision
    first = (decision.recommended, decision.feasible)
    return first if of == "recommendation" else (*first, decision.verdict)


@given(settings_of_an_estate, settings_of_an_estate)
def test_undoing_what_explains_brings_the_old_answer_back(folder, some, others):
    old_text, new_text = text_with(some), text_with(others)
    old, new = loaded(old_text, folder), loaded(new_text, folder)
    explained = compare(old, new).explanation
    if explained is None:
        assert answered(old, "verdict") == answered(new, "verdict")
        return
    of = explained.of
    undone = loaded(undo(explained.undone, old_text, new_text), folder)
    assert answered(undone, of) == answered(old, of) != answered(new, of)
    alone = loaded(undo(explained.alone, new_text, old_text), folder)
    assert answered(alone, of) == answered(new, of)
    assert 0 < len(explained.undone) <= len(compare(old, new).estate)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("estates")
