"""Text of a service as an inventory may show it: no value of a variable, no password.

A variable's value becomes ``${NAME}`` wherever it stands; what an option or a URL says is a
password becomes ``***``.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from analyzer.inventory.draft import Hint
from analyzer.tree import Map, Quoted, Resolved, Seq

HIDDEN = "***"
_SHORTEST = 5
"""Characters of a value that is looked for anywhere; shorter ones only under a secret's name."""
_SHORTEST_SECRET = 2
_LONGEST = 10_000
"""Characters of a text that is looked through; nobody writes longer arguments by hand."""
_ANNOUNCING = (
    "pass|passwd|password|passphrase|pwd|secret|token|apikey|api_key|api-key|credential|credentials"
    "|auth|private_key|private-key|privatekey|salt|hash|users|basicauth|basic_auth|cookie|dsn|key"
)
_ANYWHERE = "password|passwd|passphrase|secret|requirepass|masterauth"
"""As telling within a word, as in ``PGPASSWORD``."""
_SECRET_NAME = re.compile(rf"(?:^|[^a-z])(?:{_ANNOUNCING})(?:$|[^a-z])|{_ANYWHERE}", re.I)
_ASSIGNED = re.compile(
    rf"((?:^|[^A-Za-z])(?:[A-Za-z0-9_.-]{{0,60}}?[_.-])?(?:{_ANNOUNCING}|[A-Za-z0-9]{{0,40}}(?:{_ANYWHERE}))"
    r"(?:[_.-][A-Za-z0-9_]*)?\s*[=:]\s*)(?!\$\{)(\"[^\"]*\"|'[^']*'|[^\s\"',;&]+)",
    re.I,
)
_OPTION = re.compile(
    rf"(--?(?:[A-Za-z0-9_.-]{{0,60}}?[_.-])?(?:{_ANNOUNCING}|[A-Za-z0-9]{{0,40}}(?:{_ANYWHERE}))(?:[_.-]file)?\s+)"
    r"(?!\$\{|-)(\"[^\"]*\"|'[^']*'|[^\s\"']+)",
    re.I,
)
_SHORT_OPTION = re.compile(r"(^|\s)(-p)(?!\$\{|\s)([^\s-][^\s]{2,})")
_USER_INFO = re.compile(r"(?<=://)[^\s/@]*(?=@)")
_HEADER = re.compile(r"((?:authorization|x-api-key|cookie)\s*[:=]\s*)([^\"'\n]+)", re.I)
_LAST_WORD_SECRET = re.compile(
    rf"--?(?:[A-Za-z0-9_.-]{{0,60}}?[_.-])?(?:{_ANNOUNCING}|[A-Za-z0-9]{{0,40}}(?:{_ANYWHERE}))",
    re.I,
)


class Secrets:
    """What must not be shown of one service."""

    def __init__(
        self, variables: Mapping[str, str | None], hints: Iterable[Hint], public: str
    ) -> None:
        """Take the variables of a service, and those of its files.

        ``public`` is text that is shown anyway, such as the image: a value in it hides nothing.
        """
        pairs = [*variables.items(), *((h.name, h.value) for h in hints if h.kind == "variable")]
        self._shown_as = {
            value: f"${{{name}}}"
            for name, value in sorted(pairs, key=lambda pair: pair[0], reverse=True)
            if value
            and len(value) >= (_SHORTEST_SECRET if is_secret(name) else _SHORTEST)
            and (is_secret(name) or value not in public)
        }
        self._values: re.Pattern[str] | None = None

    def hide(self, text: str) -> str:
        """Return a text in which no value of a variable and no password is left."""
        if type(text) is Resolved:
            text = text.written
        if len(text) > _LONGEST:
            return HIDDEN
        if self._shown_as:
            text = self._pattern().sub(lambda match: self._shown_as[match[0]], text)
        text = _USER_INFO.sub(_hidden_user, text)
        text = _HEADER.sub(rf"\1{HIDDEN}", text)
        text = _ASSIGNED.sub(rf"\1{HIDDEN}", text)
        text = _OPTION.sub(rf"\1{HIDDEN}", text)
        return _SHORT_OPTION.sub(rf"\1\2{HIDDEN}", text)

    def _pattern(self) -> re.Pattern[str]:
        """Return what finds any value, the longest first; made when the first text asks."""
        if self._values is None:
            longest_first = sorted(self._shown_as, key=lambda value: (-len(value), value))
            self._values = re.compile("|".join(map(re.escape, longest_first)))
        return self._values

    def hide_all(self, node: Any) -> Any:
        """Return a copy of a node in which every text is hidden, whole where its key is a secret's."""
        if isinstance(node, Map):
            shown = Map(node.mark)
            for (key, value), mark in zip(node.items(), node.marks, strict=False):
                if is_secret(key) and isinstance(value, str):
                    shown.put(key, HIDDEN, mark)
                else:
                    shown.put(key, self.hide_all(value), mark)
            return shown
        if isinstance(node, Seq):
            return self._hide_list(node)
        if isinstance(node, str):
            hidden = self.hide(node)
            return Quoted(hidden) if type(node) is Quoted else hidden
        return node

    def _hide_list(self, node: Seq) -> Seq:
        """Return a list with what follows a password's option hidden."""
        shown = Seq(node.mark)
        after_option = False
        for item, mark in zip(node, node.marks, strict=False):
            if after_option and isinstance(item, str) and not item.startswith(("-", "${")):
                shown.add(HIDDEN, mark)
            else:
                shown.add(self.hide_all(item), mark)
            after_option = isinstance(item, str) and bool(_LAST_WORD_SECRET.fullmatch(item))
        return shown


def is_secret(name: str) -> bool:
    """Return whether the name of a variable or of a key says that its value is a secret."""
    return _SECRET_NAME.search(name.lower()) is not None


def _hidden_user(match: re.Match[str]) -> str:
    """Return the part of a URL before ``@``: a user alone may be shown, a password never."""
    user, colon, _ = match[0].partition(":")
    return f"{user}:{HIDDEN}" if colon else user
