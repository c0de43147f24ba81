"""Image references -> what is known of them."""

from analyzer.rulebook.model import Image, Rulebook


def repository(image: str) -> str:
    """Return an image reference without registry, tag and digest.

    ``ghcr.io/linuxserver/plex:latest`` is ``linuxserver/plex``; ``library/redis`` is ``redis``.

    Source: https://github.com/distribution/reference (the first component is a registry when it
    contains a dot or a colon, or is ``localhost``).
    """
    name = image.partition("@")[0]
    head, _, tail = name.rpartition("/")
    name = f"{head}/{tail.partition(':')[0]}" if head else tail.partition(":")[0]
    first, separator, rest = name.partition("/")
    if separator and ("." in first or ":" in first or first == "localhost"):
        name = rest
    return name.removeprefix("library/").lower()


def known_image(rulebook: Rulebook, image: str | None) -> Image | None:
    """Return what the rules know of an image, by its repository, else by its last component."""
    if not image:
        return None
    name = repository(image)
    found = rulebook.image_index.get(name) or rulebook.image_index.get(name.rpartition("/")[2])
    return rulebook.images[found] if found else None


class RuleImages:
    """What the rules know of images, as the graph asks for it."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Look images up in a rulebook."""
        self._rulebook = rulebook

    def role(self, image: str) -> str | None:
        """Return the role of an image, such as ``database`` or ``proxy``, if it is known."""
        found = known_image(self._rulebook, image)
        return found.role if found else None

    def family(self, image: str) -> str | None:
        """Return the id of the family that an image belongs to, if it is known."""
        found = known_image(self._rulebook, image)
        return found.id if found else None

    def uses(self, family: str) -> tuple[str, ...]:
        """Return the families that a family's programs call where they run beside them."""
        return self._rulebook.images[family].uses

    def ports(self, image: str) -> tuple[int, ...]:
        """Return the ports that the image listens on by default."""
        found = known_image(self._rulebook, image)
        return found.ports if found else ()
