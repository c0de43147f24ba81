import pytest

from analyzer.importers import quadlet
from tests.unit.importers.quadlet.units_in import draft_of, drafts_of

CONTAINER = "[Container]\nImage=q\n"


def image_of(units: dict, name: str) -> str:
    return draft_of({"x/" + path: text for path, text in units.items()}).tree["services"][name][
        "image"
    ]


def test_drop_ins_come_in_order_of_name_and_the_closer_one_hides_the_farther():
    drop_in = "[Container]\nImage={}\n".format
    units = {
        "a-b-c.container": CONTAINER,
        "container.d/10.conf": drop_in("type"),
        "a-.container.d/10.conf": drop_in("a"),
        "a-b-.container.d/05.conf": drop_in("early"),
    }
    assert image_of(units, "a-b-c") == "a"
    units["a-b-c.container.d/10.conf"] = drop_in("own")
    assert image_of(units, "a-b-c") == "own"
    units["a-.container.d/20.conf"] = drop_in("late")
    assert image_of(units, "a-b-c") == "late"
    units["a-b.container.d/99.conf"] = drop_in("another unit's")
    assert image_of(units, "a-b-c") == "late"


def test_an_instance_has_the_drop_ins_of_its_template():
    template = CONTAINER + "Exec=%i\n"
    units = {
        "t@.container": template,
        "t@one.container": template,
        "t@.container.d/1.conf": "[Container]\nImage=all\n",
        "t@one.container.d/2.conf": "[Container]\nHostName=h-%i\n",
    }
    services = draft_of(units).tree["services"]
    assert list(services) == ["t@one"]
    entry = services["t@one"]
    assert (entry["image"], entry["hostname"], list(entry["command"])) == ("all", "h-one", ["one"])
    assert entry["container_name"] == "systemd-t_one"


def test_instances_by_default_and_by_those_who_want_them():
    template = CONTAINER + "[Install]\nDefaultInstance=d\n"
    user = CONTAINER + "[Unit]\nWants=t@w.service\n"
    services = draft_of({"t@.container": template, "u.container": user}).tree["services"]
    assert list(services) == ["t@d", "t@w", "u"]
    assert list(services["u"]["depends_on"]) == ["t@w"]


def test_a_template_without_instance_is_listed_as_not_verified():
    draft = draft_of({"t@.container": CONTAINER})
    assert draft.tree["services"]["t@"]["verified"] == "false"
    assert draft.remarks[0].reach == "kept"


def test_two_machines_with_the_same_names_are_two_drafts():
    units = {f"{host}/sub/a.container": CONTAINER for host in ("one", "two")}
    drafts = drafts_of(units | {"two/b.container": CONTAINER})
    assert [(draft.project, list(draft.tree["services"])) for draft in drafts] == [
        ("one/sub", ["a"]),
        ("two", ["a", "b"]),
    ]
    (one,) = drafts_of({"one/a.container": CONTAINER, "two/b.container": CONTAINER})
    assert one.project is None


def test_a_bundle_holds_several_units():
    text = "# FileName=web\n[Container]\nImage=w\nVolume=data.volume:/d\n---\n# FileName=data\n[Volume]\n"
    draft = draft_of({"all.quadlets": text})
    assert list(draft.tree["services"]["web"]["volumes"]) == ["systemd-data:/d"]
    assert draft.tree["services"]["web"].mark >> 27 == 1
    assert list(draft.tree["volumes"]) == ["systemd-data"]


@pytest.mark.parametrize(
    ("name", "head", "answer"),
    [
        ("a.container", b"[Container]\nImage=q", True),
        ("a.container", b"Image=q", False),
        ("lan.network", b"[Match]\nName=eth0\n[Network]\nDHCP=yes", False),
        ("a.network", b"[Network]\n", True),
        ("x/a.container.d/1.conf", b"[Service]\nRestart=no", True),
        ("x/sshd.service.d/1.conf", b"[Service]\nRestart=no", False),
        ("x/container.d/1.conf", b"[Container]\n", True),
        ("x/1.conf", b"[Container]\n", False),
        ("perl.pod", b"=head1 NAME", False),
        ("a.service", b"[Service]\n", False),
        ("a.quadlets", b"[Pod]\r\n", True),
    ],
)
def test_only_what_is_certain_is_recognised(name, head, answer):
    assert quadlet.recognises(name, head) is answer


def test_names_of_generated_services():
    units = {
        "a.container": CONTAINER + "ServiceName=other\n",
        "p.pod": "[Pod]\n",
        "b.container": CONTAINER + "Pod=p.pod\n[Unit]\nRequires=other.service\n",
        "c.container": CONTAINER + "[Unit]\nRequires=p-pod.service\n",
    }
    services = draft_of(units).tree["services"]
    assert list(services["b"]["depends_on"]) == ["a"]
    assert list(services["c"]["depends_on"]) == ["b"]
