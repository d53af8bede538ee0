"""Declared calculations: their operands, result, direction, items and years."""

from decimal import Decimal

import pytest

from service.answering import verify
from service.answering.draft import Derivation, Draft, Evidence, Operation, Sentence, Term
from service.answering.verify import Verdict
from service.records import Fact, Place, Support
from tests.unit.guard.shelf import EVIDENCE, derived_of, judge, minus, verdict_of


def test_declared_difference() -> None:
    verdict = judge("决算比年初预算少24万元。", derivations=minus("24", "96", "120"))
    (figure,) = verdict.figures
    assert (figure.status, figure.derivation) == (Support.DERIVED, "96 - 120 = -24")


@pytest.mark.parametrize(
    ("text", "derivation"),
    [
        ("决算比年初预算多24万元。", minus("24", "96", "120")),
        ("决算比年初预算少25万元。", minus("25", "96", "120")),
        ("决算比年初预算少24万元。", minus("24", "96", "121")),
        ("决算比年初预算少24万元。", minus("24", "96", "120", "E2")),
    ],
)
def test_false_difference(text: str, derivation: tuple[Derivation, ...]) -> None:
    assert judge(text, derivations=derivation).kept == ()


def test_share_and_change_across_units() -> None:
    share = Derivation("80", "%", Operation.SHARE, (Term("E1", "96"), Term("E1", "120")))
    assert judge("约占80%。", derivations=(share,)).kept
    change = Derivation("20", "%", Operation.CHANGE, (Term("E1", "96"), Term("E1", "120")))
    assert judge("下降20%。", derivations=(change,)).kept
    assert not judge("增长20%。", derivations=(change,)).kept


def test_arithmetic_on_another_item_does_not_stand() -> None:
    right = derived_of("60.40", Operation.DIFFERENCE, "E3", "250.00", "310.40")
    assert verdict_of("2021年群众文化支出决算比年初预算少60.40万元。", "E3", right).objections == ()
    wrong = derived_of("9.00", Operation.DIFFERENCE, "E4", "71.00", "80.00")
    assert "不属于" in verdict_of("2021年群众文化支出决算比年初预算少9.00万元。", "E4", wrong).objections[0].message
    assert verdict_of("2021年文化市场管理支出决算比年初预算少9.00万元。", "E4", wrong).objections == ()


def test_arithmetic_on_another_year_does_not_stand() -> None:
    right = derived_of("60.40", Operation.DIFFERENCE, "E3", "250.00", "310.40")
    assert "年" in verdict_of("2019年群众文化支出决算比年初预算少60.40万元。", "E3", right).objections[0].message


def test_last_years_figure_follows_from_this_years_and_the_change() -> None:
    sum_of = Derivation("550.00", "万元", Operation.DIFFERENCE, (Term("E5", "500.50", "万元"), Term("E5", "-49.50", "万元")))
    assert verdict_of("推算2020年收入总计为550.00万元。", "E5", sum_of).objections == ()


def test_a_difference_from_nothing_is_held_to_its_item_too() -> None:
    quote = "文化市场管理（项）。年初预算0万元，支出决算71.00万元，完成年初预算的100%。"
    facts = tuple(
        Fact("文化市场管理", measure, Decimal(value), "万元", 2021, "text", "", Place(9, quote, ()), value)
        for measure, value in (("年初预算", "0"), ("决算", "71.00"))
    )
    book = {**EVIDENCE, "E4": Evidence("E4", "d", "五", Place(9, quote, ()), facts=facts)}
    stated = derived_of("71.00", Operation.DIFFERENCE, "E4", "71.00", "0")

    def judged(item: str) -> Verdict:
        sentence = Sentence(f"2021年{item}支出决算比年初预算多71.00万元。", ("E4",), (stated,))
        return verify.check(Draft((sentence,)), book, "花了多少？")

    assert judged("文化市场管理").objections == ()
    assert judged("群众文化").objections


YEARS_ROW = "图书采购 | 12.00 | 10.00 | 20.00"


@pytest.mark.parametrize(
    ("operation", "printed", "value", "unit", "stands"),
    [
        (Operation.SUM, ("12.00", "10.00"), "22.00", "万元", True),
        (Operation.AVERAGE, ("12.00", "20.00"), "16.00", "万元", False),
        (Operation.CHANGE, ("20.00", "12.00"), "66.67", "%", False),
        (Operation.SUM, ("12.00", "12.00"), "24.00", "万元", False),
    ],
)
def test_of_two_years_named_each_gives_a_figure(
    operation: Operation, printed: tuple[str, str], value: str, unit: str, stands: bool
) -> None:
    place = Place(9, YEARS_ROW, ())
    facts = tuple(
        Fact("图书采购", "决算", Decimal(n), "万元", year, "table", "", place, n)
        for n, year in (("12.00", 2021), ("10.00", 2020), ("20.00", None))
    )
    book = {"E1": Evidence("E1", "d", "五", place, facts=facts)}
    made = Derivation(value, unit, operation, tuple(Term("E1", p, "万元") for p in printed))
    draft = Draft((Sentence(f"2021年和2020年图书采购算得{value}{unit}。", ("E1",), (made,)),))
    assert (verify.check(draft, book, "图书采购？").objections == ()) is stands
