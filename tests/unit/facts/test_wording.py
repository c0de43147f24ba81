"""Values in words, and facts filled into sentences."""

from fractions import Fraction

import pytest

from analyzer.facts.model import Fact
from analyzer.facts.wording import fill, placeholders, say


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (None, "hosts", "not known"),
        ("wanted", "level", "wanted"),
        (1, "hosts", "1 host"),
        (3, "hosts", "3 hosts"),
        (0, "servers", "0 servers"),
        (Fraction(1, 2), "weeks", "0.5 weeks"),
        (Fraction(99, 100), "weeks", "1 week"),  # rounded first, then one or many
        (Fraction(19, 2), "hours", "9.5 hours"),
        (Fraction(281, 20), "hours", "14 hours"),  # two digits say enough
        (Fraction(9, 10), "share", "90 %"),
        (1, "share", "100 %"),
        (Fraction(1, 200), "share", "1 %"),
        (1_717_986_918, "bytes", "1.6 GiB"),
        (600, "seconds", "10 min"),
        (Fraction(7, 3), "", "2.3"),
        (2, "", "2"),
    ],
)
def test_a_value_as_a_person_says_it(value, unit, expected):
    assert say(value, unit) == expected


FACTS = {
    "hosts.count": Fact("hosts.count", 2, "hosts", ""),
    "needs.failover": Fact("needs.failover", None, "level", ""),
}


def test_facts_are_filled_in_and_everything_else_is_left():
    sentence = "{hosts.count}; failover {needs.failover}; {no.fact} {Not one} {} {hosts.count}"
    assert fill(sentence, FACTS) == ("2 hosts; failover not known; {no.fact} {Not one} {} 2 hosts")


def test_what_a_fact_says_is_not_filled_in_again():
    facts = {"a": Fact("a", "{hosts.count}", "level", ""), **FACTS}
    assert fill("{a}", facts) == "{hosts.count}"


def test_the_facts_that_a_sentence_names():
    assert placeholders("{hosts.count} of {needs.failover}, {Not one}") == (
        "hosts.count",
        "needs.failover",
    )
