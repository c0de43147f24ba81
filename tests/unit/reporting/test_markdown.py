import re

from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Settings, assess
from analyzer.intake.loading import load_estate
from analyzer.reporting import render
from analyzer.rulebook.loading import load_rulebook
from tests.unit.reporting.fake import assessment

CELLS = re.compile(r"(?<!\\)\|")
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HOSTILE = [
    "a|b`c`|d",
    "<script>alert(1)</script>",
    "line\n# heading\n| cell |",
    "\u202eevil\u2066",
    "{{ config }}{% raw %}",
    'end["x"]; graph TD',
    "```\nclosed",
    "![x](http://x)",
    "\n",
    "\u00a0",
]
names = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=30))


def shape(report):
    """Return how each line begins: what gives a Markdown document its structure."""
    return [re.match(r"#+ |\| |\|--|- |1\. |```\w*|\*\*|", line)[0] for line in report.split("\n")]


def prose(report):
    """Return the report without its Mermaid block, which is tested with the graph."""
    return re.sub(r"```mermaid\n.*?\n```\n", "", report, flags=re.DOTALL)


BASE = shape(prose(render(assessment())))


@given(names, names, names, names)
def test_no_text_changes_the_structure(web, db, host, text):
    if web == db:
        db += "2"
    report = prose(render(assessment(web, db, host, text, name=text)))
    assert shape(report) == BASE
    assert "<script" not in report
    assert "{{" not in report
    assert "{%" not in report
    assert not BIDI.search(report)


@given(names)
def test_every_row_of_a_table_has_the_cells_of_its_title(text):
    columns = 0
    for line in prose(render(assessment(text, f"{text}2", text, text))).split("\n"):
        cells = len(CELLS.findall(line)) if line.startswith("|") else 0
        assert not columns or not cells or cells == columns, line
        columns = cells


def test_the_answer_comes_before_everything_and_fits_two_screens():
    report = render(assessment())
    front, _, appendix = report.partition("\n## Appendix\n")
    assert report.startswith("# home: probably stay on Podman and improve it\n")
    assert len(front.splitlines()) <= 100
    assert re.findall(r"^### (\w)\. ", appendix, re.MULTILINE) == list("ABCDEFGHIJ")


def test_the_front_says_what_why_how_sure_and_what_next():
    front = render(assessment(text="because of this")).partition("## Appendix")[0]
    for part in (
        "**enhanced-podman**, leaning",
        "★★★★☆ (17 of 20 facts known, 92 % of the weight)",
        "up to ±61 %",
        "| **enhanced-podman** | +0.63 | +0.50 … +0.75 | 98 % |  |",
        "- for, +0.50: because of this",
        "- against, −0.13: because of this",
        "- incremental ruled out: because of this",
        "`needs.planned_hosts` from 2 to because of this → **incremental**",
        "1. because of this, db, web (0.5 h): because of this",
        "Write `needs.failover: none | wanted | required`. It could change the answer.",
        "512 MB for the server + 256 MB for the agent + 50 × 50 MB = 3,268 MB",
        "1 of 3 conditions for failover hold, 1 cannot be told; missing: Three servers",
    ):
        assert part in front


def test_every_link_inside_the_report_has_its_heading():
    report = render(assessment())
    anchors = {
        re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-")
        for title in re.findall(r"^#+ (.*)$", report, re.MULTILINE)
    }
    links = set(re.findall(r"\]\(#([^)]*)\)", report))
    assert links
    assert links <= anchors


def test_when_every_option_is_out_the_title_says_so():
    whole = assessment()
    decision = whole.decision._replace(feasible=False, opening="buy a third server")
    front = render(whole._replace(decision=decision)).partition("**Why**")[0]
    assert front.startswith("# home: no option meets what was required\n")
    assert "What would: buy a third server" in front
    assert "the answer would be **enhanced-podman**" in front
    assert "leaning" not in front


def test_each_option_gets_its_own_plan():
    whole = assessment()
    titles = {
        "enhanced-podman": "## The improvements",
        "test-cluster": "## The test",
        "incremental": "## The move",
    }
    for option, title in titles.items():
        decision = whole.decision._replace(recommended=option)
        report = render(whole._replace(decision=decision))
        assert [t for t in titles.values() if f"\n{t}\n" in report] == [title]
        assert ("Not recommended now" in report) == (option != "incremental")


def test_long_tables_are_cut_and_say_so():
    whole = assessment()
    never = whole.plan.never * 1000
    report = render(whole._replace(plan=whole.plan._replace(never=never)))
    assert "… and 800 more, all in the JSON report." in report


def test_the_same_assessment_gives_the_same_bytes():
    assert render(assessment()) == render(assessment())


def test_a_tie_without_direction_is_told_as_one_and_says_its_reason_once(tmp_path):
    (tmp_path / "compose.yaml").write_text(
        "services:\n"
        "  a: {image: example/one, volumes: ['/srv/notes:/notes']}\n"
        "  b: {image: example/two, volumes: ['/srv/notes:/notes']}\n"
    )
    inventory = load_estate([str(tmp_path / "compose.yaml")], (), load_rulebook)
    report = render(assess(inventory, load_rulebook(), Settings()))
    row = next(line for line in report.splitlines() if line.startswith("| `a` | `b` |"))
    assert "tied both ways" in row
    assert row.count("both write /srv/notes") == 1
