"""Units written in a test -> what the importer makes of them."""

from analyzer.files import Document, Files
from analyzer.importers import quadlet
from analyzer.inventory.draft import Draft


def documents(units: dict[str, str | bytes]) -> list[Document]:
    """Return documents below a folder that is not there."""
    return [
        Document(name, number, f"/nowhere/{name}", "/nowhere", _data(text))
        for number, (name, text) in enumerate(units.items())
    ]


def _data(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def drafts_of(units: dict[str, str | bytes], host: str | None = None) -> tuple[Draft, ...]:
    """Return all drafts of units by name of file."""
    return quadlet.read(documents(units), Files(), host)


def draft_of(units: dict[str, str | bytes], host: str | None = None) -> Draft:
    """Return the only draft of units by name of file."""
    (draft,) = drafts_of(units, host)
    return draft


def service_of(text: str, name: str = "a", host: str | None = None) -> dict:
    """Return the service of a single container unit."""
    return draft_of({f"{name}.container": text}, host).tree["services"][name]
