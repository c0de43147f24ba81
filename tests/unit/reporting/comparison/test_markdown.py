"""What a pull request shows: the answer, why, and what matters, never more than it can hold."""

from analyzer.comparison.changes import EstateChange
from analyzer.comparison.comparing import compare
from analyzer.reporting import COMPARISON_FORMATS, render
from analyzer.reporting.comparison.markdown import MOST_CHARACTERS
from tests.unit.comparison.test_conditions import LEARNING, NOW, REQUIRED, snapshot

GITHUB_LIMIT = 65_536


def markdown(before, after):
    return render(compare(before, after), "md", COMPARISON_FORMATS)


def test_nothing_is_said_of_nothing():
    assert markdown(NOW, NOW) == ""


def test_the_answer_comes_first_and_why_next():
    lines = markdown(NOW, LEARNING).splitlines()
    assert lines[0] == "# home: enhanced-podman → test-cluster"
    assert lines.index("**Why**") < lines.index("**What changed**")


def test_an_answer_that_still_holds_says_so():
    text = markdown(NOW, snapshot(("services.plex.image", "other:1")))
    assert text.startswith("# home: still stay and improve what runs\n")
    assert "no score moves with image of 1 service" in text


def test_what_cannot_be_compared_comes_before_everything():
    text = markdown(NOW._replace(scope=NOW.scope._replace(rules="x")), REQUIRED)
    assert text.index("**Not comparable**") < text.index("**What changed**")
    assert "not comparable" in text.partition("**Not comparable**")[0]
    assert "nothing changed" not in text.lower()


def test_a_huge_change_fits_a_comment():
    changes = tuple(
        EstateChange("service", "x" * 400 + str(at), "", (), ("y" * 400,), "", "")
        for at in range(5000)
    )
    text = render(compare(NOW, LEARNING)._replace(estate=changes), "md", COMPARISON_FORMATS)
    assert len(text) < MOST_CHARACTERS + 100 < GITHUB_LIMIT
    assert "and 4,988 more" in text


def test_hostile_names_are_shown_and_obeyed_by_nobody():
    change = EstateChange("service", "<b>|`[x](y)", "", (), ("@all",), "", "")
    text = render(compare(NOW, LEARNING)._replace(estate=(change,)), "md", COMPARISON_FORMATS)
    assert "<b>" not in text
    assert "[x](y)" not in text
