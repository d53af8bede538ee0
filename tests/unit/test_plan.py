"""What a question asks: bodies, years, items, measures, kind, direction."""

import pytest

from service.answering import bodies, matching, plan
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Kind

ORGS = {
    "final": ("西安市莲湖区医疗保障局", 2023, Kind.FINAL),
    "other": ("宝鸡市凤翔区医疗保障局", 2023, Kind.FINAL),
    "budget": ("凤县医疗保障局", 2024, Kind.BUDGET),
    "finance": ("上海市普陀区财政局", 2024, Kind.FINAL),
    "street": ("上海市普陀区人民政府万里街道办事处", 2024, Kind.BUDGET),
}
LIBRARY = [DocumentInfo(doc, doc, org, year, kind, "", 9, doc) for doc, (org, year, kind) in ORGS.items()]
ITEMS = [
    "公务员医疗补助",
    "行政运行",
    "住房公积金",
    "“三公”经费",
    "机关运行经费",
    "公用经费",
    "一般公共预算财政拨款支出",
    "津贴补贴",
    "财政补助公务员医疗救助金",
]


def read(question: str, *history: tuple[str, str]) -> Plan:
    return plan.read(question, LIBRARY, lambda _: ITEMS, history)


@pytest.mark.parametrize(
    ("question", "docs"),
    [
        ("莲湖区2023年公务员医疗补助花了多少", {"final"}),
        ("西安市莲湖区医疗保障局花了多少", {"final"}),
        ("莲湖医保局有多少人", {"final"}),
        ("莲湖和凤翔两个医保局哪个高", {"final", "other"}),
        ("西安市莲湖区医疗保障局和凤翔医保局各花了多少", {"final", "other"}),
        ("普陀财政有多少钱", {"finance"}),
        ("普陀区财政局的财政拨款收入", {"finance"}),
        ("万里街道预算多少", {"street"}),
        ("凤县医保局的预算", {"budget"}),
        ("财政拨款收入多少", set(ORGS)),
    ],
)
def test_bodies(question: str, docs: set[str]) -> None:
    choice = bodies.choose(question, LIBRARY)
    assert {d.doc for d in choice.documents} == docs
    assert choice.foreign is None


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("碑林区医保局花了多少", "碑林区"),
        ("莲湖区教育局花了多少", "莲湖区教育局"),
        ("上海市徐汇区财政局三公经费", "徐汇区"),
        ("长寿路街道2024年预算", "长寿路街道"),
        ("宝鸡市医保局机关运行经费", "宝鸡市医保局"),
        ("陕西省医保局会议费", "陕西省"),
        ("户县公务员医疗补助", "户县"),
        ("教育局住房公积金", "教育局"),
        ("浦东2024年打算花多少钱请客", "浦东"),
        ("请问奉贤医保局三公经费", "奉贤"),
        ("凤县和太白2024年预算各多少", "太白"),
    ],
)
def test_bodies_that_are_not_there(question: str, foreign: str) -> None:
    assert bodies.choose(question, LIBRARY).foreign == foreign


@pytest.mark.parametrize(
    "question",
    [
        "城乡社区支出多少",
        "区级项目支出多少",
        "老旧小区改造花了多少",
        "全市有多少人",
        "市场监督管理费用",
        "该局花了多少",
        "采购表里省内会议费是多少",
        "莲湖2023年花了多少",
        "宝鸡医保局花了多少",
        "公安2023年花了多少",
        "普查数据专区为什么没建完",
    ],
)
def test_words_that_are_no_bodies(question: str) -> None:
    assert bodies.choose(question, LIBRARY).foreign is None


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("公务员医疗补助花了多少", "公务员医疗补助"),
        ("公务员医补花了多少", "公务员医疗补助"),
        ("行政运形怎么超了", "行政运行"),
        ("津帖补贴多少", "津贴补贴"),
        ("公积金花了多少", "住房公积金"),
        ("三公经费多少", "“三公”经费"),
        ("一般公共予算多少", "一般公共预算财政拨款支出"),
        ("公务员医疗救助金那个项目", "财政补助公务员医疗救助金"),
    ],
)
def test_items(question: str, item: str) -> None:
    assert read(question).items[0].names[0] == item


def test_items_that_share_an_ending() -> None:
    names = ["农业农村支出", "住房保障支出", "节能环保支出"]
    found = plan.read("农业农村和住房保障支出哪个占比大", [], lambda _: names)
    assert [m.names[0] for m in found.items] == ["农业农村支出", "住房保障支出"]
    assert found.ask is Ask.COMPARE
    alone = plan.read("住房保障支出和其他比哪个大", [], lambda _: names)
    assert [m.names[0] for m in alone.items] == ["住房保障支出"]


def test_a_known_word_is_not_a_misspelt_other() -> None:
    (match,) = matching.items("三公经费花了多少", ["公用经费"])
    assert (match.names, match.score) == (("“三公”经费",), 0.0)


def test_the_body_is_no_item() -> None:
    names = ["保障莲湖区医疗保障局正常运转", "差旅费"]
    found = plan.read("莲湖区医疗保障局差旅费多少", LIBRARY, lambda _: names)
    assert [m.names[0] for m in found.items] == ["差旅费"]


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("公务员医疗补助为什么没花完", Ask.WHY),
        ("40万是哪来的", Ask.WHY),
        ("什么是三公经费", Ask.DEFINITION),
        ("下设哪些科室", Ask.LIST),
        ("行政运行和住房公积金哪个高", Ask.COMPARE),
        ("莲湖和凤翔的行政运行相差多少", Ask.COMPARE),
        ("行政运行花了多少", Ask.LOOKUP),
        ("机关运行经费是啥", Ask.DEFINITION),
        ("公用经费是干嘛的？", Ask.DEFINITION),
        ("行政运行的项目是什么", Ask.LOOKUP),
        ("行政运行超支的原因是什么", Ask.WHY),
        ("公用经费怎么解释的？", Ask.DEFINITION),
        ("公用经费超支怎么解释", Ask.WHY),
        ("公用经费跟机关运行经费有啥区别", Ask.DEFINITION),
    ],
)
def test_kinds(question: str, ask: Ask) -> None:
    assert read(question).ask is ask


def test_years() -> None:
    assert read("2022年行政运行花了多少").years == (2022,)
    assert read("23年行政运行花了多少").years == (2023,)
    assert read("行政运行比2022年多多少").years == ()
    assert read("今年行政运行安排多少，去年是多少").prior
    assert not read("行政运行去年用了多少").prior
    assert read("行政运行去年预算是多少").prior
    assert read("我家三口人都没活干，能不能申请公益岗位").outside == "personal"


def test_statements() -> None:
    assert read("实际支出多少").statement is Kind.FINAL
    assert read("决算比年初预算多多少").statement is None


@pytest.mark.parametrize(
    ("question", "outside"),
    [
        ("局长一年工资多少", "personal"),
        ("今天天气怎么样", "subject"),
        ("明年打算花多少", "future"),
        ("工资福利支出多少", None),
        ("对个人和家庭的补助多少", None),
        ("家庭无障碍改造多少钱", None),
        ("省下多少钱", None),
        ("公车是不是有人私用", "opinion"),
        ("某某老兵每个月能领多少抚恤金", "personal"),
        ("他们钱够用吗，你怎么看", "opinion"),
        ("医保卡怎么办理", "subject"),
    ],
)
def test_outside(question: str, outside: str | None) -> None:
    assert read(question).outside == outside


def test_a_follow_up_takes_what_it_leaves_unsaid() -> None:
    followed = read("比上年增加多少，为什么？", ("凤县医保局住房公积金今年预算多少？", "8.3177万元"))
    assert {d.doc for d in followed.documents} == {"budget"}
    assert followed.items[0].names[0] == "住房公积金"
    assert followed.ask is Ask.WHY


@pytest.mark.parametrize(
    ("history", "question", "item", "whole", "ask"),
    [
        ("凤县医保局住房公积金多少", "那津贴补贴呢", "津贴补贴", "", Ask.LOOKUP),
        ("凤县医保局住房公积金为什么增加", "那津贴补贴呢", "津贴补贴", "", Ask.WHY),
        ("凤县医保局住房公积金多少", "为什么？", "住房公积金", "", Ask.WHY),
        ("凤县医保局住房公积金多少", "占公用经费多少", "住房公积金", "公用经费", Ask.LOOKUP),
        ("凤县医保局住房公积金多少", "去年呢", "住房公积金", "", Ask.LOOKUP),
        ("凤县医保局“三公”经费多少", "其中公用经费占多少", "公用经费", "“三公”经费", Ask.LOOKUP),
        ("凤县医保局住房公积金多少", "和津贴补贴比哪个多", "住房公积金", "", Ask.COMPARE),
        ("凤县医保局住房公积金多少", "它是什么意思", "住房公积金", "", Ask.DEFINITION),
    ],
)
def test_follow_ups(history: str, question: str, item: str, whole: str, ask: Ask) -> None:
    followed = read(question, (history, "8.3177万元"))
    assert {d.doc for d in followed.documents} == {"budget"}
    assert (followed.items[0].names[0], followed.ask) == (item, ask)
    assert [m.names[0] for m in followed.whole] == ([whole] if whole else [])


def test_a_follow_up_about_something_else_takes_no_item() -> None:
    assert read("下设哪些事业单位和科室", ("凤县医保局住房公积金多少", "8.3177万元")).items == ()


def test_a_follow_up_about_another_body_takes_no_year_that_it_lacks() -> None:
    followed = read("那莲湖的呢", ("凤县医保局2024年住房公积金多少", "8.3177万元"))
    assert ({d.doc for d in followed.documents}, followed.years) == ({"final"}, ())


def test_a_follow_up_takes_the_item_from_the_answer() -> None:
    assert read("为什么？", ("凤县医保局那个最大的开销是啥", "是住房公积金，8.3177万元。")).items[0].names[0] == "住房公积金"


def test_direction() -> None:
    assert read("公务员医疗补助为什么没花完").direction == "less"
    assert read("行政运行为什么超预算").direction == "more"
    assert read("行政运行是多少").direction is None


def test_the_balance_carried_over_is_no_figure_of_the_year_before() -> None:
    assert not read("2023年上年结转有多少").prior
    assert read("上一年的公用经费是多少").prior
