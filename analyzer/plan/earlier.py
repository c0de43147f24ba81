"""An earlier plan and the one made now -> how many services kept the wave they had."""

from collections import Counter
from collections.abc import Mapping, Sequence

from analyzer.plan.model import Earlier, Wave


def kept(waves: Sequence[Wave], pinned: Mapping[str, int]) -> Earlier | None:
    """Return how many of the services pinned still share a wave; None when none was pinned.

    Numbers are no measure, since waves that are done go away and new ones come in between. So an
    earlier wave goes on in the wave that holds most of it, and who is there has kept it.
    """
    if not pinned:
        return None
    now = {name: wave.number for wave in waves for name in wave.services if name in pinned}
    together = Counter((pinned[name], number) for name, number in sorted(now.items()))
    largest: dict[int, int] = {}
    for (before, _), size in together.items():
        largest[before] = max(size, largest.get(before, 0))
    return Earlier(kept=sum(largest.values()), services=len(now))
