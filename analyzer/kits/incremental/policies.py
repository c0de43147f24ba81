"""Rules of a common policy checker that the manifests do not follow, and why.

A kit changes what a service may do as little as it can: what ran as root with a writable disk does so
still, because an image that was never tried without would not start. Each is worth trying later.

Source of the ids: https://www.checkov.io/5.Policy%20Index/kubernetes.html
"""

_ROOT = "images decide who they run as; what Podman ran as root is not known to run otherwise"
_SAME = "as under Podman; try it service by service"
POLICIES: tuple[tuple[str, str], ...] = (
    ("CKV_K8S_8", "a liveness probe is written only where a check is declared or known"),
    ("CKV_K8S_9", "a readiness probe is written only where a check, or a port, is known"),
    ("CKV_K8S_10", "processors are requested only where the owner states them"),
    ("CKV_K8S_11", "a limit on processors slows down without need; only the owner's is written"),
    ("CKV_K8S_12", "memory is requested only where it was measured or stated"),
    ("CKV_K8S_13", "memory is limited only where it was measured or stated"),
    ("CKV_K8S_14", "the version that runs today is not known: pin it before the move"),
    ("CKV_K8S_15", "an image that is pulled at every start needs its registry at every start"),
    ("CKV_K8S_16", "what is privileged under Podman says so in its own definition"),
    ("CKV_K8S_17", "the owner's pid: host is kept"),
    ("CKV_K8S_18", "the owner's ipc: host is kept"),
    ("CKV_K8S_19", "the owner's host network is kept"),
    ("CKV_K8S_20", f"programs that change their user at the start need it; {_SAME}"),
    ("CKV_K8S_22", f"the root file system stays writable, {_SAME}"),
    ("CKV_K8S_23", _ROOT),
    ("CKV_K8S_25", "capabilities that the owner added are kept"),
    ("CKV_K8S_26", "a port on one address of the host was published there; it stays there"),
    ("CKV_K8S_27", "the owner mounts the engine's socket; the ledger says what to do"),
    ("CKV_K8S_28", "NET_RAW is dropped where the engine was Podman; Docker gave it"),
    ("CKV_K8S_29", "the context is set on the containers"),
    ("CKV_K8S_31", "set on each container"),
    ("CKV_K8S_35", "programs read variables; files instead are theirs to support"),
    ("CKV_K8S_36", f"Docker's capabilities are kept, {_SAME}"),
    ("CKV_K8S_37", f"capabilities of the engine's default are kept, {_SAME}"),
    ("CKV_K8S_38", "the token is switched off in the pod"),
    ("CKV_K8S_39", "SYS_ADMIN is added by the owner"),
    ("CKV_K8S_40", _ROOT),
    ("CKV_K8S_43", "a digest belongs to the version that runs today: pin it before the move"),
    (
        "CKV2_K8S_6",
        "a policy is written where a network separated containers before, not elsewhere",
    ),
)
