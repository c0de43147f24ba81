"""What holds for every kit of every example and of every sample that the importers are tested with."""

import json
from functools import cache

import pytest

from analyzer.kits.building import BUILDERS
from analyzer.kits.kubernetes.manifests import manifests
from analyzer.kits.ledger import Ledger
from analyzer.kits.quadlet.units import units
from analyzer.kits.secrecy import Veil
from tests.kits.making import (
    EXAMPLES,
    HOSTS,
    SAMPLES,
    kit_of,
    material_from,
    material_of,
    yaml_documents,
)

OPTIONS = tuple(BUILDERS)
CANARY = "canary-7f3a"


@cache
def material(path):
    return material_of(path, base="/srv/stacks")


@cache
def kit(path, option):
    return kit_of(material(path), option)


def root(key):
    return key.partition("[")[0].partition(".")[0]


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("path", EXAMPLES)
def test_yaml_is_read_by_others_as_it_was_meant(path, option):
    for name, documents in yaml_documents(kit(path, option)).items():
        assert documents, name


FORMS = {"kubernetes": manifests, "quadlet": units}
LISTS = ("volumes", "ports", "expose", "devices", "tmpfs", "secrets", "configs")


@cache
def entries(path, form):
    made = material(path)
    ledger = Ledger(form)
    names = sorted(name for name in made.chosen if made.service(name).is_container)
    FORMS[form](made, ledger, names)
    return made, names, ledger.entries()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", [*EXAMPLES, *SAMPLES])
def test_every_key_of_every_container_is_in_the_ledger(path, form):
    made, names, found = entries(path, form)
    spoken = {(entry.service, root(entry.key)) for entry in found}
    for name in names:
        for key in made.specs[name].keys:
            assert (name, key) in spoken, (name, key)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", [*EXAMPLES, *SAMPLES])
def test_every_mount_port_and_device_is_in_the_ledger(path, form):
    made, names, found = entries(path, form)
    spoken = {(entry.service, entry.key) for entry in found}
    blocked = {entry.service for entry in found if entry.blocking}
    for name in (one for one in names if one not in blocked):
        for section in LISTS:
            for key, _ in made.specs[name].listed(section):
                assert (name, key) in spoken, (name, key)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", [*EXAMPLES, *SAMPLES])
def test_nothing_of_the_examples_is_not_understood(path, form):
    _, _, found = entries(path, form)
    assert [entry.id for entry in found if entry.text.startswith("not understood")] == []


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("path", EXAMPLES)
def test_the_same_files_come_out_twice(path, option):
    again = kit_of(material_of(path, base="/srv/stacks"), option)
    assert again.files == kit(path, option).files


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("path", EXAMPLES)
def test_paths_stay_inside_and_apart(path, option):
    paths = list(kit(path, option).files)
    assert len({one.casefold() for one in paths}) == len(paths)
    for one in paths:
        parts = one.split("/")
        assert not one.startswith("/")
        assert all(part and part not in (".", "..") and "\\" not in part for part in parts)


@pytest.mark.parametrize("option", OPTIONS)
def test_every_todo_of_a_file_is_an_entry_of_the_ledger(option):
    made = kit(EXAMPLES[0], option)
    known = {entry.id for entry in made.ledger}
    found = {
        line.partition("TODO ")[2].partition(":")[0]
        for path, file in made.files.items()
        if not path.endswith(".md")
        for line in file.text.splitlines()
        if line.startswith("# TODO ")
    }
    assert found <= known
    assert found


@pytest.mark.parametrize("option", OPTIONS)
def test_no_value_of_a_variable_is_in_any_file(option):
    text = f"""{HOSTS}services:
  app:
    host: nas
    runtime: podman
    image: "redis:7"
    command: [redis-server, --requirepass, {CANARY}-a]
    entrypoint: "/start --token={CANARY}-b"
    environment: {{REDIS_PASSWORD: {CANARY}-a, TZ: {CANARY}-c, URL: "http://x:{CANARY}-d@db/"}}
    healthcheck: {{test: "redis-cli -a {CANARY}-a ping"}}
    labels: {{note: "{CANARY}-a"}}
    annotations: {{note: "{CANARY}-a"}}
    hostname: {CANARY}-c
    post_start: [{{command: "login {CANARY}-a"}}]
    x-thing: {{password: {CANARY}-a}}
  db: {{host: nas, image: "postgres:16", environment: ["POSTGRES_PASSWORD={CANARY}-e"]}}
"""
    made = kit_of(material_from(text, services=["app", "db"]), option)
    for path, file in made.files.items():
        for line in file.text.splitlines():
            for end in "abde":
                assert f"{CANARY}-{end}" not in line, (path, line)


HOSTILE = (
    "../../etc/passwd",
    "/etc/passwd",
    "..",
    "App",
    "app",
    "aPP",
    "a b",
    "a\\b",
    "con",
    "${x}",
    "x" * 150,
    "é",
    "é" * 40,
)


@pytest.mark.parametrize("option", OPTIONS)
def test_hostile_names_share_no_file_and_leave_no_folder(option):
    services = "".join(
        f"  {json.dumps(name)}: {{host: nas, image: 'x:1', ports: ['{8000 + at}:80']}}\n"
        for at, name in enumerate(HOSTILE)
    )
    made = kit_of(material_from(f"{HOSTS}services:\n{services}", services=HOSTILE), option)
    for path in made.files:
        assert path.isascii()
        assert ".." not in path
    left = {entry.service for entry in made.ledger} | set(made.left_out)
    assert left >= set(HOSTILE)


@pytest.mark.parametrize("option", OPTIONS)
def test_the_ledger_for_programs_holds_what_the_kit_says(option):
    made = kit(EXAMPLES[0], option)
    read = json.loads(made.files["ledger.json"].text)
    assert len(read["entries"]) == len(made.ledger)
    assert read["left_out"] == dict(made.left_out)


def test_a_veil_shows_the_same_name_for_the_same_word():
    text = f"{HOSTS}services:\n  app: {{host: nas, image: 'x:1', environment: {{PASSWORD: s3cr3t}}}}\n"
    service = material_from(text).service("app")
    veil = Veil(service)
    assert veil.all(["--pass", "s3cr3t"]) == ["--pass", "${PASSWORD}"]
    assert veil.all(["--password", "other"]) == veil.all(["--password", "other"])


def test_what_is_needed_before_it_moves_is_found_on_its_host():
    made = kit_of(material_of("examples/small-company/inventory.yaml"), "incremental")
    stand_in = made.files["kubernetes/interim/small-company-shop-db.yaml"].text
    assert "10.20.0.11" in stand_in  # where it still runs
    assert (
        "kubernetes/interim/small-company-shop-db.yaml" in made.files["runbooks/wave-02.md"].text
    )
    assert "interim" not in made.files["kubernetes/kustomization.yaml"].text
