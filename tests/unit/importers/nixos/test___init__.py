"""The NixOS importer as others see it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import InventoryError
from analyzer.importers import nixos
from tests.importers.nixos_reading import SAMPLES, document, read
from tests.patience import patience

CONTAINERS = (SAMPLES / "containers.json").read_bytes()


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("storage.json", (SAMPLES / "storage.json").read_bytes(), True),
        ("x", CONTAINERS, True),
        ("stdin", b'\xef\xbb\xbf {"k8sadvisor":1}', True),
        ("x.json", b'{"k8sadvisor": 10}', False),
        ("package.json", b'{"name": "x"}', False),
        ("compose.yaml", b"services:\n", False),
        ("x.json", b"", False),
    ],
)
def test_recognises_what_nix_printed(name, head, expected):
    assert nixos.recognises(name, head[: 1 << 16]) is expected


def test_the_expression_is_shipped():
    assert nixos.expression().startswith("# What runs on one NixOS host")


def test_a_broken_file_beside_a_good_one_is_a_remark():
    good, bad = document(CONTAINERS.decode()), document("{", "bad.json")._replace(number=1)
    first, second = nixos.read([good, bad], None, "h")
    assert len(first.tree["services"]) == 4
    assert [remark.reach for remark in second.remarks] == ["broken"]
    assert second.remarks[0].mark >> 59 == 1


@pytest.mark.parametrize("text", ["", "[]", "{", "5", "null", '"x"'])
def test_nothing_at_all_is_an_error(text):
    with pytest.raises(InventoryError) as error:
        nixos.read([document(text)], None, None)
    assert error.value.problems[0].file == "nix.json"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.just(CONTAINERS))
def test_any_bytes_end_in_drafts_or_an_error(data):
    try:
        drafts = nixos.read([document("")._replace(data=data)], None, None)
    except InventoryError:
        return
    assert len(drafts) == 1


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["image", "ports", "from", "to", "tcp", "path", "x"]), inner
        )
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(nixos.estate.SECTIONS)), _VALUES),
    st.dictionaries(st.text(max_size=3), _VALUES, max_size=3),
    st.lists(st.text(max_size=8), max_size=6),
)
def test_any_values_in_known_places_end_in_a_draft(output, units, arguments):
    containers = {"a": {"image": "a", "extraOptions": arguments}}
    data = {"containers": containers, "services": units, **output, "k8sadvisor": 1}
    assert type(read(data).tree["services"]).__name__ == "Map"


def test_two_thousand_containers_in_well_under_a_second():
    one = json.loads(CONTAINERS)["gluetun"]
    text = json.dumps({f"app{number}": one for number in range(2000)})
    with patience():
        (draft,) = nixos.read([document(text)], None, "h")
        assert len(draft.tree["services"]) == 2000
