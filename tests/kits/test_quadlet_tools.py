"""Podman's generator, systemd and podman itself accept the units of every example and sample."""

import io
import json
import os
import re
import shlex
import subprocess
import tarfile
from functools import cache

import pytest

from analyzer.kits.ledger import Ledger
from analyzer.kits.quadlet.units import units
from tests.kits.making import EXAMPLES, HOSTS, SAMPLES, material_from, material_of, tool

IMAGE = "localhost/k8sadvisor-unit:1"
PODMAN = os.environ.get("K8SADVISOR_PODMAN")
# The generator is Podman 5.4's: 5.5's key in the words of 5.4.
NEWER = (("\nMemory=", "\nPodmanArgs=--memory="),)


def written(material, folder):
    """Write the units of all containers; return them by host."""
    ledger = Ledger("quadlet")
    names = [name for name in material.chosen if material.service(name).is_container]
    hosts = {}
    for file in units(material, ledger, names):
        target = folder.joinpath(*file.path.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        text = file.text
        for newer, older in NEWER:
            text = text.replace(newer, older)
        target.write_text(text, encoding="utf-8")
        hosts.setdefault(target.parent, []).append(target.name)
    return hosts


@cache
def material(path):
    return material_of(path, base="/srv/stacks")


def generated(folder):
    """Return the text of each service that the generator makes of a folder."""
    run = subprocess.run(
        [tool("K8SADVISOR_QUADLET", "quadlet"), "-dryrun"],
        env={"QUADLET_UNIT_DIRS": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    blocks = re.split(r"^---(?=\S+---$)", run.stdout, flags=re.MULTILINE)[1:]
    return {name: text for name, _, text in (block.partition("---\n") for block in blocks)}


@pytest.mark.parametrize("path", [*EXAMPLES, *SAMPLES])
def test_podmans_generator_takes_every_unit(path, tmp_path):
    for folder, names in written(material(path), tmp_path).items():
        services = generated(folder)
        wanted = [name for name in names if name.endswith((".container", ".pod"))]
        assert len(
            [one for one in services if "-network" not in one and "-volume" not in one]
        ) >= len(wanted)


@pytest.mark.parametrize("path", EXAMPLES)
def test_systemd_takes_what_the_generator_makes(path, tmp_path):
    command = tool("K8SADVISOR_SYSTEMD_ANALYZE", "systemd-analyze")
    for folder in written(material(path), tmp_path / "units"):
        made = tmp_path / "made"
        made.mkdir(exist_ok=True)
        for name, text in generated(folder).items():
            shown = text.replace("/usr/bin/podman", "/bin/true")
            (made / name).write_text(shown, encoding="utf-8")
        for timer in folder.glob("*.timer"):
            (made / timer.name).write_text(timer.read_text(), encoding="utf-8")
        (made / "default.target").write_text("[Unit]\nDescription=x\n")
        done = subprocess.run(
            [command, "verify", "--man=no", *sorted(map(str, made.iterdir()))],
            env={"SYSTEMD_UNIT_PATH": f"{made}:/lib/systemd/system", "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
        faults = [
            line
            for line in done.stderr.splitlines()
            if str(made) in line or any(one.stem in line for one in made.iterdir())
            if "Command /bin/true is not executable" not in line and "not found" not in line
        ]
        assert not faults, faults


@pytest.fixture(scope="module")
def _image():
    if PODMAN is None:
        if os.environ.get("CI") == "true":
            pytest.fail("K8SADVISOR_PODMAN names no podman")
        pytest.skip("without K8SADVISOR_PODMAN, a podman with a storage of its own")
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("nothing"), io.BytesIO())
    run = [PODMAN, "import", "-q", "-c", 'CMD ["x"]', "-", IMAGE]
    subprocess.run(run, check=True, capture_output=True, timeout=90, input=content.getvalue())
    yield
    subprocess.run([PODMAN, "rmi", "-f", IMAGE], check=False, capture_output=True, timeout=90)


def arguments(line, image, folder):
    """Return the words after ``podman run`` as systemd gives them, for our image.

    What has to be there is left out or made: files of variables, networks, paths of the host.
    """
    words = [word.replace("$$", "$").replace("%%", "%") for word in shlex.split(line)]
    found = []
    skip = False
    for word in words[2:]:
        if skip or word in ("-d", "--rm", "--replace", "--cgroups=split"):
            skip = False
            continue
        if word in ("--env-file", "--secret", "--network", "--pod", "--pull"):
            skip = True
            continue
        if word.startswith(
            (
                "--cidfile",
                "--sdnotify",
                "--network=",
                "--gpus",
                "--platform",
                "--memory-swappiness",
            )
        ):
            continue
        if found[-1:] in (["-v"], ["--device"]) and word.startswith("/") and ":" in word:
            source, _, rest = word.partition(":")
            if not os.path.exists(source):  # noqa: PTH110
                source = str(folder / "host" / source.strip("/").replace("/", "-"))
                os.makedirs(source, exist_ok=True)  # noqa: PTH103
            if found[-1] == "--device":
                source = "/dev/null"
            word = f"{source}:{rest}"  # noqa: PLW2901
        word = word.replace("host-gateway", "10.0.0.1")  # noqa: PLW2901 - newer than podman 4.3
        found.append(IMAGE if word == image else word)
    return found


CREATED = """
  app:
    host: nas
    runtime: podman
    image: "ghcr.io/x/y:1"
    entrypoint: ["/bin/app", "--name=a b"]
    command: ["serve", "--price", "5$", "100%", "it's", "say \\"hi\\"", "back\\\\slash"]
    ports: ["127.0.0.1:8080:80", "53:53/udp", "9000-9002:8000-8002", "[::1]:99:99"]
    volumes: ["data:/data", "/srv/a b:/x:ro,z", "/anonymous"]
    tmpfs: ["/run:size=64m"]
    devices: [/dev/null]
    cap_add: [NET_ADMIN]
    cap_drop: [MKNOD]
    user: "1000:1000"
    working_dir: /srv
    hostname: box
    read_only: true
    init: true
    sysctls: {net.ipv4.ip_forward: "1"}
    ulimits: {nofile: {soft: 1024, hard: 2048}}
    shm_size: 64m
    stop_grace_period: 1m
    stop_signal: SIGINT
    limits: {memory: 256MiB, cpus: 0.5}
    pids_limit: 50
    dns: [9.9.9.9]
    extra_hosts: ["db:10.0.0.5"]
    annotations: {note: "a b"}
    security_opt: ["no-new-privileges:true", "label=disable"]
    healthcheck:
      test: "curl -f \\"http://localhost/?a=1&b=$USER\\" || exit 1"
      interval: 1m30s
      timeout: 5s
      retries: 4
      start_period: 2m
"""


@pytest.mark.usefixtures("_image")
def test_podman_makes_what_the_unit_says(tmp_path):  # noqa: PLR0915 - one container, looked at whole
    (folder,) = written(material_from(f"{HOSTS}services:{CREATED}"), tmp_path)
    line = next(
        one.partition("=")[2]
        for one in generated(folder)["app.service"].splitlines()
        if one.startswith("ExecStart=")
    )
    words = arguments(line, "ghcr.io/x/y:1", tmp_path)
    create = [PODMAN, "create", "--pull=never", *words]
    done = subprocess.run(create, capture_output=True, text=True, check=False, timeout=90)
    assert done.returncode == 0, (words, done.stderr)
    try:
        shown = subprocess.run(
            [PODMAN, "inspect", "app"], capture_output=True, text=True, check=True, timeout=90
        ).stdout
    finally:
        subprocess.run([PODMAN, "rm", "-f", "app"], check=False, capture_output=True, timeout=90)
    data = json.loads(shown)[0]
    config, host = data["Config"], data["HostConfig"]
    assert config["Cmd"] == [
        "serve", "--price", "5$", "100%", "it's", 'say "hi"', "back\\slash",
    ]  # fmt: skip
    assert config["Entrypoint"] in ("/bin/app --name=a b", ["/bin/app", "--name=a b"])
    assert config["Healthcheck"]["Test"] == [
        "CMD-SHELL",
        'curl -f "http://localhost/?a=1&b=$USER" || exit 1',
    ]
    assert config["Healthcheck"]["Interval"] == 90 * 10**9
    assert config["Healthcheck"]["Retries"] == 4
    assert config["User"] == "1000:1000"
    assert config["WorkingDir"] == "/srv"
    assert config["Hostname"] == "box"
    assert host["Memory"] == 256 * 2**20
    assert host["NanoCpus"] == 5 * 10**8
    assert host["ReadonlyRootfs"] is True
    assert host["PortBindings"]["53/udp"][0]["HostPort"] == "53"
    assert host["PortBindings"]["80/tcp"][0]["HostIp"] == "127.0.0.1"
    assert host["PortBindings"]["99/tcp"][0]["HostIp"] == "::1"
    mounts = {one["Destination"]: one for one in data["Mounts"]}
    assert mounts["/x"]["Source"].endswith("srv-a b")
    assert mounts["/x"]["RW"] is False
    assert mounts["/data"]["Name"] == "data"


@pytest.mark.usefixtures("_image")
@pytest.mark.parametrize("path", EXAMPLES)
def test_podman_makes_a_container_of_every_unit(path, tmp_path):
    for folder in written(material(path), tmp_path):
        for name, text in generated(folder).items():
            line = re.search(r"^ExecStart=(.*podman run .*)$", text, re.MULTILINE)
            if line is None:
                continue
            image = re.search(
                r"^Image=(.*)$",
                (folder / f"{name.removesuffix('.service')}.container").read_text(),
                re.MULTILINE,
            )
            named = image[1]
            if named.endswith(".image"):
                named = (folder / named).read_text().partition("\nImage=")[2].strip()
            words = arguments(line[1], named, tmp_path)
            at = words.index("--name")
            words[at + 1] = f"k8sadvisor-unit-{words[at + 1]}"
            missing = [word for word in words if word.startswith("--requires")]
            assert not missing
            create = [PODMAN, "create", "--pull=never", *words]
            done = subprocess.run(create, capture_output=True, text=True, check=False, timeout=90)
            subprocess.run(
                [PODMAN, "rm", "-f", "-i", words[at + 1]], check=False, capture_output=True
            )
            assert done.returncode == 0, (words, done.stderr)


def test_a_part_of_an_estate_is_taken_by_the_generator_too(tmp_path):
    text = f"""{HOSTS}services:
  gate: {{host: nas, image: "a:1", cap_add: [NET_ADMIN]}}
  inner: {{host: nas, image: "a:1", network_mode: "service:gate", depends_on: [bad]}}
  bad: {{host: nas, build: .}}
  app: {{host: nas, image: "a:1", depends_on: {{setup: {{condition: service_completed_successfully}}}}}}
  setup: {{host: nas, image: "a:1"}}
"""
    (folder,) = written(material_from(text, services=["inner"]), tmp_path / "part")
    assert "--network container:gate" in generated(folder)["inner.service"]
    (folder,) = written(material_from(text), tmp_path / "whole")
    services = generated(folder)
    assert "bad" not in services["inner.service"]
    assert "Type=oneshot" in services["setup.service"]
    assert "Restart=always" not in services["setup.service"]
