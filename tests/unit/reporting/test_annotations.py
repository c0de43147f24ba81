"""Commands for a workflow: escaped, so that no name can make another command."""

import re

from analyzer.assessment import Settings, assess
from analyzer.inventory.loading import load_inventory
from analyzer.reporting import render
from analyzer.rulebook.loading import load_rulebook
from tests.benchmarks.installed import ROOT

RULES = load_rulebook()
COMMAND = re.compile(r"::(error|warning|notice) [a-z]+=[^:]*(,[a-z]+=[^:,]*)*::.+")


def commands(path, *settings):
    found = assess(load_inventory([str(path)], settings), RULES, Settings())
    return render(found, "github").splitlines()


def test_at_most_ten_of_each_level_and_the_rest_is_counted():
    lines = commands(ROOT / "examples/home/inventory.yaml")
    levels = [line.split()[0] for line in lines]
    assert max(levels.count(level) for level in set(levels)) == 10
    assert "more findings are in the report" in lines[-1]
    assert lines[-1].startswith("::notice title=home%3A stay")
    assert all(COMMAND.fullmatch(line) for line in lines)


def test_a_hostile_name_stays_inside_its_command(tmp_path):
    name = "x::stop-commands::t%,:"
    text = f'hosts: {{a: {{}}}}\nname: "{name}"\nservices: {{"{name}": {{host: a, image: n}}}}\n'
    (tmp_path / "inventory.yaml").write_text(text)
    lines = commands(tmp_path / "inventory.yaml")
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert not any(line.startswith("::stop") for line in lines)


def test_gates_are_in_the_answer():
    (answer,) = commands(ROOT / "examples/home/inventory.yaml", ("needs.failover", "required"))[
        -1:
    ]
    assert "ruled out" in answer
