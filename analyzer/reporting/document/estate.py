"""Facts, footprint, failover, findings and services, as JSON values."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from analyzer.assessment import Assessment
from analyzer.comparison import stated
from analyzer.comparison.model import Fields, Stated
from analyzer.facts.model import Fact, FoundFinding, HostFootprint
from analyzer.reporting.document.values import citations, number, place, plain

_Record = TypeVar("_Record")
_SPAN = ("low", "typical", "high")


def facts(assessment: Assessment) -> list[dict[str, Any]]:
    """Return every fact, by name."""
    values = assessment.facts.values
    return [_fact(values[name]) for name in sorted(values)]


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "value": plain(fact.value),
        "unit": fact.unit,
        "text": fact.text,
        "low": plain(fact.low),
        "high": plain(fact.high),
        "sources": [place(source) for source in fact.sources],
    }


def footprint(assessment: Assessment) -> dict[str, Any]:
    """Return memory per host in bytes, and the figures that it was worked out with."""
    figures = assessment.rulebook.figures
    return {
        "hosts": [_host(item) for item in assessment.facts.footprint],
        "figures": [
            {
                "id": figure.id,
                "low": number(figure.low),
                "typical": number(figure.typical),
                "high": number(figure.high),
                "unit": figure.unit,
                "sources": citations(figure.sources),
            }
            for figure in figures.values()
        ],
    }


def _host(item: HostFootprint) -> dict[str, Any]:
    return {
        "host": item.host,
        "role": item.role,
        "pods": item.pods,
        "podman_bytes": _span(item.podman_bytes),
        "k3s_bytes": _span(item.k3s_bytes),
        "pods_bytes": _span(item.pods_bytes),
        "added_bytes": _span(item.added_bytes),
        "guide_bytes": item.guide_bytes,
        "memory_bytes": item.memory_bytes,
        "free_bytes": item.free_bytes,
        "share_of_free": number(item.share_of_free),
        "meets_minimum": item.meets_minimum,
        "over_pod_limit": item.over_pod_limit,
    }


def _span(values: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(_SPAN, values, strict=True))


def failover(assessment: Assessment) -> dict[str, Any]:
    """Return the checklist; ``passed`` is null where it cannot be told."""
    return {"checklist": [check._asdict() for check in assessment.facts.checklist]}


def findings(assessment: Assessment) -> list[dict[str, Any]]:
    """Return every finding on every subject, worst first; ``waived`` is the owner's reason."""
    return [_finding(found) for found in assessment.facts.findings]


def _finding(found: FoundFinding) -> dict[str, Any]:
    finding = found.finding
    return {
        "id": finding.id,
        "scope": finding.scope,
        "subject": found.subject,
        "severity": finding.severity,
        "title": finding.title,
        "text": found.text,
        "remedy": finding.remedy,
        "hours": number(finding.hours),
        "source": place(found.source),
        "cites": [source.url or f"guide: {source.guide}" for source in finding.sources],
        "waived": found.waived,
    }


def hosts(assessment: Assessment) -> list[dict[str, Any]]:
    """Return what is stated of each host, as texts."""
    return [
        {"id": name, "stated": listed(found.fields), "source": found.place}
        for name, found in _each(assessment.inventory.hosts, stated.host)
    ]


def volumes(assessment: Assessment) -> list[dict[str, Any]]:
    """Return what is stated of each volume, as texts."""
    return [
        {"id": name, "stated": listed(found.fields), "source": found.place}
        for name, found in _each(assessment.inventory.volumes, stated.volume)
    ]


def needs(assessment: Assessment) -> dict[str, list[str]]:
    """Return what the owner wants, as texts by key."""
    return listed(stated.needs(assessment.inventory.needs).fields)


def _each(records: Mapping[str, _Record], state: Callable[[_Record], Stated]) -> Any:
    return ((name, state(record)) for name, record in records.items())


def listed(fields: Fields) -> dict[str, list[str]]:
    """Return fields with their texts in lists."""
    return {field: list(texts) for field, texts in fields.items()}


def services(assessment: Assessment) -> list[dict[str, Any]]:
    """Return what ties each service, what it is and is stated of it, and how it would move."""
    found, class_of = assessment.facts, assessment.plan.class_of
    rows = []
    for name, service in assessment.inventory.services.items():
        pins = found.pins.get(name)
        rows.append(
            {
                "id": name,
                "host": service.host,
                "runtime": service.runtime,
                "image": service.image,
                "role": found.roles.get(name),
                "stateful": found.stateful.get(name),
                "pins": [
                    {"kind": kind, "text": text}
                    for kind, text in (zip(pins.pins, pins.texts, strict=False) if pins else ())
                ],
                "pins_known": not pins.unknown if pins else None,
                "data_only": pins.data_only if pins else None,
                "failover": pins.failover if pins else None,
                "class": class_of.get(name),
                "effort_hours": number(found.effort_hours.get(name)),
                "source": place(service.source),
                "origin": service.origin,
                "stated": listed(stated.service(service).fields),
            }
        )
    return rows
