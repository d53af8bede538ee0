"""Examples of the obligations on what the narrative says of itself: scopes, counts, shares, notation, names."""

from dataclasses import replace

from service.checks.book import Book
from service.records import Kind
from service.statements import GENERAL
from tests.support.books import book, disclosure, document, table
from tests.support.specimens import FUNCTION, Examples, beside, stated

_SPENDING = "一般公共预算财政拨款支出决算表"


def office(running: str, public: str) -> Book:
    """机关运行经费 and 公用经费 of the prose."""
    return beside(book(), stated("公用经费", public, scope=GENERAL), stated("机关运行经费", running, scope=GENERAL))


def item(value: str, tables: bool = True) -> Book:
    """行政运行 in prose beside the general budget (20.00) and all funds (25.00)."""
    rows = [["", "合计", "20.00", "12.00", "8.00"], ["2101501", "行政运行", "20.00", "12.00", "8.00"]]
    every = [["", "合计", "25.00", "12.00", "13.00"], ["2101501", "行政运行", "25.00", "12.00", "13.00"]]
    made = (
        table(_SPENDING, FUNCTION, rows, statement=_SPENDING, page=6),
        table("支出决算表", FUNCTION, every, statement="支出决算表", page=4),
    )
    return beside(book(tables=made if tables else ()), stated("行政运行", value, code="2101501", scope=GENERAL))


def named(*prose: str, org: str = "某市某区财政局", kind: Kind = Kind.FINAL) -> Book:
    """A document of a named body."""
    return Book(replace(document(*prose, kind=kind), org=org), disclosure(kind=kind))


def insured(name: str) -> Book:
    """A row of 21015 with a name."""
    rows = [["", "合计", "30.00", "18.00", "12.00"], ["21015", name, "30.00", "18.00", "12.00"]]
    return book(tables=(table("支出决算表", FUNCTION, rows, statement="支出决算表"),))


EXAMPLES: Examples = {
    "D5": (
        lambda: office("5.00", "6.25"),
        lambda: office("184.56", "184.65"),
        lambda: beside(book(), stated("机关运行经费", "5.00", scope=GENERAL)),
    ),
    "D6": (
        lambda: item("20.00"),
        lambda: item("25.00"),
        lambda: item("25.00", tables=False),
    ),
    "E6": (
        lambda: book("本部门内设机构3个，包括：办公室、财务科、监督科。"),
        lambda: book("本部门内设机构4个，包括：办公室、财务科、监督科。"),
        lambda: book("纳入编制范围的预算单位共3个，包括："),
    ),
    "F2": (
        lambda: book("支出合计100.00万元，其中：基本支出66.67万元，占66.67%；项目支出33.33万元，占33.33%。"),
        lambda: book("支出合计100.00万元，其中：基本支出66.67万元，占66.67%；项目支出33.33万元，占34.33%。"),
        lambda: book("支出合计100.00万元，其中：基本支出50.00万元，占50.00%；项目支出33.33万元，占33.33%。"),
    ),
    "F7": (
        lambda: book("基本支出60.00万元，占60.00%，比上年增长5.00%。"),
        lambda: book("支出60.00万元，占60.00%，比上年增加3.00万元，增长5.26个百分点。"),
        lambda: book("基本支出60.00万元，占60.00，比上年增加3.00万元。"),
    ),
    "I2": (
        lambda: named("截至2023年12月31日，本单位共有车辆2辆。", "某市某区财政局2023年度收入总计10.00万元。"),
        lambda: named("截至2021年12月31日，本单位共有车辆2辆。"),
        lambda: named("财政拨款收入10.00万元。", org=""),
    ),
    "J1": (
        lambda: insured("医疗保障管理事务"),
        lambda: insured("医疗救助"),
        lambda: book("全年追回违规医保基金312.45万元。"),
    ),
}
