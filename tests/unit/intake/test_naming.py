"""Which services are one, and what they are called: worked examples."""

from itertools import permutations

from analyzer.intake.naming import Identity, final_names, unite


def named(*identities):
    given = [Identity(*one) for one in identities]
    united = unite(given)
    names = final_names(list(united.values()))
    return {tuple(one): names[united[one]] for one in given}


def test_a_name_of_its_own_stays():
    assert named(("db", "photos", ""), ("web", "", "")) == {
        ("db", "photos", ""): "db",
        ("web", "", ""): "web",
    }


def test_services_of_several_stacks_are_called_after_them():
    assert list(named(("db", "photos", ""), ("db", "wiki", "")).values()) == [
        "photos-db",
        "wiki-db",
    ]


def test_one_of_no_stack_keeps_the_plain_name():
    assert list(named(("db", "", "nas"), ("db", "wiki", "")).values()) == ["db", "wiki-db"]


def test_one_without_a_host_is_the_one_that_has_it():
    assert set(named(("db", "", ""), ("db", "", "nas")).values()) == {"db"}


def test_services_of_several_hosts_are_called_after_them():
    assert list(named(("agent", "", "a"), ("agent", "", "b")).values()) == ["agent-a", "agent-b"]


def test_with_two_hosts_one_without_is_a_third():
    names = named(("agent", "", "a"), ("agent", "", "b"), ("agent", "", ""))
    assert sorted(names.values()) == ["agent", "agent-a", "agent-b"]


def test_a_made_up_name_never_takes_another_s():
    names = named(("db", "wiki", ""), ("db", "photos", ""), ("wiki-db", "", ""))
    assert names["wiki-db", "", ""] == "wiki-db"
    assert len(set(names.values())) == 3


def test_names_do_not_depend_on_the_order():
    ones = [("db", "a", ""), ("db", "b", ""), ("db", "", "h"), ("a-db", "", "")]
    assert len({tuple(sorted(named(*order).items())) for order in permutations(ones)}) == 1
