"""The advisor is honest about decisions that people took: sure only where it is right."""

import json
from fractions import Fraction
from functools import cache

import pytest

from analyzer.rulebook.loading import load_rulebook
from tests.calibration.__main__ import as_json, as_text, main
from tests.calibration.agreement import Answer, Rate, agreement, answer
from tests.calibration.mapping import FOLDER, load_mapping
from tests.calibration.records import read_records

CLEAR_RIGHT = 0.85
LEANING_RIGHT = 0.65


@cache
def answers():
    mapping, rulebook = load_mapping(), load_rulebook()
    records = read_records(str(FOLDER / "cases.yaml"))
    return tuple(answer(record, mapping, rulebook) for record in records)


def made(decision, recommended, verdict="leaning"):
    half = Fraction(1, 2)
    return Answer("case", decision, recommended, verdict, half, half, "homelab", (), ())


def test_a_sure_answer_is_right():
    found = agreement(answers())
    clear, leaning = found.by_verdict["clear"], found.by_verdict["leaning"]
    assert clear.rate is None or clear.rate >= CLEAR_RIGHT
    assert leaning.cases > 0
    assert leaning.rate >= LEANING_RIGHT


def test_it_beats_always_staying_and_says_every_answer():
    found = agreement(answers())
    assert found.overall.rate > found.always_stay.rate
    assert {one.recommended for one in answers()} == set(found.by_option)


def test_doubt_is_where_the_misses_are():
    rates = agreement(answers()).by_verdict
    assert rates["too-close-to-call"].rate < rates["leaning"].rate


def test_rates_by_hand():
    found = agreement(
        [
            made("incremental", "incremental", "clear"),
            made("incremental", "enhanced-podman"),
            made("enhanced-podman", "enhanced-podman"),
            made("undecided", "test-cluster"),
        ]
    )
    assert found.overall == Rate(3, 2)
    assert found.always_stay == Rate(3, 1)
    assert found.by_verdict["leaning"] == Rate(2, 1)
    assert found.by_option["incremental"] == Rate(2, 1)
    assert found.by_recommendation["enhanced-podman"] == Rate(2, 1)
    assert found.by_recommendation["test-cluster"] == Rate(0, 0)
    assert (Rate(3, 2).rate, Rate(0, 0).rate) == (0.667, None)


def test_json_and_text_say_the_same():
    document = json.loads(as_json(answers()))
    text = as_text(answers())
    assert len(document["cases"]) == len(answers())
    assert all(case["id"] in text for case in document["cases"])
    right = sum(case["agrees"] for case in document["cases"])
    assert document["agreement"]["overall"]["right"] == right
    assert f"{right} of  {len(answers())}" in text
    assert 0 <= document["cases"][0]["share"] <= 1


def test_a_file_of_another_hand(tmp_path, capsys):
    file = tmp_path / "others.yaml"
    file.write_text(
        "- {id: one, needs: [career_growth, zebra], hosts: {count: 1}, decision: test-cluster}\n"
        "- {id: two, setting: startup, needs: [ha, rolling_updates, multi_team]}\n",
        encoding="utf-8",
    )
    assert main([str(file), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["cases"][0]["unmapped"] == ["zebra"]
    assert document["agreement"]["overall"]["cases"] == 1


@pytest.mark.parametrize("content", ["", "meta: {}\n", "{", "\t"])
def test_a_file_without_records_ends_with_an_error(content, tmp_path, capsys):
    file = tmp_path / "none.yaml"
    file.write_text(content, encoding="utf-8")
    assert main([str(file)]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err
