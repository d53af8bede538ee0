"""How many people a body has: posts and who fills them, the sum of kinds, and others who are counted."""

import pytest

from service.answering import scoping
from service.answering.matching import Match
from service.facts import rules
from service.records import Answer, DocumentInfo, Kind
from tests.support.made import document, paragraph
from tests.support.shelf import Shelf, ask

ORG = "河清县农业农村局"
BOTH = "部门行政编制58人，实际54人；事业编制126人，实际107人。离退休人员62人，其中离休3人、退休59人。"
NAMED = "人员编制共56名，其中行政编制22名；2022年末实有在职人员51人，离退休人员9人。"
ALL = "人员情况：总编制人数56人，其中行政编制22人、事业编制34人；在职实有人数51人，其中行政20人、事业31人。"


def _asked(question: str, text: str, kind: Kind = Kind.FINAL) -> Answer:
    made = rules.read(document([paragraph(text, section=("概况", "二、人员构成情况"))], kind=kind, year=2023))
    info = DocumentInfo("heqing-2023", "", ORG, 2023, kind, "部门", 20, "0")
    return ask(question, Shelf(info, facts={info.doc: made.facts}))


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("事业编制多少，实际有多少人", BOTH, ["事业编制：126人", "实有事业人员：107人"]),
        ("行政编制还空着几个", BOTH, ["空编4人（行政编制58人 − 实有行政人员54人）"]),
        ("局里一共有多少人", BOTH, ["合计161人（54人 + 107人）"]),
        ("退休的有多少人", BOTH, ["退休人员：59人"]),
        ("单位一共多少人", ALL, ["在职实有人数：51人"]),
        ("总共多少编制，在职的实有多少人", ALL, ["总编制人数：56人", "在职实有人数：51人"]),
        ("还空几个编制", ALL, ["空编5人（总编制人数56人 − 在职实有人数51人）"]),
    ],
)
def test_staff(question: str, text: str, told: list[str]) -> None:
    answer = _asked(question, text)
    assert [part for part in told if part not in answer.answer] == []


def test_posts_of_a_budget_are_set_against_who_was_there_at_the_end_of_the_year_before() -> None:
    assert "空编5名（人员编制56名 − 实有在职人员51人）" in _asked("还空着多少个编制", NAMED, Kind.BUDGET).answer


@pytest.mark.parametrize(
    ("question", "staff"), [("特别扶助对象计划不少于多少人", False), ("2023年单位在职多少人", True), ("局里有多少人", True)]
)
def test_whose_number_is_asked(question: str, staff: bool) -> None:
    at = question.index("多少人")
    kept = scoping.fitting([Match(("实有人员",), at, at + 3, 0.9)], question)
    assert bool(kept) is staff
