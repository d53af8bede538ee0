"""Every registered rule: an example that passes, one that is found, and one that cannot be checked."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from service import checks
from service.checks import registry, run
from service.checks.book import Book
from service.checks.outcomes import Outcome
from service.records import Fact, Kind, Place, State
from service.statements import GENERAL
from tests.support.books import book, disclosure, document, paragraph, table

assert run  # rules register when the entry is imported

FUNCTION = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
FUNCTION_ROWS = [
    ["", "合计", "30.00", "18.00", "12.00"],
    ["208", "社会保障和就业支出", "10.00", "8.00", "2.00"],
    ["20805", "行政事业单位养老支出", "10.00", "8.00", "2.00"],
    ["2080501", "行政单位离退休", "4.00", "4.00", ""],
    ["2080505", "养老保险缴费", "6.00", "4.00", "2.00"],
    ["210", "卫生健康支出", "20.00", "10.00", "10.00"],
    ["21011", "行政事业单位医疗", "20.00", "10.00", "10.00"],
    ["2101103", "公务员医疗补助", "20.00", "10.00", "10.00"],
]
TOTALS = ["收入/项目", "收入/决算数", "支出/项目", "支出/决算数"]
TOTALS_ROWS = [
    ["一、一般公共预算财政拨款收入", "30.00", "一、社会保障和就业支出", "10.00"],
    ["二、其他收入", "1.00", "二、卫生健康支出", "20.00"],
    ["本年收入合计", "31.00", "本年支出合计", "30.00"],
    ["年初结转和结余", "", "年末结转和结余", "1.00"],
    ["总计", "31.00", "总计", "31.00"],
]
FISCAL_ROWS = [
    ["一、一般公共预算财政拨款", "30.00", "一、社会保障和就业支出", "10.00", "10.00"],
    ["", "", "二、卫生健康支出", "20.00", "20.00"],
    ["本年收入合计", "30.00", "本年支出合计", "30.00", "30.00"],
    ["总计", "30.00", "总计", "30.00", "30.00"],
]
FISCAL = ["收入/项目", "收入/决算数", "支出/项目", "支出/合计", "支出/一般公共预算财政拨款"]
INCOME_ROWS = [["", "合计", "31.00", "30.00", "1.00"], ["208", "社会保障和就业支出", "31.00", "30.00", "1.00"]]
INCOME = ["科目编码", "科目名称", "本年收入合计", "财政拨款收入", "其他收入"]
BASIC_ROWS = [["301", "工资福利支出", "12.00"], ["302", "商品和服务支出", "6.00"], ["", "合计", "18.00"]]
BASIC = ["科目编码", "科目名称", "决算数"]
CARS = "公务用车购置及运行费"
PUBLIC = ["合计", "因公出国（境）费", f"{CARS}/小计", f"{CARS}/公务用车购置费", f"{CARS}/公务用车运行费", "公务接待费"]
FORM = ["一级指标", "三级指标", "分值", "得分"]
FORM_ROWS = [["产出指标", "办结率", "60", "60"], ["满意度指标", "满意度", "40", "39"], ["总分", "", "100", "99"]]


def changed(rows: list[list[str]], row: int, column: int, text: str) -> list[list[str]]:
    """The rows with one cell changed."""
    return [[text if (r, c) == (row, column) else cell for c, cell in enumerate(cells)] for r, cells in enumerate(rows)]


def spending(rows: list[list[str]] = FUNCTION_ROWS, unit: str | None = "万元", statement: str = "支出决算表") -> Book:
    return book(tables=(table(statement, FUNCTION, rows, unit=unit, statement=statement),))


def statements(
    totals: list[list[str]] = TOTALS_ROWS,
    income: list[list[str]] = INCOME_ROWS,
    fiscal: list[list[str]] = FISCAL_ROWS,
    basic: list[list[str]] = BASIC_ROWS,
    spent: list[list[str]] = FUNCTION_ROWS,
) -> Book:
    """The statutory tables of one disclosure, on pages of their own."""
    made = (
        table("收入支出决算总表", TOTALS, totals, statement="收入支出决算总表", page=2),
        table("收入决算表", INCOME, income, statement="收入决算表", page=3),
        table("支出决算表", ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"], spent, statement="支出决算表", page=4),
        table("财政拨款收入支出决算总表", FISCAL, fiscal, statement="财政拨款收入支出决算总表", page=5),
        table("一般公共预算财政拨款支出决算表", FUNCTION, spent, statement="一般公共预算财政拨款支出决算表", page=6),
        table("一般公共预算财政拨款基本支出决算表", BASIC, basic, statement="一般公共预算财政拨款基本支出决算表", page=7),
    )
    return book(tables=made)


def budget(*prose: str) -> Book:
    return book(*prose, kind=Kind.BUDGET, year=2024)


def public(rows: list[list[str]]) -> Book:
    return book(tables=(table("“三公”经费支出决算表", PUBLIC, rows),))


def basic(*rows: list[str]) -> Book:
    return book(tables=(table("基本支出决算表", BASIC, list(rows)),))


def form(rows: list[list[str]]) -> Book:
    return book(tables=(table("项目支出绩效自评表", FORM, rows, unit=None, statement="项目支出绩效自评表"),))


def stated(item: str, value: str, *, code: str | None = None, scope: str | None = None) -> Fact:
    """An amount of the prose in 万元."""
    line = paragraph(f"{item}{value}万元").lines[0]
    place = Place(1, line.text, (line.box,))
    return Fact(item, "决算", Decimal(value), "万元", 2023, "text", "五、", place, value, code=code, scope=scope)


def beside(tables: Book, *facts: Fact) -> Book:
    """The tables with facts of the prose."""
    return Book(tables.document, disclosure(*facts))


def received(value: str) -> Book:
    """A 三公 table that prints 公务接待费."""
    return book(tables=(table("“三公”经费支出决算表", ["公务接待费"], [[value]], statement="财政拨款“三公”经费支出决算表"),))


def in_table(value: str) -> Fact:
    """公务接待费 as a fact of that table."""
    place = Place(2, value, ((50.0, 100.0, 120.0, 115.0),))
    return Fact("公务接待费", "决算", Decimal(value), "万元", 2023, "table", "", place, value, table="“三公”经费支出决算表")


def staffed() -> Book:
    """A basic table with 人员经费 and 公用经费 as columns."""
    columns = ["科目编码", "科目名称", "合计", "人员经费", "公用经费"]
    rows = [["301", "工资福利支出", "12.00", "12.00", ""], ["302", "商品和服务支出", "6.00", "", "6.00"]]
    rows.append(["", "合计", "18.00", "12.00", "6.00"])
    return book(tables=(table("基本支出决算表", columns, rows, statement="一般公共预算财政拨款基本支出决算表"),))


def remark(text: str, rows: list[list[str]]) -> Book:
    """A table of a fund on page 1 and a remark below it."""
    name = "政府性基金预算财政拨款收入支出决算表"
    fund = table(name, ["科目编码", "科目名称", "合计"], rows, page=1, statement=name)
    return book(paragraph(text, row=30, section=("七、政府性基金预算财政拨款收入支出情况说明",)), tables=(fund,))


ITEM = "1.“住房保障支出（类）住房公积金（项）”350.35万元，主要用于住房公积金。2024年预算安排{}万元，比2023年预算执行数增加。"
LIST = "支出决算合计100.00万元，其中：基本支出{}万元，占60.00%；项目支出40.00万元，占40.00%。"
SECTION = (
    "支出年初预算为30.00万元，支出决算为24.00万元，完成年初预算的80.00%。其中：",
    "1.卫生（类）医疗（款）行政单位医疗（项）。年初预算为10.00万元，支出决算为{}万元。",
    "2.住房（类）改革（款）住房公积金（项）。年初预算为{}万元，支出决算为16.00万元。",
)


def section(final: str, initial: str) -> Book:
    return book(SECTION[0], SECTION[1].format(final), SECTION[2].format(initial))


Example = Callable[[], Book]

EXAMPLES: dict[str, tuple[Example, Example, Example]] = {
    "B1": (
        spending,
        lambda: spending(changed(FUNCTION_ROWS, 2, 2, "11.00")),
        lambda: spending([*FUNCTION_ROWS, FUNCTION_ROWS[-1]]),
    ),
    "B2": (
        spending,
        lambda: spending(changed(FUNCTION_ROWS, 0, 3, "81.00")),
        lambda: spending([*FUNCTION_ROWS, FUNCTION_ROWS[-1]]),
    ),
    "B3": (
        spending,
        lambda: spending(changed(FUNCTION_ROWS, 4, 3, "14.00")),
        lambda: spending([[*r[:3], "7.77", *r[4:]] for r in FUNCTION_ROWS]),
    ),
    "B4": (
        statements,
        lambda: statements(totals=changed(TOTALS_ROWS, 4, 3, "31.20")),
        lambda: statements(totals=changed(TOTALS_ROWS, 4, 3, "")),
    ),
    "B6": (
        lambda: basic(*BASIC_ROWS[:2], ["", "人员经费合计", "12.00"]),
        lambda: basic(*BASIC_ROWS[:2], ["", "公用经费合计", "8.00"], ["", "人员经费合计", "12.00"]),
        lambda: basic(["302", "商品和服务支出", "6.00"], ["", "人员经费合计", "12.00"]),
    ),
    "B7": (
        lambda: public([["3.00", "1.00", "1.50", "", "1.50", "0.50"]]),
        lambda: public([["3.00", "1.00", "1.50", "", "1.50", "0.80"]]),
        lambda: public([["3.00", "1.00", "1.5.0", "", "1.50", "0.50"], ["3.00", "1.00", "1.50", "", "1.50", "0.50"]]),
    ),
    "C1": (
        statements,
        lambda: statements(income=changed(INCOME_ROWS, 0, 2, "33.00")),
        lambda: statements(income=changed(INCOME_ROWS, 0, 1, "总数")),
    ),
    "C2": (
        statements,
        lambda: statements(fiscal=changed(FISCAL_ROWS, 2, 1, "29.00")),
        lambda: statements(fiscal=changed(FISCAL_ROWS, 2, 0, "收入")),
    ),
    "C3": (
        statements,
        lambda: statements(fiscal=changed(FISCAL_ROWS, 2, 4, "29.00")),
        lambda: statements(fiscal=changed(FISCAL_ROWS, 2, 4, "")),
    ),
    "C4": (
        statements,
        lambda: statements(basic=changed(BASIC_ROWS, 2, 2, "17.00")),
        lambda: statements(basic=changed(BASIC_ROWS, 2, 1, "")),
    ),
    "C5": (
        statements,
        lambda: statements(totals=changed(TOTALS_ROWS, 0, 3, "11.00")),
        lambda: book(
            tables=(
                table("收入支出决算总表", TOTALS, TOTALS_ROWS, statement="收入支出决算总表"),
                table("支出决算表", [*FUNCTION[:2], "基本支出"], [["208", "社会保障和就业支出", "1.00"]], statement="支出决算表", page=3),
            )
        ),
    ),
    "D1": (
        lambda: beside(spending(), stated("本年支出合计", "30.00")),
        lambda: beside(spending(), stated("本年支出合计", "30.01")),
        lambda: beside(book(), stated("本年支出合计", "30.00")),
    ),
    "D2": (
        lambda: beside(statements(), stated("公务员医疗补助", "20.00", code="2101103")),
        lambda: beside(statements(), stated("公务员医疗补助", "20.02", code="2101103")),
        lambda: beside(statements(), stated("药品采购", "20.00", code="2109999")),
    ),
    "D3": (
        lambda: beside(staffed(), stated("人员经费", "12.00", scope=GENERAL)),
        lambda: beside(staffed(), stated("公用经费", "12.00", scope=GENERAL)),
        lambda: beside(statements(), stated("公用经费", "6.00", scope=GENERAL)),
    ),
    "D4": (
        lambda: beside(received("0.50"), stated("公务接待费", "0.50"), in_table("0.50")),
        lambda: beside(received("0.50"), stated("公务接待费", "0.80"), in_table("0.50")),
        lambda: beside(received("0.50"), stated("公务接待费", "0.50")),
    ),
    "D7": (
        lambda: remark("本部门无政府性基金预算财政拨款收支。", [["", "合计", ""]]),
        lambda: remark("本部门无政府性基金预算财政拨款收支。", [["", "合计", "7.50"]]),
        lambda: book(paragraph("本部门无政府性基金预算财政拨款收支。", section=("七、政府性基金预算财政拨款收入支出情况说明",))),
    ),
    "E1": (
        lambda: budget(ITEM.format("350.35")),
        lambda: budget(ITEM.format("352.67")),
        lambda: budget("2024年预算安排352.67万元。"),
    ),
    "E2": (
        lambda: book(LIST.format("60.00")),
        lambda: book(LIST.format("61.00")),
        lambda: book("支出决算合计100.00万元，其中：基本支出60.00万元。"),
    ),
    "E3": (
        lambda: section("8.00", "20.00"),
        lambda: section("8.00", "21.00"),
        lambda: section("9.00", "21.00"),
    ),
    "E4": (
        lambda: book("实有人员14人，其中行政6人、事业8人。"),
        lambda: book("建筑面积8013平方米（其中计容面积7998平方米，不计容面积105平方米）。"),
        lambda: book("实有人员14人，其中行政6人。"),
    ),
    "E5": (
        lambda: form(FORM_ROWS),
        lambda: form(changed(FORM_ROWS, 0, 3, "50")),
        lambda: form(FORM_ROWS[:2]),
    ),
    "F1": (
        lambda: book("支出合计100.00万元，其中：基本支出60.00万元，占60.00%。"),
        lambda: book("支出合计100.00万元，其中：基本支出60.00万元，占61.20%。"),
        lambda: book("基本支出60.00万元，占61.20%。"),
    ),
    "F3": (
        lambda: book("年初预算400万元，支出决算350万元，完成年初预算的87.50%。"),
        lambda: book("年初预算400万元，支出决算350万元，完成年初预算的78.50%。"),
        lambda: book("公务接待费支出决算0.22万元，完成预算的100.00%。"),
    ),
    "F4": (
        lambda: book("支出总计1209.27万元，与上年相比增加10.86万元，增长0.91%。"),
        lambda: book("支出总计1209.27万元，与上年相比增加10.86万元，增长9.1%。"),
        lambda: book("与上年相比增长9.1%。"),
    ),
    "F5": (
        lambda: budget("预算收入202.15万元，较上年164.92万元增加37.23万元。"),
        lambda: budget("预算收入202.15万元，较上年164.92万元增加27.23万元。"),
        lambda: budget("较上年164.92万元增加37.23万元。"),
    ),
    "G1": (
        lambda: beside(spending(), stated("本年支出合计", "30.00")),
        lambda: beside(spending(), stated("本年支出合计", "300000")),
        lambda: spending(unit=None),
    ),
    "H1": (
        lambda: book("年初预算400万元，支出决算350万元，决算数小于年初预算数的主要原因是支出减少。"),
        lambda: book("年初预算400万元，支出决算350万元，决算数大于年初预算数的主要原因是支出减少。"),
        lambda: book("决算数大于年初预算数的主要原因是支出减少。"),
    ),
    "H2": (
        lambda: budget("比2023年预算执行数减少2.98%。主要原因是：宣传事务经费减少。"),
        lambda: budget("比2023年预算执行数减少2.98%。主要原因是：宣传事务经费增加。"),
        lambda: budget("主要原因是：宣传事务经费增加。"),
    ),
    "I1": (
        lambda: book("本部门2023年单位绩效目标合理。"),
        lambda: book("本部门2022年单位绩效目标合理。"),
        lambda: Book(document("本部门2022年单位绩效目标合理。", year=None), disclosure(year=None)),
    ),
}


def outcomes(code: str, made: Book) -> list[Outcome]:
    return list(registry.RULES[code].check(made))


def test_every_rule_has_its_examples() -> None:
    assert set(EXAMPLES) == set(registry.RULES)
    assert not set(registry.PENDING) & set(registry.RULES)


def test_every_rule_function_is_registered() -> None:
    registered = {rule.check for rule in registry.RULES.values()}
    for module in pkgutil.iter_modules(checks.__path__):
        loaded = importlib.import_module(f"service.checks.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            signature = inspect.signature(function)
            is_rule = list(signature.parameters) == ["book"] and signature.return_annotation == Iterator[Outcome]
            if is_rule and not name.startswith("_") and function.__module__ == loaded.__name__:
                assert function in registered, f"{module.name}.{name} is not registered"


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_passing_example(code: str) -> None:
    states = {o.state for o in outcomes(code, EXAMPLES[code][0]())}
    assert State.PASS in states
    assert State.FINDING not in states


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_failing_example(code: str) -> None:
    found = [o for o in outcomes(code, EXAMPLES[code][1]()) if o.state is State.FINDING]
    assert found
    for outcome in found:
        assert outcome.issue is not None
        assert outcome.issue.figures
        assert outcome.issue.stated.value in outcome.issue.explain or code == "D7"


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_not_checked_example(code: str) -> None:
    found = outcomes(code, EXAMPLES[code][2]())
    assert any(o.state is State.NOT_CHECKED and o.reason for o in found)
    assert not any(o.state is State.FINDING for o in found)


def test_a_second_rule_for_a_code_is_refused() -> None:
    with pytest.raises(ValueError, match="two rules"):
        registry.rule("B1")(registry.RULES["B2"].check)


def test_pending_obligations_are_reported_and_not_passed_over() -> None:
    report = run.check(document(paragraph("无。")), disclosure())
    assert {g.obligation for g in report.not_checked} >= set(registry.PENDING)
    assert report.counts[State.NOT_CHECKED] == len(report.not_checked)
