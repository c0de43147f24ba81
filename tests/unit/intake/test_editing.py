import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzer.errors import InventoryError
from analyzer.intake.dumping import Noted, dump
from analyzer.intake.editing import rewrite
from tests.unit.intake.test_dumping import TEXTS, as_tree, read

KEYS = st.sampled_from("abcdefg")
VALUES = st.one_of(st.none(), TEXTS, st.sampled_from(["x", "y", "z"]))
PARTS = st.recursive(
    VALUES,
    lambda part: st.one_of(st.lists(part, max_size=4), st.dictionaries(KEYS, part, max_size=5)),
    max_leaves=20,
)
SECTIONS = st.dictionaries(KEYS, st.dictionaries(KEYS, PARTS, max_size=4), min_size=1, max_size=3)
TREES = st.one_of(st.dictionaries(KEYS, PARTS, min_size=1, max_size=5), SECTIONS)
STYLES = {
    "ours": lambda value: dump(as_tree(value)),
    "block": lambda value: yaml.safe_dump(value, default_flow_style=False, allow_unicode=True),
    "flow": lambda value: yaml.safe_dump(value, default_flow_style=True, allow_unicode=True),
    "mixed": lambda value: yaml.safe_dump(value, indent=4, width=10_000, allow_unicode=True),
}


def edited(text, change):
    """Return the text after a change to what it says, made by a function of plain values."""
    before = read(text)
    wanted = as_tree(yaml.safe_load(yaml.safe_dump(plain(before))))
    change(wanted)
    return rewrite(text, before, as_tree(wanted), "inventory.yaml")


def plain(value):
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return str(value) if value is not None else None


@given(TREES, TREES, st.sampled_from(sorted(STYLES)))
@settings(max_examples=100)
@example({"a": {"b": ["x", "y"]}}, {"a": {"b": ["y", "z", "x"], "c": {"d": None}}}, "block")
@example({"a": "x\ny\n", "b": ["x\n\n"]}, {"a": "y", "b": ["z"], "c": "x"}, "mixed")
@example({"a": {"b": "x"}}, {"a": {}}, "block")
def test_any_text_can_be_made_to_say_anything(before, after, style):
    text = STYLES[style](before)
    changed = rewrite(text, read(text), as_tree(after), "inventory.yaml")  # it checks itself
    assert rewrite(changed, read(changed), read(changed), "inventory.yaml") == changed


@given(TREES, st.sampled_from(sorted(STYLES)))
@settings(max_examples=50)
def test_without_a_change_not_a_byte_differs(tree, style):
    text = STYLES[style](tree)
    said = as_tree(plain(read(text)))  # PyYAML writes U+0085 so that it reads as a line break
    assert rewrite(text, read(text), said, "inventory.yaml") == text


TEXT = """\
# mine
services:
    'web':   # the front
        image: nginx:1   # pinned: for now
        # both ports
        ports:  # list: of ports
        - "80:80"   # plain
        - 443:443
        depends_on: {db: {condition: started}, mq: }
        volumes: [a:/a, b:/b]  # two

    # the last one
    db: {image: "postgres:16", host: nas}
# the end
"""


def service(name, **values):
    def change(tree):
        for key, value in values.items():
            tree["services"][name].put(key, as_tree(value), 0)

    return change


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (service("web", image="nginx:2"), "image: nginx:1   #", "image: nginx:2   #"),
        (
            service("web", ports=["80:80", "8443:443"]),
            "        - 443:443\n",
            '        - "8443:443"\n',
        ),
        (
            service("web", ports="x"),
            '        ports:  # list: of ports\n        - "80:80"   # plain\n        - 443:443\n',
            "        ports: x  # list: of ports\n",
        ),
        (service("web", volumes=["b:/b", "c:/c"]), "[a:/a, b:/b]", '[b:/b, "c:/c"]'),
        (
            service("web", memory="1GiB"),
            "b:/b]  # two\n",
            "b:/b]  # two\n        memory: 1GiB\n",
        ),
        (service("db", image="postgres:17"), '"postgres:16"', '"postgres:17"'),
        (service("db", ports=["1:1"]), "host: nas}", 'host: nas, ports: ["1:1"]}'),
        (lambda tree: tree["services"]["db"].take("image"), 'image: "postgres:16", ', ""),
        (lambda tree: tree["services"]["db"].take("host"), ", host: nas", ""),
        (
            lambda tree: tree["services"]["web"].take("image"),
            "        image: nginx:1   # pinned: for now\n",
            "",
        ),
        (
            service("web", depends_on={"db": {"condition": "healthy"}, "mq": {"kind": "soft"}}),
            "{condition: started}, mq: }",
            "{condition: healthy}, mq: {kind: soft}}",
        ),
        (
            lambda tree: tree["services"].put("mq", as_tree({"image": "mq"}), 0),
            "host: nas}\n",
            "host: nas}\n\n    mq:\n        image: mq\n".replace("        ", "      "),
        ),
        (
            lambda tree: tree.put("name", "home", 0),
            "host: nas}\n",
            "host: nas}\n\nname: home\n",
        ),
        (
            service("web", verified=Noted("false", "by import")),
            "# two\n",
            "# two\n        verified: false # by import\n",
        ),
    ],
)
def test_only_what_changes_is_touched(change, old, new):
    assert TEXT.count(old) == 1
    before = read(TEXT)
    wanted = as_tree(plain(before))
    change(wanted)
    assert rewrite(TEXT, before, wanted, "inventory.yaml") == TEXT.replace(old, new)


def test_an_entry_that_goes_takes_its_empty_line_with_it():
    text = "services:\n  a:\n    image: a\n\n  b:\n    image: b\n\n  c:\n    image: c\n"
    assert edited(text, lambda tree: tree["services"].take("b")) == (
        "services:\n  a:\n    image: a\n\n  c:\n    image: c\n"
    )


def test_the_ends_of_lines_stay_as_they_are_and_the_last_one_is_completed():
    assert edited("a: 1\r\nb:\r\n- x", lambda tree: tree["b"].append("z")) == (
        "a: 1\r\nb:\r\n- x\r\n- z\r\n"
    )


def test_a_key_that_a_merge_gives_is_written_out_when_it_changes():
    text = "d: &d {image: a, user: b}\ne:\n  <<: *d\n  host: x\n"
    before = read(text)
    wanted = as_tree(plain(before))
    wanted["e"].put("image", "c", 0)
    wanted["e"].take("user")
    changed = rewrite(text, before, wanted, "f")
    assert changed == text + "  image: c\n  user:\n"


def test_a_key_that_a_merge_would_give_again_says_nothing_when_it_goes():
    text = "d: &d {image: a}\ne:\n  <<: *d\n  image: b # mine\n  user: x\nf: {<<: *d, image: c}\n"

    def without(tree):
        tree["e"].take("image")
        tree["f"].take("image")
        tree["f"].put("host", "x", 0)

    assert edited(text, without) == (
        "d: &d {image: a}\ne:\n  <<: *d\n  image: # mine\n  user: x\nf: {<<: *d, image: null, host: x}\n"
    )


def test_an_anchor_that_others_use_is_not_changed_behind_their_back():
    text = "a: &a {image: x}\nb: *a\n"
    before = read(text)
    wanted = as_tree(plain(before))
    wanted["a"].put("image", "y", 0)
    with pytest.raises(InventoryError, match=r"f: .* cannot be updated in place; write out what"):
        rewrite(text, before, wanted, "f")
