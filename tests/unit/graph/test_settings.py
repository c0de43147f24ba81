"""Settings of configuration files, whatever the format."""

from hypothesis import given
from hypothesis import strategies as st

from analyzer.graph.settings import settings

TEXT = """
# host: commented
; host = commented
db:
  host: "store"   # the database
  - url: http://api:80
{"server": "cache:6379",
proxy_pass http://web:8080/;
export DB_HOST=db
database.host = other
"""


def test_keys_and_values_of_all_formats() -> None:
    assert list(settings(TEXT)) == [
        ("host", "store"),
        ("url", "http://api:80"),
        ("server", "cache:6379"),
        ("proxy_pass", "http://web:8080/"),
        ("DB_HOST", "db"),
        ("database.host", "other"),
    ]


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    assert all(key and value is not None for key, value in settings(text))


def test_long_texts_take_little_time() -> None:
    assert len(list(settings("a: b\n" * 100_000))) == 3000
    assert list(settings("-" * 1_000_000)) == []
