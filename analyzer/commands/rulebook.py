"""Folders -> a rulebook that is known to fit the facts."""

from analyzer.errors import RulesError
from analyzer.rulebook.model import Rulebook


def checked_rulebook(folders: tuple[str, ...]) -> Rulebook:
    """Return the shipped rules and those of the folders; own rules are checked against the facts.

    Raises:
        RulesError: a rule is invalid, or names a fact that does not exist.
    """
    from analyzer.rulebook.loading import load_rulebook  # noqa: PLC0415 - YAML, not for --help

    rulebook = load_rulebook(folders)
    if folders:  # the shipped ones are checked by the tests
        from analyzer.facts.rule_check import rule_problems  # noqa: PLC0415 - networkx

        problems = rule_problems(rulebook)
        if problems:
            raise RulesError(problems)
    return rulebook
