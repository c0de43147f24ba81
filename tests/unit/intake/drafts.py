"""Drafts and trees for the tests of the intake, written as YAML."""

from analyzer import yamlfile
from analyzer.inventory.draft import Draft


def tree(written, number=0):
    roots, problems = yamlfile.parse_all(written.encode(), "x.yaml", number=number)
    assert not problems
    return roots[0]


def draft(written, project=None, number=0, **rest):
    return Draft(tree(written, number), project, **rest)


def plain(node):
    """Return a node as plain values."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(item) for item in node]
    return str(node) if isinstance(node, str) else node
