"""Documents, lists and kinds."""

import pytest

from analyzer.importers.kubernetes.objects import WORKLOADS, below, maps, pairs, text
from tests.importers.kubernetes_reading import deployment, made, objects_of, tree


def said(objects):
    return [(remark.path, remark.reach) for remark in objects.remarks]


def test_lists_are_taken_apart_and_typed_ones_complete_their_items():
    inner = {"metadata": {"name": "a"}, "spec": {}}
    typed = {"apiVersion": "v1", "kind": "PodList", "items": [inner]}
    objects = objects_of({"apiVersion": "v1", "kind": "List", "items": [typed, deployment("b")]})
    assert list(objects.found) == [("Pod", "default", "a"), ("Deployment", "default", "b")]


@pytest.mark.parametrize(
    ("one", "path", "reach"),
    [
        (made("NetworkPolicy", "x"), "NetworkPolicy/x", "no bearing"),
        (made("HelmRelease", "x"), "HelmRelease/x", "not understood"),
        (made("Spaceship", "x"), "Spaceship/x", "not understood"),
        ({"apiVersion": "v1", "kind": "Pod"}, "Pod", "broken"),
        ({"kind": "Pod"}, "", "broken"),
        (["x"], "", "broken"),
        ("text", "", "broken"),
    ],
)
def test_what_is_no_object_that_is_read_is_said(one, path, reach):
    objects = objects_of(one)
    assert not objects.found
    assert said(objects) == [(path, reach)]


def test_an_empty_document_is_nothing():
    assert said(objects_of(None)) == []


def test_of_two_with_one_name_the_first_counts():
    objects = objects_of(deployment("a"), deployment("a", namespace="x"), deployment("a"))
    assert len(objects.found) == 2
    assert said(objects) == [("Deployment/a", "broken")]


def test_objects_come_in_order_whatever_the_order_of_files():
    names = [one.name for one in objects_of(deployment("b"), deployment("a")).of(*WORKLOADS)]
    assert names == ["a", "b"]


def test_paths_into_trees():
    found = tree({"a": {"b": {"c": "d"}}, "list": [{"x": 1}, 2]})
    assert below(found, "a", "b") == {"c": "d"}
    assert below(found, "list", "b") == below(None, "a") == {}
    assert maps(found["list"]) == [{"x": "1"}]
    assert text(found, "a") == ""
    assert pairs(found["a"]["b"]) == {"c": "d"}


def test_keys_of_an_object_that_are_not_used_are_said():
    one = {**made("Service", "a", {"sessionAffinity": "ClientIP", "wings": 2}), "color": "red"}
    assert said(objects_of(one)) == [
        ("Service/a.color", "not understood"),
        ("Service/a.spec.sessionAffinity", "no bearing"),
        ("Service/a.spec.wings", "not understood"),
    ]
    plain = made("Service", "a", {"sessionAffinity": "None", "ports": []}, status={})
    assert said(objects_of(plain)) == []
