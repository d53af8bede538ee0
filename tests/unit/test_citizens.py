"""Questions as citizens put them, over a made-up library of two bodies: what is told, what is left open, what is refused."""

import pytest

from service import lexicon
from service.answering import bodies, plan, respond, scoping
from service.answering.matching import Match, items, key
from service.answering.scoping import fitting
from service.records import DocumentInfo, Kind, Place
from tests.support.shelf import Shelf, ask, fact, passages

WATER = DocumentInfo("shuiwu-2023", "", "云汀市澜江区水务局", 2023, Kind.FINAL, "部门", 20, "0")
SPORTS = DocumentInfo("tiyu-2023", "", "云汀市澜江区体育局", 2023, Kind.FINAL, "部门", 20, "1")
ALL, ITEMS, BUYING, OFFICE, FORM = "一、收支总体情况", "五、支出情况", "十一、政府采购情况", "十、机关运行经费情况", "灌区改造项目自评表"
TOTAL = "2023年度收入总计、支出总计均为820.50万元，比上年增加20.50万元，增长2.56%"
DAM = "水库管理（项）。年初预算40万元，支出决算30万元，完成年初预算的57.00%"
TEAM = "防汛（项）。年初预算0万元，支出决算12万元"
BOUGHT = "政府采购支出总额25万元，其中：政府采购货物支出10万元、政府采购服务支出14万元"
USED = "公用经费18万元，主要包括：办公费、水费、差旅费。下一步改进措施：提前编制采购计划。"
ESTATE = "资产总额90万元，其中，流动资产20万元，固定资产1,070.50万元，无形资产0万元"
FACTS = {
    WATER.doc: [
        fact("本年收入合计", "决算", "820.50", "收入决算表", "本年收入合计 | 820.50", source="table", column="决算数"),
        fact("收入总计", "决算", "820.50", ALL, TOTAL),
        fact("收入总计", "增减额", "20.50", ALL, TOTAL),
        fact("收入总计", "增减率", "2.56%", ALL, TOTAL),
        *(
            fact("水库管理", m, v, ITEMS, DAM, code="2130306", part="money")
            for m, v in (("年初预算", "40"), ("决算", "30"), ("完成率", "57.00%"))
        ),
        *(fact("防汛", m, v, ITEMS, TEAM, code="2130314", part="money") for m, v in (("年初预算", "0"), ("决算", "12"))),
        *(
            fact("农业节水", m, v, ITEMS, f"农业节水（项）。{m}{v}万元", code="2130311", part="money")
            for m, v in (("年初预算", "5"), ("决算", "5"))
        ),
        fact("政府采购支出总额", "决算", "25", BUYING, BOUGHT),
        fact("政府采购货物支出", "决算", "10", BUYING, BOUGHT),
        fact("政府采购服务支出", "决算", "14", BUYING, BOUGHT),
        fact("公用经费", "决算", "18", OFFICE, "公用经费18万元"),
        fact("资产总额", "决算", "90", "十二、资产情况", ESTATE),
        fact("51059900T0001-灌区改造", "得分", "92分", FORM, "总分 | 100 | 92", source="table", column="总分"),
    ],
    SPORTS.doc: [
        fact("收入总计", "决算", "3000000元", "一、总体情况", "收入总计3000000元"),
        fact("体育场馆", "决算", "77", ITEMS, "体育场馆（项）。支出决算77万元"),
    ],
}
PASSAGES = passages(WATER.doc, ((ALL, TOTAL), (ITEMS, DAM), (BUYING, BOUGHT), (OFFICE, USED), ("十二、资产情况", ESTATE)))
SHELF = Shelf(WATER, SPORTS, facts=FACTS, passages={WATER.doc: PASSAGES})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("水务局2023年总收入多少，涨了百分之几", "增长2.56%"),  # the table's total has no change: the prose's has
        ("水库管理完成率多少", "按这两个数计算为75.00%"),
        ("水库管理比预算省了多少，占预算百分之几", "比年初预算低25.00%"),
        ("水库管理还有多少预算没有用", "少10万元（40万元 − 30万元）"),
        ("政府采购里货物多少", "政府采购货物支出：决算10万元"),
        ("政府采购货物加服务合起来多少，和总额对得上吗", "与上面的合计不一致"),
        ("政府采购货物加服务合起来多少，和总额对得上吗", "合计24万元"),
        ("公用经费都包括什么", "办公费、水费、差旅费"),
        ("公用经费下一步怎么改进", "提前编制采购计划"),
        ("资产总额多少，其中固定资产有多少", "固定资产1,070.50万元"),
        ("哪几项支出年初没安排预算", "防汛"),
        ("灌区改造项目自评多少分", "灌区改造（《灌区改造项目自评表》）：得分92分"),
    ],
)
def test_what_is_told(question: str, told: str) -> None:
    made = ask(question, SHELF, WATER)
    assert told in made.answer, made.answer
    assert not made.refused


def test_a_name_with_its_own_sum_asks_for_no_sum() -> None:
    told = ask("本年收入合计和水库管理各多少", SHELF, WATER).answer
    assert not [total for total in ("1641", "850.50", "860.50") if total in told]


def test_both_sides_of_a_comparison_are_named_whatever_their_unit() -> None:
    made = ask("澜江区水务局和澜江区体育局的收入总计相差多少", SHELF)
    assert "澜江区水务局2023年收入总计更高" in made.answer
    assert "澜江区体育局2023年收入总计决算3000000元，相差520.50万元" in made.answer


def test_a_whole_and_its_part_are_not_added() -> None:
    assert "合计" not in ask("政府采购支出总额一共多少，授予服务采购占几成", SHELF, WATER).answer


def test_the_lower_side_is_named_where_the_lower_is_asked() -> None:
    assert ask("水库管理和农业节水哪个花得少", SHELF, WATER).answer.startswith("农业节水更低")


def test_a_word_that_the_glossary_lacks_is_not_explained_by_figures() -> None:
    assert ask("农业节水是什么意思", SHELF, WATER).refused


@pytest.mark.parametrize(
    "said",
    ["你们局有几个编制", "钱是怎么省的", "除了市局检查组还有谁", "办事大厅搬迁花了多少", "澜江两个区差多少", "采购表里省下多少"],
)
def test_words_that_are_no_body(said: str) -> None:
    assert bodies.choose(said, [WATER, SPORTS]).foreign is None


def test_an_items_name_is_not_blanked_with_the_body_it_begins_like() -> None:
    council = DocumentInfo("renda", "", "青禾省人大常委会办公厅", 2023, Kind.BUDGET, "部门", 9, "2")
    assert "人大立法" in bodies.masked("青禾人大的人大立法支出多少", [council], ["人大立法"])
    assert "人大立法" not in bodies.masked("青禾人大的人大立法支出多少", [council])


def test_an_office_is_a_body_whatever_follows() -> None:
    court = DocumentInfo("jianchayuan", "", "青禾市人民检察院", 2023, Kind.FINAL, "部门", 9, "3")
    assert bodies.masked("检察院支出预算多少", [court]) == "###支出预算多少"


def test_place_and_office_are_blanked_without_a_gap() -> None:
    assert bodies.masked("澜江区水务局2023年支出", [WATER, SPORTS]).startswith("######2023")


def test_two_years_side_by_side_are_both_asked() -> None:
    read = plan.read("水务局2022年和2023年支出各多少", [WATER], lambda _: [])
    assert read.years == (2022, 2023)
    assert plan.read("水务局2023年支出和2022年相比", [WATER], lambda _: []).years == (2023,)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("工程怎么拖到十月才完工", True),
        ("公用经费怎么用的", False),
        ("下一步怎么改进", False),
        ("机关运行经费怎么定义", False),
        ("预算怎么一下涨了这么多", True),
    ],
)
def test_how_so_asks_why(question: str, why: bool) -> None:
    assert (plan.read(question, [WATER], lambda _: []).ask is plan.Ask.WHY) is why


def test_next_year_is_no_future_where_it_is_named() -> None:
    assert plan.read("明年水库管理打算花多少", [WATER], lambda _: []).outside == "future"
    assert plan.read("明年（2024年）水库管理打算花多少", [WATER], lambda _: []).outside is None


def test_people_served_are_no_staff_and_an_insurance_fund_is_no_contribution() -> None:
    staff, paid = Match(("实有人员",), 2, 5, 0.9), Match(("职工基本医疗保险缴费",), 0, 4, 0.7)
    assert fitting([staff], "全区多少人参加了培训") == []
    assert fitting([staff], "单位多少人在编") == [staff]
    assert fitting([paid], "职工医保统筹基金结余多少") == []
    assert fitting([paid], "职工医保缴费多少") == [paid]


def test_a_family_is_asked_for_by_its_parts() -> None:
    names = ["政府采购支出总额", "政府采购货物支出", "政府采购服务支出"]
    whole = Match(("政府采购支出总额",), 0, 4, 0.9)
    found = scoping.with_parts([whole], "政府采购里头货物花得多还是服务花得多", names)
    assert [m.names[0] for m in found] == ["政府采购货物支出", "政府采购服务支出"]
    assert scoping.with_parts([whole], "政府采购总共多少", names) == [whole]
    both = scoping.with_parts([whole], "政府采购多少,其中货物多少", names)
    assert [m.names[0] for m in both] == [whole.names[0], "政府采购货物支出"]


def test_two_items_of_like_names_stay_two() -> None:
    found = items("行政单位医疗和事业单位医疗哪个多", ["行政单位医疗", "事业单位医疗", "行政事业单位医疗"])
    assert [m.names[0] for m in found] == ["行政单位医疗", "事业单位医疗"]


def test_a_project_is_known_by_what_is_said_before_the_word() -> None:
    found = items("闸门更换那个项目自评多少分", ["老旧闸门更换与渠道清淤", "行政运行"])
    assert found[0].names == ("老旧闸门更换与渠道清淤",)


def test_a_projects_number_and_year_are_no_part_of_its_name() -> None:
    assert key("51059900T0001-灌区改造") == "灌区改造"
    assert items("节水宣传经费多少", ["2023年节水宣传经费"])[0].score == 1.0


def test_measures_are_spelt_right() -> None:
    assert lexicon.corrected("予算执形率是多少") == "预算执行率是多少"


def test_evidence_comes_with_the_facts_first() -> None:
    found = respond.evidence(respond.Request("水库管理花了多少", (WATER,)), SHELF)
    assert "支出决算30万元" in found[0].place.quote


def test_a_quote_is_of_its_own_place() -> None:
    made = ask("资产总额多少，其中固定资产有多少", SHELF, WATER)
    assert all(citation.place == Place(3, citation.place.quote, citation.place.boxes) for citation in made.citations)
