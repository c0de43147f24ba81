"""The words for options, verdicts, classes and marks; the same in every format."""

from collections.abc import Mapping

from analyzer.assessment import Assessment
from analyzer.decision.model import Verdict
from analyzer.facts.model import FailoverClass, Pin
from analyzer.plan.model import ServiceClass
from analyzer.rulebook.model import Option

STARS = 5

_VERDICT_LEADS: Mapping[Verdict, str] = {
    "clear": "",
    "leaning": "probably ",
    "too-close-to-call": "too close to call; slightly ahead: ",
}
FAILOVER_WORDS: Mapping[FailoverClass, str] = {
    "fails-over": "starts on another host",
    "fails-over-with-work": "starts on another host after work",
    "restarts-in-place-only": "only restarts on its own host",
    "does-not-survive": "is gone with its host",
}
PIN_WORDS: Mapping[Pin, str] = {
    "data": "data on its host",
    "device": "device",
    "host-network": "host network",
    "network-namespace": "shares a network namespace",
    "privileged": "privileged",
    "lan": "needs the LAN",
    "architecture": "image for one architecture",
    "native-dependency": "needs a native service of its host",
    "socket": "engine's socket",
    "requested": "as requested",
}
CLASS_WORDS: Mapping[ServiceClass, str] = {
    "pilot": "pilot",
    "stateless": "without state",
    "stateless-critical": "without state, critical",
    "stateful": "with state",
    "stateful-critical": "with state, critical",
}


def headline(assessment: Assessment) -> str:
    """Return the answer in one phrase, with the doubt that belongs to it."""
    decision = assessment.decision
    if not decision.feasible:
        return "no option meets what was required"
    return _VERDICT_LEADS[decision.verdict] + advice(assessment, decision.recommended)


def advice(assessment: Assessment, option: Option) -> str:
    """Return what an option means for this estate, as an imperative."""
    leaving = assessment.inventory.needs.leaving_kubernetes is True
    if option == "test-cluster":
        return "build a test cluster beside production first"
    if option == "incremental":
        return "keep Kubernetes" if leaving else "move to Kubernetes, service by service"
    return "leave Kubernetes for Podman" if leaving else f"stay on {_engine(assessment)}"


def _engine(assessment: Assessment) -> str:
    """Return the engine most containers run on, and that it should be improved."""
    docker = podman = 0
    for service in assessment.inventory.services.values():
        docker += service.runtime == "docker"
        podman += service.runtime == "podman"
    return f"{'Docker' if docker > podman else 'Podman'} and improve it"


def stars(number: int) -> str:
    """Return one to five stars, filled and empty."""
    return "★" * number + "☆" * (STARS - number)


def mark(passed: bool | None) -> str:  # noqa: FBT001 - three states
    """Return ``yes``, ``no`` or ``unknown``."""
    return "unknown" if passed is None else "yes" if passed else "no"
