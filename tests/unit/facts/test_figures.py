from fractions import Fraction

import pytest

from analyzer.errors import RulesError
from analyzer.facts.figures import count, figure, hours, memory_bytes, memory_range
from tests.unit.plan.small import rulebook


def changed(identifier: str, **fields: object):
    rules = rulebook()
    figures = dict(rules.figures)
    figures[identifier] = figures[identifier]._replace(**fields)
    return rules._replace(figures=figures)


def test_decimal_megabytes_are_millions_and_binary_ones_are_not():
    assert memory_bytes(rulebook(), "guide.server.memory") == 512_000_000
    assert memory_bytes(changed("guide.server.memory", unit="MiB"), "guide.server.memory") == (
        512 * 2**20
    )


def test_range_scales_and_rounds_up():
    assert memory_range(rulebook(), "podman.container.memory", 30) == (57_000_000,) * 3
    third = changed("k3s.pod.memory", low=Fraction(1, 3), typical=Fraction(1, 3), unit="B")
    assert memory_range(third, "k3s.pod.memory")[:2] == (1, 1)


def test_weeks_are_working_weeks():
    assert hours(rulebook(), "guide.migration") == (80, 100, 120)
    half_time = changed("work.week", typical=Fraction(20))
    assert hours(half_time, "guide.migration") == (40, 50, 60)


def test_counts():
    assert count(rulebook(), "kubelet.pods") == 110


def test_a_missing_figure_names_itself():
    with pytest.raises(RulesError, match=r"figures\.no\.such\.thing: missing"):
        figure(rulebook(), "no.such.thing")


@pytest.mark.parametrize("read", [memory_range, hours])
def test_a_unit_of_another_kind_is_refused(read):
    with pytest.raises(RulesError, match="'pods' is not its kind of unit"):
        read(rulebook(), "kubelet.pods")


def test_every_figure_has_a_source_that_says_something():
    for found in rulebook().figures.values():
        assert found.sources, found.id
        for source in found.sources:
            assert source.guide or (source.says and source.read), found.id
