"""The Nix files of a kit: they parse, evaluate by the options of NixOS, and say what the YAML says.

K1 to K14, M1 to M9 and P1 to P21 are the mistakes of the guide's own Nix code; those of its
manifests are in test_guide_defects.py.
"""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from analyzer.kits.building import BUILDERS
from tests.kits.making import (
    EXAMPLES,
    HOSTS,
    kit_of,
    material_from,
    material_of,
    tool,
    yaml_documents,
)

NIX = Path(__file__).parent / "nix"
HOME = "examples/home/inventory.yaml"
THREE = """
hosts:
  a: {arch: amd64, memory: 8GiB, os: nixos, site: x, cluster: candidate, addresses: [10.0.0.1]}
  b: {arch: amd64, memory: 8GiB, os: nixos, site: x, cluster: candidate, addresses: [10.0.0.2]}
  c: {arch: amd64, memory: 8GiB, os: nixos, site: x, cluster: candidate, addresses: [10.0.0.3]}
services:
  web: {host: a, image: "nginx:1", ports: ["80:80"]}
"""


def placed(kit, folder):
    for path, file in kit.files.items():
        target = folder.joinpath(*path.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8")
    return folder


def nix(*words, folder):
    state = {"NIX_STATE_DIR": str(folder / "nix"), "NIX_STORE_DIR": str(folder / "store")}
    return subprocess.run(
        [tool("K8SADVISOR_NIX_INSTANTIATE", "nix-instantiate"), *words],
        env={**os.environ, **state},
        capture_output=True,
        text=True,
        check=False,
    )


def evaluated(modules, wanted, folder):
    """Return what a function of the configuration gives; the modules are Nix expressions."""
    text = (
        f"import {NIX / 'check.nix'} {{ modules = [ {' '.join(modules)} ]; wanted = {wanted}; }}"
    )
    done = nix("--eval", "--strict", "--json", "-E", text, folder=folder)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def refused(modules, folder, wanted="config: config.services.k3s"):
    text = (
        f"import {NIX / 'check.nix'} {{ modules = [ {' '.join(modules)} ]; wanted = {wanted}; }}"
    )
    done = nix("--eval", "--strict", "--json", "-E", text, folder=folder)
    assert done.returncode != 0
    return done.stderr


@pytest.mark.parametrize("path", [HOME, "examples/nixos/storage.json"])
def test_improved_containers_evaluate_by_the_options_of_nixos(path, tmp_path):
    material = material_of(path)
    folder = placed(kit_of(material, "enhanced-podman"), tmp_path)
    files = sorted(folder.glob("nixos/*/containers/default.nix"))
    assert files
    for file in files:
        config = evaluated(
            [str(file)],
            "config: builtins.seq (builtins.deepSeq config.systemd 0)"
            " config.virtualisation.oci-containers.containers",
            tmp_path,
        )
        for name, one in config.items():
            service = next(
                each for each in material.specs.values() if material.labels[each.name] == name
            ).service
            assert one["image"].endswith(service.image.rpartition("/")[2])
            assert len(one["volumes"]) == len([m for m in service.mounts if m.kind != "tmpfs"])
            assert one["environment"] == {}
            assert bool(one["environmentFiles"]) == bool(service.environment or service.env_files)


def key(one):
    return one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]


@pytest.mark.parametrize("option", BUILDERS)
@pytest.mark.parametrize("path", EXAMPLES)
def test_every_nix_file_parses(path, option, tmp_path):
    made = placed(kit_of(material_of(path, base="/srv"), option), tmp_path)
    for file in sorted(made.rglob("*.nix")):
        done = nix("--parse", str(file), folder=tmp_path)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("text", [None, THREE])
def test_every_node_evaluates_by_the_options_of_nixos(text, tmp_path):
    material = material_of(HOME) if text is None else material_from(text)
    folder = placed(kit_of(material, "incremental"), tmp_path)
    hosts = sorted(folder.glob("hosts/*/*.nix"))
    assert hosts
    for host in hosts:
        wanted = "config: { inherit (config) services networking systemd assertions; }"
        config = evaluated([str(host)], wanted, tmp_path)
        assert config["services"]["k3s"]["enable"] is True
        assert all(one["assertion"] for one in config["assertions"])


def test_the_manifests_are_those_of_the_yaml_files(tmp_path):
    kit = kit_of(material_of(HOME), "incremental")
    folder = placed(kit, tmp_path)
    host = folder / "hosts" / "storage" / "k8s-server.nix"
    wanted = "config: config.services.k3s.manifests"
    made = evaluated([str(host)], wanted, tmp_path)
    written = {
        key(one): one
        for path, documents in yaml_documents(kit).items()
        if path.startswith("kubernetes/") and "kustomization" not in path and "interim" not in path
        for one in documents
    }
    assert {key(one["content"]): one["content"] for one in made.values()} == written
    names = sorted(made)
    assert names[0] == "00-home-namespace"  # namespaces first
    assert all(re.fullmatch(r"[a-z0-9]([-a-z0-9.]*[a-z0-9])?", name) for name in names)


def test_an_agent_has_no_manifests(tmp_path):
    folder = placed(kit_of(material_of(HOME), "incremental"), tmp_path)
    modules = [str(folder / "hosts/cloud/k8s-agent.nix"), str(folder / "modules/kubernetes")]
    assert evaluated(modules, "config: config.services.k3s.manifests", tmp_path) == {}


def k3s(host, kind, tmp_path, text=None):
    material = material_of(HOME) if text is None else material_from(text)
    folder = placed(kit_of(material, "incremental"), tmp_path)
    file = folder / "hosts" / host / f"k8s-{kind}.nix"
    wanted = 'config: { k3s = removeAttrs config.services.k3s [ "manifests" ]; inherit (config) networking systemd; }'
    return evaluated([str(file)], wanted, tmp_path)


def test_k1_the_token_is_a_file_and_no_text(tmp_path):
    made = k3s("storage", "server", tmp_path)["k3s"]
    assert made["token"] == ""
    assert made["tokenFile"] == "/run/agenix/k3s-token"


def test_k2_the_first_server_joins_nobody(tmp_path):
    made = k3s("storage", "server", tmp_path)["k3s"]
    assert made["serverAddr"] == ""
    assert made["clusterInit"] is False  # one server: SQLite


def test_k2_of_three_servers_one_begins_and_two_join(tmp_path):
    first = k3s("a", "server", tmp_path / "1", THREE)["k3s"]
    second = k3s("b", "server", tmp_path / "2", THREE)["k3s"]
    assert first["clusterInit"] is True
    assert second["clusterInit"] is False
    assert second["serverAddr"] == "https://10.0.0.1:6443"


def test_k3_the_cloud_controller_stays(tmp_path):
    assert not [
        flag for flag in k3s("storage", "server", tmp_path)["k3s"]["extraFlags"] if "cloud" in flag
    ]


def test_k4_the_kubeconfig_is_for_root_alone(tmp_path):
    flags = k3s("storage", "server", tmp_path)["k3s"]["extraFlags"]
    assert not [flag for flag in flags if "kubeconfig" in flag]


def test_k5_what_is_disabled_is_said_by_the_option_and_on_servers_only(tmp_path):
    assert k3s("storage", "server", tmp_path / "1")["k3s"]["disable"] == ["traefik", "servicelb"]
    assert k3s("cloud", "agent", tmp_path / "2")["k3s"]["disable"] == []


def test_k6_manifests_go_where_k3s_reads_them(tmp_path):
    folder = placed(kit_of(material_of(HOME), "incremental"), tmp_path)
    file = folder / "hosts/storage/k8s-server.nix"
    assert evaluated(
        [str(file)], "config: builtins.attrNames config.services.k3s.manifests", tmp_path
    )
    assert not any("environment.etc" in one.read_text() for one in folder.rglob("*.nix"))


def test_k7_the_way_back_deletes_in_the_cluster_as_well():
    kit = kit_of(material_of(HOME), "incremental")
    assert "--replicas=0" in kit.files["k8s/k8s.just"].text
    assert "delete it there as well" in kit.files["modules/kubernetes/kubernetes.nix"].text


def test_k8_there_is_an_agent(tmp_path):
    made = k3s("cloud", "agent", tmp_path)["k3s"]
    assert made["role"] == "agent"
    assert made["serverAddr"].startswith("https://storage.")
    assert made["tokenFile"]


def test_k9_sites_are_joined_by_wireguard(tmp_path):
    flags = k3s("storage", "server", tmp_path / "1")["k3s"]["extraFlags"]
    assert "--flannel-backend=wireguard-native" in flags
    one_site = k3s("a", "server", tmp_path / "2", THREE)["k3s"]["extraFlags"]
    assert not [flag for flag in one_site if "flannel" in flag]


def test_k10_the_firewall_opens_between_nodes_only(tmp_path):
    server = k3s("a", "server", tmp_path / "1", THREE)["networking"]["firewall"]["interfaces"]
    ports = {port for one in server.values() for port in one["allowedTCPPorts"]}
    assert ports == {6443, 10250, 2379, 2380}
    agent = k3s("cloud", "agent", tmp_path / "2")["networking"]["firewall"]["interfaces"]
    assert agent == {"tailscale0": {"allowedTCPPorts": [10250], "allowedUDPPorts": [51820]}}


def test_k11_labels_encryption_shutdown_names_and_copies(tmp_path):
    made = k3s("storage", "server", tmp_path)
    assert made["k3s"]["nodeLabel"] == ["topology.kubernetes.io/zone=home"]
    assert "--secrets-encryption" in made["k3s"]["extraFlags"]
    assert "--tls-san=storage" in made["k3s"]["extraFlags"]
    assert made["k3s"]["gracefulNodeShutdown"]["enable"] is True
    assert ".backup" in made["systemd"]["services"]["k3s-datastore-backup"]["script"]


def test_k12_no_flag_needs_a_shell(tmp_path):
    for host, kind in (("storage", "server"), ("cloud", "agent")):
        made = k3s(host, kind, tmp_path / host)["k3s"]
        assert not [flag for flag in made["extraFlags"] if "$" in flag or "`" in flag]


def test_k13_no_flag_that_the_package_cannot_do(tmp_path):
    flags = k3s("storage", "server", tmp_path)["k3s"]["extraFlags"]
    assert "--prefer-bundled-bin" not in flags


GENERIC = "modules/kubernetes/kubernetes.nix"
SERVER = '{ services.k3s.role = "server"; kubernetes.enable = true; }'
POD = '{ metadata.namespace = "x"; spec.template.spec.containers = [ { name = "a"; image = "a"; } ]; }'


@pytest.fixture
def generic(tmp_path):
    placed(kit_of(material_from(THREE), "incremental"), tmp_path)
    return str(tmp_path / GENERIC)


def test_m1_and_m2_what_is_made_is_no_option_of_its_own(generic, tmp_path):
    guide = "{ config, lib, ... }: { options.k.r = lib.mkOption { type = lib.types.attrsOf lib.types.anything; default = { }; }; config.k.made = 1; }"
    assert "does not exist" in refused([f"({guide})"], tmp_path, "config: config.k")
    module = f"{{ kubernetes.resources.deployments.a = {POD}; }}"
    assert evaluated([generic, SERVER, module], "config: config.services.k3s.manifests", tmp_path)


def test_m3_m4_no_resource_at_all_is_no_fault(generic, tmp_path):
    assert evaluated([generic, SERVER], "config: config.services.k3s.manifests", tmp_path) == {}


def test_m5_names_are_stable_and_tell_kinds_apart(generic, tmp_path):
    module = f'{{ kubernetes.resources.deployments.a = {POD}; kubernetes.resources.services.a = {{ metadata.namespace = "x"; spec = {{ }}; }}; }}'
    made = evaluated(
        [generic, SERVER, module],
        "config: builtins.attrNames config.services.k3s.manifests",
        tmp_path,
    )
    assert made == ["20-x-service-a", "40-x-deployment-a"]


def test_m6_every_kind_of_the_kit_has_an_option():
    from analyzer.kits.nixos.manifests import PLURALS  # noqa: PLC0415

    text = (Path(__file__).parents[2] / "analyzer/kits/nixos/modules/kubernetes.nix").read_text()
    for kind, plural in PLURALS.items():
        assert f"{plural} = kind " in text
        assert f'"{kind}"' in text


def test_m7_no_secret_is_a_kind(generic, tmp_path):
    module = '{ kubernetes.resources.secrets.a = { metadata.name = "a"; }; }'
    error = refused([generic, SERVER, module], tmp_path)
    assert "does not exist" in error


def test_m9_a_field_of_the_wrong_type_is_refused(generic, tmp_path):
    replicas = f'{{ kubernetes.resources.deployments.a = {POD} // {{ spec.replicas = "two"; }}; }}'
    assert "is not of type" in refused(
        [generic, SERVER, replicas], tmp_path, "config: config.services.k3s.manifests"
    )
    name = '{ kubernetes.resources.services.a = { metadata.name = "a_b"; spec = { }; }; }'
    assert "matching" in refused(
        [generic, SERVER, name], tmp_path, "config: config.services.k3s.manifests"
    )


def test_p1_the_guides_converter_does_not_even_parse(tmp_path):
    file = tmp_path / "guide.nix"
    file.write_text(
        '{ lib, ... }: { x = map (v: let parts = lib.splitString ":" v; in head parts) [ ]; }'
    )
    assert "undefined variable" in nix("--parse", str(file), folder=tmp_path).stderr


def nix_value(value):
    from analyzer.kits.printers.nix import expression  # noqa: PLC0415

    return expression(value)


def oci(service, tree):
    """Return the container of an inventory's service as oci-containers would have it."""
    options = [f"--add-host={one}" for one in service.extra_hosts]
    options += ["--network=host"] if service.network_mode == "host" else []
    made = {
        "image": service.image,
        **{
            name: [str(one) for one in tree.get(name) or ()]
            for name in ("ports", "volumes", "devices")
        },
        "environment": dict.fromkeys(service.environment, "a value"),
        "environmentFiles": list(service.env_files),
        "privileged": bool(service.privileged),
        "user": service.user,
        "extraOptions": options,
        "networks": list(service.networks),
    }
    return {key: value for key, value in made.items() if value}


def converted(material, containers, tmp_path, services):
    """Return the Nix converter's objects and the Python converter's, of the same services."""
    kit = kit_of(material, "incremental")
    folder = placed(kit, tmp_path)
    on = " ".join(f'"{name}".enable = lib.mkForce true;' for name in services)
    stub = tmp_path / "stub.nix"
    stub.write_text(
        "{ lib, ... }: {\n"
        f"  virtualisation.oci-containers.containers = {nix_value(containers)};\n"
        f"  kubernetes.fromContainers = {{ {on} }};\n"
        '  kubernetes.enable = true; services.k3s.role = "server";\n}\n'
    )
    base = folder / "modules" / "kubernetes"
    modules = [
        str(base / name) for name in ("kubernetes.nix", "podman-to-k8s.nix", "from-containers.nix")
    ]
    wanted = "config: { manifests = map (one: one.content) (builtins.attrValues config.services.k3s.manifests); running = builtins.mapAttrs (_: one: one.autoStart) config.virtualisation.oci-containers.containers; inherit (config) warnings assertions; }"
    made = evaluated([*modules, str(stub)], wanted, tmp_path)
    documents = {
        key(one): one
        for path, listed in yaml_documents(kit).items()
        if path.startswith(("kubernetes/home-", "kubernetes/estate-"))
        for one in listed
        if one["kind"] in ("Deployment", "StatefulSet", "Service")
    }
    return made, {key(one): one for one in made["manifests"]}, documents


def test_the_converter_module_makes_what_the_python_converter_makes(tmp_path):
    material = material_of(HOME)
    from analyzer.inventory.loading import load_inventory  # noqa: PLC0415
    from analyzer.inventory.reading import Written  # noqa: PLC0415

    written = Written({}, {})
    load_inventory([str(Path(__file__).parents[2] / HOME)], (), written)
    names = [name for name in sorted(material.wave_of) if material.service(name).is_container]
    containers = {name: oci(material.service(name), written.services[name]) for name in names}
    made, ours, theirs = converted(material, containers, tmp_path, names)
    assert len(names) > 20
    # Ports that only the rules know for an image make a Service that no container can tell of.
    known = {name for name, one in ours.items()} & theirs.keys()
    assert {name for name in theirs if name[0] != "Service"} <= known
    for name in sorted(known):
        assert ours[name] == theirs[name], name
    assert made["warnings"] == []
    assert set(made["running"].values()) == {False}


ODD = {
    "image": "x:1",
    "ports": ["127.0.0.1:8080:80", "53:53", "53:53/udp", "30000-30002:9000-9002", "[::1]:81:81"],
    "volumes": ["/a:/a:ro,z", "/a:/b", "data:/data", "/anonymous", "/x/app.db:/db", "/other/a:/c"],
    "cmd": ["serve", "$(date)", "100%"],
    "entrypoint": "/start",
    "user": "1000:100",
    "workdir": "/srv",
    "hostname": "Box",
    "environment": {"TOKEN": "x", "TZ": "y"},
    "environmentFiles": ["/run/agenix/a", "/run/agenix/b"],
    "capabilities": {"NET_ADMIN": True, "CHOWN": False},
    "extraOptions": ["--device", "/dev/dri", "--cap-add=SYS_TIME", "--add-host=db:10.0.0.5"],
}
ODD_KEYS = """
ports: ["127.0.0.1:8080:80", "53:53", "53:53/udp", "30000-30002:9000-9002", "[::1]:81:81"]
volumes: ["/a:/a:ro,z", "/a:/b", "data:/data", "/anonymous", "/x/app.db:/db", "/other/a:/c"]
command: [serve, "$(date)", "100%"]
entrypoint: [/start]
user: "1000:100"
working_dir: /srv
hostname: Box
environment: [TOKEN, TZ]
env_files: [/run/agenix/a, /run/agenix/b]
cap_add: [NET_ADMIN, SYS_TIME]
cap_drop: [CHOWN]
devices: [/dev/dri]
extra_hosts: ["db:10.0.0.5"]
"""


def test_p2_to_p17_the_converter_module_reads_every_form_as_the_python_converter_does(tmp_path):
    lines = "\n".join(f"    {line}" for line in ODD_KEYS.strip().splitlines())
    hosts = HOSTS.replace("{arch", "{os: nixos, arch")
    text = f"{hosts}services:\n  2fauth:\n    host: nas\n    runtime: podman\n    image: x:1\n{lines}\n"
    material = material_from(text, services=["2fauth"])
    made, ours, theirs = converted(material, {"2fauth": ODD}, tmp_path, ["2fauth"])
    assert ours.keys() == theirs.keys()
    for name, one in theirs.items():
        pods = [each["spec"].get("template", {}).get("spec", {}) for each in (ours[name], one)]
        for field in pods[1]:
            if field == "containers":
                for key_there in pods[1][field][0]:
                    assert pods[0][field][0][key_there] == pods[1][field][0][key_there], key_there
            assert pods[0][field] == pods[1][field], field
        assert ours[name] == one
    assert made["running"] == {"2fauth": False}  # P18: nothing runs twice


def test_p15_options_that_are_not_understood_are_told(tmp_path):
    hosts = HOSTS.replace("{arch", "{os: nixos, arch")
    material = material_from(
        f"{hosts}services:\n  a: {{host: nas, image: 'x:1'}}\n", services=["a"]
    )
    container = {"image": "x:1", "extraOptions": ["--ulimit=nofile=1", "--gpus", "all"]}
    made, _, _ = converted(material, {"a": container}, tmp_path, ["a"])
    assert len(made["warnings"]) == 2


def test_p18_nothing_is_converted_that_is_not_switched_on(tmp_path):
    hosts = HOSTS.replace("{arch", "{os: nixos, arch")
    material = material_from(
        f"{hosts}services:\n  a: {{host: nas, image: 'x:1'}}\n", services=["a"]
    )
    made, ours, _ = converted(material, {"a": {"image": "x:1"}}, tmp_path, [])
    assert ours == {}
    assert made["running"] == {"a": True}


def test_second_attempt_1_and_9_to_11_manifests_are_content_and_no_unit_calls_kubectl(tmp_path):
    folder = placed(kit_of(material_of(HOME), "incremental"), tmp_path)
    for file in folder.rglob("*.nix"):
        text = file.read_text()
        assert "kubectl" not in text
        assert "kubeconfig-mode" not in text
        assert "$(" not in text or file.name == "podman-to-k8s.nix"
    error = refused(
        ['{ services.k3s.manifests.a = { apiVersion = "v1"; }; }'],
        tmp_path,
        "config: config.services.k3s.manifests",
    )
    assert "does not exist" in error


JOBS = """
hosts: {nas: {arch: amd64, os: nixos, runtime: podman 5.4, cluster: candidate}}
services:
  app:
    host: nas
    image: "a:1"
    container_name: the-app
    restart: on-failure
    depends_on: {setup: {condition: service_completed_successfully}, bad: {}, soft: {kind: soft}}
  setup: {host: nas, image: "a:1"}
  soft: {host: nas, image: "a:1"}
  bad: {host: nas, build: .}
  nightly: {host: nas, image: "a:1", schedule: "*-*-* 04:00"}
  inner: {host: nas, image: "a:1", network_mode: "service:app"}
"""


def test_jobs_order_and_names_of_nixos_containers(tmp_path):
    folder = placed(kit_of(material_from(JOBS), "enhanced-podman"), tmp_path)
    file = folder / "nixos/nas/containers/default.nix"
    wanted = (
        "config: { c = config.virtualisation.oci-containers.containers;"
        " inherit (config.systemd) services timers; }"
    )
    made = evaluated([str(file)], wanted, tmp_path)
    assert "bad" not in made["c"]
    assert made["c"]["the-app"]["dependsOn"] == [
        "setup"
    ]  # what has no container is not waited for
    assert made["c"]["inner"]["dependsOn"] == ["the-app"]
    assert made["c"]["inner"]["extraOptions"][-1] == "--network=container:the-app"
    assert made["services"]["podman-the-app"]["serviceConfig"]["Restart"] == "on-failure"
    assert made["services"]["podman-the-app"]["wants"] == ["podman-soft.service"]
    assert made["services"]["podman-setup"]["serviceConfig"]["Restart"] == "no"
    assert made["c"]["nightly"]["autoStart"] is False
    assert made["timers"]["podman-nightly"]["timerConfig"]["OnCalendar"] == "*-*-* 04:00"
