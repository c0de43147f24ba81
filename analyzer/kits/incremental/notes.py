"""What changes around the services: monitoring, logs and backups, as one page.

Sources: https://docs.k3s.io/datastore/backup-restore (what to save of a cluster),
https://docs.k3s.io/storage (where claims lie) and
https://kubernetes.io/docs/concepts/cluster-administration/logging/ (where logs lie).
"""

from analyzer.kits.kubernetes.manifests import Cluster
from analyzer.kits.material import Material
from analyzer.kits.model import File
from analyzer.kits.printers.markdown import bullets, code, document, escape, fenced, heading
from analyzer.kits.printers.yaml import document as yaml

_SERVER = "/var/lib/rancher/k3s/server"
_PROMTAIL = {
    "job_name": "pods",
    "static_configs": [{"labels": {"job": "pods", "__path__": "/var/log/pods/*/*/*.log"}}],
    "pipeline_stages": [
        {"cri": {}},
        {
            "regex": {
                "source": "filename",
                "expression": "/var/log/pods/(?P<namespace>[^_]+)_(?P<pod>[^_]+)_[^/]+/(?P<container>[^/]+)/",
            }
        },
        {"labels": {"namespace": "", "pod": "", "container": ""}},
    ],
}


def notes(material: Material, cluster: Cluster) -> File:
    """Return the page."""
    claims = sorted(
        str(one["metadata"]["name"])
        for objects in cluster.shared.values()
        for one in objects
        if one["kind"] == "PersistentVolumeClaim"
    )
    servers = sorted(name for name, role in material.roles.items() if role == "server")
    return File(
        "NOTES.md",
        document(
            [
                heading(1, "Around the services"),
                heading(2, "Backup"),
                bullets(_backup(claims, servers)),
                heading(2, "Logs"),
                *_logs(),
                heading(2, "Monitoring"),
                bullets(_monitoring(material)),
            ]
        ),
    )


def _backup(claims: list[str], servers: list[str]) -> list[str]:
    where = ", ".join(map(escape, servers)) or "the server"
    found = [
        (
            f"On {where}: add `{_SERVER}/db`, `{_SERVER}/token` and `{_SERVER}/tls`. Without the token the"
            " datastore cannot be read again. A copy of SQLite is whole only while K3s is stopped, or made"
            " with `sqlite3 state.db '.backup ...'`."
        ),
        (
            "Data that stays on a path of its host is backed up as before: the paths do not change. What"
            " stopped a container for the backup has to stop its pod now:"
            " `kubectl scale --replicas=0`, and back."
        ),
    ]
    if claims:
        listed = ", ".join(map(code, claims))
        found.append(
            f"New: `/var/lib/rancher/k3s/storage` on each node holds {listed}. The volumes that they"
            " replace may leave the backup once the runbook removes them."
        )
    return found


def _logs() -> list[str]:
    return [
        (
            "Pods write to `/var/log/pods`, not to the journal: what reads only the journal sees nothing of"
            " them any more. Of each container 10 MiB are kept five times over. For Promtail, below"
            " `scrape_configs`:"
        ),
        fenced(yaml([_PROMTAIL]).splitlines(), "yaml"),
    ]


def _monitoring(material: Material) -> list[str]:
    found = [
        (
            "Netdata on a node shows pods as control groups by itself; for their names it asks the kubelet,"
            " so give the netdata user a kubeconfig that may only read pods, never the admin's."
        ),
        "`kubectl top nodes` and `kubectl top pods -A` work at once: K3s brings the metrics server.",
        "Alert on: a node not Ready, a pod not Ready for ten minutes, restarts, a claim's disk 80 % full.",
    ]
    watchers = sorted(
        name
        for name, service in material.assessment.inventory.services.items()
        if any(mount.source.endswith(("podman.sock", "docker.sock")) for mount in service.mounts)
    )
    if watchers:
        listed = ", ".join(map(escape, watchers))
        found.append(
            f"{listed} look at the engine's socket and will not see pods: show them another way."
        )
    return found
