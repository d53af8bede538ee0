"""Sums of money in self-evaluation forms: the total that its funds, its tasks and its rate deny is what is called wrong."""

from decimal import Decimal

from service.checks import run
from service.checks.book import Book
from service.records import CheckReport, Fact, Kind, Place, Severity
from tests.support.books import disclosure, document, table

_FORM = "部门整体支出绩效自评表"
_OWN = "部门整体支出绩效自评"
_HEADS = ("任务名称", "全年预算数/总额", "全年预算数/财政拨款", "全年预算数/其他资金", "执行数/总额", "执行数/财政拨款", "执行数/其他资金")
_TASKS = [
    ["保障运转", "82.00", "80.00", "2.00", "71.00", "70.00", "1.00"],
    ["信息化", "48.00", "48.00", "", "46.00", "46.00", ""],
    ["帮扶", "5.00", "5.00", "", "5.00", "5.00", ""],
    ["金额合计", "135.00", "133.00", "2.00", "122.00", "121.00", "1.00"],
]
_PROJECT = "信息化项目绩效自评表"
_FUNDS = [
    ["年度资金总额", "48.00", "50.00", "46.00"],
    ["其中：财政拨款", "48.00", "47.00", "43.00"],
    ["其他资金", "", "3.00", "3.00"],
]


def cells(heads: tuple[str, ...]) -> list[tuple[str, str]]:
    """(measure, heading) of every column of money."""
    return [("执行数" if "执行" in h else "年初预算" if "年初" in h else "全年预算", h.replace("/", "")) for h in heads[1:]]


def row(what: tuple[str, tuple[str, ...], str], line: list[str], heads: tuple[str, ...], top: int) -> list[Fact]:
    """The facts of one line (item, path, title of the form)."""
    item, path, title = what
    place = Place(2, " | ".join(line), ((50.0, top, 90.0, top + 12.0),))
    return [
        Fact(item, measure, Decimal(text), "万元", 2023, "table", title, place, text, column=column, table=title, path=path)
        for text, (measure, column) in zip(line[1:], cells(heads), strict=True)
        if text
    ]


def tasks(rows: list[list[str]], heads: tuple[str, ...] = _HEADS) -> Book:
    """A department's own form."""
    facts = [f for n, line in enumerate(rows) for f in row((line[0], (_OWN,), _FORM), line, heads, 20 * n)]
    return Book(document(tables=(table(_FORM, list(heads), rows),)), disclosure(*facts))


def project(rows: list[list[str]], *others: str) -> Book:
    """A project's form; 年度资金总额 is the project's own line."""
    heads = ("资金", "年初预算数", "全年预算数", "执行数")
    names = [("信息化", ())] + [(f"信息化（{line[0].removeprefix('其中：')}）", ("信息化",)) for line in rows[1:]]
    facts = [
        f for n, (line, (item, path)) in enumerate(zip(rows, names, strict=True)) for f in row((item, path, _PROJECT), line, heads, 20 * n)
    ]
    made = table(_PROJECT, list(heads), [*rows, *([text, "", "", ""] for text in others)])
    return Book(document(tables=(made,)), disclosure(*facts))


def changed(rows: list[list[str]], at: tuple[int, int], text: str) -> list[list[str]]:
    return [[text if (r, c) == at else cell for c, cell in enumerate(line)] for r, line in enumerate(rows)]


def checked(made: Book) -> CheckReport:
    return run.check(made.document, made.disclosure)


def told(made: Book) -> list[tuple[str, str, str | None]]:
    """(class, stated, expected) of every finding; each is an error."""
    found = checked(made).findings
    assert all(f.severity is Severity.ERROR for f in found)
    return [(f.kind, f.stated.value, f.expected.value if f.expected else None) for f in found]


def test_forms_that_add_up_are_passed() -> None:
    assert told(tasks(_TASKS)) == []
    assert told(project(_FUNDS)) == []


def test_a_total_that_its_funds_and_its_tasks_deny_is_the_suspect() -> None:
    assert told(tasks(changed(_TASKS, (0, 1), "92.00"))) == [("sum", "92.00", "82.00")]
    found = checked(tasks(changed(_TASKS, (3, 1), "153.00"))).findings
    assert [(f.kind, f.stated.value, f.diagnosis) for f in found] == [("sum", "153.00", ("digits-transposed",))]
    assert "财政拨款 133.00 + 其他资金 2.00 = 135.00，金额合计（全年预算数总额）写 153.00" in found[0].explain
    assert "保障运转 82.00 + 信息化 48.00 + 帮扶 5.00 = 135.00" in found[0].explain


def test_a_projects_total_that_its_funds_deny_is_named() -> None:
    assert told(project(changed(_FUNDS, (0, 2), "60.00"))) == [("sum", "60.00", "50.00")]


def test_funds_that_need_not_be_all_are_not_added_up() -> None:
    rows = [_FUNDS[0], ["其中：财政拨款", "48.00", "47.00", "46.00"]]
    assert told(project(rows)) == []
    assert told(project(rows, "其他资金")) == [("sum", "50.00", "47.00")]


def test_a_form_whose_majority_denies_the_reading_is_not_checked() -> None:
    report = checked(project([["年度资金总额", "48.00", "60.00", "56.00"], *_FUNDS[1:]]))
    assert report.findings == ()
    assert any(g.obligation == "E5" and "多数行" in g.reason for g in report.not_checked)


def test_lines_of_which_are_no_tasks_of_their_own() -> None:
    assert told(tasks([*_TASKS[:1], ["其中：人员", "80.00", "78.00", "2.00", "69.00", "68.00", "1.00"], *_TASKS[1:]])) == []


def test_a_column_of_which_is_no_fund_of_its_own() -> None:
    heads = tuple(h.replace("其他资金", "其中其他资金") for h in _HEADS)
    assert told(tasks(changed(_TASKS, (0, 2), "82.00"), heads)) == [("sum", "133.00", "135.00")]


def planned(form: str, rows: list[str], told: str | None = None) -> list[tuple[str, str, str | None]]:
    """Findings of a budget whose goals form, table of projects and prose give one project's money."""

    def money(item: str, value: str, where: str, part: str, column: str | None, top: int) -> Fact:
        source = "text" if column is None else "table"
        quote = f"{item} | {value}" if column else f"安排{item}{value}万元"
        place = Place(3, quote, ((50.0, top, 90.0, top + 12.0),))
        return Fact(item, "预算", Decimal(value), "万元", 2025, source, where, place, value, column=column, part=part)

    facts = [money("灌渠清淤", form, "表12", "performance appraisal", "年度资金总额", 0)]
    facts += [money("灌渠清淤", value, "项目支出表", "projects", "合计", 20 * n + 20) for n, value in enumerate(rows)]
    facts += [money("灌渠清淤资金", told, "重点项目情况", "money", None, 200)] if told else []
    made = Book(document(kind=Kind.BUDGET, year=2025), disclosure(*facts, kind=Kind.BUDGET, year=2025))
    return [(f.kind, f.stated.value, f.expected.value if f.expected else None) for f in checked(made).findings]


def test_a_projects_money_is_one_figure_in_its_form_in_the_table_of_projects_and_in_prose() -> None:
    assert planned("48.00", ["48.00"], "48") == []
    assert planned("84.00", ["48.00"]) == [("duplicate-conflict", "84.00", "48.00")]
    assert planned("84.00", [], "48") == [("duplicate-conflict", "84.00", "48")]


def test_a_project_of_several_bodies_is_not_one_row() -> None:
    assert planned("84.00", ["48.00", "36.00"]) == []
