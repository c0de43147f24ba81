import json
from fractions import Fraction

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.reporting import render
from analyzer.reporting.json_report import write
from analyzer.reporting.schema import json_report_schema
from tests.unit.reporting.fake import assessment

trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def strict(schema):
    """Return the schema with every object closed, so that an undocumented key is an error."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if "required" in schema and "properties" in schema:
        closed.setdefault("additionalProperties", False)
    return closed


@pytest.fixture(scope="module")
def report():
    return json.loads(render(assessment(), "json"))


def test_the_schema_is_sound():
    jsonschema.Draft202012Validator.check_schema(json_report_schema())


def test_the_report_keeps_its_schema(report):
    jsonschema.validate(report, json_report_schema())


@pytest.mark.parametrize(
    "section", ["decision", "plan", "footprint", "findings", "unknowns", "services", "facts"]
)
def test_every_key_is_documented(report, section):
    schema = strict(json_report_schema()["properties"][section])
    jsonschema.validate(report[section], schema)


def test_the_keys_that_others_rely_on(report):
    decision = report["decision"]
    assert report["format"] == 1
    assert decision["recommended"] == "enhanced-podman"
    assert decision["verdict"] == "leaning"
    assert (
        decision["options"][0].items()
        >= {
            "id": "enhanced-podman",
            "score": 0.625,
            "low": 0.5,
            "high": 0.75,
            "ruled_out_by": [],
        }.items()
    )
    assert (
        decision["flips"][0].items()
        >= {
            "input": "needs.planned_hosts",
            "from": 2,
            "to": 4,
            "becomes": "incremental",
        }.items()
    )
    assert decision["confidence"].items() >= {"stars": 4, "known_weight": 0.92}.items()
    assert decision["robustness"]["weight_radius"] == 0.61
    assert report["plan"]["waves"][0].items() >= {"number": 1, "services": ["db", "web"]}.items()
    assert (
        report["plan"]["never"][0].items()
        >= {"service": "web", "reason": "a sentence; a sentence"}.items()
    )
    assert (
        report["plan"]["exposure"].items()
        >= {
            "value": 159,
            "lower_bound": 157,
            "proven_optimal": False,
        }.items()
    )
    assert report["footprint"]["hosts"][0]["host"] == "box"
    assert set(report["findings"][0]) >= {"id", "subject", "severity", "remedy", "source"}
    assert report["unknowns"][0]["write"] == "needs.failover: none | wanted | required"
    edge = next(edge for edge in report["graph"]["edges"] if edge["from"] == "web")
    assert (edge["to"], edge["kind"]) == ("db", "hard")
    assert edge["evidence"]
    assert report["graph"]["groups"][0]["members"] == ["db", "web"]


def test_exact_contributions_add_up(report):
    for option in report["decision"]["options"]:
        parts = [
            Fraction(item["exact"][option["id"]]) for item in report["decision"]["contributions"]
        ]
        assert sum(parts) == Fraction(option["exact"]["score"])


@given(trees)
def test_any_tree_is_written_as_json(tree):
    assert json.loads("".join(write(tree))) == tree


def test_items_of_a_section_take_one_line_each():
    lines = render(assessment(), "json").splitlines()
    assert sum('"criterion": "' in line and '"scores"' in line for line in lines) == 3


@given(st.text(min_size=1, max_size=20))
def test_any_text_survives_the_round_trip(text):
    report = json.loads(render(assessment(text=text), "json"))
    assert report["decision"]["verdict_reason"] == text
