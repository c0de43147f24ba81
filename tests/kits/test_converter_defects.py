"""What well-known converters get wrong, as their own issue trackers tell: here it is right.

Each test names the defect; the sources are kompose (kubernetes/kompose), podlet (containers/podlet),
compose2nix (aksiksi/compose2nix), ``podman kube`` (containers/podman) and Docker's Compose Bridge.
"""

import pytest

from tests.kits.making import (
    HOSTS,
    cluster_of,
    container_of,
    material_from,
    of_kind,
    one_service,
    pod_of,
    statuses,
)

PAIR = f"""{HOSTS}services:
  app: {{host: nas, image: "a:1", depends_on: [db]}}
  db: {{host: nas, image: "postgres:16"}}
"""


def test_a_shell_health_check_is_run_by_a_shell():
    """kompose: the whole line becomes one word of argv, and can only fail."""
    line = "curl -f http://localhost/ || exit 1"
    objects, _ = cluster_of(one_service(f"healthcheck: {{test: '{line}'}}"))
    for probe in ("readinessProbe", "livenessProbe"):
        assert container_of(objects)[probe]["exec"]["command"] == ["/bin/sh", "-c", line]


def test_a_health_check_in_words_is_run_as_it_is():
    objects, _ = cluster_of(one_service("healthcheck: {test: [CMD, pg_isready, -U, x]}"))
    assert container_of(objects)["readinessProbe"]["exec"]["command"] == ["pg_isready", "-U", "x"]


def test_a_health_check_gates_traffic_and_not_only_restarts():
    """kompose: only a liveness probe; ``podman kube generate``: none at all."""
    keys = (
        "healthcheck: {test: [CMD, x], interval: 20s, retries: 4, timeout: 5s, start_period: 2m}"
    )
    made = container_of(cluster_of(one_service(keys))[0])
    assert made["readinessProbe"]["periodSeconds"] == 20
    assert made["readinessProbe"]["failureThreshold"] == 4
    assert made["livenessProbe"]["failureThreshold"] == 8
    start = made["startupProbe"]
    assert start["periodSeconds"] * start["failureThreshold"] >= 120


def test_a_health_check_that_is_switched_off_stays_off():
    material = one_service("healthcheck: {disable: true}\nports: ['80:80']")
    made = container_of(cluster_of(material)[0])
    assert not {"readinessProbe", "livenessProbe", "startupProbe"} & made.keys()


def test_a_folder_that_two_services_share_stays_one():
    """kompose: a claim for each, so that neither sees what the other writes."""
    text = f"""{HOSTS}services:
  a: {{host: nas, image: "a:1", volumes: ["/srv/media:/m"]}}
  b: {{host: nas, image: "b:1", volumes: ["/srv/media:/m"]}}
"""
    objects, _ = cluster_of(material_from(text))
    assert pod_of(objects, "a")["volumes"] == pod_of(objects, "b")["volumes"]
    assert not any(one["kind"] == "PersistentVolumeClaim" for one in objects)


def test_a_volume_that_two_services_share_is_one_claim():
    text = f"""{HOSTS}services:
  a: {{host: nas, image: "a:1", volumes: ["data:/m"]}}
  b: {{host: nas, image: "b:1", volumes: ["data:/m:ro"]}}
"""
    objects, _ = cluster_of(material_from(text))
    of_kind(objects, "PersistentVolumeClaim", "data")
    claims = [pod_of(objects, name)["volumes"][0]["persistentVolumeClaim"] for name in "ab"]
    assert claims[0] == claims[1]


def test_a_bind_mount_is_the_folder_of_the_host_and_no_empty_claim():
    objects, _ = cluster_of(one_service("volumes: ['/srv/x:/x']"))
    assert pod_of(objects)["volumes"][0]["hostPath"] == {"path": "/srv/x", "type": "Directory"}


def test_what_is_set_by_name_wins_over_a_file_of_variables():
    """kompose: the other way round."""
    made = container_of(cluster_of(one_service("environment: [A]\nenv_files: [/one, /two]"))[0])
    assert [one["name"] for one in made["env"]] == ["A"]  # env wins over envFrom in Kubernetes
    assert [one["secretRef"]["name"] for one in made["envFrom"]] == [
        "app-env-file-1",
        "app-env-file-2",
    ]  # of several the last wins, in Compose and in Kubernetes


def test_a_file_of_variables_is_a_secret():
    """kompose: a ConfigMap."""
    made = container_of(cluster_of(one_service("env_files: [/one]"))[0])
    assert list(made["envFrom"][0]) == ["secretRef"]


def test_tcp_and_udp_of_one_port_share_one_service():
    """kompose: two Services with other names, so that the name which peers use is gone."""
    objects, _ = cluster_of(one_service("ports: ['53:53/tcp', '53:53/udp']"))
    assert len(of_kind(objects, "Service", "app")["spec"]["ports"]) == 2


def test_the_address_of_the_host_is_kept():
    objects, _ = cluster_of(one_service("ports: ['192.168.1.5:53:53/udp']"))
    port = container_of(objects)["ports"][0]
    assert (port["hostIP"], port["hostPort"], port["protocol"]) == ("192.168.1.5", 53, "UDP")


def test_a_service_without_ports_can_be_called_by_its_name():
    """kompose: no ports, no Service, so that nobody finds the database."""
    objects, _ = cluster_of(material_from(PAIR.replace("postgres:16", "nobody/knows:1")))
    assert of_kind(objects, "Service", "db")["spec"] == {
        "clusterIP": "None",
        "selector": {"app.kubernetes.io/name": "db"},
    }


def test_a_known_image_without_ports_has_the_ports_it_is_known_for():
    objects, _ = cluster_of(material_from(PAIR))
    assert of_kind(objects, "Service", "db")["spec"]["ports"][0]["port"] == 5432


def test_the_network_of_another_service_is_its_pod_with_all_that_it_mounts():
    """kompose: containers are merged, their volumes and the pod's settings lost."""
    text = f"""{HOSTS}services:
  vpn:
    host: nas
    image: "gluetun:1"
    cap_add: [NET_ADMIN]
    devices: [/dev/net/tun]
    ports: ["8080:8080"]
  torrent:
    host: nas
    image: "qbittorrent:1"
    network_mode: service:vpn
    volumes: ["/srv/downloads:/downloads"]
"""
    objects, ledger = cluster_of(material_from(text))
    pod = pod_of(objects)
    gateway = pod["initContainers"][0]
    assert (gateway["name"], gateway["restartPolicy"]) == ("vpn", "Always")
    assert gateway["securityContext"]["capabilities"]["add"] == ["NET_ADMIN"]
    assert [one["name"] for one in pod["containers"]] == ["torrent"]
    names = {one["name"] for one in pod["volumes"]}
    mounts = {
        one["name"]
        for container in (gateway, *pod["containers"])
        for one in container["volumeMounts"]
    }
    assert mounts == names
    ports = {one["port"]: one for one in of_kind(objects, "Service")["spec"]["ports"]}
    assert ports[8080]["nodePort"]
    assert statuses(ledger, "network_mode") == {"converted"}


def test_the_network_of_the_host_is_the_network_of_the_host():
    """kompose: dropped without a word."""
    pod = pod_of(cluster_of(one_service("network_mode: host"))[0])
    assert pod["hostNetwork"] is True
    assert pod["dnsPolicy"] == "ClusterFirstWithHostNet"


@pytest.mark.parametrize(
    "policy", ["always", "unless-stopped", "on-failure", "'no'", "on-failure:3"]
)
def test_no_restart_policy_makes_a_bare_pod(policy):
    """kompose: ``no`` and ``on-failure`` become a Pod that nothing starts again."""
    objects, ledger = cluster_of(one_service(f"restart: {policy}"))
    assert of_kind(objects, "Deployment")
    known = policy in ("always", "unless-stopped")
    assert statuses(ledger, "restart") == {"converted" if known else "approximated"}


def test_a_service_whose_end_is_waited_for_is_a_job():
    text = f"""{HOSTS}services:
  app:
    host: nas
    image: "a:1"
    depends_on: {{migrate: {{condition: service_completed_successfully}}}}
  migrate: {{host: nas, image: "a:1", restart: on-failure}}
"""
    made = of_kind(cluster_of(material_from(text))[0], "Job", "migrate")
    assert made["spec"]["template"]["spec"]["restartPolicy"] == "OnFailure"


def test_relabelling_is_an_option_and_no_part_of_a_path():
    """podlet: ``:Z`` ends up in the path in the container."""
    objects, ledger = cluster_of(one_service("volumes: ['/a:/b:Z']"))
    assert container_of(objects)["volumeMounts"][0]["mountPath"] == "/b"
    assert "approximated" in statuses(ledger, "volumes[0]")


def test_a_name_that_begins_with_a_digit():
    text = f"{HOSTS}services:\n  2fauth: {{host: nas, image: 'x:1', ports: ['80:80']}}\n"
    objects, _ = cluster_of(material_from(text))
    assert of_kind(objects, "Service")["metadata"]["name"] == "app-2fauth"
    assert of_kind(objects, "Deployment")["metadata"]["name"] == "app-2fauth"


def test_processors_are_limited_as_well_as_memory():
    """kompose: ``mem_limit`` is taken over, ``cpus`` is not."""
    made = container_of(cluster_of(one_service("mem_limit: 64m\ncpus: 0.5"))[0])
    assert made["resources"]["limits"] == {"memory": "64Mi", "cpu": "500m"}


def test_the_engines_socket_is_told_to_somebody():
    """kompose: the mount is skipped."""
    objects, ledger = cluster_of(one_service("volumes: ['/run/podman/podman.sock:/s:ro']"))
    assert pod_of(objects)["volumes"][0]["hostPath"]["type"] == "Socket"
    assert statuses(ledger, "volumes[0]") == {"person"}


def test_a_file_that_is_missing_becomes_no_folder():
    objects, _ = cluster_of(one_service("volumes: ['/etc/app/app.conf:/app.conf:ro']"))
    assert pod_of(objects)["volumes"][0]["hostPath"]["type"] == "File"


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ("depends_on: []\nstop_signal: SIGINT", "stop_signal"),
        ("dns: [9.9.9.9]", "dns"),
        ("extra_hosts: ['a:1.2.3.4']", "extra_hosts"),
        ("ipc: host", "ipc"),
        ("pid: host", "pid"),
        ("logging: {driver: none}", "logging"),
        ("mac_address: 02:42:ac:11:00:02", "mac_address"),
        ("security_opt: [label=disable]", "security_opt[0]"),
        ("shm_size: 64m", "shm_size"),
        ("sysctls: {net.core.somaxconn: 1024}", "sysctls"),
        ("ulimits: {nproc: 65535}", "ulimits"),
        ("uts: host", "uts"),
        ("cpuset: 0-3", "cpuset"),
        ("gpus: all", "gpus"),
        ("init: true", "init"),
        ("oom_score_adj: 5", "oom_score_adj"),
        ("pids_limit: 10", "pids_limit"),
        ("platform: linux/arm64", "platform"),
        ("pull_policy: newer", "pull_policy"),
        ("read_only: true", "read_only"),
        ("stop_grace_period: 1m30s", "stop_grace_period"),
        ("tmpfs: [/run]", "tmpfs[0]"),
        ("tty: true", "tty"),
        ("userns_mode: keep-id", "userns_mode"),
        ("cap_drop: [ALL]", "cap_drop"),
        ("x-podman: {systemd: always}", "x-podman/systemd"),
        ("profiles: [debug]", "profiles"),
        ("secrets: [token]", "secrets[0]"),
        ("configs: [{source: a, target: /etc/a}]", "configs[0]"),
        ("post_start: [{command: /hook.sh}]", "post_start"),
        ("schedule: 'Mon 04:00'", "schedule"),
    ],
)
def test_a_key_that_converters_drop_is_spoken_of(keys, key):
    """kompose lost its warnings in 2023; compose2nix and Compose Bridge never had them."""
    _, ledger = cluster_of(one_service(keys))
    assert statuses(ledger, key)
    assert not any("not understood" in entry.text for entry in ledger)


def test_one_key_that_cannot_be_converted_does_not_stop_the_others():
    """podlet: the conversion ends at the first."""
    text = f"""{HOSTS}services:
  built: {{host: nas, build: ., ports: ["80:80"]}}
  other: {{host: nas, image: "x:1", ports: ["81:80"]}}
"""
    objects, ledger = cluster_of(material_from(text))
    assert {one["metadata"]["name"] for one in objects if one["kind"] == "Deployment"} == {"other"}
    assert [entry.service for entry in ledger if entry.blocking] == ["built"]


def test_a_volume_of_two_stacks_is_told_as_no_claim_reaches_both():
    text = f"""{HOSTS}services:
  a: {{host: nas, image: "a:1", project: one, volumes: ["data:/m"]}}
  b: {{host: nas, image: "b:1", project: two, volumes: ["data:/m"]}}
"""
    _, ledger = cluster_of(material_from(text))
    assert "person" in statuses(ledger, "volumes[0]")
