"""Questions put in ways that the documents do not: who does it, is it on the list, why at all, how many instead of which."""

from collections.abc import Sequence

import pytest

from service.answering import matching, shortening
from service.records import Answer, DocumentInfo, Fact, Hit, Kind
from service.text import normal
from tests.support.shelf import Shelf, ask, fact, passage, passages

INFO = DocumentInfo("heqing-2024", "", "河清县水务局", 2024, Kind.FINAL, "部门", 20, "0")
BEFORE = DocumentInfo("heqing-2023", "", "河清县水务局", 2023, Kind.FINAL, "部门", 20, "1")
SETUP = "第一部分 部门概况/二、机构设置"


OTHER = "本年继续做好防汛抗旱、农村供水、河湖管护、水土保持、节约用水、移民后扶、安全生产、信访维稳、普法宣传和机关党建。"


def _told(question: str, *told: tuple[str, str], facts: Sequence[Fact] = ()) -> Answer:
    """Asked of a document that tells these sections (line by line), and much else that is not asked about."""
    besides = [(f"工作{n}", OTHER.replace("防汛", f"第{n}批防汛")) for n in range(24)]
    made = [passage(INFO.doc, section, *text.split("\n"), number=n) for n, (section, text) in enumerate((*told, *besides))]
    return ask(question, Shelf(INFO, facts={INFO.doc: facts}, passages={INFO.doc: made}, hits=[Hit(p, 1.0) for p in made[: len(told)]]))


def test_how_many_is_told_by_the_number_not_by_a_list() -> None:
    counts = {
        INFO.doc: [fact("内设机构", "数量", "7个", SETUP, "内设机构7个", 2024)],
        BEFORE.doc: [fact("内设机构", "数量", "9个", SETUP, "内设机构9个", 2023)],
    }
    rooms = {INFO.doc: passages(INFO.doc, [(SETUP, "内设机构7个：办公室、计划科、水政科。")])}
    held = Shelf(INFO, BEFORE, facts=counts, passages=rooms)
    assert "内设机构：7个" in ask("一共多少个内设机构？", held, INFO).answer
    apart = ask("河清县水务局2023年和2024年内设机构各几个，少了几个？", held).answer
    assert "2024年比2023年少2个（9个 − 7个）" in apart
    assert "水政科" in ask("有哪几个内设机构？", held, INFO).answer


@pytest.mark.parametrize("question", ["有哪几个派出机构？", "派出机构都有哪些", "下属场站和派出机构有哪些"])
def test_a_list_under_its_own_heading(question: str) -> None:
    stations, offices = (f"{SETUP}/（二）下属场站", "1.东山泵站\n2.西河水库"), (f"{SETUP}/（三）派出机构", "1.城关水务所\n2.柳林水务所")
    answer = _told(question, stations, offices).answer
    assert "「城关水务所」、「柳林水务所」" in answer
    assert ("东山泵站" in answer) == ("场站" in question)


def test_whether_something_is_on_a_list_is_told_by_what_is_said_of_it() -> None:
    answer = _told(
        "东湖宾馆算不算在预算编制范围里？",
        (SETUP, "本部门直属单位包括：机关服务中心、东湖宾馆、西岭水库管理站。"),
        (SETUP, "纳入本部门预算编制范围的单位包括：水务局（本级）、机关服务中心。不含东湖宾馆（自收自支）。"),
    )
    assert "不含东湖宾馆" in answer.answer
    assert "文件列出的" not in answer.answer


def test_a_word_of_the_glossary_comes_before_a_like_item() -> None:
    glossary = ("名词解释", "一、财政拨款收入：指同级财政拨付的资金。二、使用非财政拨款结余：指用以前积累的结余弥补收支差额的金额。")
    income = fact("财政拨款收入", "决算", "80", "收入情况", "财政拨款收入80万元", 2024)
    assert "弥补收支差额" in _told("使用非财政拨款结余是个什么概念", glossary, facts=[income]).answer


def test_who_does_it_is_told_with_the_name_of_the_office() -> None:
    duties = (SETUP, "（二）综合科。负责文件和会议。（三）水政科。审核取水许可，办理本县河道采砂的审批手续。")
    cost = fact("手续费", "决算", "0.2", "基本支出", "手续费0.2万元", 2024)
    answer = _told("河道采砂的手续归哪个科办？", duties, facts=[cost]).answer
    assert "（三）水政科。审核取水许可" in answer
    assert "0.2" not in answer


def test_a_trait_that_is_nowhere_told_is_refused() -> None:
    held = Shelf(INFO, facts={INFO.doc: [fact("台式计算机", "决算", "6.00", "采购表", "台式计算机 | 6.00", 2024, source="table")]})
    assert ask("买的台式计算机是什么牌子？", held).refused
    assert "6" in ask("买台式计算机花多少钱？", held).answer


def test_a_reason_that_follows_what_is_asked_about() -> None:
    paragraph = "4、委托业务。主要用于：委托中介机构开展河道测绘和评审。年初预算30万元，决算21万元。主要原因：个别项目评审费未能支付。"
    other = "5、宣传业务。主要用于印制宣传册。主要原因：印量减少。"
    answer = _told("委托中介做测绘评审的钱怎么没用完？", ("支出情况", paragraph + other)).answer
    assert "个别项目评审费未能支付" in answer
    assert "印量" not in answer


def test_no_money_spent_on_foreigners_does_not_count_visits() -> None:
    told = "外宾接待支出0万元。共接待国内来访团组3个、来宾25人次。"
    answer = _told("一年里接待了几拨客人、多少人次？", ("公务接待情况", told)).answer
    assert "国内来访团组3个、来宾25人次" in answer
    assert "外宾" not in answer


def test_the_size_of_a_building_needs_a_measure() -> None:
    about = "为方便群众，经发改〔2019〕89号文批准建设水务服务中心工程。水务服务中心用地面积4000.6平方米。建筑高度为29.8米，地上7层。"
    answer = _told("水务服务中心占地多大、有多高？", ("项目情况", about)).answer
    assert "4000.6平方米" in answer
    assert "29.8米" in answer


def test_items_asked_together_are_told_from_one_table() -> None:
    one, other = "三公经费、会议费、培训费支出表", "基本支出表"
    facts = [
        fact("会议费", "决算", "5.00", other, "30215 | 会议费 | 5.00", 2024, source="table", code="30215"),
        fact("培训费", "决算", "2.50", other, "30216 | 培训费 | 2.50", 2024, source="table", code="30216"),
        *(fact(item, "决算", v, one, "50.80 | 93.35 | 3.00", 2024, source="table") for item, v in
          (("“三公”经费", "50.80"), ("会议费", "93.35"), ("培训费", "3.00"))),
    ]  # fmt: skip
    answer = ask("三公、会议、培训各花了多少？", Shelf(INFO, facts={INFO.doc: facts})).answer
    assert all(figure in answer for figure in ("50.80", "93.35", "3.00"))
    assert "5.00万" not in answer.replace("3.00万", "").replace("93.35万", "")


def test_what_a_part_asked_again_confirms_is_kept() -> None:
    table = "一般公共预算财政拨款基本支出决算表"
    rows = (("30103", "奖金", "34.57"), ("30113", "住房公积金", "14.33"))
    facts = [fact(n, "决算", v, table, f"{c} | {n} | {v}", 2024, source="table", code=c, column="决算数") for c, n, v in rows]
    answer = ask("基本支出明细表里奖金和公积金各是多少钱？", Shelf(INFO, facts={INFO.doc: facts})).answer
    assert "34.57" in answer
    assert "14.33" in answer


def test_kinds_of_procurement_are_said_without_their_letters() -> None:
    lettered = ["货物A", "服务C", "会议服务", "复印机"]
    assert [m.names[0] for m in matching.items(normal("货物和服务哪个多"), lettered)] == ["货物A", "服务C"]
    assert "货物A" not in [n for m in matching.items("货物多少", [*lettered, "政府采购货物支出"]) for n in m.names[:1]]


def test_a_part_inside_other_words_is_no_name_said_short() -> None:
    assert list(shortening.said("社区公共服务中心占地", ["公共法律服务"])) == []
    assert next(shortening.said("买医用超声设备要花", ["医用超声影像设备"]))[3] == "医用超声影像设备"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "三公、会议、培训三样合计里，会议费占百分之多少？",
            "占合计150.00万元（“三公”经费50.00万元 + 会议费90.00万元 + 培训费10.00万元）的60.00%",
        ),
        ("培训费占三公、会议、培训费合计的多大比例？", "培训费（10.00万元）占合计150.00万元"),
        ("培训费占会议费和三公经费之和的百分之几", "的7.14%"),
    ],
)
def test_the_share_of_several_added_up(question: str, told: str) -> None:
    costs = (("“三公”经费", "50.00"), ("会议费", "90.00"), ("培训费", "10.00"))
    facts = [fact(item, "决算", v, "三公经费、会议费、培训费支出表", f"{item} | {v}", 2024, source="table") for item, v in costs]
    answer = ask(question, Shelf(INFO, facts={INFO.doc: facts}))
    assert told in answer.answer
    assert {f.status for f in answer.figures} <= {"cited", "derived"}


def test_an_office_is_named_with_the_duty_that_is_asked_for_wherever_it_stands_among_its_duties() -> None:
    duties = "（五）计划科。编制规划。（六）政务公开科。统筹全县政务公开。受理公民提出的政府信息公开申请并作答复。（七）审计科。内部审计。"
    answer = _told("我想申请政府信息公开，归哪个科管", (SETUP, duties)).answer
    assert "（六）政务公开科" in answer
    assert "计划科" not in answer


def test_a_word_in_quotation_marks_is_asked_for_its_meaning() -> None:
    glossary = ("名词解释", "六、年末结转和结余：指因客观条件变化无法按原计划实施、需延迟到以后年度使用的资金。")
    assert "延迟到以后年度" in _told("说明里“年末结转和结余”怎么解释的", glossary).answer


def test_the_bodys_telephone_is_told_and_nobodys_own() -> None:
    contact = ("其他需要说明的情况", "决算公开联系方式。联系电话：（0000）1234567。")
    assert "1234567" in _told("想打电话问决算的事，号码是多少？", contact).answer
    assert _told("局长电话是多少", contact).refused


@pytest.mark.parametrize("question", ["89万出国费打算去哪几个国家？", "移交公安的那两个人叫什么名字？", "泵站是哪家施工单位盖的？"])
def test_what_is_not_published_of_what_is_told_is_refused(question: str) -> None:
    told = "因公出国（境）费预算89万元，用于国际合作交流。对涉嫌违法的两名人员移交公安机关。东山泵站工程由施工单位按期建成。"
    cost = fact("因公出国（境）费", "决算", "89", "三公经费", "因公出国（境）费预算89万元", 2024)
    assert _told(question, ("三公经费", told), facts=[cost]).refused


def test_money_asked_beside_a_number_is_told_with_it() -> None:
    quote = "编报绩效目标的项目共11个，涉及项目预算资金626万元"
    pair = [fact("编报绩效目标的项目", m, v, "绩效目标", quote, 2024) for m, v in (("数量", "11个"), ("预算", "626万元"))]
    answer = ask("编了绩效目标的项目有几个，涉及资金多少？", Shelf(INFO, facts={INFO.doc: pair})).answer
    assert "626万元" in answer
    assert answer.count("11个") == 1
