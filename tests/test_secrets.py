"""Nothing that an estate keeps secret appears in any output, whatever goes right or wrong."""

import pytest
from click.testing import CliRunner

from analyzer.cli import program

CANARY = "CANARY-7f3"

VALID = f"""
hosts: {{box: {{memory: 8GiB, addresses: [10.0.0.9]}}, nas: {{memory: 8GiB}}}}
services:
  app:
    host: box
    image: https://me:{CANARY}@registry.example.org/app:1
    ports: ["8080:80"]
    environment:
      PASSWORD: {CANARY}
      DATABASE_URL: postgres://me:{CANARY}@db:5432/{CANARY}
      CACHE: redis://:{CANARY}@cache
      HOOK: http://10.0.0.9:8080/?token={CANARY}
      JSON: '{{"url": "http://me:{CANARY}@db:5432"}}'
      DSN: host=db password={CANARY} port=5432
    command: [--db, "postgres://me:{CANARY}@db/x", "--token={CANARY}"]
    labels: {{auth: "{CANARY}", caddy.reverse_proxy: "http://me:{CANARY}@db:80"}}
    healthcheck: {{test: "curl -u me:{CANARY} http://db"}}
    extra_hosts: ["x{CANARY}:1.2.3.4"]
  db:
    host: box
    image: postgres:16
    environment: [POSTGRES_PASSWORD={CANARY}]
    healthcheck: {{test: [CMD, pg_isready, "{CANARY}"]}}
    command: postgres -c {CANARY}
    volumes: [data:/var/lib/postgresql]
  cache: {{host: nas, image: "redis:7", command: "redis-server --requirepass {CANARY}"}}
"""
BROKEN = [
    f"environment: {CANARY}",
    f"environment: ['PASSWORD {CANARY}']",
    f"environment: ['PASSWORD: {CANARY}']",
    f"environment: {{A: [{CANARY}]}}",
    f"environment: {{A: {{x: {CANARY}}}}}",
    f"environment: {{A: *{CANARY}}}",
    f"environment: {{A: !{CANARY}}}",
    f"environment: {{A: @{CANARY}}}",
    f'environment: {{A: "{CANARY}',
    f"environment: {{<<: {CANARY}}}",
    f"command: {{a: {CANARY}}}",
    f"command: [[{CANARY}]]",
    f"healthcheck: curl -u me:{CANARY}",
    f"healthcheck: {{test: {{a: {CANARY}}}}}",
    f"labels: {CANARY}",
    f"labels: {{a: [{CANARY}]}}",
    f"extra_hosts: [http//me {CANARY}]",
    f"image: [{CANARY}]",
]
COMMANDS = [
    *(("analyse", "-", "--format", form) for form in ("md", "json", "text")),
    *(("graph", "-", "--format", form) for form in ("mermaid", "dot", "graphml", "json")),
    ("validate", "-"),
]


def run(*arguments, text=VALID):
    return CliRunner().invoke(program, arguments, input=text)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_result_shows_a_secret(command):
    result = run(*command)
    assert result.exit_code == 0, result.stderr
    assert CANARY.lower() not in result.output.lower()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "setting",
    [
        f"services.app.environment.PASSWORD={CANARY}",
        f"services.app.environment={{PASSWORD: {CANARY}}}",
        f"services.app.command={CANARY}",
        f"services.other={{host: box, environment: {{PASSWORD: {CANARY}}}}}",
    ],
)
def test_no_what_if_shows_a_secret(command, setting):
    result = run(*command, "--set", setting)
    assert result.exit_code == 0, result.stderr
    assert CANARY not in result.output


@pytest.mark.parametrize(
    "setting",
    [
        f"services.app.environment.PASSWORD {CANARY}",
        f"services.app.environment.PASSWORD=[{CANARY}",
        f"services.app.environment.PASSWORD={{a: {CANARY}}}",
        f"services.app.environmnt.PASSWORD={CANARY}",
    ],
)
def test_no_refused_what_if_shows_a_secret(setting):
    result = run("analyse", "-", "--set", setting)
    assert result.exit_code in {2, 3}
    assert CANARY not in result.output


@pytest.mark.parametrize("broken", BROKEN)
def test_no_complaint_shows_a_secret(broken):
    text = f"hosts: {{box: {{}}}}\nservices:\n  app:\n    host: box\n    {broken}\n"
    result = run("validate", "-", text=text)
    assert result.exit_code == 3
    assert CANARY not in result.output


@pytest.mark.parametrize(
    "text", [f"PASSWORD={CANARY}\nTOKEN={CANARY}\n", f"- {CANARY}\n", f"services: {CANARY}\n"]
)
def test_a_file_of_secrets_given_by_mistake_is_not_quoted(text):
    result = run("analyse", "-", text=text)
    assert result.exit_code == 3
    assert CANARY not in result.output
