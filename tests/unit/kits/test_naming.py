import re

from hypothesis import given
from hypothesis import strategies as st

from analyzer.kits.naming import LONGEST, label, labels, number

RFC1035 = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")


@given(st.text(min_size=1))
def test_every_name_becomes_a_label(name):
    made = label(name)
    assert RFC1035.fullmatch(made)
    assert len(made) <= LONGEST


@given(st.sets(st.text(min_size=1, max_size=60), max_size=12))
def test_no_two_names_share_a_label(names):
    made = labels(names)
    assert made.keys() == names
    assert len(set(made.values())) == len(names)
    assert all(RFC1035.fullmatch(one) for one in made.values())


@given(st.sets(st.text(alphabet="aA-_.", min_size=1, max_size=4), max_size=12))
def test_a_name_that_is_its_own_label_keeps_it(names):
    made = labels(names)
    for name in names:
        if label(name) == name:
            assert made[name] == name


def test_a_digit_first_gets_a_word_before_it():
    assert label("2fauth") == "app-2fauth"


def test_a_number_is_the_same_until_it_is_taken():
    first = number("a/b", 30000, 32767)
    assert number("a/b", 30000, 32767) == first
    assert number("a/b", 30000, 32767, {first: "x"}) in (first + 1, 30000)
