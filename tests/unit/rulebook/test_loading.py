"""Rulebooks from folders: one's own over the shipped ones, or every problem."""

import pickle

import pytest

from analyzer.errors import RulesError
from analyzer.rulebook import loading
from analyzer.rulebook.loading import load_rulebook, shipped_rulebook
from tests.unit.rulebook.trees import folder_of

SHIPPED = load_rulebook()
SAID = "title: T\nreason: R\nsources: [{guide: Overview}]\n"


def gate(name):
    return (
        f"id: {name}\n{SAID}says: S\nlifted_by: L\nrules_out: [incremental]\n"
        "when: {hosts.count: {above: 9}}\n"
    )


def problems_of(folder):
    with pytest.raises(RulesError) as caught:
        load_rulebook([folder])
    return [(p.file.rpartition("/")[2], p.what) for p in caught.value.problems]


def test_every_kind_of_shipped_rule_is_sorted_by_id():
    for rules in SHIPPED[:7]:
        assert rules
        assert list(rules) == sorted(rules)
        assert all(getattr(rule, "id", name) == name for name, rule in rules.items())


def test_a_new_rule_is_added_and_one_of_the_same_id_replaced(tmp_path):
    folder = folder_of(
        tmp_path,
        gates__nine_hosts=gate("nine-hosts"),
        gates__no_room_for_test=gate("no-room-for-test"),
    )
    found = load_rulebook([folder])
    assert set(found.gates) == {*SHIPPED.gates, "nine-hosts"}
    assert found.gates["no-room-for-test"].title == "T"
    assert list(found.gates) == sorted(found.gates)
    assert found.criteria == SHIPPED.criteria
    assert found.fingerprint != SHIPPED.fingerprint


def test_later_folders_win(tmp_path):
    first = folder_of(
        tmp_path / "1",
        figures="quorum-servers: {value: 5, unit: servers, sources: [{guide: O}]}\n",
    )
    second = folder_of(
        tmp_path / "2",
        figures="quorum-servers: {value: 7, unit: servers, sources: [{guide: O}]}\n",
    )
    assert load_rulebook([first, second]).figures["quorum-servers"].typical == 7
    assert load_rulebook([second, first]).figures["quorum-servers"].typical == 5


def test_an_image_of_ones_own_takes_its_names_over(tmp_path):
    image = "postgres: {match: [postgres, team/db], role: database, stateful: true}\n"
    found = load_rulebook([folder_of(tmp_path, images__own=image)])
    assert found.image_index["team/db"] == "postgres"
    assert found.images["postgres"].ports == ()
    assert all(name in found.images for name in found.image_index.values())


def test_a_file_is_named_after_its_rule(tmp_path):
    folder = folder_of(tmp_path, gates__a=gate("b"))
    assert problems_of(folder) == [("a.yaml", "'b' is not the file's name")]


def test_a_file_where_no_rule_is_read_is_refused(tmp_path):
    folder = folder_of(tmp_path, gate__a=gate("a"), notes="a: b\n")
    assert problems_of(folder) == [
        ("a.yaml", "no rule is read from here"),
        ("notes.yaml", "no rule is read from here"),
    ]


def test_the_problems_of_all_rules_are_reported_together(tmp_path):
    folder = folder_of(
        tmp_path,
        gates__a=gate("a").replace("says: S\n", ""),
        profiles__p="id: p\ntitle: T\ntext: X\nweights: {a: 99}\n",
        questions="needs.x: 3\n",
    )
    assert sorted(problems_of(folder)) == [
        ("a.yaml", "missing"),
        ("p.yaml", "weight 99"),
        ("questions.yaml", "not a mapping"),
    ]


def test_the_rulebook_of_the_wheel_is_the_one_of_the_files(tmp_path, monkeypatch):
    compiled = tmp_path / "rulebook.pickle"
    compiled.write_bytes(pickle.dumps(SHIPPED))
    monkeypatch.setattr(loading, "COMPILED", compiled)
    monkeypatch.setattr(loading, "shipped_trees", None)  # not called
    assert shipped_rulebook() == SHIPPED


def test_an_invalid_shipped_rule_is_an_error_too(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "COMPILED", tmp_path / "none")
    monkeypatch.setattr(loading, "shipped_trees", lambda: {"stray.yaml": {}})
    with pytest.raises(RulesError, match="no rule is read from here"):
        shipped_rulebook()
