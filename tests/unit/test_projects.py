# ruff: noqa: ARG002 - the shelf holds one document, whatever is asked of it
"""Questions about a document's self-evaluated projects together."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from service.answering import respond
from service.records import Answer, DocumentInfo, Fact, Finding, Hit, Indicator, Kind, Passage, Place, Reason, Table
from service.settings import Settings

ORG = "河清县农业农村局"
INFO = DocumentInfo("heqing-2023", f"{ORG}2023年度部门决算", ORG, 2023, Kind.FINAL, "部门", 20, "0")
FORMS = {
    "种业振兴专项": ("120", "96.5", "80.42", "92"),
    "农机更新补助": ("80", "0", "0.00", "70"),
    "病虫害统防经费": ("45.5", "45.5", "100.00", "98"),
}


def _facts() -> list[Fact]:
    found = []
    for name, (budget, spent, rate, score) in FORMS.items():
        row = f"年度资金总额 | {budget} | {spent} | {rate}%"
        for measure, value, unit, quote in (
            ("全年预算", budget, "万元", row),
            ("执行数", spent, "万元", row),
            ("执行率", rate, "%", row),
            ("得分", score, "分", f"总分 | 100 | {score}"),
        ):
            column = "总分" if measure == "得分" else measure
            place = Place(9, f"{name} | {quote}", ())
            found.append(
                Fact(
                    name,
                    measure,
                    Decimal(value),
                    unit,
                    2023,
                    "table",
                    f"{name}自评表",
                    place,
                    value,
                    column=column,
                    part="performance appraisal",
                )
            )
    place = Place(8, "整体 | 900 | 700", ())
    found.append(
        Fact("日常运转", "执行率", Decimal("77.78"), "%", 2023, "table", "部门整体支出自评表", place, "77.78", part="performance appraisal")
    )
    return found


FACTS = _facts()
PROSE = "（一）绩效管理情况。本部门对二级项目3个开展绩效自评，分别为种业振兴专项、农机更新补助、病虫害统防经费，共涉及资金245.50万元。"
PASSAGE = Passage("heqing-2023#1", INFO.doc, 8, "十、绩效情况", "prose", f"{ORG}\n{PROSE}", PROSE, ((8, PROSE, (0.0, 0.0, 9.0, 9.0)),))


class Shelf:
    """A library of one document."""

    def documents(self) -> Sequence[DocumentInfo]:
        return [INFO]

    def facts(self, doc: str) -> Sequence[Fact]:
        return FACTS

    def reasons(self, doc: str) -> Sequence[Reason]:
        return []

    def passages(self, doc: str) -> Sequence[Passage]:
        return [PASSAGE]

    def tables(self, doc: str) -> Sequence[Table]:
        return []

    def indicators(self, doc: str) -> Sequence[Indicator]:
        return []

    def findings(self, doc: str) -> Sequence[Finding]:
        return []

    def is_recognised(self, doc: str, page: int) -> bool:
        return False

    def find(self, question: str, docs: Sequence[str], k: int) -> Sequence[Hit]:
        return []


def _asked(question: str) -> Answer:
    return respond.answer(respond.Request(question, (INFO,)), Shelf(), Settings(model=None))


@pytest.mark.parametrize(
    ("question", "first", "absent"),
    [
        ("哪个自评项目执行率最低", "最低的是2023年农机更新补助：执行率0.00%", "日常运转"),
        ("哪个项目得分最高？", "最高的是2023年病虫害统防经费：得分98分", "日常运转"),
        ("自评项目里哪个预算最多", "最高的是2023年种业振兴专项：全年预算120万元", "执行率"),
        ("哪几个绩效项目执行数是0", "农机更新补助：全年预算80万元，执行数0万元", "病虫害"),
        ("得分低于95分的项目有哪些", "种业振兴专项", "病虫害统防经费："),
        ("哪些项目执行率达到100%", "病虫害统防经费", "农机更新补助："),
        ("做自评的3个项目预算一共多少钱", "合计245.5万元（120万元 + 80万元 + 45.5万元）", "日常运转"),
        ("3个自评项目实际花了多少，合计", "合计142.0万元（96.5万元 + 0万元 + 45.5万元）", "日常运转"),
    ],
)
def test_projects_together(question: str, first: str, absent: str) -> None:
    made = _asked(question)
    assert made.withheld == ()
    assert first in made.answer
    assert absent not in made.answer
    assert {f.status for f in made.figures} <= {"cited", "derived"}


def test_names_of_projects_come_from_the_fuller_list() -> None:
    told = _asked("做自评的三个项目都叫什么").answer
    assert [name for name in FORMS if f"「{name}」" not in told] == []
