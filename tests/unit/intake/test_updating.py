import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import InventoryError
from analyzer.intake.drift import compare
from analyzer.intake.dumping import GONE_NOTE, NOT_SEEN_NOTE, dump, dump_new
from analyzer.intake.updating import marked, read_existing, update
from tests.unit.intake.test_dumping import TEXTS, as_tree, read

FILES = ("compose.yaml",)

OWNERS = """\
# My estate.
schema: 1

needs:
  operators: 1   # me

hosts:
  nas: {arch: amd64}   # in the cellar

services:
  # the website
  web:
    notes: ask Eve before touching it
    image: nginx:1   # pinned
    from: compose.yaml:2
    host: nas
    backup: true
    depends_on:
      cache: {kind: soft, why: sessions}   # mine
  old:
    from: compose.yaml:9
    image: old
  mine: {host: nas, image: by-hand}
"""
SOURCE = as_tree(
    {
        "schema": "1",
        "hosts": {"server": {}},
        "services": {
            "cache": {"from": "compose.yaml:20", "host": "server", "image": "redis:8"},
            "web": {
                "from": "compose.yaml:4",
                "host": "server",
                "image": "nginx:2",
                "depends_on": {"cache": {"condition": "service_healthy"}},
            },
        },
    }
)


def updated(text, tree, files=FILES, **options):
    return update(text.encode(), "inventory.yaml", tree, files, **options).text


def test_the_owners_words_comments_and_order_stay():
    assert updated(OWNERS, SOURCE) == (
        OWNERS.replace("nginx:1 ", "nginx:2 ")
        .replace("compose.yaml:2\n", "compose.yaml:4\n")
        .replace("why: sessions}", "why: sessions, condition: service_healthy}")
        .replace("    image: old\n", f"    image: old\n    verified: false # {GONE_NOTE}\n")
        + "  cache:\n    from: compose.yaml:20\n    host: nas\n    image: redis:8\n"
    )


def test_what_is_gone_comes_back_without_the_mark():
    once = updated(OWNERS, SOURCE)
    assert marked(once, read(once)) == {"old"}
    back = as_tree(
        {"services": {**SOURCE["services"], "old": {"from": "compose.yaml:9", "image": "old"}}}
    )
    assert updated(once, back) == once.replace(f"    verified: false # {GONE_NOTE}\n", "")


def test_what_stopped_is_marked_until_it_runs_again():
    runs = as_tree({"services": {"a": {"from": "stdin:1", "image": "x"}}})
    stopped = as_tree({"services": {"a": {"from": "stdin:1", "image": "x", "verified": "false"}}})
    assert f"    verified: false # {NOT_SEEN_NOTE}\n" in dump_new(stopped)
    assert updated(dump_new(stopped), runs) == dump_new(runs)
    assert updated(dump_new(runs), stopped) == dump_new(stopped)


def test_a_verdict_of_the_owners_on_a_service_stays():
    text = "services:\n  a:\n    from: compose.yaml:1\n    verified: false\n"
    assert updated(text, as_tree({"services": {"a": {"from": "compose.yaml:1"}}})) == text


NAMES = st.sampled_from(["a", "b", "c", "web", "db"])
ENTRIES = st.fixed_dictionaries(
    {"from": st.sampled_from(["compose.yaml:1", "compose.yaml:2", "x/compose.yaml:3", "stdin:4"])},
    optional={
        "project": st.sampled_from(["p", "q"]),
        "host": st.sampled_from(["server", "nas", "pi"]),
        "image": TEXTS,
        "ports": st.lists(st.sampled_from(["1:1", "2:2", "22:22"]), max_size=3),
        "environment": st.lists(st.sampled_from(["A", "B", "C"]), unique=True, max_size=3),
        "depends_on": st.dictionaries(
            NAMES, st.just({"condition": "service_started"}), max_size=2
        ),
        "memory": st.sampled_from(["1GiB", "2GiB"]),
        "verified": st.just("false"),
        "x-compose": st.dictionaries(NAMES, TEXTS, max_size=2),
    },
)
SOURCES = st.builds(
    lambda hosts, services: as_tree({"schema": "1", "hosts": hosts, "services": services}),
    st.dictionaries(st.sampled_from(["server", "nas"]), st.just({}), max_size=2),
    st.dictionaries(NAMES, ENTRIES, max_size=4),
)


@given(SOURCES, SOURCES, st.booleans())
@settings(max_examples=100)
def test_importing_twice_changes_no_byte_and_leaves_no_drift(first, second, prune):
    files = ("compose.yaml", "stdin")
    existing = dump_new(first)
    once = updated(existing, second, files, prune=prune)
    assert updated(once, second, files, prune=prune) == once
    tree = read(once)
    assert compare(tree, second, files, marked(once, tree)) == ()


def test_what_becomes_known_of_a_host_is_put_where_it_was_asked_for():
    known = as_tree({"hosts": {"server": {"memory": "8GiB", "os": "nixos"}}})
    text = dump_new(SOURCE)
    question = "    memory:                 # as in 16GiB\n"
    answer = "    memory: 8GiB                 # as in 16GiB\n"
    last = "candidate, never; or server, agent today\n"
    assert updated(text, known, files=()) == (
        text.replace(question, answer).replace(last, last + "    os: nixos\n")
    )


@given(SOURCES)
@settings(max_examples=50)
def test_importing_what_is_there_changes_no_byte(tree):
    assert updated(dump_new(tree), tree) == dump_new(tree)


@pytest.mark.parametrize(
    ("existing", "kept"),
    [
        ("", ""),
        ("# mine\n", "# mine\n"),
        ("  # mine\n\n# too", "  # mine\n\n# too\n"),
        ("---\n", ""),
        ("# a\n---\n# b\n...\n", "# a\n# b\n"),
        ("null", ""),
        ("{}\n", ""),
    ],
)
def test_an_inventory_that_says_nothing_yet_is_completed(existing, kept):
    text = updated(existing, SOURCE)
    assert text == kept + dump_new(SOURCE)
    again = read(text)
    again.take("needs")
    again["hosts"]["server"].clear()  # questions
    assert again == SOURCE


def test_the_byte_order_mark_stays():
    text = "\ufeffservices:\n"
    assert updated(text, SOURCE).startswith(text)


@pytest.mark.parametrize(
    ("existing", "message"),
    [
        (b"a: [", r"inventory.yaml:\d.*not valid YAML"),
        (b"\xff", "not UTF-8"),
        (b"- a", "inventory.yaml:1:1: no mapping, so nothing can be imported into it; see"),
        (b"schema: 1\nservices: [a]", "inventory.yaml:2:1: services: no mapping"),
        (b"hosts:\n  a: b\n  c: []", "(?s)2:1: hosts.a: no mapping.*3:1: hosts.c: no mapping"),
        (b"a: 1\na: 2\n", "the key 'a' is given twice"),
    ],
)
def test_what_is_no_inventory_is_refused(existing, message):
    with pytest.raises(InventoryError, match=message):
        update(existing, "inventory.yaml", SOURCE)


def test_what_an_inventory_says_is_read_with_its_text():
    assert read_existing(b"\xef\xbb\xbfa: 1\n", "x") == ("a: 1\n", as_tree({"a": "1"}))
    assert read_existing(dump(SOURCE).encode(), "x")[1] == SOURCE
