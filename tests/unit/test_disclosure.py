"""The published record of a disclosure: every fact in its part of the tree, once; its schema."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from service.facts import assemble, rules, schema
from service.facts.schema import DisclosureRecord, Item
from service.reading import document as reading
from service.records import Disclosure, Kind
from service.settings import Settings
from tests.support.made import document, paragraph, table

PART = "第二部分2023年度部门决算情况说明"
FIVE = (PART, "五、一般公共预算财政拨款支出决算情况说明")


def made() -> Disclosure:
    """A small final account: one functional item in two tables and in the prose, totals, 三公, procurement, staff, a form, the glossary."""
    prose = [
        paragraph("本部门实有人员14人，其中行政6人、事业8人。", section=("第一部分", "三、部门人员情况")),
        paragraph("2023年度收入总计657.63万元，支出总计657.63万元。", section=(PART, "一、收入支出决算总体情况说明")),
        paragraph(
            "1.卫生健康支出（类）医疗保障管理事务（款）行政运行（项）。年初预算143.65万元，支出决算194.41万元，完成年初预算的135.34%，"
            "决算数大于年初预算数的主要原因是：人员增加。比上年增加10.00万元，增加的主要原因是：工资调整。",
            section=FIVE,
        ),
        paragraph(
            "公务接待费支出决算0.50万元，国内公务接待3批次，20人次。", section=(PART, "七、“三公”经费支出决算情况说明", "3.公务接待费")
        ),
        paragraph(
            "2023年政府采购支出总额21.00万元，其中：政府采购服务支出21.00万元。授予中小企业合同金额21.00万元，占政府采购支出总额的100%。",
            section=(PART, "十一、政府采购支出情况说明"),
        ),
        paragraph("一、财政拨款收入：指本级财政当年拨付的资金。", section=("第四部分名词解释",)),
        paragraph("二、基本支出是指为保障机构正常运转而发生的各项支出。", section=("第四部分名词解释",)),
    ]
    codes = ("项目/科目编码", "项目/科目名称", "本年支出合计", "基本支出", "项目支出")
    general = [
        ("", "合计", "194.41", "194.41", ""),
        ("210", "卫生健康支出", "194.41", "194.41", ""),
        ("21015", "医疗保障管理事务", "194.41", "194.41", ""),
        ("2101501", "行政运行", "194.41", "194.41", ""),
    ]
    form = [
        ("项目名称", "档案管理", "", "", "", "", "", ""),
        ("项目资金（万元）", "", "", "年初预算数", "全年执行数", "分值", "执行率", "得分"),
        ("", "年度资金总额", "", "20.00", "18.00", "10", "90.00%", "9"),
        ("", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("", "产出指标", "数量指标", "整理档案", "≥300卷", "320卷", "50", "50"),
        ("", "", "质量指标", "整理质量", "达标", "达标", "40", "38"),
    ]
    sheets = [
        table("一般公共预算财政拨款支出决算表", codes, general, number="公开05表"),
        table("项目支出绩效自评表", ("",) * 8, form, page=12),
    ]
    return rules.read(document(prose, sheets))


@pytest.fixture(scope="module")
def record() -> DisclosureRecord:
    return assemble.assemble(made())


def named(items: tuple[Item, ...], name: str) -> Item:
    (found,) = [item for item in items if item.name == name]
    return found


def test_a_functional_item_gathers_its_figures(record: DisclosureRecord) -> None:
    item = named(record.expenditure.functional, "行政运行")
    assert (item.code, item.level, item.scope) == ("2101501", "项", "一般公共预算财政拨款")
    assert [(p.name, p.code) for p in item.parents] == [("卫生健康支出", "210"), ("医疗保障管理事务", "21015")]
    assert [(str(f.value), f.source) for f in item.figures.actual] == [("194.41", "table"), ("194.41", "text")]
    assert [str(f.value) for f in item.figures.initial_budget] == ["143.65"]
    assert [str(f.value) for f in item.figures.completion] == ["135.34"]
    assert [str(f.value) for f in item.figures.change] == ["10.00"]
    assert [(p.name, str(p.figures.actual[0].value)) for p in item.parts] == [("基本支出", "194.41")]


def test_reasons_are_kept_apart_by_what_they_explain(record: DisclosureRecord) -> None:
    reasons = named(record.expenditure.functional, "行政运行").reasons
    assert [r.text for r in reasons.budget] == ["人员增加"]
    assert [r.text for r in reasons.last_year] == ["工资调整"]
    assert reasons.other == ()


def test_a_figure_keeps_its_place_and_precision(record: DisclosureRecord) -> None:
    (figure,) = named(record.expenditure.functional, "行政运行").figures.initial_budget
    assert (figure.printed, figure.unit, figure.decimals, figure.year) == ("143.65", "万元", 2, 2023)
    assert figure.evidence.page == 1
    assert figure.evidence.quote.endswith("年初预算143.65万元")
    assert figure.evidence.boxes


def test_the_parts_of_the_tree(record: DisclosureRecord) -> None:
    assert {item.name for item in record.totals} >= {"收入总计", "支出总计"}
    assert [item.name for item in record.staff] == ["实有人员", "实有行政人员", "实有事业人员"]
    assert [str(f.value) for f in record.three_public.reception[0].figures.actual] == ["0.50"]
    assert [str(f.value) for f in record.procurement.sme[0].figures.share] == ["100"]
    assert record.procurement.services[0].name == "政府采购服务支出"
    assert record.identity.kind == "final"
    assert record.other == ()


def test_terms(record: DisclosureRecord) -> None:
    assert [(t.term, t.definition) for t in record.terms] == [
        ("财政拨款收入", "指本级财政当年拨付的资金。"),
        ("基本支出", "是指为保障机构正常运转而发生的各项支出。"),
    ]


def test_indicators_keep_targets_that_are_words(record: DisclosureRecord) -> None:
    (project,) = record.performance.projects
    assert project.name == "档案管理"
    first, second = project.indicators
    assert (first.level1, first.level2, first.level3) == ("产出指标", "数量指标", "整理档案")
    assert first.target is not None
    assert (first.target.printed, first.target.comparator, first.target.value, first.target.unit) == ("≥300卷", "≥", Decimal(300), "卷")
    assert first.actual is not None
    assert first.actual.value == Decimal(320)
    assert second.target is not None
    assert (second.target.printed, second.target.value) == ("达标", None)
    assert second.score is not None
    assert str(second.score.value) == "38"
    assert [str(f.value) for f in project.total.execution] == ["90.00"]


def lost_and_twice(disclosure: Disclosure) -> tuple[int, int]:
    """Facts that the record lacks, and figures in it that are no fact or stand twice."""
    figures = schema.figures(assemble.assemble(disclosure))
    have = Counter((f.measure, str(f.value), f.unit, f.evidence.page, f.evidence.quote, f.evidence.boxes) for _, _, f in figures)
    facts = Counter((f.measure, str(f.value), f.unit, f.place.page, f.place.quote, f.place.boxes) for f in disclosure.facts)
    return (facts - have).total(), (have - facts).total()


def test_every_fact_stands_in_the_record_once() -> None:
    disclosure = made()
    assert disclosure.facts
    assert lost_and_twice(disclosure) == (0, 0)


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["seeds/lianhu-2023-final.pdf", "real/putuo-zhengfuban-2025-budget.pdf"])
def test_every_fact_of_a_real_document_stands_in_its_record_once(corpus: Path, name: str) -> None:
    disclosure = rules.read(reading.read(corpus / name, Settings()))
    assert len(disclosure.facts) > 200
    assert lost_and_twice(disclosure) == (0, 0)


def test_json_comes_back_as_it_went(record: DisclosureRecord) -> None:
    text = record.model_dump_json()
    assert '"value":"143.65"' in text
    assert DisclosureRecord.model_validate_json(text) == record


def test_the_schema_names_every_field_in_chinese() -> None:
    published = schema.json_schema()
    assert published["$schema"].endswith("2020-12/schema")
    for model in (published, *published["$defs"].values()):
        assert model["additionalProperties"] is False
        for name, field in model["properties"].items():
            assert any("\u4e00" <= c <= "\u9fff" for c in field.get("title", "")), name


def test_a_budget_has_no_final_figures() -> None:
    text = "2024年支出预算100.00万元，其中：基本支出60.00万元，项目支出40.00万元。"
    found = rules.read(document([paragraph(text, section=("第二部分", "三、支出预算情况说明"))], kind=Kind.BUDGET, year=2024))
    kinds = assemble.assemble(found).expenditure.kinds
    assert [(i.name, str(i.figures.budget[0].value), i.figures.actual) for i in kinds] == [
        ("基本支出", "60.00", ()),
        ("项目支出", "40.00", ()),
    ]
