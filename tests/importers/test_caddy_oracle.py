"""Our reading of Caddyfiles against Caddy's own: the routes of both forms are the same.

``K8SADVISOR_CADDY`` names Caddy 2.6 or later.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from analyzer.files import Document, Files
from analyzer.importers import caddy

SAMPLES = Path(__file__).parent / "caddy"
FOLDERS = sorted(path.name for path in SAMPLES.iterdir() if (path / "Caddyfile").exists())


def program() -> str:
    found = os.environ.get("K8SADVISOR_CADDY") or shutil.which("caddy")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("K8SADVISOR_CADDY does not name Caddy")
        pytest.skip("without K8SADVISOR_CADDY, the server itself")
    return found


def adapted(path: Path) -> bytes:
    """Return the JSON that Caddy makes of a file."""
    run = subprocess.run(
        [program(), "adapt", "--config", str(path), "--adapter", "caddyfile"],
        capture_output=True,
        check=False,
        env={"HOME": "/nonexistent"},
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_forms_give_the_same_routes(folder):
    path = SAMPLES / folder / "Caddyfile"
    files = Files()
    (draft,) = caddy.read([files.given(str(path))], files, None)
    document = Document("caddy.json", 0, "", "", adapted(path))
    (other,) = caddy.read([document], Files(), None)
    ours = {(route.site, route.upstream, route.exposure) for route in draft.routes}
    theirs = {(route.site, route.upstream, route.exposure) for route in other.routes}
    assert ours
    assert ours == theirs
    assert not draft.remarks


@pytest.mark.parametrize("folder", FOLDERS)
def test_caddys_json_is_recognised(folder):
    data = adapted(SAMPLES / folder / "Caddyfile")
    assert caddy.recognises("x/config.json", data[: 1 << 16])
