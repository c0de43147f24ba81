"""What a service takes and how it is watched: limits, replicas, GPUs, engine, health check.

Source: https://github.com/compose-spec/compose-spec/blob/main/deploy.md#resources
"""

import re
from typing import Any

from analyzer.inventory.fields import Field, Reader, Record, Schema, found, list_of, refuse
from analyzer.inventory.model import Healthcheck
from analyzer.inventory.scalars import (
    any_text,
    boolean,
    choice,
    count,
    duration,
    number,
    size,
    text,
)
from analyzer.tree import Map, Seq
from analyzer.units import DAY_SECONDS

GPU = "gpu"
MAX_CPUS = 4096
MAX_REPLICAS = 10_000

_CREDENTIALS = re.compile(r"^((?:[a-z][a-z0-9+.-]*://)?)[^/@]*@(?!sha\d+:)")

cpus = number(0, MAX_CPUS)
_size = size(zero=True)


def _read_image(value: Any) -> str:
    written = text.read(value)
    return _CREDENTIALS.sub(r"\1", written) if "@" in written else written


image = Reader(_read_image, text.schema)
"""An image reference, without the user and password that somebody put in front of its registry."""


def _attributes(read: Any, schema: Schema, **names: str) -> Reader[dict[str, Any]]:
    """Return a reader whose values are renamed; a limit of 0 is Compose's *no limit*."""

    def renamed(value: Any) -> dict[str, Any]:
        values = read(value)
        return {new: values[old] for old, new in names.items() if values.get(old)}

    return Reader(renamed, schema)


_LIMITS = Record(
    "limits",
    (
        Field("memory", "memory", _size, "Memory it may take at most."),
        Field("cpus", "cpus", cpus, "Processors it may take at most."),
    ),
    frozenset({"pids"}),
)
limits = _attributes(_LIMITS.read, _LIMITS.schema(), memory="memory_limit_bytes", cpus="cpu_limit")
"""``{memory, cpus}``."""

mem_limit = _attributes(
    lambda value: {"memory": _size.read(value)}, _size.schema, memory="memory_limit_bytes"
)
cpu_limit = _attributes(lambda value: {"cpus": cpus.read(value)}, cpus.schema, cpus="cpu_limit")

_read_replicas = count(0, MAX_REPLICAS)
scale = Reader(lambda value: {"replicas": _read_replicas.read(value)}, _read_replicas.schema)

_REQUEST = Record(
    "a device request",
    (Field("capabilities", "capabilities", list_of(text), "What it must be able to do."),),
    frozenset({"count", "device_ids", "driver", "options"}),
)
_RESERVATIONS = Record(
    "reservations",
    (Field("devices", "devices", list_of(_REQUEST.reader()), "Devices it needs."),),
    frozenset({"cpus", "generic_resources", "memory", "pids"}),
)
_RESOURCES = Record(
    "resources",
    (
        Field("limits", None, limits, "What it may take at most."),
        Field("reservations", "reservations", _RESERVATIONS.reader(), "What it must get."),
    ),
)
_DEPLOY = Record(
    "deploy",
    (
        Field("replicas", "replicas", _read_replicas, "How many run at once."),
        Field("resources", "resources", _RESOURCES.reader(), "Limits and reservations."),
    ),
    frozenset(
        {
            "endpoint_mode",
            "job",
            "labels",
            "mode",
            "placement",
            "restart_policy",
            "rollback_config",
            "update_config",
        }
    ),
)


def _read_deploy(value: Any) -> dict[str, Any]:
    values = _DEPLOY.read(value)
    resources = dict(values.pop("resources", {}))
    requests = resources.pop("reservations", {}).get("devices", ())
    if any(GPU in request.get("capabilities", ()) for request in requests):
        values["devices"] = (GPU,)
    return values | resources


deploy = Reader(_read_deploy, _DEPLOY.schema())
"""Compose's ``deploy``: limits, replicas and reserved GPUs bear on the decision."""


def _read_gpus(value: Any) -> dict[str, Any]:
    if type(value) is not Seq and value != "all":
        refuse(f"{found(value)} is neither 'all' nor a list", "write gpus: all")
    return {"devices": (GPU,)}


gpus = Reader(_read_gpus, {"anyOf": [{"const": "all"}, {"type": "array"}]})
"""Any GPU is the device ``gpu``."""

_ENGINES = ("podman", "docker", "systemd", "external", "kubernetes")
_OCI_RUNTIMES = {
    "runc": {},
    "crun": {},
    "runsc": {},
    "kata": {},
    "youki": {},
    "sysbox-runc": {},
    "nvidia": {"devices": (GPU,)},
}
runtime = choice(
    *_ENGINES,
    also={
        **{engine: {"runtime": engine} for engine in _ENGINES},
        **_OCI_RUNTIMES,
        "native": {"runtime": "systemd"},
        "k8s": {"runtime": "kubernetes"},
        "k3s": {"runtime": "kubernetes"},
    },
)
"""What runs it. Compose means the OCI runtime by this key; those are taken and say nothing."""

_words = list_of(any_text)
_COMMAND_SCHEMA: Schema = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": dict(any_text.schema)}]
}


def _read_test(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return ("CMD-SHELL", value) if value != "NONE" else ("NONE",)
    return _words.read(value)


_HEALTHCHECK = Record(
    "a health check",
    (
        Field("test", "test", Reader(_read_test, _COMMAND_SCHEMA), "The command; NONE is none."),
        Field("interval", "interval", duration(DAY_SECONDS), "Time between checks."),
        Field("disable", "disable", boolean, "Switches off the image's own check."),
    ),
    frozenset({"retries", "start_interval", "start_period", "timeout"}),
)


def _read_healthcheck(value: Any) -> Healthcheck:
    values = _HEALTHCHECK.read(value)
    test = values.get("test", ())
    disabled = values.get("disable", False) or test[:1] == ("NONE",)
    return Healthcheck(test, values.get("interval"), disabled)


healthcheck = Reader(_read_healthcheck, _HEALTHCHECK.schema())
"""``{test, interval}``; ``test: NONE`` and ``disable: true`` say that there is none."""


def _read_command(value: Any) -> tuple[str, ...]:
    """Return the arguments; a text is split at blanks, which is enough to find names in it."""
    return tuple(value.split()) if isinstance(value, str) else _words.read(value)


command = Reader(_read_command, _COMMAND_SCHEMA)
"""Arguments of the container."""


def _read_build(value: Any) -> bool:
    if not isinstance(value, str) and type(value) is not Map:
        refuse(f"{found(value)} where a build is expected", "write build: .")
    return True


build = Reader(_read_build, {"type": ["string", "object"]})
"""Whether the image is built here; how is of no bearing."""
