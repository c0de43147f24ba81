"""Rules -> a short hash, so that two results can say whether they were judged alike."""

import hashlib
import json
from collections.abc import Iterable

from analyzer.rulebook.files import Trees


def fingerprint(layers: Iterable[Trees]) -> str:
    """Return 12 hexadecimal digits that change when any rule's content does, not its layout."""
    digest = hashlib.sha256()
    for trees in layers:
        digest.update(json.dumps(trees, sort_keys=True).encode())
    return digest.hexdigest()[:12]
