import os
import stat
from pathlib import Path

import pytest

from analyzer.commands.output import check_target, write_result
from analyzer.errors import OutputError
from analyzer.inventory.loading import DEFAULT_FILE


def test_a_new_file_has_the_usual_mode(tmp_path):
    old = os.umask(0o022)
    try:
        write_result("text\n", str(tmp_path / "r.md"))
    finally:
        os.umask(old)
    assert (tmp_path / "r.md").read_text() == "text\n"
    assert stat.S_IMODE((tmp_path / "r.md").stat().st_mode) == 0o644


def test_an_old_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    write_result("new", str(link))
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


@pytest.mark.parametrize("step", ["replace", "fchmod"])
def test_a_failure_in_the_middle_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, step):
    target = tmp_path / "r.md"
    target.write_text("old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    owner = Path if step == "replace" else os
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(OutputError, match="No space left on device"):
        write_result("new", str(target))
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["r.md"]


def test_an_interrupt_in_the_middle_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    target = tmp_path / "r.md"
    target.write_text("old")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_result("new", str(target))
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["r.md"]


def test_a_device_is_written_not_replaced():
    write_result("text", "/dev/null")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_bytes_that_are_no_text_do_not_stop_a_report(tmp_path):
    write_result("name \udcff", str(tmp_path / "r.md"))
    assert (tmp_path / "r.md").read_bytes() == b"name ?"


def test_standard_output_is_always_allowed():
    check_target(None)
    check_target("-", ["-"])


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("", "is a folder"),
        ("a/b", "no folder"),
        ("in", "is the"),
        ("a" * 300, "cannot write: File name too long"),
        ("in/b", "no folder"),
    ],
)
def test_targets_that_cannot_be(tmp_path, target, why):
    (tmp_path / "in").write_text("")
    with pytest.raises(OutputError, match=why):
        check_target(str(tmp_path / target), ["a" * 5000, "in/none", str(tmp_path / "in"), "-"])


def test_a_folder_keeps_its_inventory_and_takes_a_report_again_and_again(tmp_path):
    for name in ("inventory.yaml", "report.md"):
        (tmp_path / name).write_text("")
    with pytest.raises(OutputError, match="is the inventory"):
        check_target(str(tmp_path / DEFAULT_FILE), [str(tmp_path)])
    check_target(str(tmp_path / "report.md"), [str(tmp_path)])
