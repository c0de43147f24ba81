"""Improvements of Compose files of many kinds: Compose takes them, and nothing else changes."""

import copy

import pytest
import yaml

from analyzer.kits.compose.override import overrides
from analyzer.kits.ledger import Ledger
from tests.kits.making import SAMPLES, material_from, material_of, statuses
from tests.kits.test_compose_override import ROOT, merged

HOST = "hosts: {{nas: {{arch: amd64, memory: 16GiB, runtime: {runtime}}}}}\n"
STACKS = tuple(path for path in SAMPLES if "/compose/" in path)
EXAMPLE = "examples/stacks"


def stack(folder, text, name="media"):
    """Write the Compose file of a stack; return its folder."""
    there = folder / name
    there.mkdir(parents=True, exist_ok=True)
    (there / "compose.yaml").write_text(text, encoding="utf-8")
    return there


def improved(*paths, runtime=""):
    """Return the services of each file of improvements, and the ledger."""
    named = [str(path) for path in paths]
    if runtime:
        known = paths[0].parent / "known.yaml"
        known.write_text(HOST.format(runtime=runtime), encoding="utf-8")
        named.append(str(known))
    material = material_of(*named)
    ledger = Ledger("compose")
    names = [name for name in material.chosen if material.service(name).is_container]
    files = overrides(material, ledger, names)
    made = {file.path: yaml.safe_load(file.text)["services"] for file in files}
    return made, ledger.entries(), {file.path: file.text for file in files}


def only(made):
    (services,) = made.values()
    return services


def over(before, added):
    """Return a configuration with what is added, maps merged and all else replaced."""
    result = copy.deepcopy(before)
    for key, value in added.items():
        known = result.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        result[key] = over(known, value) if both else value
    return result


def normal(key, value):
    """Return a value as ``docker compose config`` shows it."""
    if key in ("mem_limit", "mem_reservation"):
        return str(int(value.removesuffix("m")) * 2**20)
    if key == "healthcheck":
        times = {"60s": "1m0s"}
        return {
            name: times.get(one, one) if isinstance(one, str) else one
            for name, one in value.items()
        }
    if key == "depends_on":
        return {name: {**one, "required": True} for name, one in value.items()}
    return value


@pytest.mark.parametrize("name", ["media", "photos", "proxy"])
def test_the_merged_stack_is_the_owners_and_the_improvements(name, tmp_path):
    made, _, texts = improved(ROOT / EXAMPLE)
    path = f"compose/{name}/compose.override.yaml"
    override = tmp_path / "compose.override.yaml"
    override.write_text(texts[path], encoding="utf-8")
    folder = ROOT / EXAMPLE / name
    before = merged(folder, folder / "compose.yaml")
    added = {
        service: {key: normal(key, value) for key, value in keys.items()}
        for service, keys in made[path].items()
    }
    after = merged(folder, folder / "compose.yaml", override)
    assert after == over(before, {"services": added})


def test_what_a_service_needs_by_its_settings_is_waited_for():
    made, _, _ = improved(ROOT / EXAMPLE)
    server = made["compose/photos/compose.override.yaml"]["immich-server"]
    healthy = {"condition": "service_healthy"}
    assert server["depends_on"] == {"database": healthy, "redis": healthy}


JOBS = """
services:
  media-db: {image: "postgres:16"}
  migrate: {image: "app:1", command: migrate, depends_on: [media-db]}
  app:
    image: "app:1"
    depends_on:
      migrate: {condition: service_completed_successfully}
      media-db: {condition: service_started}
  tool: {image: "app:1", profiles: [tools], depends_on: [media-db]}
"""


def test_a_job_that_others_wait_for_and_a_tool_are_not_kept_running(tmp_path):
    made, entries, texts = improved(stack(tmp_path, JOBS))
    services = only(made)
    assert services["app"]["restart"] == "unless-stopped"
    assert "restart" not in services["migrate"]
    assert "restart" not in services["tool"]
    assert ("migrate", "restart", "converted") in {one[1:4] for one in entries}
    assert services["app"]["depends_on"] == {"media-db": {"condition": "service_healthy"}}
    override = tmp_path / "o.yaml"
    override.write_text(*texts.values())
    folder = tmp_path / "media"
    after = merged(folder, folder / "compose.yaml", override)["services"]
    assert {name: one["condition"] for name, one in after["app"]["depends_on"].items()} == {
        "media-db": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_services_of_one_name_in_two_stacks_keep_it_in_each(tmp_path):
    text = 'services: {app: {image: "x:1"}, web-app: {image: "x:1"}}\n'
    made, _, _ = improved(stack(tmp_path, text, "web").parent, stack(tmp_path, text, "shop"))
    assert {frozenset(services) for services in made.values()} == {frozenset({"app", "web-app"})}
    assert sorted(made) == [
        "compose/shop/compose.override.yaml",
        "compose/web/compose.override.yaml",
    ]


CIRCLE = """
services:
  one: {image: "postgres:16", environment: {OTHER: "http://two:80", DATABASE_URL: "postgres://two/x"}}
  two: {image: "postgres:16", environment: {DATABASE_URL: "postgres://one/x"}, depends_on: [one]}
"""


def test_no_circle_is_made(tmp_path):
    made, _, texts = improved(stack(tmp_path, CIRCLE))
    services = only(made)
    assert services["two"]["depends_on"] == {"one": {"condition": "service_healthy"}}
    assert "depends_on" not in services["one"]
    override = tmp_path / "o.yaml"
    override.write_text(*texts.values())
    merged(tmp_path / "media", tmp_path / "media" / "compose.yaml", override)


STATED = {
    "plain": 'image: "x:1"',
    "kept": 'image: "x:1", mem_reservation: 512m',
    "swarm": 'image: "x:1", deploy: {resources: {limits: {cpus: "1"}}}',
}


def test_limits_fit_reservations_and_deploy(tmp_path):
    known = "host: nas, project: media, memory: 100MiB, from: 'media/compose.yaml:2'"
    lines = "".join(f"  {name}: {{{keys}, {known}}}\n" for name, keys in STATED.items())
    material = material_from(f"{HOST.format(runtime='podman')}services:\n{lines}")
    ledger = Ledger("compose")
    (file,) = overrides(material, ledger, STATED)
    services = yaml.safe_load(file.text)["services"]
    assert services["plain"]["mem_limit"] == "150m"
    assert services["plain"]["mem_reservation"] == "100m"
    assert services["kept"]["mem_limit"] == "512m"
    assert "mem_reservation" not in services["kept"]
    assert "mem_limit" not in services["swarm"]
    assert services["swarm"]["deploy"] == {
        "resources": {"limits": {"memory": "150m"}, "reservations": {"memory": "100m"}}
    }
    assert statuses(ledger.entries(), "deploy") == {"approximated"}
    written = "".join(f"  {name}: {{{keys}}}\n" for name, keys in STATED.items())
    folder = stack(tmp_path, f"services:\n{written}")
    override = tmp_path / "o.yaml"
    override.write_text(file.text)
    after = merged(folder, folder / "compose.yaml", override)["services"]
    assert after["swarm"]["deploy"]["resources"]["limits"]["cpus"] == 1


PLAIN = 'services: {web: {image: "x:1", restart: always}}\n'


def test_logs_end_where_docker_is_known_to_run_it(tmp_path):
    services = only(improved(stack(tmp_path / "a", PLAIN), runtime="docker 27.1")[0])
    assert services["web"]["logging"]["options"]["max-size"] == "10m"
    assert improved(stack(tmp_path / "b", PLAIN))[0] == {}
    assert improved(stack(tmp_path / "c", PLAIN), runtime="podman 5.4")[0] == {}


def test_a_container_of_podman_needs_a_unit_to_come_back(tmp_path):
    folder = stack(tmp_path, 'services: {web: {image: "x:1"}}\n')
    _, entries, _ = improved(folder, runtime="podman 5.4")
    assert any("podman-restart" in one.text for one in entries if one.key == "restart")


VALUE = "a-value-that-is-not-shown-42"


def test_no_value_of_a_variable_is_in_what_is_added(tmp_path):
    text = f"""
services:
  db:
    image: "postgres:16"
    environment: {{POSTGRES_PASSWORD: {VALUE}}}
  app: {{image: "x:1", environment: {{DATABASE_URL: "postgres://u:{VALUE}@db/x"}}}}
"""
    _, entries, texts = improved(stack(tmp_path, text))
    assert texts
    assert all(VALUE not in text for text in texts.values())
    assert all(VALUE not in one.text for one in entries)


@pytest.mark.parametrize("path", [EXAMPLE, *STACKS])
def test_the_ledger_speaks_of_every_key_of_every_service_once(path):
    material = material_of(path)
    ledger = Ledger("compose")
    names = [name for name in material.chosen if material.service(name).is_container]
    overrides(material, ledger, names)
    entries = ledger.entries()
    spoken = {(one.service, one.key) for one in entries}
    assert len(spoken) == len(entries)
    for name in {one.service for one in entries}:
        assert {(name, key) for key in material.specs[name].keys} <= spoken
    assert not ledger.blocking()


@pytest.mark.parametrize("path", [EXAMPLE, *STACKS])
def test_the_order_of_the_names_does_not_matter(path):
    material = material_of(path)
    names = sorted(material.chosen)
    forth = overrides(material, Ledger("compose"), names)
    assert overrides(material, Ledger("compose"), names[::-1]) == forth


def sources(path, material, label):
    """Return the files of a stack as Compose reads them: those of COMPOSE_FILE, or its folder's."""
    listed = ROOT / path / ".env"
    text = listed.read_text(encoding="utf-8") if listed.is_file() else ""
    asked = [
        line.partition("=")[2] for line in text.splitlines() if line.startswith("COMPOSE_FILE=")
    ]
    if asked:
        return [ROOT / path / one for one in asked[0].split(":")]
    named = {
        (material.service(name).origin or "").rpartition(":")[0]
        for name in material.chosen
        if material.stacks[name] == label
    }
    every = sorted((ROOT / path).rglob("*.y*ml"))
    found = [one for one in every if any(str(one).endswith(name) for name in named)]
    top = min(len(one.parts) for one in found)
    own = [one for one in found if len(one.parts) == top]
    return sorted(own, key=lambda one: "override" in one.name)


@pytest.mark.parametrize("path", [one for one in STACKS if (ROOT / one).is_dir()])
def test_compose_takes_what_is_added_to_every_sample(path, tmp_path):
    material = material_of(path)
    names = [name for name in material.chosen if material.service(name).is_container]
    for file in overrides(material, Ledger("compose"), names):
        own = sources(path, material, file.path.split("/")[1])
        before = merged(own[0].parent, *own)
        override = tmp_path / "compose.override.yaml"
        override.write_text(file.text, encoding="utf-8")
        after = merged(own[0].parent, *own, override)
        assert after["services"].keys() == before["services"].keys()
