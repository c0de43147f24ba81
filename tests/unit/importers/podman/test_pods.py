"""Pods without a recording: who holds the network, and what is the pod's."""

from tests.importers.engine_reading import drafts, services

INFRA, APP, REDIS, POD = ("1" * 64, "2" * 64, "3" * 64, "9" * 64)


def container(identifier, name, **keys):
    host = {"NetworkMode": f"container:{INFRA}"} | keys.pop("HostConfig", {})
    return {"Id": identifier, "Name": name, "Pod": POD, "Config": {}, "HostConfig": host, **keys}


def infra():
    joined = {"back": {"Aliases": ["media", INFRA[:12]]}}
    return container(
        INFRA,
        "9-infra",
        IsInfra=True,
        HostConfig={
            "NetworkMode": "bridge",
            "PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": "8080"}]},
        },
        NetworkSettings={"Networks": joined},
    )


def test_the_first_that_needs_no_other_holds_the_network():
    app = container(APP, "app", Dependencies=[INFRA, REDIS])
    found = services(drafts([app, container(REDIS, "redis"), infra()]))
    assert found["redis"]["network"] == {"back": {"aliases": ["media"]}}
    assert found["redis"]["ports"] == ["8080:80"]
    assert found["app"]["network"] == "service:redis"
    assert found["app"]["depends_on"] == {"redis": None}
    assert "ports" not in found["app"]


def test_only_the_pod_itself_was_inspected():
    pod = {
        "Id": POD,
        "Name": "media",
        "InfraConfig": {
            "PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": "8080"}]},
            "HostNetwork": False,
            "Networks": ["back"],
        },
    }
    found = services(drafts([container(APP, "app"), container(REDIS, "redis")], [pod]))
    assert found["app"]["network"] == {"back": None}
    assert found["app"]["ports"] == ["8080:80"]
    assert found["redis"]["network"] == "service:app"


def test_a_pod_that_shares_no_network():
    alone = {"NetworkMode": "bridge"}
    found = services(
        drafts([container(APP, "app", HostConfig=alone), container(REDIS, "db", HostConfig=alone)])
    )
    assert found["app"]["network"] == found["db"]["network"] == "bridge"


def test_rows_of_ps_that_publish_the_same_ports_share_a_network():
    ports = [{"host_ip": "", "container_port": 80, "host_port": 80, "range": 1, "protocol": "tcp"}]
    rows = [
        {"Id": APP, "Names": ["torrent"], "State": "running", "Networks": [], "Ports": ports},
        {"Id": REDIS, "Names": ["vpn"], "State": "running", "Networks": ["x"], "Ports": ports},
    ]
    found = services(drafts(rows))
    assert found["vpn"]["ports"] == ["80:80"]
    assert found["torrent"]["network"] == "service:vpn"
    assert "ports" not in found["torrent"]
