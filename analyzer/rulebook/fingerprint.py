"""Rules -> a short hash, so that two results can say whether they were judged alike."""

import hashlib
import json

from analyzer.rulebook.files import Trees


def fingerprint(trees: Trees, below: str = "") -> str:
    """Return 12 hexadecimal digits that change when any rule's content does, not its layout.

    ``below`` is the fingerprint of the rules that these were added to.
    """
    content = below + json.dumps(trees, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:12]
