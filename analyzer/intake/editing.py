"""Text and the tree it is to say -> the text with only that changed, every other byte as it was.

What differs between the tree that the text says and the wanted one is replaced, added behind or
taken out, whole keys and whole items at a time. Comments, order, quotes and indentation stay. The
result is read again: a text in which that is not possible, as an anchor that others use would be
changed with it, is refused.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from analyzer.errors import InventoryError, Problem
from analyzer.intake import dumping
from analyzer.intake.spans import Child, Node, spans
from analyzer.tree import Map, Seq
from analyzer.yamlfile import YamlError, parse

_SERVICE_LEVEL = 2
_MOST_ITEMS = 2000
"""Of a list that is compared item by item; a longer one that differs is written anew."""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def rewrite(text: str, before: Map, after: Map, file: str) -> str:
    """Return the text changed so that it says ``after``.

    Args:
        text: the document, which begins with a mapping.
        before: what it says, as the reader gave it.
        after: what it is to say; a key that is inherited by ``<<`` and not wanted becomes null.
        file: its name in messages.

    Raises:
        InventoryError: the text is written in a way that cannot be changed in part.
    """
    if before == after:
        return text
    eol = "\r\n" if "\r\n" in text else "\n"
    padded = text if text.endswith("\n") else text + eol
    root = spans(padded)
    edits = _Editor(padded, eol).changed(root, before, after) if root else []
    changed = _applied(padded, edits)
    try:
        said, problems = parse(changed.encode(), file)
    except YamlError:
        said, problems = None, []
    if problems or (_without_nulls(said) or {}) != _without_nulls(after):
        what = "is written in a way that cannot be updated in place"
        remedy = "write out what anchors and merge keys stand for, or import into a new file"
        raise InventoryError([Problem(file, 0, 0, "", what, remedy)])
    return changed


def _without_nulls(tree: Any) -> Any:
    """Return plain mappings without the keys that say nothing."""
    if isinstance(tree, Map):
        return {k: _without_nulls(part) for k, part in tree.items() if part is not None}
    return [_without_nulls(part) for part in tree] if isinstance(tree, Seq) else tree


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    """Return the text with the edits, which do not overlap; at one place in their order."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*parts, text[at:]))


def _differences(before: Seq, after: Seq) -> tuple[list[bool], dict[int, list[Any]]]:
    """Return which items stay, and what is added before each position."""
    kept, added = [False] * len(before), {}
    old, new = ([repr(part) for part in parts] for parts in (before, after))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            kept[i1:i2] = [True] * (i2 - i1)
        elif j1 < j2:
            added[i2] = list(after[j1:j2])
    return kept, added


class _Editor:
    """Finds the edits of one text."""

    def __init__(self, text: str, eol: str) -> None:
        self.text = text
        self.eol = eol

    def changed(self, node: Node, before: Any, after: Map, level: int = 0) -> list[_Edit]:
        """Return the edits that make a mapping say another one that is not empty."""
        children = {child.key: child for child in node.children}
        inherits = "<<" in children  # what is taken out would be back from there
        gone = [key for key in before if key in children and key not in after and not inherits]
        literal = [key for key in after if key not in children]
        added = [key for key in literal if key not in before or after[key] != before[key]]
        added += [key for key in before if key not in after and key not in children]
        edits = []
        for key, child in children.items():
            if key in before and after.get(key) != before[key] and key not in gone:
                edits += self.value(child, before[key], after.get(key), level + 1, flow=node.flow)
        if node.flow:
            pairs = [dumping.pair(key, after.get(key)) for key in added]
            kept = [child.key not in gone for child in node.children]
            if not any(kept):
                return [_Edit(node.start, node.end, dumping.inline(after))]
            return edits + list(self.in_flow(node, kept, {len(kept): pairs}))
        edits += [self.lines_of(children[key]) for key in gone]
        at = self.after_line(node.children[-1].value.end)
        lines = [
            line for key in added for line in self.key_lines(node, key, after.get(key), level + 1)
        ]
        return [*edits, self.lines_at(at, lines)] if lines else edits

    def key_lines(self, node: Node, key: str, value: Any, level: int) -> list[str]:
        """Return the lines of a key that is added to a mapping."""
        if level == _SERVICE_LEVEL and isinstance(value, Map) and "from" in value:
            lines = dumping.service_entry(key, value, node.column)
        else:
            lines = dumping.entry(key, value, node.column, level)
        apart = level == 1 or (level == _SERVICE_LEVEL and self.is_spaced(node))
        return ["", *lines] if apart else lines

    def is_spaced(self, node: Node) -> bool:
        """Return whether there are empty lines between the entries of a mapping."""
        if len(node.children) == 1:
            return True
        end, start = node.children[-2].value.end, node.children[-1].start
        return any(not line.strip() for line in self.text[end:start].split("\n")[1:-1])

    def value(
        self, child: Child, before: Any, after: Any, level: int, *, flow: bool
    ) -> list[_Edit]:
        """Return the edits that give a key another value."""
        node = child.value
        if after and node.children and type(before) is type(after):
            if isinstance(after, Map) and node.kind == "map":
                return self.changed(node, before, after, level)
            if isinstance(after, Seq) and node.kind == "seq" and len(after) <= _MOST_ITEMS:
                edits = self.items(node, before, after, level)
                if edits is not None:
                    return edits
        if flow:
            return [_Edit(node.start, node.end, self.spaced(node.start) + dumping.inline(after))]
        return self.anew(child, after, level)

    def anew(self, child: Child, after: Any, level: int) -> list[_Edit]:
        """Return the edits that write the value of a key of a block from scratch."""
        node = child.value
        colon = self.colon(child)
        indent = self.column_of(child)
        key = "k" * min(max(child.end - child.start, 1), dumping.LONGEST_KEY)
        first, *rest = dumping.entry(key, after, indent, level)
        first = first[indent + len(key) + 1 :]
        is_block = bool(node.children) and not node.flow
        if not is_block and not rest:
            return [_Edit(colon, node.end, first)]
        edits = [_Edit(colon, colon if is_block else node.end, first)]
        if is_block:
            start = self.text.rfind("\n", 0, node.children[0].start) + 1
            edits.append(_Edit(start, self.after_line(node.end), ""))
        return [*edits, self.lines_at(self.after_line(node.end), rest)] if rest else edits

    def items(self, node: Node, before: Seq, after: Seq, level: int) -> list[_Edit] | None:
        """Return the edits that make a list say another one; None when it is to be written anew."""
        kept, added = _differences(before, after)
        if not any(kept):
            return None
        if node.flow:
            texts = {at: [dumping.inline(part) for part in parts] for at, parts in added.items()}
            return list(self.in_flow(node, kept, texts))
        edits = []
        for at, child in enumerate(node.children):
            if not kept[at]:
                start = self.text.rfind("\n", 0, self.text.rfind("-", 0, child.start)) + 1
                edits.append(_Edit(start, self.after_line(child.value.end), ""))
        for at, parts in added.items():
            lines = [line for part in parts for line in dumping.item(part, node.column, level + 1)]
            place = self.text.rfind("\n", 0, node.start) + 1
            if at:
                place = self.after_line(node.children[at - 1].value.end)
            edits.append(self.lines_at(place, lines))
        return edits

    def in_flow(
        self, node: Node, kept: Sequence[bool], added: dict[int, list[str]]
    ) -> Iterator[_Edit]:
        """Yield the edits between brackets: parts that go, and texts added before a position.

        Something is kept; a list or a mapping that loses all is written anew.
        """
        children = node.children
        last = max(at for at, stays in enumerate(kept) if stays)
        for at, child in enumerate(children[: last + 1]):
            if not kept[at]:
                yield _Edit(child.start, children[at + 1].start, "")
        tail = "".join(f", {text}" for at in added if at > last for text in added[at])
        end = children[last].value.end
        if last + 1 < len(children) or tail:
            yield _Edit(end, children[-1].value.end, tail)
        for at, texts in added.items():
            if at <= last and texts:
                start = children[at].start
                yield _Edit(start, start, "".join(f"{text}, " for text in texts))

    def lines_of(self, child: Child) -> _Edit:
        """Return the edit that takes out a key of a block, with an empty line around it."""
        start = self.text.rfind("\n", 0, child.start) + 1
        end = self.after_line(child.value.end)
        following = self.text[end : self.after_line(end)]
        preceding = self.text[self.text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
        if not preceding.strip() and start and not following.strip():
            start -= len(preceding)
        return _Edit(start, end, "")

    def lines_at(self, place: int, lines: Sequence[str]) -> _Edit:
        """Return the edit that puts lines before a place where a line begins."""
        return _Edit(place, place, "".join(line + self.eol for line in lines))

    def after_line(self, place: int) -> int:
        """Return where the line after a place begins."""
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end + 1

    def colon(self, child: Child) -> int:
        """Return the place behind the colon between a key and its value."""
        return self.text.index(":", child.end) + 1

    def column_of(self, child: Child) -> int:
        """Return the column of a key."""
        return child.start - (self.text.rfind("\n", 0, child.start) + 1)

    def spaced(self, place: int) -> str:
        """Return the blank that is missing before a value."""
        return "" if self.text[place - 1 : place].isspace() else " "
