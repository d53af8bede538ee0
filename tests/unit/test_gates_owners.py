"""Whose a figure of prose or of a year's row is: shares and their wholes, counts before what they count, labels, changes and their base."""

import pytest

from service.facts.model import gates, sources
from service.facts.model.gates import Gate, Passed
from service.facts.model.replies import ItemReply
from service.records import Cell, Document, Kind, Line, Page, Paragraph, Table
from tests.unit.test_gates import _given

SHARE = "图书收入9.00万元，占收入总预算的90.00%，同比增加1.20万元，增长15.38%；场租收入1.00万元，占收入总预算的10.00%。"


def _together(text: str, heading: str, *items: tuple[str, str, tuple[str, str, str]]) -> Passed:
    """What the gates say to items of one paragraph, given in one reply."""
    line = Line(1, text, (0.0, 0.0, 1.0, 1.0), tuple(float(n) for n in range(len(text) + 1)))
    paragraph = Paragraph(text, (line,), tuple((0, n) for n in range(len(text))), (heading,))
    document = Document(
        "d", "示例文化局2021年度部门预算", "示例文化局", 2021, Kind.BUDGET, "", "", (Page(1, 600, 800, ()),), (paragraph,), ()
    )
    replies = [
        ItemReply.model_validate(
            {"item": name, "page": 1, "quote": quote, "figures": [dict(zip(("measure", "printed", "unit"), figure, strict=True))]}
        )
        for name, quote, figure in items
    ]
    return gates.check(replies, sources.of(document), document, "model")


@pytest.mark.parametrize("figure", [("占比", "90.00", "%"), ("增减额", "1.20", "万元"), ("增减率", "15.38", "%")])
@pytest.mark.parametrize(("item", "stands"), [("图书收入", True), ("收入总预算", False), ("场租收入", False)])
def test_the_whole_of_a_share_owns_neither_it_nor_what_follows(item: str, stands: bool, figure: tuple[str, str, str]) -> None:
    named = ("收入总预算", SHARE, ("预算", "7.00", "万元"))  # a reply that names the whole elsewhere
    passed = _together(SHARE, "二、收入情况", (item, SHARE[:-1], figure), named)
    assert [f.item for f in passed.facts] == ([item] if stands else [])


def test_a_thing_called_after_what_it_takes_up_keeps_its_own_figure() -> None:
    text = "绿地占用补偿费3.00万元，道路养护费2.00万元。"
    assert _given(text, "绿地占用补偿费", text[:-1], ("预算", "3.00", "万元")).rejected == ()
    assert [r.gate for r in _given(text, "绿地占用补偿费", text[:-1], ("预算", "2.00", "万元")).rejected] == [Gate.LABEL]


COUNTED = "发放奖励资金6.50万元，组织辖区28家社区书屋开展4场讲座。"


@pytest.mark.parametrize(
    ("item", "printed", "unit", "stands"),
    [("社区书屋", "28", "家", True), ("讲座", "4", "场", True), ("奖励资金", "4", "场", False)],
)
def test_a_count_stands_before_what_it_counts(item: str, printed: str, unit: str, stands: bool) -> None:
    known = ("社区书屋", COUNTED[:-1], ("金额", "6.50", "家"))
    passed = _together(COUNTED, "三、工作情况", (item, COUNTED[:-1], ("数量", printed, unit)), known)
    assert [f.item for f in passed.facts if f.measure == "数量"] == ([item] if stands else [])


def test_a_budget_is_not_of_what_is_named_in_the_next_clause() -> None:
    text = "车辆经费20万元，图书采购另列。"
    assert _given(text, "车辆经费", text[:-1], ("决算", "20", "万元")).rejected == ()
    assert [r.gate for r in _given(text, "图书采购", text[:-1], ("决算", "20", "万元")).rejected] == [Gate.LABEL]


USED = "住房支出9.00万元，主要用于房租、水费支出。与上年相比增加1.00万元。"


@pytest.mark.parametrize(("item", "stands"), [("住房支出", True), ("水费", False), ("房租", False)])
def test_what_an_amount_is_used_for_owns_no_figure(item: str, stands: bool) -> None:
    known = ("水费", USED, ("决算", "5.00", "万元"))
    passed = _together(USED, "三、支出情况", (item, USED[:-1], ("增减额", "1.00", "万元")), known)
    assert [f.item for f in passed.facts] == ([item] if stands else [])


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("入库总计、出库总计均为8.00万元。", True),
        ("入库总计9.00万元、出库总计8.00万元。", False),
        ("入库总计9.00万元，其中甲库房5.00万元、乙库房4.00万元，较上年7.00万元增加8.00万元。", True),
        ("入库总计9.00万元，其中甲库房5.00万元、乙库房8.00万元。", False),
    ],
)
def test_names_joined_share_a_figure_and_a_whole_comes_back_after_its_parts(text: str, stands: bool) -> None:
    measure = "增减额" if "上年" in text else "预算"
    known = [(name, text[:-1], ("预算", "7.50", "万元")) for name in ("出库总计", "甲库房", "乙库房")]
    passed = _together(text, "三、库房情况", ("入库总计", text[:-1], (measure, "8.00", "万元")), *known)
    assert [f.item for f in passed.facts] == (["入库总计"] if stands else [])


THRICE = "年初预算为20万元，实际到位资金20万元，实际支出20万元，预算执行率100%。"
PROJECT = "附件示例文化局读书节项目绩效评价报告"


@pytest.mark.parametrize("figure", [("年初预算", "20", "万元"), ("决算", "20", "万元"), ("执行率", "100", "%")])
def test_a_value_printed_three_times_stands_where_its_own_label_fits(figure: tuple[str, str, str]) -> None:
    others = [(name, THRICE[:-1], ("金额", "20", "万元")) for name in ("实际支出", "实际到位资金")]
    passed = _together(THRICE, PROJECT, ("读书节", THRICE[:-1], figure), *others)
    assert [(f.item, f.measure) for f in passed.facts][:1] == [("读书节", figure[0])]


@pytest.mark.parametrize("figure", [("上年数", "20", "万元"), ("全年预算", "20", "万元"), ("占比", "20", "%")])
def test_no_place_fits_another_measure(figure: tuple[str, str, str]) -> None:
    assert _together(THRICE, PROJECT, ("读书节", THRICE[:-1], figure)).facts == ()


def test_another_items_label_is_still_its_own() -> None:
    text = "年初预算为20万元，实际支出讲座经费20万元。"
    assert _together(text, PROJECT, ("读书节", text[:-1], ("决算", "20", "万元"))).facts == ()


@pytest.mark.parametrize(("item", "stands"), [("项目支出", True), ("基本支出", False)])
def test_of_the_two_kinds_of_expenditure_each_has_its_own(item: str, stands: bool) -> None:
    text = "其中：基本支出4.00万元，项目支出6.00万元。"
    passed = _given(text, item, text[text.index("项目") : -1], ("预算", "6.00", "万元"))
    assert [f.item for f in passed.facts] == ([item] if stands else [])


OFF = "读书节支出9.00万元，比年初预算减少1.00万元，下降10.00%；比上年增加2.00万元，增长28.57%。"


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        (("较预算增减额", "1.00", "万元"), "-1.00"),
        (("较预算增减率", "10.00", "%"), "-10.00"),
        (("增减额", "2.00", "万元"), "2.00"),
        (("增减率", "28.57", "%"), "28.57"),
        (("增减额", "1.00", "万元"), None),
        (("增减率", "10.00", "%"), None),
    ],
)
def test_a_change_is_against_the_budget_or_the_year_before(figure: tuple[str, str, str], value: str | None) -> None:
    assert [str(f.value) for f in _given(OFF, "读书节", OFF[:-1], figure).facts] == ([] if value is None else [value])


def test_a_change_from_last_years_budget_is_none_against_the_budget() -> None:
    text = "读书节支出9.00万元，比2020年预算减少1.00万元。"
    assert [r.gate for r in _given(text, "读书节", text[:-1], ("较预算增减额", "1.00", "万元")).rejected] == [Gate.MEASURE]
    assert _given(text, "读书节", text[:-1], ("增减额", "1.00", "万元")).rejected == ()


@pytest.mark.parametrize(
    ("item", "printed", "column", "stands"),
    [
        ("招待费", "3.00", "出行招待/招待费", True),
        ("招待费", "5.00", "出行招待/用车费", False),
        ("用车费", "5.00", "", True),
        ("2021年预算数", "5.00", "出行招待/用车费", True),
    ],
)
def test_the_row_of_a_year_is_of_its_columns(item: str, printed: str, column: str, stands: bool) -> None:
    columns = ("项目", "出行招待/招待费", "出行招待/用车费")
    row = tuple(Cell(text, 1, (0.0, 0.0, 1.0, 1.0)) for text in ("2021年预算数", "3.00", "5.00"))
    table = Table("出行招待费用表", "表七", "万元", (1,), (columns,), columns, (row,))
    document = Document("d", "示例文化局2021年度部门预算", "示例文化局", 2021, Kind.BUDGET, "", "", (Page(1, 600, 800, ()),), (), (table,))
    figures = [{"measure": "预算", "printed": printed, "unit": "万元", "column": column}]
    given = ItemReply.model_validate({"item": item, "page": 1, "quote": table.quote(0), "figures": figures})
    passed = gates.check([given], sources.of(document), document, "model")
    assert bool(passed.facts) is stands
    assert [r.gate for r in passed.rejected] == ([] if stands else [Gate.LABEL])
