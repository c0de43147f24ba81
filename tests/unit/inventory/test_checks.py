import pytest

BASE = "hosts: {a: {}}\nservices:\n  db: {host: a}\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("web: {host: b}", "services.web.host: there is no host 'b'; declare it under hosts"),
        ("web: {depends_on: [dv, db]}", "services.web.depends_on: there is no service 'dv'"),
        ("web: {depends_on: [web]}", "services.web.depends_on: names the service itself; remove"),
        ("web: {not_depends_on: [x]}", "services.web.not_depends_on: there is no service 'x'"),
        ("web: {network: 'service:vpn'}", "services.web.network: there is no service 'vpn'"),
        ("web: {network_mode: 'service:web'}", "services.web.network_mode: names the service its"),
        ("web: {migrate: 'only-with:x'}", "services.web.migrate: there is no service 'x'"),
    ],
)
def test_names_that_lead_nowhere(problems, line, expected):
    found = problems(f"{BASE}  {line}\n")
    assert len(found) == 1
    assert found[0].startswith("a.yaml:4:1: " + expected)


def test_hosts_and_volumes_refer_as_well(problems):
    found = problems("hosts: {a: {depends_on: [x]}}\nvolumes: {v: {host: b}}\n")
    assert [message.split(";")[0] for message in found] == [
        "a.yaml:1:1: hosts.a.depends_on: there is no service 'x'",
        "a.yaml:2:1: volumes.v.host: there is no host 'b'",
    ]


def test_a_misspelt_name_is_suggested(problems):
    found = problems("hosts: {storage: {}}\nservices: {web: {host: stroage}}\n")
    assert found == [
        "a.yaml:2:1: services.web.host: there is no host 'stroage'; did you mean 'storage'?"
    ]


def test_an_external_service_is_a_service(load):
    estate = load(BASE + "  dns: {runtime: external}\n  web: {depends_on: [dns]}\n")
    assert estate.services["dns"].runtime == "external"


def test_names_with_dots_are_not_mistaken_for_each_other(load):
    text = "hosts: {a: {}}\nservices: {web: {}, web.depends_on: {depends_on: [web]}}\n"
    assert load(text).services["web.depends_on"].depends_on[0].service == "web"


def test_a_record_with_a_fault_still_has_its_name(problems):
    found = problems(BASE + "  web: {depends_on: [bad]}\n  bad: {port: 80}\n")
    assert len(found) == 1
    assert "services.bad.port: unknown key" in found[0]
