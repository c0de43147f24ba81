"""An earlier report: what is read of it, and how everything else is refused."""

import json
from pathlib import Path

import pytest

from analyzer.commands import reports
from analyzer.commands.previous import EarlierWaves, read_previous
from analyzer.errors import InventoryError

PILOTS = {"number": 1, "class": "pilot", "services": ["b", "a"], "new key": 1}
REST = {"number": 2, "class": "stateless", "services": ["c"]}


def written(tmp_path, content):
    file = tmp_path / "report.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return str(file)


def report(*waves):
    return {"format": 1, "plan": {"waves": list(waves)}}


def refusal(file):
    with pytest.raises(InventoryError) as caught:
        read_previous(file)
    (problem,) = caught.value.problems
    return problem


def test_waves_and_pilots_by_name(tmp_path):
    found = read_previous(written(tmp_path, report(PILOTS, REST)))
    assert found == EarlierWaves((("a", 1), ("b", 1), ("c", 2)), ("a", "b"))


def test_pilots_are_unknown_where_the_classes_are(tmp_path):
    bare = {"number": 2, "services": ["c"]}
    assert read_previous(written(tmp_path, report(PILOTS, bare))).pilots is None
    assert read_previous(written(tmp_path, report(REST))).pilots == ()


def test_a_plan_without_waves_is_a_plan(tmp_path):
    assert read_previous(written(tmp_path, report())) == EarlierWaves((), ())


@pytest.mark.parametrize(
    ("content", "path", "what"),
    [
        (b"", "", "not JSON: expecting value"),
        (b"# a report\n", "", "not JSON: expecting value"),
        (b"\xff\xfe\x00", "", "not JSON that can be read"),
        (b"[" * 100_000, "", "not JSON that can be read"),
        (b'{"format": ' + b"9" * 5000 + b"}", "", "not JSON that can be read"),
        ([], "", "not a report of k8sadvisor"),
        ("plan", "", "not a report of k8sadvisor"),
        ({"format": 1}, "", "not a report of k8sadvisor"),
        ({"format": 2, "plan": {"waves": []}}, "format", "a report of another version"),
        ({"plan": {"waves": []}}, "format", "a report of another version"),
        ({"format": 1, "plan": []}, "plan.waves", "not a list of waves"),
        ({"format": 1, "plan": {"waves": {}}}, "plan.waves", "not a list of waves"),
        (report(3), "plan.waves[0]", "not a wave"),
        (report(REST, {}), "plan.waves[1].number", "not a whole number from 1"),
        (report(REST | {"number": True}), "plan.waves[0].number", "not a whole number from 1"),
        (report(REST | {"number": 0}), "plan.waves[0].number", "not a whole number from 1"),
        (report(REST | {"number": 1.0}), "plan.waves[0].number", "not a whole number from 1"),
        (report(REST | {"services": "c"}), "plan.waves[0].services", "not a list of names"),
        (report(REST | {"services": [1]}), "plan.waves[0].services", "not a list of names"),
        (report(REST, REST | {"number": 3}), "plan.waves", "a service is in two waves"),
    ],
)
def test_every_other_form_is_refused_with_its_place(tmp_path, content, path, what):
    problem = refusal(written(tmp_path, content))
    assert (problem.path, problem.what) == (path, what)
    assert problem.remedy


def test_a_syntax_error_has_its_line_and_column(tmp_path):
    problem = refusal(written(tmp_path, b'{"format": 1,\n "plan" 2}'))
    assert (problem.line, problem.column) == (2, 9)


def test_what_is_no_readable_file(tmp_path):
    assert refusal(str(tmp_path / "none.json")).what == "no such file"
    assert refusal(str(tmp_path)).what == "cannot be read: is a directory"
    assert refusal("a\0b").what.startswith("cannot be read: ")


def test_the_size_is_bounded(tmp_path, monkeypatch):
    file = written(tmp_path, report(REST))
    monkeypatch.setattr(reports, "MAX_BYTES", Path(file).stat().st_size)
    read_previous(file)
    monkeypatch.setattr(reports, "MAX_BYTES", Path(file).stat().st_size - 1)
    assert refusal(file).what.startswith("larger than")
