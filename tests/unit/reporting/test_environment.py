import jinja2
import pytest

from analyzer.reporting import environment, markdown, render
from tests.unit.reporting.fake import assessment


def test_a_name_that_a_template_misspells_is_an_error():
    template = environment.create_environment().from_string("{{ missing }}")
    with pytest.raises(jinja2.UndefinedError):
        template.render()


def test_compiled_templates_are_used_when_this_jinja_wrote_them(tmp_path, monkeypatch):
    markdown._template.cache_clear()
    expected = render(assessment())
    plain = environment.create_environment()
    target = tmp_path / jinja2.__version__
    plain.compile_templates(str(target), extensions=["j2"], zip=None, ignore_errors=False)
    monkeypatch.setattr(environment, "COMPILED", tmp_path)
    compiled = environment.create_environment()
    assert isinstance(compiled.loader, jinja2.ModuleLoader)
    names = sorted(plain.list_templates(extensions=["j2"]))
    assert {"_macros.md.j2", "assessment.md.j2"} <= set(names)
    monkeypatch.setattr(markdown, "create_environment", lambda: compiled)
    markdown._template.cache_clear()
    try:
        assert render(assessment()) == expected
    finally:
        markdown._template.cache_clear()


def test_templates_compiled_by_another_jinja_are_left_alone(tmp_path, monkeypatch):
    (tmp_path / "0.0.1").mkdir()
    monkeypatch.setattr(environment, "COMPILED", tmp_path)
    assert isinstance(environment.create_environment().loader, jinja2.FileSystemLoader)
