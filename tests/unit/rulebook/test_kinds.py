"""One rule of each kind, read whole; and what each refuses."""

from fractions import Fraction

import pytest

from analyzer.rulebook import kinds
from analyzer.rulebook.model import Comparison, Figure, Image, Scale
from tests.unit.rulebook.trees import brief, reader_of

SAID = "title: T\nreason: R\nsources: [{guide: Overview}]\n"
CRITERION = f"id: x\n{SAID}question: Q?\nspeaks_for: F\nspeaks_against: A\nremedy: M\n"
GATE = f"id: g\n{SAID}says: S\nlifted_by: L\nrules_out: [incremental]\nwhen: {{a: {{above: 1}}}}\n"
FINDING = (
    f"id: f\n{SAID}scope: host\nseverity: low\nmatters_to: [test-cluster]\nsays: S\n"
    "remedy: M\nhours: 1/2\nwhen: {a: {above: 1}}\n"
)


def read(kind, text, *arguments):
    reader = reader_of(text, "rules/criteria/cost/x.yaml")
    rule = kind(reader, *arguments)
    reader.close()
    return rule, brief(reader.problems)


def test_a_criterion():
    rule, problems = read(
        kinds.criterion, CRITERION + "for_testing_first: {fact: f, levels: {a: 1}}\n"
    )
    assert problems == []
    assert (rule.id, rule.group, rule.title, rule.question) == ("x", "cost", "T", "Q?")
    assert rule.for_kubernetes is None
    assert rule.for_testing_first == Scale("f", (), {"a": Fraction(1)})
    assert rule.facts == ("f",)
    assert str(rule.source) == "rules/criteria/cost/x.yaml:1"


def test_a_criterion_without_evidence_is_refused():
    _, problems = read(kinds.criterion, CRITERION)
    assert [what for _, _, what in problems] == ["no evidence on any axis"]


@pytest.mark.parametrize(("line", "physical"), [("", False), ("physical: true\n", True)])
def test_a_gate(line, physical):
    rule, problems = read(kinds.gate, GATE + line)
    assert problems == []
    assert rule.rules_out == ("incremental",)
    assert rule.when == Comparison("a", "above", Fraction(1))
    assert rule.physical is physical


def test_an_option_that_is_none_is_refused():
    rule, problems = read(kinds.gate, GATE.replace("[incremental]", "[incremental, big-bang]"))
    assert rule.rules_out == ("incremental",)
    assert [what for _, _, what in problems] == ["'big-bang' is no option"]


def test_a_finding():
    rule, problems = read(kinds.finding, FINDING)
    assert problems == []
    assert (rule.scope, rule.severity, rule.matters_to) == ("host", "low", ("test-cluster",))
    assert rule.hours == Fraction(1, 2)


@pytest.mark.parametrize(
    ("old", "new"), [("scope: host", "scope: room"), ("severity: low", "severity: dire")]
)
def test_a_finding_of_no_such_scope_or_severity(old, new):
    _, problems = read(kinds.finding, FINDING.replace(old, new))
    assert [path for _, path, _ in problems] == [old.split(":")[0]]


PROFILE = "id: p\ntitle: T\ntext: X\nweights: {a: 0, b: 20, c: 3}\n"


def test_a_profile():
    rule, problems = read(kinds.profile, PROFILE)
    assert problems == []
    assert rule.weights == {"a": 0, "b": 20, "c": 3}
    assert all(type(weight) is int for weight in rule.weights.values())


@pytest.mark.parametrize("weight", ["-1", "21", "1/2", "heavy"])
def test_weights_are_small_whole_numbers(weight):
    _, problems = read(kinds.profile, PROFILE.replace("c: 3", f"c: {weight}"))
    assert [path for _, path, _ in problems] == ["weights.c"]


QUESTION = "ask: A?\nkey: K\nanswers: {none: 3, 1/3: 1, 2: 0}\nreason: R\nrank: 4\n"


def test_a_question():
    rule, problems = read(
        kinds.question, QUESTION + "what_if: [x, 5]\nrelative_to: hosts\n", "fact"
    )
    assert problems == []
    assert rule.answers == (("none", 3), (Fraction(1, 3), 1), (Fraction(2), 0))
    assert (rule.fact, rule.what_if, rule.relative_to) == ("fact", ("x", Fraction(5)), "hosts")
    assert rule.rank == 4


@pytest.mark.parametrize("weight", ["-1", "1/2", "often"])
def test_answers_have_whole_weights(weight):
    _, problems = read(kinds.question, QUESTION.replace("none: 3", f"none: {weight}"), "fact")
    assert [path for _, path, _ in problems] == ["answers.none"]


def test_a_question_without_answers_is_refused():
    _, problems = read(
        kinds.question, QUESTION.replace("answers: {none: 3, 1/3: 1, 2: 0}\n", ""), "f"
    )
    assert [(path, what) for _, path, what in problems] == [("answers", "missing")]


SOURCED = "unit: MB\nsources: [{guide: Overview}]\n"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("value: 3", (3, 3, 3)),
        ("value: 2/3", (Fraction(2, 3),) * 3),
        ("low: 1\ntypical: 2\nhigh: 5", (1, 2, 5)),
    ],
)
def test_a_figure(text, numbers):
    rule, problems = read(kinds.figure, f"{text}\n{SOURCED}", "size")
    assert problems == []
    assert rule == Figure("size", *numbers, "MB", rule.sources)


def test_a_figure_rises():
    _, problems = read(kinds.figure, f"low: 3\ntypical: 2\nhigh: 5\n{SOURCED}", "size")
    assert [path for _, path, _ in problems] == ["typical"]


def test_an_image():
    text = (
        "match: [postgres, bitnami/postgresql]\nrole: database\nstateful: true\nports: ['5432']\n"
    )
    rule, problems = read(kinds.image, text.replace("'", ""), "postgres")
    assert problems == []
    assert rule == Image(
        "postgres",
        ("postgres", "bitnami/postgresql"),
        "database",
        True,
        (5432,),
        (),
        (),
        "",
        False,
    )


def test_an_image_of_which_little_is_known():
    rule, problems = read(kinds.image, "match: x\nrole: app\nmirror: true\n", "x")
    assert problems == []
    assert (rule.match, rule.stateful, rule.ports, rule.mirror) == (("x",), None, (), True)
