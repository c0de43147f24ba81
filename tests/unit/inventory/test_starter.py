import re

from analyzer.inventory.model import Needs
from analyzer.inventory.starter import starter_text

FIRST_QUESTIONS = ["outages", "failover", "learning_kubernetes", "simplicity", "hours_per_week"]


def test_it_loads_as_it_is(load):
    estate = load(starter_text())
    assert set(estate.services) == {"database", "web"}
    assert estate.needs == Needs({})


def test_what_decides_most_is_asked_first():
    keys = re.findall(r"^  (\w+):", starter_text().split("hosts:")[0], re.MULTILINE)
    assert keys[: len(FIRST_QUESTIONS)] == FIRST_QUESTIONS


def test_every_answer_it_names_is_one(load):
    text = starter_text()
    for line in text.splitlines():
        key, _, comment = line.partition(":")
        answers = re.findall(r"\b(none|low|medium|high|some|repeated|wanted|required)\b", comment)
        if "#" not in comment or not answers:
            continue
        for answer in answers:
            load(text.replace(line, f"{key}: {answer}"))
