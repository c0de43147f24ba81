from analyzer.kits.ledger import Ledger
from tests.kits.making import one_service


def test_what_nobody_speaks_of_is_listed_for_a_person():
    spec = one_service("restart: always\ntty: true\nbackup: true").specs["app"]
    ledger = Ledger("x")
    ledger.converted(spec, "restart")
    ledger.close(spec)
    told = {entry.key: entry for entry in ledger.entries()}
    assert told["tty"].status == "person"
    assert told["tty"].text.startswith("not understood")
    assert told["backup"].status == "converted"
    assert "restart" in told


def test_an_entry_knows_its_line():
    spec = one_service("ports:\n  - '80:80'\n  - '81:81'").specs["app"]
    ledger = Ledger("x")
    ledger.person(spec, "ports[1]", "why")
    (entry,) = ledger.entries()
    assert entry.id == "app/ports[1]"
    assert entry.source.line == 9


def test_a_blocking_entry_keeps_the_service_out():
    spec = one_service("restart: always").specs["app"]
    ledger = Ledger("x")
    ledger.person(spec, "image", "no way", blocking=True)
    assert ledger.blocks("app")
    assert ledger.blocking() == {"app": "no way"}
