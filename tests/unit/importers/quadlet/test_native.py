from tests.unit.importers.quadlet.units_in import draft_of

SERVICE = """\
[Unit]
Description=Database
Wants=cache.container
[Service]
ExecStart=/usr/bin/postgres -D /srv/pg
Environment=PGPORT=5432 "PGPASSWORD=hunter2"
EnvironmentFile=-/etc/pg.env
MemoryMax=1G
User=postgres
"""


def test_a_service_of_systemd_beside_the_units():
    units = {
        "postgresql.service": SERVICE,
        "cache.container": "[Container]\nImage=q\n",
        "a.container": "[Container]\nImage=q\n[Unit]\nRequires=postgresql.service\n",
    }
    draft = draft_of(units, host="box")
    entry = draft.tree["services"]["postgresql"]
    assert (entry["runtime"], entry["host"]) == ("systemd", "box")
    assert list(entry["command"]) == ["/usr/bin/postgres", "-D", "/srv/pg"]
    assert entry["environment"] == {"PGPORT": "5432", "PGPASSWORD": "hunter2"}
    assert list(entry["env_files"]) == ["/etc/pg.env"]
    assert entry["limits"] == {"memory": "1G"}
    assert entry["depends_on"]["cache"]["kind"] == "soft"
    assert draft.tree["services"]["a"]["depends_on"]["postgresql"]["kind"] == "hard"
    said = {remark.path: remark.reach for remark in draft.remarks}
    assert said == {
        "postgresql.service.Unit.Description": "kept",
        "postgresql.service.Service.User": "no bearing",
    }


def test_a_timer_gives_its_times_to_the_container_that_it_starts():
    text = "[Timer]\nOnCalendar=*-*-* 04:00:00\n"
    draft = draft_of({"a.timer": text, "a.container": "[Container]\nImage=q\n"})
    assert draft.tree["services"]["a"]["schedule"] == "*-*-* 04:00:00"


def test_a_timer_is_said_and_no_service():
    text = "[Timer]\nOnCalendar=daily\nUnit=backup.service\n"
    draft = draft_of({"b.timer": text, "a.container": "[Container]\nImage=q\n"})
    assert list(draft.tree["services"]) == ["a"]
    assert "backup.service" in "".join(remark.text for remark in draft.remarks)
