"""Questions about a document's self-evaluated projects together."""

import pytest

from tests.support.appraised import PROJECTS, SHELF
from tests.support.shelf import ask


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
    made = ask(question, SHELF)
    assert first in made.answer
    assert absent not in made.answer
    assert {f.status for f in made.figures} <= {"cited", "derived"}


def test_names_of_projects_come_from_the_fuller_list() -> None:
    told = ask("做自评的三个项目都叫什么", SHELF).answer
    assert [name for name in PROJECTS if f"「{name}」" not in told] == []


@pytest.mark.parametrize(
    ("question", "listed", "absent"),
    [
        ("哪些项目预算执行超过90%", "执行率100.00%", "农机更新补助：全年预算"),
        ("哪些项目执行率超过90万元", "", "种业振兴专项：全年预算120万元"),
        ("项目资金里，增长20%以上的有哪些", "", "种业振兴专项：全年预算120万元"),
        ("项目预算公开后，哪几个项目扣了5分以上", "", "种业振兴专项：全年预算120万元"),
    ],
)
def test_a_bound_is_held_against_figures_of_its_own_unit_and_of_what_stands_right_before_it(
    question: str, listed: str, absent: str
) -> None:
    told = ask(question, SHELF).answer
    assert listed in told
    assert absent not in told
