"""The gates of extraction: the prompt's own example passes, and what it is shown is what may be quoted."""

import re
from decimal import Decimal

import pytest

import prompts
from evals.guarding import extracting
from evals.guarding.tries import Try, rates
from service import record
from service.facts.model import gates, slices, sources
from service.facts.model.replies import ExtractReply, FigureReply, ItemReply
from service.facts.model.sources import Source
from service.facts.schema import MEASURES
from service.records import Cell, Document, Kind, Line, Page, Paragraph, Table
from service.settings import Settings
from tests.conftest import SAMPLES

_EXAMPLE = re.compile(r"<材料>\n(?P<material><段.*?)</材料>\n<回答>(?P<reply>.*?)</回答>", re.S)
_BOX = (0.0, 0.0, 1.0, 1.0)


def _document() -> tuple[Document, tuple[Source, ...], ExtractReply]:
    """The prompt's example as a document, what a model may quote of it, and the example's reply."""
    example = _EXAMPLE.search(prompts.load("extract").text)
    assert example is not None
    prose = re.search(r'<段 页="6" 章节="(?P<heading>[^"]*)">(?P<text>[^<]*)</段>', example["material"])
    row = re.search(r'<行 页="9">(?P<text>[^<]*)</行>', example["material"])
    aim = re.search(r'<行 页="12" 栏目="(?P<heads>[^"]*)">(?P<text>[^<]*)</行>', example["material"])
    assert prose is not None
    assert row is not None
    assert aim is not None
    text = prose["text"]
    line = Line(6, text, _BOX, tuple(float(n) for n in range(len(text) + 1)))
    paragraph = Paragraph(text, (line,), tuple((0, n) for n in range(len(text))), (prose["heading"],))
    cells = tuple(Cell(part, 9, _BOX) for part in row["text"].split(" | "))
    columns = ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
    table = Table("支出决算表", "公开03表", "万元", (9,), (columns,), columns, (cells,), statement="支出决算表")
    lines = [aim[part].split(" | ") for part in ("heads", "text")]
    form = Table(
        "项目支出绩效自评表",
        None,
        "万元",
        (12,),
        (),
        ("",) * len(lines[0]),
        tuple(tuple(Cell(part, 12, _BOX) for part in line) for line in lines),
        statement="项目支出绩效自评表",
    )
    pages = tuple(Page(n, 600, 800, ()) for n in range(1, 13))
    document = Document("d", "示例文化局2021年度部门决算", "示例文化局", 2021, Kind.FINAL, "", "", pages, (paragraph,), (table, form))
    return document, sources.of(document), ExtractReply.model_validate_json(example["reply"])


def test_the_prompts_example_passes() -> None:
    document, shown, reply = _document()
    passed = gates.check(reply.items, shown, document, "model")
    assert passed.rejected == ()
    assert [(f.item, f.measure, f.value, f.unit, f.column) for f in passed.facts] == [
        ("群众文化", "年初预算", Decimal("120"), "万元", None),
        ("群众文化", "决算", Decimal("96"), "万元", None),
        ("群众文化", "完成率", Decimal("80.00"), "%", None),
        ("群众文化", "增减额", Decimal("-4.50"), "万元", None),
        ("群众文化", "增减率", Decimal("-4.48"), "%", None),
        ("图书馆", "决算", Decimal("310.40"), "万元", "本年支出合计"),
        ("图书馆", "决算", Decimal("310.40"), "万元", "项目支出"),
        ("举办展览", "分值", Decimal("20"), "分", "分值"),
        ("举办展览", "得分", Decimal("20"), "分", "得分"),
    ]
    assert [(i.item, i.target and i.target.printed, i.actual and i.actual.value) for i in passed.indicators] == [
        ("举办展览", "≥4场", Decimal("5"))
    ]
    assert [r.text for r in passed.reasons] == ["部分活动延期至下年举办"]


def test_the_prompt_shows_slices_as_they_are_sent() -> None:
    _, shown, _ = _document()
    example = _EXAMPLE.search(prompts.load("extract").text)
    assert example is not None
    assert slices.Slice(tuple(s for s in shown if sources.states(s))).text == example["material"].strip()


@pytest.fixture(scope="module")
def tried() -> list[Try]:
    settings = Settings(model=None, _env_file=None)
    return list(extracting.tries([record.record(SAMPLES / "qinghe-2024-final.pdf", settings)]))


def test_what_the_rules_read_passes(tried: list[Try]) -> None:
    honest = {r.kind: r for r in rates(tried) if r.honest}
    assert len(honest) == 2, "each by itself, and all of a document together"
    for rate in honest.values():
        assert rate.tried > 150
        assert rate.share >= 0.98


def test_lies_do_not(tried: list[Try]) -> None:
    for rate in rates(tried):
        if not rate.honest:
            assert rate.share <= (0.07 if rate.kind == "wrong measure" else 0.0), rate


def _prose(text: str) -> tuple[Document, tuple[Source, ...]]:
    """A page of one paragraph."""
    line = Line(1, text, _BOX, tuple(float(n) for n in range(len(text) + 1)))
    paragraph = Paragraph(text, (line,), tuple((0, n) for n in range(len(text))), ("三、基本情况",))
    document = Document(
        "d", "示例文化局2021年度部门决算", "示例文化局", 2021, Kind.FINAL, "", "", (Page(1, 600, 800, ()),), (paragraph,), ()
    )
    return document, sources.of(document)


def _given(text: str, item: str, quote: str, *figures: tuple[str, str, str], reason: str = "") -> gates.Passed:
    """What the gates say to one item of a page."""
    document, shown = _prose(text)
    given = {
        "item": item,
        "page": 1,
        "quote": quote,
        "figures": [{"measure": measure, "printed": printed, "unit": unit} for measure, printed, unit in figures],
        "reasons": [{"about": "比上年增加", "text": reason}] if reason else [],
    }
    return gates.check([ItemReply.model_validate(given)], shown, document, "model")


STAFF = "本局实有人员12人，其中行政8人、事业4人。"


@pytest.mark.parametrize(("item", "printed"), [("实有行政人员", "8"), ("实有事业人员", "4"), ("行政", "8")])
def test_a_part_counted_under_its_whole(item: str, printed: str) -> None:
    assert [f.item for f in _given(STAFF, item, STAFF, ("人数", printed, "人")).facts] == [item]


@pytest.mark.parametrize(("item", "printed"), [("实有行政人员", "12"), ("实有行政人员", "4"), ("编制行政人员", "8")])
def test_a_part_takes_no_figure_of_another(item: str, printed: str) -> None:
    passed = _given(STAFF, item, STAFF, ("人数", printed, "人"))
    assert passed.facts == ()
    assert [r.gate for r in passed.rejected] == [gates.Gate.LABEL]


def test_a_reason_given_twice_belongs_to_the_items_own_quote() -> None:
    whole = "设备费30万元，比上年增加12万元，主要原因是更换旧机。"
    part = "其中：购置费12万元，比上年增加12万元，主要原因是更换旧机"
    reason = _given(f"{whole}{part}。", "购置费", part, ("决算", "12", "万元"), reason="更换旧机").reasons[0]
    assert reason.place.quote == part


@pytest.mark.parametrize("unit", ["万", "万人"])
def test_people_counted_in_ten_thousands_are_no_money(unit: str) -> None:
    text = "为全县2.5万人的职工和31万城乡居民办理参保。"
    facts = _given(text, "城乡居民", text[:-1], ("人数", "31", unit)).facts
    assert [(f.value, f.unit) for f in facts] == [(Decimal("31"), "万人")]


def test_money_that_is_no_budget_has_a_measure() -> None:
    text = "全年追回违规资金18.20万元，涉及机构3家。"
    assert [(f.measure, f.unit) for f in _given(text, "违规资金", text[:-1], ("金额", "18.20", "万元")).facts] == [("金额", "万元")]
    assert _given(text, "机构", text[:-1], ("金额", "3", "家")).facts == ()
    text = "图书采购年初预算18.20万元。"
    assert _given(text, "图书采购", text[:-1], ("金额", "18.20", "万元")).facts == ()


def test_the_measures_are_an_enumeration_for_the_server_only() -> None:
    form = FigureReply.model_json_schema()["properties"]["measure"]
    assert form["enum"] == [*MEASURES, "目标值", "实际值"]
    assert FigureReply(measure="花费", printed="1").measure == "花费"


TRIP = "出国费年初预算12.50万元，比上年减少10万元。"


@pytest.mark.parametrize(("unit", "stands"), [("万元", True), ("元", False)])
def test_a_quote_that_ends_before_the_unit_has_the_unit_behind_it(unit: str, stands: bool) -> None:
    passed = _given(TRIP, "出国费", TRIP.removesuffix("万元。"), ("增减额", "10", unit))
    assert bool(passed.facts) is stands
    assert [r.gate for r in passed.rejected] == ([] if stands else [gates.Gate.UNIT])


def _of_row(columns: tuple[str, ...], cells: tuple[str, ...], item: str, figure: dict[str, str], title: str = "项目自评表") -> gates.Passed:
    """What the gates say to one figure of a table of one row."""
    made = tuple(Cell(text, 1, _BOX) for text in cells)
    table = Table(title, "", "万元", (1,), (columns,), columns, (made,))
    document = Document("d", "示例文化局2021年度部门决算", "示例文化局", 2021, Kind.FINAL, "", "", (Page(1, 600, 800, ()),), (), (table,))
    given = ItemReply.model_validate({"item": item, "page": 1, "quote": " | ".join(cells), "figures": [figure]})
    return gates.check([given], sources.of(document), document, "model")


BUDGETS = ("名称", "年初预算数", "全年执行数", "备注")


@pytest.mark.parametrize(("measure", "stands"), [("年初预算", True), ("决算", False)])
def test_an_equal_cell_without_a_measure_vouches_for_nothing(measure: str, stands: bool) -> None:
    figure = {"measure": measure, "printed": "10", "unit": "万元"}
    assert bool(_of_row(BUDGETS, ("读书节", "10", "5.80", "10"), "读书节", figure).facts) is stands


@pytest.mark.parametrize(("measure", "stands"), [("年初预算", True), ("决算", False)])
def test_the_column_that_the_model_names_says_the_measure_where_none_is_printed(measure: str, stands: bool) -> None:
    figure = {"measure": measure, "printed": "10", "unit": "万元", "column": "年初预算数"}
    assert bool(_of_row(("", "", ""), ("读书节", "10", "5.80"), "读书节", figure).facts) is stands


@pytest.mark.parametrize(("item", "stands"), [("收入合计", True), ("支出合计", False)])
def test_a_total_is_of_its_statement(item: str, stands: bool) -> None:
    figure = {"measure": "决算", "printed": "12.00", "unit": "万元"}
    columns = ("项目", "本年收入合计", "其他收入")
    assert bool(_of_row(columns, ("合计", "12.00", "0.50"), item, figure, "收入情况表").facts) is stands


def _pages(first: str, second: str, *before: str) -> tuple[Document, tuple[Source, ...]]:
    """A paragraph over two pages, and paragraphs before it."""
    lines = tuple(Line(n, text, _BOX, tuple(float(i) for i in range(len(text) + 1))) for n, text in enumerate((first, second), 1))
    spots = (*((0, n) for n in range(len(first))), *((1, n) for n in range(len(second))))
    paragraph = Paragraph(first + second, lines, spots, ("四、工作情况",))
    others = tuple(
        Paragraph(
            t, (Line(1, t, _BOX, tuple(float(i) for i in range(len(t) + 1))),), tuple((0, n) for n in range(len(t))), ("四、工作情况",)
        )
        for t in before
    )
    pages = tuple(Page(n, 600, 800, ()) for n in (1, 2))
    document = Document("d", "示例文化局2021年度部门决算", "示例文化局", 2021, Kind.FINAL, "", "", pages, (*others, paragraph), ())
    return document, sources.of(document)


def test_over_a_page_break_the_quote_is_what_the_figures_page_prints() -> None:
    document, shown = _pages("全年图书馆上", "门服务272人次，花费54.50万元。")
    item = {"item": "图书馆", "page": 1, "quote": "图书馆上门服务272人次，花费54.50万元"}
    figures = [{"measure": "人数", "printed": "272", "unit": "人次"}, {"measure": "执行数", "printed": "54.50", "unit": "万元"}]
    facts = gates.check([ItemReply.model_validate(item | {"figures": figures})], shown, document, "model").facts
    assert [(f.place.page, f.place.quote) for f in facts] == [(2, "门服务272人次，花费54.50万元")] * 2


def test_over_a_page_break_a_figure_without_words_keeps_those_of_the_page_before() -> None:
    document, shown = _pages("全年图书馆花费", "54.50万元。")
    item = {"item": "图书馆", "page": 1, "quote": "图书馆花费54.50万元"}
    given = ItemReply.model_validate(item | {"figures": [{"measure": "执行数", "printed": "54.50", "unit": "万元"}]})
    (fact,) = gates.check([given], shown, document, "model").facts
    assert (fact.place.page, fact.place.quote) == (1, "图书馆花费54.50万元")


@pytest.mark.parametrize(
    ("first", "second", "quote"),
    [("全年图书馆支出金", "额54.50万元。", "额54.50万元"), ("全年图书馆", "54.50万元用于采购。", "54.50万元用于采购")],
)
def test_over_a_page_break_a_cut_word_or_words_after_the_figure_are_enough(first: str, second: str, quote: str) -> None:
    document, shown = _pages(first, second)
    item = {"item": "图书馆", "page": 1, "quote": f"{first}{second}".removesuffix("。")}
    given = ItemReply.model_validate(item | {"figures": [{"measure": "决算", "printed": "54.50", "unit": "万元"}]})
    (fact,) = gates.check([given], shown, document, "model").facts
    assert (fact.place.page, fact.place.quote) == (2, quote)


@pytest.mark.parametrize(("item", "stands"), [("图书采购", True), ("人员经费", False)])
def test_what_names_its_own_item_is_not_about_the_paragraph_before(item: str, stands: bool) -> None:
    document, shown = _pages("文化（类）", "图书采购（项）。年初预算为10.00万元。", "其中人员经费另列。")
    given = {"item": item, "page": 2, "quote": "图书采购（项）。年初预算为10.00万元"}
    given["figures"] = [{"measure": "年初预算", "printed": "10.00", "unit": "万元"}]
    assert bool(gates.check([ItemReply.model_validate(given)], shown, document, "model").facts) is stands
