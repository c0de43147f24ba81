from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.importers.caddy.tokens import tokens
from analyzer.tree import unpack
from tests.patience import patience


def words(text: str) -> list[tuple[str, int]]:
    return [(token.text, token.row) for token in tokens(text.encode(), 0)]


def test_words_quotes_and_comments():
    text = 'a "b \\" c" `d " e` # none\n"f#" g#h'
    assert words(text) == [("a", 1), ('b " c', 1), ('d " e', 1), ("f#", 2), ("g#h", 2)]


def test_a_continued_line_is_one_row_and_keeps_its_places():
    found = tokens(b"a \\\n  b\nc", 0)
    assert [(token.text, token.row) for token in found] == [("a", 1), ("b", 1), ("c", 2)]
    assert [unpack(token.mark) for token in found] == [(1, 1), (2, 3), (3, 1)]


def test_a_heredoc_is_one_token_and_what_follows_stays_on_its_row():
    text = "respond <<HTML\n  <b>{</b>\n  HTML 200\nnext"
    assert words(text) == [("respond", 1), ("  <b>{</b>\n", 1), ("200", 1), ("next", 2)]
    assert unpack(tokens(text.encode(), 0)[-1].mark) == (4, 1)


def test_a_heredoc_without_an_end_is_a_word():
    assert words("a <<END\nb")[:2] == [("a", 1), ("<<END", 1)]


def test_a_variable_is_its_default_or_stays():
    assert words("{$SITE:a.example} {$SITE} {$E:}x") == [
        ("a.example", 1),
        ("{$SITE}", 1),
        ("x", 1),
    ]


def test_quoted_braces_are_no_braces():
    opening, quoted = tokens(b'{ "{"', 0)
    assert opening.opens()
    assert not quoted.opens()


@settings(max_examples=100)
@given(
    st.binary(max_size=200) | st.text(alphabet='a{}"`\\\n\t <#$:,', max_size=80).map(str.encode)
)
def test_any_bytes_end_in_tokens_with_places_inside(data):
    lines = data.decode("utf-8", "replace").split("\n")
    for token in tokens(data, 3):
        line, column = unpack(token.mark)
        assert 1 <= line <= len(lines)
        assert column >= 1


def test_what_never_ends_is_looked_for_once():
    with patience():
        for text in (
            "{$" * 50_000,
            "{$a:" * 50_000,
            "a <<EOF\n" * 30_000,
            "".join(f"<<E{number}\n" for number in range(30_000)),
        ):
            assert tokens(text.encode(), 0)


def test_a_heredoc_ends_at_the_first_line_that_begins_with_its_marker():
    found = [token.text for token in tokens(b"x <<EOF\n a\n EOFx\n  EOF y\nEOF\n", 0)]
    assert found == ["x", " a\n EOFx\n", "y", "EOF"]
