"""No value of a variable and no password survives, whatever text it stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.intake.redaction import HIDDEN, Secrets, is_secret
from analyzer.inventory.draft import Hint
from analyzer.tree import Resolved
from tests.unit.intake.drafts import plain, tree

NONE = Secrets({}, (), "")


def test_a_variable_s_value_becomes_its_name():
    secrets = Secrets({"DB_PASSWORD": "hunter2", "PIN": "77", "MODE": "on"}, (), "")
    assert secrets.hide("login -u x hunter2 on 77") == "login -u x ${DB_PASSWORD} on 77"
    assert Secrets({"API_TOKEN": "77"}, (), "").hide("a 77") == "a ${API_TOKEN}"


def test_values_of_files_are_hidden_too():
    hint = Hint("web", "variable", "KEY_FILE_PASS", "s3cret", 0)
    text = Hint("web", "text", "nginx.conf", "nothing", 0)
    assert Secrets({}, (hint, text), "").hide("nothing s3cret") == "nothing ${KEY_FILE_PASS}"


def test_what_is_shown_anyway_hides_nothing():
    secrets = Secrets({"POSTGRES_USER": "postgres"}, (), "db postgres:16")
    assert secrets.hide("pg_isready -U postgres") == "pg_isready -U postgres"


def test_text_made_of_variables_is_shown_as_it_was_written():
    assert NONE.hide(Resolved("a hunter2", "a ${PASSWORD}")) == "a ${PASSWORD}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("redis-server --requirepass hunter2", "redis-server --requirepass ***"),
        ("--db-password=hunter2 --port=80", "--db-password=*** --port=80"),
        ("postgres://app:hunter2@db:5432/app", "postgres://app:***@db:5432/app"),
        ("https://user@host/", "https://user@host/"),
        ("mysqladmin ping -phunter2 -h db", "mysqladmin ping -p*** -h db"),
        ("curl -H 'Authorization: Bearer abc.def' x", "curl -H 'Authorization: ***' x"),
        ("TOKEN=abc run", "TOKEN=*** run"),
        ("PGPASSWORD=hunter2 psql -h db", "PGPASSWORD=*** psql -h db"),
        ("run --adminpassword hunter2 x", "run --adminpassword *** x"),
        ("--token ${TOKEN}", "--token ${TOKEN}"),
        ("wget -qO- http://localhost:80/health", "wget -qO- http://localhost:80/health"),
        ("test: monkey business", "test: monkey business"),
    ],
)
def test_passwords_of_options_and_addresses_are_hidden(text, shown):
    assert NONE.hide(text) == shown


def test_what_follows_a_password_s_option_in_a_list_is_hidden():
    shown = NONE.hide_all(tree("[server, --requirepass, hunter2, --port, '6379']"))
    assert plain(shown) == ["server", "--requirepass", HIDDEN, "--port", "6379"]


def test_keys_of_secrets_hide_their_text():
    shown = NONE.hide_all(tree("{options: {splunk-token: abc, tag: x}, list: [{password: y}]}"))
    assert plain(shown) == {
        "options": {"splunk-token": HIDDEN, "tag": "x"},
        "list": [{"password": HIDDEN}],
    }


def test_endless_text_is_hidden_as_a_whole():
    assert NONE.hide("-" * 20_000) == HIDDEN


@pytest.mark.parametrize(
    "name", ["DB_PASSWORD", "PGPASSWORD", "apiKey", "SECRET", "AUTH_TOKEN", "splunk-token"]
)
def test_names_that_announce_a_secret(name):
    assert is_secret(name)


@pytest.mark.parametrize("name", ["MONKEY", "KEYBOARD", "COMPASS", "PORT", "AUTHOR"])
def test_names_that_do_not(name):
    assert not is_secret(name)


@given(
    before=st.text(max_size=30),
    value=st.text(min_size=5, max_size=20),
    after=st.text(max_size=30),
)
def test_a_value_never_survives(before, value, after):
    if value in "${SOME_NAME}" + HIDDEN:
        return
    shown = Secrets({"SOME_NAME": value}, (), "").hide(before + value + after)
    for name in ("${SOME_NAME}", HIDDEN):
        shown = shown.replace(name, "\0")
    assert value not in shown or value == "\0"
