"""Sums, shares and differences of what the question names: all rows of a name, the right whole, both sides or none."""

import pytest

from service.records import DocumentInfo, Fact, Kind, Place
from tests.support.shelf import Shelf, ask, fact, passages

HARBOUR = DocumentInfo("xigang-2023", "", "云汀市溪港区港口管理局", 2023, Kind.BUDGET, "部门", 20, "0")
BEFORE = DocumentInfo("xigang-2022", "", "云汀市溪港区港口管理局", 2022, Kind.BUDGET, "部门", 20, "1")
FERRY = DocumentInfo("lunduo-2023", "", "云汀市溪港区轮渡事务局", 2023, Kind.BUDGET, "部门", 20, "2")
BOUGHT, BASIC, ALL, TOLD = "政府采购预算表", "一般公共预算基本支出表", "部门支出总表", "三、支出预算情况说明"


def _row(item: str, value: str, where: str, column: str = "合计", quote: str = "", *, year: int = 2023, unit: str = "") -> Fact:
    place = Place(4, quote or f"{item} | {value}", ())
    return fact(item, "预算", f"{value}{unit}", where, place, year, source="table", column=column, part="procurement")


def _told(item: str, value: str, measure: str = "预算", year: int = 2023) -> Fact:
    return fact(item, measure, value, TOLD, f"{year}年{item}{measure}{value}", year, part="money")


FACTS = {
    HARBOUR.doc: [
        _row("航标养护服务", "35.00", BOUGHT, quote="灯塔项目 | 航标养护服务 | 35.00"),
        _row("航标养护服务", "12.50", BOUGHT, quote="浮标项目 | 航标养护服务 | 12.50"),
        _row("巡逻快艇(10米以上)", "80.00", BOUGHT),
        _row("巡逻快艇(10米以下)", "22.50", BOUGHT),
        _row("码头广播", "5.00", BOUGHT, quote="码头广播 | 小计 | 5.00"),
        _row("码头广播", "3.00", BOUGHT, quote="码头广播 | 东区 | 3.00"),
        _row("码头广播", "2.00", BOUGHT, quote="码头广播 | 西区 | 2.00"),
        _row("服务C", "47.50", BOUGHT),
        _row("雷达租赁", "50.00", BOUGHT),
        _row("合计", "250.00", BOUGHT),
        _row("工资福利支出", "300.00", BASIC),
        _row("合计", "400.00", BASIC),
        *(_row("合计", value, ALL, column, "合计 | 400.00 | 150.00") for column, value in (("基本支出", "400.00"), ("项目支出", "150.00"))),
        _told("航道疏浚", "60.00万元"),
        _told("航道疏浚", "50.00万元", "增减额"),
        _told("轮渡补贴", "20.00万元"),
        _told("其他港口事务", "40.00万元"),
        _told("灯塔管护", "10.00万元"),
        _told("内设机构", "9个", "数量"),
        _told("电缆租金", "30.00万元"),
        _told("人员编制", "20人", "人数"),
        _told("实有人员", "14人", "人数"),
    ],
    BEFORE.doc: [_told("内设机构", "11个", "数量", 2022), _told("电缆租金", "36.00万元", year=2022)],
    FERRY.doc: [_told("轮渡补贴", "25.00万元")],
}
QUARTERS = "第一季度拨付计划15.00万元，第二季度拨付计划25.00万元，第三季度拨付计划10.00万元。"
SHELF = Shelf(HARBOUR, BEFORE, FERRY, facts=FACTS, passages={HARBOUR.doc: passages(HARBOUR.doc, (("五、绩效", QUARTERS),))})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("航标养护服务采购一共多少钱", "合计47.50万元（35.00万元 + 12.50万元）"),
        ("航标养护服务的采购金额", "合计47.50万元"),
        ("巡逻快艇采购多少钱", "合计102.50万元（80.00万元 + 22.50万元）"),
        ("航标养护服务占整个政府采购的百分之多少", "合计47.50万元，占《政府采购预算表》合计（250.00万元）的19.00%"),
        ("雷达租赁占整个政府采购的百分之多少", "雷达租赁（50.00万元）占《政府采购预算表》合计（250.00万元）的20.00%"),
        ("工资福利支出占基本支出的比例", "工资福利支出（300.00万元）占《一般公共预算基本支出表》合计（400.00万元）的75.00%"),
        ("基本支出比项目支出多多少", "基本支出（400.00万元）比项目支出（150.00万元）多250.00万元"),
        ("航道疏浚与轮渡补贴差额", "航道疏浚（60.00万元）比轮渡补贴（20.00万元）多40.00万元"),
        ("航道疏浚与轮渡补贴之比", "航道疏浚（60.00万元）是轮渡补贴（20.00万元）的3.00倍"),
        ("航道疏浚增长了几倍", "增长5.00倍（50.00万元 ÷ (60.00万元 − 50.00万元)）"),
        ("航道疏浚年初预算和全年预算相差多少", "没有同时写明这一项的年初预算和全年预算"),
        ("航道疏浚上年预算", "推算2022年航道疏浚为10.00万元（60.00万元 − 50.00万元）"),
        ("雷达租赁和航标养护服务差多少", "航标养护服务合计47.50万元（35.00万元 + 12.50万元），相差2.50万元"),
        ("航标养护服务采购加雷达租赁一共多少", "合计97.50万元（35.00万元 + 12.50万元 + 50.00万元）"),
        ("三个季度的拨付计划加一起是多少", "合计50.00万元"),
    ],
)
def test_what_the_question_sets_together_is_reckoned(question: str, told: str) -> None:
    assert told in ask(question, SHELF, HARBOUR).answer


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("码头广播采购一共多少", "10.00万元"),
        ("港口局一共多少人，编制多少", "34人"),
        ("航道疏浚、缆车租金、轮渡补贴三项合计多少", "合计80.00万元"),
        ("灯塔管护占港口事务比例", "其他港口事务"),
        ("锚泊服务占整个政府采购的百分之多少", "服务C"),
    ],
)
def test_a_sum_or_a_share_of_something_else_is_not_told(question: str, absent: str) -> None:
    assert absent not in ask(question, SHELF, HARBOUR).answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2023年内设机构比2022年少了几个", "2023年比2022年少2个（11个 − 9个）"),
        ("电缆租金预算，2022到2023降了多少", "2023年比2022年少6.00万元（36.00万元 − 30.00万元）"),
    ],
)
def test_two_years_documents_tell_their_difference(question: str, told: str) -> None:
    assert told in ask(question, SHELF, HARBOUR, BEFORE).answer


def test_a_sum_over_bodies_says_that_some_are_missing() -> None:
    told = ask("云汀市三家单位2023年轮渡补贴合计", SHELF, HARBOUR, FERRY).answer
    assert "没有所问的全部单位" in told
    assert "合计45.00万元（20.00万元 + 25.00万元）" in told


@pytest.mark.parametrize(
    ("amounts", "told", "absent"),
    [
        (("5", "8", "3"), "合计16万元（5万元 + 8万元 + 3万元）", "不相加"),
        (("8", "5", "3"), "8万元", "合计"),
        (("5", "5", "3"), "分不清是几笔还是一笔的合计与明细，所以不相加", "合计8"),
        (("5", "5"), "所以不相加", "合计10"),
    ],
)
def test_rows_that_may_hold_one_another_are_not_added(amounts: tuple[str, ...], told: str, absent: str) -> None:
    info = DocumentInfo("made", "", "河清县水务局", 2023, Kind.BUDGET, "部门", 9, "0")
    rows = [
        fact(
            "会议服务",
            "预算",
            v,
            "采购表",
            Place(5, f"会议服务 | {v}", ((50.0, 20.0 * n, 90.0, 20.0 * n + 12),)),
            source="table",
            column="合计",
        )
        for n, v in enumerate(amounts)
    ]
    answer = ask("会议服务采购一共多少", Shelf(info, facts={info.doc: rows})).answer
    assert told in answer, answer
    assert absent not in answer, answer
