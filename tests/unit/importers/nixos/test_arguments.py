"""``extraOptions``: arguments of ``podman run``."""

import json

import pytest

from tests.importers.nixos_reading import container, read, remarks


def extra(*arguments, **options):
    return container(extraOptions=list(arguments), **options)


@pytest.mark.parametrize(
    ("arguments", "key", "value"),
    [
        (["--network=host"], "network", "host"),
        (["--net", "none"], "network", "none"),
        (["--network=container:other"], "network", "service:other"),
        (["--network=container:stranger"], "network", "container:stranger"),
        (["--network=slirp4netns:port_handler=slirp4netns"], "network",
         "slirp4netns:port_handler=slirp4netns"),
        (["--network=ai:alias=vec,ip=10.1.0.2"], "network",
         {"ai": {"ipv4_address": "10.1.0.2", "aliases": ["vec"]}}),
        (["--network=a", "--network=b", "--network-alias=x"], "network",
         {"a": {"aliases": ["x"]}, "b": {"aliases": ["x"]}}),
        (["--device", "/dev/dri"], "devices", ["/dev/dri"]),
        (["--gpus=all"], "gpus", "all"),
        (["-m", "512m", "--cpus=1.5"], "limits", {"memory": "512m", "cpus": "1.5"}),
        (["-m512m"], "limits", {"memory": "512m"}),
        (["--cap-add=NET_ADMIN", "--cap-add", "SYS_TIME"], "cap_add", ["NET_ADMIN", "SYS_TIME"]),
        (["--privileged"], "privileged", "true"),
        (["--privileged=false"], "privileged", "false"),
        (["-e", "A=b=c", "--env=D", "-eE=f"], "environment", {"A": "b=c", "D": None, "E": "f"}),
        (["--label=x.y=z w"], "labels", {"x.y": "z w"}),
        (["-v", "/a:/b:ro"], "volumes", ["/a:/b:ro"]),
        (["--mount=type=bind,src=/a,dst=/b,ro"], "volumes",
         [{"type": "bind", "source": "/a", "target": "/b", "read_only": "true"}]),
        (["--health-cmd=curl -f localhost", "--health-interval=30s"], "healthcheck",
         {"test": "curl -f localhost", "interval": "30s"}),
        (["--health-cmd", '["pg_isready","-U","x"]'], "healthcheck",
         {"test": ["CMD", "pg_isready", "-U", "x"]}),
        (["--health-cmd=[ -f /ready ]"], "healthcheck", {"test": "[ -f /ready ]"}),
        (["--health-cmd=none"], "healthcheck", {"test": "NONE"}),
        (["--no-healthcheck"], "healthcheck", {"disable": "true"}),
        (["--pull=newer"], "pull_policy", "newer"),
        (["--secret=db,type=env,target=PASS"], "secrets", ["db"]),
        (["--ulimit=nofile=1024:2048"], "ulimits", {"nofile": "1024:2048"}),
        (["--sysctl=net.ipv4.ip_forward=1"], "sysctls", {"net.ipv4.ip_forward": "1"}),
        (["--add-host=db:10.0.0.5"], "extra_hosts", ["db:10.0.0.5"]),
        (["-it", "--init"], "tty", "true"),
        (["-itp", "8:8"], "ports", ["8:8"]),
        (["--requires=other"], "depends_on", {"other": {"kind": "hard", "why": "--requires"}}),
        (["--pod=media"], "x-nixos", {"extraOptions": ["--pod=media"]}),
    ],
)  # fmt: skip
def test_an_argument_becomes_a_native_key(arguments, key, value):
    assert extra(*arguments)[key] == value


def test_sharing_a_network_is_a_hard_dependency():
    needs = extra("--network=container:other")["depends_on"]
    assert needs == {"other": {"kind": "hard", "why": "shares its network"}}


def test_an_alias_is_nothing_on_the_hosts_network():
    entry = extra("--network=host", "--network-alias=x")
    assert entry["network"] == "host"


@pytest.mark.parametrize(
    ("arguments", "reach"),
    [
        (["--frobnicate=hunter2"], "not understood"),
        (["--frobnicate", "hunter2"], "not understood"),
        (["-Z", "hunter2"], "not understood"),
        (["-Zhunter2"], "not understood"),
        (["hunter2"], "not understood"),
        (["--hunter2+x"], "not understood"),
        (["--memory"], "broken"),
        (["--log-opt=tag=hunter2"], "no bearing"),
        (["--creds=me:hunter2"], "no bearing"),
        (["--ip=10.1.0.9"], "no bearing"),
        (["--mount=type=devpts,target=/dev/pts"], "no bearing"),
    ],
)
def test_everything_else_is_said_without_its_value(arguments, reach):
    draft = read({"app": {"image": "a", "extraOptions": arguments}})
    assert remarks(draft)[0] == ("app.extraOptions", reach)
    assert all(
        "hunter2" not in remark.text or "--hunter2" in arguments for remark in draft.remarks
    )
    assert "hunter2" not in json.dumps(draft.tree)


def test_the_place_of_an_argument_is_its_own():
    draft = read({"app": {"image": "a", "extraOptions": ["--rm", "--pod=x"]}})
    columns = [remark.mark & (1 << 27) - 1 for remark in draft.remarks]
    text = '{"app": {"image": "a", "extraOptions": ["--rm", "--pod=x"]}}'
    assert columns == [text.index('"--rm"') + 1, text.index('"--pod=x"') + 1]
