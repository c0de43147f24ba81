"""Drafts put together: worked examples."""

from analyzer.intake.merging import DEFAULT_HOST, gather
from analyzer.inventory.draft import Hint, Remark, Route
from tests.unit.intake.drafts import draft, plain


def gathered(*drafts, known=(), host=None):
    return gather(drafts, known, host)


def services(found):
    return plain(found.tree)["services"]


def test_a_lone_stack_runs_on_a_machine_without_a_name():
    found = gathered(draft("services: {web: {image: nginx}}", "site"))
    assert plain(found.tree) == {
        "hosts": {DEFAULT_HOST: {}},
        "services": {"web": {"image": "nginx", "project": "site", "host": DEFAULT_HOST}},
    }


def test_the_user_or_the_only_known_host_says_where_it_runs():
    one = "services: {web: {image: nginx}}"
    assert services(gathered(draft(one), host="nas"))["web"]["host"] == "nas"
    assert services(gathered(draft(one), known=["nas"]))["web"]["host"] == "nas"
    two_hosts = gathered(draft(one), known=["nas", "pi"])
    assert "host" not in services(two_hosts)["web"]


def test_a_host_that_nothing_describes_stands_where_it_is_needed_first():
    text = "services:\n  a: {image: x}\n  b: {image: x, host: nas}\n"
    hosts = gathered(draft(text, "p"), host="pi").tree["hosts"]
    assert {name: hosts.place(name)[0] for name in hosts} == {"nas": 3, "pi": 2}


def test_references_follow_the_names_that_are_given():
    stack = """
services:
  db: {image: postgres, networks: [inner]}
  vpn: {image: gluetun}
  app: {depends_on: [db], network_mode: 'service:vpn', links: ['db:data', db]}
  job: {depends_on: {db: {condition: service_healthy}}}
"""
    found = services(gathered(draft(stack, "photos"), draft(stack, "wiki")))
    app = found["wiki-app"]
    assert app["depends_on"] == ["wiki-db"]
    assert app["network_mode"] == "service:wiki-vpn"
    assert app["links"] == ["wiki-db:data", "wiki-db:db"]
    assert found["wiki-job"]["depends_on"] == {"wiki-db": {"condition": "service_healthy"}}
    assert found["wiki-db"]["networks"] == {"inner": {"aliases": ["db"]}}


def test_references_that_lead_nowhere_are_said_and_left_out():
    found = gathered(
        draft("services: {app: {depends_on: [gone, app], network_mode: 'service:gone'}}")
    )
    assert services(found)["app"] == {"depends_on": [], "host": DEFAULT_HOST}
    assert [remark.reach for remark in found.remarks] == ["broken"] * 3


def test_what_is_declared_counts_before_what_is_seen_and_is_filled_up_by_it():
    declared = draft("services: {web: {image: 'nginx:1', restart: always}}", "site")
    seen = draft("services: {web: {image: 'nginx:2', host: nas, memory: 20MiB}}", "site")
    assert services(gathered(declared, seen)) == {
        "web": {
            "image": "nginx:1",
            "restart": "always",
            "project": "site",
            "host": "nas",
            "memory": "20MiB",
        }
    }


def test_hints_routes_and_remarks_come_along():
    hint = Hint("db", "variable", "A", "b", 3)
    route = Route("caddy", None, "a.org", "web:80", "public", 5)
    remark = Remark(7, "x", "kept", "y")
    one = draft("services: {db: {}}", "a", hints=(hint,), routes=(route,), remarks=(remark,))
    found = gathered(one, draft("services: {db: {}}", "b"))
    assert found.hints == (hint._replace(service="a-db"),)
    assert (found.routes, found.remarks) == ((route,), (remark,))


def test_sections_that_are_no_mappings_are_as_if_absent():
    assert services(gathered(draft("{services: [a], hosts: x}"), draft("services: {a: {}}"))) == {
        "a": {"host": DEFAULT_HOST}
    }
