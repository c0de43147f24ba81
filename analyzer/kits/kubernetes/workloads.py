"""A pod -> what keeps it running: a Deployment, a StatefulSet, a Job or a CronJob.

Source: https://kubernetes.io/docs/concepts/workloads/controllers/
"""

from typing import Any

from analyzer.kits.kubernetes.apps import App, metadata
from analyzer.kits.kubernetes.pods import pod_labels
from analyzer.kits.kubernetes.ports import Opening
from analyzer.kits.ledger import Ledger
from analyzer.kits.material import Material
from analyzer.kits.schedule import to_cron
from analyzer.kits.spec import Spec

Object = dict[str, Any]
_STATEFUL_SET_ROLES = frozenset({"database", "cache", "queue"})
_ONCE = ("no", "on-failure")
_RETRIES = 6
"""Kubernetes' own number of tries of a job."""


def workload(
    material: Material, app: App, ports: tuple[Opening, ...], spec: Object, ledger: Ledger
) -> Object:
    """Return the Deployment, the StatefulSet or the Job of an app."""
    main = app.main
    template = {"metadata": {"labels": pod_labels(app)}, "spec": spec}
    annotations = main.pairs("annotations")
    if annotations:
        template["metadata"]["annotations"] = {
            key: main.veil.all([value])[0] for key, value in annotations.items()
        }
        ledger.converted(main, "annotations")
    restart = (main.service.restart or "").partition(":")[0]
    _say_order(app, ledger)
    for one in app.specs:
        _say_restart(one, ledger)
    if main.service.schedule:
        return _cron_job(app, template, main.service.schedule, ledger)
    if restart in _ONCE and _ends(main, material):
        return _job(app, template, restart, main.service.restart or "")
    replicas = _replicas(material, app, ports, spec, ledger)
    role = material.image(main)
    stateful = role is not None and role.role in _STATEFUL_SET_ROLES and material.stateful(main)
    body: Object = {"replicas": replicas, "selector": {"matchLabels": app.selector}}
    if stateful:
        return {
            "apiVersion": "apps/v1",
            "kind": "StatefulSet",
            "metadata": metadata(app),
            "spec": {**body, "serviceName": app.name, "template": template},
        }
    only_one = any(material.stateful(one) for one in app.specs) or _exclusive(ports, spec)
    strategy = {"type": "Recreate"} if only_one else {"type": "RollingUpdate"}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(app),
        "spec": {**body, "strategy": strategy, "revisionHistoryLimit": 3, "template": template},
    }


def _exclusive(ports: tuple[Opening, ...], spec: Object) -> bool:
    """Return whether two pods of an app cannot stand on one node, so none can come before one goes."""
    return bool(spec.get("hostNetwork")) or any(port.host_port for port in ports)


def _ends(spec: Spec, material: Material) -> bool:
    """Return whether a service does its work and ends, as far as can be told."""
    image = material.image(spec)
    return spec.name in material.waited or (
        image is not None and image.role == "job" and not spec.service.ports
    )


def _job(app: App, template: Object, restart: str, written: str) -> Object:
    retries = written.partition(":")[2]
    template["spec"]["restartPolicy"] = "Never" if restart == "no" else "OnFailure"
    limit = int(retries) if retries.isdecimal() else 0 if restart == "no" else _RETRIES
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": metadata(app),
        "spec": {"backoffLimit": limit, "template": template},
    }


def _cron_job(app: App, template: Object, schedule: str, ledger: Ledger) -> Object:
    """Return a job that starts at set times, never two at once; kept back when they are not known."""
    times = to_cron(schedule)
    if times is None:
        text = (
            f"{schedule} has no counterpart in cron's words: write it there; until then it is off"
        )
        ledger.person(app.main, "schedule", text)
    else:
        ledger.approximated(app.main, "schedule", "by the clock of the cluster's server")
    job = _job(app, template, "no", "")
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": job["metadata"],
        "spec": {
            "schedule": times or "0 0 1 1 *",
            "suspend": times is None,
            "concurrencyPolicy": "Forbid",
            "jobTemplate": {"spec": job["spec"]},
        },
    }


def _say_restart(spec: Spec, ledger: Ledger) -> None:
    if not spec.has("restart"):
        return
    policy = (spec.service.restart or "").partition(":")[0]
    if policy in ("always", "unless-stopped"):
        text = "a pod is always started again; scale to 0 to keep it stopped"
        ledger.converted(spec, "restart", text if policy == "unless-stopped" else "")
    else:
        text = f"{policy}: a pod of a Deployment is always started again; make it a Job if it ends"
        ledger.approximated(spec, "restart", text)


def _say_order(app: App, ledger: Ledger) -> None:
    for spec in app.specs:
        if spec.has("depends_on"):
            text = "nothing starts in order here: the program has to try again until the other answers"
            ledger.approximated(spec, "depends_on", text)


def _replicas(
    material: Material, app: App, ports: tuple[Opening, ...], spec: Object, ledger: Ledger
) -> int:
    """Return how many pods run: 0 for what is not started by itself, one for what keeps data."""
    main = app.main
    asked = main.service.replicas
    if main.has("scale"):
        ledger.converted(main, "scale")
    if main.has("profiles"):
        if main.service.verified is False:
            ledger.converted(main, "profiles", "not started by itself; scale it to 1 to start it")
            return 0
        ledger.converted(main, "profiles", "started, as its profile is active")
    if asked is None or asked <= 1:
        return 1 if asked is None else asked
    if any(material.stateful(one) for one in app.specs) or _exclusive(ports, spec):
        key = "deploy" if main.has("deploy") else "scale"
        text = f"{asked} were asked for; one runs, for several would write the same data or want one port"
        ledger.person(main, key, text)
        return 1
    return asked
