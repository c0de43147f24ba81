import json

import pytest

from analyzer import jsonfile
from analyzer.files import Document, Files
from analyzer.importers.caddy.blocks import Caddyfile
from analyzer.importers.caddy.matchers import ALL, Match, of_lines, of_tree


def lines(text: str):
    data = f"a.example {{\n{text}\n}}\n".encode()
    file = Caddyfile(Document("Caddyfile", 0, "", "", data), Files())
    return file.sites[0].block or ()


PRIVATE = {"ranges": ["10.0.0.0/8"]}


@pytest.mark.parametrize(
    ("text", "sets", "match"),
    [
        ("path /x", [{"path": ["/x"]}], ALL),
        ("host A.example", [{"host": ["A.example"]}], Match(("a.example",))),
        ("remote_ip 10.0.0.0/8", [{"remote_ip": PRIVATE}], Match(inside=True)),
        ("client_ip private_ranges", [{"client_ip": PRIVATE}], Match(inside=True)),
        ("not remote_ip 10.0.0.0/8", [{"not": [{"remote_ip": PRIVATE}]}], Match(outside=True)),
        (
            "not {\n remote_ip 10.0.0.0/8\n}",
            [{"not": [{"remote_ip": PRIVATE}]}],
            Match(outside=True),
        ),
        (
            "path /admin\nnot remote_ip 10.0.0.0/8",
            [{"path": ["/admin"], "not": [{"remote_ip": PRIVATE}]}],
            ALL,
        ),
        ("not path /x", [{"not": [{"path": ["/x"]}]}], ALL),
        ("not {\n}", [{"not": [{}]}], ALL),
        ("remote_ip 8.8.8.8 10.0.0.0/8", [{"remote_ip": {"ranges": ["8.8.8.8"]}}], ALL),
    ],
)
def test_both_forms_say_the_same(text, sets, match):
    assert of_lines(lines(text)) == match
    assert of_tree(jsonfile.parse(json.dumps(sets).encode(), "x.json")) == match


def test_any_of_several_sets_may_match():
    sets = [{"host": ["a"], "remote_ip": PRIVATE}, {"host": ["b"]}]
    assert of_tree(jsonfile.parse(json.dumps(sets).encode(), "x.json")) == Match(("a", "b"))
    assert of_tree(jsonfile.parse(b'[{"host": ["a"]}, {"path": ["/"]}]', "x.json")) == ALL
    assert of_tree(None) == ALL
    assert of_tree(jsonfile.parse(b"[]", "x.json")) == ALL
