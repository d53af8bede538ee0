"""D7: what the document says is empty (本表为空表, 无政府性基金预算…收支) against what its tables print."""

import re
from collections.abc import Iterator
from decimal import Decimal

from service import statements
from service.checks.book import Book
from service.checks.equations import title
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, from_cell, key
from service.checks.registry import rule
from service.records import Paragraph, Place, Quantity, Severity, Table
from service.statements import Role
from service.text import normal

_EMPTY = re.compile(r"本表(?:为空表|无数据|为空)|故?为空表")
_NONE = re.compile(r"(?:无|(?:没有|未)(?:使用|安排)?)(?P<fund>政府性基金|国有资本经营)预算")
_TITLED = re.compile(r"[(（]?[一二三四五六七八九十\d]+[)）、.]")
"""A paragraph that begins so carries a heading of its own, which the page did not set apart."""
_SUBJECT = re.compile(r"政府性基金|国有资本|三公")
_FUNDS = {"政府性基金": Role.FUND, "国有资本经营": Role.STATE_CAPITAL}


@rule("D7")
def emptiness(book: Book) -> Iterator[Outcome]:
    """「本表为空表」 under a table that prints amounts; 「无政府性基金预算」 beside a fund table that does, or under another heading.

    Source: CHECKS.md D7.
    """
    for paragraph in book.document.paragraphs:
        text = normal(paragraph.text)
        if _EMPTY.search(text) and len(text) < 120:
            yield _said_empty(book, paragraph)
        none = _NONE.search(text)
        own = none is not None and _TITLED.match(text) is not None and none["fund"] in text[: none.start()]
        if none and not own and paragraph.section and not paragraph.heading and not _EMPTY.search(text):
            yield from _said_none(book, paragraph, none["fund"])


def _said_empty(book: Book, paragraph: Paragraph) -> Outcome:
    """One remark under a table."""
    table = _above(book, paragraph)
    if table is None:
        return unchecked(f"第{paragraph.page}页：未找到「空表」所说的表")
    subject = _SUBJECT.search(normal(paragraph.text))
    known = normal(table.title + (table.statement or "") + "".join(table.columns))
    if subject and subject[0] not in known:
        return unchecked(f"第{paragraph.page}页：「空表」的说明与上方表格的名称对不上")
    figures = _figures(table, paragraph.page)
    if not figures:
        return passed()
    place = paragraph.place(0, len(paragraph.text))
    shown = "、".join(f.text for f in figures[:3])
    explain = f"{title(table)}印有 {shown} 等数字，表下注明「{paragraph.text}」"
    return raised(_issue("空表", "有数", (title(table), place), figures, explain))


def _said_none(book: Book, paragraph: Paragraph, fund: str) -> Iterator[Outcome]:
    """「无…预算」 under its heading, against the fund's table."""
    heading = normal(paragraph.section[-1])
    place = paragraph.place(0, len(paragraph.text))
    other = next(name for name in _FUNDS if name != fund)
    if other in heading and fund not in heading and other not in normal(paragraph.text):
        figure = Printed(Decimal(0), "", place, key(place))
        whole = Place(place.page, f"{paragraph.section[-1]}{paragraph.text}", place.boxes)
        explain = f"「{paragraph.section[-1]}」一节写的是「{paragraph.text}」，标题与内容所说的预算不同"
        yield raised(_issue(fund, other, (paragraph.section[-1], whole), [figure], explain))
        return
    if fund not in heading:
        return
    tables = [t for t in book.document.tables if (s := statements.get(t.statement)) is not None and s.role is _FUNDS[fund]]
    if len(tables) != 1:
        yield unchecked(f"第{paragraph.page}页：未读到唯一的{fund}预算表，未核对「无收支」的表述")
        return
    figures = _figures(tables[0])
    if not figures:
        yield passed()
        return
    explain = f"文中写「{paragraph.text}」，{title(tables[0])}印有 {figures[0].text} {figures[0].unit}"
    yield raised(_issue("无", figures[0].text, (paragraph.section[-1], place), figures, explain))


def _figures(table: Table, page: int | None = None) -> list[Printed]:
    """Amounts with decimals (no codes, no line numbers) that are not zero, of the whole table or of one page of it."""
    cells = ((n, c) for n, row in enumerate(table.rows) for c, cell in enumerate(row) if page in (None, cell.page))
    found = [f for n, c in cells if (f := from_cell(table, n, c, table.unit or "")) is not None and f.value != 0]
    return [f for f in found if "." in f.text]


def _above(book: Book, paragraph: Paragraph) -> Table | None:
    """The last table that ends above a remark, on its page."""
    line = paragraph.lines[0]
    found = None
    for table in book.document.tables:
        bottoms = [c.box[3] for row in table.rows for c in row if c.page == line.page]
        if line.page in table.pages and max(bottoms, default=0) <= line.box[1] + 3:
            found = table
    return found


def _issue(stated: str, expected: str, at: tuple[str, Place], figures: list[Printed], explain: str) -> Issue:
    where, place = at
    return Issue(
        kind="logic",
        severity=Severity.ERROR,
        stated=Quantity(stated, ""),
        expected=Quantity(expected, ""),
        where=where,
        place=place,
        figures=tuple(figures[:6]),
        explain=explain,
    )
