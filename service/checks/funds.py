"""E5: sums of money in self-evaluation forms: 总额 and the funds beside it, 年度资金总额 and those below it, 金额合计 and the tasks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service import amounts
from service.checks import equations, forms
from service.checks.book import Book
from service.checks.equations import Equation
from service.checks.outcomes import Outcome
from service.records import Fact, Table
from service.text import normal

_WHOLE = ("总额", "合计", "小计")
_ALL_TASKS = "金额合计"
_OTHERS = re.compile(r"其他(?:资金|收入|来源)?|自有资金|单位资金")
"""A fund named so says that the funds are all: without it a form may name but one of them."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of money: whose it is, and its figures by measure and heading, from left to right."""

    item: str
    path: tuple[str, ...]
    figures: Mapping[tuple[str, str | None], Fact]

    @property
    def name(self) -> str:
        """The row as a sum names it: the fund alone, where the item is a project with its fund."""
        fund = re.search(r"（([^（）]+)）$", self.item) if self.path else None
        return fund[1] if fund and self.item == f"{self.path[0]}（{fund[1]}）" else self.item


def summed(book: Book, tables: Sequence[Table]) -> Iterator[Outcome]:
    """Every sum that the money of a form makes; a form whose own majority does not confirm the reading is not checked."""
    for table in tables:
        rows = _rows(book, table)
        if not rows:
            continue
        made = list(_tasks(table, rows))
        if _names_all(table):
            made += [*_beside(table, rows), *_below(table, rows)]
        yield from equations.judge(made, confirmed=book.is_confirmed(table))


def _rows(book: Book, table: Table) -> list[_Row]:
    """The rows of a form that print amounts."""
    found: dict[tuple[int, str, str, tuple[str, ...]], dict[tuple[str, str | None], Fact]] = {}
    for fact in book.table_facts:
        if fact.table == table.title and fact.place.page in table.pages and fact.measure in forms.MONEY and fact.unit in amounts.YUAN:
            row = found.setdefault((fact.place.page, fact.place.quote, fact.item, fact.path), {})
            row[fact.measure, fact.column] = fact
    return [_Row(item, path, figures) for (_, _, item, path), figures in found.items()]


def _names_all(table: Table) -> bool:
    """Whether the form has a line or a column for money from elsewhere."""
    texts = {normal(t).split("/")[-1] for t in table.columns} | {normal(c.text) for row in table.rows for c in row}
    return any(_OTHERS.fullmatch(re.sub(r"^其中:|:$", "", t)) for t in texts | {normal(t) for head in table.header for t in head})


def _beside(table: Table, rows: list[_Row]) -> Iterator[Equation]:
    """总额 = 财政拨款 + 其他资金, in one row."""
    for row in rows:
        for measure in forms.MONEY:
            columns = {column: fact for (m, column), fact in row.figures.items() if m == measure and column}
            wholes = [c for c in columns if c.endswith(_WHOLE)]
            parts = [c for c in columns if c not in wholes]
            if len(wholes) == 1 and parts and not any("其中" in c for c in parts):
                head = wholes[0].removesuffix(next(w for w in _WHOLE if wholes[0].endswith(w)))
                names = tuple(c.removeprefix(head) for c in parts)
                yield _equation(table, f"{row.name}（{wholes[0]}）", columns[wholes[0]], [columns[c] for c in parts], names)


def _tasks(table: Table, rows: list[_Row]) -> Iterator[Equation]:
    """金额合计 = Σ tasks, in every column."""
    for whole in rows:
        if whole.item == _ALL_TASKS:
            lines = [r for r in rows if r.path == whole.path and r is not whole and not r.item.startswith("其中")]
            yield from _columns(table, whole, lines)


def _below(table: Table, rows: list[_Row]) -> Iterator[Equation]:
    """年度资金总额 = Σ funds, in every column."""
    for whole in rows:
        if not whole.path:
            yield from _columns(table, whole, [r for r in rows if r.path == (whole.item,) and r.name != r.item])


def _columns(table: Table, whole: _Row, lines: list[_Row]) -> Iterator[Equation]:
    """A row against the rows that it sums, in every column that both print."""
    for at, fact in whole.figures.items():
        printed = [r for r in lines if at in r.figures]
        if printed:
            what = f"{whole.name}（{at[1] or at[0]}）"
            yield _equation(table, what, fact, [r.figures[at] for r in printed], tuple(r.name for r in printed))


def _equation(table: Table, what: str, whole: Fact, parts: list[Fact], names: tuple[str, ...]) -> Equation:
    return Equation(table, what, forms.printed(whole), tuple(forms.printed(p) for p in parts), names)
