"""What the facts leave open, quoted from the documents: which stretch answers, and when it stands in place of what was told."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.answering import plan, respond
from service.answering.plan import Ask
from service.records import DocumentInfo, Fact, Hit, Kind, Place, Reason, Table
from service.settings import Settings
from tests.support.shelf import Shelf, ask, fact, passage, passages, table

PARK = DocumentInfo("liulin-2024", "", "云汀市柳林区园林局", 2024, Kind.FINAL, "部门", 20, "0")
PORT = DocumentInfo("beigang-2024", "", "云汀市北港区港务局", 2024, Kind.FINAL, "部门", 18, "1")


DUTIES = (
    "。".join(
        f"（{n}）负责{what}"
        for n, what in enumerate(
            (
                "苗木引种",
                "公厕保洁",
                "古树名木建档",
                "路灯巡查",
                "喷泉检修",
                "花展布置",
                "湖面清淤",
                "标牌更换",
                "长椅油漆",
                "园路铺装",
                "摊位登记",
                "电瓶车年检",
                "风筝赛组织",
                "樱花季疏导",
                "草坪灌溉",
                "游船停靠",
                "盆景养护",
                "驳岸加固",
            )
        )
    )
    + "。"
)
"""Other sentences, so that words can be rare."""


def asked(question: str, told: Sequence[tuple[str, str]], facts: Sequence[Fact] = (), tables: Sequence[Table] = ()) -> str:
    """The answer from a document that tells so much beside its duties."""
    held = passages(PARK.doc, [("一、主要职责", DUTIES), *told])
    hits = [Hit(p, 1.0) for p in held]
    shelf = Shelf(PARK, passages={PARK.doc: held}, facts={PARK.doc: facts}, tables={PARK.doc: tables}, hits=hits)
    return ask(question, shelf).answer


def test_the_whole_is_quoted_and_not_one_case_of_it() -> None:
    case = "办结一起骗取绿化补贴案件，追回违规补贴资金12.00万元，处1倍罚款12.00万元。"
    year = "全年检查80家养护企业，追回31家违规资金96.50万元，暂停合作4家。"
    assert "96.50万元" in asked("追回违规资金多少", [("二、查处情况", case), ("三、检查情况", year)])


def test_of_two_clauses_the_one_that_counts_what_is_asked_is_quoted() -> None:
    goals = "力争全年接待游客40万人次，旅游综合收入达到2.5亿元。"
    assert "2.5" not in asked("柳湖夜游门票多少钱一张", [("二、工作任务", f"打造“柳湖夜游”项目，{goals}")])


@pytest.mark.parametrize("question", ["园艺补贴怎么解释", "园艺补贴咋理解？", "园艺补贴指的是哪些"])
def test_how_to_read_a_word_asks_for_its_entry(question: str) -> None:
    told = [("一、职责", "负责园艺补贴等业务的指导。"), ("第四部分 名词解释", "三、园艺补贴：指对居民自建庭院绿化给予的补贴。")]
    assert asked(question, told) == "文件的解释：「三、园艺补贴：指对居民自建庭院绿化给予的补贴」【1】。"


@pytest.mark.parametrize("question", ["养护经费超了怎么解释", "养护经费没花完怎么理解"])
def test_how_to_explain_what_happened_asks_for_the_reason(question: str) -> None:
    assert plan.read(question, [PARK], lambda _: ["养护经费"]).ask is Ask.WHY


def test_factors_are_reasons() -> None:
    more = "园林事务支出预算80.00万元，比上年增加8.00万元，增长11.11%。"
    other = "一般公共预算支出90.00万元，比上年增加9.00万元，主要是政策性增资等因素。"
    facts = [fact("园林事务", m, v, "二、支出情况", more, 2024) for m, v in (("预算", "80.00"), ("增减额", "8.00"), ("增减率", "11.11%"))]
    told = asked("园林事务增长11%多，是哪些因素", [("二、支出情况", more), ("三、总体情况", other)], facts=facts)
    assert told.startswith("2024年园林事务：增长11.11%")


def test_a_list_is_not_replaced_by_a_sentence_around_it() -> None:
    around = "纳入本部门决算汇编范围的单位共2个，具体情况如下：截至年末，本部门编制人数21人。"
    sheet = table(["序号", "单位名称", "单位性质"], "1|柳林区园林局（本级）|行政单位", "2|柳林区苗圃|事业单位", title="二、机构设置")
    told = asked("园林局部门决算汇总了哪几家单位？", [("二、机构设置", around)], tables=[sheet])
    assert told.startswith("文件列出的单位（《二、机构设置》）：「柳林区园林局（本级）」、「柳林区苗圃」")


def test_a_figure_that_no_quotation_holds_is_kept() -> None:
    rows = ["国内接待批次（个） | — | 11", "国内接待人次（人） | — | 76"]
    sheet = table(["项目", "预算数", "统计数"], *(row.replace(" | ", "|") for row in rows), title="三公经费情况表")
    prose = passages(PARK.doc, [("一、主要职责", DUTIES)])
    printed = [replace(passage(PARK.doc, "三公经费情况表", row), kind="row") for row in rows]
    shelf = Shelf(PARK, passages={PARK.doc: [*prose, *printed]}, tables={PARK.doc: [sheet]})
    told = ask("三公经费情况表里，国内接待批次和人次填的多少？", shelf).answer
    assert "11" in told
    assert "76" in told


def test_bodies_compared_in_prose_are_both_quoted() -> None:
    scores = {PARK: "98.5分", PORT: "95.2分"}
    told = {
        info.doc: passages(info.doc, [("一、主要职责", DUTIES), ("九、绩效情况", f"绩效自评项目4个，平均得分{score}。")])
        for info, score in scores.items()
    }
    answer = ask("园林局跟港务局的绩效自评平均得分，谁高？", Shelf(PARK, PORT, passages=told)).answer
    assert all(score in answer for score in scores.values())


def test_a_number_of_staff_is_not_told_by_words_about_posts() -> None:
    told = asked("编制人数", [("二、职责", "（一）负责绿化预算编制，核定养护定额，管理专职人员。")])
    assert told == "在云汀市柳林区园林局2024年决算的公开文件里没有找到这个问题的答案。"


def test_a_change_is_told_by_a_sentence_of_change() -> None:
    purpose = "养护公用经费18.65万元，主要包括：办公费、邮电费、差旅费。"
    assert "18.65" not in asked("养护公用经费比上年", [("六、基本支出情况", purpose)])
    assert "持平" in asked("养护公用经费比上年", [("六、基本支出情况", purpose), ("七、说明", "养护公用经费与上年持平。")])


@pytest.mark.parametrize("question", ["贴了多少张海报，发了多少份折页？", "海报多少张，折页多少份？"])
def test_ten_thousands_are_counted(question: str) -> None:
    assert "约5.6万张，发放折页9万余份" in asked(question, [("二、宣传", "张贴海报约5.6万张，发放折页9万余份。")])


def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it() -> None:
    told = "园林评议是对养护质量的监督。其形式主要有：现场评议、书面评议、邀请评议。"
    assert "现场评议、书面评议" in asked("园林评议有哪些形式？", [("二、监督", told)])


def test_what_an_item_is_spent_on_is_its_list() -> None:
    told = "养护经费10.23万元，主要包括：邮电费、差旅费、劳务费。"
    spent = fact("养护经费", "决算", "10.23", "六、支出情况", "养护经费10.23万元", 2024)
    assert "邮电费、差旅费、劳务费" in asked("养护经费具体是哪些开销？", [("六、支出情况", told)], [spent])


def test_where_a_word_is_looked_up_is_no_part_of_it() -> None:
    told = asked("名词解释里其他收入是怎么定义的？", [("名词解释", "四、其他收入：指除财政拨款、事业收入以外的收入。")])
    assert told.startswith("文件的解释：「四、其他收入")


def test_that_none_is_bought_says_nothing_of_what_there_is() -> None:
    assert "无公务用车购置" not in asked("一共有几辆公务车", [("三、三公经费", "2024年无公务用车购置预算安排。")])
    assert "无公务用车购置" in asked("买了几辆公务车", [("三、三公经费", "2024年无公务用车购置预算安排。")])


def test_who_has_no_assets_has_no_vehicles() -> None:
    assert "无国有资产占用" in asked("有几辆车", [("十二、国有资产情况", "本部门2024年度无国有资产占用及购置。")])


def test_a_row_of_money_counts_nothing() -> None:
    row = replace(passage(PARK.doc, "支出表", "30217 | 公务接待费 | 36.50"), kind="row")
    told = passages(PARK.doc, [("一、主要职责", DUTIES)])
    assert "36.50" not in ask("一共有几辆公务车", Shelf(PARK, passages={PARK.doc: [*told, row]})).answer


def test_a_document_without_a_body_can_be_refused_from() -> None:
    nameless = replace(PARK, org="", doc="template-2024-final")
    assert "没有找到" in ask("退休人数", Shelf(nameless, passages={nameless.doc: passages(nameless.doc, [("一、说明", DUTIES)])})).answer


def test_words_of_citizens_for_what_is_saved_and_for_the_most_that_is_paid() -> None:
    told = [("四、重点工作", "全年为养护企业节约药剂费1.20亿元。树木认养年度支付限额提高到2000元。")]
    assert "1.20亿元" in asked("药剂一年省了多少钱", told)
    assert "2000元" in asked("树木认养一年最多能报多少钱", told)


def test_a_bound_is_told_by_the_row_of_the_goal() -> None:
    row = replace(passage(PARK.doc, "绩效目标表", "产出指标 | 数量指标 | 普查登记滨河景观古树 | ≥ | 320处"), kind="row")
    prose = passages(PARK.doc, [("一、主要职责", DUTIES), ("二、任务", "修缮亭廊5处，其中湖心亭为重点工程；完成滨河景观古树普查登记。")])
    told = ask("古树普查要求登记的滨河景观古树不少于多少处？", Shelf(PARK, passages={PARK.doc: [*prose, row]})).answer
    assert "320处" in told


def test_what_vehicles_there_are_is_a_list() -> None:
    told = "共有车辆4辆，其中洒水车2辆、修剪车2辆。"
    held = fact("车辆", "数量", "4辆", "十二、资产情况", "共有车辆4辆", 2024)
    assert "洒水车2辆、修剪车2辆" in asked("局里的车都是些什么车", [("十二、资产情况", told)], [held])


def test_where_money_came_from_asks_for_the_reason() -> None:
    assert plan.read("养护经费那18万是怎么来的", [PARK], lambda _: ["养护经费"]).ask is Ask.WHY


def test_the_share_that_went_out_is_the_rate_of_the_item_before() -> None:
    row = "年度资金总额 | 26.00 | 25.00 | 23.65 | 94.60%"
    form = [
        fact("湖岸修缮", m, v, "湖岸修缮绩效自评表", row, 2024, source="table", part="appraisal")
        for m, v in (("年初预算", "26.00"), ("全年预算", "25.00"), ("执行数", "23.65"), ("执行率", "94.60%"))
    ]
    shelf = Shelf(PARK, facts={PARK.doc: form}, passages={PARK.doc: passages(PARK.doc, [("一、主要职责", DUTIES)])})
    before = ("湖岸修缮项目全年预算和执行各是多少？", "25.00万元，执行数23.65万元。")
    request = respond.Request("那花出去的比例是多少？", (PARK,), (before,))
    told = respond.answer(request, shelf, Settings(model=None, embedding_model=None)).answer
    # 23.65 of the year's last budget is 94.60%: nothing to object to.
    assert told == "2024年湖岸修缮（《湖岸修缮绩效自评表》）：执行率94.60%【1】。"


def test_a_reason_of_both_sides_is_cited_with_the_figures() -> None:
    text = "收、支总计均为56.16万元，比上年增加6.12万元。主要原因是新增湖岸修缮项目。"
    place = Place(3, "收、支总计均为56.16万元", ())
    more = Place(3, "比上年增加6.12万元", ())
    facts = [
        fact(f"{side}总计", measure, value, "一、总体情况", where, 2024)
        for side in ("收入", "支出")
        for measure, value, where in (("决算", "56.16", place), ("增减额", "6.12", more))
    ]
    why = Reason("收入总计、支出总计", "比上年增加", "新增湖岸修缮项目", Place(3, "主要原因是新增湖岸修缮项目", ()), where="一、总体情况")
    shelf = Shelf(
        PARK, facts={PARK.doc: facts}, reasons={PARK.doc: [why]}, passages={PARK.doc: passages(PARK.doc, [("一、总体情况", text)])}
    )
    answer = ask("收支总计为什么增加", shelf)
    assert [c.place.quote for c in answer.citations] == [text]


@pytest.mark.parametrize(("question", "refused"), [("园林局去年办公楼装修花了多少钱？", True), ("园林局津帖补贴花了多少钱？", False)])
def test_an_item_that_only_resembles_the_words_is_no_answer(question: str, *, refused: bool) -> None:
    rows = [fact(item, "决算", "21.20", "基本支出表", f"{item} | 21.20", 2024, source="table") for item in ("办公费", "津贴补贴")]
    shelf = Shelf(PARK, facts={PARK.doc: rows}, passages={PARK.doc: passages(PARK.doc, [("一、主要职责", DUTIES)])})
    assert ask(question, shelf).refused is refused


def test_who_is_received_is_no_body_asked_about() -> None:
    assert plan.read("接待市局几批", [PARK], lambda _: []).choice.foreign is None
    assert plan.read("园林局接待市局多少人", [PARK], lambda _: []).choice.foreign is None


def test_a_body_and_its_department_are_told_apart() -> None:
    alone = replace(PARK, doc="liulin-unit-2024", level="本级")
    money = {PARK.doc: "90.00", alone.doc: "60.00"}
    facts = {doc: [fact("养护经费", "决算", v, "五、支出情况", f"养护经费支出决算{v}万元", 2024)] for doc, v in money.items()}
    shelf = Shelf(PARK, alone, facts=facts)
    both = ask("园林局2024年养护经费多少", shelf).answer
    assert "柳林区园林局（部门）2024年养护经费：决算90.00万元" in both
    assert "柳林区园林局（本级）2024年养护经费：决算60.00万元" in both
    assert "90.00" not in ask("园林局本级2024年养护经费多少", shelf).answer
    same = Shelf(PARK, alone, facts={doc: facts[PARK.doc] for doc in money})
    assert ask("园林局2024年养护经费多少", same).answer.startswith("柳林区园林局2024年养护经费：决算90.00万元【1】。")


def test_words_of_spending_more_are_not_looked_for() -> None:
    told = {
        info.doc: passages(info.doc, [("一、主要职责", DUTIES), ("八、采购情况", f"全年植树共{money}。")])
        for info, money in ((PARK, "98.50万元"), (PORT, "95.20万元"))
    }
    answer = ask("园林局和港务局，谁的植树花得多，各多少？", Shelf(PARK, PORT, passages=told)).answer
    assert "98.50万元" in answer
    assert "95.20万元" in answer


@pytest.mark.parametrize(
    ("question", "told"),
    [("园林局2024年支出合计多少？", "本年支出合计120.50万元"), ("园林局2024年收入合计多少？", "没有")],
)
def test_an_item_without_a_telling_word_is_quoted_from_a_document_of_few_sentences(question: str, told: str) -> None:
    held = passages(PARK.doc, [("", "园林局2024年部门决算。"), ("", "本年支出合计120.50万元。")])
    answer = ask(question, Shelf(PARK, passages={PARK.doc: held}, hits=[Hit(p, 1.0) for p in held])).answer
    assert told in answer
