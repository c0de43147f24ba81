import pytest

from analyzer.inventory.model import Source
from analyzer.inventory.whatif import shown
from analyzer.units import GIB

TEXT = """\
hosts:
  storage: {memory: 32GiB, cpus: 4}
  my.host: {}
services:
  plex: {host: storage, limits: &limits {memory: 1GiB}, environment: {A: b}}
  other: {limits: *limits}
needs: {simplicity: high, operators: 2}
"""


def test_values_are_put_in_place(load):
    estate = load(
        TEXT,
        settings=(
            ("needs.planned_hosts", "4"),
            ("needs.simplicity", "low"),
            ("hosts.storage.memory", "64GiB"),
            ("services.plex.host", "my.host"),
            ("hosts.my.host.cpus", "2"),
            ("needs.unmet_needs", "[failover, backups]"),
            ("name", "what if"),
        ),
    )
    assert estate.hosts["storage"].memory_bytes == 64 * GIB
    assert estate.hosts["storage"].cpus == 4
    assert estate.hosts["my.host"].cpus == 2
    assert estate.services["plex"].host == "my.host"
    assert estate.needs.unmet_needs == ("backups", "failover")
    assert (estate.needs.planned_hosts, estate.needs.simplicity) == (4, "low")
    assert estate.name == "what if"
    assert estate.needs.lines["simplicity"] == Source("--set", 0, 0)
    assert estate.needs.lines["operators"] == Source("a.yaml", 7, 27)
    assert estate.hosts["storage"].lines == {"memory": 0, "cpus": 2}
    assert estate.files == ("a.yaml",)


def test_an_empty_value_makes_it_unknown(load):
    estate = load(TEXT, settings=(("needs.operators", ""), ("services.plex", "")))
    assert estate.needs.operators is None
    assert "operators" not in estate.needs.lines
    assert list(estate.services) == ["other"]
    assert load(TEXT, settings=(("needs.failover", ""), ("hosts.new", ""))) == load(TEXT)


def test_new_records_come_from_the_command_line(load):
    settings = (
        ("hosts.new.memory", "8GiB"),
        ("hosts.new.arch", "arm64"),
        ("hosts.rack.1.cpus", "2"),
        ("services.web", "{host: new, depends_on: [plex]}"),
        ("volumes.v.storage", "shared"),
    )
    estate = load(TEXT, settings=settings)
    assert estate.hosts["new"].source == Source("--set", 0, 0)
    assert (estate.hosts["new"].memory_bytes, estate.hosts["new"].arch) == (8 * GIB, "arm64")
    assert estate.hosts["rack.1"].cpus == 2
    assert estate.services["web"].depends_on[0].line == 0
    assert estate.volumes["v"].reach == "shared"


@pytest.mark.parametrize("name", ["storage2", "my.host2", "spare"])
def test_a_host_that_is_counted_on_or_like_no_other_may_be_new(load, name):
    text = TEXT.replace("storage", "storage1")
    assert load(text, settings=((f"hosts.{name}.memory", "8GiB"),)).hosts[name]
    assert load(TEXT, settings=(("hosts.storag", "{memory: 8GiB}"),)).hosts["storag"]


def test_what_an_alias_shares_is_not_changed_with_it(load):
    estate = load(TEXT, settings=(("services.plex.limits.memory", "2GiB"),))
    assert estate.services["plex"].memory_limit_bytes == 2 * GIB
    assert estate.services["other"].memory_limit_bytes == GIB


def test_the_later_of_two_settings_wins(load):
    settings = (("needs.operators", "3"), ("needs.operators", "5"))
    assert load(TEXT, settings=settings).needs.operators == 5


def test_the_file_that_states_a_key_gets_it(load):
    estate = load(
        "hosts: {a: }\n", "needs: {operators: 1}\n", settings=(("needs.operators", "2"),)
    )
    assert estate.needs.operators == 2


def test_settings_leave_a_broken_file_to_its_own_message(problems):
    assert "the file is empty" in problems("", settings=(("needs.operators", "2"),))[0]


def test_a_section_without_a_value_takes_settings(load):
    text = "hosts: {a: }\nneeds:\n"
    assert load(text, settings=(("needs.operators", "2"),)).needs.operators == 2


def test_the_longest_name_that_fits_is_meant(load):
    estate = load("hosts: {my: {}, my.host: {}}\n", settings=(("hosts.my.host.cpus", "2"),))
    assert [host.cpus for host in estate.hosts.values()] == [None, 2]


def test_an_estate_of_settings_only(load):
    assert list(load("name: x\n", settings=(("hosts.a.memory", "8GiB"),)).hosts) == ["a"]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        (
            "needs.planed_hosts",
            "3",
            "needs.planed_hosts: unknown key in needs; did you mean 'plann",
        ),
        ("need.planned_hosts", "3", "need.planned_hosts: not a key that can be set; did you mean"),
        ("hosts", "{}", "hosts: not a key that can be set; write needs.KEY=VALUE"),
        ("name.first", "x", "name.first: not a key that can be set"),
        ("hosts..memory", "1GiB", "hosts..memory: a key with an empty part"),
        ("hosts.storage.memory", "-1GiB", "hosts.storage.memory: '-1GiB' is negative; write it"),
        ("hosts.storage.memory.x", "1", "hosts.storage.memory.x: 'memory' has no keys of its own"),
        (
            "hosts.storage.cpu",
            "1",
            "hosts.storage.cpu: unknown key in a host; did you mean 'cpus'?",
        ),
        (
            "hosts.storag.memory",
            "8GiB",
            "hosts.storag.memory: there is no host 'storag'; did you mean 'storage'?",
        ),
        ("services.plx", "", "services.plx: there is no service 'plx'; did you mean 'plex'?"),
        ("services.plex.host", "gone", "services.plex.host: there is no host 'gone'"),
        ("needs.unmet_needs", "[a", "needs.unmet_needs: not valid YAML"),
        ("needs.simplicity", "{a: 1, a: 2}", "needs.simplicity: the key 'a' is given twice"),
        ("services.web.depends_on", "[nobody]", "services.web.depends_on: there is no service"),
    ],
)
def test_bad_settings_say_so(problems, key, value, expected):
    found = problems(TEXT, settings=((key, value),))
    assert len(found) == 1
    assert found[0].startswith("--set: " + expected)


def test_a_value_of_the_environment_is_not_shown(problems):
    settings = (("services.plex.environment.PASSWORD", "[s3cr3t]"),)
    assert "s3cr3t" not in problems(TEXT, settings=settings)[0]


@pytest.mark.parametrize(
    ("key", "written", "expected"),
    [
        ("needs.planned_hosts", "3", "needs.planned_hosts=3"),
        ("hosts.spare", "{memory: 8GiB}", "hosts.spare={memory: 8GiB}"),
        ("services.plex.memory", "2GiB", "services.plex.memory=2GiB"),
        ("services.my.app.limits.memory", "2GiB", "services.my.app.limits.memory=2GiB"),
        ("services.plex.environment.TOKEN", "canary", "services.plex.environment.TOKEN=…"),
        ("services.plex.environment", "[T=canary]", "services.plex.environment=…"),
        ("services.plex.environment.TOKEN", "", "services.plex.environment.TOKEN="),
        ("services.plex.command", "canary", "services.plex.command=…"),
        ("services.plex", "{command: canary}", "services.plex=…"),
        ("services.image", "{command: canary}", "services.image=…"),
        ("services.my.image", "{command: canary}", "services.my.image=…"),
        ("services.plex.image", "http://me:canary@x/y", "services.plex.image=…"),
        ("services.plex.x-note", "canary", "services.plex.x-note=…"),
        ("volumes.media.driver_opts.o", "password=canary", "volumes.media.driver_opts.o=…"),
    ],
)
def test_a_report_shows_a_setting_but_no_secret(key, written, expected):
    assert shown(key, written) == expected
