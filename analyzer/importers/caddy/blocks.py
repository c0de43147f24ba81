"""Tokens -> directives with their blocks, with snippets and files put in where they are imported.

Source: https://caddyserver.com/docs/caddyfile/concepts#structure,
https://caddyserver.com/docs/caddyfile/directives/import
"""

import fnmatch
import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from analyzer.files import Document, FileError, Files
from analyzer.importers.caddy.tokens import Token, tokens
from analyzer.inventory.draft import Remark

MAX_DEPTH = 30
MAX_LINES = 100_000
MAX_IMPORTS = 2_000
"""Files that are taken in outside of sites, however often each."""
MAX_GROWTH = 5_000_000
"""Characters and words of what is imported, with its arguments in place."""
MAX_ARGUMENTS = 10_000
"""Characters of a word and of all arguments that are put into it."""
_ARGUMENT = re.compile(r"\{args(?:\.(\d{1,4})|\[(\d{0,4})(:?)(\d{0,4})\])\}")


class Line(NamedTuple):
    """A directive, a matcher, or a site with its addresses; ``block`` is None without braces."""

    words: tuple[Token, ...]
    block: "tuple[Line, ...] | None"

    @property
    def name(self) -> str:
        """Return the first word."""
        return self.words[0].text if self.words else ""

    @property
    def mark(self) -> int:
        """Return the place of the first word."""
        return self.words[0].mark if self.words else 0

    def rest(self) -> list[str]:
        """Return the words behind the first."""
        return [word.text for word in self.words[1:]]


class Caddyfile:
    """One Caddyfile while it is read: its sites, its snippets and what it imports."""

    def __init__(self, document: Document, files: Files) -> None:
        """Start with nothing read."""
        self._document, self._files = document, files
        self.snippets: dict[str, tuple[Line, ...]] = {}
        self.named_routes: dict[str, tuple[Line, ...]] = {}
        self.options: tuple[Line, ...] = ()
        self.sites: list[Line] = []
        self.remarks: list[Remark] = []
        self.imported: set[int] = set()
        self._lines, self._endless = 0, False
        self._imports, self._grown = 0, 0
        self._read: dict[int, _Reader] = {}
        self._top(document, ())

    def expand(self, lines: Sequence[Line], depth: int = 0) -> list[Line]:
        """Return the directives of a block with everything that it imports."""
        found: list[Line] = []
        for line in lines:
            if line.name != "import":
                found.append(line)
                self._lines += 1
            elif depth >= MAX_DEPTH or self._lines > MAX_LINES or self._grown > MAX_GROWTH:
                self._stop(line)
            else:
                self._lines += 1
                found += self.expand(self._imported(line), depth + 1)
        return found

    def _stop(self, line: Line) -> None:
        """Say, once, that there is more than is read."""
        if not self._endless:
            self._remark(line, "imports that go on and on; what follows is not read")
        self._endless = True

    def _lines_of(self, document: Document) -> "_Reader":
        """Return the reader of a file that has read it; each file is read once."""
        if document.number not in self._read:
            self._read[document.number] = _Reader(tokens(document.data, document.number))
        return self._read[document.number]

    def _remark(self, line: Line, text: str) -> None:
        self.remarks.append(Remark(line.mark, line.name[:80], "broken", text))

    def _top(self, document: Document, chain: tuple[int, ...]) -> None:
        """Take the snippets, options and sites of a file; ``chain`` are those that import it."""
        reader = self._lines_of(document)
        lines = reader.all
        if reader.broken:
            self.remarks.append(Remark(reader.broken, "", "broken", "braces that do not match"))
        for position, line in enumerate(_joined(_sites_apart(lines))):
            name = line.name
            if name.startswith("(") and name.endswith(")") and line.block is not None:
                self.snippets[name[1:-1]] = line.block
            elif name.startswith("&(") and name.endswith(")") and line.block is not None:
                self.named_routes[name[2:-1]] = line.block
            elif not line.words:
                if position == 0 and not chain:
                    self.options = line.block or ()
            elif name == "import" and line.block is None:
                self._import_top(line, (*chain, document.number))
            else:
                self.sites.append(line)

    def _import_top(self, line: Line, chain: tuple[int, ...]) -> None:
        """Take the sites of a file that is imported outside of any site."""
        named = line.rest()[:1]
        if named and named[0] in self.snippets:
            self.sites += [site for site in self._imported(line) if site.block is not None]
            return
        for document in self._documents(line):
            self._imports += 1
            if document.number in chain:
                self._remark(line, "a file that imports itself; break the circle")
            elif len(chain) > MAX_DEPTH or self._imports > MAX_IMPORTS:
                self._stop(line)
            else:
                self._top(document, chain)

    def _imported(self, line: Line) -> list[Line]:
        """Return the directives of the snippet or of the files that a line imports."""
        arguments = line.rest()
        if not arguments:
            return []
        body = self.snippets.get(arguments[0])
        if body is not None:
            return self._with(body, arguments[1:], line.block or ())
        found: list[Line] = []
        for document in self._documents(line):
            lines = self._lines_of(document).all
            found += self._with(lines, arguments[1:], line.block or ())
        return found

    def _with(
        self, lines: Sequence[Line], arguments: list[str], block: tuple[Line, ...]
    ) -> list[Line]:
        """Return lines with the arguments of an import in their places, up to the limit."""
        found: list[Line] = []
        for line in lines:
            if self._grown > MAX_GROWTH:
                break
            if line.name in ("{block}", "{blocks}") and line.block is None:
                found += block
                self._grown += len(block)
                continue
            words: list[Token] = []
            for word in line.words:
                if self._grown <= MAX_GROWTH:
                    put = _tokens_with(word, arguments)
                    words += put
                    self._grown += 1 + sum(len(each.text) for each in put)
            inner = None if line.block is None else tuple(self._with(line.block, arguments, block))
            found.append(Line(tuple(words), inner))
        return found

    def _documents(self, line: Line) -> list[Document]:
        """Return the files that a line imports, in order of name; say what cannot be read."""
        pattern = (line.rest() or [""])[0]
        found = []
        for path in self._paths(pattern):
            try:
                document = self._files.beside(self._document, path)
            except FileError as error:
                what = f"not imported, so its routes are not known: {error.what}"
                self._remark(line, what)
                continue
            if document.number != self._document.number:  # else it would be its own part
                self.imported.add(document.number)
            found.append(document)
        return found

    def _paths(self, pattern: str) -> list[str]:
        """Return the paths that a pattern stands for; folders outside are not looked at."""
        if not set(pattern) & set("*?["):
            return [pattern]
        folder, _, last = pattern.rpartition("/")
        here = os.path.dirname(self._document.path)  # noqa: PTH120
        place = os.path.realpath(os.path.join(here, folder))  # noqa: PTH118
        root = self._document.root
        inside = root and (place == root or place.startswith(root.rstrip("/") + "/"))
        if not inside or set(folder) & set("*?["):
            return [folder or pattern]
        try:
            names = sorted(os.listdir(place))  # noqa: PTH208
        except OSError:
            return []
        chosen = [name for name in names if fnmatch.fnmatchcase(name, last) and name[:1] != "."]
        paths = [f"{folder}/{name}" if folder else name for name in chosen]
        return [path for path in paths if os.path.isfile(os.path.join(here, path))]  # noqa: PTH113, PTH118


class _Reader:
    """Puts tokens together to lines."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self.broken = 0
        self.all = self.lines()

    def lines(self, depth: int = 0) -> list[Line]:
        """Return the lines up to the end of the block."""
        lines: list[Line] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.closes():
                self._at += 1
                if depth:
                    return lines
                self.broken = self.broken or token.mark
                continue
            lines.append(self._line(depth))
        if depth:
            self.broken = self.broken or self._tokens[-1].mark
        return lines

    def _line(self, depth: int) -> Line:
        """Return the line that begins here, with its block."""
        words: list[Token] = []
        row = self._tokens[self._at].row
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.row != row or token.closes():
                break
            self._at += 1
            if token.opens():
                return Line(tuple(words), tuple(self._block(token, depth)))
            words.append(token)
        return Line(tuple(words), None)

    def _block(self, opening: Token, depth: int) -> list[Line]:
        if depth < MAX_DEPTH * 2:
            return self.lines(depth + 1)
        self.broken = self.broken or opening.mark
        open_blocks = 1
        while self._at < len(self._tokens) and open_blocks:
            token = self._tokens[self._at]
            open_blocks += token.opens() - token.closes()
            self._at += 1
        return []


def _sites_apart(lines: Sequence[Line]) -> list[Line]:
    """Return lines in which a file with a single site without braces has it as one line."""
    for position, line in enumerate(lines):
        ahead = line.name.startswith(("(", "&(")) or line.name == "import" or not line.words
        if ahead or (line.block is None and line.words[-1].text.endswith(",")):
            continue
        if line.block is None:
            return [*lines[:position], Line(line.words, tuple(lines[position + 1 :]))]
        break
    return list(lines)


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Return lines with addresses that go on in the next line put together."""
    found: list[Line] = []
    words: list[Token] = []
    for line in lines:
        words += line.words
        if line.block is None and words and words[-1].text.endswith(","):
            continue
        found.append(Line(tuple(words), line.block))
        words = []
    return [*found, Line(tuple(words), None)] if words else found


def _tokens_with(token: Token, arguments: list[str]) -> list[Token]:
    """Return a token with arguments in place; one that stands for several becomes several."""
    if "{args" not in token.text or len(token.text) + sum(map(len, arguments)) > MAX_ARGUMENTS:
        return [token]
    whole = _ARGUMENT.fullmatch(token.text)
    if whole and whole[3]:
        return [token._replace(text=each) for each in _slice(whole, arguments)]

    def put(found: re.Match[str]) -> str:
        if found[3]:
            return " ".join(_slice(found, arguments))
        index = int(found[1] or found[2] or 0)
        return arguments[index] if index < len(arguments) else found[0]

    return [token._replace(text=_ARGUMENT.sub(put, token.text))]


def _slice(found: re.Match[str], arguments: list[str]) -> list[str]:
    return arguments[int(found[2] or 0) : int(found[4]) if found[4] else None]
