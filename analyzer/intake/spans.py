"""YAML text -> where each node of it begins and ends, to the character.

The reader's tree knows where a key begins; who wants to replace a value has to know where it ends,
and whether it stands between brackets. Both are counted in characters of the text.
"""

from typing import Any, Literal, NamedTuple

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml: slower, same events
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Kind = Literal["scalar", "map", "seq"]


class Child(NamedTuple):
    """An item of a list, or a key with its value; an item's key is empty.

    ``start`` is where the key or the item begins, ``end`` where the key ends.
    """

    key: str
    start: int
    end: int
    value: "Node"


class Node(NamedTuple):
    """A node of the text: ``text[start:end]``, without what surrounds it.

    ``column`` is where the keys or dashes of a block begin, from 0. An empty value begins and
    ends behind the colon of its key. An alias is a scalar, for it has no parts of its own.
    """

    kind: Kind
    flow: bool
    start: int
    end: int
    column: int
    children: list[Child]


def spans(text: str) -> Node | None:
    """Return the first document's root, None when there is none; the text is known to be YAML."""
    get = _Loader(text).get_event
    event = get()
    while not isinstance(event, yaml.StreamEndEvent):
        if isinstance(event, yaml.DocumentStartEvent):
            return _node(get, get(), text)
        event = get()
    return None


def _node(get: Any, event: Any, text: str) -> Node:
    """Return the node that starts with ``event``; the depth was bounded when it was read."""
    start = event.start_mark
    if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        return _collection(get, event, text)
    end = event.end_mark.index
    if getattr(event, "style", None) in ("|", ">"):  # its end is where the next token begins
        end = start.index + len(text[start.index : end].rstrip(" \n\r"))
    return Node("scalar", flow=False, start=start.index, end=end, column=start.column, children=[])


def _collection(get: Any, event: Any, text: str) -> Node:
    """Return the list or the mapping that starts with ``event``."""
    is_map = isinstance(event, yaml.MappingStartEvent)
    start, column = event.start_mark.index, event.start_mark.column
    end = event.end_mark.index
    children: list[Child] = []
    part: Any = get()
    while not isinstance(part, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        at, key, key_end = part.start_mark, "", part.start_mark.index
        if not children and (event.anchor or event.tag):
            column = at.column if is_map else _dash_column(text, at.index)
        if is_map:
            key, key_end = getattr(part, "value", ""), _node(get, part, text).end
            part = get()
        value = _node(get, part, text)
        children.append(Child(key, at.index, key_end, value))
        end = value.end
        part = get()
    if event.flow_style:
        last: Any = part
        end = last.end_mark.index
    return Node("map" if is_map else "seq", bool(event.flow_style), start, end, column, children)


def _dash_column(text: str, item: int) -> int:
    """Return the column of the dash before an item."""
    return text.rfind("-", 0, item) - (text.rfind("\n", 0, item) + 1)
