import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import InventoryError
from analyzer.files import Files
from analyzer.importers.quadlet.estate import Estate, assignments
from analyzer.importers.quadlet.units import SECTIONS, parts_of, units_of
from analyzer.intake.repair import repair
from tests.unit.importers.quadlet.units_in import documents, draft_of, drafts_of


def test_units_are_found_by_every_name_they_have():
    units = {
        "a.container": "[Container]\nImage=q\nContainerName=x\n[Install]\nAlias=b.service c.service\n",
        "n.network": "[Network]\n",
    }
    parts = [part for document in documents(units) for part in parts_of(document)]
    estate = Estate(units_of(parts, None), Files(), None)
    for name in ("a.container", "a.service", "b.service", "c.service"):
        assert estate.find(name) is estate.units["a.container"]
    assert estate.find("n-network.service") is estate.units["n.network"]
    assert estate.find("gone.service") is None
    assert estate.by_container["x"].name == "a.container"


def test_variables_of_a_file():
    data = b"# A=1\nB=2\n export C='x y'\nD=\nbroken\n;E=1\n\xff=1"
    assert assignments(data) == {"B": "2", "C": "x y", "D": "", "\ufffd": "1"}


def test_files_without_any_unit_are_an_error():
    with pytest.raises(InventoryError) as error:
        drafts_of({"notes.txt": "hello hunter2"})
    assert "hunter2" not in str(error.value)


KINDS = st.sampled_from([*SECTIONS, "service", "timer"])
KEYS = "Image Pod Network Volume Mount PodmanArgs Environment Yaml Requires After ContainerName".split()
KEYS += "EnvironmentFile Secret PublishPort ServiceName DefaultInstance Label WantedBy".split()
VALUES = [
    "a.container",
    "a@b.container",
    "p.pod",
    "n.network",
    "v.volume:/x",
    "%i%n%h%",
    "--env",
    "-p",
]
VALUES += [
    "a.service",
    "A=1",
    '"',
    "\\",
    "\\x",
    "${A}",
    "",
    ":",
    "@",
    "a@.container",
    "x y",
    "type=bind",
]
NAMES = st.sampled_from(["a", "a@", "a@b", "p", "n", "v", "-", "a-b-c", "@"])
LINES = st.builds(
    "{}={}".format,
    st.sampled_from(KEYS),
    st.lists(st.sampled_from(VALUES), max_size=3).map(" ".join),
)


@st.composite
def units(draw):
    found = {}
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(KINDS)
        lines = draw(st.lists(LINES, max_size=5))
        header = f"[{SECTIONS.get(kind, 'Service')}]"
        tail = draw(
            st.sampled_from(
                ["", "[Unit]\nAfter=a.service a@c.service\n", "[Install]\nDefaultInstance=b\n"]
            )
        )
        found[f"{draw(NAMES)}.{kind}"] = "\n".join([header, *lines, tail])
    return found


@settings(max_examples=100, deadline=None)
@given(units())
def test_any_units_end_in_an_inventory(found):
    for draft in drafts_of(found):
        repair(draft.tree)
        services = draft.tree["services"]
        for entry in services.values():
            assert set(entry.get("depends_on", {})) <= set(services)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=150), KINDS)
def test_any_bytes_end_in_a_draft(data, kind):
    section = SECTIONS.get(kind, "Service")
    draft = draft_of({f"a.{kind}": b"[" + section.encode() + b"]\nImage=q\n" + data})
    repair(draft.tree)
