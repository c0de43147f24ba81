"""The Kubernetes importer as others see it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import InventoryError
from analyzer.importers import kubernetes
from analyzer.importers.kubernetes.tables import CONTAINER, POD, WORKLOAD
from tests.importers.kubernetes_reading import SAMPLES, deployment, document, made, read, remarks
from tests.patience import patience

GOOD = json.dumps(deployment())


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("photos.yaml", (SAMPLES / "photos.yaml").read_bytes(), True),
        ("stdin", b"---\nkind: Pod\napiVersion: v1\n", True),
        ("x.json", GOOD.encode(), True),
        ("stdin", b'{"apiVersion": "v1", "items": [], "kind": "List"}', True),
        ("compose.yaml", b"services:\n  a:\n    image: b\n", False),
        ("Chart.yaml", b"apiVersion: v2\nname: x\n", False),
        ("README.md", b"apiVersion: v1\nkind: Pod\n", False),
        ("x.yaml", b"a:\n  apiVersion: v1\n  kind: Pod\n", False),
        ("x.json", b'{"kind": "x"}', False),
        ("x", b"", False),
    ],
)
def test_recognises_objects(name, head, expected):
    assert kubernetes.recognises(name, head[: 1 << 16]) is expected


def drafts(*texts):
    documents = [document(text, f"{at}.yaml", at) for at, text in enumerate(texts)]
    return kubernetes.read(documents, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n{{- if .Values.on }}\nspec: {}\n{{ end }}\n",
    ],
)
def test_a_template_is_refused_with_its_place_and_what_to_do(text):
    with pytest.raises(InventoryError) as error:
        drafts(text)
    (problem,) = error.value.problems
    assert problem.line in (4, 5)
    assert "helm template" in problem.remedy
    beside = drafts(text, GOOD)
    assert ("", "broken") in remarks(*beside)
    assert list(beside[0].tree["services"]) == ["app"]


def test_braces_in_quotes_are_no_template():
    text = GOOD + '\n---\n{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "{{x}}"}}'
    assert remarks(*drafts("# {{ }}\n---\n" + text)) == []


@pytest.mark.parametrize("text", ["", "---\n", "- a\n", "a: b\n", "{", "]", "a: [\n", "null"])
def test_nothing_at_all_is_an_error(text):
    with pytest.raises(InventoryError):
        drafts(text)


def test_a_broken_document_beside_a_good_one_is_a_remark():
    found = drafts(GOOD, "a: [\n")
    assert list(found[0].tree["services"]) == ["app"]
    broken = [remark for remark in found[-1].remarks if remark.reach == "broken"]
    assert [remark.mark >> 59 for remark in broken] == [1]


def test_only_kinds_without_bearing_are_no_error():
    assert remarks(*read(made("NetworkPolicy", "x"))) == [("NetworkPolicy/x", "no bearing")]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_end_in_drafts_or_an_error(data):
    try:
        found = kubernetes.read([document("")._replace(data=data)], None, None)
    except InventoryError:
        return
    assert found


_KEYS = [
    *CONTAINER,
    *POD,
    *WORKLOAD,
    "metadata",
    "labels",
    "annotations",
    "name",
    "limits",
    "data",
]
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(CONTAINER)), _VALUES, max_size=6),
    st.dictionaries(st.sampled_from(sorted(POD)), _VALUES, max_size=4),
    st.dictionaries(st.sampled_from(sorted(WORKLOAD)), _VALUES, max_size=3),
    st.sampled_from(
        ["Service", "Ingress", "IngressRoute", "PersistentVolume", "Node", "Endpoints"]
    ),
    _VALUES,
)
def test_any_values_in_known_places_end_in_drafts(container, pod, workload, kind, spec):
    whole = {"containers": [container], **pod}
    one = made("Deployment", "a", {"template": {"spec": whole}, **workload})
    cron = made("CronJob", "b", {"jobTemplate": {"spec": {"template": {"spec": whole}}}})
    other = {**made(kind, "c"), "spec": spec, "status": spec, "subsets": spec}
    assert read(one, cron, other)


def test_two_thousand_workloads_in_well_under_a_second():
    items = []
    for at in range(1000):
        name = f"app{at}"
        env = [{"name": "DB_HOST", "value": "db"}, {"name": "X", "value": "y"}]
        items.append(deployment(name, env=env, ports=[{"containerPort": 80}]))
        items.append(made("Service", name, {"selector": {"app": name}, "ports": [{"port": 80}]}))
    with patience():
        (draft,) = read(*items)
        assert len(draft.tree["services"]) == 1000
