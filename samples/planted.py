"""The contradictions that are put into the two documents on purpose, one of a class, and the finding that each should give.

A slip replaces a text that occurs exactly once: in the prose, or in one row of one table. `rounding-302` changes nothing: it is
the honest rounding difference that the book itself makes.
"""

from dataclasses import dataclass, replace
from typing import Any

from samples.book import BUDGET, FINAL
from samples.final_tables import Statement
from samples.prose import Piece
from samples.ruled import Cell, Grid


@dataclass(frozen=True, slots=True)
class Slip:
    """One planted contradiction.

    `table` is a table's number or title, or empty for prose; `row` the text of one cell of the row; `right` is replaced by `wrong`.
    `stated` and `expected` are (value, unit).
    """

    id: str
    doc: str
    kind: str
    stated: tuple[str, str]
    expected: tuple[str, str]
    where: str
    contains: tuple[str, ...]
    explain: str
    right: str = ""
    wrong: str = ""
    table: str = ""
    row: str = ""
    severity: str = "error"
    group: str = ""

    def record(self) -> dict[str, Any]:
        """The line of planted.jsonl."""
        value, unit = self.stated
        other, other_unit = self.expected
        record = {
            "id": self.id, "doc": self.doc, "class": self.kind, "severity": self.severity, "stated": {"value": value, "unit": unit},
            "expected": {"value": other, "unit": other_unit}, "where": self.where, "contains": list(self.contains), "explain": self.explain,
        }  # fmt: skip
        return record | ({"group": self.group} if self.group else {})


SLIPS = (
    Slip(
        "qinghe-f001", FINAL, "growth-rate", ("39.1", "%"), ("3.91", "%"), "一、收入支出决算总体情况说明", ("增加54.30万元", "增长39.1%"),
        "54.30÷(1441.60-54.30)=3.91%，文中写39.1%，小数点错位",
        right="收入总计、支出总计均增加54.30万元，增长3.91%。增长的主要原因是：",
        wrong="收入总计、支出总计均增加54.30万元，增长39.1%。增长的主要原因是：",
    ),
    Slip(
        "qinghe-f002", FINAL, "completion-rate", ("93.40", "%"), ("94.30", "%"), "五、一般公共预算财政拨款支出决算情况说明",
        ("年初预算62.50万元，支出决算58.94万元", "完成年初预算的93.40%"), "58.94÷62.50=94.30%，文中写93.40%，数字颠倒",
        right="完成年初预算的94.30%", wrong="完成年初预算的93.40%",
    ),
    Slip(
        "qinghe-f003", FINAL, "sum", ("1208.84", "万元"), ("1203.84", "万元"), "公开05表", ("210", "卫生健康支出", "1,208.84"),
        "卫生健康支出各款之和295.39+192.45+716.00=1203.84，与基本支出606.22+项目支出597.62=1203.84一致，小计写1,208.84，一位数字错",
        right="1,203.84", wrong="1,208.84", table="公开05表", row="卫生健康支出",
    ),
    Slip(
        "qinghe-f004", FINAL, "text-vs-table", ("4.85", "万元"), ("4.58", "万元"), "九、财政拨款“三公”经费及会议费、培训费支出决算情况说明",
        ("培训费预算5.00万元", "支出决算4.85万元"), "正文培训费决算4.85万元，公开09表为4.58万元（上年4.36，增加额与增长率按文中数计算）",
        right="支出决算4.58万元，完成预算的91.60%，比上年增加0.22万元，增长5.05%",
        wrong="支出决算4.85万元，完成预算的97.00%，比上年增加0.49万元，增长11.24%",
    ),
    Slip(
        "qinghe-f005", FINAL, "direction-word", ("大于", ""), ("小于", ""), "五、一般公共预算财政拨款支出决算情况说明",
        ("年初预算34.21万元，支出决算33.08万元", "决算数大于年初预算数"), "职业年金支出决算33.08小于年初预算34.21，"
        "文中写“决算数大于年初预算数”",
        right="决算数小于年初预算数的主要原因是：1名工作人员年中调出", wrong="决算数大于年初预算数的主要原因是：1名工作人员年中调出",
    ),
    Slip(
        "qinghe-f006", FINAL, "score-sum", ("98.63", "分"), ("96.63", "分"), "医保基金监管项目绩效自评表", ("总分", "98.63"),
        "9.63+20+9+10+10+20+10+8=96.63分，总分写98.63分", right="96.63", wrong="98.63", table="医保基金监管项目绩效自评表", row="总分",
        group="qh-score",
    ),
    Slip(
        "qinghe-f007", FINAL, "score-sum", ("98.63", "分"), ("96.63", "分"), "（三）项目绩效自评结果", ("项目自评得分98.63分",),
        "正文自评得分98.63分照抄自评表总分，自评表各项得分之和为96.63分", right="项目自评得分96.63分", wrong="项目自评得分98.63分",
        group="qh-score",
    ),
    Slip(
        "qinghe-f008", BUDGET, "sum", ("6.80", "万元"), ("6.50", "万元"), "七、“三公”经费及会议费、培训费预算情况说明",
        ("“三公”经费预算6.80万元",),
        "0.00+0.00+5.50+1.00=6.50万元，表7为65,000.00元，7.20-0.70=6.50，文中总额写6.80万元",
        right="“三公”经费预算6.50万元", wrong="“三公”经费预算6.80万元",
    ),
    Slip(
        "qinghe-f009", BUDGET, "unit", ("52.00", "元"), ("52.00", "万元"), "五、一般公共预算支出预算情况说明",
        ("信息化建设（项）2025年预算数为52.00元",),
        "表5信息化建设2025年预算数520,000.00元，即52.00万元，文中单位写成元", right="信息化建设（项）2025年预算数为52.00万元",
        wrong="信息化建设（项）2025年预算数为52.00元",
    ),
    Slip(
        "qinghe-f010", FINAL, "sum", ("76.43", "万元"), ("76.42", "万元"), "公开06表", ("302", "商品和服务支出", "76.43"),
        "302各款印出数之和为76.42，类合计76.43，三个款四舍五入少计，尾差", severity="rounding",
    ),
)  # fmt: skip


def in_prose(doc: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces with this document's slips.

    Raises:
        ValueError: a slip's text does not occur exactly once.
    """
    for slip in SLIPS:
        if slip.doc == doc and slip.right and not slip.table:
            hits = [n for n, p in enumerate(pieces) if slip.right in p.text]
            if len(hits) != 1:
                message = f"{slip.id}: {slip.right!r} stands in {len(hits)} pieces"
                raise ValueError(message)
            piece = pieces[hits[0]]
            pieces = [*pieces[: hits[0]], replace(piece, text=piece.text.replace(slip.right, slip.wrong)), *pieces[hits[0] + 1 :]]
    return pieces


def in_table(doc: str, name: str, grid: Grid) -> Grid:
    """The table with its slips.

    Raises:
        ValueError: a slip's cell does not occur exactly once in its row.
    """
    for slip in SLIPS:
        if slip.doc == doc and slip.table == name:
            hits = [
                n
                for n, cells in enumerate(grid.body)
                if slip.row in {c.text for c in cells} and sum(c.text == slip.right for c in cells) == 1
            ]
            if len(hits) != 1:
                message = f"{slip.id}: {slip.right!r} stands in {len(hits)} rows of {name}"
                raise ValueError(message)
            row: tuple[Cell, ...] = tuple(replace(c, text=slip.wrong) if c.text == slip.right else c for c in grid.body[hits[0]])
            grid = replace(grid, body=(*grid.body[: hits[0]], row, *grid.body[hits[0] + 1 :]))
    return grid


def in_statement(doc: str, statement: Statement) -> Statement:
    """A statutory table with its slips."""
    return replace(statement, grid=in_table(doc, statement.number, statement.grid))
