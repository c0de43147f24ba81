from fractions import Fraction

import pytest

from analyzer.inventory import resources
from analyzer.inventory.model import Healthcheck
from analyzer.units import MIB
from tests.unit.inventory.nodes import faults, read


def test_limits_of_every_spelling():
    both = {"memory_limit_bytes": 512 * MIB, "cpu_limit": Fraction(1, 2)}
    assert read(resources.limits, "{memory: 512m, cpus: 0.5}") == both
    deployed = "{resources: {limits: {memory: 512m, cpus: '0.5', pids: 9}}}"
    assert read(resources.deploy, deployed) == both
    assert read(resources.mem_limit, "512m") == {"memory_limit_bytes": 512 * MIB}
    assert read(resources.cpu_limit, "'.5'".replace(".5", "0.5")) == {"cpu_limit": Fraction(1, 2)}


def test_a_limit_of_zero_is_no_limit():
    assert read(resources.limits, "{memory: 0, cpus: 0}") == {}


def test_replicas():
    assert read(resources.deploy, "{replicas: 3, placement: {}}") == {"replicas": 3}
    assert read(resources.scale, "0") == {"replicas": 0}
    assert faults(resources.deploy, "{replica: 3}") == [
        ".replica: unknown key in deploy; did you mean 'replicas'?"
    ]


def test_a_reserved_gpu_is_a_device():
    gpu = "{resources: {reservations: {devices: [{driver: nvidia, capabilities: [gpu]}]}}}"
    assert read(resources.deploy, gpu) == {"devices": ("gpu",)}
    assert read(resources.deploy, gpu.replace("[gpu]", "[tpu]")) == {}
    assert read(resources.gpus, "all") == {"devices": ("gpu",)}
    assert read(resources.gpus, "[{count: 1}]") == {"devices": ("gpu",)}
    assert "neither 'all' nor a list" in faults(resources.gpus, "some")[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("podman", {"runtime": "podman"}),
        ("native", {"runtime": "systemd"}),
        ("K3s", {"runtime": "kubernetes"}),
        ("runc", {}),
        ("nvidia", {"devices": ("gpu",)}),
    ],
)
def test_runtime_is_ours_unless_it_is_an_oci_runtime(written, expected):
    assert read(resources.runtime, written) == expected


def test_unknown_runtime():
    assert "did you mean 'podman'?" in faults(resources.runtime, "podmna")[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "{test: [CMD, true], interval: 1m30s}",
            Healthcheck(("CMD", "true"), Fraction(90), False),
        ),
        ("{test: curl -f x, retries: 3}", Healthcheck(("CMD-SHELL", "curl -f x"), None, False)),
        ("{test: [NONE]}", Healthcheck(("NONE",), None, True)),
        ("{test: NONE}", Healthcheck(("NONE",), None, True)),
        ("{disable: true}", Healthcheck((), None, True)),
    ],
)
def test_healthchecks(written, expected):
    assert read(resources.healthcheck, written) == expected


def test_bad_healthchecks_name_the_key():
    assert faults(resources.healthcheck, "{test: {a: b}, intervall: 30s, interval: 30}") == [
        ".test: a mapping where a list is expected; write it as [a, b]",
        ".intervall: unknown key in a health check; did you mean 'interval'?",
        ".interval: '30' is not a duration; write it with its unit, as in 30s, 10min or 4h",
    ]


def test_commands_and_builds():
    assert read(resources.command, "serve --db  db:5432") == ("serve", "--db", "db:5432")
    assert read(resources.command, "[serve, 'a b', '']") == ("serve", "a b", "")
    assert read(resources.build, ".") is True
    assert read(resources.build, "{context: .}") is True
    assert "where a build is expected" in faults(resources.build, "[a]")[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://me:pass@registry.example.org/app:1", "https://registry.example.org/app:1"),
        ("me:pass@registry.example.org/app:1", "registry.example.org/app:1"),
        ("me@registry.example.org/app", "registry.example.org/app"),
        ("nginx@sha256:" + "0" * 64, "nginx@sha256:" + "0" * 64),
        ("nginx:1.27@sha512:" + "0" * 128, "nginx:1.27@sha512:" + "0" * 128),
        ("quay.io/x/y:1@sha256:" + "0" * 64, "quay.io/x/y:1@sha256:" + "0" * 64),
    ],
)
def test_an_image_is_kept_without_credentials(written, expected):
    assert read(resources.image, written) == expected
