"""The fingerprint of rules: content counts, layout does not."""

from analyzer.rulebook.fingerprint import fingerprint
from tests.unit.rulebook.trees import tree_of

RULES = {"gates/a.yaml": tree_of("id: a\nsays: x\n"), "gates/b.yaml": tree_of("id: b\n")}


def test_layout_comments_and_order_do_not_count():
    turned = {
        "gates/b.yaml": tree_of("# about b\n\n{id: b}\n"),
        "gates/a.yaml": tree_of("says: x\nid: a\n"),
    }
    assert fingerprint(turned) == fingerprint(RULES)
    assert len(fingerprint(RULES)) == 12


def test_every_change_of_content_counts():
    changes = [
        {**RULES, "gates/b.yaml": tree_of("id: c\n")},
        {**RULES, "gates/c.yaml": tree_of("id: c\n")},
        {"gates/a.yaml": RULES["gates/a.yaml"]},
        {"gates/x.yaml": RULES["gates/a.yaml"], "gates/b.yaml": RULES["gates/b.yaml"]},
    ]
    found = {fingerprint(RULES), *map(fingerprint, changes), fingerprint(RULES, "0123456789ab")}
    assert len(found) == 6
