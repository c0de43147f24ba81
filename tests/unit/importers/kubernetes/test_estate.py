"""Objects as drafts."""

from analyzer.inventory.hosts import HOST, VOLUME
from analyzer.inventory.services import SERVICE
from tests.importers.kubernetes_reading import deployment, made, read, remarks, sample


def owned(kind, name, owner, **spec):
    one = made(kind, name, spec)
    one["metadata"]["ownerReferences"] = [{"kind": "x", "name": owner}]
    return one


def test_a_namespace_is_a_project_and_default_is_none():
    drafts = read(deployment("a"), deployment("b", namespace="media"))
    assert [(draft.project, list(draft.tree["services"])) for draft in drafts] == [
        (None, ["a"]),
        ("media", ["b"]),
    ]


def test_what_others_make_is_said_and_tells_the_node():
    pod = owned("Pod", "app-5d8f-x", "app-5d8f", nodeName="attic")
    pod["metadata"]["labels"] = {"pod-template-hash": "5d8f"}
    drafts = read(deployment(), owned("ReplicaSet", "app-5d8f", "app"), pod)
    assert drafts[0].tree["services"]["app"]["host"] == "attic"
    assert set(drafts[0].tree["services"]) == {"app"}
    assert {path for path, _ in remarks(*drafts)} == {"Pod/app-5d8f-x", "ReplicaSet/app-5d8f"}


def test_pods_on_two_nodes_tell_no_host():
    pods = [owned("Pod", f"app-{node}", "app", nodeName=node) for node in ("one", "two")]
    assert "host" not in read(deployment(), *pods)[0].tree["services"]["app"]


def test_a_host_that_the_user_names_is_for_what_names_none():
    drafts = read(deployment("a"), deployment("b", pod={"nodeName": "attic"}), host="cellar")
    hosts = {name: entry["host"] for name, entry in drafts[0].tree["services"].items()}
    assert hosts == {"a": "cellar", "b": "attic"}


def test_two_workloads_of_one_name_are_told_apart_by_kind():
    job = made("CronJob", "app", {"jobTemplate": {"spec": {"template": {"spec": {}}}}})
    assert list(read(job, deployment())[0].tree["services"]) == ["app", "app-cronjob"]


def test_volumes_of_the_sample():
    assert sample("photos.yaml")["photos"].tree["volumes"] == {
        "photos/library": {"storage": "shared", "driver": "nfs-csi"},
        "photos/data-postgres": {"storage": "local", "driver": "local-path"},
        "nas.lan/export/backup": {"storage": "shared", "driver": "nfs"},
    }


def test_the_sample_in_native_keys():
    postgres = sample("photos.yaml")["photos"].tree["services"]["postgres"]
    assert {key: postgres[key] for key in ("environment", "limits", "secrets", "volumes")} == {
        "environment": {"POSTGRES_USER": "photos", "POSTGRES_PASSWORD": None},
        "limits": {"memory": "512000000", "cpus": "0.5"},
        "secrets": ["photos-db"],
        "volumes": ["photos/data-postgres:/var/lib/postgresql/data"],
    }


def test_native_readers_take_every_entry_of_the_samples():
    for draft in sample("photos.yaml", "home.yaml").values():
        for section, record in (("services", SERVICE), ("volumes", VOLUME), ("hosts", HOST)):
            for name, entry in draft.tree.get(section, {}).items():
                assert record.scan(entry).faults == [], name


def test_what_the_samples_leave_unread_is_what_is_not_rendered():
    drafts = sample("photos.yaml", "home.yaml").values()
    unread = [path for path, reach in remarks(*drafts) if reach in ("not understood", "broken")]
    assert unread == ["HelmChart/grafana"]


def test_the_order_of_files_does_not_matter():
    one, other = sample("photos.yaml", "home.yaml"), sample("home.yaml", "photos.yaml")
    for project in ("photos", "home", "monitoring"):
        assert one[project].tree == other[project].tree


def test_a_manifest_that_podman_made():
    drafts = sample("podman-shop.yaml")
    entry = drafts[None].tree["services"]["web-pod"]
    assert entry["ports"] == ["8080:80/tcp", "31073:80/tcp"]
    assert entry["volumes"] == ["/srv/site:/data:ro", "dbdata:/var/lib/postgresql/data"]
    assert entry["tmpfs"] == ["/run"]
    assert entry["x-kubernetes"]["containers"] == {"db": "localhost/web:1"}
    assert not {"broken", "not understood"} & {reach for _, reach in remarks(*drafts.values())}
