from tests.unit.importers.quadlet.units_in import draft_of, service_of

BASE = "[Container]\nImage=q\n"


def test_flags_with_a_key_of_their_own_add_to_it():
    text = BASE + "PublishPort=80:80\nPodmanArgs=-p 81:81 --publish=82:82 -e A=1 -eB=2 --env C\n"
    text += "PodmanArgs=--volume /a:/b --network lan --cap-add=NET_ADMIN --device /dev/x -l k=v\n"
    entry = service_of(text)
    assert list(entry["ports"]) == ["80:80", "81:81", "82:82"]
    assert entry["environment"] == {"A": "1", "B": "2", "C": None}
    assert list(entry["volumes"]) == ["/a:/b"]
    assert entry["network"] == {"lan": None}
    assert (list(entry["cap_add"]), list(entry["devices"])) == (["NET_ADMIN"], ["/dev/x"])
    assert entry["labels"] == {"k": "v"}


def test_flags_without_a_key():
    entry = service_of(BASE + "PodmanArgs=--privileged --cpus 1.5 --gpus=all -it --rm\n")
    assert (entry["privileged"], entry["gpus"], entry["limits"]) == (
        "true",
        "all",
        {"cpus": "1.5"},
    )
    assert service_of(BASE + "PodmanArgs=--privileged=false\n")["privileged"] == "false"


def test_other_flags_are_said_without_their_values():
    text = BASE + "PodmanArgs=--creds me:hunter2 --new-flag=hunter2 --other hunter2 --\n"
    remarks = draft_of({"a.container": text}).remarks
    assert [(remark.path.rpartition(".")[2], remark.reach) for remark in remarks] == [
        ("creds", "no bearing"),
        ("new-flag", "not understood"),
        ("other", "not understood"),
        ("", "not understood"),
        ("", "not understood"),
    ]
    assert "hunter2" not in str(remarks)


def test_a_flag_at_the_end_without_its_value_is_said():
    (remark,) = draft_of({"a.container": BASE + "PodmanArgs=--memory\n"}).remarks
    assert remark.reach == "not understood"
