"""Service classes -> how a service of that class moves: checks, the guide's five steps, way back.

The steps are those of the guide, Migration Steps, Phase 3, with what they leave out: two instances
of a stateful service never write to the same path, so testing in parallel means testing on a copy;
and the reverse proxy stays on Podman for the whole migration, because it is what moves the traffic.
"""

from collections.abc import Iterable

from analyzer.plan.model import CLASSES, Procedure, ServiceClass, Step

_CONVERT = Step(
    "Convert",
    "Write a Deployment and a Service from the container's definition: the same image by digest, "
    "ports, environment and mounts; add memory and CPU requests and limits and a readiness probe; "
    "take secrets from a Secret, never from the manifest.",
)
_CONVERT_STATE = Step(
    "Convert",
    "As for a stateless service, and: strategy Recreate, so that an update never runs two "
    "instances on one set of data; a host path only with a node selector for its host and a type, "
    "because elsewhere the pod would start on an empty folder.",
)
_PARALLEL = Step(
    "Run in parallel",
    "Start it in the cluster beside the container, on a port of its own. Nothing routes to it yet. "
    "Try it through that port; until it is accepted the host carries both.",
)
_PARALLEL_STATE = Step(
    "Run in parallel",
    "Copy the data while the container is stopped, or with the application's own dump, to a path "
    "that only the new instance uses, and start the new instance on the copy. The old and the new "
    "one never write to the same path. This copy takes disk as well as memory; it is thrown away.",
)
_TRAFFIC = Step(
    "Move traffic",
    "Change the route in the reverse proxy, which stays on Podman, to the new address. Let the "
    "services that need this one follow in the same change. The container keeps running.",
)
_TRAFFIC_STATE = Step(
    "Move data and traffic",
    "Stop both instances and empty the trial copy. Copy the data a last time while nothing runs on "
    "either side, compare checksums of source and copy, start the new instance on it, then change "
    "the route in the reverse proxy, which stays on Podman. Keep systemd or the engine from starting "
    "the container again. From here on the old data is the way back: nothing writes to it.",
)
_VERIFY = Step(
    "Verify",
    "The readiness probe passes, the main function works through the proxy, logs and monitoring "
    "show the new instance, memory stays below the limit. Leave it for a day.",
)
_VERIFY_STATE = Step(
    "Verify",
    "As for a stateless service, and: data written before and after the move is there, and a "
    "backup from the new place has been taken and restored once. Leave it for a week.",
)
_REMOVE = Step(
    "Remove",
    "Stop and disable the container; keep its definition in the repository for one more wave.",
)
_REMOVE_STATE = Step(
    "Remove",
    "Disable the container and keep its data, read-only, until the second backup from the new "
    "place; then delete the data and the definition.",
)

_STATELESS = (_CONVERT, _PARALLEL, _TRAFFIC, _VERIFY, _REMOVE)
_STATEFUL = (_CONVERT_STATE, _PARALLEL_STATE, _TRAFFIC_STATE, _VERIFY_STATE, _REMOVE_STATE)

_CHECKS = (
    "The image exists for the architecture of every host it may run on.",
    "Every host has the memory that the wave's table asks for while both instances run.",
    "What it needs and stays on Podman answers at an address that the cluster reaches.",
)
_CHECKS_STATE = (
    "A backup no older than a day exists and has been restored once somewhere else.",
    "The disk has room for a second copy of the data.",
    "Both instances run the same version; no upgrade in the same step.",
)
_CHECKS_CRITICAL = (
    "A time is agreed with everybody who relies on it.",
    "The way back has been tried with a service of an earlier wave.",
)
_CHECKS_PILOT = (
    "The cluster is up, and a pod made for the purpose starts, answers and can be deleted.",
    "Somebody notes the hours, so that later waves can be estimated from them.",
)
_CHECKS_LATER = ("The wave before is verified.",)

_BACK = (
    "Point the reverse proxy back at the container, which still runs; delete the Deployment. "
    "No data is involved."
)
_BACK_STATE = (
    "Before traffic has moved: stop the new instance, delete its copy and start the container if it "
    "was stopped; nothing else happened. After: stop the new instance, copy back what was written since with checksums, or decide to lose it, start the "
    "container on its old data and point the reverse proxy back at it."
)


def procedure(service_class: ServiceClass) -> Procedure:
    """Return how a service of a class moves."""
    stateful = service_class.startswith("stateful")
    checks: tuple[str, ...] = () if service_class == "pilot" else _CHECKS_LATER
    checks += _CHECKS + (_CHECKS_STATE if stateful else ())
    if service_class.endswith("critical"):
        checks += _CHECKS_CRITICAL
    if service_class == "pilot":
        checks += _CHECKS_PILOT
    return Procedure(
        service_class=service_class,
        checks=checks,
        steps=_STATEFUL if stateful else _STATELESS,
        rollback=_BACK_STATE if stateful else _BACK,
    )


def procedures(used: Iterable[ServiceClass]) -> tuple[Procedure, ...]:
    """Return the procedures of the classes used, in the order the classes move."""
    wanted = frozenset(used)
    return tuple(procedure(name) for name in CLASSES if name in wanted)
