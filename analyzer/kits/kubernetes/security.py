"""Users, capabilities and security options of a service -> its ``securityContext``.

What a container may do under Podman is what it may do here, neither more nor less: Podman leaves out
three capabilities that containerd gives, and filters system calls, which Kubernetes does not unless
asked to.

Sources: https://docs.podman.io/en/latest/markdown/podman-run.1.html#cap-add-capability and
https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
"""

from typing import Any

from analyzer.kits.ledger import Ledger
from analyzer.kits.spec import Spec

NOT_PODMANS = ("AUDIT_WRITE", "MKNOD", "NET_RAW")
"""Capabilities that containerd gives and Podman does not."""
_UNCONFINED = ("seccomp=unconfined", "seccomp:unconfined")
_NO_NEW = ("no-new-privileges", "no-new-privileges:true", "no-new-privileges=true")
_LABEL_OFF = ("label=disable", "label:disable", "label=type:", "label:type:")


def security(spec: Spec, ledger: Ledger) -> dict[str, Any]:
    """Return the container's ``securityContext``."""
    made: dict[str, Any] = {}
    _user(spec, made, ledger)
    privileged = spec.service.privileged
    if privileged is not None:
        made["privileged"] = privileged
        what = "may do anything to its node, here as there"
        ledger.converted(spec, "privileged", what if privileged else "")
    capabilities = _capabilities(spec, ledger)
    if capabilities and not privileged:
        made["capabilities"] = capabilities
    if spec.has("read_only"):
        made["readOnlyRootFilesystem"] = bool(spec.flag("read_only"))
        ledger.converted(spec, "read_only")
    made["seccompProfile"] = {"type": "Unconfined" if privileged else "RuntimeDefault"}
    _options(spec, made, ledger)
    return made


def _user(spec: Spec, made: dict[str, Any], ledger: Ledger) -> None:
    user = spec.service.user
    if not user:
        return
    name, _, group = user.partition(":")
    if not name.isdecimal() or (group and not group.isdecimal()):
        text = (
            f"{user} is a name; Kubernetes takes numbers: look them up with 'podman exec ... id'"
        )
        ledger.person(spec, "user", text)
        return
    made["runAsUser"] = int(name)
    if group:
        made["runAsGroup"] = int(group)
    if int(name):
        made["runAsNonRoot"] = True
    ledger.converted(spec, "user")


def _capabilities(spec: Spec, ledger: Ledger) -> dict[str, list[str]]:
    added = sorted({_name(name) for name in spec.service.cap_add})
    dropped = {_name(name) for name in spec.words("cap_drop") or ()}
    if spec.service.cap_add:
        ledger.converted(spec, "cap_add")
    if spec.has("cap_drop"):
        ledger.converted(spec, "cap_drop")
    if spec.service.runtime != "docker" and "ALL" not in dropped and "ALL" not in added:
        dropped |= set(NOT_PODMANS) - set(added)
    found = {}
    if added:
        found["add"] = added
    if dropped:
        found["drop"] = ["ALL"] if "ALL" in dropped else sorted(dropped)
    return found


def _name(capability: str) -> str:
    return capability.upper().removeprefix("CAP_")


def _options(spec: Spec, made: dict[str, Any], ledger: Ledger) -> None:
    for key, item in spec.listed("security_opt"):
        option = str(item)
        if option.startswith(_UNCONFINED):
            made["seccompProfile"] = {"type": "Unconfined"}
            ledger.converted(spec, key)
        elif option.startswith(_NO_NEW):
            made["allowPrivilegeEscalation"] = False
            ledger.converted(spec, key)
        elif option in ("apparmor=unconfined", "apparmor:unconfined"):
            made["appArmorProfile"] = {"type": "Unconfined"}
            ledger.converted(spec, key)
        elif option.startswith(_LABEL_OFF):
            made["seLinuxOptions"] = {"type": "spc_t"}
            ledger.approximated(spec, key, "as the type that SELinux does not confine")
        else:
            text = f"{option.partition('=')[0].partition(':')[0]}: load the profile on every node and name it"
            ledger.person(spec, key, text)
