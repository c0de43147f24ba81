"""``python -m tests.benchmarks.generate N [--seed S]``: an inventory of N services, on stdout.

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


def inventory(size: int, seed: int = 1) -> str:
    """Return the YAML text of an estate of exactly ``size`` services."""
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
        *estate.lines,
        NEEDS.format(hosts=min(estate.host_count, 1000)),
    ]
    return "\n".join(lines)


def _fitting(estate: Estate, lottery: tuple[Stack, ...]) -> Stack:
    """Return a stack by weight; near the end the smallest that still fits."""
    stack = estate.pick(lottery)
    if stack.most <= estate.room:
        return stack
    return next(candidate for candidate in reversed(STACKS) if candidate.most <= estate.room)


def main() -> None:
    """Write the inventory that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.generate")
    parser.add_argument("size", type=int, metavar="N", help="how many services")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sys.stdout.write(inventory(arguments.size, arguments.seed))


if __name__ == "__main__":
    main()
