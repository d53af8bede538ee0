"""Books beside the examples: the turns that a rule takes for one layout, one wording or one figure more or less.

Each is written to sit at the edge of a condition (one part fewer, the limit itself, another unit), so that the rule's answer changes
when the condition does. What each rule answers is written down in `tests/unit/snapshots/checks-edges.txt`.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from service.checks.book import Book
from service.records import Disclosure, Fact, Kind, Page, Place, Table
from service.statements import GENERAL
from tests.support.books import book, disclosure, document, paragraph, table
from tests.support.specimens import (
    BASIC,
    FUNCTION,
    FUNDED_ROWS,
    PUBLIC,
    basic,
    beside,
    changed,
    funded,
    printed,
    spending,
    stated,
    with_public,
)

Case = tuple[str, Callable[[], Book]]
"""Obligation, book."""

_BASIC = "一般公共预算财政拨款基本支出决算表"
_FORM = "项目支出绩效自评表"


def coded(rows: list[list[str]], *, name: str = "支出决算表") -> Book:
    return book(tables=(table(name, FUNCTION[:3], rows, statement=name),))


def listed(prose: tuple[str, ...], *rows: list[str]) -> Book:
    """Paragraphs that list economic items beside a basic table."""
    every = [["30101", "基本工资", "5.00"], ["30102", "津贴补贴", "3.00"], ["30103", "奖金", "2.00"], *rows, ["", "合计", "11.00"]]
    return book(*prose, tables=(table(_BASIC, BASIC, every, statement=_BASIC),))


def appraisal(*rows: list[str], title: str = _FORM, columns: list[str] | None = None) -> Table:
    heads = columns or ["一级指标", "指标内容", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"]
    return table(title, heads, [*rows, ["总分", "", "", "", "20", "20", ""]], unit=None, statement=_FORM)


def appraised(*rows: list[str], columns: list[str] | None = None) -> Book:
    """A book whose only table is such a form."""
    return book(tables=(appraisal(*rows, columns=columns),))


def money(item_name: str, figures: dict[str, str], *, title: str = _FORM, page: int = 2) -> list[Fact]:
    """The facts of one project's line of money."""
    place = Place(page, f"{item_name} {' '.join(figures.values())}", ())
    units = {"执行率": "%", "分值": "分", "得分": "分"}
    return [
        Fact(item_name, measure, Decimal(value), units.get(measure, "万元"), 2023, "table", title, place, value, table=title)
        for measure, value in figures.items()
    ]


def projects(*prose: str, facts: list[Fact]) -> Book:
    return Book(document(*prose), disclosure(*facts))


def project(item_name: str, *figures: str, title: str = _FORM, page: int = 2) -> list[Fact]:
    """年初预算, 全年预算, 执行数, 执行率, 分值, 得分; an empty one is not printed."""
    names = ("年初预算", "全年预算", "执行数", "执行率", "分值", "得分")
    return money(item_name, {n: v for n, v in zip(names, figures, strict=True) if v}, title=title, page=page)


def panels(*rows: list[str], unit: str = "万元") -> Book:
    """A basic table whose codes go on in a second panel."""
    return book(tables=(table(_BASIC, [*BASIC, *BASIC], list(rows), unit=unit, statement=_BASIC),))


def grouped(*rows: list[str]) -> Book:
    columns = ["科目编码", "科目名称", "合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出"]
    return book(tables=(table("支出决算表", columns, list(rows), statement="支出决算表"),))


def flat(*names: str) -> Book:
    """Columns under 基本支出 with these names: 4.00, 4.00 and 8.00."""
    columns = ["科目编码", "科目名称", "合计", *(f"基本支出/{name}" for name in names), "项目支出"]
    total = "18.00" if names[-1] == "小计" else "26.00"
    rows = [[code, "科目", total, "4.00", "4.00", "8.00", "10.00"] for code in ("208", "210", "221", "229")]
    return book(tables=(table("支出决算表", columns, rows, statement="支出决算表"),))


def in_yuan(spent: str) -> Book:
    """公务接待费 in 元 beside a 三公 table in 万元 that prints 0.50."""
    own = table(_BASIC, BASIC, [["30217", "公务接待费", spent], ["", "合计", "60000"]], unit="元", statement=_BASIC)
    return book(tables=(own, with_public("0.50", "0.50").document.tables[1]))


def conferences(*row: str) -> Book:
    """A 三公 table with 会议费 and 培训费, whose 合计 may hold them or not."""
    return book(tables=(table("“三公”经费支出决算表", [*PUBLIC, "会议费", "培训费"], [list(row)]),))


def lanes(*rows: list[str], unit: str = "万元") -> Book:
    columns = ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]
    return book(tables=(table("收支预算总表", columns, list(rows), unit=unit, statement="收支总表"),))


def plan(income: list[list[str]], general: str, *others: str) -> Book:
    """A budget's 财政拨款收支总表 with these lines, and the tables of the funds that are printed."""
    names = ("财政拨款收支总表", "一般公共预算支出表", "政府性基金预算支出表", "国有资本经营预算支出表")
    tables = [table(names[0], ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"], income, statement=names[0])]
    for name, total in zip(names[1:], (general, *others), strict=False):
        rows = [["205", "教育支出", total], ["", "合计", total]]
        tables.append(table(name, FUNCTION[:3], rows, statement=name, page=2 + len(tables)))
    return book(tables=tuple(tables), kind=Kind.BUDGET, year=2024)


def section(*texts: str, kind: Kind = Kind.FINAL) -> Book:
    year = 2024 if kind is Kind.BUDGET else 2023
    return book(*(paragraph(t, row=n, section=("一、情况说明",)) for n, t in enumerate(texts)), kind=kind, year=year)


def told(measure: str, value: str, *, code: str | None = None, quote: str | None = None, item_name: str = "支出总计") -> Fact:
    """A figure of the prose about 支出总计, with the words around it."""
    line = paragraph(quote or f"{item_name}{measure}{value}万元").lines[0]
    place = Place(1, line.text, (line.box,))
    year = 2022 if measure == "上年数" else 2023
    return Fact(item_name, measure, Decimal(value), "万元", year, "text", "一、", place, value, code=code)


def beside_last_year(*facts: Fact, before: tuple[Fact, ...] = (), kind: Kind = Kind.FINAL, year: int = 2022) -> Book:
    own = replace(disclosure(*facts), kind=kind)
    return Book(replace(document("无。"), kind=kind), own, Disclosure("earlier", "某局", year, kind, before, ()))


def last_year(value: str, *, code: str | None = None, measure: str = "决算") -> Fact:
    return replace(told(measure, value, code=code), year=2022)


def three_public(prose: str, planned_guests: str) -> Book:
    """A rate whose budget stands in the 三公 table alone."""
    line = document(prose).paragraphs[0]
    at = prose.index("68.40")
    rate = Fact("公务接待费", "完成率", Decimal("68.40"), "%", 2023, "text", "三公", line.place(at, at + 6), "68.40")
    cell = Place(2, planned_guests, ((50.0, 100.0, 120.0, 115.0),))
    table_fact = Fact("公务接待费支出", "预算", Decimal(planned_guests), "万元", 2023, "table", "", cell, planned_guests)
    other = replace(table_fact, item="因公出国（境）费", value=Decimal("9.00"), printed="9.00")
    yuan = replace(table_fact, unit="人", value=Decimal(7), printed="7")
    return Book(document(prose), disclosure(rate, table_fact, other, yuan))


def twins(path: str) -> Book:
    """Two rows of one name under two 款."""
    rows = [["", "合计", "30.00"], ["20101", "人大事务", "10.00"], ["2010101", "行政运行", "10.00"], ["20103", "政府办公厅", "20.00"]]
    rows.append(["2010301", "行政运行", "20.00"])
    name = "一般公共预算财政拨款支出决算表"
    fact = replace(stated("行政运行", "20.00", scope=GENERAL), path=("一般公共服务支出", path))
    return beside(book(tables=(table(name, FUNCTION[:3], rows, statement=name, page=6),)), fact)


def remark(text: str, *rows: list[str], heading: str = "七、政府性基金预算财政拨款收入支出情况说明") -> Book:
    name = "政府性基金预算财政拨款收入支出决算表"
    fund = table(name, ["科目编码", "科目名称", "合计"], list(rows), page=1, statement=name)
    return book(paragraph(text, row=30, section=(heading,)), tables=(fund,))


def without_lines() -> Book:
    """A table on a page that was kept without its lines."""
    made = spending()
    return Book(replace(made.document, pages=(Page(2, 595.0, 842.0, ()),)), made.disclosure)


def units(*names: str) -> Table:
    return table("单位构成表", ["序号", "单位名称"], [[str(n), name] for n, name in enumerate(names, 1)], unit=None, page=1)


def named_projects(*names: str) -> Table:
    rows = [[name, "10.00"] for name in names]
    return table("部门项目支出表", ["项目名称", "金额"], [*rows, ["合计", "20.00"]], statement="项目支出表")


CASES: dict[str, Case] = {
    "pages without lines": ("A6", without_lines),
    # A, B: tables
    "codes twice": ("B1", lambda: coded([["208", "甲", "1.00"], ["208", "乙", "2.00"]])),
    "figures that were read in doubt": ("B2", lambda: printed(spending(), "80.00")),
    "two panels of one list": (
        "B1",
        lambda: panels(
            ["301", "工资福利支出", "12.00", "302", "商品和服务支出", "6.00"],
            ["30101", "基本工资", "12.00", "30201", "办公费", "5.00"],
            ["", "", "", "30202", "印刷费", "1.00"],
        ),
    ),
    "two panels, one wrong": (
        "B1",
        lambda: panels(
            ["301", "工资福利支出", "12.00", "302", "商品和服务支出", "6.00"],
            ["30101", "基本工资", "7.00", "30201", "办公费", "5.00"],
            ["30102", "津贴补贴", "5.00", "30202", "印刷费", "2.00"],
        ),
    ),
    "a family over two panels": (
        "B1",
        lambda: panels(
            ["301", "工资福利支出", "12.00", "30103", "奖金", "3.00"],
            ["30101", "基本工资", "7.00", "302", "商品和服务支出", "6.00"],
            ["30102", "津贴补贴", "2.00", "30201", "办公费", "6.00"],
        ),
    ),
    "a table without a name": (
        "B1",
        lambda: book(tables=(table("", FUNCTION[:3], [["208", "甲", "5.00"], ["20801", "乙", "5.01"]]),)),
    ),
    "a column of amounts without a heading": (
        "B1",
        lambda: book(tables=(table("支出决算表", ["科目编码", "科目名称", ""], [["208", "甲", "5.00"]], statement="支出决算表"),)),
    ),
    "one subtotal without codes": (
        "B2",
        lambda: book(
            tables=(table("收入预算总表", ["项目名称", "金额"], [["收入总计", "30.00"], ["资金小计", "25.00"], ["专项收入", "20.00"]]),)
        ),
    ),
    "parts that are all nothing": ("B1", lambda: coded([["208", "甲", "5.00"], ["20801", "乙", "0.00"], ["20802", "丙", "0.00"]])),
    "groups of columns by their subtotal": (
        "B3",
        lambda: grouped(
            ["208", "甲", "30.00", "20.00", "12.00", "8.00", "10.00"],
            ["210", "乙", "6.00", "4.00", "3.00", "1.00", "2.00"],
            ["221", "丙", "9.00", "6.00", "5.00", "1.00", "3.00"],
            ["229", "丁", "3.00", "2.00", "1.00", "1.00", "2.00"],
        ),
    ),
    "groups of columns without a subtotal": ("B3", lambda: flat("人员经费", "公用经费", "日常经费")),
    "groups of columns whose subtotal is last": ("B3", lambda: flat("人员经费", "公用经费", "小计")),
    "a numbered line that is carried over": (
        "B4",
        lambda: lanes(
            ["一、财政拨款", "30.00", "一、教育支出", "31.00"],
            ["二、上年结转", "2.00", "二、结转下年", "1.00"],
            ["收入总计", "32.00", "支出总计", "32.00"],
        ),
    ),
    "a line that differs from its parts by a slip": (
        "B4",
        lambda: lanes(
            ["一、财政拨款", "30.00", "一、教育支出", "30.00"],
            ["（一）一般公共预算拨款", "25.00", "", ""],
            ["（二）政府性基金预算拨款", "6.00", "", ""],
            ["收入总计", "30.00", "支出总计", "30.00"],
        ),
    ),
    "a total of lines of two levels": (
        "B4",
        lambda: lanes(
            ["一、财政拨款", "30.00", "一、教育支出", "31.00"],
            ["（一）一般公共预算拨款", "25.00", "", ""],
            ["（二）政府性基金预算拨款", "5.00", "", ""],
            ["二、其他收入", "1.00", "", ""],
            ["本年收入合计", "31.00", "本年支出合计", "31.00"],
            ["收入总计", "31.00", "支出总计", "31.00"],
        ),
    ),
    "two sides half a unit apart": (
        "B4",
        lambda: lanes(
            ["一、财政拨款", "30.00", "一、教育支出", "30.01"],
            ["收入总计", "30.00", "支出总计", "30.01"],
        ),
    ),
    "two sides two units apart": (
        "B4",
        lambda: lanes(["一、财政拨款", "30.00", "一、教育支出", "30.02"], ["收入总计", "30.00", "支出总计", "30.02"]),
    ),
    "a carried line whose part is hidden": (
        "B4",
        lambda: lanes(
            ["一、财政拨款", "30.00", "一、教育支出", "32.00"],
            ["二、上年结转", "", "", ""],
            ["其中：政府性基金", "2.00", "", ""],
            ["收入总计", "32.00", "支出总计", "32.00"],
        ),
    ),
    "a list of parts that is incomplete": (
        "B4",
        lambda: lanes(
            ["一、财政拨款", "30.00", "一、教育支出", "30.00"],
            ["（一）一般公共预算拨款", "20.00", "（一）高等教育", "17.00"],
            ["收入总计", "30.00", "支出总计", "30.00"],
        ),
    ),
    "a fund that is short of its own": ("B5", lambda: funded(changed(changed(FUNDED_ROWS, 6, 1, "1.00"), 4, 5, "1.00"))),
    "two funds whose parts are nothing": ("B5", lambda: funded(changed(changed(FUNDED_ROWS, 4, 4, "0.00"), 4, 5, "0.00"))),
    "a fund whose parts are nothing": ("B5", lambda: funded(changed(FUNDED_ROWS, 4, 4, "0.00"))),
    "a fund with a printed opening": ("B5", lambda: funded(changed(FUNDED_ROWS, 5, 1, "3.00"))),
    "public items with conferences inside": ("B7", lambda: conferences("5.00", "1.00", "1.50", "", "1.50", "0.50", "1.20", "0.80")),
    "public items with conferences beside": ("B7", lambda: conferences("3.00", "1.00", "1.50", "", "1.50", "0.50", "1.20", "0.80")),
    "public items with conferences undecided": ("B7", lambda: conferences("4.00", "1.00", "1.50", "", "1.50", "0.50", "1.20", "0.80")),
    "two lines without the level above": (
        "B9",
        lambda: coded(
            [
                ["208", "社会保障和就业支出", "9.00"],
                ["20805", "行政事业单位养老支出", "9.00"],
                ["2080801", "死亡抚恤", "4.00"],
                ["2080899", "其他优抚支出", "5.00"],
            ]
        ),
    ),
    "a line whose class is not printed": (
        "B9",
        lambda: coded([["208", "社会保障和就业支出", "4.00"], ["21011", "行政事业单位医疗", "4.00"]]),
    ),
    "more lines without the level above": (
        "B9",
        lambda: coded([["208", "甲", "9.00"], ["20101", "乙", "1.00"], ["20301", "丙", "1.00"], ["20401", "丁", "1.00"]]),
    ),
    "one code with two names": ("B9", lambda: coded([["208", "甲", "9.00"], ["20801", "乙", "4.00"], ["20801", "丙", "5.00"]])),
    "one code with one name twice": ("B9", lambda: coded([["208", "甲", "9.00"], ["20801", "乙", "4.00"], ["20801", "乙", "5.00"]])),
    "two codes with two names each": (
        "B9",
        lambda: coded([["20801", "甲", "1.00"], ["20801", "乙", "1.00"], ["20802", "丙", "1.00"], ["20802", "丁", "1.00"]]),
    ),
    "shares at and above the whole": (
        "B10",
        lambda: book(
            tables=(table("构成表", ["科目名称", "金额", "占比"], [["甲", "5.00", "100.00"], ["乙", "6.00", "100.01"], ["丙", "", ""]]),)
        ),
    ),
    "one line of nothing in a class of nothing": (
        "B10",
        lambda: basic(
            ["302", "商品和服务支出", "0.00"],
            *([f"3020{n}", f"科目{n}", ""] for n in range(1, 4)),
            ["30299", "其他商品和服务支出", "0.00"],
        ),
    ),
    "one line takes its whole class": (
        "B10",
        lambda: basic(
            ["302", "商品和服务支出", "6.00"],
            *([f"3020{n}", f"科目{n}", ""] for n in range(1, 4)),
            ["30299", "其他商品和服务支出", "6.00"],
        ),
    ),
    "one line takes its whole class beside two": (
        "B10",
        lambda: basic(
            ["302", "商品和服务支出", "6.00"],
            *([f"3020{n}", f"科目{n}", "0.00"] for n in range(1, 3)),
            ["30299", "其他商品和服务支出", "6.00"],
        ),
    ),
    "one line takes all, another has some": (
        "B10",
        lambda: basic(
            ["302", "商品和服务支出", "6.00"],
            ["30201", "办公费", "1.00"],
            *([f"3020{n}", f"科目{n}", ""] for n in range(2, 5)),
            ["30299", "其他商品和服务支出", "6.00"],
        ),
    ),
}
