"""Command line of a service -> clues, weaker than the environment's: arguments have no schema."""

import re
from collections.abc import Iterator

from analyzer.graph.clues import Clue
from analyzer.graph.inference import Inference, Statement
from analyzer.graph.references import references
from analyzer.graph.variables import variable_kind
from analyzer.inventory.model import Service, Source

_OPTION = re.compile(r"--?([A-Za-z][\w.-]*)(?:=(.*))?", re.DOTALL)
_MAX_ARGUMENTS = 200

COMMAND = 60
"""The most that an argument can prove."""


def command_clues(service: Service, inference: Inference) -> Iterator[Clue]:
    """Yield what a service's arguments say it needs: addresses, and hosts given to options."""
    line = service.lines.get("command", 0)
    source = service.at(line)
    option = ""
    for argument in service.command[:_MAX_ARGUMENTS]:
        match = _OPTION.fullmatch(argument)
        if match is not None:
            option = match[1]
            text = match[2]
        else:
            text = argument
        if text:
            yield from _argument(service, inference, option, text, source)
        if match is None or match[2] is not None:
            option = ""


def _argument(
    service: Service, inference: Inference, option: str, text: str, source: Source
) -> Iterator[Clue]:
    """Yield the clues of one argument, or of one option's value."""
    kind = variable_kind(option) if option else "other"
    if kind == "ignored" or (":" not in text and kind not in ("address", "public")):
        return
    what = f"option {option}" if option else "an argument"
    for reference in references(text):
        if reference.form == "word" and kind != "address":
            continue
        match = inference.meaning(service, reference, None)
        if match is None:
            continue
        place = Statement(
            what=what,
            source=source,
            trusted=kind != "other",
            inbound="by-address" if kind == "public" else "never",
            port_stated=reference.port is not None,
            ceiling=COMMAND,
            kind="command",
        )
        clue = inference.clue(service, reference, match, place)
        if clue is not None:
            yield clue
