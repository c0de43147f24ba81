import json
import os
import subprocess

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.kits.printers.nix import Code, expression, lines, module, name, text
from tests.kits.making import tool

plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20)


def evaluated(source, tmp):
    command = tool("K8SADVISOR_NIX_INSTANTIATE", "nix-instantiate")
    done = subprocess.run(
        [command, "--eval", "--strict", "--json", "-E", source],
        env={**os.environ, "NIX_STATE_DIR": str(tmp / "n"), "NIX_STORE_DIR": str(tmp / "s")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (source, done.stderr)
    return json.loads(done.stdout)


def test_nix_reads_what_was_meant(tmp_path):
    @settings(max_examples=15)
    @given(st.lists(plain, max_size=30), st.dictionaries(plain.filter(bool), plain, max_size=10))
    def holds(listed, mapping):
        value = {"list": listed, "map": mapping, "number": 3, "off": False, "empty": {}}
        assert evaluated(expression(value), tmp_path) == value

    holds()


def test_nothing_is_interpolated():
    assert text("${x}") == '"\\${x}"'
    assert "''${x}" in lines("a ${x}\nb\n", "")
    assert name("a.b") == '"a.b"'
    assert name("let") == '"let"'


def test_sets_of_one_attribute_are_written_as_a_path():
    assert module({"a": {"b": {"c": 1}}}) == "{ ... }:\n{\n  a.b.c = 1;\n}\n"
    assert expression({"a": Code("config.x")}) == "{\n  a = config.x;\n}"
