"""What the loss of a host means, in every form: what is gone for good comes first."""

import json

import pytest

from analyzer.assessment import Settings, assess
from analyzer.comparison.comparing import compare
from analyzer.comparison.snapshot import take
from analyzer.reporting import CHANGE_FORMATS, render
from analyzer.reporting.change import WhatIf
from tests.unit.comparison.test_conditions import RULES
from tests.unit.comparison.test_loss import ESTATE, LOSS

NOW, THEN = (take(assess(estate, RULES, Settings()), "x") for estate in (ESTATE, LOSS.left))
FOUND = WhatIf((LOSS,), compare(NOW, THEN))


@pytest.mark.parametrize("form", ["md", "text"])
def test_the_worst_first(form):
    text = render(FOUND, form, CHANGE_FORMATS)
    order = [
        "data without a backup: db",
        "not stated: unit",
        "front",
        "on pi: web",
        "uses /dev/dri",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_json_has_all_of_it():
    (loss,) = json.loads(render(FOUND, "json", CHANGE_FORMATS))["losses"]
    assert loss["lost"] == ["db"]
    assert loss["elsewhere"] == [{"service": "front", "path": ["front", "wiki"]}]


def test_nothing_lost_is_said_as_well():
    safe = FOUND._replace(losses=(LOSS._replace(lost=(), unsure=(), restarts=(), stuck=()),))
    text = render(safe, "md", CHANGE_FORMATS)
    assert "no data: whatever keeps state there is backed up or kept elsewhere" in text
