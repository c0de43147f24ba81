import re

from hypothesis import given
from hypothesis import strategies as st

from analyzer.reporting import render
from tests.unit.reporting.fake import assessment


def test_the_summary_says_what_matters():
    text = render(assessment(), "text")
    assert text.startswith(
        "home: probably stay on Podman and improve it\nenhanced-podman, leaning"
    )
    assert "  incremental      −0.63  ruled out by failover-needs-quorum\n" in text
    assert "tell me       - needs.failover: none | wanted | required\n" in text
    assert "needs.planned_hosts: a sentence -> incremental" in text


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=100))
def test_it_fits_a_terminal_and_commands_it_nothing(text, name):
    summary = render(assessment(web=f"w{name}", host=name, text=text, name=name), "text")
    lines = summary.split("\n")
    assert len(lines) <= 26
    assert all(len(line) <= 80 for line in lines)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", summary)


def test_when_nothing_is_feasible_it_says_what_would_open_an_option():
    whole = assessment()
    decision = whole.decision._replace(feasible=False, opening="a third server")
    text = render(whole._replace(decision=decision), "text")
    assert text.startswith("home: no option meets what was required\n")
    assert "what would open one: a third server" in text
    assert "why           - incremental ruled out: a sentence\n" in text
