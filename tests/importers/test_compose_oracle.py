"""Our reading of every sample against that of the real Compose."""

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from analyzer.importers.compose.projects import recognises
from analyzer.inventory.draft import Draft
from analyzer.inventory.services import SERVICE
from analyzer.units import parse_duration
from tests.importers.compose_cases import known_text, read_case

CASES = Path(__file__).parent / "compose"
TOOL = "K8SADVISOR_DOCKER_COMPOSE"


def _tool() -> str:
    found = os.environ.get(TOOL) or shutil.which("docker-compose")
    if found and Path(found).exists():
        return found
    reason = f"no docker-compose; name it with {TOOL}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _theirs(folder: Path) -> dict[str, Any]:
    """Return what ``docker-compose config`` makes of a project, in an empty environment."""
    given = folder / "given.txt"
    chosen = (
        [part for name in given.read_text().split() for part in ("-f", name)]
        if given.exists()
        else []
    )
    command = [_tool(), *chosen, "--profile", "*", "config", "--format", "json"]
    env = {"HOME": "/home/of/nobody", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=True)
    return _unescaped(json.loads(done.stdout))


def _unescaped(node: Any) -> Any:
    """Return a node without the second dollar sign that the output has for each."""
    if isinstance(node, dict):
        return {key: _unescaped(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_unescaped(value) for value in node]
    return node.replace("$$", "$") if isinstance(node, str) else node


def _ports(service: dict[str, Any]) -> set[tuple[int, int, str, str]]:
    found = set()
    for port in service.get("ports", ()):
        published = port.get("published", "0")
        number = 0 if "-" in published else int(published)
        host = port.get("host_ip", "")
        found.add((port["target"], number, port["protocol"], host))
    return found


def _our_ports(values: dict[str, Any]) -> set[tuple[int, int, str, str]]:
    return {
        (port.target + step, port.published and port.published + step, port.protocol, host)
        for port in values.get("ports", ())
        if port.published is not None
        for host in [port.host_ip or ""]
        for step in range(port.count)
    }


def _mounts(service: dict[str, Any], project: dict[str, Any]) -> set[tuple[str, str, str, bool]]:
    found = set()
    for mount in service.get("volumes", ()):
        kind, source = mount["type"], mount.get("source", "")
        if kind == "volume" and source:
            source = project["volumes"][source]["name"]
        elif kind == "volume":
            kind = "anonymous"
        if kind == "tmpfs":
            source = ""
        found.add((kind, source, mount["target"], mount.get("read_only", False)))
    targets = service.get("tmpfs", ())
    return found | {("tmpfs", "", target.partition(":")[0], False) for target in targets}


def _our_mounts(values: dict[str, Any], folder: Path) -> set[tuple[str, str, str, bool]]:
    found = set()
    for mount in values.get("mounts", ()):
        source = mount.source.replace("~", "/home/of/nobody", 1)
        if mount.kind == "bind" and source[:1] == ".":
            source = os.path.normpath(folder / source)
        found.add((mount.kind, source, mount.target, mount.read_only))
    return found


def _environment(ours: Any, name: str) -> dict[str, str | None]:
    """Return variables of files and keys together, as a container gets them."""
    joined: dict[str, str | None] = {
        hint.name: hint.value
        for hint in ours.hints
        if hint.service == name and hint.kind == "variable"
    }
    joined.update(ours.tree["services"][name].get("environment") or {})
    return {key: known_text(value) for key, value in joined.items()}


def _words(value: Any) -> list[str] | None:
    if isinstance(value, str):
        return shlex.split(value)
    return list(value) if value else None


def _limits(service: dict[str, Any]) -> dict[str, float]:
    limits = service.get("deploy", {}).get("resources", {}).get("limits", {})
    found = {
        "memory": float(service.get("mem_limit") or limits.get("memory") or 0),
        "cpus": float(service.get("cpus") or limits.get("cpus") or 0),
        "replicas": float(service.get("scale") or service.get("deploy", {}).get("replicas") or 0),
    }
    return {key: value for key, value in found.items() if value}


def _our_limits(values: dict[str, Any]) -> dict[str, float]:
    names = {"memory": "memory_limit_bytes", "cpus": "cpu_limit", "replicas": "replicas"}
    return {key: float(values[name]) for key, name in names.items() if values.get(name)}


def _depends(service: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    return {
        name: (said["condition"], said["required"])
        for name, said in service.get("depends_on", {}).items()
    }


def _our_depends(values: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    return {
        dependency.service: (dependency.condition, dependency.kind == "hard")
        for dependency in values.get("depends_on", ())
    }


def _networks(service: dict[str, Any], project: dict[str, Any]) -> tuple[Any, Any]:
    joined = service.get("networks") or {}
    names = {project["networks"][name]["name"] for name in joined}
    aliases = {alias for said in joined.values() for alias in (said or {}).get("aliases", ())}
    return names, aliases


def _devices(service: dict[str, Any]) -> set[str]:
    found = {device["source"] for device in service.get("devices", ())}
    deploy = service.get("deploy", {}).get("resources", {}).get("reservations", {})
    if service.get("gpus") or deploy.get("devices"):
        found.add("gpu")
    return found


def _plain(service: dict[str, Any]) -> dict[str, Any]:
    """Return the keys that mean the same in both readings."""
    keys = ("container_name", "hostname", "restart", "user", "privileged", "image")
    found = {key: service[key] for key in keys if service.get(key)}
    check = service.get("healthcheck", {})
    test = check.get("test", [])
    return found | {
        "labels": service.get("labels", {}),
        "cap_add": sorted(service.get("cap_add", ())),
        "links": sorted(service.get("links", ())),
        "extra_hosts": sorted(
            host.replace("=", ":", 1) for host in service.get("extra_hosts", ())
        ),
        "interval": parse_duration(check["interval"]) if check.get("interval") else None,
        "test": [] if check.get("disable") or test == ["NONE"] else test,
        "build": bool(service.get("build")),
    }


def _our_plain(values: dict[str, Any]) -> dict[str, Any]:
    keys = ("container_name", "hostname", "restart", "user", "privileged")
    found = {key: values[key] for key in keys if values.get(key)}
    if values.get("image"):
        found["image"] = known_text(values["image"])
    check = values.get("healthcheck")
    return found | {
        "labels": values.get("labels", {}),
        "cap_add": sorted(values.get("cap_add", ())),
        "links": sorted(values.get("links", ())),
        "extra_hosts": sorted(values.get("extra_hosts", ())),
        "interval": check.interval_seconds if check else None,
        "test": list(check.test) if check and not check.disabled else [],
        "build": bool(values.get("build")),
    }


def _cases() -> list[Path]:
    folders = []
    for case in sorted(CASES.iterdir()):
        inner = [path for path in case.iterdir() if path.is_dir()]
        files = [
            path
            for path in case.iterdir()
            if recognises(path.name, path.read_bytes()[:4096] if path.is_file() else b"")
        ]
        folders.append(case if files else inner[0])
    return folders


def _whole(service: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Return what Compose says of a service, in the words of `_our_whole`."""
    networks = _networks(service, theirs)
    secrets = [theirs["secrets"][said["source"]] for said in service.get("secrets", ())]
    deployed = service.get("deploy", {}).get("labels", {})
    return _plain(service) | {
        "labels": {**deployed, **service.get("labels", {})},
        "ports": _ports(service),
        "environment": service.get("environment") or {},
        "depends": _depends(service),
        "limits": _limits(service),
        "command": service.get("command"),
        "network": service["network_mode"] if service.get("network_mode") else networks,
        "devices": _devices(service),
        "secrets": len(secrets),
        "external secrets": {said["name"] for said in secrets if said.get("external")},
        "mounts": _mounts(service, theirs),
    }


def _our_whole(ours: Draft, name: str, folder: Path) -> dict[str, Any]:
    """Return what the native readers make of our reading of a service."""
    tree = ours.tree["services"][name]
    values, _, faults, _ = SERVICE.scan(tree)
    assert not faults
    mode = values.get("network_mode")
    networks = set(values.get("networks", ())), set(values.get("aliases", ()))
    secrets = values.get("secrets", ())
    return _our_plain(values) | {
        "ports": _our_ports(values),
        "environment": _environment(ours, name),
        "depends": _our_depends(values),
        "limits": _our_limits(values),
        "command": _words(tree.get("command")),
        "network": tree["network"] if mode or ":" in tree["network"] else networks,
        "devices": set(values.get("devices", ())),
        "secrets": len(secrets),
        "external secrets": {secret for secret in secrets if secret.startswith("shared_")},
        "mounts": _our_mounts(values, folder),
    }


@pytest.mark.parametrize("folder", _cases(), ids=lambda path: path.relative_to(CASES).as_posix())
def test_a_sample_is_read_as_compose_reads_it(folder):
    theirs = _theirs(folder)
    (ours,) = read_case(folder)
    assert ours.project == theirs["name"]
    assert set(ours.tree["services"]) == set(theirs["services"])
    volumes = {volume["name"] for volume in theirs.get("volumes", {}).values()}
    assert volumes <= set(ours.tree.get("volumes", {}))
    for name, service in theirs["services"].items():
        read, expected = _our_whole(ours, name, folder), _whole(service, theirs)
        if "volumes_from" in service:  # Compose mounts those only when it starts the container
            read["mounts"] &= expected["mounts"]
        assert read == expected, name
