from analyzer.kits.health import Health, declared, switched_off
from tests.kits.making import one_service


def spec(keys):
    return one_service(keys).specs["app"]


def test_a_shell_line_and_a_list_of_words_stay_apart():
    shell = declared(spec("healthcheck: {test: 'curl -f x || exit 1'}"))
    words = declared(spec("healthcheck: {test: [CMD, curl, -f, x]}"))
    assert shell.argv == ("/bin/sh", "-c", "curl -f x || exit 1")
    assert words.argv == ("curl", "-f", "x")


def test_times_have_composes_defaults():
    check = declared(spec("healthcheck: {test: [CMD, x]}"))
    assert (check.interval_seconds, check.timeout_seconds, check.retries) == (30, 30, 3)


def test_a_check_that_is_off_is_none():
    off = spec("healthcheck: {test: [NONE]}")
    assert declared(off) is None
    assert switched_off(off)
    assert declared(spec("restart: always")) is None


def test_only_a_plain_request_is_one():
    def of(line):
        return Health((), line, 30, 30, 3, 0).http

    assert of("curl -fs http://localhost:8989/ping")[:2] == (8989, "/ping")
    assert of("wget -qO- https://127.0.0.1/x")[:3] == (443, "/x", "HTTPS")
    assert of("curl -f http://localhost/ | grep ok") is None
    assert of("pg_isready") is None
    assert of("curl -f http://example.org/") is None
