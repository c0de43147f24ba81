"""``python -m tests.benchmarks.generate N``: an inventory of N services, on stdout.

The same arguments give the same bytes on every machine.
"""

import argparse
import sys

from tests.benchmarks.estate import Estate, host_lines
from tests.benchmarks.stacks import STACKS, Stack

NEEDS = """\
needs:
  planned_hosts: {hosts}
  failover: wanted
  overhead_budget: 10%
  hours_per_week: 20
  operators: 2
  kubernetes_experience: some
  outages: some
  evaluate_first: false
  simplicity: medium
  unmet_needs: [health-checks, rolling-updates]
"""


def inventory(size: int, seed: int = 1, *, reverse: bool = False) -> str:
    """Return the YAML text of an estate of exactly ``size`` services.

    ``reverse`` writes the same services from last to first.
    """
    estate = Estate(size, seed)
    hosts = host_lines(estate)
    lottery = tuple(stack for stack in STACKS for _ in range(stack.weight))
    number = 0
    while estate.room:
        number += 1
        _fitting(estate, lottery).build(estate, number, estate.any_host())
    lines = [
        "schema: 1",
        f"name: generated-{size}",
        *hosts,
        "services:",
        *(_reversed(estate.lines) if reverse else estate.lines),
        NEEDS.format(hosts=min(estate.host_count, 1000)),
    ]
    return "\n".join(lines)


def _fitting(estate: Estate, lottery: tuple[Stack, ...]) -> Stack:
    """Return a stack by weight; near the end the smallest that still fits."""
    stack = estate.pick(lottery)
    if stack.most <= estate.room:
        return stack
    return next(candidate for candidate in reversed(STACKS) if candidate.most <= estate.room)


def _reversed(lines: list[str]) -> list[str]:
    """Return the lines of all services with the services in reverse order."""
    blocks: list[list[str]] = []
    for line in lines:
        if not line.startswith("   "):
            blocks.append([])
        blocks[-1].append(line)
    return [line for block in reversed(blocks) for line in block]


def main() -> None:
    """Write the inventory that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.generate")
    parser.add_argument("size", type=int, metavar="N", help="how many services")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reverse", action="store_true", help="write the services backwards")
    arguments = parser.parse_args()
    sys.stdout.write(inventory(arguments.size, arguments.seed, reverse=arguments.reverse))


if __name__ == "__main__":
    main()
