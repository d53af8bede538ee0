"""Items of one name under several parents: told apart by the parent named, all told where none is, ranked by what changed."""

from dataclasses import replace

from service.records import DocumentInfo, Fact, Kind, Reason
from tests.support.shelf import Shelf, ask, fact

BUDGET = DocumentInfo("jiedao-2024", "", "青禾区清澜街道办事处", 2024, Kind.BUDGET, "部门", 20, "0")
WHERE = "部门预算编制说明"
ROWS = (
    ("2010102", "日常管理", ("一般公共服务支出", "文书事务"), "40.00", "45.00", "11.11"),
    ("2010202", "日常管理", ("一般公共服务支出", "档案事务"), "90.00", "60.00", "50.00"),
    ("2120101", "机关运转", ("城乡社区支出", "社区管理事务"), "300.00", "420.00", "28.57"),
    ("2120102", "日常管理", ("城乡社区支出", "社区管理事务"), "700.00", "900.00", "22.22"),
    ("2120103", "街面巡查", ("城乡社区支出", "社区管理事务"), "2.00", "8.00", "75.00"),
)


def _told(code: str, item: str, path: tuple[str, ...], now: str, before: str, rate: str) -> list[Fact]:
    less = float(now) < float(before)
    quote = f"{path[0]}（类）{path[1]}（款）{item}（项）2024年预算{now}万元，2023年执行{before}万元，{'下降' if less else '增长'}{rate}%。"
    made = [
        fact(item, "预算", now, WHERE, quote, 2024, code=code, part="money"),
        fact(item, "上年数", before, WHERE, quote, 2023, code=code, part="money"),
        fact(item, "增减率", f"{rate}%", WHERE, quote, 2024, code=code, part="money"),
    ]
    made[2] = replace(made[2], value=-made[2].value if less else made[2].value)
    return [replace(f, path=path) for f in made]


def _whole(code: str, item: str, value: str) -> Fact:
    table = "部门支出预算总表"
    made = fact(item, "预算", f"{value}元", table, f"{code} {item} {value}", 2024, source="table", code=code, column="合计", table=table)
    return replace(made, path=("城乡社区支出",), part="expenditure")


REASONS = [
    Reason("日常管理", "比上年减少", "文书减量", fact("日常管理", "预算", "1", WHERE, "主要原因是文书减量。").place, "2010102", WHERE),
    Reason("日常管理", "比上年增加", "档案增量", fact("日常管理", "预算", "1", WHERE, "主要原因是档案增量。").place, "2010202", WHERE),
]
SHELF = Shelf(
    BUDGET,
    facts={
        BUDGET.doc: [
            *(f for row in ROWS for f in _told(*row)),
            _whole("21201", "社区管理事务", "10020000"),
            _whole("20102", "档案事务", "900000"),
        ]
    },
    reasons={BUDGET.doc: REASONS},
)


def test_an_item_under_the_parent_named_is_compared_with_its_own_year_before() -> None:
    told = ask("社区管理事务的机关运转比2023年少多少？", SHELF).answer
    assert "少120.00万元（420.00万元 − 300.00万元）" in told
    assert "10020000" not in told


def test_the_parent_named_tells_which_of_several_items_of_a_name_is_meant() -> None:
    told = ask("档案事务的日常管理今年安排多少，去年执行多少？", SHELF).answer
    assert "档案事务的日常管理" in told
    assert "90.00万元" in told
    assert "60.00万元" in told
    assert "40.00万元" not in told
    assert "文书减量" not in told


def test_an_item_of_several_parents_is_told_of_each_where_none_is_named() -> None:
    told = ask("日常管理预算是多少？", SHELF).answer
    for parent, value in (("文书事务", "40.00"), ("档案事务", "90.00"), ("社区管理事务", "700.00")):
        assert f"{parent}的日常管理：预算{value}万元" in told


def test_one_item_under_two_parents_is_two_sides() -> None:
    for question in ("档案事务和社区管理事务的日常管理哪个多？", "档案事务的日常管理和社区管理事务的日常管理哪个多？"):
        told = ask(question, SHELF).answer
        assert told.startswith("社区管理事务的日常管理更高：预算700.00万元，档案事务的日常管理预算90.00万元，相差610.00万元")


def test_why_an_item_under_a_parent_changed_is_told_by_its_own_reason() -> None:
    told = ask("档案事务的日常管理为什么增加？", SHELF).answer
    assert "档案增量" in told
    assert "文书减量" not in told


def test_the_greatest_fall_is_of_money_not_of_percent() -> None:
    told = ask("减少最多的项目是哪个？", SHELF).answer
    assert told.startswith("减少最多的是2024年社区管理事务的日常管理")
    assert "少200.00万元（900.00万元 − 700.00万元）" in told
    assert ask("降幅最大的是哪一项？", SHELF).answer.startswith("减少最多的是2024年街面巡查")
