"""Tables ruled under every row and not between columns, with cells over several rows and columns."""

import pytest

from service.reading import shelves
from service.reading.bands import Band
from service.reading.sheet import Rule, Sheet
from service.records import Line
from tests.support.sheets import HEIGHT, LEFT, WIDTH, cell, line, only, sheet, texts

FORM: list[list[str | None]] = [
    ["项目名称", None, "档案数字化", None, None],
    ["项目资金", None, "预算数", "执行数", "得分"],
    ["^", None, "10.00", "9.00", "9"],
    ["绩效指标", "一级指标", "指标名称", "实际值", "得分"],
    ["^", "产出指标", "扫描页数", "4万页", "20"],
    ["^", "^", "归档件数", "300件", "18"],
    ["总分", None, None, None, "96"],
]
READ = [
    ["项目名称", "档案数字化"],
    ["项目资金", "预算数", "执行数", "得分"],
    ["10.00", "9.00", "9"],
    ["绩效指标", "一级指标", "指标名称", "实际值", "得分"],
    ["产出指标", "扫描页数", "4万页", "20"],
    ["归档件数", "300件", "18"],
    ["总分", "96"],
]
TOP = 120.0


def shelved(rows: list[list[str | None]]) -> tuple[list[Line], list[Rule]]:
    """A table with a rule under every cell, and no others; None continues the cell on its left, "^" the cell above."""
    columns = len(rows[0])
    lines, rules = [], [Rule(LEFT + c * WIDTH, TOP, LEFT + (c + 1) * WIDTH, TOP) for c in range(columns)]
    for r, row in enumerate(rows):
        over = False
        for c, text in enumerate(row):
            x, y = LEFT + c * WIDTH, TOP + r * HEIGHT
            over = rows[r + 1][c] == "^" or (rows[r + 1][c] is None and over) if r + 1 < len(rows) else False
            if not over:
                rules.append(Rule(x, y + HEIGHT, x + WIDTH, y + HEIGHT))
            if text is None or text == "^" or not text:
                continue
            across = next((n for n in range(c + 1, columns) if row[n] is not None), columns) - c
            down = next((n for n in range(r + 1, len(rows)) if rows[n][c] != "^"), len(rows)) - r
            lines.append(cell(text, x, y, across=across * WIDTH, down=down * HEIGHT))
    return lines, rules


def printed(page: Sheet) -> list[list[str]]:
    return [[text for text in row if text] for row in texts(only(page))]


def test_a_form_with_rules_under_its_cells_only() -> None:
    assert printed(sheet(shelved(FORM))) == READ


def test_figures_keep_their_columns() -> None:
    lines, rules = shelved(FORM)
    assert texts(only(sheet((lines, rules))))[4] == ["", "产出指标", "扫描页数", "4万页", "20"]
    assert texts(only(sheet((lines, rules))))[6][4] == "96"


def test_wrapped_lines_of_a_cell_are_one() -> None:
    lines, rules = shelved(FORM)
    kept = [ln for ln in lines if ln.text != "产出指标"]
    two = [line("产出", LEFT + WIDTH + 30, TOP + 5 * HEIGHT - 6), line("指标", LEFT + WIDTH + 30, TOP + 5 * HEIGHT + 6)]
    assert printed(sheet(([*kept, *two], rules))) == READ


@pytest.mark.parametrize("rules", [[TOP, TOP + HEIGHT, TOP + 3 * HEIGHT], [TOP, TOP + HEIGHT, TOP + 2 * HEIGHT, TOP + 3 * HEIGHT]])
def test_rules_that_reach_from_end_to_end_are_left_to_the_gaps_between_texts(rules: list[float]) -> None:
    page = Sheet(1, 595, 842, (), tuple(Rule(LEFT, y, LEFT + 3 * WIDTH, y) for y in rules), 0)
    assert shelves.grid_of(page, Band(LEFT, LEFT + 3 * WIDTH, tuple(rules), rules[0], rules[-1]), ()) is None


def test_a_short_rule_under_a_heading_over_two_columns_leaves_the_rows_below_apart() -> None:
    rows = [
        ["科目", "决算数", "", ""],
        ["", "小计", "基本支出", "项目支出"],
        ["教育支出", "3.00", "1.00", "2.00"],
        ["卫生支出", "5.00", "2.00", "3.00"],
    ]
    lines = [cell(text, LEFT + c * WIDTH, TOP + r * HEIGHT) for r, row in enumerate(rows[1:], 1) for c, text in enumerate(row) if text]
    lines += [cell("科目", LEFT, TOP, down=2 * HEIGHT), cell("决算数", LEFT + WIDTH, TOP, across=3 * WIDTH)]
    heights = [(TOP, 0), (TOP + HEIGHT, 1), (TOP + 2 * HEIGHT, 0), (TOP + 4 * HEIGHT, 0)]
    rules = [Rule(LEFT + c * WIDTH, y, LEFT + (c + 1) * WIDTH, y) for y, first in heights for c in range(first, 4)]
    table = only(sheet((lines, rules)))
    assert texts(table) == rows[2:]
    assert table.columns == ("科目", "决算数/小计", "决算数/基本支出", "决算数/项目支出")
