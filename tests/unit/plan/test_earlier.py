from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from analyzer.plan.earlier import kept
from analyzer.plan.model import Earlier, Wave


def waves(*members):
    return tuple(
        Wave(number, "stateless", (), tuple(names), Fraction(1), None, 0, (), False, ())
        for number, names in enumerate(members, start=1)
    )


def test_no_earlier_plan_no_answer():
    assert kept(waves("ab"), {}) is None


def test_the_same_plan_is_kept_whole():
    assert kept(waves("ab", "c"), {"a": 1, "b": 1, "c": 2}) == Earlier(3, 3)


def test_other_numbers_for_the_same_company_are_no_change():
    """Wave 1 is done and gone, a wave of new services came in between."""
    assert kept(waves("ab", "xy", "c"), {"gone": 1, "a": 2, "b": 2, "c": 3}) == Earlier(3, 3)


def test_who_leaves_the_larger_part_of_a_wave_has_not_kept_it():
    assert kept(waves("ab", "cd"), {"a": 1, "b": 1, "c": 1, "d": 2}) == Earlier(3, 4)


def test_services_that_do_not_move_any_more_do_not_count():
    assert kept(waves("a"), {"a": 1, "b": 1, "c": 2}) == Earlier(1, 1)
    assert kept((), {"a": 1}) == Earlier(0, 0)


plans = st.lists(st.integers(1, 4), min_size=1, max_size=10)


@given(plans, plans)
def test_at_least_one_service_of_every_earlier_wave_keeps_it(before, after):
    names = [f"s{number}" for number in range(min(len(before), len(after)))]
    pinned = dict(zip(names, before, strict=False))
    members = [
        [n for n, w in zip(names, after, strict=False) if w == wave] for wave in (1, 2, 3, 4)
    ]
    found = kept(waves(*members), pinned)
    assert found.services == len(names)
    assert len(set(pinned.values())) <= found.kept <= len(names)
