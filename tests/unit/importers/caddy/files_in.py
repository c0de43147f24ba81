"""Text in a test -> what the importer makes of it."""

from analyzer.files import Document, Files
from analyzer.importers import caddy
from analyzer.inventory.draft import Draft


def draft_of(text: str | bytes, name: str = "Caddyfile", host: str | None = None) -> Draft:
    """Return the draft of one configuration that lies in a folder that is not there."""
    data = text.encode() if isinstance(text, str) else text
    document = Document(name, 0, f"/nowhere/{name}", "/nowhere", data)
    (draft,) = caddy.read([document], Files(), host)
    return draft


def routes_of(text: str | bytes, name: str = "Caddyfile") -> list[tuple[str, str, str | None]]:
    """Return site, upstream and exposure of each route."""
    return [(each.site, each.upstream, each.exposure) for each in draft_of(text, name).routes]
