from tests.unit.importers.quadlet.units_in import draft_of

MEMBER = "[Container]\nImage=q\nPod=p.pod\n"
POD = "[Pod]\nPublishPort=80:80\nNetwork=n.network\nVolume=/srv:/srv:ro\nAddHost=x:10.0.0.1\nIP=10.0.0.9\n"


def pod(**members: str) -> dict:
    units = {f"{name}.container": MEMBER + text for name, text in members.items()}
    return draft_of({**units, "p.pod": POD, "n.network": "[Network]\n"}).tree["services"]


def test_the_first_member_that_needs_no_other_holds_the_network():
    services = pod(app="[Unit]\nRequires=db.service\n", db="PublishPort=5432:5432\n", web="")
    assert services["db"]["network"] == {"systemd-n": None}
    assert [services[name]["network"] for name in ("app", "web")] == ["service:db"] * 2
    assert list(services["db"]["ports"]) == ["5432:5432", "80:80"]
    assert services["db"]["x-quadlet"]["Pod"] == {"IP": "10.0.0.9"}


def test_every_member_has_the_mounts_and_host_names_of_the_pod():
    for entry in pod(a="Volume=v:/v\n", b="").values():
        assert "/srv:/srv:ro" in entry["volumes"]
        assert list(entry["extra_hosts"]) == ["x:10.0.0.1"]


def test_a_circle_of_members_still_has_one_holder():
    services = pod(a="[Unit]\nAfter=b.service\n", b="[Unit]\nAfter=a.service\n")
    assert services["b"]["network"] == "service:a"


def test_a_pod_without_members_and_a_member_without_pod_are_said():
    draft = draft_of({"p.pod": POD, "a.container": "[Container]\nImage=q\nPod=q.pod\n"})
    found = {(remark.path, remark.reach) for remark in draft.remarks}
    assert ("p.pod", "no bearing") in found
    assert ("a.container.Container.Pod", "broken") in found
    assert "network" not in draft.tree["services"]["a"]
