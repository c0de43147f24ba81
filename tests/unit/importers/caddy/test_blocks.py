from itertools import pairwise

import pytest

from analyzer.files import Document, Files
from analyzer.importers.caddy.blocks import Caddyfile, Line


def caddyfile(text: str, path: str = "/nowhere/Caddyfile", root: str = "/nowhere") -> Caddyfile:
    return Caddyfile(Document("Caddyfile", 0, path, root, text.encode()), Files())


def shown(lines) -> list:
    return [
        [[word.text for word in line.words], shown(line.block)] if line.block is not None
        else [word.text for word in line.words]
        for line in lines
    ]  # fmt: skip


def test_sites_snippets_and_options_are_told_apart():
    file = caddyfile("{\n debug\n}\n(s) {\n x\n}\n&(n) {\n y\n}\na.example,\nb.example {\n z\n}\n")
    assert shown(file.options) == [["debug"]]
    assert shown(file.snippets["s"]) == [["x"]]
    assert shown(file.named_routes["n"]) == [["y"]]
    assert shown(file.sites) == [[["a.example,", "b.example"], [["z"]]]]


@pytest.mark.parametrize("ahead", ["", "{\n debug\n}\n", "(s) {\n x\n}\n"])
def test_a_single_site_may_leave_out_the_braces(ahead):
    file = caddyfile(f"{ahead}a.example\nreverse_proxy b {{\n to c\n}}\nlog\n")
    (site,) = file.sites
    assert shown([site])[0][0] == ["a.example"]
    assert [line.name for line in site.block or ()] == ["reverse_proxy", "log"]


def test_arguments_of_an_import_are_put_in():
    file = caddyfile(
        "(s) {\n a {args[0]} x{args.1}y {args[:]} {args[1:]} {args[7]}\n}\nq {\n import s 1 2\n}\n"
    )
    (line,) = file.expand(file.sites[0].block or ())
    assert line.rest() == ["1", "x2y", "1", "2", "2", "{args[7]}"]


def test_a_block_that_is_given_is_put_in():
    file = caddyfile("(s) {\n a {\n  {block}\n }\n}\nq {\n import s {\n  b\n }\n}\n")
    assert shown(file.expand(file.sites[0].block or ())) == [[["a"], [["b"]]]]


def test_imports_that_go_on_and_on_end_with_a_remark():
    file = caddyfile("(s) {\n import s\n import s\n}\nq {\n import s\n}\n")
    lines = file.expand(file.sites[0].block or ())
    assert lines == []
    assert [remark.reach for remark in file.remarks] == ["broken"]


def test_deep_blocks_and_lost_braces_are_said():
    assert caddyfile("{\n" * 500).remarks[0].text == "braces that do not match"
    assert caddyfile("a {\n b\n}\n}\n").remarks[0].mark
    assert caddyfile("a {\n b\n").remarks


def test_files_are_imported_by_pattern_and_only_from_inside(tmp_path):
    (tmp_path / "in" / "sites").mkdir(parents=True)
    (tmp_path / "out.caddy").write_text("secret.example {\n x\n}\n")
    for name in ("b.caddy", "a.caddy", ".hidden.caddy"):
        (tmp_path / "in" / "sites" / name).write_text(f"{name} {{\n x\n}}\n")
    text = "import sites/*.caddy\nimport ../*.caddy\nimport ../out.caddy\nimport gone\n"
    (tmp_path / "in" / "Caddyfile").write_text(text)
    files = Files()
    file = Caddyfile(files.given(str(tmp_path / "in" / "Caddyfile")), files)
    assert [site.name for site in file.sites] == ["a.caddy", "b.caddy"]
    assert len(file.imported) == 2
    assert [remark.reach for remark in file.remarks] == ["broken"] * 3


def test_a_line_without_words_has_no_name():
    assert Line((), ()).name == ""
    assert Line((), ()).mark == 0


def test_a_file_that_imports_itself_is_read_once(tmp_path):
    text = "import Caddyfile\nimport *\na.example {\n reverse_proxy b\n}\n"
    (tmp_path / "Caddyfile").write_text(text)
    files = Files()
    file = Caddyfile(files.given(str(tmp_path / "Caddyfile")), files)
    assert len(file.sites) == 1
    assert "imports itself" in file.remarks[0].text
    assert 0 not in file.imported


@pytest.mark.parametrize(
    "text",
    [
        "(s) {\n import s {args[0]}{args[0]}\n}\na.example {\n import s xxxxxxxx\n}\n",
        "(s) {\n import s {args[:]} {args[:]}\n}\na.example {\n import s x y\n}\n",
        f"(s) {{\n a {'{args[0]}' * 900}\n}}\na.example {{\n{f' import s {chr(120) * 1000}{chr(10)}' * 900}}}\n",
    ],
)
def test_arguments_cannot_grow_without_end(text):
    file = caddyfile(text)
    lines = file.expand(file.sites[0].block or ())
    assert sum(len(word.text) for line in lines for word in line.words) < 10_000_000
    assert any("go on and on" in remark.text for remark in file.remarks)


def test_files_that_import_each_other_many_times_are_bounded(tmp_path):
    names = "abcdefghijklmnopqrst"
    for name, following in pairwise(names):
        (tmp_path / name).write_text(f"import {following}\nimport {following}\n")
    (tmp_path / "t").write_text("x.example {\n reverse_proxy y\n}\n")
    files = Files()
    file = Caddyfile(files.given(str(tmp_path / "a")), files)
    assert 0 < len(file.sites) <= 2000
