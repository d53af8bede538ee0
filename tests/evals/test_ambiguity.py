"""How many documents are as good as the one that is meant."""

import pytest

from evals.ambiguity import Words, bound
from evals.retrieval import Question
from service.records import Passage


def _passage(doc: str, body: str) -> Passage:
    return Passage(f"{doc}#0", doc, 1, "", "prose", f"\n\n{body}", body, ())


def test_documents_that_hold_as_much_of_the_question_are_counted() -> None:
    passages = {
        "a": [_passage("a", "会议费支出决算1.20万元。")],
        "twin": [_passage("twin", "会议费支出决算3.40万元。")],
        "other": [_passage("other", "培训费支出决算5.60万元。")],
    }
    question = Question("q", "会议费支出决算是多少？", ("a",), ((None, ("1.20万元",)),), every=False, history=())
    assert Words(passages).as_good(question) == 2


def test_the_bound_guesses_between_twins() -> None:
    assert bound([1, 5, 10]) == pytest.approx(2.5 / 3)
    assert bound([10], named=1) == 0.75
