"""Any bytes end in drafts or in an error; no value of a variable is ever shown."""

import io
import itertools
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import InventoryError
from analyzer.files import Document, Files
from analyzer.importers import compose
from analyzer.inventory.services import SERVICE
from analyzer.yamlfile import MAX_DEPTH
from tests.unit.importers.compose.project import draft, drafts, write
from tests.unit.importers.compose.test_keys import SERVICE_KEYS

SCALARS = st.sampled_from(
    [
        "",
        "x",
        "1",
        "80:80",
        "./a:/b",
        "${A}",
        "${NO:-x}",
        "${",
        "!reset null",
        "!override [a]",
        "null",
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.dictionaries(
            st.sampled_from(["a", "b", "source", "target", "file"]), inner, max_size=2
        ).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        ),
    ),
    max_leaves=4,
)
SERVICES = st.dictionaries(st.sampled_from(SERVICE_KEYS), VALUES, max_size=5)


def read(data: bytes):
    """Return the drafts of one file that lies in no folder of its own."""
    document = Document("compose.yaml", 0, "/nowhere/compose.yaml", "/nowhere", data)
    return compose.read((document,), Files(), None)


@settings(max_examples=100)
@given(st.binary(max_size=300) | st.text("abs:-{}[]${}!&*<\n \"'#", max_size=120).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    try:
        found: object = read(data)
    except InventoryError as error:
        found = error.problems
    assert found


@settings(max_examples=100)
@given(st.lists(SERVICES, min_size=1, max_size=3), st.booleans())
def test_any_service_is_read_and_nothing_breaks(services, twice):
    lines = ["services:"]
    for index, service in enumerate(services):
        lines.append(f"  s{index}:")
        lines += [f"    {key}: {value}" for key, value in service.items()] or ["    image: x"]
    data = "\n".join(lines).encode()
    if twice:
        data += b"\n---\n" + data
    try:
        (found,) = read(data)
    except InventoryError:
        return
    for service in found.tree["services"].values():
        SERVICE.scan(service)
    assert len(found.tree["services"].marks) == len(found.tree["services"])


def test_what_is_too_deep_or_too_much_is_refused():
    for data in (
        b"[" * (MAX_DEPTH + 1),
        b"services: {a: " * 100,
        b"a: &a [*a]\nservices: {b: *a}",
    ):
        with pytest.raises(InventoryError):
            read(data)


def test_no_value_is_in_a_remark_or_an_error(tmp_path):
    text = """services:
  a:
    image: ${HUNTER}
    environment: {PW: hunter2, [hunter2]: x}
    command: [--pw, hunter2]
    labels: [hunter2, {hunter2: x}]
    ports: ["${HUNTER}"]
    extends: {file: nothing.yml, service: x}
    unknown: hunter2
    healthcheck: {unknown: hunter2, test: hunter2}
    secrets: [s]
secrets: {s: {content: hunter2}}
x-own: hunter2
"""
    found = draft(tmp_path, {"compose.yaml": text, ".env": "PW2=hunter2 x\nhunter2 bad\n"})
    assert found.remarks
    assert not any("hunter2" in remark.text + remark.path for remark in found.remarks)


def test_the_order_of_other_projects_does_not_matter(tmp_path):
    files = {f"{name}/compose.yaml": f"services: {{{name}: {{image: x}}}}\n" for name in "abc"}
    write(tmp_path, files)
    results = set()
    for order in itertools.permutations(files):
        found = drafts(tmp_path, files, *order)
        results.add(tuple((one.project, str(one.tree)) for one in found))
    assert len(results) == 1


def test_projects_of_several_roots_do_not_share_their_relative_paths(tmp_path):
    text = "services: {a: {image: x, volumes: ['./data:/data', '../common:/s']}}\n"
    write(tmp_path, {"one/compose.yaml": text, "two/compose.yaml": text})
    door = Files()
    documents = [door.given(str(tmp_path / name / "compose.yaml")) for name in ("one", "two")]
    mounts = [one.tree["services"]["a"]["volumes"] for one in compose.read(documents, door, None)]
    assert mounts == [["./one/data:/data", "./common:/s"], ["./two/data:/data", "./common:/s"]]


def test_standard_input_lies_in_no_folder(monkeypatch):
    text = b"include: [x.yaml]\nservices: {a: {image: x, env_file: e.env, volumes: ['./x.conf:/x']}}\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    door = Files()
    (found,) = compose.read((door.given("-"),), door, None)
    assert found.project == "stdin"
    assert found.tree["services"]["a"]["volumes"] == ["./x.conf:/x"]
    assert {remark.path for remark in found.remarks} == {
        "include[0]",
        "services.a.env_file[0]",
        "services.a.volumes[0]",
    }
