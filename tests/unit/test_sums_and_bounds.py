"""What must not be added up or turned round: two bodies' sums, a whole beside its parts, columns, rates, denied bounds."""

import time
from decimal import Decimal

import pytest

from service.answering import bounds, companions, tallies
from service.records import Answer, DocumentInfo, Fact, Kind, Place
from tests.support import appraised
from tests.support.shelf import Shelf, ask, fact

ONE = DocumentInfo("heqing-2023", "", "河清县农业农村局", 2023, Kind.FINAL, "部门", 20, "0")
TWO = DocumentInfo("linluo-2023", "", "临洛区水务局", 2023, Kind.FINAL, "部门", 20, "1")
WHERE, TABLE = "三、支出决算情况说明", "支出决算表"


def _told(item: str, value: str, measure: str = "决算", where: str = WHERE, quote: str = "") -> Fact:
    return fact(item, measure, value, where, quote or f"{item}{value}万元", part="money")


def _row(code: str, item: str, column: str, value: str) -> Fact:
    place = Place(4, f"{code} | {item} | {column} {value}", ())
    return fact(item, "决算", value, TABLE, place, source="table", code=code, column=column, part="expenditure")


KINDS = (("2130101", "行政运行", "500", "8"), ("2130108", "病虫害控制", "90", "90"), ("2130153", "农田建设", "60", "60"))
RATES = (("行政运行", "20", "5"), ("病虫害控制", "30", "29"), ("农田建设", "40", "39"))
FACTS = {
    ONE.doc: [
        _told("项目支出", "603.14"),
        _told("人员经费", "95.36"),
        _told("公用经费", "10.23"),
        _told("基本支出", "105.58"),
        *(_row(code, item, "本年支出合计", whole) for code, item, whole, _ in KINDS),
        *(_row(code, item, "项目支出", project) for code, item, _, project in KINDS),
        *(
            _told(item, value, measure, "（三）具体情况（类）（款）", f"{item}年初预算{budget}万元，支出决算{spent}万元")
            for item, budget, spent in RATES
            for measure, value in (("年初预算", budget), ("决算", spent))
        ),
    ],
    TWO.doc: [_told("项目支出", "202.24")],
}


def _ask(question: str, *infos: DocumentInfo) -> Answer:
    return ask(question, Shelf(*infos, facts=FACTS))


@pytest.mark.parametrize(
    "question", ["河清县农业农村局和临洛区水务局2023年项目支出合计多少", "河清县农业农村局与临洛区水务局项目支出一共多少"]
)
def test_two_bodies_are_added_up_where_a_sum_is_asked(question: str) -> None:
    told = _ask(question, ONE, TWO).answer
    assert "合计805.38万元（603.14万元 + 202.24万元）" in told
    assert "相差" not in told


def test_two_bodies_are_set_against_each_other_where_that_is_asked() -> None:
    assert "相差400.90万元" in _ask("河清县农业农村局和临洛区水务局项目支出谁多", ONE, TWO).answer


def test_a_whole_is_not_added_to_its_parts() -> None:
    told = _ask("人员经费和公用经费之和与基本支出是否相等", ONE).answer
    assert "合计105.59万元（95.36万元 + 10.23万元）" in told
    assert "与基本支出（105.58万元）不相等" in told
    assert "211.17" not in told


def test_items_are_ranked_by_the_column_that_is_asked() -> None:
    told = _ask("项目支出最多的科目是哪个", ONE).answer
    assert "最高的是2023年病虫害控制" in told


def test_a_rate_that_is_not_printed_is_reckoned_before_items_are_ranked_by_it() -> None:
    told = _ask("哪个科目完成率最低", ONE).answer
    assert "最低的是2023年行政运行" in told
    assert "完成预算的25.00%（5万元 ÷ 20万元）" in told


@pytest.mark.parametrize(
    ("question", "there", "absent"),
    [
        ("执行率不低于80%的自评项目有哪些", "种业振兴专项", "农机更新补助："),
        ("得分不超过92分的项目有哪些", "农机更新补助", "病虫害统防经费："),
        ("哪些项目执行率没有达到100%", "种业振兴专项", "病虫害统防经费："),
    ],
)
def test_a_denied_bound_is_not_turned_round(question: str, there: str, absent: str) -> None:
    told = ask(question, appraised.SHELF).answer
    assert there in told
    assert absent not in told


@pytest.mark.parametrize(
    ("said", "limit", "below", "even"),
    [
        ("超过1亿元的项目", "100000000", False, False),
        ("100万以上的项目", "1000000", False, True),
        ("不超过50万元的", "500000", True, True),
        ("在50万元以内", "500000", True, True),
        ("执行率不低于90%的", "90", False, True),
        ("没有达到100%的", "100", True, False),
        ("得分不足95分的", "95", True, False),
        ("达不到80%的", "80", True, False),
    ],
)
def test_bounds(said: str, limit: str, below: bool, even: bool) -> None:
    found = bounds.find(said)
    assert found is not None
    assert (found.limit, found.below, found.even) == (Decimal(limit), below, even)


@pytest.mark.parametrize("said", ["2023年决算多少", "花了50万元吗", "前10%"])
def test_a_figure_alone_is_no_bound(said: str) -> None:
    assert bounds.find(said) is None


def test_a_run_of_words_of_measure_takes_no_time() -> None:
    began = time.process_time()
    tallies._TAIL.sub("", "为是" * 200 + "x")
    assert time.process_time() - began < 1


@pytest.mark.parametrize("said", ["接待5个批次", "公务用车12辆"])
def test_a_count_is_read_with_any_of_its_units(said: str) -> None:
    assert companions._SAID.findall(said)
