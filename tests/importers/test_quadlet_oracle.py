"""Our reading of Quadlet units against Podman's own generator, on every sample.

``K8SADVISOR_QUADLET`` names the generator of Podman 5.4 or later.
"""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from analyzer import files as door
from analyzer.files import Files
from analyzer.importers import quadlet
from analyzer.tree import Map

SAMPLES = Path(__file__).parent / "quadlet"
FOLDERS = sorted(path.name for path in SAMPLES.iterdir())
SWITCHES = {
    "--replace", "--rm", "-d", "--init", "--read-only", "--privileged",
}  # fmt: skip
NEWER = (
    ("\nMemory=", "\nPodmanArgs=--memory="),
    ("\nBuildArg=", "\n#"),
    ("mirror.container\n", "mirror.service\n"),
    (
        "immich-postgres.container immich-valkey.container",
        "immich-postgres.service immich-valkey.service",
    ),
)
"""Keys that the generator of Podman 5.4 does not know yet, in words that it does."""


def generator() -> str:
    found = os.environ.get("K8SADVISOR_QUADLET") or shutil.which("quadlet")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("K8SADVISOR_QUADLET does not name Podman's generator")
        pytest.skip("without K8SADVISOR_QUADLET, Podman's generator")
    return found


def generated(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the assignments of every service that the generator makes."""
    run = subprocess.run(
        [generator(), "-dryrun"],
        env={"QUADLET_UNIT_DIRS": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    services: dict[str, list[tuple[str, str]]] = {}
    for block in re.split(r"^---(?=\S+---$)", run.stdout, flags=re.MULTILINE)[1:]:
        name, _, text = block.partition("---\n")
        pairs = [line.partition("=") for line in text.splitlines()]
        services[name] = [(key, value) for key, equals, value in pairs if equals]
    return services


def ours(folder: Path) -> Map:
    files = Files()
    paths = [path for path in door.walk(str(folder)) if quadlet.recognises(path, door.head(path))]
    (draft,) = quadlet.read([files.given(path, str(folder)) for path in paths], files, None)
    return draft.tree["services"]


def flags(command: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return the flags of a podman command with their values, and what follows them."""
    words = shlex.split(command)[2:]
    found: dict[str, list[str]] = {}
    while words and words[0].startswith("-"):
        flag, equals, value = words.pop(0).partition("=")
        if not equals and flag not in SWITCHES:
            value = words.pop(0)
        found.setdefault(flag, []).append(value)
    return found, words


def resolved(text: str, service: str, *, rootless: bool) -> str:
    """Return a command with its specifiers, written here a second time on purpose."""
    prefix, _, instance = service.partition("@")
    home, runtime = ("~", "/run/user/1000") if rootless else ("/root", "/run")
    table = {"N": service, "p": prefix, "i": instance, "h": home, "t": runtime}
    return re.sub(r"%([Npiht])", lambda found: table[found[1]], text)


@pytest.fixture(scope="module", params=FOLDERS)
def both(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("quadlet") / request.param
    shutil.copytree(SAMPLES / request.param, folder)
    mine = ours(folder)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        text = path.read_text()
        for newer, known in NEWER:
            text = text.replace(newer, known)
        path.write_text(text)
    theirs = generated(folder)
    runs = {}
    for name in mine:
        template = name.partition("@")[0] + "@.service"
        unit = theirs.get(f"{name}.service") or theirs.get(template)
        start = dict(unit or []).get("ExecStart", "")
        if "podman run" in start:
            rootless = any(("WantedBy", "default.target") in each for each in theirs.values())
            runs[name] = flags(resolved(start, name, rootless=rootless))
    return mine, theirs, runs, str(folder)


def listed(entry: Map, key: str) -> list[str]:
    return sorted(map(str, entry.get(key, ())))


def test_every_container_is_a_service(both):
    mine, theirs, runs, _ = both
    started = {name for name, unit in theirs.items() if "podman run" in dict(unit)["ExecStart"]}
    for unit in started:
        name = unit.removesuffix(".service")
        instances = [each for each in runs if each.startswith(name)] if name[-1] == "@" else [name]
        assert instances, unit
        assert set(instances) <= set(runs)
    others = [entry for name, entry in mine.items() if name not in runs]
    assert all("container_name" in entry for entry in others)
    assert bool(others) == ("wiki.service" in theirs)


def test_what_is_started(both):
    mine, _, runs, _ = both
    for name, (said, rest) in runs.items():
        entry = mine[name]
        assert entry["image"] == rest[0], name
        assert list(entry.get("command", [])) == rest[1:], name
        assert [entry["container_name"]] == said["--name"], name
        assert entry.get("privileged") == ("true" if "--privileged" in said else None), name
        assert entry.get("user") == (said["--user"][0] if "--user" in said else None), name
        assert entry.get("entrypoint") == said.get("--entrypoint", [None])[0], name
        assert entry.get("hostname") == said.get("--hostname", [None])[0], name


def test_ports_variables_and_devices(both):
    mine, _, runs, _ = both
    for name, (said, _) in runs.items():
        entry = mine[name]
        variables = {
            f"{key}={value}" for key, value in entry.get("environment", {}).items() if value
        }
        assert variables == set(said.get("--env", [])), name
        labels = {f"{key}={value}" for key, value in entry.get("labels", {}).items()}
        assert labels == set(said.get("--label", [])), name
        if "--pod-id-file" not in said:
            assert listed(entry, "ports") == sorted(said.get("--publish", [])), name
        assert listed(entry, "expose") == sorted(said.get("--expose", [])), name
        capabilities = sorted(said.get("--cap-add", []))
        assert [each.lower() for each in listed(entry, "cap_add")] == capabilities, name
        secrets = sorted(each.partition(",")[0] for each in said.get("--secret", []))
        assert listed(entry, "secrets") == secrets, name
        # The generator looks whether a device with a minus is there, on the machine it runs on.
        assert set(said.get("--device", [])) <= set(listed(entry, "devices")), name


def test_storage(both):
    mine, _, runs, folder = both
    for name, (said, _) in runs.items():
        mounts = {
            mount if isinstance(mount, str) else f"{mount.get('source', '')}:{mount['target']}"
            for mount in mine[name].get("volumes", [])
        }
        pod = {mount for mount in mounts if mount == "/srv/photos:/photos:ro"}
        expected = {each.replace(f"{folder}/", "./") for each in said.get("-v", [])}
        for each in said.get("--mount", []):
            parts = dict(part.partition("=")[::2] for part in each.split(","))
            expected.add(f"{parts.get('source', '')}:{parts['destination']}")
        assert mounts - (pod if "--pod-id-file" in said else set()) == expected, name
        files = sorted(each.replace(f"{folder}/", "./") for each in said.get("--env-file", []))
        assert listed(mine[name], "env_files") == files, name
        assert listed(mine[name], "tmpfs") == sorted(said.get("--tmpfs", [])), name


def test_networks_and_limits(both):
    mine, _, runs, _ = both
    containers = {
        entry["container_name"]: name for name, entry in mine.items() if "container_name" in entry
    }
    for name, (said, _) in runs.items():
        entry = mine[name]
        network = entry.get("network")
        if "--pod-id-file" not in said:
            mode = said.get("--network", [])
            if mode and mode[0].startswith("container:"):
                assert network == f"service:{containers[mode[0][10:]]}", name
            elif isinstance(network, str):
                assert [network] == mode, name
            else:
                assert sorted(network or ()) == sorted(each.partition(":")[0] for each in mode), (
                    name
                )
        for flag, limit in (("--memory", "memory"), ("--cpus", "cpus")):
            if flag in said:
                assert entry["limits"][limit] == said[flag][0], name


def test_order_and_needs(both):
    mine, theirs, runs, _ = both
    for name in runs:
        unit = theirs.get(f"{name}.service") or theirs[name.partition("@")[0] + "@.service"]
        needed = set()
        for key, value in unit:
            if key in ("Requires", "BindsTo", "Wants", "After", "Requisite", "PartOf"):
                needed |= {each.removesuffix(".service") for each in value.split()}
        entry = mine[name]
        depends = {key for key in entry.get("depends_on", {}) if not reverse(theirs, name, key)}
        network = str(entry.get("network", ""))
        shared = {network[8:]} if network.startswith("service:") else set()
        in_pod = any(each.endswith("-pod") for each in needed)
        assert depends == needed & set(mine) - (set() if in_pod else shared - depends), name


def reverse(theirs, name: str, other: str) -> bool:
    """Return whether it is the other unit that says it: by ``Before`` or ``RequiredBy``."""
    said = theirs.get(f"{other}.service", [])
    return any(
        key in ("Before", "RequiredBy", "WantedBy") and f"{name}.service" in value.split()
        for key, value in said
    )


def test_members_of_a_pod_share_the_network_of_one(both):
    mine, _, runs, _ = both
    members = sorted(name for name, (said, _) in runs.items() if "--pod-id-file" in said)
    holders = [name for name in members if isinstance(mine[name].get("network"), Map)]
    assert len(holders) == bool(members)
    for name in members:
        if name not in holders:
            assert mine[name]["network"] == f"service:{holders[0]}"
