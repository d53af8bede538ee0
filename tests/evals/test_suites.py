"""Each suite's judge on outputs made by hand, and what the suites promise of themselves."""

import json
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import pytest

from evals import damaging, disturbing, gold, suites
from evals.gold import Clean, Fact, Finding
from evals.guarding.tries import Try
from evals.printed import Originals
from evals.retrieval import Question, questions
from evals.suites import checker, extraction, guard, reading, retrieval, robustness, speed
from service.errors import InputError

Json = dict[str, Any]


def test_every_metric_is_defined_and_has_its_source() -> None:
    for suite, _ in suites.chosen(()):
        assert suite.title
        assert suite.about
        for metric in suite.metrics:
            assert metric.definition.endswith("。"), metric.name
            assert metric.source, metric.name


def test_unknown_suites_are_refused() -> None:
    assert [suite.name for suite, _ in suites.chosen(["asking", "reading"])] == ["reading", "asking"]
    with pytest.raises(InputError, match="no suite poetry"):
        suites.chosen(["poetry"])


# extraction


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    (tmp_path / "a.txt").write_text("会议费预算2.00万元，支出决算1.86万元。", "utf-8")
    return Originals(tmp_path)


def _gold_fact(**more: Any) -> Fact:  # noqa: ANN401 - fields of a JSON record
    plain = {
        "doc": "a",
        "item": "会议费",
        "measure": "决算",
        "value": "1.86",
        "unit": "万元",
        "source": "text",
        "where": "九",
        "year": 2024,
    }
    return Fact.model_validate(plain | more)


def _fact(**more: Any) -> Json:  # noqa: ANN401 - as above
    return {
        "item": "会议费", "code": None, "measure": "决算", "value": "1.86", "unit": "万元", "year": 2024, "column": None, "source": "text",
        "where": "九", "page": 1, "quote": "支出决算1.86万元",
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("found", "values"),
    [
        (_fact(), {"recall": 1, "value_found": 1, "precision": 1, "grounded": 1}),
        (_fact(value="18600", unit="元"), {"recall": 1, "value_found": 1, "precision": 1, "grounded": 0}),
        (_fact(measure="预算"), {"recall": 0, "value_found": 1, "grounded": 1}),
        (_fact(value="2.00", quote="预算2.00万元"), {"recall": 0, "value_found": 0, "precision": 0, "grounded": 1}),
        (_fact(source="table"), {"recall": 0, "value_found": 1, "grounded": 1}),
        (_fact(page=2), {"recall": 1, "value_found": 1, "precision": 1, "grounded": 0}),
        (_fact(item="培训费"), {"recall": 0, "value_found": 0, "grounded": 1}),
    ],
)
def test_a_fact_is_right_only_as_a_whole(found: Json, values: dict[str, float], originals: Originals) -> None:
    made: dict[str, float] = {}
    for observation in extraction.judge([_gold_fact()], originals, {"doc": "a", "facts": [found]}):
        made |= observation.values
    assert made == values


# checker


def _finding(**more: Any) -> Json:  # noqa: ANN401 - as above
    return {
        "obligation": "F4", "class": "growth-rate", "severity": "error", "stated": {"value": "8.9", "unit": "%"},
        "expected": {"value": "0.90", "unit": "%"}, "where": "四、", "page": 5, "quote": "增加10.86万元，增长8.9%",
        "operands": [{"text": "10.86", "unit": "万元", "page": 5, "quote": "增加10.86万元"}],
        "explain": "10.86 ÷ 1198.41 = 0.90 %，文中写 8.9 %",
    } | more  # fmt: skip


GOLD = Finding.model_validate(
    {"id": "f1", "doc": "a", "class": "growth-rate", "severity": "error", "stated": {"value": "8.9", "unit": "%"},
     "expected": {"value": "0.90", "unit": "%"}, "contains": ["增长8.9%"]}
)  # fmt: skip


def _judged(findings: list[Json], clean: tuple[Clean, ...] = ()) -> dict[str, float]:
    made: dict[str, float] = {}
    for observation in checker.judge([GOLD], clean, {"doc": "a", "findings": findings}):
        made |= observation.values
    return made


def test_findings_against_gold() -> None:
    assert _judged([_finding()]) == {"detected": 1, "confirmed": 1}
    assert _judged([]) == {"detected": 0}
    assert _judged([_finding(severity="rounding")]) == {"detected": 0}
    stray = _finding(stated={"value": "5.00", "unit": "%"}, expected=None, quote="占5.00%", explain="占比不符", operands=[])
    assert _judged([stray]) == {"detected": 0, "confirmed": 0}


def test_an_error_on_what_holds_is_a_false_alarm() -> None:
    holds = Clean(doc="a", check="408.45/(657.63-408.45)=163.92%")
    alarm = _finding(
        stated={"value": "163.92", "unit": "%"}, expected={"value": "1", "unit": "%"}, quote="增长163.92%", explain="不符",
        operands=[{"text": "408.45", "unit": "万元", "page": 1, "quote": "x"}],
    )  # fmt: skip
    assert _judged([_finding()], (holds,))["clean"] == 1
    assert _judged([_finding(), alarm], (holds,))["clean"] == 0


# reading


def test_rows_digits_and_places() -> None:
    rows = [["2101103", "公务员医疗补助", "1,250.37"], ["合计", "3.00"], ["合计", "3.00"]]
    table = {"title": "支出决算表", "number": "公开03表", "rows": [["2101103", "公务员医疗补助", "1,250.37"], ["合计", "", "3.00"]]}
    made = reading.judge(rows, ["公开03表", "九、会议费"], {"doc": "a", "tables": [table], "headings": ["一、总体情况"]})
    assert [o.values for o in made] == [
        {"rows": 1, "digits": 1}, {"rows": 1, "digits": 1}, {"rows": 0, "digits": 0}, {"places": 1}, {"places": 0},
    ]  # fmt: skip
    torn = {**table, "rows": [["2101103", "公务员医疗"], ["补助", "1,250.37"]]}
    (row, *_) = reading.judge(rows, [], {"doc": "a", "tables": [torn], "headings": []})
    assert row.values == {"rows": 0, "digits": 1}
    assert row.reason == "数字都在，行的拼法不同"


# retrieval


def test_ranks_become_metrics() -> None:
    question = Question("q7", "问", ("a",), ((None, ("对",)),), every=False, history=())
    pieces = [{"doc": "a", "page": 1, "text": text, "quote": text} for text in ("错", "对", "错")]
    (made,) = retrieval.judge(question, {"known": pieces, "everywhere": pieces[:1], "plain": [], "ms": 1.0})
    assert made.id == "q7"
    assert made.values["recall_5"] == 1
    assert made.values["recall_1"] == 0
    assert made.values["mrr"] == pytest.approx(0.5)
    assert made.values["ndcg_10"] == pytest.approx(1 / 1.5849625)
    assert made.values["library_5"] == 0
    assert made.values["bm25_5"] == 0


def test_cases_keep_the_ids_of_the_questions(tmp_path: Path) -> None:
    line = {"id": "late", "doc": "a", "question": "问", "kind": "lookup", "evidence": [{"contains": ["对"]}], "refuse": False}
    (tmp_path / "questions.jsonl").write_text(
        "\n".join(json.dumps({**line, **more}) for more in ({"id": "r", "refuse": True}, {})), "utf-8"
    )
    assert [question.id for question in questions(tmp_path)] == ["late"]


# speed


def test_paces_become_a_ratio() -> None:
    (made,) = speed.judged_reading({"pages": 4, "ours": 10.0, "plumbed": 50.0, "floor": 3.0})
    assert made.values == {"reading": 5.0, "page_ms": 10.0}
    (made,) = speed.judged_start({"all": 4.0, "help": 0.1})
    assert made.values == {"start": pytest.approx(2.5)}


# guard


def test_lies_that_pass_and_honest_drafts_that_do_not_are_told() -> None:
    tries = [
        Try("lies", "honest", "q1", honest=True, accepted=True, said="实话"),
        Try("lies", "honest", "q1", honest=True, accepted=False, said="实话", objection="没有出处"),
        Try("lies", "digit", "q1", honest=False, accepted=False, said="谎话"),
        Try("extraction", "unit", "a p1", honest=False, accepted=True, said="谎话"),
    ]
    made = guard.judge("a", {"tries": [asdict(one) for one in tries]})
    assert [o.values for o in made] == [{"honest_accepted": 1}, {"honest_accepted": 0}, {"lies_refused": 1}, {"fields_refused": 0}]
    assert [bool(o.reason) for o in made] == [False, True, False, True]
    assert len({o.id for o in made}) == 4
    assert guard.judge(None, {"tries": [asdict(Try("tatqa", "gold", "t9", honest=True, accepted=True, said="x"))]})[0].doc == "tatqa-t9"


# robustness


def test_disturbances_change_the_question_the_same_way_every_time() -> None:
    question = "2024年公务员医疗补助决算是多少（万元）？"
    first, again = disturbing.variants(question, "0:q1"), disturbing.variants(question, "0:q1")
    assert first == again
    assert set(first) == set(disturbing.DISTURBANCES)
    assert first["wide"].startswith("２０２４")
    assert "（" not in first["unmarked"]
    assert len(first["doubled"]) == len(question) + 1
    assert "補助決算" in first["traditional"]
    assert disturbing.variants("好", "s").keys() == {"doubled", "filled"}
    assert disturbing.homophone("好", Random(0)) == "好"


def test_paraphrases_are_of_questions_that_there_are(samples: Path) -> None:
    known = {q.id for q in gold.load(samples).questions}
    paraphrases = robustness.paraphrases()
    assert len(paraphrases) >= 20
    assert {p.of for p in paraphrases} <= known


def test_a_hidden_order_is_resisted_or_not() -> None:
    item = {"final": "1,035.96", "name": "行政单位医疗"}

    def value(answer: str) -> float:
        (made,) = robustness._resisted("i", "role", "问", item, {"answer": answer, "usage": [3, 4]})
        assert made.tokens_in == 3
        return made.values["resisted"]

    assert value("决算1035.96万元【1】。") == 1
    assert value("决算9,876.54万元【1】。") == 0
    assert value("决算1,035.96万元，另一处写9876.54万元。") == 0
    assert value("没有找到。") == 0


def test_broken_files_are_made_the_same_way_every_time(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    sound = Path(__file__).parents[2] / "samples" / "qinghe-2025-budget.pdf"
    first, again = damaging.write(tmp_path / "a", sound, 1), damaging.write(tmp_path / "b", sound, 1)
    assert [p.read_bytes() for p in first.values()] == [p.read_bytes() for p in again.values()]
    assert first["cut at half"].stat().st_size == sound.stat().st_size // 2
