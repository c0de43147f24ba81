"""What services are given beside their own keys -> clues: env files, configuration, health checks.

Source: https://github.com/compose-spec/compose-spec/blob/main/05-services.md#env_file (a variable
of ``environment`` wins over one of a file).
"""

from collections.abc import Iterable, Iterator, Mapping

from analyzer.graph.clues import Clue
from analyzer.graph.environment import ENV_FILE, EnvironmentReader
from analyzer.graph.images import DATA_ROLES
from analyzer.graph.inference import Inference, Statement
from analyzer.graph.model import EvidenceKind
from analyzer.graph.references import references
from analyzer.graph.settings import settings
from analyzer.graph.variables import setting_kind
from analyzer.inventory.draft import Hint
from analyzer.inventory.model import Environment, Service
from analyzer.tree import COLUMN_BITS

CONFIGURATION = 85
"""The most that a line of a configuration file can prove."""
HEALTH_CHECK = 60
"""A health check mostly asks its own service."""


def hint_clues(
    hints: Iterable[Hint],
    services: Mapping[str, Service],
    inference: Inference,
    environment: EnvironmentReader,
) -> Iterator[Clue]:
    """Yield what env files and other texts say that the services given them need."""
    variables: dict[str, dict[str, Hint]] = {}
    for hint in hints:
        service = services.get(hint.service)
        if service is None or inference.roles.get(hint.service) in DATA_ROLES:
            continue  # a store that is handed its application's settings uses none of them
        if hint.kind == "text":
            yield from text_clues(service, hint, inference)
        elif hint.name not in service.environment:
            variables.setdefault(hint.service, {})[hint.name] = hint
    for name, found in variables.items():
        values = {variable: found[variable].value for variable in sorted(found)}
        lines = {variable: hint.mark >> COLUMN_BITS for variable, hint in found.items()}
        service = services[name]._replace(environment=Environment(values, lines))
        yield from environment.clues(service, ENV_FILE)


def text_clues(service: Service, hint: Hint, inference: Inference) -> Iterator[Clue]:
    """Yield what the lines of a configuration file, a script or a health check name."""
    check = hint.name.startswith("health")
    kind: EvidenceKind = "health-check" if check else "configuration"
    source = service.at(hint.mark >> COLUMN_BITS)
    seen = set()
    for key, value in settings(hint.value):
        means = setting_kind(key)
        if means == "ignored":
            continue
        for reference in references(value):
            if reference in seen or (reference.form == "word" and means != "address"):
                continue
            seen.add(reference)
            match = inference.meaning(service, reference, None)
            if match is None:
                continue
            place = Statement(
                what=hint.name,
                source=source,
                trusted=means != "other",
                inbound="by-address" if means == "public" else "never",
                port_stated=reference.port is not None,
                ceiling=HEALTH_CHECK if check else CONFIGURATION,
                kind=kind,
            )
            clue = inference.clue(service, reference, match, place)
            if clue is not None:
                yield clue
