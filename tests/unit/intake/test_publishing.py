"""What an inventory may hold: structure, names of variables, and what their values told."""

from analyzer.graph.clues import Clue
from analyzer.graph.model import Evidence
from analyzer.intake.publishing import place, publish, unread
from analyzer.inventory.draft import Hint, Remark
from analyzer.inventory.model import Source
from analyzer.tree import Resolved, pack
from tests.unit.intake.drafts import plain, tree

FILES = ("compose.yaml", ".env")
SENTINEL = "hunter2-sentinel"


def published(written, hints=(), clues=()):
    return plain(publish(tree(written), hints, clues, FILES))["services"]


def test_of_variables_only_the_names_are_left_sorted():
    for written in ("{B: x, A: y}", "[B=x, A=y]"):
        assert published(f"services: {{web: {{environment: {written}}}}}") == {
            "web": {"from": "compose.yaml:1", "environment": ["A", "B"]}
        }


def test_structure_stays_word_for_word():
    entry = {
        "from": "compose.yaml:1",
        "image": "nginx:1",
        "ports": ["80:80"],
        "volumes": [{"type": "bind", "source": "./a", "target": "/a"}],
        "networks": {"site_default": {"aliases": ["web"]}},
        "depends_on": {"db": {"condition": "service_healthy"}},
    }
    assert published(f"services: {{web: {entry}}}")["web"] == entry


def test_no_value_survives_anywhere():
    written = f"""
services:
  web:
    environment: {{APP_PASSWORD: {SENTINEL}}}
    command: [serve, --token, {SENTINEL}]
    entrypoint: sh -c 'x {SENTINEL}'
    healthcheck: {{test: [CMD-SHELL, 'curl -u a:{SENTINEL} http://localhost']}}
    labels: {{traefik.enable: 'true', note: {SENTINEL}, traefik.http.middlewares.a.basicauth.users: x}}
    logging: {{driver: x, options: {{url: 'https://x:{SENTINEL}@y'}}}}
    build: {{context: ., args: {{TOKEN: {SENTINEL}}}}}
    x-mine: {{password: {SENTINEL}}}
    x-compose: {{deep: [{SENTINEL}], environment: {{A: {SENTINEL}}}}}
"""
    shown = published(written)
    assert SENTINEL not in str(shown)
    assert shown["web"]["labels"] == {
        "traefik.enable": "true",
        "note": "",
        "traefik.http.middlewares.a.basicauth.users": "",
    }
    assert shown["web"]["build"] == {"context": ".", "args": ["TOKEN"]}
    assert shown["web"]["x-compose"] == {"deep": ["${APP_PASSWORD}"], "environment": ["A"]}
    assert "x-mine" not in shown["web"]


def test_values_of_files_are_no_better():
    hint = Hint("web", "variable", "TOKEN", SENTINEL, pack(1, 1, 1))
    assert SENTINEL not in str(published(f"services: {{web: {{command: x {SENTINEL}}}}}", (hint,)))


def test_interpolated_structure_is_plain_and_free_text_goes_back():
    given = tree("services: {web: {}}")
    for key in ("image", "command"):
        given["services"]["web"].put(key, Resolved("a:1", "a:${TAG}"), pack(1, 1))
    shown = publish(given, (), (), FILES)["services"]["web"]
    assert (shown["image"], shown["command"]) == ("a:1", "a:${TAG}")
    assert type(shown["image"]) is str


def clue(target, confidence, kind, text, need="soft", line=3):
    evidence = Evidence(kind, text, Source("compose.yaml", line, 0))
    return Clue("web", target, need, confidence, evidence)


def test_what_values_told_is_recorded_once_for_each_target():
    clues = (
        clue("db", 90, "environment", "variable DB_HOST names it", "hard"),
        clue("db", 60, "command", "option db names it"),
        clue("db", 90, "environment", "variable DB_URL names it"),
        clue("cache", 40, "environment", "variable X names it"),
        clue("known", 95, "environment", "variable Y names it"),
    )
    assert published("services: {web: {depends_on: [known]}}", (), clues)["web"]["inferred"] == {
        "cache": {
            "kind": "soft",
            "confidence": "40",
            "because": {"environment": "variable X names it"},
        },
        "db": {
            "kind": "hard",
            "confidence": "90",
            "because": {
                "command": "option db names it",
                "environment": "variable DB_HOST names it; variable DB_URL names it",
            },
        },
    }


def test_what_was_not_understood_is_listed_with_its_place():
    remarks = (
        Remark(pack(4, 1), "services.web.imge", "not understood", "no key of Compose"),
        Remark(pack(2, 1, 1), "A", "broken", "no value"),
        Remark(pack(2, 1), "services.web.tty", "no bearing", ""),
    )
    assert unread(remarks, FILES) == [
        ".env:2: A: no value",
        "compose.yaml:4: services.web.imge: no key of Compose",
    ]


def test_a_place_without_a_mark_is_the_command_line():
    assert str(place(0, FILES)) == "--host"
    assert str(place(pack(7, 2, 1), FILES)) == ".env:7"


def test_the_tree_itself_is_not_changed():
    given = tree(f"services: {{web: {{environment: {{A: {SENTINEL}}}}}}}")
    before = plain(given)
    publish(given, (), (), FILES)
    assert plain(given) == before
