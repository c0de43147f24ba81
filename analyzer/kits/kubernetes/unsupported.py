"""Keys of Compose that Kubernetes has no word for, with what to do instead.

Sources: https://github.com/kubernetes/kompose/blob/main/docs/conversion.md (what has no counterpart)
and https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ (what only a node sets).
"""

from analyzer.kits.ledger import Ledger
from analyzer.kits.spec import Spec

_NODE = "is a setting of the node"
IMPOSSIBLE = {
    "attach": "logs are read with 'kubectl logs'",
    "blkio_config": "disk shares cannot be set for a pod",
    "cgroup": "pods have their own control groups",
    "cgroup_parent": "pods have their own control groups",
    "cpu_count": "write cpus instead",
    "cpu_percent": "write cpus instead",
    "cpu_period": "write cpus instead",
    "cpu_quota": "write cpus instead",
    "cpu_rt_period": "real-time scheduling cannot be set for a pod",
    "cpu_rt_runtime": "real-time scheduling cannot be set for a pod",
    "cpuset": f"{_NODE}: the kubelet's static CPU manager gives whole processors to a pod",
    "credential_spec": "only for Windows",
    "develop": "for developing; nothing of it runs",
    "device_cgroup_rules": "devices come from a device plugin",
    "domainname": "a pod's domain is its Service's; use the whole name as hostname in the program",
    "extends": "resolve it with 'docker compose config' first",
    "external_links": "call the other service by the name of its Service",
    "isolation": "only for Windows",
    "label_file": "labels of containers have no reader here",
    "logging": "the kubelet keeps the logs, 10 MiB five times over; ship them from /var/log/pods",
    "mac_address": "needs another network plugin (Multus)",
    "mem_swappiness": _NODE,
    "memswap_limit": f"{_NODE}: the kubelet decides on swap",
    "models": "run the model as a service of its own",
    "oom_kill_disable": "a pod over its limit is killed; raise the limit",
    "oom_score_adj": "follows from requests and limits; make them equal for the last to be killed",
    "pids_limit": f"{_NODE}: the kubelet's podPidsLimit, the same for every pod",
    "pre_start": "write an init container",
    "provider": "no container; keep what provides it",
    "pull_refresh_after": "images are pulled when a pod starts, or not at all",
    "storage_opt": "use an ephemeral-storage limit",
    "ulimits": "containers have those of containerd: raise them in its unit on the node",
    "umask": "set it in the program or by the image's own variable",
    "use_api_socket": "pods have no engine to talk to; give it a ServiceAccount",
    "uts": "every pod has its own host name",
    "volumes_from": "list the mounts of the other container here",
}
_DONE_ELSEWHERE = {
    "container_name": "the name of the container in the pod",
    "host": "ties the pod to the node of the same name",
    "name": "",
    "project": "its namespace",
    "runtime": "K3s runs it",
}


def unsupported(spec: Spec, ledger: Ledger) -> None:
    """Say of every key without a counterpart what to do instead."""
    for key in spec.keys:
        if key in IMPOSSIBLE:
            ledger.impossible(spec, key, IMPOSSIBLE[key])
        elif key in _DONE_ELSEWHERE:
            ledger.converted(spec, key, _DONE_ELSEWHERE[key])
        elif key == "labels":
            text = "nothing reads a container's labels here; what a proxy took from them is in its files"
            ledger.approximated(spec, "labels", text)
        elif key.startswith("x-"):
            ledger.person(spec, key, "no key of Compose: set by hand what it stood for")
