import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.inventory.environment import env_file, env_files, environment, extra_hosts, labels
from analyzer.inventory.fields import Refused
from tests.unit.inventory.nodes import faults, node, read

CANARY = "s3cr3t-canary"


def values(text: str) -> dict[str, str | None]:
    found = read(environment, text)
    return {name: found.reveal(name) for name in found}


def test_a_mapping_and_a_list_say_the_same():
    expected = {"DB": "db:5432", "EMPTY": "", "PASS": None, "PORT": "80"}
    assert values("{PORT: 80, DB: 'db:5432', PASS: , EMPTY: ''}") == expected
    assert values("[PORT=80, 'DB=db:5432', PASS, EMPTY=]") == expected


def test_names_come_sorted_with_their_lines():
    found = read(environment, "B: 1\nA: 2\n")
    assert list(found) == ["A", "B"]
    assert (found.line("A"), found.line("B"), found.line("C")) == (2, 1, 0)


def test_a_name_given_twice_in_a_list_takes_the_last_value():
    assert values("[A=1, B=2, A=3]") == {"A": "3", "B": "2"}


@pytest.mark.parametrize(
    "written",
    [
        f"{CANARY}",
        f"[A=1, {{{CANARY}: x}}]",
        f"['PASSWORD: {CANARY}']",
        f"['PASSWORD:{CANARY}']",
        f"[[{CANARY}]]",
        f"{{A: [{CANARY}]}}",
        f"{{A: {{{CANARY}: 1}}}}",
        f"['={CANARY}']",
        f"{{'PASS {CANARY}': 1}}",
        f"['A B={CANARY}']",
        f"{{'': {CANARY}}}",
        f"{{A\u202e: {CANARY}}}",
    ],
)
def test_no_message_shows_a_value(written):
    assert CANARY not in "".join(faults(environment, written))


def test_faults_name_the_place():
    assert faults(environment, "{A: 1, B: [x]}") == [
        ".B: not one value; write one text as its value"
    ]
    assert faults(environment, "[A=1, [x]]") == ["[1]: not NAME=value; write it as NAME=value"]


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=4))
def test_repr_shows_names_only(pairs):
    written = {name: f"{CANARY}{value}" for name, value in pairs.items()}
    tree = node("{}")
    tree.update(written)
    tree.marks = [1] * len(written)
    shown = ""
    try:
        found = environment.read(tree)
        shown = f"{found!r} {found} {list(found)}"
    except Refused as refused:
        shown = repr(refused.faults)
    assert CANARY not in shown
    assert shown


def test_labels_are_sorted_text():
    assert read(labels, "[b=2, a]") == {"a": "", "b": "2"}
    assert list(read(labels, "{z: 1, 'traefik.http.routers.x.rule': 'Host(`a b`)'}")) == [
        *("traefik.http.routers.x.rule", "z")
    ]
    assert faults(labels, "{a: [1]}") == [".a: not one value; write one text as its value"]


def test_extra_hosts_have_one_form():
    expected = ("db:10.0.0.5", "host.docker.internal:host-gateway")
    assert read(extra_hosts, "['host.docker.internal:host-gateway', 'db=10.0.0.5']") == expected
    assert read(extra_hosts, "{host.docker.internal: host-gateway, db: 10.0.0.5}") == expected
    assert read(extra_hosts, "{db: [10.0.0.5, 10.0.0.6]}") == ("db:10.0.0.5", "db:10.0.0.6")
    assert read(extra_hosts, "['db=fe80::1']") == ("db:fe80::1",)
    assert "not NAME:ADDRESS" in faults(extra_hosts, "[db]")[0]


def test_env_files_of_every_form():
    assert read(env_files, ".env") == (".env",)
    assert read(env_files, "[a.env, {path: b.env, required: false}]") == ("a.env", "b.env")
    assert read(env_file, "a.env") == {"env_files": ("a.env",)}
    assert "a file without 'path'" in faults(env_files, "[{required: true}]")[0]
