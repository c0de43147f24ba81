"""Nothing is dropped: every key of the specification is used, kept, or said to have no bearing.

The lists are those of the specification's JSON Schema:
https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json
"""

import pytest

from analyzer.importers.compose.keys import KEYS, Key, account, cleaned
from analyzer.inventory.services import SERVICE
from tests.unit.importers.compose.project import draft
from tests.unit.inventory.nodes import node

SERVICE_KEYS = """
annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs
container_name cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares
cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt
dns_search domainname entrypoint env_file environment expose extends external_links extra_hosts gpus
group_add healthcheck hostname image init ipc isolation label_file labels links logging mac_address
mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable
oom_score_adj pid pids_limit platform ports post_start pre_stop privileged profiles provider
pull_policy pull_refresh_after read_only restart runtime scale secrets security_opt shm_size
stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user
userns_mode uts volumes volumes_from working_dir
""".split()
NESTED = {
    "": "version name include services models networks volumes secrets configs",
    "include": "path env_file project_directory",
    "services.*.build": "context dockerfile dockerfile_inline entitlements args ssh labels cache_from"
    " cache_to no_cache additional_contexts network pull target shm_size extra_hosts isolation"
    " privileged secrets tags ulimits platforms provenance sbom",
    "services.*.depends_on.*": "restart required condition",
    "services.*.deploy": "mode endpoint_mode replicas labels rollback_config update_config resources"
    " restart_policy placement",
    "services.*.deploy.resources": "limits reservations",
    "services.*.deploy.resources.limits": "cpus memory pids",
    "services.*.deploy.resources.reservations": "cpus memory generic_resources devices",
    "services.*.deploy.resources.reservations.devices": "capabilities count device_ids driver options",
    "services.*.devices": "source target permissions",
    "services.*.env_file": "path format required",
    "services.*.extends": "service file",
    "services.*.healthcheck": "disable interval retries test timeout start_period start_interval",
    "services.*.networks.*": "aliases interface_name ipv4_address ipv6_address link_local_ips"
    " mac_address driver_opts priority gw_priority",
    "services.*.ports": "name mode host_ip target published protocol app_protocol",
    "services.*.provider": "type options",
    "services.*.secrets": "source target uid gid mode",
    "services.*.configs": "source target uid gid mode",
    "services.*.volumes": "type source target read_only consistency bind volume tmpfs image",
    "networks.*": "name driver driver_opts ipam external internal enable_ipv4 enable_ipv6 attachable"
    " labels",
    "volumes.*": "name driver driver_opts external labels",
    "secrets.*": "name environment file external labels driver driver_opts template_driver",
    "configs.*": "name content environment file external labels template_driver",
}


def at(place: str) -> dict[str, Key]:
    """Return the keys known at a place."""
    level = dict(KEYS)
    for step in place.split(".") if place else ():
        level = level[step].below
    return level


def test_the_list_is_whole():
    assert len(SERVICE_KEYS) == len(set(SERVICE_KEYS)) == 92


@pytest.mark.parametrize("key", SERVICE_KEYS)
def test_every_key_of_a_service_has_its_treatment(key):
    known = at("services.*")[key]
    assert known.treatment == "used" or known.why
    if known.treatment == "kept":
        native = {field.key for field in SERVICE.fields} | SERVICE.ignored
        assert key in native, "what is kept is a key that the inventory takes"


@pytest.mark.parametrize("place", NESTED)
def test_every_nested_key_has_its_treatment(place):
    assert set(NESTED[place].split()) <= set(at(place))
    assert all(known.treatment == "used" or known.why for known in at(place).values())


@pytest.mark.parametrize("key", SERVICE_KEYS)
def test_every_key_is_seen_again_in_the_tree_or_in_a_remark(tmp_path, key):
    values = {
        "extends": "b",
        "links": "[b]",
        "ports": "['80']",
        "volumes": "[/x]",
        "depends_on": "[b]",
        "network_mode": "host",
        "networks": "[n]",
        "build": ".",
        "deploy": "{replicas: 2}",
        "healthcheck": "{test: x}",
        "label_file": "l.env",
        "env_file": "e.env",
        "devices": "[/dev/x]",
        "gpus": "all",
        "use_api_socket": "true",
        "provider": "{type: x}",
        "environment": "{A: '1'}",
        "labels": "{a: '1'}",
        "secrets": "[s]",
        "volumes_from": "[b]",
        "tmpfs": "/t",
        "cap_add": "[X]",
        "expose": "['1']",
        "extra_hosts": "['a:192.0.2.1']",
        "runtime": "other",
    }
    text = f"services:\n  a: {{image: x, {key}: {values.get(key, '[x]')}}}\n"
    text = text.replace("{image: x, image: [x]}", "{image: x}")
    text += "  b: {image: y, volumes: ['v:/v'], user: '7'}\nnetworks: {n: }\nvolumes: {v: }\n"
    read = draft(tmp_path, {"compose.yaml": text, "l.env": "l=1\n"})
    tree = read.tree["services"]["a"]
    default = {f"{read.project}_default": None}
    changed = tree != {"image": "x", "network": default} or key == "image"
    said = any(remark.path.startswith(f"services.a.{key}") for remark in read.remarks)
    assert changed or said
    used = KEYS["services"].below["*"].below[key].treatment == "used"
    assert changed or not used, "what is used changes what is read"


def test_what_no_specification_knows_is_said_with_its_place(tmp_path):
    text = """services:
  a:
    image: x
    enviroment: {A: hunter2}
    deploy: {replica: 2, replicas: 2}
    ports: [{target: 80, publish: 8080}]
    build: {contex: .}
    x-mine: hunter2
surprise: hunter2
volumes: {v: {drivers: x}}
"""
    read = draft(tmp_path, {"compose.yaml": text})
    said = {remark.path: remark for remark in read.remarks if remark.reach == "not understood"}
    assert sorted(said) == [
        "services.a.build.contex",
        "services.a.deploy.replica",
        "services.a.enviroment",
        "services.a.ports[0].publish",
        "surprise",
        "volumes.v.drivers",
    ]
    assert "did you mean 'environment'?" in said["services.a.enviroment"].text
    assert said["surprise"].mark >> 27 == 9
    assert not any("hunter2" in remark.text for remark in read.remarks)
    assert not SERVICE.scan(read.tree["services"]["a"]).faults


def test_extensions_have_no_bearing():
    (remark,) = account(node("{x-note: {image: y}}"))
    assert (remark.path, remark.reach) == ("x-note", "no bearing")


def test_cleaning_keeps_what_is_used_or_kept():
    key = at("services.*")["deploy"]
    value = node("{replicas: 2, mode: global, what: 1, resources: {limits: {memory: 1g, x: 2}}}")
    expected = {"replicas": "2", "mode": "global", "resources": {"limits": {"memory": "1g"}}}
    assert cleaned(value, key) == expected
    assert cleaned("text", key) == "text"
    ports = node("['80:80', {target: 1, publish: 2}]")
    assert cleaned(ports, at("services.*")["ports"]) == ["80:80", {"target": "1"}]
