"""Services, Ingresses and routes."""

import pytest

from tests.importers.kubernetes_reading import deployment, made, read, remarks, sample, service


def exposed(kind, *ports, **spec):
    return made(
        "Service", "web", {"type": kind, "selector": {"app": "app"}, "ports": ports, **spec}
    )


ALIASES = ["web", "web.default", "web.default.svc", "web.default.svc.cluster.local"]


def test_a_workload_answers_to_the_names_of_its_service():
    entry = service(deployment(), exposed("ClusterIP", {"port": 80, "targetPort": 8080}))
    assert entry["network"] == {"default": {"aliases": ALIASES}}
    assert entry["expose"] == ["80/tcp"]
    assert "ports" not in entry


@pytest.mark.parametrize(
    ("kind", "port", "published"),
    [
        ("NodePort", {"port": 80, "targetPort": 8080, "nodePort": 30080}, ["30080:8080/tcp"]),
        ("NodePort", {"port": 80}, None),
        ("LoadBalancer", {"port": 80, "targetPort": "http"}, ["80:80/tcp"]),
        ("LoadBalancer", {"port": 53, "protocol": "UDP"}, ["53:53/udp"]),
    ],
)
def test_what_others_reach_is_published(kind, port, published):
    assert service(deployment(), exposed(kind, port)).get("ports") == published


def test_on_the_hosts_network_there_are_no_names():
    entry = service(deployment(pod={"hostNetwork": True}), exposed("ClusterIP", {"port": 80}))
    assert entry["network"] == "host"


def test_a_selector_takes_all_its_labels_and_its_own_namespace():
    both = exposed("ClusterIP", {"port": 80}, selector={"app": "app", "tier": "web"})
    draft, rest = read(deployment(), both)
    assert "network" not in draft.tree["services"]["app"]
    assert remarks(rest) == [("Service/web", "no bearing")]
    elsewhere = {**exposed("ClusterIP", {"port": 80})}
    elsewhere["metadata"] = {"name": "web", "namespace": "other"}
    assert "network" not in service(deployment(), elsewhere)


def test_a_service_that_leads_out_is_external():
    entry = service(made("Service", "nas", {"type": "ExternalName", "externalName": "nas.lan"}),
                    name="nas")  # fmt: skip
    assert entry["runtime"] == "external"
    assert entry["hostname"] == "nas.lan"
    addresses = made("Endpoints", "db", subsets=[{"addresses": [{"ip": "192.168.1.9"}]}])
    entry = service(made("Service", "db", {"ports": [{"port": 5432}]}), addresses, name="db")
    assert entry["runtime"] == "external"
    assert entry["extra_hosts"] == ["db:192.168.1.9"]


def routes(*objects):
    return [route[:5] for draft in read(*objects) for route in draft.routes]


def ingress(*rules, **spec):
    return made("Ingress", "web", {"rules": list(rules), **spec})


def rule(host, backend):
    return {"host": host, "http": {"paths": [{"path": "/", "backend": backend}]}}


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            ingress(rule("a.example.org", {"service": {"name": "web", "port": {"number": 80}}})),
            [("ingress", None, "a.example.org", "web.default:80", "public")],
        ),
        (
            ingress(rule("a.lan", {"service": {"name": "web", "port": {"name": "http"}}})),
            [("ingress", None, "a.lan", "web.default:8000", "lan")],
        ),
        (
            ingress(rule("a.lan", {"service": {"name": "gone", "port": {"name": "http"}}})),
            [("ingress", None, "a.lan", "gone.default", "lan")],
        ),
        (
            ingress(rule("a.lan", {"serviceName": "web", "servicePort": 80})),
            [("ingress", None, "a.lan", "web.default:80", "lan")],
        ),
        (
            ingress(defaultBackend={"service": {"name": "web", "port": {"number": 80}}}),
            [("ingress", None, "", "web.default:80", None)],
        ),
        (ingress(rule("a.lan", {"resource": {"kind": "Bucket", "name": "x"}})), []),
        (
            made("IngressRoute", "r", {"routes": [{
                "match": "Host(`a.example.org`, `b.example.org`) && Path(`/x`)",
                "services": [{"name": "web", "port": 80, "namespace": "apps"}],
            }]}),
            [
                ("ingress", None, "a.example.org", "web.apps:80", "public"),
                ("ingress", None, "b.example.org", "web.apps:80", "public"),
            ],
        ),
        (
            made("IngressRouteTCP", "r", {"routes": [{
                "match": "HostSNI(`*`)", "services": [{"name": "web", "port": 80}],
            }]}),
            [("ingress", None, "*", "web.default:80", None)],
        ),
        (
            made("HTTPRoute", "r", {
                "hostnames": ["a.home.arpa"],
                "rules": [{"backendRefs": [{"name": "web", "port": 80}]}],
            }),
            [("ingress", None, "a.home.arpa", "web.default:80", "lan")],
        ),
    ],
)  # fmt: skip
def test_a_site_leads_to_a_service(one, expected):
    target = exposed("ClusterIP", {"name": "http", "port": 8000})
    assert routes(one, deployment(), target) == expected


def test_routes_stay_with_their_namespace():
    drafts = sample("photos.yaml", "home.yaml")
    assert [route.site for route in drafts["photos"].routes] == ["photos.example.org"]
    assert [route.upstream for route in drafts["home"].routes] == ["mqtt.home:1883"]
