"""Whatever a file holds, every importer ends in an inventory that reads back, or in a message.

Samples are damaged, trees are grown in the outer shape of each format, and bytes are just bytes.
A longer search: ``FUZZ_EXAMPLES=20000 pytest tests/importers/test_fuzz.py``.
"""

import json
import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer import yamlfile
from analyzer.errors import InventoryError
from analyzer.importers import IMPORTERS
from analyzer.intake.dumping import dump
from analyzer.intake.loading import Options, import_sources, load_estate
from analyzer.inventory.loading import load_inventory
from analyzer.rulebook.loading import load_rulebook
from tests.patience import patience
from tests.unit.intake.drafts import plain

HERE = Path(__file__).parent
FORMS = sorted(IMPORTERS)
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
NAMES = {"quadlet": "app.container", "caddy": "Caddyfile", "podman": "a.json", "nixos": "a.json"}
RULES = load_rulebook()
ADAPTED = {
    "apps": {
        "http": {
            "servers": {
                "srv0": {
                    "listen": [":443"],
                    "routes": [
                        {
                            "match": [{"host": ["app.example.org"], "path": ["/x/*"]}],
                            "handle": [
                                {
                                    "handler": "subroute",
                                    "routes": [
                                        {
                                            "handle": [
                                                {
                                                    "handler": "reverse_proxy",
                                                    "upstreams": [{"dial": "app:80"}],
                                                },
                                                {"handler": "invoke", "name": "other"},
                                            ]
                                        }
                                    ],
                                }
                            ],
                            "terminal": True,
                        }
                    ],
                    "named_routes": {"other": {"handle": [{"handler": "vars"}]}},
                }
            }
        }
    }
}


def few(examples):
    return settings(
        max_examples=EXAMPLES or examples,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


@cache
def samples(form):
    """Return content and name of the samples of a format that are small enough to vary."""
    files = [path for path in sorted((HERE / form).rglob("*")) if path.is_file()]
    found = [(path.read_bytes(), path.name) for path in files]
    if form == "caddy":
        found.append((json.dumps(ADAPTED).encode(), "caddy.json"))
    return [(data, name) for data, name in found if len(data) < 30_000 and "nix" not in name[-4:]]


def survives(form, data, name, folder):
    """Import bytes by name and by recognition; check what is written."""
    path = folder / name
    path.write_bytes(data)
    with patience():
        try:
            imported = import_sources(form, [str(path)], RULES, Options(host="nas"))
        except InventoryError as error:
            assert error.problems  # noqa: PT017 - an error is one of two right ends
            assert str(error).replace("\n", "").isprintable()  # noqa: PT017 - an error is one of two right ends
        else:
            text = dump(imported.tree)
            tree, problems = yamlfile.parse(text.encode(), "inventory.yaml")
            assert not problems
            assert plain(tree) == plain(imported.tree)
            assert dump(tree) == text
            written = folder / "inventory.yaml"
            written.write_text(text)
            load_inventory([str(written)])
            written.unlink()
        try:
            load_estate([str(path)], (), lambda: RULES, Options(host="nas"))
        except InventoryError as error:
            assert error.problems  # noqa: PT017 - an error is one of two right ends
    path.unlink()


TOKENS = [
    *(
        token.encode()
        for token in ":|{|}|[|]|-|,|=|\"|'|#|&a|*a|<<: *a|!reset|!override".split("|")
    ),
    *(
        token.encode()
        for token in "$|${A}|${A:-${B}}|${|%i|%%|@|null|~|-1|1e999|0x10|.nan|true".split("|")
    ),
    *(b"\0", b"\x1b[31m", "\u202e".encode(), b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\t", b"\\"),
    *(
        b"services:",
        b"x-a: b",
        b"[Service]",
        b"[Container]",
        b"{}",
        b"[]",
        b"---\n",
        b"99999999999999999999",
    ),
    *(
        b"service:app",
        b"container:app",
        b"host",
        b"../../..",
        b"/",
        b"",
        b" ",
        b"\n",
        b"80-70:1",
        b"\xc2\x85",
    ),
]


@st.composite
def damaged(draw, form):  # noqa: C901 - one case a kind of damage
    """Return a sample with lines and tokens dropped, doubled, moved, changed, and its name."""
    data, name = draw(st.sampled_from(samples(form)))
    others = b"\n".join(data.split(b"\n"))
    for _ in range(draw(st.integers(1, 6))):
        lines = data.split(b"\n")
        at = draw(st.integers(0, len(lines) - 1))
        to = draw(st.integers(0, len(lines) - 1))
        column = draw(st.integers(0, len(lines[at])))
        token = draw(st.sampled_from(TOKENS))
        action = draw(
            st.sampled_from("drop double move swap insert replace flip cut deeper".split())
        )
        if action == "drop":
            del lines[at]
        elif action == "double":
            lines.insert(to, lines[at])
        elif action == "move":
            lines.insert(to, lines.pop(at))
        elif action == "swap":
            lines[at], lines[to] = lines[to], lines[at]
        elif action == "insert":
            lines[at] = lines[at][:column] + token + lines[at][column:]
        elif action == "replace":
            key, separator, _ = lines[at].partition(b": " if b": " in lines[at] else b"=")
            lines[at] = key + separator + token
        elif action == "flip":
            flipped = bytes([draw(st.integers(0, 255))])
            lines[at] = lines[at][:column] + flipped + lines[at][column + 1 :]
        elif action == "cut":
            lines[at] = lines[at][:column]
        else:
            lines[at:to] = [b"  " + line for line in lines[at:to]]
        data = b"\n".join(lines)
    return data or others, name


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2**70),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        "app|db|80:80|1-3|-|/|./x|/a:/b:ro|service:db|container:x|host|10s|5GB|-1|a=b|A=|=|$X|${X:-y}"
        "|[::1]:80|tcp://db:5432|http://u:p@db/x|podman/2|ghcr.io/a/b:1@sha256:x|%i|@|.volume|x.volume"
        "|unless-stopped|true|null|\x1b[0m|\u202e|\ud7ff|a\nb".split("|")
    ),
)


@cache
def words(form):
    """Return the keys that the samples of a format use: what an importer looks at."""
    found = set()
    queue = [document for document, _ in documents(form)]
    while queue:
        node = queue.pop()
        if isinstance(node, dict):
            found |= node.keys()
            queue += node.values()
        elif isinstance(node, list):
            queue += node
    return sorted(found)


@cache
def trees(form):
    """Return trees of keys of a format, with anything as values and anything inside."""
    keys = st.sampled_from(words(form)) | st.text(max_size=4)
    return st.recursive(
        SCALARS,
        lambda below: st.lists(below, max_size=4) | st.dictionaries(keys, below, max_size=5),
        max_leaves=25,
    )


SHAPES = {
    "compose": lambda tree: {"services": {"app": tree, "db": {"image": "postgres"}}},
    "podman": lambda tree: [{"Id": "f" * 64, "Name": "app", "State": {}, "Config": {}}, tree],
    "nixos": lambda tree: {"app": tree, "db": {"image": "postgres"}},
    "kubernetes": lambda tree: {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "app"},
        "spec": {"template": {"spec": tree}},
    },
    "caddy": lambda tree: {"apps": {"http": {"servers": {"srv0": tree}}}},
}


@cache
def documents(form):
    """Return every document of the samples of a format, and the name of its file."""
    found = []
    for data, name in samples(form):
        try:
            roots, _ = yamlfile.parse_all(data, name)
        except yamlfile.YamlError:
            continue
        found += [(plain(root), name) for root in roots if isinstance(root, dict | list)]
    return found


def grafted(sample, tree, at):
    """Return a document in which the node of that number is replaced by a tree."""
    places = []
    queue = [sample]
    while queue:
        node = queue.pop()
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            places.append((node, key))
            if isinstance(node[key], dict | list):
                queue.append(node[key])
    if places:
        node, key = places[at % len(places)]
        node[key] = tree
    return sample


@pytest.mark.parametrize("form", FORMS)
@few(150)
@given(data=st.data())
def test_a_damaged_sample(form, data, tmp_path):
    survives(form, *data.draw(damaged(form)), tmp_path)


@pytest.mark.parametrize("form", FORMS)
@few(40)
@given(content=st.binary(max_size=300))
def test_any_bytes(form, content, tmp_path):
    survives(form, content, NAMES.get(form, "a.yaml"), tmp_path)


@pytest.mark.parametrize("form", sorted(SHAPES))
@few(100)
@given(data=st.data())
def test_anything_in_the_outer_shape_of_a_format(form, data, tmp_path):
    document = SHAPES[form](data.draw(trees(form)))
    name = NAMES.get(form, "a.yaml") if form != "caddy" else "caddy.json"
    survives(form, json.dumps(document).encode(), name, tmp_path)


@pytest.mark.parametrize("form", sorted(SHAPES))
@few(100)
@given(data=st.data())
def test_anything_in_place_of_any_part_of_a_sample(form, data, tmp_path):
    sample, name = data.draw(st.sampled_from(documents(form)))
    copy = json.loads(json.dumps(sample))
    document = grafted(copy, data.draw(trees(form)), data.draw(st.integers(0, 5000)))
    survives(form, json.dumps(document).encode(), name, tmp_path)
