"""Names said short, in other orders, in traditional characters; which item is asked and which is its whole."""

import pytest

from service.answering import matching, scoping, shortening, traditional
from service.text import normal

NAMES = [
    "城乡医疗救助",
    "医疗救助",
    "财政对城乡居民基本医疗保险基金的补助",
    "政府采购支出总额",
    "政府采购货物支出",
    "政府采购服务支出",
    "授予中小企业合同金额",
    "服务采购授予中小企业合同金额",
    "政府性基金预算财政拨款支出",
    "政府性基金预算财政拨款收入",
    "年初财政拨款结转和结余",
    "年初结转和结余",
    "河清县农业技术推广中心",
    "农村综合改革经办事务",
    "全县核定编制",
    "年末实有在职人员",
    "实有行政人员",
    "本年支出合计",
    "项目支出",
    "行政运行",
    "生活补助",
    "在乡复员、退伍军人生活补助",
]


def test_what_joins_two_names_belongs_to_neither() -> None:
    assert list(shortening.said(normal("收入合计多少,财政拨款和其他收入各多少"), ["年初财政拨款结转和结余"])) == []


def asked(question: str) -> list[str]:
    text = normal(question)
    items, _ = scoping.sorted_out(scoping.sided(matching.items(text, NAMES), text), text)
    return [m.names[0] for m in items if m.score]


@pytest.mark.parametrize(
    ("said", "name", "short"),
    [
        ("居民医保财政补助", "财政对城乡居民基本医疗保险基金的补助", True),
        ("财政拨款年初结转和结余", "年初财政拨款结转和结余", True),
        ("公务员医补", "公务员医疗补助", True),
        ("公务员养老", "公务员医疗补助", False),
        ("补医员务公", "公务员医疗补助", False),
    ],
)
def test_is_short(said: str, name: str, short: bool) -> None:
    assert shortening.is_short(said, name) is short
    assert shortening.may_be_short(said, name) is short


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("居民医保财政补助花了多少", ["财政对城乡居民基本医疗保险基金的补助"]),
        ("财政拨款年初结转和结余是多少", ["年初财政拨款结转和结余"]),
        ("农业技术推广中心的预算", ["河清县农业技术推广中心"]),
        ("经办事务花了多少", ["农村综合改革经办事务"]),
        ("采购的货物花了多少", ["政府采购货物支出"]),
        ("服务采购里给中小企业的占多少", ["服务采购授予中小企业合同金额"]),
        ("授予中小企业的合同金额多少", ["授予中小企业合同金额"]),
        ("政府性基金花了多少", ["政府性基金预算财政拨款支出"]),
        ("政府性基金收入多少", ["政府性基金预算财政拨款收入"]),
        ("编制多少人", ["全县核定编制"]),
        ("老兵生活补助花了多少", ["在乡复员、退伍军人生活补助"]),
        ("项目支出占总支出多少", ["项目支出"]),
    ],
)
def test_items_said_in_other_words(question: str, names: list[str]) -> None:
    assert asked(question) == names


@pytest.mark.parametrize("question", ["基金支出多少亿", "职工食堂多少钱", "行政许可多少件"])
def test_words_that_are_no_items(question: str) -> None:
    assert asked(question) == []


def test_an_item_may_be_short_for_a_longer_one() -> None:
    (match,) = matching.items("医疗救助花了多少", NAMES)
    assert match.names == ("医疗救助", "城乡医疗救助")


def test_the_whole_of_a_share_is_no_item_asked() -> None:
    text = "项目支出占总支出多少?"
    items, whole = scoping.sorted_out(matching.items(text, NAMES), text)
    assert [m.names[0] for m in items] == ["项目支出"]
    assert [m.names[0] for m in whole] == ["本年支出合计"]


def test_traditional_characters() -> None:
    assert traditional.simplified("機關運行經費2023年決算數為何減少，醫療補助公積金") == "机关运行经费2023年决算数为何减少，医疗补助公积金"
    plain = "2023年决算3,128.40万元"
    assert traditional.simplified(plain) == plain
