"""JSON: bytes -> the tree that YAML gives, which remembers where everything stands.

Numbers stay the text that they are in the file, ``true`` and ``false`` are text too, and ``null``
is None, so that one set of readers serves both formats. Of a key given twice the last value
counts, as everywhere in JSON. Size and depth are bounded, and no message shows any content.

Source: RFC 8259, https://www.rfc-editor.org/rfc/rfc8259
"""

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any, NoReturn

from analyzer.errors import Problem
from analyzer.tree import COLUMN_BITS, Map, Quoted, Seq, pack, unpack

MAX_BYTES = 100_000_000
MAX_DEPTH = 60

_BLANK = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile("[ \t\r\n\ufeff]*")
"""Files that were joined bring their byte order marks with them."""
_KEY = re.compile(r'"([^"\\\x00-\x1f]*)"[ \t\r\n]*:[ \t\r\n]*')
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_TEXT = re.compile(r'"([^"\\\x00-\x1f]*)"')
_BARE = r"(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)(?![\w.+-])"
_WORD = re.compile(_BARE)
_PAIR = re.compile(
    rf'"([^"\\\x00-\x1f]*)"[ \t\r\n]*:[ \t\r\n]*(?:"([^"\\\x00-\x1f]*)"|({_BARE}))'
    r"[ \t\r\n]*,[ \t\r\n]*"
)
"""A key with a plain value and the comma behind it: most of any file, so read in one go."""
_ITEM = re.compile(r'"([^"\\\x00-\x1f]*)"[ \t\r\n]*,[ \t\r\n]*')
_AFTER = re.compile(r"[ \t\r\n]*([,\]}])[ \t\r\n]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NULLS: dict[str, None] = {"null": None}
_ENDS = {"{": "}", "[": "]"}


class JsonError(Exception):
    """The text is no JSON that we accept; carries the one problem that stopped the reading."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        self.problem = problem
        super().__init__(str(problem))


def parse(data: bytes, file: str, number: int = 0) -> Any:
    """Return the only document of ``data`` as a tree of `Map`, `Seq`, text and None.

    Args:
        data: the content of the file.
        file: its name in messages.
        number: its number in the marks of the tree.

    Raises:
        JsonError: not UTF-8, not JSON, too large, too deep; nothing, or several documents.
    """
    reader = _Reader(data, file, number)
    at = reader.next_document(0)
    value, at = reader.document(at)
    if at < len(reader.text):
        reader.fail(at, "more after the end of the document", "remove it")
    return value


def parse_all(data: bytes, file: str, number: int = 0) -> list[Any]:
    """Return every document of ``data``: JSON lines, or documents one after the other.

    Raises:
        JsonError: not UTF-8, not JSON, too large or too deep.
    """
    reader = _Reader(data, file, number)
    at = reader.next_document(0)
    documents = []
    while at < len(reader.text):
        value, at = reader.document(at)
        documents.append(value)
    return documents


class _Frame:
    """A container that is being read, and the key that waits for its value."""

    __slots__ = ("container", "end", "key", "key_mark", "moved")

    def __init__(self, container: Map | Seq, end: str) -> None:
        self.container = container
        self.end = end
        self.key = ""
        self.key_mark = 0
        self.moved: dict[str, int] = {}  # keys given again -> their newest place

    def place(self, value: Any, mark: int) -> None:
        """Put a value where it belongs."""
        container = self.container
        if isinstance(container, Map):
            if self.key in container:
                self.moved[self.key] = self.key_mark
            else:
                container.marks.append(self.key_mark)
            container[self.key] = value
        else:
            container.add(value, mark)

    def close(self) -> Map | Seq:
        """Return the finished container."""
        container, moved = self.container, self.moved
        if moved:
            places = zip(container, container.marks, strict=True)
            container.marks = [moved.get(key, mark) for key, mark in places]
        return container


class _Reader:
    """Reads the documents of one text, from its beginning to its end."""

    def __init__(self, data: bytes, file: str, number: int) -> None:
        self.file = file
        self.text = ""
        self.base = pack(0, 0, number)
        self.line, self.start, self.newline = 1, 0, -1
        if len(data) > MAX_BYTES:
            remedy = "split the estate into several files"
            self.fail(None, f"larger than {MAX_BYTES // 10**6} MB", remedy)
        try:
            self.text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.text = error.object[: error.start].decode()
            self.newline = self.text.find("\n")
            self.fail(len(self.text), "not UTF-8 text", "save the file as UTF-8")
        self.newline = self.text.find("\n")

    def mark(self, at: int) -> int:
        """Return the mark of a place, which lies behind all earlier ones."""
        while 0 <= self.newline < at:
            self.line += 1
            self.start = self.newline + 1
            self.newline = self.text.find("\n", self.start)
        return self.base | self.line << COLUMN_BITS | (at - self.start + 1)

    def fail(self, at: int | None, what: str, remedy: str) -> NoReturn:
        line, column = (0, 0) if at is None else unpack(self.mark(at))
        raise JsonError(Problem(self.file, line, column, "", what, remedy))

    def wrong(self, at: int, expected: str) -> NoReturn:
        """Fail where something else stands than what is expected; the content is not shown."""
        if at >= len(self.text):
            self.fail(at, "the JSON ends in the middle", "give all of it")
        self.fail(at, f"not valid JSON: {expected} is expected", "correct the syntax")

    def document(self, at: int) -> tuple[Any, int]:
        """Return the document that starts at a place, and where the next one does."""
        stack: list[_Frame] = []
        frame: _Frame | None = None
        text = self.text
        while True:
            mark = self.mark(at)
            begins = text[at : at + 1]
            if begins in _ENDS:
                if frame is not None:
                    stack.append(frame)
                frame, at, is_empty = self._opened(at, mark, len(stack) + 1)
                if not is_empty:
                    continue
                value: Any = frame.container
                frame = stack.pop() if stack else None
            else:
                value, at = self._scalar(at, begins)
            while frame is not None:
                frame.place(value, mark)
                at, ends = self._after(at, frame)
                if not ends:
                    break
                value = frame.close()
                mark = value.mark
                frame = stack.pop() if stack else None
            if frame is None:
                return value, self.next_document(at)

    def next_document(self, at: int) -> int:
        """Return where the next document starts, or the end of the text."""
        return _BETWEEN.match(self.text, at).end()  # type: ignore[union-attr] # always matches

    def _skip(self, at: int) -> int:
        """Return the place behind blanks."""
        return _BLANK.match(self.text, at).end()  # type: ignore[union-attr] # always matches

    def _opened(self, at: int, mark: int, depth: int) -> tuple[_Frame, int, bool]:
        """Return the frame of a container, where its content starts, and whether it is empty."""
        if depth > MAX_DEPTH:
            self.fail(at, f"nested more than {MAX_DEPTH} deep", "flatten it")
        begins = self.text[at]
        frame = _Frame(Map(mark) if begins == "{" else Seq(mark), _ENDS[begins])
        at = self._skip(at + 1)
        if self.text.startswith(frame.end, at):
            return frame, at + 1, True
        return frame, self._next(at, frame), False

    def _pairs(self, at: int, container: Map) -> int:
        """Read plain entries of a mapping that others follow; return where the next one starts."""
        text, match, add, mark = self.text, _PAIR.match, container.marks.append, self.mark
        while found := match(text, at):
            key, value, word = found.groups()
            if key in container:
                break
            add(mark(at))
            container[key] = Quoted(value) if word is None else _NULLS.get(word, word)
            at = found.end()
        return at

    def _items(self, at: int, container: Seq) -> int:
        """Read plain texts of a list that others follow; return where the next one starts."""
        found = _ITEM.match(self.text, at)
        while found is not None:
            container.add(Quoted(found[1]), self.mark(at))
            at = found.end()
            found = _ITEM.match(self.text, at)
        return at

    def _next(self, at: int, frame: _Frame) -> int:
        """Return where the next value starts, in a mapping behind its key."""
        container = frame.container
        if isinstance(container, Map):
            return self._key(self._pairs(at, container), frame)
        return self._items(at, container)

    def _key(self, at: int, frame: _Frame) -> int:
        """Read a key into its frame; return where its value starts."""
        frame.key_mark = self.mark(at)
        match = _KEY.match(self.text, at)
        if match is not None:
            frame.key = match[1]
            return match.end()
        if not self.text.startswith('"', at):
            self.wrong(at, "a key in double quotes")
        frame.key, at = self._escaped(at)
        colon = _COLON.match(self.text, at)
        if colon is None:
            self.wrong(self._skip(at), "a colon after the key")
        return colon.end()

    def _scalar(self, at: int, begins: str) -> tuple[str | None, int]:
        """Return text, a number, a truth value or None, and where it ends."""
        if begins == '"':
            match = _TEXT.match(self.text, at)
            if match is not None:
                return Quoted(match[1]), match.end()
            value, at = self._escaped(at)
            return Quoted(value), at
        match = _WORD.match(self.text, at)
        if match is None:
            self.wrong(at, "a value")
        return (None if match[0] == "null" else match[0]), match.end()

    def _escaped(self, at: int) -> tuple[str, int]:
        """Return a text with escapes, and where it ends; half a pair of them means nothing."""
        try:
            value, end = scanstring(self.text, at + 1, True)  # noqa: FBT003 - C, by position
        except JSONDecodeError as error:
            if error.msg.startswith("Unterminated"):
                self.fail(at, "a text without its closing quote", "give all of it")
            what = "not valid JSON: an escape, or a control character, that is not allowed"
            self.fail(error.pos, what, "correct the syntax")
        return _SURROGATE.sub("\ufffd", value), end

    def _after(self, at: int, frame: _Frame) -> tuple[int, bool]:
        """Return where what follows a value starts, and whether its container ends with it."""
        match = _AFTER.match(self.text, at)
        if match is None:
            self.wrong(self._skip(at), f"a comma or '{frame.end}'")
        if match[1] == frame.end:
            return match.start(1) + 1, True
        if match[1] != ",":
            self.wrong(match.start(1), f"a comma or '{frame.end}'")
        return self._next(match.end(), frame), False
