"""Files that are the same in every kit, as they are shipped beside the code that places them."""

from importlib import resources


def asset(package: str, name: str) -> str:
    """Return the text of a file of a package of this program."""
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")
