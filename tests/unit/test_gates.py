"""The gates of extraction: the prompt's own example passes, and what it is shown is what may be quoted."""

import re
from decimal import Decimal

import pytest

import prompts
from evals.guarding import extracting
from evals.guarding.tries import Try, rates
from service import record
from service.facts.model import gates, slices, sources
from service.facts.model.replies import ExtractReply
from service.facts.model.sources import Source
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
