"""A secret planted in every place of every format where people write one never comes out."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzer.cli import program
from analyzer.importers import IMPORTERS

PLANTED = "Tr0ub4dor-planted"

COMPOSE = f"""
x-common: &common
  environment: &env {{SHARED_SECRET: {PLANTED}1}}
services:
  db:
    image: postgres:16
    environment: {{<<: *env, POSTGRES_PASSWORD: {PLANTED}2, PGUSER: app}}
    command: [postgres, --password, {PLANTED}3, "--token={PLANTED}4"]
    entrypoint: sh -c 'PASSWORD={PLANTED}5 exec x'
    healthcheck: {{test: [CMD-SHELL, "psql postgres://app:{PLANTED}6@localhost -c 'select 1'"]}}
    labels:
      traefik.enable: "true"
      traefik.http.middlewares.auth.basicauth.users: "admin:{PLANTED}7"
      note: {PLANTED}8
    logging: {{driver: splunk, options: {{splunk-token: {PLANTED}9}}}}
    build: {{context: ., args: {{NPM_TOKEN: {PLANTED}10}}, secrets: [npm]}}
    x-note: {PLANTED}11
    annotations: {{a/b: "{PLANTED}2"}}
    post_start: [{{command: [login, -p, {PLANTED}2]}}]
  app:
    image: example/app
    env_file: app.env
    command: run --dsn ${{DSN}} --secret ${{INLINE:-{PLANTED}13}}
    environment: [APP_SECRET={PLANTED}14, FROM_ENV]
    configs: [{{source: inline, target: /x}}]
    misspelt: {PLANTED}15
configs: {{inline: {{content: "password {PLANTED}18"}}}}
secrets: {{npm: {{environment: {PLANTED}19}}}}
"""
QUADLET = f"""
[Container]
Image=example/app
Environment=APP_PASSWORD={PLANTED}1 "OTHER=x {PLANTED}2"
EnvironmentFile=app.env
Exec=run --password {PLANTED}3 --token={PLANTED}1
Label=auth={PLANTED}4
HealthCmd=curl -u a:{PLANTED}1 http://localhost
PodmanArgs=--env TOKEN={PLANTED}5 --label x={PLANTED}6
Misspelt={PLANTED}7
[Service]
Environment=LOGIN_TOKEN={PLANTED}9
ExecStartPre=/bin/login {PLANTED}10
"""
NIXOS = {
    "app": {
        "image": "example/app",
        "environment": {"APP_PASSWORD": PLANTED + "1"},
        "cmd": ["--password", PLANTED + "2", "--x", PLANTED + "1"],
        "entrypoint": "sh -c 'TOKEN=" + PLANTED + "1'",
        "extraOptions": ["--env=A=" + PLANTED + "3", "--health-cmd=x " + PLANTED + "1"],
        "labels": {"note": PLANTED + "4"},
        "login": {"username": "x", "passwordFile": "/run/x", "registry": "r"},
        "misspelt": PLANTED + "5",
        "autoStart": True,
        "dependsOn": [],
        "environmentFiles": ["/run/secrets/app.env"],
        "imageFile": None,
        "ports": [],
        "volumes": [],
    }
}
PODMAN = [
    {
        "Id": "f" * 64,
        "Name": "app",
        "ImageName": "example/app",
        "Config": {
            "Env": ["APP_PASSWORD=" + PLANTED + "1", "A=" + PLANTED + "4", "PATH=/bin"],
            "Cmd": ["run", "--password", PLANTED + "2", PLANTED + "1"],
            "Entrypoint": ["sh", "-c", PLANTED + "1"],
            "Labels": {"note": PLANTED + "3"},
            "Annotations": {"note": PLANTED + "1"},
            "CreateCommand": [
                *("podman", "create", "--env", "APP_PASSWORD=" + PLANTED + "1"),
                *("--env", "A=" + PLANTED + "4", "example/app", "run", "--password", PLANTED),
            ],
            "Healthcheck": {"Test": ["CMD-SHELL", "curl -u a:" + PLANTED + "1 localhost"]},
            "Misspelt": PLANTED + "5",
        },
        "HostConfig": {"LogConfig": {"Type": "x", "Config": {"token": PLANTED + "6"}}},
        "NetworkSettings": {"Networks": {}},
        "State": {"Status": "running", "Running": True},
    }
]
KUBERNETES = f"""
apiVersion: apps/v1
kind: Deployment
metadata: {{name: app, annotations: {{note: {PLANTED}1}}, labels: {{a: {PLANTED}2}}}}
spec:
  selector: {{matchLabels: {{app: app}}}}
  template:
    metadata: {{labels: {{app: app}}}}
    spec:
      containers:
        - name: app
          image: example/app
          env: [{{name: APP_PASSWORD, value: {PLANTED}3}}]
          args: [--password, {PLANTED}4, {PLANTED}3]
          livenessProbe: {{exec: {{command: [sh, -c, "x {PLANTED}3"]}}}}
          misspelt: {PLANTED}5
---
apiVersion: v1
kind: Secret
metadata: {{name: app}}
stringData: {{password: {PLANTED}6}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: app}}
data: {{config.ini: "password = {PLANTED}7"}}
"""
CADDY = f"""
{{
	email {PLANTED}1
}}
app.smith.org {{
	basic_auth {{
		admin {PLANTED}2
	}}
	header Authorization "Bearer {PLANTED}3"
	reverse_proxy app:80 {{
		header_up X-Key {PLANTED}4
	}}
}}
"""
FILES = {
    "compose": {"compose.yaml": COMPOSE},
    "quadlet": {"app.container": QUADLET},
    "podman": {"inspect.json": json.dumps(PODMAN)},
    "nixos": {"containers.json": json.dumps(NIXOS)},
    "kubernetes": {"app.yaml": KUBERNETES},
    "caddy": {"Caddyfile": CADDY},
}
BESIDE = {
    "app.env": f"TOKEN={PLANTED}20\nURL=http://x:{PLANTED}21@db:5432/\n",
    ".env": f"DSN=postgres://a:{PLANTED}22@db/x\nFROM_ENV={PLANTED}23\n",
}
COMMANDS = (
    ("import", "{form}", "{file}", "--keys"),
    ("import", "{form}", "{file}", "--strict"),
    ("import", "{form}", "{file}", "-o", "new.yaml"),
    ("import", "{form}", "{file}", "--check", "-o", "inventory.yaml"),
    ("analyse", "{file}"),
    ("analyse", "{file}", "--format", "json"),
    ("analyse", "{file}", "--format", "text"),
    ("graph", "{file}", "--format", "json"),
    ("graph", "{file}", "--format", "dot"),
    ("validate", "{file}"),
)


@pytest.mark.parametrize("form", sorted(IMPORTERS))
def test_nothing_planted_comes_out(form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {**FILES[form], **BESIDE}.items():
        Path(name).write_text(text)
    known = "hosts: {server: {}}\nservices: {app: {host: server, image: old/app}}\n"
    Path("inventory.yaml").write_text(known)
    file = next(iter(FILES[form]))
    ran = 0
    for command in COMMANDS:
        arguments = [part.format(form=form, file=file) for part in command]
        result = CliRunner().invoke(program, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit | Exception)
        ran += result.exit_code in (0, 10)
        for shown in (result.output, str(result.exception or "")):
            assert PLANTED not in shown, arguments
    assert ran >= len(COMMANDS) // 2
    for written in ("new.yaml", "inventory.yaml"):
        if Path(written).exists():
            assert PLANTED not in Path(written).read_text()
