"""Every form of a history says every commit, also one that could not be read."""

import json

import pytest

from analyzer.comparison.history import History
from analyzer.reporting import HISTORY_FORMATS, render
from tests.unit.comparison.test_history import HISTORY


@pytest.mark.parametrize("form", sorted(set(HISTORY_FORMATS) - {"svg"}))
def test_every_commit_is_there_with_its_reason(form):
    text = render(HISTORY, form, HISTORY_FORMATS)
    for number in range(1, 6):
        assert f"c{number}" in text
    assert "broken" in text
    assert "learning_kubernetes" in text.replace("\\_", "_")


@pytest.mark.parametrize("form", sorted(HISTORY_FORMATS))
def test_an_estate_that_never_turned_and_one_that_could_not_be_read(form):
    quiet = HISTORY._replace(moments=HISTORY.moments[:1], turns=())
    nothing = History("", HISTORY.moments[1:2], ())
    assert render(quiet, form, HISTORY_FORMATS)
    assert render(nothing, form, HISTORY_FORMATS)
    if form in ("text", "md", "html"):
        assert "always been enhanced-podman" in render(quiet, form, HISTORY_FORMATS)
        assert "could not be read" in render(nothing, form, HISTORY_FORMATS)


def test_json_has_exact_scores():
    tree = json.loads(render(HISTORY, "json", HISTORY_FORMATS))
    point = HISTORY.points[0]
    assert tree["commits"][0]["scores"]["incremental"] == str(point.scores["incremental"])
    assert tree["commits"][1]["why_not"] == "broken"
    assert [turn["commit"] for turn in tree["turns"]] == ["c3", "c5"]


def test_the_table_of_the_terminal_has_one_line_a_commit():
    lines = render(HISTORY, "text", HISTORY_FORMATS).splitlines()
    assert lines[0] == "home: 5 commits"
    assert [line[:10] for line in lines[2:7]] == [f"2026-01-0{n}" for n in range(1, 6)]
    assert lines[3].endswith("not assessed: broken")
