"""Strict YAML: bytes -> a tree that remembers its lines, or every problem with its place.

The tree holds `Map`, `Seq`, `str` and None. Plain scalars stay text, and whoever reads a field
says what it means: so a port written `22:22` or a version `3.10` keeps its spelling, which
YAML 1.1's rules would turn into 1342 and 3.1. Only an empty scalar, `~` and `null` become None.
Keys given twice and tags of other programs are errors. Size, depth and what aliases may expand to
are bounded.

The constructor works on libyaml's events: a quarter of the memory and a seventh of the time of
``yaml.load`` on a large file.
"""

from collections.abc import Collection
from itertools import islice
from typing import Any, NoReturn

import yaml

from analyzer.errors import Problem
from analyzer.tree import COLUMN_BITS, Map, Quoted, Seq, Tagged, pack, unpack

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml: slower, same events
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 100_000_000
MAX_DEPTH = 60
MAX_ALIASED_NODES = 100_000

# libyaml has its own bound, 1000, in its newer versions, and reads ahead of its events: what comes
# as one long line meets that bound first (yaml_set_max_nest_level in its include/yaml.h).
_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(f"{_TAG}{name}" for name in ("null", "bool", "int", "float", "timestamp"))
_TAGS = frozenset({*_PLAIN_TAGS, f"{_TAG}str", f"{_TAG}map", f"{_TAG}seq"})


class _Special(str):
    """A key that is no name: whatever a file writes in quotes cannot be taken for it."""

    __slots__ = ()


_MERGE, _NO_KEY = _Special("<<"), _Special()


class YamlError(Exception):
    """The text is no YAML that we accept; carries the one problem that stopped the reading."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        self.problem = problem
        super().__init__(str(problem))


def parse(data: bytes, file: str) -> tuple[Map | Seq | str | None, list[Problem]]:
    """Return the only document of ``data`` as a tree, and the problems that did not stop it.

    Raises:
        YamlError: not UTF-8, not YAML, too large, too deep, or too many aliases.
    """
    documents, problems = parse_all(data, file, most=1)
    return (documents[0] if documents else None), problems


def parse_all(
    data: bytes,
    file: str,
    *,
    number: int = 0,
    tags: Collection[str] = frozenset(),
    most: int = 10_000,
) -> tuple[list[Any], list[Problem]]:
    """Return every document of ``data`` as a tree, and the problems that did not stop it.

    Args:
        data: the content of the file.
        file: its name in messages.
        number: its number in the marks of the tree.
        tags: tags that mean something, as in ``!reset``; such a node becomes a `Tagged`.
        most: how many documents there may be; what follows is reported.

    Raises:
        YamlError: not UTF-8, not YAML, too large, too deep, or too many aliases.
    """
    reader = _Reader(file, number, frozenset(tags))
    if len(data) > MAX_BYTES:
        reader.fail(
            0, f"larger than {MAX_BYTES // 10**6} MB", "split the estate into several files"
        )
    if b"\0" in data[:8192]:
        reader.fail(0, "binary, not YAML text", "give the inventory's own file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]  # without the byte order mark, unlike data
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        reader.fail(pack(line, column), "not UTF-8 text", "save the file as UTF-8")
    try:
        return reader.read(_Loader(text), most), reader.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = pack(mark.line + 1, mark.column + 1) if mark else 0
        if error.problem == _TOO_DEEP_FOR_LIBYAML:
            reader.fail_too_deep(place)
        what = " ".join(part for part in (error.context, error.problem) if part)
        reader.fail(place, f"not valid YAML: {what}", _hint(text, mark))
    except yaml.reader.ReaderError as error:
        # libyaml counts its position in bytes, PyYAML in characters: look for the character.
        code = max(error.character, 0) if isinstance(error.character, int) else 0
        line = text.count("\n", 0, max(text.find(chr(code)), 0)) + 1
        what = f"a character YAML does not allow (U+{code:04X})"
        reader.fail(pack(line, 1), what, "remove it")
    except yaml.YAMLError as error:
        reader.fail(0, f"not valid YAML: {str(error).splitlines()[0]}", "correct the syntax")


def _hint(text: str, mark: Any) -> str:
    """Return what to do about a syntax error, looking at the line it stands in."""
    if mark is not None:
        line = text.split("\n", mark.line + 1)[mark.line : mark.line + 1]
        if line and "\t" in line[0][: len(line[0]) - len(line[0].lstrip())]:
            return "indent with spaces, not tabs"
        if line and ": " in line[0].partition(": ")[2]:
            return "put quotes around a value that contains ': '"
    return "check the indentation and the quotes of this line and the one above"


class _Frame:
    """A mapping or a sequence that is being read, and the key that waits for its value."""

    __slots__ = ("anchor", "container", "inherited", "key", "key_mark", "places", "start", "tag")

    def __init__(self, container: Map | Seq, event: Any, start: int) -> None:
        self.container = container
        self.tag: str | None = event.tag
        self.anchor: str | None = event.anchor
        self.start = start
        self.key: str | None = None
        self.key_mark = 0
        self.inherited: dict[str, int] | None = None  # merged keys -> their index; None: no '<<'
        self.places: dict[str, int] = {}  # keys -> their index, as far as looked up

    def line(self, key: str) -> int:
        """Return the line of a key that the mapping has.

        What was looked up is kept, for keys are only added, and at the end: so a file in which
        every key is given twice is read in linear time.
        """
        places, container = self.places, self.container
        if key not in places:
            newest = zip(reversed(container), range(len(container) - 1, -1, -1), strict=True)
            places.update(islice(newest, len(container) - len(places)))
        return unpack(container.marks[places[key]])[0]


class _Reader:
    """Builds the tree from events; one per document."""

    def __init__(self, file: str, number: int, tags: frozenset[str]) -> None:
        self.file = file
        self.base = pack(0, 0, number)
        self.tags = tags
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.nodes = 0
        self.aliased = 0

    def fail(self, mark: int, what: str, remedy: str) -> NoReturn:
        line, column = unpack(mark)
        raise YamlError(Problem(self.file, line, column, "", what, remedy))

    def fail_too_deep(self, mark: int) -> NoReturn:
        self.fail(mark, f"nested more than {MAX_DEPTH} deep", "flatten it")

    def report(self, mark: int, what: str, remedy: str) -> None:
        line, column = unpack(mark)
        self.problems.append(Problem(self.file, line, column, "", what, remedy))

    def read(self, loader: Any, most: int) -> list[Any]:
        """Return the roots of the documents; one too many is reported."""
        get = loader.get_event
        roots: list[Any] = []
        event = get()
        while event is not None and not isinstance(event, yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                if len(roots) < most:
                    self.anchors = {}
                    roots.append(self._node(get, get()))
                else:
                    position: Any = event.start_mark
                    mark = pack(position.line + 1, 1)
                    self.report(
                        mark,
                        "a second document in one file",
                        "remove the '---', or put it in a file of its own",
                    )
                    break
            event = get()
        return roots

    def _node(self, get: Any, event: Any) -> Any:
        """Return the node that starts with ``event``, without recursion."""
        stack: list[_Frame] = []
        frame: _Frame | None = None
        base = self.base
        while True:
            kind = type(event)
            position = event.start_mark
            mark = base | (position.line + 1) << COLUMN_BITS | (position.column + 1)
            if kind is yaml.ScalarEvent:
                value = self._scalar(event, mark)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if frame is not None:
                    stack.append(frame)
                frame = self._opened(event, mark, len(stack) + 1)
                event = get()
                continue
            elif kind is yaml.AliasEvent:
                value = self._alias(event.anchor, mark)
            else:  # the end of a mapping or a sequence
                value, mark = self._closed(frame)
                frame = stack.pop() if stack else None
            if frame is None:
                return value
            self._place(frame, value, mark)
            event = get()

    def _scalar(self, event: Any, mark: int) -> str | None:
        """Return a scalar as text, or None where it says nothing."""
        self.nodes += 1
        value, tag = event.value, event.tag
        if tag is not None:
            self._check_tag(tag, mark)
        if event.implicit[0] or tag in _PLAIN_TAGS:
            if value in _NULLS:
                value = None
        else:
            value = Quoted(value)
        if tag in self.tags:
            value = Tagged(tag, value)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        return value  # type: ignore[no-any-return]

    def _check_tag(self, tag: str, mark: int) -> None:
        """Report a tag that is not YAML's own; unshown, for it may be a password's beginning."""
        if tag not in _TAGS and tag not in self.tags:
            self.report(
                mark, "a tag, which means nothing here", "quote a text that starts with '!'"
            )

    def _opened(self, event: Any, mark: int, depth: int) -> _Frame:
        """Return the frame of a container that begins."""
        if depth > MAX_DEPTH:
            self.fail_too_deep(mark)
        self.nodes += 1
        if event.tag is not None:
            self._check_tag(event.tag, mark)
        self.anchors.pop(event.anchor, None)  # the name means this container from here on
        container = Map(mark) if type(event) is yaml.MappingStartEvent else Seq(mark)
        return _Frame(container, event, self.nodes)

    def _closed(self, frame: Any) -> tuple[Any, int]:
        """Return a finished container and where it began; remember it by its anchor."""
        container = frame.container
        value = Tagged(frame.tag, container) if frame.tag in self.tags else container
        if frame.anchor:
            self.anchors[frame.anchor] = (value, self.nodes - frame.start + 1)
        return value, container.mark

    def _place(self, frame: _Frame, value: Any, mark: int) -> None:
        """Put a value where it belongs: a list's next item, a mapping's key, or that key's value."""
        container = frame.container
        if isinstance(container, Seq):
            container.append(value)
            container.marks.append(mark)
        elif frame.key is None:
            frame.key, frame.key_mark = self._key(value, mark), mark
        else:
            self._put(frame, container, frame.key, value)
            frame.key = None

    def _key(self, value: Any, mark: int) -> str:
        """Return a mapping's key as text."""
        if type(value) is str:
            return _MERGE if value == _MERGE else value
        if isinstance(value, str):
            return str(value)
        if value is None:
            return ""
        self.report(mark, "a key that is not text", "use a plain name as key")
        return _NO_KEY

    def _put(self, frame: _Frame, container: Map, key: str, value: Any) -> None:
        """Add a key; refuse one given twice; resolve a merge key."""
        mark = frame.key_mark
        if type(key) is _Special:
            if key is _MERGE:
                self._merge(frame, container, value)
        elif key not in container:
            container[key] = value
            container.marks.append(mark)
        elif frame.inherited and key in frame.inherited:  # a written key wins over a merged one
            container.marks[frame.inherited.pop(key)] = mark
            container[key] = value
        else:
            self._given_twice(mark, key, frame.line(key))

    def _given_twice(self, mark: int, key: str, line: int) -> None:
        """Report a key that is there already."""
        what = f"the key '{key}' is given twice (first on line {line})"
        self.report(mark, what, "keep one of them")

    def _merge(self, frame: _Frame, container: Map, value: Any) -> None:
        """Add the keys of ``<<: *anchor`` that are not there yet; of a list, the first one's win."""
        mark = frame.key_mark
        if frame.inherited is not None:
            remedy = "merge a list: '<<: [*first, *second]'"
            self.report(mark, "'<<' is given twice", remedy)
            return
        frame.inherited = {}
        for part in value if type(value) is Seq else (value,):
            if type(part) is not Map:
                self.report(mark, "'<<' takes mappings only", "point it at a mapping")
                continue
            for key, item in part.items():
                if key not in container:
                    frame.inherited[key] = len(container.marks)
                    container[key] = item
                    container.marks.append(mark)

    def _alias(self, name: str, mark: int) -> Any:
        """Return what an alias stands for, counting what it expands to."""
        if name not in self.anchors:
            # The name is not shown: it may be a password that starts with an asterisk.
            self.fail(mark, "an alias without its anchor", "quote a text that starts with '*'")
        value, size = self.anchors[name]
        self.aliased += size
        self.nodes += size
        if self.aliased > MAX_ALIASED_NODES:
            self.fail(mark, "aliases expand to too much", "write the repeated parts out")
        return value
