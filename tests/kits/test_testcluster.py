"""The test cluster takes nothing from production, and what is measured on it is told honestly."""

import json
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.kits.testcluster.comparison import Sample, compare, median
from analyzer.kits.testcluster.measuring import METRICS, SIDES
from analyzer.kits.testcluster.reading import read
from analyzer.kits.testcluster.report import BEGIN, END, inserted
from tests.kits.making import (
    EXAMPLES,
    HOSTS,
    ROOT,
    kit_of,
    material_from,
    material_of,
    yaml_documents,
)

HOME = "examples/home/inventory.yaml"
TEXT = f"""{HOSTS}services:
  app:
    host: nas
    runtime: podman
    image: "a:1"
    ports: ["80:80", "127.0.0.1:81:81"]
    network_mode: host
    volumes: ["/srv/data:/data", "/run/podman/podman.sock:/s", "v:/v"]
    depends_on: [db]
  db: {{host: nas, image: "postgres:16", ports: ["5432:5432"]}}
""".replace("    network_mode: host\n", "")


def objects(kit):
    return [
        one
        for path, documents in yaml_documents(kit).items()
        if path.startswith("test-cluster/kubernetes/") and "kustomization" not in path
        for one in documents
    ]


@pytest.mark.parametrize("path", EXAMPLES)
def test_no_pod_mounts_what_production_writes(path):
    material = material_of(path, base="/srv/stacks")
    names = frozenset(name for name in material.chosen if material.service(name).is_container)
    for one in objects(kit_of(material._replace(chosen=names, asked=True), "test-cluster")):
        pod = one["spec"].get("template", {}).get("spec", {}) if "spec" in one else {}
        for volume in pod.get("volumes", ()):
            path_there = volume.get("hostPath", {}).get("path", "/srv/k8s-test/")
            assert path_there.startswith(("/srv/k8s-test/", "/dev/")) or path_there.endswith(
                ".sock"
            )
        assert not pod.get("hostNetwork")
        if pod:
            assert pod["nodeSelector"]["kubernetes.io/hostname"] == "k8s-test"


@pytest.mark.parametrize("path", EXAMPLES)
def test_nothing_is_open_to_others(path):
    material = material_of(path, base="/srv/stacks")
    names = frozenset(name for name in material.chosen if material.service(name).is_container)
    for one in objects(kit_of(material._replace(chosen=names, asked=True), "test-cluster")):
        assert one["kind"] != "Ingress"
        if one["kind"] == "Service":
            assert one["spec"].get("type") != "NodePort"
        assert "nodePort" not in str(one)
        assert "hostPort" not in str(one)
        if one["kind"] != "Namespace":
            assert one["metadata"]["namespace"].endswith("-test")


def test_there_is_no_way_to_a_service_of_production():
    hosts = HOSTS.replace("{arch", "{addresses: [10.0.0.5], arch")
    kit = kit_of(material_from(TEXT.replace(HOSTS, hosts), services=["app"]), "test-cluster")
    assert not any(one["metadata"]["name"] == "db" for one in objects(kit))
    told = {entry.key: entry for entry in kit.ledger}
    assert told["depends_on.db"].status == "person"


def test_mirrored_together_they_find_each_other():
    kit = kit_of(material_from(TEXT, services=["app", "db"]), "test-cluster")
    assert {one["metadata"]["name"] for one in objects(kit) if one["kind"] == "Service"} >= {
        "app",
        "db",
    }


def test_the_plan_mirrors_what_the_report_proposes():
    material = material_of(HOME)
    kit = kit_of(material, "test-cluster")
    planned = {one.service for one in material.assessment.plan.mirrors}
    made = {path for path in kit.files if path.startswith("test-cluster/kubernetes/home-test-")}
    assert len(made) == len(planned)


values = st.fractions(min_value=0, max_value=1000).map(lambda one: one.limit_denominator(100))
samples = st.lists(
    st.builds(
        Sample,
        metric=st.sampled_from(sorted(METRICS)),
        service=st.sampled_from(["a", "b"]),
        side=st.sampled_from(SIDES),
        value=values,
    ),
    max_size=30,
)


@given(samples, st.randoms())
def test_the_order_of_the_lines_changes_nothing(given_samples, random):
    shuffled = list(given_samples)
    random.shuffle(shuffled)
    assert compare(shuffled) == compare(given_samples)


@given(samples)
def test_with_the_sides_swapped_the_other_side_is_better(given_samples):
    other = {"podman": "kubernetes", "kubernetes": "podman"}
    swapped = compare(one._replace(side=other[one.side]) for one in given_samples)
    for one, two in zip(compare(given_samples), swapped, strict=True):
        assert (one.podman, one.kubernetes) == (two.kubernetes, two.podman)
        assert two.better == other.get(one.better, one.better)


@given(st.lists(values, min_size=1))
def test_half_of_the_values_lie_on_each_side_of_the_median(listed):
    middle = median(listed)
    assert sum(one <= middle for one in listed) * 2 >= len(listed)
    assert sum(one >= middle for one in listed) * 2 >= len(listed)


def made(podman, kubernetes, metric="memory"):
    listed = [Sample(metric, "a", "podman", Fraction(one)) for one in podman]
    listed += [Sample(metric, "a", "kubernetes", Fraction(one)) for one in kubernetes]
    return compare(listed)[0].better


def test_a_difference_within_the_scatter_is_none():
    assert made([100, 110, 120], [105, 115, 125]) == "no difference"
    assert made([100, 101, 102], [150, 151, 152]) == "podman"
    assert made([150, 151, 152], [100, 101, 102]) == "kubernetes"


def test_too_few_samples_say_nothing():
    assert made([100, 101], [1, 2]) == "too few samples"
    assert made([100, 101, 102], []) == "one side only"


def test_every_line_that_is_no_measurement_is_told_in_one_pass():
    text = """side,service,metric,unit,value
podmann,a,memory,MiB,1
podman,b,memory,MiB,1
podman,a,memmory,MiB,1
podman,a,memory,kg,1
podman,a,memory,MiB,-1
podman,a,memory,MiB,nan
podman,a,memory,MiB,1e9
podman,a,overhead,MiB,1
podman,a,memory,MiB,
kubernetes,a,memory,GiB,0.5
"""
    found = read(text.encode(), "m.csv", ["a"])
    assert [problem.line for problem in found.problems] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert all(problem.remedy for problem in found.problems)
    assert found.empty == 1
    assert found.samples == [Sample("memory", "a", "kubernetes", Fraction(512))]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "[1]", "{}", '{"measurements": 3}', "\0"])
def test_a_file_that_is_no_table_is_told(text):
    assert read(text.encode(), "m.csv", ["a"]).problems


def test_json_says_the_same_as_csv():
    rows = [{"side": "podman", "service": "a", "metric": "start", "unit": "min", "value": 2}]
    found = read(json.dumps(rows).encode(), "m.json", ["a"])
    assert found.samples == [Sample("start", "a", "podman", Fraction(120))]
    assert read(json.dumps({"measurements": rows}).encode(), "m.json", ["a"]) == found


def test_a_section_is_replaced_and_not_added_twice():
    first = inserted("# Report\n\ntext\n", f"{BEGIN}\none\n{END}\n")
    second = inserted(first, f"{BEGIN}\ntwo\n{END}\n")
    assert "one" not in second
    assert second.count(BEGIN) == 1
    assert second.startswith("# Report\n\ntext\n")


def run(*words, cwd):
    return subprocess.run(
        [sys.executable, "-m", "analyzer", *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_into_the_report(tmp_path):
    table = "side,service,metric,unit,value\n" + "".join(
        f"{side},grocy,memory,MiB,{base + at}\n{side},,overhead,MiB,{base * 9 + at}\n"
        for side, base in (("podman", 100), ("kubernetes", 140))
        for at in range(3)
    )
    (tmp_path / "m.csv").write_text(table)
    report = tmp_path / "report.md"
    report.write_text("# Report\n")
    done = run(
        "compare-test",
        HOME,
        "--measurements",
        str(tmp_path / "m.csv"),
        "--report",
        str(report),
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    text = report.read_text()
    assert "grocy" in text
    assert "+40 MiB, +39.6 %" in text or "+40 MiB" in text
    assert "K3s took" in text
    again = run(
        "compare-test",
        HOME,
        "--measurements",
        str(tmp_path / "m.csv"),
        "--report",
        str(report),
        cwd=ROOT,
    )
    assert again.returncode == 0
    assert report.read_text() == text
    (tmp_path / "bad.csv").write_text("side,service,metric,unit,value\nx,y,z,u,v\n")
    bad = run("compare-test", HOME, "--measurements", str(tmp_path / "bad.csv"), cwd=ROOT)
    assert bad.returncode == 3
    assert "bad.csv:2:1" in bad.stderr
    gone = run(
        "compare-test",
        HOME,
        "--measurements",
        str(tmp_path / "m.csv"),
        "--report",
        str(tmp_path / "no.md"),
        cwd=ROOT,
    )
    assert gone.returncode == 5
