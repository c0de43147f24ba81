"""Loading texts as if they were files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.errors import InventoryError
from analyzer.inventory.loading import load_inventory
from analyzer.inventory.model import Inventory

Load = Callable[..., Inventory]
Problems = Callable[..., list[str]]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Return a loader of texts: the first is ``a.yaml``, the next ``b.yaml``."""
    monkeypatch.chdir(tmp_path)

    def loader(*texts: str, settings: tuple[tuple[str, str], ...] = ()) -> Inventory:
        names = [f"{letter}.yaml" for letter in "abcdef"[: len(texts)]]
        for name, text in zip(names, texts, strict=True):
            Path(name).write_text(text, encoding="utf-8")
        return load_inventory(names, settings)

    return loader


@pytest.fixture
def problems(load: Load) -> Problems:
    """Return a loader of texts that must be refused; it gives the messages."""

    def loader(*texts: str, settings: tuple[tuple[str, str], ...] = ()) -> list[str]:
        with pytest.raises(InventoryError) as caught:
            load(*texts, settings=settings)
        assert caught.value.exit_code == 3
        return [str(problem) for problem in caught.value.problems]

    return loader
