"""Parts of a stack that call each other without a word."""

from typing import Any

from analyzer.graph.edges import find_edges
from analyzer.graph.images import products
from analyzer.inventory.model import Mount, Port, Service
from tests.build import inventory, service, shipped_images

CONFIG = (Mount("bind", "/srv/nginx.conf", "/etc/nginx/nginx.conf", read_only=True, line=1),)
PUBLISHED = (Port(80, 8080, 1, "tcp", None),)


def stack(name: str, **fields: Any) -> Service:
    """Return a service of one stack."""
    return service(name, **{"host": "h", "project": "p", "networks": ("p_default",), **fields})


def found(*services: Service) -> list[tuple[str, str]]:
    """Return the edges that the parts of a stack give."""
    estate = inventory(*services)
    edges = find_edges(estate, products(estate.services, shipped_images())).edges
    return [(e.dependent, e.dependency) for e in edges if e.evidence[0].kind == "stack"]


NGINX = stack("nginx", image="nginx:1", mounts=CONFIG, ports=PUBLISHED)


def test_a_web_server_stands_before_the_applications_of_its_stack() -> None:
    app, live = stack("app", image="x/app"), stack("live", image="x/live")
    assert found(NGINX, app) == [("nginx", "app")]
    assert found(NGINX, app, live, stack("worker", image="x/app")) == [
        ("nginx", "app"),
        ("nginx", "live"),
    ]
    assert found(NGINX, app, live, stack("third", image="x/y")) == []


def test_a_web_server_with_pages_of_its_own_calls_nobody() -> None:
    app = stack("app", image="x/app")
    assert found(NGINX._replace(mounts=()), app) == []
    assert found(NGINX._replace(mounts=(), image=None, build=True), app) == [("nginx", "app")]


def test_what_is_published_or_routed_otherwise_needs_no_web_server() -> None:
    assert found(NGINX, stack("app", image="x/app", ports=PUBLISHED)) == []
    routed = stack("app", image="x/app", labels={"traefik.enable": "true"})
    assert found(NGINX, routed, stack("traefik", image="traefik:v3")) == []
    assert found(NGINX, stack("app", image="x/app", networks=("p_other",))) == []


def test_a_front_end_calls_the_only_back_end() -> None:
    front, back = stack("web-frontend", image="x/f"), stack("backend", image="x/b")
    assert found(front, back) == [("web-frontend", "backend")]
    assert found(front, back, stack("api", image="x/c")) == []
    assert found(front, back, NGINX) == [("nginx", "backend"), ("nginx", "web-frontend")]


def test_an_application_waits_for_the_job_that_prepares_it() -> None:
    app, job = stack("shop", image="x/shop"), stack("shop-init", image="alpine")
    assert found(app, job) == [("shop", "shop-init")]
    calls = job._replace(environment=stack("x", env={"URL_HOST": "shop:80"}).environment)
    assert found(app, calls) == []
    assert found(app, stack("blog-init", image="alpine")) == []


def test_a_large_stack_and_none_say_nothing() -> None:
    app = stack("app", image="x/app")
    many = [stack(f"s{number}", image="x/y", ports=PUBLISHED) for number in range(12)]
    assert found(NGINX, app, *many) == []
    assert found(NGINX._replace(project=None), app._replace(project=None)) == []
