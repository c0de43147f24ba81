"""Health -> probes.

An engine only notes that a check fails; a liveness probe restarts. So readiness follows the check
as it is, and liveness waits twice as long before it acts.

Source: https://kubernetes.io/docs/concepts/workloads/pods/probes/
"""

from typing import Any

from analyzer.kits.health import Health, declared, of_image, switched_off
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.secrecy import VARIABLE
from analyzer.kits.spec import Spec

_PATIENCE = 2
"""Failures in a row, as a multiple of those that make it unready, until it is restarted."""
_DECLARED = (
    "readiness is the check as declared; liveness restarts after twice as many failures, where the"
    " engine only took note"
)


def probes(material: Material, spec: Spec, tcp_port: int | None, ledger: Ledger) -> dict[str, Any]:
    """Return the probes of a container by their key, none where nothing is known to check."""
    own = declared(spec)
    health = own or (None if switched_off(spec) else of_image(material.image(spec)))
    if own is not None:
        ledger.approximated(spec, "healthcheck", _DECLARED)
    elif switched_off(spec):
        ledger.converted(spec, "healthcheck", "switched off; no probe either")
        return {}
    if health is None:
        return _by_port(spec, tcp_port, ledger)
    if own is None:
        text = "no check is declared; the one that is known for its image is used: try it first"
        ledger.approximated(spec, "healthcheck", text)
    handler = _handler(health)
    made = {
        "readinessProbe": {**handler, **_times(health, 1)},
        "livenessProbe": {**handler, **_times(health, _PATIENCE)},
    }
    if health.start_seconds:
        failures = max(
            health.retries, -(-health.start_seconds // min(health.interval_seconds, 10))
        )
        made["startupProbe"] = {
            **handler,
            "periodSeconds": min(health.interval_seconds, 10),
            "timeoutSeconds": health.timeout_seconds,
            "failureThreshold": failures,
        }
    return made


def _by_port(spec: Spec, tcp_port: int | None, ledger: Ledger) -> dict[str, Any]:
    if tcp_port is None:
        text = "no check is declared and none is known for its image: write one"
        ledger.person(spec, "healthcheck", text)
        return {}
    text = (
        "no check is declared and none is known: only that the port opens is looked at; write one"
    )
    ledger.person(spec, "healthcheck", text)
    return {"readinessProbe": {"tcpSocket": {"port": tcp_port}, "periodSeconds": 10}}


def _handler(health: Health) -> dict[str, Any]:
    request = health.http if health.known else None
    if request is not None:
        return {"httpGet": {"path": request.path, "port": request.port, "scheme": request.scheme}}
    if not health.shell and any(VARIABLE.search(word) for word in health.words):
        line = " ".join(_quoted(word) for word in health.words)
        return {"exec": {"command": ["/bin/sh", "-c", line]}}
    return {"exec": {"command": list(health.argv)}}


def _quoted(word: str) -> str:
    """Return a word for a shell in which variables are still expanded."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`")
    return f'"{escaped}"'


def _times(health: Health, patience: int) -> dict[str, int]:
    return {
        "periodSeconds": health.interval_seconds,
        "timeoutSeconds": min(health.timeout_seconds, health.interval_seconds),
        "failureThreshold": health.retries * patience,
    }
