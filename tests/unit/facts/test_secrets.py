import pytest

from analyzer.facts.secrets import names_secret, plain_secrets
from tests import build


@pytest.mark.parametrize(
    "name",
    "DB_PASSWD ROMM_AUTH_SECRET_KEY APP_KEY TRANSMISSION_RPC_PASSWORD MYSQL_ROOT_PASSWORD API_TOKEN "
    "IGDB_CLIENT_SECRET POSTGRES_PASSWORD password PGPASSWORD DB_PASS SMTP_PWD APIKEY TOKEN "
    "AWS_SECRET_ACCESS_KEY KEYCLOAK_ADMIN_PASSWORD PASSWORD1".split(),
)
def test_names_of_secrets(name):
    assert names_secret(name)


@pytest.mark.parametrize(
    "name",
    "DB_PASSWORD_FILE PUBLIC_KEY VAPID_PUBLIC_KEY ALLOW_EMPTY_PASSWORD TOKEN_LIFETIME KEYBOARD "
    "PASSTHROUGH MONKEY PASSWORD_HASH REQUIRE_PASSWORD TZ PUID CACHE_KEY COMPASS".split(),
)
def test_names_of_what_is_no_secret(name):
    assert not names_secret(name)


@pytest.mark.parametrize("value", ["hunter2", "changeme", "0"])
def test_a_written_value_is_plain(value):
    assert plain_secrets(build.service("x", env={"B_TOKEN": value, "A_KEY": value})) == (
        "A_KEY",
        "B_TOKEN",
    )


@pytest.mark.parametrize("value", ["", None, "${DB_PASSWORD}", "$PW", "/run/secrets/db", "file:x"])
def test_an_absent_value_or_a_pointer_is_not(value):
    assert plain_secrets(build.service("x", env={"DB_PASSWORD": value})) == ()
