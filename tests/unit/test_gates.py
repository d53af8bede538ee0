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
    assert prose is not None
    assert row is not None
    text = prose["text"]
    line = Line(6, text, _BOX, tuple(float(n) for n in range(len(text) + 1)))
    paragraph = Paragraph(text, (line,), tuple((0, n) for n in range(len(text))), (prose["heading"],))
    cells = tuple(Cell(part, 9, _BOX) for part in row["text"].split(" | "))
    columns = ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
    table = Table("支出决算表", "公开03表", "万元", (9,), (columns,), columns, (cells,), statement="支出决算表")
    pages = tuple(Page(n, 600, 800, ()) for n in range(1, 10))
    document = Document("d", "示例文化局2021年度部门决算", "示例文化局", 2021, Kind.FINAL, "", "", pages, (paragraph,), (table,))
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
        ("图书馆", "决算", Decimal("250.00"), "万元", "基本支出"),
        ("图书馆", "决算", Decimal("60.40"), "万元", "项目支出"),
    ]
    assert [r.text for r in passed.reasons] == ["部分活动延期至下年举办"]


def test_the_prompt_shows_slices_as_they_are_sent() -> None:
    _, shown, _ = _document()
    example = _EXAMPLE.search(prompts.load("extract").text)
    assert example is not None
    assert slices.Slice(shown).text == example["material"].strip()


@pytest.fixture(scope="module")
def tried() -> list[Try]:
    settings = Settings(model=None, _env_file=None)
    return list(extracting.tries([record.record(SAMPLES / "qinghe-2024-final.pdf", settings)]))


def test_what_the_rules_read_passes(tried: list[Try]) -> None:
    honest = next(r for r in rates(tried) if r.honest)
    assert honest.tried > 150
    assert honest.share >= 0.95


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
    assert form["enum"] == list(MEASURES)
    assert FigureReply(measure="花费", printed="1").measure == "花费"
