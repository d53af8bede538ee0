"""What stands above the cells of a form's rows: for the prompt, for the gates, for evidence."""

from decimal import Decimal

import pytest

from service.answering.row_heading import Headings
from service.facts import row_heads
from service.facts.model import gates, slices, sources
from service.facts.model.replies import ItemReply
from service.records import Cell, Document, Indicator, Kind, Page, Place, Table

_ROWS = (
    ("项目名称", "", "山区放映", "", "", ""),
    ("项目资金（万元）", "", "", "年初预算数", "全年执行数", "得分"),
    ("", "", "年度资金总额", "30", "27", "9"),
    ("年度总体目标", "预期目标", "", "实际完成情况", "", ""),
    ("", "全年放映", "", "完成放映", "", ""),
    ("绩效指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"),
    ("", "数量指标", "放映场次", "20", "18", "10"),
    ("", "质量指标", "设备完好", "≥95%", "完好", "10"),
    ("总分", "", "", "", "", "29"),
)
_GOALS = (
    ("年度主要任务", "任务名称", "主要内容", "预算金额（万元）", "", ""),
    ("", "", "", "总额", "财政拨款", "其他资金"),
    ("", "", "金额合计", "40.00", "30.00", "10.00"),
)
_UNITS = (
    ("二级指标", "三级指标", "指标性质", "指标值", "度量单位", "得分"),
    ("数量指标", "放映场次", "≥", "20", "场", "10"),
)


def _table(
    rows: tuple[tuple[str, ...], ...], page: int = 1, columns: tuple[str, ...] = ("",) * 6, statement: str | None = "项目支出绩效自评表"
) -> Table:
    made = tuple(
        tuple(Cell(text, page, (60.0 * n, 20.0 * at, 60.0 * n + 50, 20.0 * at + 10)) for n, text in enumerate(row))
        for at, row in enumerate(rows)
    )
    return Table("项目支出绩效自评表", None, "万元", (page,), (), columns, made, statement=statement)


def _document(*tables: Table) -> Document:
    pages = tuple(Page(n, 600, 800, ()) for n in range(1, len(tables) + 1))
    return Document("d", "示例文化局2021年度部门决算", "示例文化局", 2021, Kind.FINAL, "", "", pages, (), tables)


def _above(table: Table, row: int) -> list[tuple[str, str | None]]:
    return [(c.head, c.unit) for c, cell in zip(row_heads.of([table])[0][row], table.rows[row], strict=True) if cell.text]


def test_headings_change_inside_a_form_and_only_its_money_has_its_unit() -> None:
    form = _table(_ROWS)
    assert _above(form, 2) == [("", None), ("年初预算数", "万元"), ("全年执行数", "万元"), ("得分", "分")]
    assert _above(form, 6) == [("二级指标", None), ("三级指标", None), ("年度指标值", None), ("实际完成值", None), ("得分", "分")]
    assert _above(form, 8) == [("绩效指标", None), ("得分", "分")]


def test_text_under_another_part_of_the_form_has_no_headings_of_the_part_before() -> None:
    assert [head for head, _ in _above(_table(_ROWS), 4)] == ["", ""]


def test_two_levels_of_headings_inside_a_form() -> None:
    heads = [head for head, _ in _above(_table(_GOALS), 2)]
    assert heads == ["主要内容", "预算金额（万元）/总额", "预算金额（万元）/财政拨款", "预算金额（万元）/其他资金"]


def test_a_column_of_units_is_that_of_its_rows_target() -> None:
    assert dict(_above(_table(_UNITS), 1))["指标值"] == "场"


def test_a_forms_next_page_stands_under_its_columns() -> None:
    more = _table((("", "时效指标", "按期放映", "按期", "按期", "10"),), 2, statement=None)
    assert [c.head for c in row_heads.of([_table(_ROWS), more])[1][0]][2:] == ["三级指标", "年度指标值", "实际完成值", "得分"]


def test_a_forms_rows_reach_the_model_under_their_headings() -> None:
    text = slices.Slice(tuple(s for s in sources.of(_document(_table(_ROWS))) if sources.states(s))).text
    assert '<表 表名="项目支出绩效自评表" 项目="山区放映">' in text
    assert '栏目="- | 年初预算数（万元） | 全年执行数（万元） | 得分">年度资金总额 | 30 | 27 | 9</行>' in text
    assert '栏目="二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分">数量指标 | 放映场次 | 20 | 18 | 10</行>' in text
    assert '<行 页="1">质量指标' in text, "the headings are those of the row before"


_AIMS = (
    ("项目名称", "山区放映", "", ""),
    ("年度预算金额（元）", "300000.00", "", ""),
    ("一级指标", "二级指标", "三级指标", "目标值"),
    ("产出指标", "数量指标", "放映场次", "≥20场"),
    ("效益指标", "社会效益指标", "群众观影", "更方便"),
)


def test_a_form_of_targets_reaches_the_model_with_its_project_and_indicators() -> None:
    shown = sources.of(_document(_table(_AIMS, columns=("",) * 4), _table(_AIMS[3:], 2, ("",) * 4, None)))
    text = slices.Slice(tuple(s for s in shown if sources.states(s))).text
    assert text == (
        '<表 表名="项目支出绩效自评表" 项目="山区放映">\n'
        '<行 页="1">年度预算金额（元） | 300000.00</行>\n'
        '<行 页="1" 栏目="一级指标 | 二级指标 | 三级指标 | 目标值">产出指标 | 数量指标 | 放映场次 | ≥20场</行>\n'
        '<行 页="1">效益指标 | 社会效益指标 | 群众观影 | 更方便</行>\n</表>\n'
        '<表 表名="项目支出绩效自评表" 项目="山区放映">\n'
        '<行 页="2" 栏目="一级指标 | 二级指标 | 三级指标 | 目标值">产出指标 | 数量指标 | 放映场次 | ≥20场</行>\n'
        '<行 页="2">效益指标 | 社会效益指标 | 群众观影 | 更方便</行>\n</表>'
    )


@pytest.mark.parametrize(
    ("item", "stands"), [("山区放映", True), ("年度预算金额", False), ("年度预算金额（元）", False), ("城市放映", False)]
)
def test_a_forms_money_is_its_projects(item: str, stands: bool) -> None:
    passed = _given(_table(_AIMS, columns=("",) * 4), item, 1, ("预算", "300000.00", "元"))
    assert [f.item for f in passed.facts] == ([item] if stands else [])


def test_blank_cells_of_other_tables_keep_their_places() -> None:
    columns = ("科目", "合计", "基本支出", "项目支出")
    table = Table(
        "支出情况表", "表3", "万元", (1,), (columns,), columns, (tuple(Cell(t, 1, (0, 0, 1, 1)) for t in ("展览", "5.20", "", "5.20")),)
    )
    text = slices.Slice(sources.of(_document(table))).text
    assert text == (
        '<表 表名="表3 支出情况表" 单位="万元" 栏目="科目 | 合计 | 基本支出 | 项目支出">\n<行 页="1">展览 | 5.20 |  | 5.20</行>\n</表>'
    )


def _given(table: Table, item: str, row: int, *figures: tuple[str, str, str]) -> gates.Passed:
    document = _document(table)
    given = {
        "item": item,
        "page": 1,
        "quote": table.quote(row),
        "figures": [{"measure": m, "printed": p, "unit": u} for m, p, u in figures],
    }
    return gates.check([ItemReply.model_validate(given)], sources.of(document), document, "model")


def test_target_and_actual_value_make_an_indicator() -> None:
    passed = _given(_table(_ROWS), "放映场次", 6, ("目标值", "20", ""), ("实际值", "18", ""), ("得分", "10", "分"))
    assert passed.rejected == ()
    (indicator,) = passed.indicators
    assert isinstance(indicator, Indicator)
    assert (indicator.subject, indicator.item) == ("山区放映", "放映场次")
    assert indicator.target is not None
    assert indicator.actual is not None
    assert (indicator.target.value, indicator.target.unit, indicator.actual.value) == (Decimal("20"), "", Decimal("18"))
    assert indicator.score is not None
    assert [f.measure for f in passed.facts] == ["得分"], "targets are no facts of the contract"


def test_a_target_in_words_is_one() -> None:
    (indicator,) = _given(_table(_ROWS), "设备完好", 7, ("目标值", "≥95%", ""), ("实际值", "完好", "")).indicators
    assert indicator.target is not None
    assert indicator.actual is not None
    assert (indicator.target.comparator, indicator.actual.printed) == ("≥", "完好")


def test_a_target_has_the_unit_of_its_own_column() -> None:
    (indicator,) = _given(_table(_UNITS), "放映场次", 1, ("目标值", "20", "场")).indicators
    assert indicator.target is not None
    assert indicator.target.unit == "场"


@pytest.mark.parametrize(
    ("figure", "gate"),
    [
        (("目标值", "18", ""), gates.Gate.MEASURE),
        (("实际值", "20", ""), gates.Gate.MEASURE),
        (("目标值", "24", ""), gates.Gate.DIGITS),
        (("目标值", "20", "万元"), gates.Gate.UNIT),
        (("数量", "20", "万元"), gates.Gate.MEASURE),
        (("得分", "10", "万元"), gates.Gate.UNIT),
    ],
)
def test_a_lie_about_an_indicator_does_not_stand(figure: tuple[str, str, str], gate: gates.Gate) -> None:
    passed = _given(_table(_ROWS), "放映场次", 6, figure)
    assert (passed.facts, passed.indicators) == ((), ())
    assert [r.gate for r in passed.rejected] == [gate]


def test_an_indicators_figure_is_not_the_projects() -> None:
    assert [r.gate for r in _given(_table(_ROWS), "山区放映", 6, ("得分", "10", "分")).rejected] == [gates.Gate.LABEL]
    assert _given(_table(_ROWS), "山区放映", 2, ("年初预算", "30", "万元")).rejected == ()
    assert _given(_table((*_ROWS[:-1], ("", "总分", "", "", "", "29"))), "山区放映", 8, ("得分", "29", "分")).rejected == ()


class _Shelf:
    """Tables of a document."""

    def __init__(self, *tables: Table) -> None:
        self._tables = tables

    def tables(self, doc: str) -> tuple[Table, ...]:
        assert doc == "d"
        return self._tables


def test_evidence_of_a_row_says_what_stands_above_each_cell_of_its_quote() -> None:
    headings = Headings(_Shelf(_table(_ROWS)))  # type: ignore[arg-type]  # only its tables are asked for
    told = headings.of("d", Place(1, "数量指标 | 放映场次 | 20 | 18 | 10", ()))
    assert told == "项目支出绩效自评表（山区放映）：二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分"
    assert headings.of("d", Place(1, "放映场次 | 18", ())).endswith("：三级指标 | 实际完成值")
    assert headings.of("d", Place(1, "全年放映 | 完成放映", ())) == "项目支出绩效自评表（山区放映）", "the form's name says whose row it is"
    assert headings.of("d", Place(1, "放映场次 | 19", ())) == ""
    assert headings.of("d", Place(2, "放映场次 | 18", ())) == ""
