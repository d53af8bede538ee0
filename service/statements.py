"""The catalogue of the statutory tables of budgets and final accounts: what they are called, what they hold, how to recognise them.

Numbers and wording differ by province (财决公开05表, 公开05表, 表5, none): a table is recognised by title, else by its columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.records import Kind
from service.text import normal


class Rows(StrEnum):
    """What a row of a statement is."""

    LANES = "lanes"
    """Items in panels side by side: income left, expenditure right."""
    FUNCTION = "function"
    """Functional items (支出功能分类) by code."""
    ECONOMIC = "economic"
    """Economic items (支出经济分类) by code."""
    SINGLE = "single"
    """One row of amounts; the items stand in the header."""
    FORM = "form"
    """A form: labels and values in changing columns."""
    FREE = "free"
    """Named rows without codes."""


class Role(StrEnum):
    """What a statement is for, the same in a budget and in a final account."""

    TOTALS = "totals"
    INCOME = "income"
    EXPENDITURE = "expenditure"
    FISCAL_TOTALS = "fiscal totals"
    FISCAL_EXPENDITURE = "fiscal expenditure"
    FISCAL_BASIC = "fiscal basic"
    GENERAL = "general budget"
    GENERAL_PROJECTS = "general budget, projects"
    BASIC = "general budget, basic"
    THREE_PUBLIC = "three public"
    RUNNING_COSTS = "running costs"
    FUND = "government fund"
    STATE_CAPITAL = "state capital"
    PROCUREMENT = "procurement"
    PROJECTS = "projects"
    ASSETS = "assets"
    GOALS = "performance goals"
    APPRAISAL = "performance appraisal"


ALL = "全部"
FISCAL = "财政拨款"
GENERAL = "一般公共预算财政拨款"
FUND = "政府性基金预算财政拨款"
CAPITAL = "国有资本经营预算财政拨款"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statutory table.

    `name` is its official name; `title` matches its printed titles in normal form; `scope` is the money it covers;
    `expected`: every disclosure of that kind owes it.
    """

    name: str
    role: Role
    kind: Kind
    rows: Rows
    scope: str
    title: re.Pattern[str]
    expected: bool = True


def _statement(row: tuple[str, Role, Kind, Rows, str, str], *, expected: bool = True) -> Statement:
    name, role, kind, rows, scope, title = row
    return Statement(name, role, kind, rows, scope, re.compile(title), expected)


_FISCAL = r"(?:财政拨款|公共预算|公共财政)"
_BOTH = r"(?:收支|收入[、和]?支出)"

CATALOGUE: tuple[Statement, ...] = (
    # Sources: 财政部《地方预决算公开操作规程》(财预〔2016〕143号) and the forms of Shanghai, Shaanxi, Henan and Jiangsu.
    # Order matters: the narrower title comes first.
    _statement(("部门整体支出绩效自评表", Role.APPRAISAL, Kind.FINAL, Rows.FORM, ALL, r"整体(?:支出)?.*自评"), expected=False),
    _statement(
        ("项目支出绩效自评表", Role.APPRAISAL, Kind.FINAL, Rows.FORM, ALL, r"自评(?:情况|结果)?(?:汇总)?表|绩效自评|绩效评价.*表"),
        expected=False,
    ),
    _statement(("绩效目标表", Role.GOALS, Kind.BUDGET, Rows.FORM, ALL, r"绩效目标.*表"), expected=False),
    _statement(
        ("一般公共预算机关运行经费支出预算表", Role.RUNNING_COSTS, Kind.BUDGET, Rows.ECONOMIC, GENERAL, r"^(?!.*三公).*机关运行经费.*表"),
        expected=False,
    ),
    _statement(
        ("财政拨款“三公”经费支出决算表", Role.THREE_PUBLIC, Kind.FINAL, Rows.SINGLE, FISCAL, r"^(?!.*预算表).*三公.*(?:决算|表)"),
    ),
    _statement(("“三公”经费支出预算表", Role.THREE_PUBLIC, Kind.BUDGET, Rows.SINGLE, GENERAL, r"三公.*(?:预算|表)")),
    _statement(("政府采购预算表", Role.PROCUREMENT, Kind.BUDGET, Rows.FREE, ALL, r"政府采购.*表"), expected=False),
    _statement(
        ("政府性基金预算财政拨款收入支出决算表", Role.FUND, Kind.FINAL, Rows.FUNCTION, FUND, r"政府性基金.*决算"),
    ),
    _statement(("政府性基金预算支出表", Role.FUND, Kind.BUDGET, Rows.FUNCTION, FUND, r"政府性基金.*表")),
    _statement(
        ("国有资本经营预算财政拨款支出决算表", Role.STATE_CAPITAL, Kind.FINAL, Rows.FUNCTION, CAPITAL, r"国有资本经营.*决算"),
    ),
    _statement(("国有资本经营预算支出表", Role.STATE_CAPITAL, Kind.BUDGET, Rows.FUNCTION, CAPITAL, r"国有资本经营.*表")),
    _statement(
        ("一般公共预算财政拨款基本支出决算表", Role.BASIC, Kind.FINAL, Rows.ECONOMIC, GENERAL, rf"{_FISCAL}.*基本支出.*决算"),
    ),
    _statement(("一般公共预算基本支出表", Role.BASIC, Kind.BUDGET, Rows.ECONOMIC, GENERAL, r"公共(?:预算|财政).*基本支出.*表")),
    _statement(
        ("一般公共预算财政拨款项目支出决算表", Role.GENERAL_PROJECTS, Kind.FINAL, Rows.FUNCTION, GENERAL, rf"{_FISCAL}.*项目支出.*决算"),
        expected=False,
    ),
    _statement(
        ("财政拨款基本支出预算表", Role.FISCAL_BASIC, Kind.BUDGET, Rows.ECONOMIC, FISCAL, r"财政拨款.*基本支出.*表"), expected=False
    ),
    _statement(
        ("一般公共预算财政拨款收入支出决算表", Role.GENERAL, Kind.FINAL, Rows.FUNCTION, GENERAL, rf"一般公共预算财政拨款{_BOTH}决算表"),
        expected=False,
    ),
    _statement(
        ("国有资产占有使用情况表", Role.ASSETS, Kind.FINAL, Rows.SINGLE, ALL, r"资产(?:负债|占有|占用|使用|存量|情况).*表"),
        expected=False,
    ),
    _statement(
        ("财政拨款收入支出决算总表", Role.FISCAL_TOTALS, Kind.FINAL, Rows.LANES, FISCAL, rf"财政拨款{_BOTH}.*决算"),
    ),
    _statement(("财政拨款收支总表", Role.FISCAL_TOTALS, Kind.BUDGET, Rows.LANES, FISCAL, rf"财政拨款(?:预算)?{_BOTH}.*表")),
    _statement(
        ("一般公共预算财政拨款支出决算表", Role.GENERAL, Kind.FINAL, Rows.FUNCTION, GENERAL, rf"{_FISCAL}.*支出.*决算"),
    ),
    _statement(("一般公共预算支出表", Role.GENERAL, Kind.BUDGET, Rows.FUNCTION, GENERAL, r"公共(?:预算|财政).*(?:支出|拨款).*表")),
    _statement(("财政拨款支出预算表", Role.FISCAL_EXPENDITURE, Kind.BUDGET, Rows.FUNCTION, FISCAL, r"财政拨款.*支出.*表"), expected=False),
    _statement(("收入支出决算总表", Role.TOTALS, Kind.FINAL, Rows.LANES, ALL, rf"{_BOTH}.*决算|决算收支.*表")),
    _statement(("收支总表", Role.TOTALS, Kind.BUDGET, Rows.LANES, ALL, rf"{_BOTH}.*表")),
    _statement(("收入决算表", Role.INCOME, Kind.FINAL, Rows.FUNCTION, ALL, r"收入决算.*表")),
    _statement(("收入总表", Role.INCOME, Kind.BUDGET, Rows.FUNCTION, ALL, r"收入.*表")),
    _statement(
        ("项目支出表", Role.PROJECTS, Kind.BUDGET, Rows.FREE, ALL, r"项目支出(?:预算)?(?:明细)?表|专项(?:业务)?(?:经费|资金).*表"),
        expected=False,
    ),
    _statement(("支出决算表", Role.EXPENDITURE, Kind.FINAL, Rows.FUNCTION, ALL, r"支出决算.*表")),
    _statement(("支出总表", Role.EXPENDITURE, Kind.BUDGET, Rows.FUNCTION, ALL, r"支出.*表")),
)

_BY_NAME = {s.name: s for s in CATALOGUE}

_COLUMNS: tuple[tuple[str, str, str], ...] = (
    # (words that all stand in the columns, name in a final account, name in a budget)
    ("一级指标 得分", "项目支出绩效自评表", "项目支出绩效自评表"),
    ("因公出国 公务接待", "财政拨款“三公”经费支出决算表", "“三公”经费支出预算表"),
    ("本年收入合计 事业收入", "收入决算表", "收入总表"),
    ("本年支出合计 基本支出 项目支出 经营支出", "支出决算表", "支出总表"),
)


def recognise(title: str, columns: Sequence[str]) -> str | None:
    """Name of the statutory table, or None when it is none or cannot be told.

    Args:
        title: as printed; empty where none is printed.
        columns: header paths, as in `Table.columns`.
    """
    bare = _bare(title)
    for statement in CATALOGUE:
        if statement.title.search(bare):
            return statement.name
    if bare:
        return None
    header = normal(" ".join(columns))
    for words, final, budget in _COLUMNS:
        if all(word in header for word in words.split()):
            return budget if "预算" in header and "决算" not in header else final
    return None


def get(name: str | None) -> Statement | None:
    """The statement of that name, or None."""
    return _BY_NAME.get(name) if name else None


def of_kind(statement: Statement | None, kind: Kind) -> Statement | None:
    """The statement of the same role in a document of that kind; titles such as 一般公共预算“三公”经费支出表 are used in both."""
    if statement is None or statement.kind is kind:
        return statement
    return next((s for s in CATALOGUE if s.kind is kind and s.role is statement.role and s.rows is statement.rows), statement)


def expected(kind: Kind) -> tuple[Statement, ...]:
    """The statements that a disclosure of this kind owes, in their usual order."""
    return tuple(s for s in CATALOGUE if s.kind is kind and s.expected)


def _bare(title: str) -> str:
    """The title in normal form without its number, year and ordinal; empty when it names no table."""
    text = re.sub(r"^(?:附?表\d+(?:-\d+)?|公开\d+表)[:：]?", "", normal(title))
    text = re.sub(r"^[一二三四五六七八九十]+、", "", text)
    text = re.sub(r"20\d\d年度?", "", text).replace('"', "")
    return text if re.search(r"表", text) or re.search(r"自评", text) else ""
