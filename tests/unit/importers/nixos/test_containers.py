"""Options of ``virtualisation.oci-containers.containers.NAME``."""

import json

import pytest

from analyzer.importers.nixos.containers import OPTIONS
from tests.importers.nixos_reading import container, read, remarks

# https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/virtualisation/oci-containers.nix
EVERY_OPTION = """image imageFile imageStream serviceName login cmd labels entrypoint environment
environmentFiles log-driver ports user volumes workdir dependsOn hostname preRunExtraOptions
extraOptions autoStart podman pull capabilities devices privileged autoRemoveOnStop
networks""".split()

SAID = {
    "imageFile": "/nix/store/x.tar.gz",
    "imageStream": "/nix/store/stream",
    "serviceName": "docker-app",
    "login": {"registry": "https://ghcr.io", "username": "me", "passwordFile": "/run/p"},
    "cmd": ["serve"],
    "labels": {"a": "b"},
    "entrypoint": "/bin/app",
    "environment": {"DB_HOST": "other"},
    "environmentFiles": ["/run/agenix/app"],
    "log-driver": "none",
    "ports": ["80:80"],
    "user": "1000:1000",
    "volumes": ["/a:/b"],
    "workdir": "/srv",
    "dependsOn": ["other"],
    "hostname": "app.lan",
    "preRunExtraOptions": ["--runtime", "runsc"],
    "extraOptions": ["--privileged"],
    "autoStart": False,
    "podman": {"user": "app", "sdnotify": "healthy"},
    "pull": "newer",
    "capabilities": {"NET_ADMIN": True, "MKNOD": False, "SYS_TIME": None},
    "devices": ["/dev/dri:/dev/dri"],
    "privileged": True,
    "autoRemoveOnStop": False,
    "networks": ["media"],
}


def test_every_option_has_its_treatment():
    assert sorted(OPTIONS) == sorted(EVERY_OPTION)


@pytest.mark.parametrize("option", sorted(SAID))
def test_an_option_that_says_something_shows_in_the_entry_or_in_a_remark(option):
    bare = read({"app": {"image": "a"}, "other": {"image": "b"}})
    said = read({"app": {"image": "a", option: SAID[option]}, "other": {"image": "b"}})
    entry = said.tree["services"]["app"]
    assert entry != bare.tree["services"]["app"] or f"app.{option}" in dict(remarks(said))
    assert not {"broken", "not understood"} & {remark.reach for remark in said.remarks}


def test_a_whole_container_in_native_keys():
    entry = container(**{key: SAID[key] for key in SAID if not key.startswith("image")})
    assert entry == {
        "image": "app:1",
        "runtime": "podman",
        "x-nixos": {
            "login": SAID["login"],
            "preRunExtraOptions": ["--runtime", "runsc"],
            "autoStart": "false",
            "podman": {"user": "app", "sdnotify": "healthy"},
        },
        "command": ["serve"],
        "labels": {"a": "b"},
        "entrypoint": "/bin/app",
        "environment": {"DB_HOST": "other"},
        "env_files": ["/run/agenix/app"],
        "ports": ["80:80"],
        "user": "1000:1000",
        "volumes": ["/a:/b"],
        "working_dir": "/srv",
        "depends_on": {"other": {"kind": "hard", "why": "dependsOn"}},
        "hostname": "app.lan",
        "privileged": "true",
        "pull_policy": "newer",
        "cap_add": ["NET_ADMIN"],
        "cap_drop": ["MKNOD"],
        "devices": ["/dev/dri:/dev/dri"],
        "network": {"media": None},
    }


def test_options_that_nobody_set_leave_no_trace():
    unset = {
        "autoRemoveOnStop": True, "autoStart": True, "capabilities": {}, "cmd": [],
        "dependsOn": [], "entrypoint": None, "environment": {}, "log-driver": "journald",
        "login": {"passwordFile": None, "registry": None, "username": None}, "podman": None,
        "privileged": False, "pull": "missing", "labels": {}, "imageFile": None,
    }  # fmt: skip
    draft = read({"app": {"image": "a", **unset}})
    assert draft.tree["services"]["app"] == {"image": "a"}
    assert draft.remarks == ()


def test_an_image_made_by_nix_is_built_here():
    assert container(imageFile="/nix/store/x.tar.gz")["build"] == "nix"


@pytest.mark.parametrize(
    ("options", "path", "reach"),
    [
        ({"replicas": 2}, "app.replicas", "not understood"),
        ({"ports": "80:80"}, "app.ports", "broken"),
        ({"environment": ["PASSWORD=hunter2"]}, "app.environment", "broken"),
        ({"dependsOn": ["gone"]}, "app.dependsOn", "broken"),
        ({"capabilities": {"X": "hunter2"}}, "app.capabilities.X", "broken"),
        ({"podman": {"nice": "1"}}, "app.podman.nice", "not understood"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(options, path, reach):
    draft = read({"app": {"image": "a", **options}})
    assert (path, reach) in remarks(draft)
    assert "hunter2" not in json.dumps([remark[1:] for remark in draft.remarks])


def test_what_is_no_container_is_left_out_alone():
    draft = read({"good": {"image": "a"}, "bad": ["x"]})
    assert list(draft.tree["services"]) == ["good"]
    assert remarks(draft) == [("bad", "broken")]


def test_a_container_without_image_stays_and_is_said():
    draft = read({"app": {"cmd": ["x"]}})
    assert draft.tree["services"]["app"] == {"command": ["x"]}
    assert remarks(draft) == [("app.image", "broken")]


def test_arguments_add_to_options_whatever_the_order():
    first = container(extraOptions=["-p", "81:81"], ports=["80:80"])
    assert first["ports"] == ["80:80", "81:81"]
