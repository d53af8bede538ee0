"""Answers are judged as the metrics say: each way of being wrong lowers its own metric."""

from pathlib import Path
from typing import Any

import pytest

from evals.gold import Question
from evals.printed import Originals
from evals.suites import asking

PAGE = "住房补贴年初预算为20.00万元，支出决算为17.02万元，完成年初预算的85.10%。"


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    return Originals(tmp_path)


def _question(**more: Any) -> Question:  # noqa: ANN401 - fields of a JSON record
    plain = {
        "id": "q", "doc": "a", "question": "住房补贴花了多少？", "kind": "lookup", "figures": [{"value": "17.02", "unit": "万元"}],
        "evidence": [{"contains": ["支出决算为17.02万元"]}],
    }  # fmt: skip
    return Question.model_validate(plain | more)


def _answer(text: str, quote: str = PAGE, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    cites = [{"n": 1, "doc": "a", "page": 1, "quote": quote}] if quote else []
    return {"answer": text, "refused": False, "citations": cites, "figures": [], "elapsed_ms": 7} | more


def _values(originals: Originals, question: Question, answer: dict[str, Any]) -> dict[str, float]:
    return asking.judge(question, answer, originals).values


def test_full_marks(originals: Originals) -> None:
    made = asking.judge(_question(), _answer("支出决算17.02万元【1】。"), originals)
    assert made.values == {"trusted": 1, "right": 1, "ms": 7, "answered": 1, "evidence": 1, "verbatim": 1, "supported": 1}
    assert made.reason == ""


@pytest.mark.parametrize(
    ("answer", "lowered", "reason"),
    [
        (_answer("年初预算20.00万元【1】。"), {"trusted", "right"}, "缺数字：17.02万元"),
        (_answer("17.02万元，另有3.50万元【1】。"), {"trusted", "supported"}, "没有依据的数：3.50万元"),
        (_answer("17.02万元【1】。", PAGE.replace("20.00", "21.00")), {"trusted", "verbatim"}, "引文不在所指页上"),
        (_answer("17.02万元【1】。", "支出决算为17.02", figures=[]), {"trusted", "evidence"}, "引用中没有金标证据"),
        (_answer("查不到。", "", refused=True), {"trusted", "right", "answered", "evidence"}, "能回答而拒答了"),
    ],
)
def test_each_fault_lowers_its_own(originals: Originals, answer: dict[str, Any], lowered: set[str], reason: str) -> None:
    made = asking.judge(_question(), answer, originals)
    assert {name for name, value in made.values.items() if name != "ms" and value < 1} == lowered
    assert reason in made.reason


def test_a_declared_difference_is_supported(originals: Originals) -> None:
    figure = {"value": "2.98", "unit": "万元", "status": "derived", "derivation": "20.00 - 17.02 = 2.98"}
    question = _question(figures=[{"value": "2.98", "unit": "万元"}])
    assert _values(originals, question, _answer("剩2.98万元【1】。", figures=[figure]))["trusted"] == 1
    wrong = _answer("剩3.98万元【1】。", figures=[{**figure, "value": "3.98"}])
    assert _values(originals, question, wrong)["supported"] == 0


def test_refusals(originals: Originals) -> None:
    question = _question(kind="refuse", refuse=True, figures=[], evidence=[])
    assert _values(originals, question, _answer("文件里没有。", "", refused=True))["refused_rightly"] == 1
    assert _values(originals, question, _answer("17.02万元【1】。"))["refused_rightly"] == 0
    corrected = _question(kind="refuse", refuse=True, figures=[], evidence=[], premise="false")
    assert _values(originals, corrected, _answer("没有增加：支出决算17.02万元【1】。"))["trusted"] == 1


def test_mentions_and_every_evidence_across_documents(originals: Originals) -> None:
    question = _question(
        kind="crossdoc", figures=[], mentions=[["没花完", "未完成"]], evidence=[{"contains": ["17.02"]}, {"contains": ["99"]}]
    )
    made = asking.judge(question, _answer("没 花完【1】。"), originals)
    assert made.values["right"] == 1
    assert made.values["evidence"] == 0
