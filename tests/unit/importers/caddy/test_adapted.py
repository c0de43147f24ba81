import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.importers.caddy.files_in import draft_of, routes_of


def proxy(*dials: str) -> dict:
    return {"handler": "reverse_proxy", "upstreams": [{"dial": dial} for dial in dials]}


def configuration(routes: list, listen=(":443",), **apps) -> str:
    server = {"listen": list(listen), "routes": routes}
    return json.dumps({"apps": {"http": {"servers": {"srv0": server}}, **apps}})


def test_nested_routes_narrow_the_hosts():
    inner = {"match": [{"host": ["b.example.org"]}], "handle": [proxy("b:1")]}
    outer = {
        "match": [{"host": ["*.example.org"]}],
        "handle": [{"handler": "subroute", "routes": [inner, {"handle": [proxy("rest:2")]}]}],
    }
    assert routes_of(configuration([outer]), "c.json") == [
        ("b.example.org", "b:1", "public"),
        ("*.example.org", "rest:2", "public"),
    ]


def test_a_port_that_is_not_usual_is_shown_and_a_bound_address_is_lan():
    route = [{"match": [{"host": ["a.example.org"]}], "handle": [proxy("a:1")]}]
    assert routes_of(configuration(route, [":8443"]), "c.json")[0][0] == "a.example.org:8443"
    assert routes_of(configuration(route, ["127.0.0.1:443"]), "c.json")[0][2] == "lan"
    assert routes_of(configuration(route, ["0.0.0.0:443"]), "c.json")[0][2] == "public"


def test_own_certificates_are_for_the_lan():
    route = [
        {"match": [{"host": [host]}], "handle": [proxy("a:1")]}
        for host in ("a.example.org", "b.example.org")
    ]
    policy = {"subjects": ["a.example.org"], "issuers": [{"module": "internal"}]}
    tls = {"automation": {"policies": [policy]}}
    found = routes_of(configuration(route, tls=tls), "c.json")
    assert [who for _, _, who in found] == ["lan", "public"]
    del policy["subjects"]
    found = routes_of(configuration(route, tls=tls), "c.json")
    assert [who for _, _, who in found] == ["lan", "lan"]


def test_layer_4_by_port_and_by_name():
    dial = {"handler": "proxy", "upstreams": [{"dial": ["tcp/db:5432"]}]}
    server = {"listen": [":5432"], "routes": [{"handle": [dial]}]}
    named = {
        "listen": [":443"],
        "routes": [{"match": [{"tls": {"sni": ["mail.example.org"]}}], "handle": [dial]}],
    }
    text = json.dumps({"apps": {"layer4": {"servers": {"db": server, "mail": named}}}})
    assert routes_of(text, "c.json") == [
        (":5432", "db:5432", None),
        ("mail.example.org", "db:5432", "public"),
    ]


def test_named_routes_responses_and_errors_are_read():
    response = {"routes": [{"handle": [proxy("late:1")]}]}
    server = {
        "listen": [":443"],
        "named_routes": {"n": {"handle": [proxy("named:1")]}},
        "routes": [
            {"handle": [{"handler": "invoke", "name": "n"}]},
            {"handle": [{**proxy("first:1"), "handle_response": [response]}]},
        ],
        "errors": {"routes": [{"handle": [proxy("sorry:1")]}]},
    }
    text = json.dumps({"apps": {"http": {"servers": {"s": server}}}})
    found = [upstream for _, upstream, _ in routes_of(text, "c.json")]
    assert found == ["named:1", "first:1", "late:1", "sorry:1"]


def test_a_named_route_that_invokes_itself_ends():
    again = {"handler": "invoke", "name": "n"}
    server = {
        "listen": [":443"],
        "named_routes": {"n": {"handle": [again, again, proxy("a:1")]}},
        "routes": [{"handle": [{"handler": "invoke", "name": "n"}]}],
    }
    found = routes_of(json.dumps({"apps": {"http": {"servers": {"s": server}}}}), "c.json")
    assert set(found) == {("", "a:1", None)}


VALUES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=4) | st.sampled_from([":443", "reverse_proxy"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "apps http servers routes handle handler match host not remote_ip ranges upstreams dial"
                " listen tls automation policies layer4 named_routes name errors".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(VALUES, VALUES)
def test_any_shape_ends_in_a_draft(http, tls):
    text = json.dumps({"apps": {"http": {"servers": {"a": http}}, "tls": tls, "layer4": http}})
    assert draft_of(text, "c.json").tree == {}
