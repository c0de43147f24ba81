"""A real podman makes containers from options; what is read from its ``inspect`` are the options.

``K8SADVISOR_PODMAN`` is the path of podman, or of a script that calls it with its own storage. The
image is imported from an empty archive, so nothing is fetched and nothing runs. It is never looked
for on the PATH: it would work in the storage of whoever runs the tests.
"""

import io
import json
import os
import subprocess
import tarfile

import pytest

from tests.importers.engine_reading import drafts, remarks, services

VARIABLE = "K8SADVISOR_PODMAN"
PODMAN = os.environ.get(VARIABLE)
IMAGE = "localhost/k8sadvisor-oracle:1"
PREFIX = "k8sadvisor-oracle-"

CASES = [
    (["-p", "8080:80"], {"ports": ["8080:80"]}),
    (["-p", "127.0.0.1:53:53/udp"], {"ports": ["127.0.0.1:53:53/udp"]}),
    (["-p", "9000-9003:8000-8003"], {"ports": ["9000-9003:8000-8003"]}),
    (["-p", "[::1]:8081:81"], {"ports": ["[::1]:8081:81"]}),
    (["--expose", "5432"], {"expose": ["5432"]}),
    (["-v", "VOLUME:/data"], {"volumes": ["VOLUME:/data"]}),
    (["-v", "/usr:/host:ro"], {"volumes": ["/usr:/host:ro"]}),
    (["-v", "/cache"], {"volumes": ["/cache"]}),
    (["--mount", "type=tmpfs,destination=/scratch"], {"tmpfs": ["/scratch"]}),
    (["--tmpfs", "/run/app"], {"tmpfs": ["/run/app"]}),
    (["-e", "DB_HOST=db", "--env", "EMPTY="], {"environment": {"DB_HOST": "db", "EMPTY": ""}}),
    (["-eA=1=2"], {"environment": {"A": "1=2"}}),
    (["--memory", "256m"], {"limits": {"memory": "256MiB"}}),
    (["--cpus", "0.5"], {"limits": {"cpus": "0.5"}}),
    (["--privileged"], {"privileged": "true"}),
    (["--cap-add", "NET_ADMIN,SYS_TIME"], {"cap_add": ["NET_ADMIN", "SYS_TIME"]}),
    (["--cap-drop", "CHOWN"], {"cap_drop": ["CHOWN"]}),
    (["--device", "/dev/null:/dev/ttyUSB0"], {"devices": ["/dev/null:/dev/ttyUSB0"]}),
    (["--user", "1000:100"], {"user": "1000:100"}),
    (["--restart", "unless-stopped"], {"restart": "unless-stopped"}),
    (["--restart", "on-failure:3"], {"restart": "on-failure:3"}),
    (["--hostname", "db.lan"], {"hostname": "db.lan"}),
    (["--add-host", "nas:10.0.0.2"], {"extra_hosts": ["nas:10.0.0.2"]}),
    (["--network", "host"], {"network": "host"}),
    (["--network", "host", "-h", "tv"], {"network": "host", "hostname": "tv"}),
    (["--network", "none"], {"network": "none"}),
    (["--label", "traefik.enable=true"], {"labels": {"traefik.enable": "true"}}),
    (["--stop-timeout", "60"], {"stop_grace_period": "60s"}),
    (["--init", "--read-only"], {"init": "true", "read_only": "true"}),
    (["--dns", "9.9.9.9"], {"dns": ["9.9.9.9"]}),
    (["--shm-size", "1g"], {"shm_size": "1GiB"}),
    (["--pid", "host"], {"pid": "host"}),
    (["--entrypoint", "/bin/app"], {"entrypoint": ["/bin/app"]}),
    (
        ["--health-cmd", "check", "--health-interval", "1m30s", "--health-timeout", "5s"],
        {"healthcheck": {"test": ["CMD-SHELL", "check"], "interval": "90s", "timeout": "5s"}},
    ),
    (["--no-healthcheck"], {"healthcheck": {"test": ["NONE"]}}),
]


def podman(*arguments, **keys):
    return subprocess.run(
        [PODMAN, *arguments], check=True, capture_output=True, timeout=60, **keys
    ).stdout


@pytest.fixture(scope="module")
def _image():
    if PODMAN is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no podman; name one in {VARIABLE}")
        pytest.skip(f"no podman; name one in {VARIABLE}")
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("nothing"), io.BytesIO())
    try:
        podman("import", "-q", "-", IMAGE, input=content.getvalue())
    except (OSError, subprocess.SubprocessError):
        if os.environ.get("CI") == "true" and VARIABLE in os.environ:
            raise
        pytest.skip("this podman cannot keep an image here")
    yield
    podman("rmi", "-f", IMAGE)


@pytest.fixture
def create(_image):
    names = []

    def make(name, *options):
        names.append(PREFIX + name)
        podman("create", "--pull=never", "--name", PREFIX + name, *options, IMAGE, "run")
        return PREFIX + name

    yield make
    for name in reversed(names):  # several at once are removed in any order
        podman("rm", "-f", "-i", name)


@pytest.fixture(scope="module")
def inspected(_image):
    """Return what is read of one container for each case; one process inspects them all."""
    names = [f"{PREFIX}case-{number}" for number in range(len(CASES))]
    try:
        for name, (options, _) in zip(names, CASES, strict=True):
            own = [option.replace("VOLUME", PREFIX + "volume") for option in options]
            podman("create", "--pull=never", "--name", name, *own, IMAGE, "run", name)
        yield drafts(podman("inspect", *names))
    finally:
        podman("rm", "-f", "-i", *names)
        subprocess.run(
            [PODMAN, "volume", "rm", "-f", PREFIX + "volume"], check=False, capture_output=True
        )


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=lambda number: " ".join(CASES[number][0])
)
def test_options_come_back(inspected, number):
    name = f"{PREFIX}case-{number}"
    entry = services(inspected)[name]
    assert entry["image"] == IMAGE
    assert entry["command"] == ["run", name]
    for key, expected in CASES[number][1].items():
        found = entry[key]
        if key == "healthcheck":
            found = {part: found[part] for part in expected}
        wanted = json.loads(json.dumps(expected).replace("VOLUME", PREFIX + "volume"))
        assert found == wanted
    said = {key for _, options in CASES for key in options} - set(CASES[number][1])
    usual = {"network", "restart", "ulimits", "cap_drop", "tmpfs", "security_opt", "devices"}
    assert {key for key in said & set(entry) if key not in usual} == set()


def test_every_key_is_known(inspected):
    assert remarks(inspected, "not understood") == {}
    assert remarks(inspected, "broken") == {}


def test_others_are_named(create):
    db = create("db")
    web = create("web", "--requires", db, "--label", f"PODMAN_SYSTEMD_UNIT={PREFIX}site.service")
    side = create("side", "--network", f"container:{db}")
    found = services(drafts(podman("inspect", web, side, db)))
    assert found[f"{PREFIX}site"]["depends_on"] == {db: None}
    assert found[side]["network"] == f"service:{db}"


def test_networks(create):
    networks = [PREFIX + "front", PREFIX + "back"]
    for network in networks:
        podman("network", "create", network)
    try:
        web = create("net", "--network", ",".join(networks), "--network-alias", "www")
        found = services(drafts(podman("inspect", web)))[web]
        assert found["network"] == {name: {"aliases": ["www"]} for name in sorted(networks)}
        podman("rm", "-f", web)
    finally:
        podman("network", "rm", "-f", *networks)
