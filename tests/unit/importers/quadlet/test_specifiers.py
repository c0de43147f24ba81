import pytest

from analyzer.importers.quadlet.specifiers import expand, specifiers
from analyzer.tree import Resolved


@pytest.mark.parametrize(
    ("service", "text", "expanded"),
    [
        ("foo", "%n %N %p %j", "foo.service foo foo foo"),
        ("a-b@x-y", "%i %I %p %P %j", "x-y x/y a-b a/b b"),
        ("foo@", "%i %p", "%i foo"),
        ("foo", "100%% %z %", "100% %z %"),
        ("foo", "%H", "storage"),
        (r"d\x2de", "%P", "d-e"),
    ],
)
def test_names(service, text, expanded):
    assert expand(text, specifiers(service, "storage", rootless=False), {}) == expanded


def test_places_differ_between_the_system_and_a_user():
    system, user = (specifiers("a", None, rootless=rootless) for rootless in (False, True))
    assert expand("%h/x %t/podman", system, {}) == "/root/x /run/podman"
    assert expand("%h/x %E", user, {}) == "~/x ~/.config"
    assert expand("%H", user, {}) == "%H"


def test_text_with_a_variable_remembers_how_it_was_written():
    text = expand("img:${TAG} $$5 ${NONE}", {}, {"TAG": "hunter2"})
    assert text == "img:hunter2 $5 ${NONE}"
    assert isinstance(text, Resolved)
    assert "hunter2" not in text.written
