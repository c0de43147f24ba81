"""Labels whose values are addresses -> clues: a proxy that asks another service who may come in.

Source: https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/forwardauth/
(``forwardauth.address``), https://caddyserver.com/docs/caddyfile/directives/forward_auth,
https://github.com/lucaslorentz/caddy-docker-proxy (labels are directives).
"""

from collections.abc import Collection, Iterator

from analyzer.graph.clues import Clue
from analyzer.graph.inference import Inference, Statement
from analyzer.graph.proxies import proxies
from analyzer.graph.references import references
from analyzer.inventory.model import Service

LABEL = 85


def label_clues(services: Collection[Service], inference: Inference) -> Iterator[Clue]:
    """Yield an edge from the proxy of a host to every service that a label of it names."""
    found = proxies(services)
    if not found:
        return
    by_name = {service.name: service for service in services}
    for service in services:
        for label, value in service.labels.items():
            family = label.partition(".")[0].partition("_")[0]
            if family in found and ":" in value and "`" not in value:
                proxy = by_name.get(found[family].get(service.host, ""))
                if proxy is not None:
                    yield from _label(service, label, value, proxy, inference)


def _label(
    service: Service, label: str, value: str, proxy: Service, inference: Inference
) -> Iterator[Clue]:
    """Yield what one label says that the proxy needs."""
    for reference in references(value):
        # The name is resolved where it was written, among the services of the stack.
        match = None if reference.form == "word" else inference.meaning(service, reference, None)
        if match is None or match.service == proxy.name:
            continue
        place = Statement(
            what=f"label {label}",
            source=service.at(service.lines.get("labels", 0)),
            trusted=True,
            inbound="never",
            port_stated=reference.port is not None,
            ceiling=LABEL,
            kind="label",
        )
        clue = inference.clue(proxy, reference, match, place)
        if clue is not None:
            yield clue
