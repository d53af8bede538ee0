"""The tables of the sample documents as they are read, written down; `python -m tests.unit.test_tables_snapshots` writes them anew."""

from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest

from service.reading import pdf, tables
from service.records import Table

SNAPSHOTS = Path(__file__).parent / "snapshots"
NAMES = ["qinghe-2024-final", "qinghe-2025-budget"]
ENDS = 3
"""So many rows are written down from each end of a table."""


def read(path: Path) -> list[Table]:
    with pdf.opened(path) as file:
        return tables.read(list(file.sheets()))[0]


def shown(found: Sequence[Table]) -> str:
    """Every table's caption, columns, first and last rows."""
    lines = []
    for table in found:
        lines += [f"## {table.title} | {table.number} | {table.unit} | 第{','.join(map(str, table.pages))}页 | {len(table.rows)} 行"]
        lines += [f"   {column}" for column in table.columns if column]
        chosen = table.rows if len(table.rows) <= 2 * ENDS else (*table.rows[:ENDS], *table.rows[-ENDS:])
        lines += [" | ".join(cell.text for cell in row) for row in chosen]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_tables_of_the_samples_are_as_written_down(samples: Path, name: str) -> None:
    assert shown(read(samples / f"{name}.pdf")) == (SNAPSHOTS / f"tables-{name}.txt").read_text("utf-8")


@pytest.mark.parametrize(("turn", "marked"), [(90, True), (180, True), (270, True), (90, False), (270, False)])
def test_a_page_that_is_turned_reads_as_the_upright_one(samples: Path, tmp_path: Path, turn: int, marked: bool) -> None:
    """`marked`: the page says that it is to be shown turned; else its text runs sideways."""
    source = samples / f"{NAMES[0]}.pdf"
    pages = max((t for t in read(source) if len(t.pages) == 1), key=lambda t: len(t.columns)).pages
    with pymupdf.open(source) as file, pymupdf.open() as made:
        for number in pages:
            box = file[number - 1].rect
            page = made.new_page(width=box.height if turn % 180 else box.width, height=box.width if turn % 180 else box.height)
            page.show_pdf_page(page.rect, file, number - 1, rotate=turn)
            if marked:
                page.set_rotation(turn)
        made.save(tmp_path / "turned.pdf")
        upright = pymupdf.open()
        upright.insert_pdf(file, from_page=pages[0] - 1, to_page=pages[-1] - 1)
        upright.save(tmp_path / "upright.pdf")
        upright.close()
    turned, straight = read(tmp_path / "turned.pdf"), read(tmp_path / "upright.pdf")
    assert shown(turned) == shown(straight)
    assert len(straight) == 1


if __name__ == "__main__":
    for sample in NAMES:
        found = read(Path(__file__).parents[2] / "samples" / f"{sample}.pdf")
        (SNAPSHOTS / f"tables-{sample}.txt").write_text(shown(found), "utf-8")
