"""Ports before and after -> a Caddy snippet for each wave, by which traffic goes there and back."""

from typing import NamedTuple

from analyzer.kits.kubernetes.manifests import Made
from analyzer.kits.kubernetes.ports import Opening
from analyzer.kits.material import Material
from analyzer.kits.model import File
from analyzer.kits.printers.caddyfile import Directive, caddyfile
from analyzer.kits.spec import Spec

_HOW = (
    "Snippets for wave {wave}. Import this file at the top of the Caddyfile, and in the site of a service",
    "put 'import podman_NAME' in the place of its reverse_proxy. To shift its traffic write",
    "'import k8s_NAME', and to take it back 'import podman_NAME' again; then reload Caddy.",
)


class Way(NamedTuple):
    """One TCP port of a service, before and after; each is ``address:port``."""

    service: str
    name: str
    before: str
    after: str
    stateful: bool


def ways(material: Material, made: Made) -> list[Way]:
    """Return the ports of an app that something outside calls today, and may call by a proxy."""
    found = []
    for spec in made.app.specs:
        opened = [one for one in made.ports if one.spec == spec.name and _routed(one)]
        for one in opened:
            label = material.labels[spec.name].replace("-", "_")
            name = label if len(opened) == 1 else f"{label}_{one.target}"
            found.append(_way(material, spec, one, name))
    return found


def _routed(port: Opening) -> bool:
    return port.protocol == "tcp" and bool(port.outside) and bool(port.published)


def _way(material: Material, spec: Spec, port: Opening, name: str) -> Way:
    address = address_of(material, spec)
    before = after = address
    if port.host_ip:
        before = after = port.host_ip
    return Way(
        spec.name,
        name,
        f"{_bracketed(before)}:{port.published}",
        f"{_bracketed(after)}:{port.outside}",
        material.stateful(spec),
    )


def address_of(material: Material, spec: Spec) -> str:
    """Return where the host of a service answers: its first address, else its name."""
    host = material.host(spec)
    if host is None:
        return "localhost"
    return host.addresses[0] if host.addresses else material.hosts[host.name]


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def caddy_file(wave: str, found: list[Way]) -> File | None:
    """Return the snippets of a wave, None where nothing of it is called through a port."""
    if not found:
        return None
    directives = []
    for way in sorted(set(found), key=lambda way: way.name):
        directives.append(_snippet(f"podman_{way.name}", (way.before,)))
        directives.append(_snippet(f"k8s_{way.name}", (way.after,)))
        if not way.stateful:
            directives.append(_snippet(f"both_{way.name}", (way.after, way.before), first=True))
    return File(
        f"caddy/{wave}.caddy", caddyfile(directives, [line.format(wave=wave) for line in _HOW])
    )


def _snippet(name: str, upstreams: tuple[str, ...], *, first: bool = False) -> Directive:
    """Return a snippet; ``first``: the later upstream is called only when the first fails."""
    block: tuple[Directive, ...] = ()
    if first:
        block = (
            Directive(("lb_policy", "first")),
            Directive(("lb_try_duration", "5s")),
            Directive(("fail_duration", "30s")),
        )
    return Directive((f"({name})",), (Directive(("reverse_proxy", *upstreams), block),))
