"""Who reaches what a proxy leads to: worked examples."""

from analyzer.graph.clues import Clue
from analyzer.graph.model import Evidence
from analyzer.intake.exposure import expose, with_proxies
from analyzer.inventory.draft import Route
from analyzer.inventory.model import Source
from analyzer.tree import pack
from tests.unit.intake.drafts import plain, tree

FILES = ("Caddyfile",)


def route(line, exposure, proxy="caddy"):
    return Route(proxy, None, "x", "web:80", exposure, pack(line, 1))


def led(line, target="web"):
    evidence = Evidence("proxy", "routes x", Source("Caddyfile", line, 0))
    return Clue("caddy", target, "soft", 90, evidence)


def exposures(written, routes=(), clues=()):
    found = tree(written)
    expose(found, routes, clues, FILES)
    return {name: entry.get("exposure") for name, entry in found["services"].items()}


def test_a_route_says_it_and_the_widest_counts():
    routes = (route(1, "lan"), route(2, "public"), route(3, None))
    assert exposures("services: {web: {}}", routes, (led(1),)) == {"web": "lan"}
    assert exposures("services: {web: {}}", routes, (led(1), led(2))) == {"web": "public"}
    assert exposures("services: {web: {}}", routes, (led(3),)) == {"web": None}


def test_the_owner_s_word_counts_more():
    written = "services: {web: {exposure: internal}}"
    assert exposures(written, (route(1, "public"),), (led(1),)) == {"web": "internal"}


def test_labels_and_variables_for_proxies_say_it():
    assert exposures("""
services:
  a: {labels: ['traefik.http.routers.a.rule=Host(`a.smith.org`) && PathPrefix(`/x`)']}
  b: {labels: {traefik.http.routers.b.rule: 'Host(`b.lan`, `b.home.arpa`)'}}
  c: {labels: {caddy: c.smith.org}}
  d: {environment: {VIRTUAL_HOST: 'd.smith.org,d.lan'}}
  e: {environment: {OTHER_HOST: e.smith.org}}
""") == {"a": "public", "b": "lan", "c": "public", "d": "public", "e": None}


def test_a_proxy_that_nobody_describes_is_a_unit_of_the_host():
    found = tree("hosts: {nas: {}}\nservices: {web: {image: nginx}}")
    remarks = with_proxies(found, (route(4, None), route(5, None)))
    assert plain(found)["services"]["caddy"] == {"runtime": "systemd", "host": "nas"}
    assert [remark.path for remark in remarks] == ["services.caddy"]


def test_a_proxy_that_is_there_is_not_added():
    for written in (
        "{caddy: {}}",
        "{edge: {image: 'docker.io/library/caddy:2'}}",
        "{my-caddy: {}}",
    ):
        found = tree(f"services: {written}")
        assert with_proxies(found, (route(4, None),)) == []
        assert len(found["services"]) == 1


def test_an_ingress_comes_with_its_cluster():
    found = tree("services: {web: {}}")
    assert with_proxies(found, (route(4, None, "ingress"),)) == []
