import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.reporting.escape import code, escape, line, visible

MARKS = set("\\`*[]|~$<>")
FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, 50 % of it: fine.", "plain text, 50 % of it: fine."),
        ("a|b", r"a\|b"),
        ("`rm`", r"\`rm\`"),
        ("<script>", "&lt;script&gt;"),
        ("a & b", "a &amp; b"),
        ("{{ 7 * 7 }}", r"&#123;{ 7 \* 7 }}"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("back\\|slash", r"back\\\|slash"),
        ("![x](javascript:1)", r"!\[x\](javascript:1)"),
        ("Grüße, 漢字", "Grüße, 漢字"),
    ],
)
def test_what_markdown_would_obey_is_shown_instead(text, shown):
    assert escape(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# no", r"\# no"),
        ("- no", r"\- no"),
        ("+", r"\+"),
        ("=====", r"\====="),
        ("1. no", r"1\. no"),
        ("12)", r"12\)"),
        ("    no code", "no code"),
        (" \n ", ""),
    ],
)
def test_a_line_never_starts_a_block(text, shown):
    assert line(text) == shown


def test_a_line_that_starts_harmlessly_is_left_alone():
    assert line("27 of 30 containers") == "27 of 30 containers"
    assert line("1.5 GiB free") == "1.5 GiB free"


@pytest.mark.parametrize("name", ["web", "lscr.io/linuxserver/plex:latest", "DB_URL", "a b-c"])
def test_ordinary_names_become_code(name):
    assert code(name) == f"`{name}`"


@pytest.mark.parametrize("name", ["a`b", "a|b", "<b>", " x", "", "{{x}}", "a\nb"])
def test_other_names_are_escaped(name):
    assert code(name) == line(name)
    assert "`" not in code(name).replace(r"\`", "")


@given(st.text())
def test_nothing_that_markdown_obeys_is_left(text):
    shown = escape(text)
    assert not FORBIDDEN.search(shown)
    bare = re.sub(r"\\[\\`*_\[\]|~$]", "", shown)
    assert not MARKS & set(bare)
    assert not re.search(r"\{[{%#]", bare)
    assert not re.search(r"(^|[^A-Za-z0-9])_|_([^A-Za-z0-9]|$)", bare)
    assert not re.search(r"&(?!lt;|gt;|amp;|#123;)", bare)


@given(st.text())
def test_visible_text_keeps_every_printable_character(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert not FORBIDDEN.search(shown)
    assert all(new in ("\ufffd", " ", old) for old, new in zip(text, shown, strict=True))
