"""What a variable's name promises."""

import pytest

from analyzer.graph.variables import default_port, port_variable, variable_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("DATABASE_URL", "address"),
        ("DB_HOST", "address"),
        ("PGHOST", "address"),
        ("PAPERLESS_DBHOST", "address"),
        ("redisHost", "address"),
        ("DB_HOST_1", "address"),
        ("OLLAMA_HOST", "address"),
        ("KAFKA_BOOTSTRAP_SERVERS", "address"),
        ("ConnectionStrings__Default", "address"),
        ("DB_CONNECTION_STRING", "address"),
        ("DATA_SOURCE_NAME", "address"),
        ("HTTP_PROXY", "other"),
        ("PAPERLESS_REDIS", "other"),
        ("CELERY_RESULT_BACKEND", "other"),
        ("HOST", "other"),
        ("APP_DATABASE", "url-only"),
        ("POSTGRES_DB", "url-only"),
        ("APP_URL", "public"),
        ("BASE_URL", "public"),
        ("url", "public"),
        ("FRONTEND_URL", "public"),
        ("POSTGRES_USER", "ignored"),
        ("MYSQL_PASSWORD", "ignored"),
        ("DB_HOST_FILE", "ignored"),
        ("DB_NAME", "ignored"),
        ("WIKI_TITLE", "ignored"),
        ("NO_PROXY", "ignored"),
        ("CORS_ORIGIN_URL", "ignored"),
        ("ALLOWED_HOSTS", "ignored"),
        ("VIRTUAL_HOST", "ignored"),
        ("HOSTNAME", "ignored"),
        ("IMAGE_TAG", "ignored"),
        ("", "ignored"),
        ("123", "ignored"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert variable_kind(name) == kind


@pytest.mark.parametrize(
    ("name", "port"),
    [
        ("DB_HOST", "DB_PORT"),
        ("PGHOST", "PGPORT"),
        ("db_host", "db_port"),
        ("dbHost", "dbPort"),
        ("SMTP_SERVER", "SMTP_PORT"),
        ("DATABASE_URL", None),
    ],
)
def test_the_port_beside_a_host(name: str, port: str | None) -> None:
    assert port_variable(name) == port


def test_default_ports_come_from_the_product_in_the_name() -> None:
    assert default_port("MYSQL_HOST") == 3306
    assert default_port("REDIS_URL") == 6379
    assert default_port("DB_HOST") is None
