"""A summary fits a terminal, whatever changed."""

import pytest

from analyzer.comparison.comparing import compare
from analyzer.reporting import COMPARISON_FORMATS, render
from analyzer.reporting.comparison.terminal import HEIGHT, WIDTH
from tests.unit.reporting.comparison.test_json_form import NOW, SIDES


@pytest.mark.parametrize("after", SIDES)
def test_it_fits(after):
    lines = render(compare(NOW, after), "text", COMPARISON_FORMATS).splitlines()
    assert len(lines) <= HEIGHT
    assert all(len(line) <= WIDTH and line == line.rstrip() for line in lines)
