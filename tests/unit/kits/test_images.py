import pytest

from analyzer.kits.images import reference


@pytest.mark.parametrize(
    ("image", "whole", "moves"),
    [
        ("redis", "docker.io/library/redis", True),
        ("redis:7", "docker.io/library/redis:7", False),
        ("a/b:latest", "docker.io/a/b:latest", True),
        ("ghcr.io/a/b", "ghcr.io/a/b", True),
        ("localhost:5000/b:1", "localhost:5000/b:1", False),
        ("localhost/b", "localhost/b", True),
        ("a/b@sha256:0123", "docker.io/a/b@sha256:0123", False),
        ("a/b:1@sha256:0123", "docker.io/a/b:1@sha256:0123", False),
    ],
)
def test_a_reference_is_written_in_full(image, whole, moves):
    assert str(reference(image)) == whole
    assert reference(image).moves is moves
