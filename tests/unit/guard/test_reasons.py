"""Reasons: whose they are."""

from decimal import Decimal

import pytest

from service.answering import verify
from service.answering.draft import Draft, Evidence, Sentence
from service.answering.verify import Verdict
from service.records import Fact, Place
from tests.unit.guard.shelf import tried


def test_a_reason_belongs_to_the_item_named_before() -> None:
    before = "行政运行支出决算194.39万元。"
    assert "reason" in tried("原因是「公务员医疗补助支出增加」。", ("E2",), before=before)
    assert tried("原因是「新招录公务员」。", ("E1",), before=before) == set()


def test_a_reason_is_that_of_the_item_named_last_before_it() -> None:
    quote = "“三公”经费支出5.70万元，主要原因是：活动减少。其中：公务接待费支出0.58万元。"
    place = Place(9, quote, ())
    facts = tuple(
        Fact(item, "决算", Decimal(value), "万元", 2021, "text", "", place, value)
        for item, value in (("“三公”经费", "5.70"), ("公务接待费", "0.58"))
    )
    book = {"E1": Evidence("E1", "d", "九", place, facts=facts, items=("“三公”经费",))}

    def judged(item: str) -> Verdict:
        return verify.check(Draft((Sentence(f"{item}的原因是「活动减少」。", ("E1",)),)), book, "为什么？")

    assert judged("“三公”经费").objections == ()
    assert judged("公务接待费").objections


def test_a_reason_given_twice_is_of_both_items() -> None:
    quote = "设备购置及运行费30万元，主要原因是更换旧机；其中：设备购置费12万元，主要原因是更换旧机。"
    names = ("设备购置及运行费", "设备购置费")
    facts = tuple(
        Fact(item, "决算", Decimal(n), "万元", 2021, "text", "三", Place(2, quote, ()), n)
        for item, n in zip(names, ("30", "12"), strict=True)
    )
    book = {"E1": Evidence("E1", "d", "三", Place(2, quote, ()), facts=facts, items=names[:1])}
    for name in names:
        assert verify.check(Draft((Sentence(f"{name}的原因是「更换旧机」。", ("E1",)),)), book, "为什么？").objections == ()


TWO = "1.图书采购（项）。支出决算10万元，主要原因是价格下降。2.读书节（项）。支出决算9万元，主要原因是场次增加。"


@pytest.mark.parametrize(
    ("item", "words", "stands"),
    [
        ("图书采购", "价格下降", True),
        ("读书节", "场次增加", True),
        ("图书采购", "场次增加", False),
        ("读书节", "价格下降", False),
    ],
)
def test_of_two_items_explained_in_one_quote_each_has_its_own_reason(item: str, words: str, stands: bool) -> None:
    place = Place(9, TWO, ())
    facts = tuple(
        Fact(name, "决算", Decimal(value), "万元", 2021, "text", "五", place, value)
        for name, value in (("图书采购", "10"), ("读书节", "9"))
    )
    book = {"E1": Evidence("E1", "d", "五", place, facts=facts, items=("图书采购", "读书节"))}
    draft = Draft((Sentence(f"{item}的原因是「{words}」。", ("E1",)),))
    assert (verify.check(draft, book, "为什么？").objections == ()) is stands


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("文件称「读书节」支出决算9万元，原因是「场次增加」。", True),
        ("文件在「支出决算9万元」之后写读书节的原因是「场次增加」。", True),
        ("文件在「支出决算9万元」之后写读书节的原因是「价格下降」。", False),
        ("读书节支出决算9万元，「价格下降」导致了变化，原因之一是「场次增加」。", False),
        ("读书节支出决算9万元的原因是「读书节」。", False),
    ],
)
def test_only_what_is_offered_as_a_reason_is_one(text: str, stands: bool) -> None:
    names = ("图书采购", "读书节")
    facts = tuple(
        Fact(item, "决算", Decimal(n), "万元", 2021, "text", "三", Place(2, TWO, ()), n) for item, n in zip(names, ("10", "9"), strict=True)
    )
    book = {"E1": Evidence("E1", "d", "三", Place(2, TWO, ()), facts=facts, items=names)}
    assert (verify.check(Draft((Sentence(text, ("E1",)),)), book, "为什么？").objections == ()) is stands
