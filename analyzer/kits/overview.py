"""``README.md`` of a kit: what it is, where to begin, and what is not in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from analyzer.kits.material import Material
from analyzer.kits.model import Entry, File
from analyzer.kits.printers.markdown import bullets, document, escape, heading, numbered
from analyzer.reporting.wording import advice
from analyzer.rulebook.model import Option

_WHAT: Mapping[Option, tuple[tuple[str, str], ...]] = {
    "incremental": (
        ("hosts/", "K3s for each host that takes part"),
        ("modules/", "the NixOS modules: K3s, the generic Kubernetes module, the converter"),
        ("kubernetes/", "the manifests; `kubectl apply -k kubernetes`"),
        ("justfile", "recipes: status, variables, migrate, roll back; `just --list`"),
        ("k8s/", "what the recipes read: services, names of variables; no value"),
        ("caddy/", "snippets that shift traffic, wave by wave, and back"),
        ("runbooks/", "what to do in which order, wave by wave"),
        ("NOTES.md", "backup, logs and monitoring"),
    ),
    "test-cluster": (
        ("test-cluster/", "the cluster beside production, its services, and the plan"),
    ),
    "enhanced-podman": (
        ("quadlet/", "units for systemd, a folder a host"),
        ("nixos/", "the same for NixOS hosts"),
        ("compose/", "files that Compose merges over yours"),
        ("IMPROVE.md", "what to improve, in order of benefit"),
    ),
}
_ORDER: Mapping[Option, tuple[str, ...]] = {
    "incremental": (
        "Read `LEDGER.md` from the top: what is left out, and what needs you.",
        "Set up K3s from `hosts/`, one server first; `just k8s-status` shows it.",
        "Take the first file in `runbooks/` and do what it says. Then wait a day, and take the next.",
    ),
    "test-cluster": (
        "Read `LEDGER.md` from the top: what is left out, and what needs you.",
        "Start the cluster, copy the data and the services as `test-cluster/` describes.",
        "Take the measurements, and give them to `k8sadvisor compare-test`.",
    ),
    "enhanced-podman": (
        "Read `LEDGER.md` from the top: what is left out, and what needs you.",
        "Begin `IMPROVE.md` at the top; each step stands alone.",
        "Try one service's new unit before the others.",
    ),
}


def overview(
    option: Option,
    material: Material,
    files: Sequence[File],
    entries: Iterable[Entry],
    left_out: Mapping[str, str],
) -> File:
    """Return the page that a reader opens first."""
    assessment = material.assessment
    recommended = assessment.decision.recommended
    counts = Counter(entry.status for entry in entries)
    there = [
        f"`{path}` {what}"
        for path, what in _WHAT[option]
        if any(file.path.startswith(path) for file in files)
    ]
    blocks = [
        heading(1, f"{escape(assessment.inventory.name)}: files for {option}"),
        _against(material, option) if option != recommended else _advised(material, option),
        numbered(_ORDER[option]),
        heading(2, "What is here"),
        bullets([*there, "`LEDGER.md`, `ledger.json` what became of every key"]),
        (
            f"Of {sum(counts.values())} remarks on keys, {counts['converted']} say converted,"
            f" {counts['approximated']} approximated, {counts['person']} need a person and"
            f" {counts['impossible']} have no counterpart. {_left(left_out)}"
        ),
        (
            "No value of a variable is in any of these files. Names are; values stay where they are until"
            " you take them over yourself."
        ),
    ]
    return File("README.md", document(blocks))


def _advised(material: Material, option: Option) -> str:
    verdict = material.assessment.decision.verdict
    return f"The advice for this estate, {verdict}: {advice(material.assessment, option)}."


def _left(left_out: Mapping[str, str]) -> str:
    if not left_out:
        return "No service is left out."
    return f"Left out, with reasons in the ledger: {len(left_out)} services."


def _against(material: Material, option: Option) -> str:
    decision = material.assessment.decision
    out = [gate for one in decision.options if one.id == option for gate in one.ruled_out_by]
    why = f" It is ruled out by: {escape(', '.join(map(str, out)))}." if out else ""
    return (
        f"**These are not the files of the recommended way.** The advice is {decision.recommended}"
        f" ({decision.verdict}); you asked for {option}.{why}"
    )
