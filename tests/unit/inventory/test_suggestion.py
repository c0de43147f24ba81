from analyzer.inventory.suggestion import closest, did_you_mean
from tests.patience import patience


def test_the_nearest_word_or_none():
    known = ["host", "hostname", "image", "Ports"]
    assert closest("hsot", known) == "host"
    assert closest("ports", known) == "Ports"
    assert closest("zebra", known) is None
    assert did_you_mean("imgae", known, "x") == "did you mean 'image'?"
    assert did_you_mean("zebra", known, "remove it") == "remove it"


def test_a_tie_never_depends_on_the_order():
    known = ["web-1", "web-2", "web-3"]
    assert closest("web-", known) == closest("web-", known[::-1])


def test_among_very_many_names_it_stays_quick():
    names = {f"service-{number}": None for number in range(100_000)} | {"postgres-main": None}
    with patience():
        assert closest("postgres-mian", names) == "postgres-main"
