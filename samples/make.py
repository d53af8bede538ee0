"""Writes the sample documents: `python -m samples.make [--out DIR] [--clean]`.

Two PDFs of a made-up bureau, the list of the contradictions planted in them, the facts and the rows of tables that they print. The same
source gives the same bytes. (`questions.jsonl` beside them is written by hand; a test holds it to the PDFs.) `--clean`
leaves the planted contradictions out.
"""

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from samples import budget_tables, budget_text, facts, final_tables, final_text, forms, planted
from samples.book import BUDGET, BUREAU, FINAL
from samples.drawing import NOTICE, Paper
from samples.final_tables import Statement
from samples.prose import TEXT, Piece
from samples.ruled import CENTRE, LEFT, Cell, Grid

HERE = Path(__file__).parent
FORM_TITLES = ("部门整体支出绩效自评表", *(f"{p.name}项目绩效自评表" for p in forms.PROJECTS))


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="写出示例文件（机构与数据均为虚构）")
    parser.add_argument("--out", type=Path, default=HERE, help="写到哪个文件夹（默认 samples/）")
    parser.add_argument("--clean", action="store_true", help="不放入人为设置的矛盾")
    options = parser.parse_args(arguments)
    for path in write(options.out, clean=options.clean):
        print(path)


def write(folder: Path, *, clean: bool = False) -> list[Path]:
    """Write everything into `folder` (made when missing); the paths written. `clean`: no contradictions, and no list of them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{FINAL}.pdf", folder / f"{BUDGET}.pdf"]
    final(clean=clean).save(paths[0])
    budget(clean=clean).save(paths[1])
    if not clean:
        paths.append(_lines(folder / "planted.jsonl", (s.record() for s in planted.SLIPS)))
        paths.append(_lines(folder / "facts.jsonl", facts.records()))
        paths += [_rows(folder / "tables" / f"{doc}.json", grids) for doc, grids in tables().items()]
    return paths


def tables() -> dict[str, list[Grid]]:
    """The statutory tables of both documents as printed, contradictions included, by document."""
    return {
        FINAL: [planted.in_statement(FINAL, s).grid for s in final_tables.statements()],
        BUDGET: [planted.in_statement(BUDGET, s).grid for s in budget_tables.statements()],
    }


def final(*, clean: bool = False) -> Paper:
    """The 2024 final account, drawn."""
    paper = Paper(f"{BUREAU}2024年度部门决算")
    slipped = _slips(
        FINAL, [*final_text.overview(), *final_text.staff(), *final_text.statement(), *forms.overview(), *forms.projects()], clean
    )
    _cover(paper, f"{BUREAU}（汇总）", "2024年度部门决算", "2025年9月")
    _contents(paper, final_text.CONTENTS)
    paper.page()
    _draw(paper, final_text.overview(), slipped)
    units = ("云汀市青禾区医疗保障局本级", "青禾区医疗保障经办中心", "青禾区医疗保障信息服务中心")
    kinds = ("行政单位", "参照公务员法管理事业单位", "公益一类事业单位")
    body = tuple((Cell(str(n)), Cell(unit), Cell(kind)) for n, (unit, kind) in enumerate(zip(units, kinds, strict=True), 1))
    paper.table(
        Grid((50, 260, 200), (CENTRE, LEFT, LEFT), ((Cell("序号"), Cell("单位名称"), Cell("单位性质")),), body, size=11.0, least=24.0)
    )
    _draw(paper, final_text.staff(), slipped)
    paper.page()
    _draw(paper, final_text.statement(), slipped)
    _draw(paper, forms.overview(), slipped)
    _evaluations(paper, slipped, clean)
    _draw(paper, final_text.others(), slipped)
    _tables(paper, "第三部分 2024年度部门决算表", final_tables.statements(), _final_corners, _statement_slips(FINAL, clean))
    paper.page()
    _draw(paper, final_text.terms(), slipped)
    return paper


def budget(*, clean: bool = False) -> Paper:
    """The 2025 budget, drawn."""
    paper = Paper(f"{BUREAU}2025年部门预算", foot="- {} -")
    slipped = _slips(BUDGET, [*budget_text.overview(), *budget_text.statement()], clean)
    _cover(paper, BUREAU, "2025年部门预算", "2025年2月")
    _contents(paper, budget_text.CONTENTS)
    paper.page()
    _draw(paper, budget_text.overview(), slipped)
    _draw(paper, budget_text.statement(), slipped)
    _tables(paper, "第三部分 2025年部门预算表", budget_tables.statements(), _budget_corners, _statement_slips(BUDGET, clean))
    paper.page()
    _draw(paper, budget_text.terms(), slipped)
    return paper


Slipped = dict[str, str]
"""Clean text of a piece → its printed text, for the pieces that differ."""


def _slips(doc: str, pieces: list[Piece], clean: bool) -> Slipped:
    printed = pieces if clean else planted.in_prose(doc, pieces)
    return {a.text: b.text for a, b in zip(pieces, printed, strict=True) if a.text != b.text}


def _statement_slips(doc: str, clean: bool) -> Callable[[Statement], Statement]:
    return (lambda s: s) if clean else (lambda s: planted.in_statement(doc, s))


def _cover(paper: Paper, name: str, title: str, date: str) -> None:
    """The title page."""
    paper.page()
    paper.y = 250.0
    paper.centred(name, 24.0, bold=True, after=10.0)
    paper.centred(title, 26.0, bold=True, after=150.0)
    paper.centred("保密审查情况：已审查", 13.0, after=2.0)
    paper.centred("主要负责人审签情况：已审签", 13.0, after=60.0)
    paper.centred(date, 14.0, after=30.0)
    paper.centred(f"（{NOTICE}）", 10.5)


def _contents(paper: Paper, entries: Iterable[str]) -> None:
    """目录."""
    paper.page()
    paper.centred("目　录", 20.0, bold=True)
    for entry in entries:
        paper.entry(entry, indent=0 if entry.startswith("第") else 1)


def _draw(paper: Paper, pieces: Iterable[Piece], slipped: Slipped) -> None:
    for piece in pieces:
        if piece.level == TEXT:
            paper.prose(slipped.get(piece.text, piece.text))
        else:
            paper.heading(piece.text, piece.level)


def _evaluations(paper: Paper, slipped: Slipped, clean: bool) -> None:
    """The forms of section 十三 with the text between them."""
    grids = (forms.whole_form(), *(forms.project_form(p) for p in forms.PROJECTS))
    if not clean:
        grids = tuple(planted.in_table(FINAL, title, grid) for title, grid in zip(FORM_TITLES, grids, strict=True))
    for n, (title, grid) in enumerate(zip(FORM_TITLES, grids, strict=True)):
        paper.page(landscape=n == 0)
        paper.centred(title, 15.0, bold=True, after=0.0)
        paper.centred("（2024年度）", 10.0, after=4.0)
        paper.table(grid, landscape=n == 0)
        if n == 0:
            paper.page()
            _draw(paper, forms.projects(), slipped)


def _tables(
    paper: Paper,
    heading: str,
    statements: list[Statement],
    corners: Callable[[Paper, Statement], None],
    slip: Callable[[Statement], Statement],
) -> None:
    """第三部分: one table after another, each on its own page."""
    for n, statement in enumerate(slip(s) for s in statements):
        if statement.below:
            paper.y += 26.0
        else:
            paper.page(landscape=statement.landscape)
        if n == 0:
            paper.heading(heading, 1)
        corners(paper, statement)
        paper.table(statement.grid, landscape=statement.landscape)
        if statement.note:
            paper.note(statement.note)


def _final_corners(paper: Paper, statement: Statement) -> None:
    paper.centred(statement.title, 15.0, bold=True, after=2.0)
    paper.corners("", "", statement.number)
    paper.corners(f"编制部门：{BUREAU}（汇总）", "2024年度", f"单位：{statement.unit}")


def _budget_corners(paper: Paper, statement: Statement) -> None:
    paper.corners(statement.number, "", "")
    paper.centred(f"2025年{statement.title}", 15.0, bold=True, after=2.0)
    paper.corners(f"编制部门：{BUREAU}", "", f"单位：{statement.unit}")


def _lines(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


def _rows(path: Path, grids: Iterable[Grid]) -> Path:
    """The rows of tables under their heads: non-empty cells in order."""
    rows = [[cell.text for cell in row if cell.text] for grid in grids for row in grid.body]
    path.parent.mkdir(exist_ok=True)
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows if len(row) > 1)
    path.write_text(f"[\n{text}\n]\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
