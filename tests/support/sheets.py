"""Pages made line by line, with tables ruled in several ways, for tests of the table reader."""

from collections.abc import Sequence
from dataclasses import replace

from service.reading import tables
from service.reading.sheet import Rule, Sheet
from service.records import Box, Line, Table

SIZE = 9.0
LEFT, WIDTH, HEIGHT = 70.0, 90.0, 16.0
COLUMNS = ["科目代码", "科目名称", "决算数"]
ROWS = [["210", "卫生健康支出", "657.63"], ["21011", "行政事业单位医疗", "350.00"], ["2101103", "公务员医疗补助", "350.00"]]
Rows = Sequence[Sequence[str | None]]


def line(text: str, x: float, y: float, *, size: float = SIZE, page: int = 1) -> Line:
    """A line whose baseline box is centred on y; ASCII is half as wide as Chinese."""
    xs = [x]
    for c in text:
        xs.append(xs[-1] + (size / 2 if c.isascii() else size))
    return Line(page, text, (x, y - size / 2, xs[-1], y + size / 2), tuple(xs), size)


def width(text: str) -> float:
    """How wide a text is printed."""
    return sum(SIZE / 2 if c.isascii() else SIZE for c in text)


def cell(text: str, x: float, y: float, *, across: float = WIDTH, down: float = HEIGHT) -> Line:
    """A text in the middle of a cell whose upper left corner is (x, y)."""
    return line(text, x + (across - width(text)) / 2, y + down / 2)


def frame(x: float, y: float, across: float, down: float) -> list[Rule]:
    """The four borders of a cell."""
    return [
        Rule(x, y, x + across, y),
        Rule(x, y + down, x + across, y + down),
        Rule(x, y, x, y + down),
        Rule(x + across, y, x + across, y + down),
    ]


def ruled(rows: Sequence[Sequence[str | None]], top: float = 120.0, left: float = LEFT) -> tuple[list[Line], list[Rule]]:
    """A ruled table; None continues the cell on its left, "^" the cell above."""
    lines, rules = [], []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None or text == "^":
                continue
            across = 1
            while c + across < len(row) and row[c + across] is None:
                across += 1
            down = 1
            while r + down < len(rows) and rows[r + down][c] == "^":
                down += 1
            x, y = left + c * WIDTH, top + r * HEIGHT
            rules += frame(x, y, across * WIDTH, down * HEIGHT)
            if text:
                lines.append(cell(text, x, y, across=across * WIDTH, down=down * HEIGHT))
    return lines, rules


def three_line(rows: Sequence[Sequence[str]], top: float = 120.0, *, head: int = 1, cut: bool = False) -> tuple[list[Line], list[Rule]]:
    """The same without vertical rules: above and under the header, and at the end; `cut`: the rules are drawn cell by cell."""
    lines, _ = ruled(rows, top)
    heights = [top, top + head * HEIGHT, top + len(rows) * HEIGHT]
    pieces = len(rows[0]) if cut else 1
    step = len(rows[0]) * WIDTH / pieces
    return lines, [Rule(LEFT + i * step, y, LEFT + (i + 1) * step, y) for y in heights for i in range(pieces)]


def sheet(*drawn: tuple[list[Line], list[Rule]], number: int = 1, others: Sequence[Line] = ()) -> Sheet:
    """A page of tables and other lines."""
    lines = [replace(ln, page=number) for part in drawn for ln in part[0]] + [replace(ln, page=number) for ln in others]
    return Sheet(number, 595, 842, tuple(lines), tuple(rule for part in drawn for rule in part[1]), 0)


def texts(table: Table) -> list[list[str]]:
    """The texts of a table's body."""
    return [[c.text for c in row] for row in table.rows]


def only(*sheets: Sheet) -> Table:
    """The one table of these pages."""
    found, _ = tables.read(sheets)
    assert len(found) == 1
    return found[0]


def heading(title: str = "支出决算表", number: str = "公开03表", unit: str = "单位：万元", top: float = 70.0) -> list[Line]:
    """What stands above a statutory table."""
    return [line(title, 250, top, size=15), line(number, 490, top + 20), line("编制部门：某局", LEFT, top + 34), line(unit, 480, top + 34)]


def wrapped(rows: Rows, widths: Sequence[float], top: float, *, left: float = LEFT, pitch: float = 12.0) -> tuple[list[Line], list[Rule]]:
    """A ruled table whose texts wrap where their column ends; figures stand in the middle of their row, as other texts do."""
    lines, rules = [], []
    y = top
    for row in rows:
        cut = [_cut(text or "", across) for text, across in zip(row, widths, strict=True)]
        down = max(len(parts) for parts in cut) * pitch + 6
        x = left
        for parts, across in zip(cut, widths, strict=True):
            rules += frame(x, y, across, down)
            first = y + down / 2 - (len(parts) - 1) * pitch / 2
            lines += [line(part, x + 3, first + i * pitch) for i, part in enumerate(parts) if part]
            x += across
        y += down
    return lines, rules


def _cut(text: str, across: float) -> list[str]:
    """A text as lines of a column; figures do not wrap."""
    most = max(1, int((across - 6) // SIZE))
    return [text] if text.isascii() else [text[i : i + most] for i in range(0, len(text), most)]


def level(rules: Sequence[Rule], heads: int) -> list[Rule]:
    """What a three-line table keeps of the rules of a ruled one: above and under its header, and at its end."""
    ys = sorted({y for rule in rules if rule.horizontal for y in (rule.y0,)})
    x0, x1 = min(rule.x0 for rule in rules), max(rule.x1 for rule in rules)
    return [Rule(x0, y, x1, y) for y in (ys[0], ys[heads], ys[-1])]


def mapped(page: Sheet, scale: float, x: float, y: float) -> Sheet:
    """The page scaled, then moved."""

    def box(b: Box) -> Box:
        return (b[0] * scale + x, b[1] * scale + y, b[2] * scale + x, b[3] * scale + y)

    lines = tuple(replace(n, box=box(n.box), xs=tuple(v * scale + x for v in n.xs), size=n.size * scale) for n in page.lines)
    rules = tuple(Rule(*box((r.x0, r.y0, r.x1, r.y1))) for r in page.rules)
    return replace(page, lines=lines, rules=rules, width=page.width * scale + 2 * x, height=page.height * scale + 2 * y)
