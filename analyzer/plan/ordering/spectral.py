"""A sequence that keeps neighbours close: the Fiedler vector of every connected component.

It minimises the *squared* distances along a line, which starts the search well where one block
holds a whole network. Only the four IEEE operations are used, in a fixed order, and the values are
rounded before they are compared, so that the sequence is the same on every machine.

Source: Juvan and Mohar, Optimal linear labelings and eigenvalues of graphs,
https://doi.org/10.1016/0166-218X(92)90229-4.
"""

from analyzer.plan.ordering.block import Block

POWER_STEPS = 12
SOLVER_STEPS = 30
DIGITS = 9
SMALLEST = 1e-12
TRIVIAL = 2

Rows = list[list[tuple[int, float]]]


def fiedler_sequence(block: Block, component: list[int]) -> list[int]:
    """Return the component's groups from one end of it to the other.

    Of the two directions the one that first moves what lowers the cut is returned.
    """
    if len(component) <= TRIVIAL:
        return component
    number = {group: index for index, group in enumerate(component)}
    rows = [[(number[v], float(w)) for v, w in block.near[group]] for group in component]
    values = [float(index) for index in range(len(rows))]
    for _ in range(POWER_STEPS):
        values = _solve(rows, _centred(values))
    ranked = sorted(
        zip([round(value, DIGITS) for value in _centred(values)], component, strict=True)
    )
    sequence = [group for _, group in ranked]
    half = len(sequence) // 2
    first = sum(block.pull[group] for group in sequence[:half])
    second = sum(block.pull[group] for group in sequence[-half:])
    return sequence if first <= second else sequence[::-1]


def _centred(values: list[float]) -> list[float]:
    """Return the values with mean 0 and largest size 1."""
    total = 0.0
    for value in values:
        total += value
    mean = total / len(values)
    moved = [value - mean for value in values]
    largest = max(map(abs, moved))
    return [value / largest for value in moved] if largest > SMALLEST else moved


def _solve(rows: Rows, right: list[float]) -> list[float]:
    """Return about x of ``Laplacian x = right`` by conjugate gradients, diagonally scaled."""
    degree = [_dot([(0, w) for _, w in row], [1.0]) for row in rows]
    found = [0.0] * len(rows)
    rest = right
    scaled = [r / d for r, d in zip(rest, degree, strict=True)]
    direction = scaled
    size = _product(rest, scaled)
    for _ in range(SOLVER_STEPS):
        image = [
            d * x - _dot(row, direction) for d, x, row in zip(degree, direction, rows, strict=True)
        ]
        curve = _product(direction, image)
        if curve <= SMALLEST:
            break
        step = size / curve
        found = [x + step * d for x, d in zip(found, direction, strict=True)]
        rest = [r - step * i for r, i in zip(rest, image, strict=True)]
        scaled = [r / d for r, d in zip(rest, degree, strict=True)]
        before, size = size, _product(rest, scaled)
        if size <= SMALLEST:
            break
        direction = [s + size / before * d for s, d in zip(scaled, direction, strict=True)]
    return found


def _dot(row: list[tuple[int, float]], values: list[float]) -> float:
    """Return the weighted sum of a sparse row, added in its order."""
    total = 0.0
    for index, weight in row:
        total += weight * values[index]
    return total


def _product(first: list[float], second: list[float]) -> float:
    """Return the inner product, added in order: ``sum`` rounds differently from Python 3.12 on."""
    total = 0.0
    for a, b in zip(first, second, strict=True):
        total += a * b
    return total
