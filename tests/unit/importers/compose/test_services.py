from analyzer.importers.compose.services import SOCKET, profiles
from analyzer.inventory.services import SERVICE
from analyzer.tree import Resolved
from tests.unit.importers.compose.project import draft, service
from tests.unit.inventory.nodes import node


def test_a_service_in_native_keys(tmp_path):
    text = """services:
  a:
    image: "app:${TAG}"
    environment: [TAG, "PW=${PW:-x}", OUT]
    env_file: [one.env, {path: two.env, required: false}]
    labels: {own: "1"}
    deploy: {labels: {swarm: "1", own: "2"}, replicas: 2}
    volumes: [./d:/d, v:/v]
    restart: always
    attach: false
    read_only: true
volumes: {v: }
"""
    read = service(tmp_path, text, **{".env": "TAG=7\n", "one.env": ""})
    assert read["image"] == "app:7"
    assert read["image"].written == "app:${TAG}"
    assert read["environment"] == {"TAG": "7", "PW": "x", "OUT": None}
    assert all(type(read["environment"][name]) is Resolved for name in ("TAG", "PW"))
    assert read["env_files"] == ["./stack/one.env", "./stack/two.env"]
    assert read["labels"] == {"swarm": "1", "own": "1"}
    assert read["deploy"] == {"replicas": "2"}
    assert read["volumes"] == ["./stack/d:/d", "stack_v:/v"]
    assert (read["read_only"], "attach" in read) == ("true", False)
    assert not SERVICE.scan(read).faults


def test_what_cannot_be_known_is_not_there(tmp_path):
    text = """services:
  a: {image: x, mem_limit: "${M}", cpus: "${C:-}", user: "${U}", deploy: {replicas: "${R}"}}
"""
    read = draft(tmp_path, {"compose.yaml": text})
    assert read.tree["services"]["a"].keys() == {"image", "deploy", "network"}
    broken = [remark.path for remark in read.remarks if remark.reach == "broken"]
    assert broken == ["services.a.mem_limit", "services.a.user", "services.a.deploy.replicas"]


def test_mounts_are_taken_over_from_other_services(tmp_path):
    text = """services:
  a: {image: x, volumes: ["./own:/own", "./mine:/both"], volumes_from: ["b:ro", c, gone, 'container:other']}
  b: {image: y, volumes: ["./b:/b", "./b2:/both", {type: bind, source: ./l, target: /l}, /anon]}
  c: {image: z, volumes: ["v:/v"]}
volumes: {v: }
"""
    read = draft(tmp_path, {"compose.yaml": text}).tree["services"]["a"]
    long = {"type": "bind", "source": "./l", "target": "/l", "read_only": "true"}
    expected = ["./own:/own", "./mine:/both", "./b:/b:ro", long, "/anon"]
    assert [item for item in read["volumes"] if "_v" not in item] == expected
    assert read["volumes"][-1].endswith("_v:/v")
    assert list(read["depends_on"]) == ["b", "c"]
    assert read["volumes_from"] == ["container:other"]


def test_runtimes_providers_and_the_socket(tmp_path):
    text = """services:
  a: {image: x, runtime: nvidia, use_api_socket: true}
  b: {image: x, runtime: io.containerd.wasm.v1}
  c: {provider: {type: model, options: {model: x}}}
"""
    services = draft(tmp_path, {"compose.yaml": text}).tree["services"]
    assert services["a"]["runtime"] == "nvidia"
    assert services["a"]["volumes"] == [f"{SOCKET}:{SOCKET}"]
    assert services["b"]["x-compose"] == {"runtime": "io.containerd.wasm.v1"}
    assert services["c"]["runtime"] == "external"
    assert not any(SERVICE.scan(one).faults for one in services.values())


def test_a_health_check_is_kept_as_it_is_written(tmp_path):
    text = "services: {a: {image: x, healthcheck: {test: 'ping ${PW}', interval: '${I}'}}}\n"
    read = service(tmp_path, text)
    assert read["healthcheck"] == {"test": "ping ${PW}"}
    assert type(read["healthcheck"]["test"]) is Resolved


def test_profiles_are_names():
    assert profiles(node("{profiles: [a, b]}")) == {"a", "b"}
    assert profiles(node("{}")) == set()
