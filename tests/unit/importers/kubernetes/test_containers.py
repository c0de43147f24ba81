"""Containers of pods."""

import json

import pytest

from analyzer.importers.kubernetes.containers import _without_headers
from tests.importers.kubernetes_reading import container, deployment, made, read, remarks, tree


def test_a_bare_container():
    assert container() == {
        "runtime": "kubernetes",
        "x-kubernetes": {"kind": "Deployment"},
        "image": "app:1",
        "restart": "always",
        "labels": {"app": "app"},
    }


@pytest.mark.parametrize(
    ("keys", "native", "value"),
    [
        ({"command": ["sh", "-c"], "args": ["run x"]}, "command", ["sh", "-c", "run x"]),
        ({"args": ["--port", "80"]}, "command", ["--port", "80"]),
        ({"workingDir": "/srv"}, "working_dir", "/srv"),
        ({"imagePullPolicy": "IfNotPresent"}, "pull_policy", "missing"),
        ({"tty": True}, "tty", "true"),
        ({"ports": [{"containerPort": 80}]}, "expose", ["80/tcp"]),
        ({"ports": [{"containerPort": 53, "protocol": "UDP"}]}, "expose", ["53/udp"]),
        ({"ports": [{"containerPort": 80, "hostPort": 8080}]}, "ports", ["8080:80/tcp"]),
        (
            {"ports": [{"containerPort": 80, "hostPort": 8080, "hostIP": "127.0.0.1"}]},
            "ports",
            ["127.0.0.1:8080:80/tcp"],
        ),
        (
            {"resources": {"limits": {"memory": "1G", "cpu": "250m"}}},
            "limits",
            {"memory": "1000000000", "cpus": "0.25"},
        ),
        ({"resources": {"limits": {"nvidia.com/gpu": 1}}}, "gpus", "all"),
        ({"resources": {"limits": {"gpu.intel.com/i915": 1}}}, "gpus", "all"),
        ({"resources": {"limits": {"squat.ai/zigbee": 1}}}, "devices", ["squat.ai/zigbee"]),
        ({"securityContext": {"privileged": True}}, "privileged", "true"),
        ({"securityContext": {"runAsUser": 1000}}, "user", "1000"),
        ({"securityContext": {"readOnlyRootFilesystem": True}}, "read_only", "true"),
        ({"securityContext": {"capabilities": {"add": ["NET_ADMIN"]}}}, "cap_add", ["NET_ADMIN"]),
        (
            {"livenessProbe": {"exec": {"command": ["pg_isready"]}, "periodSeconds": 5}},
            "healthcheck",
            {"test": ["CMD", "pg_isready"], "interval": "5s"},
        ),
        (
            {"readinessProbe": {"httpGet": {"path": "/ping", "port": 80}}},
            "healthcheck",
            {"test": ["CMD", "httpGet", "80/ping"]},
        ),
        ({"startupProbe": {"tcpSocket": {"port": 6379}}}, "healthcheck",
         {"test": ["CMD", "tcpSocket", "6379"]}),
    ],
)  # fmt: skip
def test_a_key_becomes_a_native_one(keys, native, value):
    assert container(**keys)[native] == value


def test_variables_with_their_sources():
    settings = made("ConfigMap", "c", data={"host": "postgres", "other": "x"})
    env = [
        {"name": "HOST", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "host"}}},
        {"name": "URL", "value": "db://$(HOST):5432/$(GONE)"},
        {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "s", "key": "p"}}},
        {"name": "NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}},
        {"name": "EMPTY"},
    ]
    entry = read(deployment(env=env), settings)[0].tree["services"]["app"]
    assert entry["environment"] == {
        "HOST": "postgres",
        "URL": "db://postgres:5432/$(GONE)",
        "PASSWORD": None,
        "NODE": None,
        "EMPTY": None,
    }
    assert entry["secrets"] == ["s"]


def test_all_variables_of_a_configmap_are_hints_and_a_secret_is_a_name():
    settings = made("ConfigMap", "c", data={"DB_HOST": "postgres"})
    sources = [
        {"prefix": "X_", "configMapRef": {"name": "c"}},
        {"secretRef": {"name": "s"}},
        {"configMapRef": {"name": "gone"}},
    ]
    draft = read(deployment(envFrom=sources), settings)[0]
    assert [hint[:4] for hint in draft.hints] == [("app", "variable", "X_DB_HOST", "postgres")]
    assert draft.tree["services"]["app"]["secrets"] == ["s"]
    assert remarks(draft) == [("Deployment/app.envFrom", "no bearing")]


def test_a_value_of_a_secret_is_never_read():
    secret = made("Secret", "s", stringData={"p": "hunter2"}, data={"q": "aHVudGVyMg=="})
    draft = read(deployment(envFrom=[{"secretRef": {"name": "s"}}]), secret)[0]
    shown = json.dumps([draft.tree, draft.hints, draft.remarks])
    assert "hunter2" not in shown
    assert "aHVudGVyMg" not in shown


@pytest.mark.parametrize(
    ("keys", "path", "reach"),
    [
        ({"color": "red"}, "color", "not understood"),
        ({"lifecycle": {"preStop": {}}}, "lifecycle", "kept"),
        ({"stdinOnce": True}, "stdinOnce", "no bearing"),
        ({"image": None}, "image", "broken"),
        ({"resources": {"limits": {"memory": "lots"}}}, "resources.limits.memory", "broken"),
        ({"resources": {"requests": {"memory": "1Gi"}}}, "requests", "kept"),
        ({"env": [{"value": "hunter2"}]}, "env", "broken"),
        ({"env": [{"name": "A", "value": ["hunter2"]}]}, "env.A", "broken"),
        (
            {"env": [{"name": "A", "valueFrom": {"moonRef": {}}}]},
            "env.A.moonRef",
            "not understood",
        ),
        ({"securityContext": {"shields": "up"}}, "shields", "not understood"),
        ({"securityContext": {"runAsNonRoot": True}}, "runAsNonRoot", "no bearing"),
    ],
)
def test_everything_else_is_said_without_values(keys, path, reach):
    drafts = read(deployment(**keys))
    assert (f"Deployment/app.{path}", reach) in remarks(*drafts)
    assert "hunter2" not in json.dumps([remark.text for remark in drafts[0].remarks])


def test_headers_of_probes_are_not_kept():
    probe = {"httpGet": {"port": 80, "httpHeaders": [{"name": "Authorization", "value": "x"}]}}
    kept = container(livenessProbe=probe)["x-kubernetes"]["livenessProbe"]
    assert kept == {"httpGet": {"port": "80"}}
    assert _without_headers(tree({"a": [{"httpHeaders": [], "b": "c"}]})) == {"a": [{"b": "c"}]}
