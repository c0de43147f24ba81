"""Every mistake of the guide's manifests and of its converter, by its id: here it is right.

T1 to T9 are of the translated service, P1 to P21 of the converter, K14 of the way in. What lies in
Nix alone is tested with the modules.
"""

import pytest
import yaml

from tests.kits.making import (
    HOSTS,
    cluster_of,
    container_of,
    kit_of,
    material_from,
    material_of,
    of_kind,
    one_service,
    pod_of,
    statuses,
)

HOME = "examples/home/inventory.yaml"


def plex():
    return cluster_of(material_of(HOME, services=["plex"]), "plex")


def test_t1_the_service_is_the_real_one_from_the_inventory():
    objects, _ = plex()
    pod = pod_of(objects)
    assert container_of(objects)["image"] == "ghcr.io/linuxserver/plex"
    assert pod["hostNetwork"] is True
    assert {"/dev/dri", "/var/data/plex", "/mnt/storage/media"} <= {
        one["hostPath"]["path"] for one in pod["volumes"]
    }


def test_t2_a_writable_mount_stays_writable():
    mounts = {one["mountPath"]: one for one in container_of(plex()[0])["volumeMounts"]}
    assert "readOnly" not in mounts["/media"]


def test_t3_a_host_path_has_a_type_and_its_pod_a_node():
    pod = pod_of(plex()[0])
    assert pod["nodeSelector"] == {"kubernetes.io/hostname": "storage"}
    assert all(one["hostPath"]["type"] for one in pod["volumes"])


def test_t4_a_stateful_service_is_recreated():
    assert of_kind(plex()[0], "Deployment")["spec"]["strategy"] == {"type": "Recreate"}


def test_t5_the_namespace_comes_first():
    objects, _ = plex()
    assert objects[0]["kind"] == "Namespace"
    assert {one["metadata"].get("namespace") for one in objects[1:]} == {"home"}
    assert objects[0]["metadata"]["name"] == "home"


def test_t6_probes_resources_and_a_service_are_there():
    material = one_service(
        "ports: ['8080:80']\nmemory: 200MiB\nhealthcheck: {test: [CMD, 'true']}"
    )
    objects, _ = cluster_of(material)
    made = container_of(objects)
    assert {"readinessProbe", "livenessProbe"} <= made.keys()
    assert made["resources"] == {"requests": {"memory": "208Mi"}, "limits": {"memory": "304Mi"}}
    assert of_kind(objects, "Service")["spec"]["ports"][0]["port"] == 80


def test_t7_variables_keep_the_names_that_the_image_knows():
    names = [one["name"] for one in container_of(plex()[0])["env"]]
    assert names == ["PGID", "PUID", "TZ", "VERSION"]
    assert "runAsUser" not in container_of(plex()[0])["securityContext"]


def test_t8_a_moving_tag_is_not_pulled_at_every_start_and_is_told():
    objects, ledger = plex()
    assert container_of(objects)["imagePullPolicy"] == "IfNotPresent"
    assert statuses(ledger, "image") == {"person"}


def test_t9_a_media_server_is_stateful():
    material = material_of(HOME)
    assert material.stateful(material.specs["plex"])


def test_k14_the_proxy_on_the_host_has_a_port_to_go_to():
    objects, _ = cluster_of(one_service("ports: ['8080:80']"))
    spec = of_kind(objects, "Service")["spec"]
    assert spec["type"] == "NodePort"
    assert 30000 <= spec["ports"][0]["nodePort"] <= 32767


def test_p2_a_port_with_an_address_of_the_host():
    objects, _ = cluster_of(one_service("ports: ['127.0.0.1:8080:80']"))
    assert of_kind(objects, "Service")["spec"]["ports"][0]["port"] == 80


def test_p3_a_udp_port_stays_udp():
    objects, _ = cluster_of(one_service("ports: ['53:53/udp']"))
    assert of_kind(objects, "Service")["spec"]["ports"][0]["protocol"] == "UDP"
    assert container_of(objects)["ports"][0]["protocol"] == "UDP"


def test_p4_a_range_becomes_its_ports():
    objects, _ = cluster_of(one_service("ports: ['30000-30003:9000-9003']"))
    ports = of_kind(objects, "Service")["spec"]["ports"]
    assert [(one["port"], one["nodePort"]) for one in ports] == [
        (9000 + step, 30000 + step) for step in range(4)
    ]


def test_p5_an_ipv6_address():
    objects, _ = cluster_of(one_service("ports: ['[::1]:8080:80']"))
    assert of_kind(objects, "Service")["spec"]["ports"][0]["port"] == 80


def test_p6_the_same_port_for_tcp_and_udp_has_two_names():
    objects, _ = cluster_of(one_service("ports: ['53:53', '53:53/udp']"))
    names = [one["name"] for one in of_kind(objects, "Service")["spec"]["ports"]]
    assert names == ["tcp-53", "udp-53"]
    assert all(len(name) <= 15 for name in names)


def test_p7_no_port_no_service():
    objects, _ = cluster_of(one_service("restart: always"))
    assert [one["kind"] for one in objects] == ["Namespace", "Deployment"]


def test_p8_a_port_on_the_loopback_stays_there():
    objects, ledger = cluster_of(one_service("ports: ['127.0.0.1:8080:80']"))
    port = container_of(objects)["ports"][0]
    assert port["hostIP"] == "127.0.0.1"
    assert of_kind(objects, "Service")["spec"]["type"] == "ClusterIP"
    assert statuses(ledger, "ports[0]") == {"approximated"}


def test_p9_peers_call_the_port_of_the_container():
    objects, _ = cluster_of(one_service("ports: ['11435:11434']"))
    assert of_kind(objects, "Service")["spec"]["ports"][0]["port"] == 11434


def test_p10_one_source_mounted_twice_is_one_volume():
    keys = "volumes: ['/mnt/a:/mnt/a', '/mnt/a:/mnt/b', '/mnt/a:/mnt/a']"
    objects, _ = cluster_of(one_service(keys))
    assert len(pod_of(objects)["volumes"]) == 1
    mounts = [one["mountPath"] for one in container_of(objects)["volumeMounts"]]
    assert mounts == ["/mnt/a", "/mnt/b"]


def test_p11_a_named_volume_becomes_a_claim():
    objects, _ = cluster_of(one_service("volumes: ['data:/data']"))
    assert of_kind(objects, "PersistentVolumeClaim")["metadata"]["name"] == "data"
    assert pod_of(objects)["volumes"][0]["persistentVolumeClaim"] == {"claimName": "data"}


@pytest.mark.parametrize("options", ["ro", "ro,z", "z,ro", "ro,Z"])
def test_p12_read_only_survives_other_options(options):
    objects, ledger = cluster_of(one_service(f"volumes: ['/a:/a:{options}']"))
    assert container_of(objects)["volumeMounts"][0]["readOnly"] is True
    told = any("nothing relabels" in one.text for one in ledger)
    assert told == (options != "ro")


def test_p13_an_anonymous_volume_becomes_an_empty_one_and_is_told():
    objects, ledger = cluster_of(one_service("volumes: ['/data']"))
    assert pod_of(objects)["volumes"][0]["emptyDir"] == {}
    assert statuses(ledger, "volumes[0]") == {"approximated"}


def test_p14_a_file_is_mounted_as_a_file():
    objects, _ = cluster_of(one_service("volumes: ['/var/data/filebrowser.db:/database.db']"))
    assert pod_of(objects)["volumes"][0]["hostPath"]["type"] == "File"


def test_p15_no_key_is_passed_over():
    keys = """
privileged: true
devices: [/dev/dri]
cap_add: [NET_ADMIN]
extra_hosts: ['db:10.0.0.5']
env_files: [/run/secrets/vpn]
command: [serve, --port, '80']
entrypoint: /start
user: '1000:1000'
working_dir: /app
hostname: box
labels: {a: b}
logging: {driver: journald}
ulimits: {nofile: 1024}
sysctls: {net.ipv4.ip_forward: '1'}
"""
    objects, ledger = cluster_of(one_service(keys))
    made, pod = container_of(objects), pod_of(objects)
    assert made["command"] == ["/start"]
    assert made["args"] == ["serve", "--port", "80"]
    assert made["workingDir"] == "/app"
    assert made["securityContext"]["privileged"] is True
    assert made["securityContext"]["runAsUser"] == 1000
    assert made["envFrom"] == [{"secretRef": {"name": "app-env-file-1"}}]
    assert pod["hostAliases"] == [{"ip": "10.0.0.5", "hostnames": ["db"]}]
    assert pod["hostname"] == "box"
    assert pod["securityContext"]["sysctls"] == [{"name": "net.ipv4.ip_forward", "value": "1"}]
    assert statuses(ledger, "sysctls") == {"person"}
    assert statuses(ledger, "ulimits") == statuses(ledger, "logging") == {"impossible"}
    assert statuses(ledger, "labels") == {"approximated"}


def test_p16_values_of_variables_come_from_objects_made_elsewhere():
    objects, _ = cluster_of(one_service("environment: {DB_PASSWD: h0rse-battery, TZ: Mars/Base}"))
    text = yaml.safe_dump(objects)
    assert "h0rse" not in text
    assert "Mars" not in text
    made = {one["name"]: one["valueFrom"] for one in container_of(objects)["env"]}
    assert made["DB_PASSWD"] == {"secretKeyRef": {"name": "app-env", "key": "DB_PASSWD"}}
    assert not any(one["kind"] in ("Secret", "ConfigMap") for one in objects)


def test_p17_names_are_what_a_service_may_be_called():
    text = f"{HOSTS}services:\n  2fauth: {{host: nas, image: 'x:1', ports: ['80:80']}}\n"
    text += "  My_App.v2: {host: nas, image: 'x:1', ports: ['81:80']}\n"
    objects, _ = cluster_of(material_from(text))
    names = {one["metadata"]["name"] for one in objects if one["kind"] == "Service"}
    assert names == {"app-2fauth", "my-app-v2"}


def test_p18_a_wave_or_a_service_is_converted_alone():
    everything = kit_of(material_of(HOME), "incremental")
    wave = kit_of(material_of(HOME, wave=1), "incremental")
    one = kit_of(material_of(HOME, services=["whoogle"]), "incremental")
    apps = [
        len([path for path in kit.files if path.startswith("kubernetes/home-")])
        for kit in (everything, wave, one)
    ]
    assert apps[0] > apps[1] > apps[2] == 1


def test_p19_services_are_placed_by_a_node_selector_not_by_where_files_are_read():
    objects, _ = cluster_of(material_of(HOME), "ghost", "grocy")
    nodes = {
        one["metadata"]["name"]: one["spec"]["template"]["spec"]["nodeSelector"]
        for one in objects
        if one["kind"] == "Deployment"
    }
    assert nodes["ghost"]["kubernetes.io/hostname"] == "cloud"
    assert nodes["grocy"]["kubernetes.io/hostname"] == "storage"


def test_p21_labels_say_what_it_is_part_of_and_the_selector_is_a_part_of_them():
    made = of_kind(cluster_of(one_service("restart: always"))[0], "Deployment")
    labels = made["spec"]["template"]["metadata"]["labels"]
    assert labels["app.kubernetes.io/part-of"] == "estate"
    assert made["spec"]["selector"]["matchLabels"].items() <= labels.items()


# The eleven of the second attempt, as far as they are manifests.


def test_second_attempt_2_node_ports_lie_in_their_range():
    objects, _ = cluster_of(material_of(HOME))
    ports = [
        port["nodePort"]
        for one in objects
        if one["kind"] == "Service"
        for port in one["spec"].get("ports", ())
        if "nodePort" in port
    ]
    assert ports
    assert all(30000 <= port <= 32767 for port in ports)
    assert len(ports) == len(set(ports))


def test_second_attempt_3_privileged_is_said_of_the_container():
    objects, _ = cluster_of(one_service("privileged: true"))
    assert "privileged" not in pod_of(objects).get("securityContext", {})
    assert container_of(objects)["securityContext"]["privileged"] is True


def test_second_attempt_4_a_folder_of_devices_is_a_folder():
    objects, ledger = cluster_of(one_service("devices: [/dev/dri, /dev/net/tun]"))
    kinds = {
        one["hostPath"]["path"]: one["hostPath"]["type"] for one in pod_of(objects)["volumes"]
    }
    assert kinds == {"/dev/dri": "Directory", "/dev/net/tun": "CharDevice"}
    assert statuses(ledger, "devices[0]") == {"person"}


def test_second_attempt_5_all_ports_and_mounts_are_there():
    keys = "ports: ['1:1', '2:2/udp', '3:3']\nvolumes: ['/a:/a:ro', 'v:/v']"
    objects, _ = cluster_of(one_service(keys))
    assert len(of_kind(objects, "Service")["spec"]["ports"]) == 3
    assert len(container_of(objects)["volumeMounts"]) == 2


def test_second_attempt_6_services_of_every_host_are_in_one_set_of_files():
    objects, _ = cluster_of(material_of(HOME))
    nodes = {
        one["spec"]["template"]["spec"].get("nodeSelector", {}).get("kubernetes.io/hostname")
        for one in objects
        if one["kind"] in ("Deployment", "StatefulSet")
    }
    assert {"storage", "cloud"} <= nodes


def test_second_attempt_7_limits_are_each_service_its_own():
    with_limit, _ = cluster_of(one_service("limits: {memory: 3GiB, cpus: 1.5}"))
    without, ledger = cluster_of(one_service("restart: always"))
    assert container_of(with_limit)["resources"]["limits"] == {"memory": "3072Mi", "cpu": "1500m"}
    assert "resources" not in container_of(without)
    assert statuses(ledger, "memory") == {"person"}


def test_second_attempt_8_a_pod_waits_for_its_secret():
    objects, _ = cluster_of(one_service("environment: [TOKEN]\nenv_files: [/run/x]"))
    made = container_of(objects)
    assert "optional" not in str(made["env"]) + str(made["envFrom"])
