"""Records of any shape are read, and nothing that tells how a decision ended."""

import pytest

from tests.calibration.records import Record, read_records, record_of


def test_a_full_record():
    record = record_of(
        {
            "id": "one",
            "setting": "Homelab",
            "baseline": "Compose",
            "needs": ["failover", "unknown"],
            "constraints": "ram",
            "hosts": {
                "count": "4",
                "sites": 2,
                "nodes": [
                    {"role": "k3s node x3", "ram_gb": 4, "arch": "x86_64"},
                    {"role": "NAS", "cpu": "N100", "ram_gb": "unknown", "arch": "unknown"},
                ],
            },
            "services": {"count": "more than 40"},
            "decision": "incremental",
        }
    )
    assert (record.hosts, record.sites, record.services) == (4, 2, 40)
    assert [machine.memory_gb for machine in record.machines] == ["4", "4", "4", None]
    assert [machine.arch for machine in record.machines] == ["x86_64", "x86_64", "x86_64", None]
    assert (record.needs, record.constraints) == (("failover",), ("ram",))
    assert (record.setting, record.baseline) == ("homelab", "compose")


@pytest.mark.parametrize(
    ("count", "read"),
    [("unknown", None), (None, None), ("", None), ("0", None), (7, 7), ("30+", 30), ("12-15", 12)],
)
def test_counts_that_are_not_stated_stay_unknown(count, read):
    assert record_of({"services": {"count": count}}).services == read


def test_the_machines_tell_their_number_where_no_count_does():
    assert record_of({"hosts": {"nodes": [{"role": "a"}, {"role": "b"}]}}).hosts == 2


@pytest.mark.parametrize("value", [None, "unknown", [], "two", {"nodes": "unknown"}])
def test_hosts_in_another_shape_are_unknown(value):
    assert record_of({"hosts": value}).hosts is None


def test_what_leaks_the_outcome_is_not_in_a_record():
    leaks = {"flags", "mapping", "outcome", "outcome_label", "confidence", "use", "source", "date"}
    assert not leaks & set(Record._fields)
    assert not [name for name in Record._fields if "note" in name]


def test_a_bare_list_is_a_file_of_records(tmp_path):
    file = tmp_path / "cases.yaml"
    file.write_text("- id: a\n  needs: [learning]\n- id: b\n", encoding="utf-8")
    assert [record.id for record in read_records(str(file))] == ["a", "b"]


def test_a_file_without_records_is_refused(tmp_path):
    file = tmp_path / "cases.yaml"
    file.write_text("meta: {}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no list of cases"):
        read_records(str(file))
