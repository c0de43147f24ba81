"""Sites of nginx and Caddy."""

from tests.importers.nixos_reading import read, sample


def test_routes_of_the_samples():
    storage = [route[:5] for route in sample("storage.json").routes]
    assert storage == [
        ("caddy", "storage", "media.example.org", "127.0.0.1:54443", "public"),
        ("caddy", "storage", "media.example.org", "127.0.0.1:41137", "public"),
        ("caddy", "storage", "photos.example.org", "localhost:15777", "public"),
    ]
    cloud = [route[:5] for route in sample("cloud.json").routes]
    assert cloud == [("nginx", "cloud", "vault.example.org", "http://127.0.0.1:8000", "public")]


def test_the_configuration_of_a_listed_proxy_is_a_hint():
    hints = [hint for hint in sample("storage.json").hints if hint.kind == "text"]
    assert {(hint.service, hint.name) for hint in hints} == {("caddy", "Caddyfile")}


def test_wrong_types_and_other_directives_give_no_route():
    routes = {"nginx": {"a": {"/": ["x"]}, "b": []}, "caddy": {"c": "respond ok", "d": {}}}
    assert read({"k8sadvisor": 1, "routes": routes}).routes == ()
    assert read({"k8sadvisor": 1, "routes": []}).routes == ()
