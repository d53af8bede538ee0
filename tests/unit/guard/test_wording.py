"""How a sentence words right figures: what no check of digits sees must be as the original says it."""

from decimal import Decimal

import pytest

from service.answering import verify
from service.answering.draft import Draft, Evidence, Sentence
from service.records import Fact, Place

PLAYS = "群众文化（项）。年初预算120万元，支出决算96万元，完成年初预算的80.00%。"
INCOME = "2021年度收入总计1,441.60万元，与上年相比减少49.5万元，下降3.32%。"
STAFF = "项目支出占62.50%，比上年提高2.10个百分点；共有在职人员38人，其中行政12人；支出约3.40万元。"
TERMS = "采购金额为9.80万元至12.50万元之间，2021年6月30日前完成，未超过预算；补助标准为每人每月300元，比上年翻一番。"
CARS = "公务接待费支出决算2.00万元，比上年减少0.50万元；公务用车运行维护费支出决算7.50万元，比上年增加0.50万元。"


def _fact(item: str, measure: str, value: str, unit: str, quote: str) -> Fact:
    return Fact(item, measure, Decimal(value), unit, 2021, "text", "", Place(6, quote, ()), value.lstrip("-"))


FACTS = {
    PLAYS: [("群众文化", "年初预算", "120", "万元"), ("群众文化", "决算", "96", "万元"), ("群众文化", "完成率", "80.00", "%")],
    INCOME: [("收入总计", "决算", "1441.60", "万元"), ("收入总计", "增减额", "-49.5", "万元"), ("收入总计", "增减率", "-3.32", "%")],
    CARS: [
        ("公务接待费", "决算", "2.00", "万元"),
        ("公务接待费", "增减额", "-0.50", "万元"),
        ("公务用车运行维护费", "决算", "7.50", "万元"),
        ("公务用车运行维护费", "增减额", "0.50", "万元"),
    ],
}
BOOK = {
    f"E{n}": Evidence(f"E{n}", "d", "五", Place(6, q, ()), None, 2021, tuple(_fact(*f, q) for f in FACTS.get(q, ())), "", "示例文化局")
    for n, q in enumerate((PLAYS, INCOME, STAFF, TERMS, CARS), 1)
}


def objections(text: str, label: str) -> list[str]:
    verdict = verify.check(Draft((Sentence(text, (label,)),)), BOOK, "情况怎么样？")
    return [objection.code for objection in verdict.objections]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("E1", "2021年群众文化支出决算96万元，完成年初预算的80.00%。"),
        ("E1", "2021年群众文化支出决算96万元，低于年初预算120万元。"),
        ("E1", "2021年群众文化支出决算96万元，低于年初预算。"),
        ("E1", "2021年群众文化支出决算96万元，未超过年初预算。"),
        ("E1", "2021年群众文化年初预算和支出决算分别为120万元和96万元。"),
        ("E1", "2021年群众文化预算120万元，花了96万元。"),
        ("E2", "2021年收入总计1,441.60万元，比上年下滑，减少49.5万元。"),
        ("E2", "2021年收入总计1,441.60万元，有所下降，变动幅度3.32%。"),
        ("E3", "项目支出占62.50%，比上年提升2.10个百分点。"),
        ("E3", "在职人员38人，支出近3.40万元。"),
        ("E4", "采购金额在9.80万元至12.50万元之间，6月30日前完成。"),
        ("E4", "补助标准为每人每月300元，翻一番。"),
        ("E4", "文件写明「未超过预算」。"),
        ("E5", "公务接待费比上年减少0.50万元，公务用车运行维护费比上年增加0.50万元。"),
    ],
)
def test_what_the_original_says_stands(label: str, text: str) -> None:
    assert objections(text, label) == []


@pytest.mark.parametrize(
    ("label", "text", "code"),
    [
        ("E1", "2021年群众文化支出决算96万元，只花了预算的三分之一。", "numeral"),
        ("E1", "2021年群众文化支出决算96万元，是年初预算的两倍。", "numeral"),
        ("E1", "2021年群众文化支出决算96万元，不到预算的一半。", "numeral"),
        ("E1", "2021年群众文化支出决算96万元，翻了一番。", "numeral"),
        ("E1", "2021年群众文化花掉了九成预算，为96万元。", "numeral"),
        ("E1", "2021年群众文化支出决算九十八万。", "numeral"),
        ("E2", "二〇一九年收入总计1,441.60万元。", "numeral"),
        ("E2", "收入总计1,441.60万元，排名第一。", "numeral"),
        ("E4", "2021年9月30日前完成采购。", "date"),
        ("E4", "2022年6月30日前完成采购。", "date"),
        ("E1", "2021年群众文化支出决算「96」亿元。", "quotation"),
        ("E1", "2021年群众文化支出决算9「6」8万元。", "quotation"),
    ],
)
def test_what_is_told_without_a_figure_of_its_own_falls(label: str, text: str, code: str) -> None:
    assert code in objections(text, label)


@pytest.mark.parametrize(
    "said", ["约96万元", "近96万元", "超96万元", "不足96万元", "至少96万元", "96万元以上", "96余万元", "-96万元", "不是96万元"]
)
def test_a_figure_is_not_more_or_less_than_itself(said: str) -> None:
    assert objections(f"2021年群众文化支出决算{said}。", "E1") == ["figure"]


@pytest.mark.parametrize(
    "text",
    [
        "2021年群众文化支出决算96万元，高于年初预算。",
        "2021年群众文化支出决算大于年初预算，决算96万元。",
        "2021年群众文化支出决算96万元，与年初预算持平。",
        "2021年群众文化支出决算96万元，等于年初预算120万元。",
        "2021年群众文化支出决算96万元，未低于年初预算。",
    ],
)
def test_a_comparison_must_hold_whether_or_not_the_other_figure_is_told(text: str) -> None:
    assert objections(text, "E1") == ["comparison"]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("E1", "2021年群众文化年初预算和支出决算分别为96万元和120万元。"),
        ("E1", "2021年群众文化预算96万元。"),
        ("E1", "2021年群众文化计划安排96万元。"),
        ("E1", "2021年群众文化花了120万元。"),
        ("E1", "2021年群众文化用去120万元。"),
        ("E1", "2021年群众文化结余96万元。"),
        ("E2", "上年收入总计1,441.60万元。"),
        ("E2", "今年收入总计1,441.60万元，去年为49.5万元。"),
        ("E3", "在职人员12人。"),
        ("E4", "采购金额为9.80万元。"),
        ("E4", "采购金额为12.50万元。"),
    ],
)
def test_a_figure_is_of_what_the_original_prints_it_for(label: str, text: str) -> None:
    assert "figure" in objections(text, label)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("E2", "2021年收入总计1,441.60万元，有所增长，变动幅度3.32%。"),
        ("E2", "2021年收入总计较上年增加，数额为49.5万元。"),
        ("E2", "2021年收入总计扩大49.5万元。"),
        ("E2", "2021年收入总计比上年多出49.5万元。"),
        ("E2", "收入总计上年比本年少49.5万元。"),
        ("E3", "项目支出占比较上年回落2.10个百分点。"),
        ("E5", "公务接待费比上年增加0.50万元。"),
        ("E5", "公务用车运行维护费比上年减少0.50万元。"),
    ],
)
def test_the_direction_is_that_of_the_item_named(label: str, text: str) -> None:
    assert "figure" in objections(text, label)


@pytest.mark.parametrize("text", ["已超过预算。", "支出超出预算。"])
def test_what_the_original_denies_is_not_affirmed(text: str) -> None:
    assert objections(text, "E4") == ["claim"]


@pytest.mark.parametrize("text", ["补助标准为每人每年300元。", "补助标准为每户每月300元。"])
def test_a_rate_is_for_each_of_what_the_original_says(text: str) -> None:
    assert objections(text, "E4") == ["measure"]


@pytest.mark.parametrize(
    ("label", "text", "code"),
    [
        ("E1", "2021年上半年群众文化支出决算96万元。", "numeral"),
        ("E1", "2021年群众文化人均支出决算96万元。", "measure"),
        ("E1", "2021年群众文化支出决算96万美元。", "figure"),
        ("E1", "2021年群众文化支出决算为96万元到120万元。", "figure"),
        ("E1", "2021年群众文化由年初预算120万元增至支出决算96万元。", "comparison"),
        ("E1", "2021年群众文化从120万元增加到96万元。", "comparison"),
        ("E1", "2021年群众文化尚有80.00%没有完成。", "figure"),
        ("E1", "2021年群众文化支出决算96万元，受疫情影响减少。", "reason"),
        ("E1", "2021年群众文化支出决算96万元，今后会继续减少。", "claim"),
    ],
)
def test_periods_ranges_and_changes_are_those_of_the_original(label: str, text: str, code: str) -> None:
    assert code in objections(text, label)


def test_what_is_budgeted_of_a_thing_does_not_object_to_what_was_spent_of_it() -> None:
    quote = "机关运行经费预算5.60万元，支出决算3.20万元。"
    facts = (_fact("机关运行经费", "预算", "5.60", "万元", quote), _fact("机关运行经费", "决算", "3.20", "万元", quote))
    book = {"E1": Evidence("E1", "d", "十", Place(6, quote, ()), None, 2021, facts)}
    for text, stands in (("2021年机关运行经费决算3.20万元。", True), ("2021年机关运行经费预算3.20万元。", False)):
        assert (not verify.check(Draft((Sentence(text, ("E1",)),)), book, "").objections) is stands


PLANNED = "存在问题：（1）个别项目数量指标未完成，与预期有偏差。主要原因是目标定得不合理。（2）图书采购支出没有超预算。"


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("2021年度绩效自评中个别项目数量指标未完成，文件给出的主要原因是：「目标定得不合理」。", True),
        ("文件写明图书采购支出没有超预算。", True),
        ("2021年度读书节的质量指标未完成，文件给出的主要原因是：「目标定得不合理」。", False),
        ("图书采购数量指标未完成。", False),
        ("读书节支出没有超预算。", False),
        ("个别项目支出超出预算。", False),
        ("图书采购的完成率更高。", False),
    ],
)
def test_a_comparison_in_the_documents_own_words_needs_no_figures(text: str, stands: bool) -> None:
    book = {"E1": Evidence("E1", "d", "六", Place(6, PLANNED, ()), items=("图书采购", "读书节"))}
    assert (verify.check(Draft((Sentence(text, ("E1",)),)), book, "指标没完成是为什么？").objections == ()) is stands
