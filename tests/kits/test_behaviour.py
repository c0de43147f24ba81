"""A pod of the kit is the container that it replaces: podman makes both, and they are compared.

The container is made with ``podman create``, read back from its ``inspect`` by our own importer, and
converted; ``podman kube play`` makes the pod. What kube play knows nothing of, such as a node, is
taken out first; the objects that the owner makes are made here.
"""

import io
import json
import os
import subprocess
import tarfile

import pytest

from tests.kits.making import cluster_of, material_of, yaml_text

PODMAN = os.environ.get("K8SADVISOR_PODMAN")
IMAGE = "localhost/k8sadvisor-kit:1"
VALUES = {"TOKEN": "one", "TZ": "two", "DB_HOST": "three"}
CASES = {
    "settings": ["-e", "TOKEN=one", "-e", "TZ=two", "-e", "DB_HOST=three"],
    "command": ["--entrypoint", '["/bin/app", "-v"]', "--workdir", "/srv"],
    "mounts": ["-v", "/usr:/host:ro", "-v", "/etc:/conf", "-v", "k8sadvisor-kit-data:/data"],
    "ports": ["-p", "18080:80", "-p", "18053:53/udp", "-p", "127.0.0.1:18081:81"],
    "user": ["--user", "1000:100", "--cap-add", "NET_ADMIN", "--cap-drop", "CHOWN", "--read-only"],
    "privileged": ["--privileged", "--hostname", "box"],
    "limits": ["--memory", "256m", "--stop-timeout", "30"],
    "host-network": ["--network", "host"],
}


def podman(*words, **keys):
    return subprocess.run(
        [PODMAN, *words], check=True, capture_output=True, timeout=90, **keys
    ).stdout


@pytest.fixture(scope="module")
def _image():
    if PODMAN is None:
        if os.environ.get("CI") == "true":
            pytest.fail("K8SADVISOR_PODMAN names no podman")
        pytest.skip("without K8SADVISOR_PODMAN, a podman with a storage of its own")
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("nothing"), io.BytesIO())
    podman("import", "-q", "-", IMAGE, input=content.getvalue())
    yield
    podman("rmi", "-f", IMAGE)


@pytest.fixture
def both(_image, tmp_path, request):
    """Return what podman says of the container, and of the container of the pod."""
    name = f"k8sadvisor-kit-{request.param}"
    podman(
        "create", "--pull=never", "--name", name, *CASES[request.param], IMAGE, "serve", "--all"
    )
    try:
        text = podman("inspect", name)
        source = tmp_path / "running.json"
        source.write_bytes(text)
        objects, _ = cluster_of(material_of(str(source)))
        played = tmp_path / "pod.yaml"
        played.write_text(yaml_text(playable(objects)), encoding="utf-8")
        try:
            made = podman("kube", "play", "--start=false", str(played)).decode().split()
            inside = made[made.index("Container:") + 1]
            own = json.loads(podman("inspect", inside))[0]
            shared = json.loads(podman("pod", "inspect", made[made.index("Pod:") + 1]))
            infra = json.loads(podman("inspect", shared["InfraContainerID"]))[0]
            yield json.loads(text)[0], own, infra
        finally:
            podman("kube", "down", str(played))
    finally:
        podman("rm", "-f", "-i", name)
        podman("volume", "rm", "-f", "k8sadvisor-kit-data")


def playable(objects):
    """Return the objects that kube play takes, with the variables' values in a ConfigMap.

    A claim is left out: the volume of that name is there, as it is on the owner's machine.
    """
    found = [
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "values"},
            "data": VALUES,
        }
    ]
    for one in objects:
        if one["kind"] in ("Deployment", "StatefulSet"):
            pod = one["spec"]["template"]["spec"]
            pod.pop("nodeSelector", None)
            for container in pod["containers"]:
                for probe in ("readinessProbe", "startupProbe"):
                    container.pop(probe, None)
                container["securityContext"].pop("seccompProfile", None)
                for variable in container.get("env", ()):
                    variable["valueFrom"] = {
                        "configMapKeyRef": {"name": "values", "key": variable["name"]}
                    }
            found.append(one)
    return found


def variables(data):
    pairs = (item.partition("=") for item in data["Config"]["Env"])
    return {name: value for name, _, value in pairs if name in VALUES}


def mounted(data):
    """Return the mounts, without the scratch that podman adds to a read-only container itself."""
    return sorted(
        (one["Destination"], one["Type"], one["RW"])
        for one in data["Mounts"]
        if one["Destination"] not in ("/run", "/tmp", "/var/tmp")  # noqa: S108
    )


@pytest.mark.parametrize("both", CASES, indirect=True)
def test_the_pod_is_the_container(both):
    before, after, infra = both
    assert variables(after) == variables(before)
    assert mounted(after) == mounted(before)
    assert after["Config"]["User"] == before["Config"]["User"]
    assert after["Config"]["Cmd"] == before["Config"]["Cmd"]
    assert after["Config"]["Entrypoint"] == before["Config"]["Entrypoint"]
    assert after["Config"]["WorkingDir"] == before["Config"]["WorkingDir"]
    for key in ("Privileged", "ReadonlyRootfs", "Memory"):
        assert after["HostConfig"][key] == before["HostConfig"][key], key
    assert set(after["EffectiveCaps"] or ()) == set(before["EffectiveCaps"] or ())
    opened = set(before["NetworkSettings"]["Ports"] or {}) | set(
        before["HostConfig"]["PortBindings"] or {}
    )
    declared = set((infra or after)["HostConfig"].get("PortBindings") or {})
    exposed = set((infra or after)["Config"].get("ExposedPorts") or {})
    if opened:
        assert declared | exposed <= opened
