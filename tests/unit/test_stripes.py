"""Tables in which every other row is shaded and nothing is ruled."""

import pytest

from service.reading import tables
from service.reading.sheet import Rule
from service.records import Line
from tests.support.sheets import COLUMNS, HEIGHT, LEFT, ROWS, WIDTH, cell, frame, heading, line, only, sheet, texts

TOP = 120.0
MORE = [*ROWS, ["2101102", "事业单位医疗", "12.00"], ["2101199", "其他医疗支出", ""]]


def striped(rows: list[list[str]], left: float = LEFT, *, shaded: int = 0) -> tuple[list[Line], list[Rule]]:
    """A table of which every other row, from the first or the second (`shaded`), is shaded cell by cell."""
    lines, rules = [], []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            x, y = left + c * WIDTH, TOP + r * HEIGHT
            if r % 2 == shaded:
                rules += frame(x, y, WIDTH, HEIGHT)
            if text:
                lines.append(cell(text, x, y))
    return lines, rules


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_rows_between_stripes_and_under_the_last_are_rows(count: int) -> None:
    rows = MORE[:count]
    note = line("注：本表反映部门本年度支出情况。", LEFT, TOP + (count + 1) * HEIGHT + 8)
    table = only(sheet(striped([COLUMNS, *rows]), others=[*heading(), note]))
    assert texts(table) == rows
    assert (table.columns, table.title, table.note) == (tuple(COLUMNS), "支出决算表", note.text)


def test_two_striped_tables_side_by_side() -> None:
    left, right = [["项目", "金额"], ["会议费", "1.00"], ["培训费", "2.00"]], [["指标", "数量"], ["车辆", "3"], ["人员", "48"]]
    found, _ = tables.read([sheet(striped(left), striped(right, LEFT + 2.5 * WIDTH))])
    assert sorted(texts(table) for table in found) == sorted([left[1:], right[1:]])


def test_two_tables_of_one_row_with_a_caption_between_stay_two() -> None:
    first, second = striped([COLUMNS]), striped([["", "", ""], ["", "", ""], COLUMNS])
    label = [line("编制单位：某局", LEFT, TOP + 1.5 * HEIGHT), line("单位：万元", LEFT + 2 * WIDTH, TOP + 1.5 * HEIGHT)]
    rules = [rule for rule in second[1] if rule.y0 >= TOP + 2 * HEIGHT]
    found, _ = tables.read([sheet(first, (second[0], rules), others=label)])
    assert len(found) == 2
