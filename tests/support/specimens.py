"""Books made by hand that the checker's examples change one cell or word of."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from service.checks.book import Book
from service.records import Disclosure, Fact, Kind, Line, Page, Place
from tests.support.books import book, disclosure, document, paragraph, table

Example = Callable[[], Book]
Examples = dict[str, tuple[Example, Example, Example]]
"""Obligation → a book that passes, one that is found, and one that cannot be checked."""

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


def form(rows: list[list[str]], heads: list[str] = FORM) -> Book:
    return book(tables=(table("项目支出绩效自评表", heads, rows, unit=None, statement="项目支出绩效自评表"),))


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


def funded(rows: list[list[str]]) -> Book:
    """A 财政拨款收入支出决算总表 with the three funds, and carry-over."""
    columns = [
        "收入/项目",
        "收入/决算数",
        "支出/项目",
        "支出/合计",
        *(f"支出/{fund}财政拨款" for fund in ("一般公共预算", "政府性基金预算")),
    ]
    return book(tables=(table("财政拨款收入支出决算总表", columns, rows, statement="财政拨款收入支出决算总表"),))


FUNDED_ROWS = [
    ["一、一般公共预算财政拨款", "30.00", "一、社会保障和就业支出", "10.00", "10.00", ""],
    ["二、政府性基金预算财政拨款", "5.00", "二、城乡社区支出", "5.00", "", "5.00"],
    ["", "", "三、卫生健康支出", "19.00", "19.00", ""],
    ["本年收入合计", "35.00", "本年支出合计", "34.00", "29.00", "5.00"],
    ["年初财政拨款结转和结余", "2.00", "年末财政拨款结转和结余", "3.00", "3.00", ""],
    ["一般公共预算财政拨款", "2.00", "", "", "", ""],
    ["政府性基金预算财政拨款", "", "", "", "", ""],
    ["总计", "37.00", "总计", "37.00", "32.00", "5.00"],
]
FUND_ROWS = [
    ["", "合计", "1.00", "9.00", "8.00", "8.00", "2.00"],
    ["212", "城乡社区支出", "1.00", "9.00", "8.00", "8.00", "2.00"],
]


def fund(rows: list[list[str]]) -> Book:
    """A fund's table of income, expenditure and what is left."""
    name = "政府性基金预算财政拨款收入支出决算表"
    columns = ["科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出/小计", "本年支出/项目支出", "年末结转和结余"]
    return book(tables=(table(name, columns, rows, statement=name),))


def printed(made: Book, first: str | None = None) -> Book:
    """The book with pages that print every cell of its tables where it stands; `first` is printed in place of the first amount."""
    cells = [cell for t in made.document.tables for row in t.rows for cell in row if cell.text]
    texts = [cell.text for cell in cells]
    if first is not None:
        texts[next(n for n, text in enumerate(texts) if "." in text)] = first
    lines = tuple(
        Line(cell.page, text, cell.box, tuple(cell.box[0] + n * (cell.box[2] - cell.box[0]) / len(text) for n in range(len(text) + 1)))
        for cell, text in zip(cells, texts, strict=True)
    )
    pages = tuple(
        Page(number, 595.0, 842.0, tuple(line for line in lines if line.page == number)) for number in sorted({line.page for line in lines})
    )
    return Book(replace(made.document, pages=pages), made.disclosure)


def with_public(guests: str, spent: str) -> Book:
    """A basic table that prints 公务接待费, and the 三公 table."""
    name = "一般公共预算财政拨款基本支出决算表"
    rows = [["302", "商品和服务支出", "6.00"], ["30217", "公务接待费", spent], ["30201", "办公费", "5.00"], ["", "合计", "6.00"]]
    three = "财政拨款“三公”经费支出决算表"
    return book(
        tables=(
            table(name, BASIC, rows, statement=name),
            table(three, PUBLIC, [["3.00", "1.00", "1.50", "", "1.50", guests]], statement=three, page=3),
        )
    )


def planned(general: str, fund_total: str, *, complete: bool = True) -> Book:
    """A budget: 财政拨款收支总表, 一般公共预算支出表 and, if complete, the tables of the two funds."""
    totals = [
        ["一、一般公共预算", "30.00", "一、教育支出", "35.00"],
        ["二、政府性基金预算", "5.00", "", ""],
        ["收入总计", "35.00", "支出总计", "35.00"],
    ]
    names = ("财政拨款收支总表", "一般公共预算支出表", "政府性基金预算支出表", "国有资本经营预算支出表")
    head = ["科目编码", "科目名称", "合计"]
    tables = [
        table(names[0], ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"], totals, statement=names[0]),
        table(names[1], head, [["205", "教育支出", general], ["", "合计", general]], statement=names[1], page=3),
    ]
    if complete:
        tables.append(table(names[2], head, [["205", "教育支出", fund_total], ["", "合计", fund_total]], statement=names[2], page=4))
        tables.append(table(names[3], head, [["", "合计", "0.00"]], statement=names[3], page=5))
    return book(tables=tuple(tables), kind=Kind.BUDGET, year=2024)


def following(told: str, *, kept: bool = True) -> Book:
    """A final account that tells last year's 支出总计, beside last year's own, if it is kept."""
    line = paragraph(f"上年支出总计{told}万元").lines[0]
    fact = Fact("支出总计", "上年数", Decimal(told), "万元", 2022, "text", "一、", Place(1, line.text, (line.box,)), told)
    before = replace(fact, measure="决算", value=Decimal("249.18"), printed="249.18")
    earlier = Disclosure("earlier", "某局", 2022, Kind.FINAL, (before,), ()) if kept else None
    return Book(document(line.text), disclosure(fact), earlier)
