"""Workloads and their pods."""

import pytest

from tests.importers.kubernetes_reading import deployment, made, read, remarks, sample, service

POD = {"containers": [{"name": "app", "image": "app:1"}]}


@pytest.mark.parametrize(
    ("kind", "spec", "restart"),
    [
        ("Pod", POD, None),
        ("Pod", {**POD, "restartPolicy": "Never"}, "no"),
        ("Deployment", {"template": {"spec": POD}}, "always"),
        ("StatefulSet", {"template": {"spec": POD}}, "always"),
        ("DaemonSet", {"template": {"spec": POD}}, "always"),
        ("ReplicaSet", {"template": {"spec": POD}}, "always"),
        ("ReplicationController", {"template": {"spec": POD}}, None),
        ("Job", {"template": {"spec": {**POD, "restartPolicy": "OnFailure"}}}, "on-failure"),
        ("CronJob", {"jobTemplate": {"spec": {"template": {"spec": POD}}}}, None),
    ],
)
def test_every_kind_of_workload_is_a_service(kind, spec, restart):
    entry = service(made(kind, "app", spec))
    assert entry["image"] == "app:1"
    assert entry["x-kubernetes"] == {"kind": kind}
    assert entry.get("restart") == restart


@pytest.mark.parametrize(
    ("pod", "native", "value"),
    [
        ({"hostNetwork": True}, "network", "host"),
        ({"hostname": "box"}, "hostname", "box"),
        ({"nodeName": "attic"}, "host", "attic"),
        ({"nodeSelector": {"kubernetes.io/hostname": "attic"}}, "host", "attic"),
        ({"nodeSelector": {"kubernetes.io/arch": "arm64"}}, "architectures", ["arm64"]),
        ({"securityContext": {"runAsUser": 1000}}, "user", "1000"),
        (
            {"hostAliases": [{"ip": "10.0.0.5", "hostnames": ["db", "cache"]}]},
            "extra_hosts",
            ["db:10.0.0.5", "cache:10.0.0.5"],
        ),
    ],
)
def test_a_key_of_the_pod_becomes_a_native_one(pod, native, value):
    assert service(deployment(pod=pod))[native] == value


def test_ports_on_the_hosts_network_are_the_hosts():
    one = deployment(pod={"hostNetwork": True}, ports=[{"containerPort": 8123}])
    assert service(one)["ports"] == ["8123:8123/tcp"]


@pytest.mark.parametrize(
    ("pod", "path", "reach"),
    [
        ({"tolerations": [{"operator": "Exists"}]}, "tolerations", "kept"),
        ({"affinity": {"podAffinity": {"x": "y"}}}, "affinity", "kept"),
        ({"nodeSelector": {"disk": "ssd"}}, "nodeSelector", "kept"),
        ({"terminationGracePeriodSeconds": 90}, "terminationGracePeriodSeconds", "no bearing"),
        ({"wings": 2}, "wings", "not understood"),
        ({"containers": []}, "containers", "broken"),
    ],
)
def test_everything_else_of_a_pod_is_said(pod, path, reach):
    assert (f"Deployment/app.{path}", reach) in remarks(*read(deployment(pod=pod)))


def test_what_the_api_server_fills_in_is_not_said():
    pod = {
        "dnsPolicy": "ClusterFirst",
        "schedulerName": "default-scheduler",
        "securityContext": {},
    }
    assert remarks(*read(deployment(pod=pod))) == []


def test_other_containers_add_what_the_service_needs():
    pod = {
        "containers": [
            {"name": "app", "image": "app:1"},
            {
                "name": "vpn",
                "image": "vpn:1",
                "env": [{"name": "DB_HOST", "value": "postgres"}],
                "ports": [{"containerPort": 9}],
                "securityContext": {"privileged": True, "capabilities": {"add": ["NET_ADMIN"]}},
                "volumeMounts": [{"name": "v", "mountPath": "/v"}],
            },
        ],
        "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "c"}}],
    }
    draft = read(deployment(pod=pod))[0]
    entry = draft.tree["services"]["app"]
    assert entry["image"] == "app:1"
    assert entry["x-kubernetes"]["containers"] == {"vpn": "vpn:1"}
    assert entry["volumes"] == ["c:/v"]
    assert entry["expose"] == ["9/tcp"]
    assert entry["cap_add"] == ["NET_ADMIN"]
    assert entry["privileged"] == "true"
    assert [hint[:4] for hint in draft.hints] == [("app", "variable", "DB_HOST", "postgres")]
    assert ("Deployment/app.containers.vpn", "kept") in remarks(draft)


def test_the_main_container_may_be_named():
    one = deployment(
        pod={"containers": [{"name": "a", "image": "a"}, {"name": "b", "image": "b"}]}
    )
    named = {"kubectl.kubernetes.io/default-container": "b"}
    one["spec"]["template"]["metadata"]["annotations"] = named
    assert service(one)["image"] == "b"


def test_what_runs_first_tells_what_it_waits_for():
    draft = sample("photos.yaml")["photos"]
    hints = {hint.name: hint.value for hint in draft.hints if hint.kind == "text"}
    assert hints["init wait-for-db"] == "sh -c until nc -z postgres 5432; do sleep 1; done"
    entry = draft.tree["services"]["photos"]
    assert entry["x-kubernetes"]["initContainers"] == {"wait-for-db": "busybox:1.37"}


def test_a_sidecar_is_a_container_beside():
    sidecar = {"name": "s", "image": "s:1", "restartPolicy": "Always"}
    entry = service(deployment(pod={"initContainers": [sidecar]}))
    assert entry["x-kubernetes"]["containers"] == {"s": "s:1"}


def test_replicas_and_a_schedule():
    draft = sample("photos.yaml")["photos"]
    assert draft.tree["services"]["photos"]["scale"] == "2"
    cron = draft.tree["services"]["photos-cronjob"]
    assert cron["x-kubernetes"]["schedule"] == "0 3 * * *"


def test_variables_of_what_runs_first_are_hints_and_its_ports_are_not():
    first = {
        "name": "i",
        "image": "i:1",
        "env": [{"name": "DB_HOST", "value": "db"}, {"name": "X"}],
    }
    draft = read(deployment(pod={"initContainers": [first]}))[0]
    assert [hint[:4] for hint in draft.hints] == [("app", "variable", "DB_HOST", "db")]
    assert "ports" not in draft.tree["services"]["app"]


def test_ports_that_another_container_publishes_are_the_services():
    beside = {"name": "b", "image": "b:1", "ports": [{"containerPort": 9, "hostPort": 90}]}
    pod = {"containers": [{"name": "a", "image": "a:1"}, beside]}
    assert service(deployment(pod=pod))["ports"] == ["90:9/tcp"]
