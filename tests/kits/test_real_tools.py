"""Real tools accept the files: validators of Kubernetes, kubectl, checkov, just and Caddy."""

import os
import re
import subprocess
from functools import cache

import pytest

from analyzer.kits.incremental.policies import POLICIES
from tests.kits.making import (
    EXAMPLES,
    SAMPLES,
    kit_of,
    material_of,
    one_service,
    tool,
    yaml_documents,
)

MINORS = ("1.35.0", "1.36.0", "1.37.0")
COMPOSE = tuple(path for path in SAMPLES if "/compose/" in path)


@cache
def kit(path):
    return kit_of(material_of(path, base="/srv/stacks"), "incremental")


@cache
def whole(path):
    """Return a kit of everything, of what the plan would leave as well."""
    named = material_of(path, base="/srv/stacks")
    names = [name for name in named.chosen if named.service(name).is_container]
    return kit_of(named._replace(chosen=frozenset(names), asked=True), "incremental")


def placed(made, folder):
    for path, file in made.files.items():
        target = folder.joinpath(*path.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8")
    return folder


def run(*words, cwd=None):
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("minor", MINORS)
def test_every_object_holds_by_the_schema_of_kubernetes(minor):
    command = tool("K8SADVISOR_KUBERNETES_VALIDATE", "kubernetes-validate")
    texts = []
    for path in (*EXAMPLES, *COMPOSE):
        made = whole(path)
        texts += [
            file.text
            for name, file in made.files.items()
            if name.startswith("kubernetes/") and "kustomization" not in name
        ]
    folder = os.environ.get("TMPDIR", "/tmp")  # noqa: S108 - a file of this test alone
    target = f"{folder}/k8sadvisor-objects-{os.getpid()}.yaml"
    with open(target, "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write("---\n".join(texts))
    try:
        done = run(command, "--strict", "-k", minor, target)
    finally:
        os.unlink(target)  # noqa: PTH108
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    said = done.stdout + done.stderr
    assert "WARN" not in said, said[-3000:]
    assert said.count("passed") > 100


@pytest.mark.parametrize("path", EXAMPLES)
def test_kubectl_builds_the_kustomization(path, tmp_path):
    command = tool("K8SADVISOR_KUBECTL", "kubectl")
    made = whole(path)
    done = run(command, "kustomize", str(placed(made, tmp_path) / "kubernetes"))
    assert done.returncode == 0, done.stderr
    expected = sum(
        len(documents)
        for name, documents in yaml_documents(made).items()
        if name.startswith("kubernetes/") and not re.search("kustomization|interim", name)
    )
    assert done.stdout.count("\nkind: ") + done.stdout.startswith("kind: ") == expected


def test_every_policy_that_is_not_followed_is_explained(tmp_path):
    command = tool("K8SADVISOR_CHECKOV", "checkov")
    for number, path in enumerate(EXAMPLES):
        placed(whole(path), tmp_path / str(number))
    words = ["--framework", "kubernetes", "--compact", "--quiet", "--skip-download"]
    done = run(command, "-d", str(tmp_path), *words)
    failed = set(re.findall(r"Check: (CKV2?_K8S_\d+)", done.stdout))
    assert failed, done.stdout[-2000:] + done.stderr[-2000:]
    assert failed <= {check for check, _ in POLICIES}


def test_just_reads_the_recipes_and_bash_what_they_run(tmp_path):
    command = tool("K8SADVISOR_JUST", "just")
    folder = placed(kit(EXAMPLES[0]), tmp_path)
    listed = run(command, "--list", cwd=folder)
    assert listed.returncode == 0, listed.stderr
    for recipe in (
        "k8s-status",
        "k8s-rollout",
        "k8s-migrate",
        "k8s-rollback",
        "k8s-env",
        "deploy",
    ):
        assert recipe in listed.stdout
    assert run(command, "--dump", cwd=folder).returncode == 0
    for recipe in ("k8s-rollout", "k8s-migrate", "k8s-rollback", "k8s-env", "k8s-diff"):
        shown = run(command, "--dry-run", recipe, "grocy", cwd=folder).stderr
        checked = subprocess.run(
            ["/bin/bash", "-n"], input=shown, capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stderr


STUB = """#!/usr/bin/env bash
echo "$0 $*" >> {log}
case "$*" in
*"inspect --format"*) printf 'PATH=/bin\\nTOKEN=value-of-token\\nTZ=Mars\\nNOT_ASKED=1\\n' ;;
*"create"*) cat >> {log}; echo '{{}}' ;;
*"apply"*) cat > /dev/null ;;
esac
"""


def test_the_recipes_do_what_they_say(tmp_path):
    """With stand-ins for kubectl and ssh that note what they are asked for."""
    command = tool("K8SADVISOR_JUST", "just")
    material = one_service("environment: [TOKEN, TZ]\nvolumes: ['v:/v']\nports: ['80:80']")
    folder = placed(kit_of(material, "incremental"), tmp_path / "kit")
    log = tmp_path / "log"
    for name in ("kubectl", "ssh"):
        stub = tmp_path / name
        stub.write_text(STUB.format(log=log))
        stub.chmod(0o755)
    environment = {
        **os.environ,
        "KUBECTL": str(tmp_path / "kubectl"),
        "K8S_SSH": str(tmp_path / "ssh"),
    }
    done = subprocess.run(
        [command, "k8s-migrate", "app"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = log.read_text()
    assert "TOKEN=value-of-token" in said
    assert "NOT_ASKED" not in said
    stopped = said.index("podman stop app")
    started = said.index("apply -f kubernetes/estate-app.yaml")
    assert stopped < started  # two never write the same data
    back = subprocess.run(
        [command, "k8s-rollback", "app"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert back.returncode == 0, back.stderr
    said = log.read_text()
    assert said.index("--replicas=0") < said.index("podman start app")


@pytest.mark.parametrize("path", EXAMPLES[:3])
def test_caddy_takes_the_snippets(path, tmp_path):
    command = tool("K8SADVISOR_CADDY", "caddy")
    made = kit(path)
    for name, file in made.files.items():
        if not name.startswith("caddy/"):
            continue
        names = re.findall(r"^\((\w+)\)", file.text, re.MULTILINE)
        sites = "".join(
            f"site{at}.example.org {{\n\timport {one}\n}}\n" for at, one in enumerate(names)
        )
        target = tmp_path / "Caddyfile"
        target.write_text(file.text + "\n" + sites)
        done = run(command, "adapt", "--config", str(target), "--adapter", "caddyfile")
        assert done.returncode == 0, done.stderr
        assert done.stdout.count('"dial"') >= len(names)
