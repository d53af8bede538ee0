"""What a sentence is about: items, bodies, totals, parts, and lies about them."""

from decimal import Decimal

import pytest

from service import amounts
from service.answering import subjects, verify
from service.answering.draft import Derivation, Draft, Evidence, Operation, Sentence, Term
from service.answering.verify import Verdict
from service.records import Fact, Place
from tests.unit.guard.shelf import LEFT, OVER, UNDER, tried


@pytest.mark.parametrize(
    ("text", "derivations"),
    [
        ("2023年公务员医疗补助年初预算400万元，支出决算350万元，完成年初预算的87.50%。", ()),
        ("公务员医疗补助决算350万元，行政运行决算194.39万元。", ()),
        ("公务员医疗补助的完成率是87.50%，低于行政运行的135.32%。", ()),
        ("行政运行支出决算194.39万元，比年初预算多50.74万元。", (OVER,)),
        ("行政运行比年初预算多50.74万元。", (UNDER,)),
        ("公务员医疗补助没花完的原因是「补助人数减少」。", ()),
        ("莲湖区医疗保障局的公务员医疗补助决算350万元。", ()),
        ("这两个数都印在第8页。", ()),
        ("2023年西安市莲湖区医疗保障局公务员医疗补助支出决算350万元。", ()),
        ("按莲湖区医保局2023年决算，公务员医疗补助支出决算350万元。", ()),
        (
            "行政运行的完成率比公务员医疗补助高47.82个百分点。",
            (Derivation("47.82", "个百分点", Operation.DIFFERENCE, (Term("E1", "135.32", "%"), Term("E1", "87.50", "%"))),),
        ),
        ("公务员医疗补助剩余50万元未支出。", (LEFT,)),
        ("公务员医疗补助的决算比年初预算少50万元。", (LEFT,)),
    ],
)
def test_honest_sentences_stand(text: str, derivations: tuple[Derivation, ...]) -> None:
    assert tried(text, ("E1",), derivations) == set()


@pytest.mark.parametrize(
    ("text", "labels", "derivations", "code"),
    [
        ("行政运行支出决算350万元。", ("E1",), (), "figure"),
        ("公务员医疗补助完成年初预算的135.32%。", ("E1",), (), "figure"),
        ("2022年公务员医疗补助支出决算350万元。", ("E1",), (), "figure"),
        ("碑林区医疗保障局的公务员医疗补助决算350万元。", ("E1",), (), "body"),
        ("公务员医疗补助没花完的原因是「公务员医疗补助支出增加」。", ("E1",), (), "quotation"),
        ("行政运行超预算的原因是「公务员医疗补助支出增加」。", ("E2",), (), "reason"),
        ("没花完的原因是财政压减了经费。", ("E1",), (), "reason"),
        ("文件未说明原因。", ("E1",), (), "reason"),
        ("这笔钱的结余被挪作他用。", (), (), "unlabelled"),
        ("行政运行支出决算194.39万元，比年初预算少50.74万元。", ("E1",), (OVER,), "figure"),
        ("行政运行比年初预算少50.74万元。", ("E1",), (UNDER,), "figure"),
        ("行政运行的135.32%低于公务员医疗补助的87.50%。", ("E1",), (), "comparison"),
        ("公务员医疗补助完成年初预算的87.50%，超额完成。", ("E1",), (), "comparison"),
        ("公务员医疗补助没花完，原因是「公务员医疗补助支出增加」。", ("E2",), (), "reason"),
        ("文件没有说明公务员医疗补助没花完的原因。", (), (), "reason"),
        ("2023年公务员医疗补助超支50万元。", ("E1",), (LEFT,), "figure"),
        ("公务员医疗补助完成年初预算的135.32%，行政运行完成年初预算的87.50%。", ("E1",), (), "figure"),
        ("莲湖区卫生健康局的公务员医疗补助决算350万元。", ("E1",), (), "body"),
        ("2023年全市公务员医疗补助支出决算350万元。", ("E1",), (), "body"),
        ("公务员医疗补助资金被挪用了。", ("E1",), (), "claim"),
        ("年初预算400万元，支出决算350万元，反映出预算编制偏高。", ("E1",), (), "claim"),
        ("公务员医疗补助的完成率更高。", ("E1",), (), "claim"),
        ("2023年收入总计657.63万元，主要用于发放奖金和福利。", ("E2",), (), "claim"),
    ],
)
def test_lies_do_not_stand(text: str, labels: tuple[str, ...], derivations: tuple[Derivation, ...], code: str) -> None:
    assert code in tried(text, labels, derivations)


def test_a_total_of_other_money_is_another_total() -> None:
    all_money, fiscal = "2021年度收入总计、支出总计均为500.50万元。", "2021年度财政拨款收入总计、支出总计均为480.20万元。"

    def evidence(label: str, quote: str, item: str, value: str) -> Evidence:
        place = Place(5, quote, ())
        return Evidence(label, "d", "一", place, facts=(Fact(item, "决算", Decimal(value), "万元", 2021, "text", "", place, value),))

    book = {"E1": evidence("E1", all_money, "收入总计", "500.50"), "E2": evidence("E2", fiscal, "财政拨款收入总计", "480.20")}

    def judged(text: str, label: str) -> Verdict:
        return verify.check(Draft((Sentence(text, (label,)),)), book, "收入总计多少？")

    assert judged("2021年收入总计500.50万元。", "E1").objections == ()
    assert judged("2021年财政拨款收入总计480.20万元。", "E2").objections == ()
    assert judged("2021年收入总计480.20万元。", "E2").objections
    assert judged("2021年财政拨款收入总计500.50万元。", "E1").objections


STAFF = "实有人员9人，其中行政7人、事业2人。"


@pytest.mark.parametrize("text", ["实有人员9人，其中行政7人、事业2人。", "实有行政人员7人。"])
def test_a_part_is_known_by_the_whole_named_before_it(text: str) -> None:
    named = {"实有人员": "9", "实有行政人员": "7", "实有事业人员": "2"}
    facts = tuple(Fact(item, "人数", Decimal(n), "人", 2021, "text", "三", Place(2, STAFF, ()), n) for item, n in named.items())
    book = {"E1": Evidence("E1", "d", "三", Place(2, STAFF, ()), facts=facts, items=tuple(named))}

    def judged(said: str) -> Verdict:
        return verify.check(Draft((Sentence(said, ("E1",)),)), book, "有多少人？")

    assert judged(text).objections == ()
    assert judged(text.replace("7", "2", 1) if "其中" not in text else text.replace("7", "3")).objections
    assert judged("实有事业人员7人。").objections


def test_upkeep_by_either_name() -> None:
    quote = "公务用车购置及运行费46.10万元，比上年增加25万元。"
    fact = Fact("公务用车购置及运行维护费", "增减额", Decimal("25"), "万元", 2021, "text", "三", Place(2, quote, ()), "25")
    book = {"E1": Evidence("E1", "d", "三", Place(2, quote, ()), facts=(fact,), items=("公务用车购置及运行费",))}
    draft = Draft((Sentence("公务用车购置及运行费比上年增加25万元。", ("E1",)),))
    assert verify.check(draft, book, "公务用车？").objections == ()


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("2021年，2021年“2022”古籍普查经费年初预算30.00万元。", True),
        ("2021年“2022”古籍普查经费年初预算30.00万元。", True),
        ("2019年，2021年“2022”古籍普查经费年初预算30.00万元。", False),
        ("2021年，2021年“2022”古籍普查经费年初预算2022万元。", False),
    ],
)
def test_what_an_items_own_name_prints_is_no_year_and_no_figure_of_the_sentence(text: str, stands: bool) -> None:
    place = Place(9, "普查经费 | 30.00", ())
    fact = Fact("2021年“2022”古籍普查经费", "年初预算", Decimal("30.00"), "万元", 2021, "table", "", place, "30.00")
    book = {"E1": Evidence("E1", "d", "五", place, facts=(fact,), year=2021)}
    assert (verify.check(Draft((Sentence(text, ("E1",)),)), book, "多少？").objections == ()) is stands


@pytest.mark.parametrize(("item", "stands"), [("乙项资金", True), ("甲项收入", False)])
def test_a_clause_that_lists_items_gives_each_its_own_figure(item: str, stands: bool) -> None:
    place = Place(9, "其中甲项收入202.15万元、乙项资金0万元。", ())
    facts = tuple(
        Fact(name, "预算", Decimal(value), "万元", 2021, "text", "五", place, value)
        for name, value in (("甲项收入", "202.15"), ("乙项资金", "0"))
    )
    book = {"E1": Evidence("E1", "d", "五", place, facts=facts)}
    assert (verify.check(Draft((Sentence(f"2021年{item}预算0万元。", ("E1",)),)), book, "多少？").objections == ()) is stands


WHOLE = "一般公共预算财政拨款支出决算90.00万元，其中：文化旅游支出60.00万元，占66.67%"


def _spent(scope: str, section: str = "", head: str = "", quote: str = WHOLE) -> Evidence:
    """Evidence of a whole, its part and the part's share, read as of a fund."""
    named = (
        ("一般公共预算财政拨款支出", "决算", "90.00", "万元"),
        ("文化旅游支出", "决算", "60.00", "万元"),
        ("文化旅游支出", "占比", "66.67", "%"),
    )
    place = Place(3, quote, ())
    facts = tuple(Fact(i, m, Decimal(v), u, 2021, "text", section, place, f"{v}{u}", scope=scope) for i, m, v, u in named)
    return Evidence("E1", "d", section, place, None, 2021, facts, head)


@pytest.mark.parametrize("part", ["其中文化旅游（类）支出", "其中文化旅游支出", "文化旅游（类）支出", "其中：文化旅游支出（类）"])
def test_a_class_in_brackets_and_its_share_are_the_parts(part: str) -> None:
    text = f"一般公共预算财政拨款支出决算90.00万元，{part}决算60.00万元，占66.67%。"
    verdict = verify.check(Draft((Sentence(text, ("E1",)),)), {"E1": _spent("一般公共预算财政拨款")}, "")
    assert verdict.objections == ()


def test_a_class_in_brackets_takes_no_figure_of_another() -> None:
    text = "文化旅游（类）支出决算90.00万元。"
    assert verify.check(Draft((Sentence(text, ("E1",)),)), {"E1": _spent("一般公共预算财政拨款")}, "").objections


FISCAL = "文化旅游支出60.00万元"


@pytest.mark.parametrize(
    ("section", "head", "beside", "stands"),
    [
        ("", "", None, False),
        ("三、一般公共预算财政拨款支出情况", "", None, True),
        ("", "一般公共预算财政拨款支出表：科目 | 合计", None, True),
        ("", "", "文化旅游支出60.00万元", True),
        ("", "", "文化旅游支出61.00万元", False),
    ],
)
def test_a_fund_may_be_named_by_what_stands_above_the_figure_wherever_it_is_printed(
    section: str, head: str, beside: str | None, stands: bool
) -> None:
    """`beside`: what another piece of evidence prints, under a heading that names the fund."""
    book = {"E1": _spent("财政拨款", section, head, FISCAL)}
    if beside is not None:
        book["E2"] = Evidence("E2", "d", "三、一般公共预算财政拨款支出情况", Place(4, beside, ()), None, 2021)
    text = "2021年一般公共预算财政拨款文化旅游支出60.00万元。"
    assert (not verify.check(Draft((Sentence(text, ("E1",)),)), book, "").objections) is stands


@pytest.mark.parametrize(
    ("row", "stands"), [("日常公用经费 | 2.00", True), ("一、公用经费 | 2.00", True), ("人员工资公用经费和项目支出 | 2.00", False)]
)
def test_a_cell_that_mentions_an_item_among_others_is_not_about_it(row: str, stands: bool) -> None:
    place, own = Place(5, row, ()), Place(6, "公用经费1.00万元", ())
    facts = (Fact("全年工作任务", "预算", Decimal("2.00"), "万元", 2021, "table", "表1", place, "2.00", column="预算"),)
    known = (Fact("公用经费", "预算", Decimal("1.00"), "万元", 2021, "text", "", own, "1.00万元"),)
    book = {"E1": Evidence("E1", "d", "", place, "万元", 2021, facts), "E2": Evidence("E2", "d", "", own, None, 2021, known)}
    draft = Draft((Sentence("2021年公用经费预算2.00万元。", ("E1",)),))
    assert (not verify.check(draft, book, "").objections) is stands


def _parted(items: tuple[str, ...]) -> Verdict:
    """A sentence about an item whose name ends one page and whose figure begins the next, beside another item's same figure."""
    quote = "0.00万元，其中：授予小微企业合同金额0.00万元。"
    place = Place(19, quote, ())
    other = Fact("授予小微企业合同金额", "决算", Decimal("0.00"), "万元", 2023, "text", "采购情况", place, "0.00")
    evidence = {
        "E1": Evidence("E1", "d", "采购情况", Place(18, "授予中小企业合同金额", ()), items=("授予中小企业合同金额",)),
        "E2": Evidence("E2", "d", "采购情况", place, facts=(other,), items=items),
    }
    draft = Draft((Sentence("2023年授予中小企业合同金额：决算0.00万元。", ("E1", "E2")),))
    return verify.check(draft, evidence, "授予中小企业合同金额多少？")


def test_a_figure_that_begins_a_page_is_of_the_item_that_it_is_cited_for() -> None:
    assert _parted(("授予中小企业合同金额", "授予小微企业合同金额")).objections == ()


def test_a_figure_that_begins_a_page_is_of_no_item_that_it_is_not_cited_for() -> None:
    assert _parted(("授予小微企业合同金额",)).objections != ()


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("甲剧目（表3）：一般公共预算4.00万元，事业收入3.00万元。", True),
        ("甲剧目（表3）：事业收入2.00万元，一般公共预算3.00万元。", False),
        ("甲剧目的一般公共预算（表3）：事业收入3.00万元。", False),
        ("一般公共预算里甲剧目是3.00万元。", False),
    ],
)
def test_a_fund_is_of_the_figure_whose_clause_names_it(text: str, *, stands: bool) -> None:
    place = Place(5, "甲剧目 | 7.00 | 4.00 | 3.00", ())
    fact = Fact("甲剧目", "预算", Decimal("3.00"), "万元", 2024, "table", "表3", place, "3.00", column="事业收入", scope="全部")
    (amount,) = [a for a in amounts.figures(text) if a.printed == "3.00"]
    assert (subjects.another_scope(text, amount, [fact], place.quote) is None) is stands


PAY = {
    label: Evidence(label, "d", "基本支出决算表", Place(9, row, ()), year=2021, facts=(fact,))
    for label, row, fact in (
        (label, row, Fact(item, "决算", Decimal(value), "万元", 2021, "table", "公开06表", Place(9, row, ()), value, path=("人员支出",)))
        for label, item, value in (("E1", "岗位补助", "42.91"), ("E2", "奖金", "34.57"), ("E3", "水费", "3.20"), ("E4", "排水费用", "5.10"))
        for row in (f"30103 | {item} | {value}",)
    )
}


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("2021年岗位补助42.91万元、奖金34.57万元、水费3.20万元。", True),
        ("2021年岗位补助决算42.91万元，奖金决算为34.57万元，水费支出决算3.20万元。", True),
        ("2021年岗位补助和奖金34.57万元。", True),
        ("2021年岗位补助34.57万元、奖金42.91万元、水费3.20万元。", False),
        ("2021年岗位补助42.91万元、奖金3.20万元、水费34.57万元。", False),
        ("2021年岗位补助中的奖金42.91万元。", False),
        ("2021年岗位补助42.91万元、水费5.10万元。", False),
    ],
)
def test_a_name_of_two_characters_before_a_figure_is_a_name(text: str, stands: bool) -> None:
    verdict = verify.check(Draft((Sentence(text, tuple(PAY)),)), PAY, "这几样各多少？")
    assert (verdict.objections == ()) is stands


def test_a_name_of_two_characters_within_a_word_is_none() -> None:
    known = frozenset({"司法", "图书采购"})
    assert subjects.mentioned("某县司法局图书采购12万元", known) == [(len("某县司法局图书采购"), "图书采购")]
    assert subjects.mentioned("公正司法12次", known) == []
    assert subjects.resembled("某县司法局花了12万元", known) == frozenset()


FORM_ROW = "产出指标（50分） | 数量指标 | 接待 44 万名读者 | 44万人 | 已完成 | 10 | 8 | 因闭馆修缮"
WHOLE_ROW = "年度资金总额 | 18.17 | 18.17 | 10 | 100% | 9"
FORM = {
    "E1": Evidence(
        "E1",
        "d",
        "自评表",
        Place(24, FORM_ROW, ()),
        year=2021,
        facts=tuple(
            Fact(
                "接待44万名读者",
                measure,
                Decimal(value),
                "分",
                2021,
                "table",
                "自评表",
                Place(24, FORM_ROW, ()),
                value,
                column=measure,
                path=("图书馆运行经费", "产出指标（50分）", "数量指标"),
            )
            for measure, value in (("分值", "10"), ("得分", "8"))
        ),
    ),
    "E2": Evidence(
        "E2",
        "d",
        "自评表",
        Place(24, WHOLE_ROW, ()),
        year=2021,
        facts=(Fact("图书馆运行经费", "得分", Decimal(9), "分", 2021, "table", "自评表", Place(24, WHOLE_ROW, ()), "9", column="得分"),),
    ),
}


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("图书馆运行经费的数量指标（三级指标为「接待 44 万名读者」）分值10分，得分8分，文件在原因一栏写的是：「因闭馆修缮」。", True),
        ("图书馆运行经费的数量指标“接待44万名读者”分值10分，得分8分。", True),
        ("「接待44万名读者」（图书馆运行经费）分值10分，得分8分。", True),
        ("数量指标接待44万名读者在图书馆运行经费自评表中得分8分。", True),
        ("图书馆运行经费得分8分。", False),
        ("「接待44万名读者」分值10分，图书馆运行经费得分8分。", False),
        ("「接待45万名读者」（图书馆运行经费）得分8分。", False),
        ("图书馆运行经费的数量指标「接待44万名读者」扣分的原因是「接待44万名读者」。", False),
        ("「接待44万名读者」被扣分的原因是读者不来。", False),
        ("图书馆运行经费的数量指标「接待44万名读者」得分9分。", False),
    ],
)
def test_a_figure_of_an_indicator_is_told_under_its_project_where_it_is_named(text: str, stands: bool) -> None:
    verdict = verify.check(Draft((Sentence(text, ("E1",)),)), FORM, "图书馆运行经费的数量指标为什么扣分？")
    assert (verdict.objections == ()) is stands
