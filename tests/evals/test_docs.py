"""The pages on evaluation tell every suite and metric, and what they show works."""

import json
import re
import types
from pathlib import Path

from evals import gold, suites
from evals.bench import SAMPLES, Bench
from evals.observed import Case, Suite
from service.settings import Settings

DOCS = Path(__file__).parents[2] / "docs" / "evaluation"


def _blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)


def test_every_suite_and_metric_is_told() -> None:
    text = (DOCS / "README.md").read_text("utf-8")
    for suite, _ in suites.chosen(()):
        assert f"### {suite.title} `{suite.name}`\n{suite.about}\n" in text
        for metric in suite.metrics:
            assert f"| `{metric.name}` {metric.title} | {metric.definition} | {metric.source} |" in text


def test_the_example_question_is_valid_and_answered(tmp_path: Path) -> None:
    (line,) = _blocks("cases.md", "json")
    (tmp_path / "questions.jsonl").write_text(line, "utf-8")
    bench = Bench(gold.load(tmp_path), SAMPLES, Settings(home=tmp_path / "home", model=None, embedding_model=None))
    (case,) = suites.asking.cases(bench)
    (made,) = case.judge(case.solve())
    bench.close()
    assert made.values["trusted"] == 1, made


def test_every_field_of_a_question_is_told() -> None:
    text = (DOCS / "cases.md").read_text("utf-8")
    for field in gold.Question.model_fields:
        assert f"| `{field}` |" in text, field
    for kind in gold.KINDS:
        assert f"`{kind}`" in text, kind
    for line in (SAMPLES / "facts.jsonl").read_text("utf-8").splitlines()[:1]:
        assert all(f'"{field}"' in text for field in json.loads(line))


def test_the_example_suite_works(tmp_path: Path) -> None:
    (code,) = _blocks("suites.md", "python")
    module = types.ModuleType("titles")
    exec(compile(code, "docs/evaluation/suites.md", "exec"), module.__dict__)  # noqa: S102 - our own page
    suite: Suite = module.SUITE
    bench = Bench(gold.load(SAMPLES), SAMPLES, Settings(home=tmp_path, model=None, embedding_model=None))
    cases: list[Case] = list(module.cases(bench))
    assert [case.expected for case in cases] == ["2024", "2025"]
    for case in cases:
        (made,) = case.judge(case.solve())
        assert made.values == {suite.headline.name: 1.0}
