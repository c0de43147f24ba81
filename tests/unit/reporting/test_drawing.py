"""Drawings and pages: well-formed, on their own, and obeying nothing that others wrote."""

from xml.etree import ElementTree

import pytest

from analyzer.assessment import Settings
from analyzer.comparison.grid import Variable, make_grid
from analyzer.comparison.history import Commit, make_history
from analyzer.inventory.loading import load_inventory
from analyzer.reporting import GRID_FORMATS, HISTORY_FORMATS, drawing, render
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.installed import ROOT

RULES = load_rulebook()
HOME = str(ROOT / "examples/home/inventory.yaml")
HOSTILE = '"><script>alert(1)</script>\x1b[31m\u202e'
SVG = "{http://www.w3.org/2000/svg}"


def read(settings):
    return load_inventory([HOME], (("name", "home"), *settings))._replace(name=HOSTILE)


def grid(rows=("2", "4"), columns=("", "required")):
    variables = (
        Variable("needs.planned_hosts", rows, rows),
        Variable("needs.failover", columns, tuple(text or HOSTILE for text in columns)),
    )
    return make_grid(variables, read, RULES, Settings())


def history():
    found = read(())
    return make_history(
        [(Commit("2026-01-01", "abc", HOSTILE), found), (Commit("x", "y", "z"), HOSTILE)],
        RULES,
        Settings(),
    )


@pytest.mark.parametrize(
    ("made", "form", "formats"),
    [
        *((grid, form, GRID_FORMATS) for form in ("svg", "html")),
        *((history, form, HISTORY_FORMATS) for form in ("svg", "html")),
    ],
)
def test_nothing_hostile_gets_through(made, form, formats):
    text = render(made(), form, formats)
    assert "<script" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert not {"\x1b", "\u202e"} & set(text)
    if form == "svg":
        ElementTree.fromstring(text)  # noqa: S314 - our own


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_every_form_says_the_same_answers(form):
    text = render(grid(), form, GRID_FORMATS)
    assert "enhanced-podman" in text or "P stay" in text
    assert "\x1b" not in text


def test_a_square_says_its_answer_by_letter():
    picture = ElementTree.fromstring(render(grid(), "svg", GRID_FORMATS))  # noqa: S314 - our own
    texts = [item.text for item in picture.iter(f"{SVG}text")]
    assert texts.count("P") == 2
    assert texts.count("–") == 2


def test_a_drawing_has_a_title_for_who_cannot_see_it():
    made = drawing.svg(10, 10, "what it shows", [])
    assert made.get("role") == "img"
    assert made.find("title").text == "what it shows"


def test_the_same_bytes_every_time():
    assert render(grid(), "svg", GRID_FORMATS) == render(grid(), "svg", GRID_FORMATS)
