"""``Config.CreateCommand``: what people set, told from what the image brings."""

import pytest

from analyzer.importers.podman.createcommand import UNKNOWN, created


@pytest.mark.parametrize(
    ("command", "variables"),
    [
        ("podman run -d --name web -e A=1 --env B=2 --env=C=3 -eD=4 image", "A B C D"),
        ("podman --log-level debug create -it -e A image -e NOT=1", "A"),
        ("podman run -dite A=1 image", "A"),
        ("podman run --rm --init -p 80:80 -p8080:80 image", ""),
        ("podman run --privileged=true -e A=1 -- image -e B=2", "A"),
        ("podman run -h name -e A=1 image", "A"),
        ("podman run -e A=1", "A"),
    ],
)
def test_variables(command, variables):
    assert created(command.split()).variables == frozenset(variables.split())


@pytest.mark.parametrize(
    "command",
    [
        "podman run --env-file .env -e A=1 image",
        "podman run --env-host image",
        "podman run -e A* image",
    ],
)
def test_variables_whose_names_are_not_shown(command):
    assert created(command.split()).variables is None


@pytest.mark.parametrize("command", ["", "podman", "podman kube play x.yaml", "run"])
def test_other_commands_say_nothing(command):
    assert created(command.split()) == UNKNOWN


def test_secrets_that_become_variables():
    made = created(
        "podman run --secret a --secret b,type=env,target=B --secret c,type=env x".split()
    )
    assert made.secrets == (("a", ""), ("b", "B"), ("c", "c"))


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("podman run -d image", False),
        ("podman run -d image sh", True),
        ("podman run image", False),
    ],
)
def test_arguments(command, expected):
    assert created(command.split()).has_arguments is expected
