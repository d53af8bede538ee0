"""The sheets of a document → its tables, each joined over its pages.

The steps are grids → parts (a table as it stands on one page) → runs of parts that continue each other → tables.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.reading import aligned, breaks, captions, cells, grid, header, stripes
from service.reading.captions import Caption, Printed
from service.reading.header import Part
from service.reading.pdf import Sheet
from service.records import Box, Cell, Line, Table
from service.text import normal

ALIGNED = 6.0
"""Edges of two pages' columns may differ by so much (points) where a table goes on."""
PROPORTION = 0.02
"""Or by so much of the table's width, where the page is printed at another scale or place."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part with what stands around it.

    `opens` and `closes`: nothing but page furniture stands above or below it; `labels` stand over it and are no title.
    """

    part: Part
    caption: Caption
    note: str | None
    opens: bool
    closes: bool
    labels: tuple[Printed, ...] = ()


def read(sheets: Sequence[Sheet]) -> tuple[list[Table], dict[int, list[Box]]]:
    """Read every table of a document.

    Args:
        sheets: all its pages in order.

    Returns:
        The tables in order, and the boxes that they cover by page number (from 1), from top to bottom.
    """
    furniture, marks = _furniture(sheets), aligned.decoration(sheets)
    placed: list[_Placed] = []
    going: tuple[float, ...] = ()
    before: list[Printed] = []
    for sheet in sheets:
        lines = [line for line in sheet.lines if not (_in_margin(line, sheet) and _mark(line) in furniture)]
        parts, going = _parts(sheet, marks, lines, going)
        rows = captions.printed(line for line in lines if not any(_within(line.box, p.box) for p in parts))
        placed.extend(_on_page(parts, rows, before))
        before = [r for r in rows if not parts or _middle(r.box) > parts[-1].box[3]]
    regions: dict[int, list[Box]] = {}
    for item in placed:
        regions.setdefault(item.part.page, []).append(item.part.box)
    return [_table(run) for run in _runs(placed)], regions


def _furniture(sheets: Sequence[Sheet]) -> set[tuple[str, int]]:
    """Texts that stand at one height on most pages: running heads and feet.

    The lines over tables that name maker and unit do so too, where every table begins a page, and are none.
    """
    seen = Counter(key for sheet in sheets for key in {_mark(line) for line in sheet.lines if _in_margin(line, sheet)})
    often = {key for key, count in seen.items() if count >= max(3, 0.5 * len(sheets))}
    return {(text, height) for text, height in often if not captions.is_label(text)}


def _mark(line: Line) -> tuple[str, int]:
    """A text and its height, in steps that forgive small differences between pages."""
    return normal(line.text), round(line.box[1] / 4)


def _in_margin(line: Line, sheet: Sheet) -> bool:
    return line.box[3] < aligned.MARGIN * sheet.height or line.box[1] > (1 - aligned.MARGIN) * sheet.height


def _parts(sheet: Sheet, marks: set[aligned.Mark], lines: Sequence[Line], going: tuple[float, ...]) -> tuple[list[Part], tuple[float, ...]]:
    """The parts on a page from top to bottom, and the column edges of an unruled one that runs to the page's end."""
    ruled = [header.part(found, cells.fill(found, lines)) for found in stripes.joined(grid.find(sheet), lines)]
    parts = [part for part in ruled if part is not None]
    unruled = aligned.find(aligned.without(sheet, marks), lines, [p.box for p in parts], going)
    return sorted([*parts, *unruled.parts], key=lambda p: p.box[1]), unruled.edges


def _on_page(parts: Sequence[Part], rows: Sequence[Printed], before: Sequence[Printed]) -> Iterator[_Placed]:
    """The parts with what stands around them; `before`: the last lines of the page before."""
    for index, part in enumerate(parts):
        start = parts[index - 1].box[3] if index else float("-inf")
        end = parts[index + 1].box[1] if index + 1 < len(parts) else float("inf")
        over = [r for r in rows if start <= _middle(r.box) <= part.box[1] + 3]
        under = [r for r in rows if part.box[3] - 3 <= _middle(r.box) <= end]
        caption = _merged(captions.above(over, part.box[1]), part)
        opens = index == 0 and all(captions.is_page_number(normal(r.text)) for r in over)
        if opens and not caption.title:
            caption = _merged(captions.at_end(before), part)
        closes = index + 1 == len(parts) and all(captions.is_page_number(normal(r.text)) for r in under)
        labels = tuple(captions.labels(over, part.box[1]))
        yield _Placed(part, caption, captions.below(under, part.box[3]), opens, closes, labels)


def _merged(caption: Caption, part: Part) -> Caption:
    """The caption above a part with what stands in the part's own first rows."""
    own = part.caption
    return Caption(own.title or caption.title, own.number or caption.number, own.unit or caption.unit)


def _within(box: Box, region: Box) -> bool:
    return region[1] <= _middle(box) <= region[3] and box[2] > region[0] and box[0] < region[2]


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _runs(placed: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """Parts that are one table."""
    run: list[_Placed] = []
    for item in placed:
        if run and not _continues(run, item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _continues(run: Sequence[_Placed], item: _Placed) -> bool:
    last = run[-1]
    if item.part.page != last.part.page + 1 or last.note is not None or not last.closes:
        return False
    if not aligns(last.part.xs, item.part.xs):
        return False
    if item.caption.title or item.caption.number:
        first = run[0]
        repeated = (item.caption.title, item.caption.number) == (first.caption.title, first.caption.number)
        return repeated and not first.part.form and item.part.header_texts() == first.part.header_texts() != []
    return item.opens or item.caption.unit is not None


def aligns(before: Sequence[float], after: Sequence[float]) -> bool:
    """Whether columns of a following page go on those of the page before: the same, or some of them."""
    if len(before) == len(after):
        width, other = before[-1] - before[0], after[-1] - after[0]
        shares = zip(before, after, strict=True)
        return all(abs((b - before[0]) / width - (a - after[0]) / other) <= PROPORTION for b, a in shares)
    fewer, more = sorted((before, after), key=len)
    return sum(any(abs(x - y) <= ALIGNED for y in more) for x in fewer) >= max(2, 0.8 * len(fewer))


def _table(run: Sequence[_Placed]) -> Table:
    first = run[0]
    edges = _edges([item.part for item in run])
    head_rows: list[tuple[str, ...]] = []
    heads: list[tuple[int, tuple[Cell, ...]]] = []
    rows: list[tuple[Cell, ...]] = []
    texts = set(first.part.header_texts())
    before: Part | None = None
    for item in run:
        part = item.part
        at = _mapping(part.xs, edges)
        begins = not rows  # a header that is cut by the page's end goes on
        head = part.head if begins or set(part.header_texts()) <= texts else 0
        if begins:
            head_rows.extend(part.spread(row, at, len(edges) - 1) for row in range(head))
        heads.extend((len(rows), _label_cells(row, edges)) for row in item.labels)
        heads.extend((len(rows), part.cells(row, at, edges)) for row in range(-part.first, head))
        body = [part.cells(row, at, edges) for row in range(head, part.rows)]
        if rows and before is not None and breaks.cuts(before, part, head):
            rows[-1] = breaks.mended(rows[-1], body.pop(0))
        rows.extend(body)
        before = part
    kept = _kept(head_rows, rows, len(edges) - 1)
    shown = [tuple(row[i] for i in kept) for row in head_rows]
    shown_rows = tuple(tuple(row[i] for i in kept) for row in rows)
    caption = first.caption
    unit = caption.unit or captions.inside(" ".join(text for row in shown for text in row)) or _form_unit(first.part, shown_rows)
    return Table(
        title=caption.title,
        number=caption.number,
        unit=unit,
        pages=tuple(item.part.page for item in run),
        header=tuple(shown),
        columns=header.paths(shown, len(kept)),
        rows=shown_rows,
        note=run[-1].note,
        heads=tuple((index, tuple(row[i] for i in kept)) for index, row in heads),
    )


def _label_cells(printed: Printed, edges: Sequence[float]) -> tuple[Cell, ...]:
    """A line over a table as a row of it: every text in the column over which it stands, in the next when that is taken."""
    columns = len(edges) - 1
    page = printed.lines[0].page
    made = [Cell("", page, (edges[i], printed.box[1], edges[i + 1], printed.box[3])) for i in range(columns)]
    at = -1
    for line in printed.lines:
        middle = (line.box[0] + line.box[2]) / 2
        at = max(sum(1 for x in edges[1:-1] if x <= middle), at + 1)
        if at < columns:
            made[at] = Cell(line.text, page, line.box)
        else:
            last = made[-1]
            made[-1] = Cell(f"{last.text} {line.text}", page, cells.around([last.box, line.box]))
            at = columns - 1
    return tuple(made)


def _form_unit(part: Part, rows: Sequence[tuple[Cell, ...]]) -> str | None:
    """A form names its unit in its labels."""
    return captions.inside(" ".join(cell.text for row in rows[:8] for cell in row)) if part.form else None


def _edges(parts: Sequence[Part]) -> list[float]:
    """The column edges of a table: those of its first part when all have as many, else of all parts together."""
    if len({len(part.xs) for part in parts}) == 1:
        return list(parts[0].xs)
    return grid.snapped((x for part in parts for x in part.xs), ALIGNED)


def _mapping(xs: Sequence[float], edges: Sequence[float]) -> list[int]:
    """For every edge of a part the edge of the table that it is."""
    if len(xs) == len(edges):
        return list(range(len(xs)))
    return [min(range(len(edges)), key=lambda i: abs(edges[i] - x)) for x in xs]


def _kept(head: Sequence[tuple[str, ...]], rows: Sequence[tuple[Cell, ...]], columns: int) -> list[int]:
    """Columns that print anything; all when none does."""
    kept = [i for i in range(columns) if any(row[i] for row in head) or any(row[i].text for row in rows)]
    return kept or list(range(columns))
