"""Sources → a few slices, one for each call: data blocks with their pages, headings and units, fenced against what they say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from service.facts import row_heads
from service.facts.model.sources import Source
from service.records import Table

SMALLEST = 2_000
"""Characters of one slice where there are calls enough: what it prints comes back as figures, some 2 to 3 tokens a character."""
LARGEST = 6_000
"""Characters of one slice at most; a longer document is not read to its end."""
FENCE = str.maketrans({"<": "＜", ">": "＞", '"': "＂"})
"""What a document may not write into the prompt, full-width: the one normaliser reads both as the same."""
BAR = " | "


@dataclass(frozen=True, slots=True)
class Slice:
    """What one call reads."""

    sources: tuple[Source, ...]

    @property
    def text(self) -> str:
        """The slice as the prompt shows it."""
        return "\n".join(_blocks(self.sources))

    def halves(self) -> "tuple[Slice, Slice] | None":
        """The slice in two, or None where it is one source."""
        middle = len(self.sources) // 2
        return (Slice(self.sources[:middle]), Slice(self.sources[middle:])) if middle else None


def cut(sources: Sequence[Source], most: int) -> tuple[list[Slice], list[Source]]:
    """Slices in reading order.

    Args:
        sources: what is to be read.
        most: slices at most.

    Returns:
        The slices, and the sources that did not fit into so many.
    """
    total = sum(len(source.text) for source in sources)
    # A slice is closed before the source that would overflow it, so that slices are not quite full: an eighth more than the share.
    size = min(LARGEST, max(SMALLEST, math.ceil(total / most * 9 / 8)))
    slices: list[list[Source]] = []
    used = size
    for n, source in enumerate(sources):
        length = len(source.text)
        if used + length > size or not slices:
            if len(slices) == most:
                return [Slice(tuple(part)) for part in slices], list(sources[n:])
            slices.append([])
            used = 0
        slices[-1].append(source)
        used += length
    return [Slice(tuple(part)) for part in slices], []


def _blocks(sources: Sequence[Source]) -> list[str]:
    blocks: list[str] = []
    table: Table | None = None
    heads = ""
    for source in sources:
        if table is not None and source.table is not table:
            blocks.append("</表>")
            table = None
        if source.table is None:
            blocks.append(f'<段 页="{source.pages[0]}" 章节="{_inside(source.heading)}">{_inside(source.text)}</段>')
            continue
        if source.table is not table:
            table, heads = source.table, ""
            blocks.append(f"<表 {_table(source, table)}>")
        told = ""
        if source.is_form:
            own = _above(source)
            told = "" if own == heads else f' 栏目="{_inside(own)}"'
            heads = own
        blocks.append(f'<行 页="{source.pages[0]}"{told}>{_inside(_row(source))}</行>')
    return blocks if table is None else [*blocks, "</表>"]


def _table(source: Source, table: Table) -> str:
    """A table's name, with its unit and columns where these hold for all its rows: a form counts, scores and pays in one table."""
    name = f'表名="{_inside(" ".join(part for part in (table.number, table.title) if part))}"'
    if source.is_form:
        return f'{name} 项目="{_inside(source.project)}"' if source.project else name
    unit = f' 单位="{_inside(source.unit)}"' if source.unit else ""
    return f'{name}{unit} 栏目="{_inside(BAR.join(row_heads.words(column, is_form=False) for _, column in source.columns()))}"'


def _above(source: Source) -> str:
    """What stands above each printed cell of a form's row, in the row's own order; nothing where nothing stands above any."""
    printed = [column for text, column in source.columns() if text]
    return (
        BAR.join(row_heads.words(column, is_form=True) for column in printed)
        if any(column.head or column.unit for column in printed)
        else ""
    )


def _row(source: Source) -> str:
    """A row's cells: of a form those that are printed; of another table blank ones too, so that each stands in its column."""
    return source.text if source.is_form else BAR.join(text for text, _ in source.columns()).rstrip(BAR)


def _inside(text: str) -> str:
    """Text of the document for the prompt: no fence marks, on one line."""
    return " ".join(text.split("\n")).translate(FENCE)
