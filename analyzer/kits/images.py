"""References of images, as they have to be written where no engine fills in the rest."""

from typing import NamedTuple

_LATEST = frozenset({"", "latest"})


class Reference(NamedTuple):
    """A reference in its parts: ``docker.io/library/redis``, ``7``, and the digest, if any."""

    repository: str
    tag: str
    digest: str

    def __str__(self) -> str:
        """Return the whole reference."""
        tag = f":{self.tag}" if self.tag else ""
        return f"{self.repository}{tag}" + (f"@{self.digest}" if self.digest else "")

    @property
    def moves(self) -> bool:
        """Return whether another image may stand behind the reference tomorrow."""
        return not self.digest and self.tag in _LATEST


def reference(image: str) -> Reference:
    """Return an image's reference with its registry, Docker Hub where none is named.

    Source: https://github.com/distribution/reference (the first component is a registry when it
    contains a dot or a colon, or is ``localhost``).
    """
    name, _, digest = image.partition("@")
    head, slash, last = name.rpartition("/")
    last, _, tag = last.partition(":")
    repository = f"{head}{slash}{last}"
    first, slash, _ = repository.partition("/")
    if not slash:
        repository = f"docker.io/library/{repository}"
    elif not ("." in first or ":" in first or first == "localhost"):
        repository = f"docker.io/{repository}"
    return Reference(repository, tag, digest)
