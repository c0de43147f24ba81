"""Small ordering problems, drawn at random, and their optimum by trying everything."""

from hypothesis import strategies as st

from analyzer.plan.ordering import Problem


def problem(effort, edges=(), **columns) -> Problem:
    """Return a problem of stateless groups that nothing constrains but waves of 10 units."""
    count = len(effort)
    plain = Problem(
        names=tuple(f"{group:02}" for group in range(count)),
        effort=tuple(effort),
        class_of=(1,) * count,
        risk=(0,) * count,
        edges=tuple(edges),
        stay=(0,) * count,
        memory=((),) * count,
        headroom=(),
        capacity=10,
    )
    return plain._replace(**columns)


@st.composite
def problems(draw, most=7, classes=3, memory=True):
    """Draw a problem of up to ``most`` groups."""
    count = draw(st.integers(1, most))

    def column(values):
        return tuple(draw(st.lists(values, min_size=count, max_size=count)))

    pairs = [(u, v) for v in range(count) for u in range(v)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    rows = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 60)), max_size=2, unique_by=first)
    return Problem(
        names=tuple("abcdefghijklmnop"[:count]),
        effort=column(st.sampled_from((2, 3, 5))),
        class_of=column(st.integers(0, classes - 1)),
        risk=column(st.integers(0, 9)),
        edges=tuple((u, v, draw(st.integers(1, 4))) for u, v in chosen),
        stay=column(st.sampled_from((0, 0, 1, 2))),
        memory=tuple(map(tuple, column(rows))) if memory else ((),) * count,
        headroom=(80, 50) if memory else (),
        capacity=draw(st.sampled_from((4, 6, 8, 10, 25))),
    )


def first(row):
    """Return the host of a memory row."""
    return row[0]


def fits(given: Problem, groups) -> bool:
    """Return whether these groups may share a wave."""
    if given.class_rule and len({given.class_of[g] for g in groups}) > 1:
        return False
    if len({min(given.class_of[g], 1) for g in groups}) > 1:
        return False
    if len(groups) > 1 and sum(given.effort[g] for g in groups) > given.capacity:
        return False
    used = [0] * len(given.headroom)
    for group in groups:
        rows = given.memory[group]
        if all(need <= given.headroom[host] for host, need in rows):
            for host, need in rows:
                used[host] += need
    return all(need <= most for need, most in zip(used, given.headroom, strict=True))


def feasible(given: Problem, wave_of) -> bool:
    """Return whether a plan keeps the classes, the capacity and the memory, without gaps."""
    waves = [[g for g, p in enumerate(wave_of) if p == t] for t in range(1, max(wave_of) + 1)]
    if not all(waves) or not all(fits(given, groups) for groups in waves):
        return False
    kinds = [min(k, 1) if not given.class_rule else k for k in given.class_of]
    return sorted(kinds) == [kinds[g] for groups in waves for g in groups]


def optimum(given: Problem) -> int:
    """Return the least J over every plan: all chains of sets, each step a wave that fits."""
    count = len(given.names)
    best = {0: 0}
    for moved in range(1 << count):
        if moved not in best:
            continue
        left = [g for g in range(count) if not moved >> g & 1]
        kinds = given.class_of if given.class_rule else [min(k, 1) for k in given.class_of]
        ready = [g for g in left if kinds[g] == min(kinds[h] for h in left)]
        for pick in range(1, 1 << len(ready)):
            wave = [g for i, g in enumerate(ready) if pick >> i & 1]
            after = moved | sum(1 << g for g in wave)
            if fits(given, wave):
                cost = best[moved] + crossing(given, after) + 1
                best[after] = min(best.get(after, cost), cost)
    return best[(1 << count) - 1]


def crossing(given: Problem, moved: int) -> int:
    """Return the weight of the dependencies with one end moved."""
    own = sum(w for u, v, w in given.edges if (moved >> u ^ moved >> v) & 1)
    return own + sum(s for g, s in enumerate(given.stay) if moved >> g & 1)
