"""Every comparison is as its schema says."""

import json

import jsonschema
import pytest

from analyzer.comparison.comparing import compare
from analyzer.reporting import COMPARISON_FORMATS, render
from analyzer.reporting.comparison.schema import comparison_schema
from tests.unit.comparison.test_conditions import LEARNING, NOW, REQUIRED, UNBACKED, snapshot

MOVED = snapshot(
    ("hosts.nuc", "{memory: 16GiB}"),
    ("services.sonarr.host", "nuc"),
    ("services.plex.environment", "{A: hunter2}"),
)
SIDES = (
    NOW,
    LEARNING,
    REQUIRED,
    UNBACKED,
    MOVED,
    NOW._replace(scope=NOW.scope._replace(rules="x")),
)


@pytest.mark.parametrize("after", SIDES)
def test_the_schema_holds(after):
    tree = json.loads(render(compare(NOW, after), "json", COMPARISON_FORMATS))
    jsonschema.Draft202012Validator(comparison_schema()).validate(tree)
    assert tree["empty"] == (after is NOW)


def test_no_value_of_a_variable_comes_out():
    for form in COMPARISON_FORMATS:
        text = render(compare(NOW, MOVED), form, COMPARISON_FORMATS)
        assert "hunter2" not in text


def test_effects_are_exact():
    tree = json.loads(render(compare(NOW, LEARNING), "json", COMPARISON_FORMATS))
    (change,) = tree["estate"]
    (moved,) = (item["moved"] for item in tree["criteria"])
    assert change["effect"] == moved
