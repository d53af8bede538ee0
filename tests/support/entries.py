"""Documents made by hand for the library's tests, with pages whose lines the paragraphs stand on, and their entries."""

import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from service.library import Entry
from service.records import (
    Box,
    Cell,
    CheckReport,
    Disclosure,
    Document,
    Fact,
    Finding,
    Gap,
    Kind,
    Line,
    Operand,
    Page,
    Paragraph,
    Place,
    Quantity,
    Reason,
    Severity,
    State,
    Table,
    Unread,
)
from service.search import embedding, passages
from service.settings import Settings

SECTION = ("第二部分情况说明", "五、一般公共预算财政拨款支出决算情况说明")
REASON = "公务员医疗补助年初预算为400万元，支出决算为350万元，完成年初预算的87.50%。决算数小于年初预算数的主要原因是参保人员减少。"
REST = "行政运行年初预算为180万元，支出决算为194.39万元。"
ROWS = (("2101103", "公务员医疗补助", "350.00"), ("2101501", "行政运行", "194.39"))


def line(text: str, *, page: int = 1, row: int = 0) -> Line:
    """One printed line; rows stand 20 points apart."""
    top = 60.0 + 20 * row
    return Line(page, text, (72.0, top, 72.0 + 10 * len(text), top + 12), tuple(72.0 + 10 * i for i in range(len(text) + 1)), 10.5)


def paragraph(*lines: Line, section: tuple[str, ...] = SECTION) -> Paragraph:
    """One paragraph over these lines."""
    spots = tuple((n, i) for n, printed in enumerate(lines) for i in range(len(printed.text)))
    return Paragraph("".join(printed.text for printed in lines), lines, spots, section)


def table(title: str = "一般公共预算财政拨款支出决算表", rows: tuple[tuple[str, ...], ...] = ROWS, *, page: int = 2) -> Table:
    """A table whose cells stand below its title line."""

    def box(row: int, column: int) -> Box:
        return (72.0 + 120 * column, 200.0 + 20 * row, 180.0 + 120 * column, 215.0 + 20 * row)

    columns = ("科目编码", "科目名称", "本年支出")
    cells = tuple(tuple(Cell(text, page, box(r, c)) for c, text in enumerate(row)) for r, row in enumerate(rows))
    return Table(title, "公开05表", "万元", (page,), (columns,), columns, cells, ("第三部分决算表",), None)


def document(doc: str = "made", org: str = "某区医疗保障局", *, prose: tuple[str, ...] = (REASON, REST), tables: bool = True) -> Document:
    """A two-page disclosure: prose on the first page, a table on the second."""
    lines = tuple(line(text, row=n) for n, text in enumerate(prose))
    held = (table(),) if tables else ()
    printed = (line("一般公共预算财政拨款支出决算表", page=2), line("公开05表 单位：万元", page=2, row=1))
    pages = (Page(1, 595.0, 842.0, lines), Page(2, 595.0, 842.0, printed))
    paragraphs = tuple(paragraph(printed_line) for printed_line in lines)
    unread = (Unread(2, "整页", "本页是图片，没有文字层，未读"),)
    return Document(doc, f"{org}2023年度部门决算", org, 2023, Kind.FINAL, "部门", digest(doc), pages, paragraphs, held, unread)


def digest(doc: str) -> str:
    """The digest of the file that `file` writes."""
    return hashlib.sha256(f"%PDF made {doc}".encode()).hexdigest()


def file(folder: Path, doc: str = "made", content: str | None = None) -> Path:
    """A file with that document's bytes."""
    path = folder / f"{doc}.pdf"
    path.write_bytes(f"%PDF made {content or doc}".encode())
    return path


def disclosure(read: Document) -> Disclosure:
    """Two facts and a reason."""
    place = Place(1, REASON[:22], ((72.0, 60.0, 292.0, 72.0),))
    facts = (
        Fact("公务员医疗补助", "年初预算", Decimal("400"), "万元", 2023, "text", SECTION[1], place, "400", path=("卫生健康支出",)),
        Fact("公务员医疗补助", "决算", Decimal("350.00"), "万元", 2023, "table", "公开05表", place, "350.00", "2101103", "本年支出"),
    )
    reasons = (Reason("公务员医疗补助", "决算数小于年初预算数", "参保人员减少", place),)
    return Disclosure(read.doc, read.org, read.year, read.kind, facts, reasons)


def report(read: Document) -> CheckReport:
    """One finding."""
    place = Place(1, "87.50%", ((72.0, 60.0, 132.0, 72.0),))
    finding = Finding(
        "F3-1",
        "F3",
        "completion-rate",
        Severity.ERROR,
        Quantity("87.50", "%"),
        None,
        SECTION[1],
        place,
        (Operand("350", "万元", place),),
        ("decimal-slip",),
        "说明",
    )
    return CheckReport(read.doc, {State.PASS: 3, State.FINDING: 1}, (Gap("B5", "没有这张表"),), (finding,))


def entry(read: Document, settings: Settings) -> Entry:
    """All that the library keeps of a document."""
    cut = tuple(passages.cut(read))
    return Entry(read, disclosure(read), report(read), cut, embedding.vectors(settings, cut))


def other(read: Document, title: str) -> Document:
    """The same bytes, read differently."""
    return replace(read, title=title)
