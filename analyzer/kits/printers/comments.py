"""Lines for people at the top of a file, in any format whose comments begin with ``#``."""

from collections.abc import Iterable

from analyzer.reporting.escape import visible


def comments(lines: Iterable[str]) -> str:
    """Return each line as a comment of one line, whatever it quotes; nothing for none."""
    return "".join(f"# {visible(line)}".rstrip() + "\n" for line in lines)
