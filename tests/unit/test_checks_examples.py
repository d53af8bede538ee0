"""Every registered rule: an example that passes, one that is found, and one that cannot be checked."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

from service import checks
from service.checks import registry, run
from service.checks.book import Book
from service.checks.outcomes import Outcome
from service.records import State
from tests.support import examples_narrative, examples_tables, examples_words
from tests.support.books import disclosure, document, paragraph
from tests.support.specimens import Examples

assert run  # rules register when the entry is imported

EXAMPLES: Examples = {**examples_tables.EXAMPLES, **examples_words.EXAMPLES, **examples_narrative.EXAMPLES}


READING = {"A6"}
"""What fails here is the reading, which is no finding about the document: the failing example is not checked, with the reason."""


def outcomes(code: str, made: Book) -> list[Outcome]:
    return list(registry.RULES[code].check(made))


def test_every_rule_has_its_examples() -> None:
    assert set(EXAMPLES) == set(registry.RULES)
    assert not set(registry.PENDING) & set(registry.RULES)


def test_every_rule_function_is_registered() -> None:
    registered = {rule.check for rule in registry.RULES.values()}
    for module in pkgutil.iter_modules(checks.__path__):
        loaded = importlib.import_module(f"service.checks.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            signature = inspect.signature(function)
            is_rule = list(signature.parameters) == ["book"] and signature.return_annotation == Iterator[Outcome]
            if is_rule and not name.startswith("_") and function.__module__ == loaded.__name__:
                assert function in registered, f"{module.name}.{name} is not registered"


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_passing_example(code: str) -> None:
    states = {o.state for o in outcomes(code, EXAMPLES[code][0]())}
    assert State.PASS in states
    assert State.FINDING not in states


@pytest.mark.parametrize("code", sorted(set(EXAMPLES) - READING))
def test_failing_example(code: str) -> None:
    found = [o for o in outcomes(code, EXAMPLES[code][1]()) if o.state is State.FINDING]
    assert found
    for outcome in found:
        assert outcome.issue is not None
        assert outcome.issue.figures
        assert outcome.issue.stated.value in outcome.issue.explain or code == "D7"


@pytest.mark.parametrize("code", sorted(READING))
def test_failing_example_of_a_reading(code: str) -> None:
    found = outcomes(code, EXAMPLES[code][1]())
    assert {o.state for o in found} == {State.NOT_CHECKED}
    assert all(o.reason for o in found)


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_not_checked_example(code: str) -> None:
    found = outcomes(code, EXAMPLES[code][2]())
    assert any(o.state is State.NOT_CHECKED and o.reason for o in found)
    assert not any(o.state is State.FINDING for o in found)


def test_a_second_rule_for_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match="two rules"):
        registry.rule("B1")(registry.RULES["B2"].check)


def test_a_rule_without_its_arithmetic_is_refused() -> None:
    def silent(book: Book) -> Iterator[Outcome]:
        yield from outcomes("B1", book)

    with pytest.raises(ValueError, match="no docstring"):
        registry.rule("Z9")(silent)


def test_pending_obligations_are_reported_and_not_passed_over() -> None:
    report = run.check(document(paragraph("无。")), disclosure())
    assert {g.obligation for g in report.not_checked} >= set(registry.PENDING)
    assert report.counts[State.NOT_CHECKED] == len(report.not_checked)


def test_an_obligation_that_is_not_built_is_owed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.PENDING, "Z1", "某项")
    report = run.check(document(paragraph("无。")), disclosure())
    assert [(g.obligation, g.reason) for g in report.not_checked if g.obligation == "Z1"] == [("Z1", "尚未实现：某项")]
    assert report.counts[State.NOT_CHECKED] == len(report.not_checked)
    assert report.by_obligation["Z1"] == {State.NOT_CHECKED: 1}
    assert report.doc == "made"


def test_a_rule_is_registered_under_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "RULES", {})

    def silent(book: Book) -> Iterator[Outcome]:
        """Nothing."""
        yield from outcomes("B1", book)

    assert registry.rule("Z9")(silent) is silent
    assert {"Z9": registry.Rule("Z9", silent)} == registry.RULES
    assert registry.RULES["Z9"].doc == "Nothing."
