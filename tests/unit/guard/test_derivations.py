"""Declared calculations: their operands, result, direction, items and years."""

from decimal import Decimal

import pytest

from service import amounts
from service.answering import verify
from service.answering.draft import WHOLE, Derivation, Draft, Evidence, Operation, Sentence, Term
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


def _row(label: str, item: str, printed: str) -> Evidence:
    figure = amounts.cell(printed)
    assert figure is not None
    place = Place(7, f"{item} | {printed}", ())
    fact = Fact(item, "决算", figure.value, "万元", 2021, "table", "", place, printed)
    return Evidence(label, "d", "公开03表", place, "万元", 2021, (fact,))


TABLE_BOOK = {
    "T1": _row("T1", "图书馆", "310.40"),
    "T2": _row("T2", "文化馆", "60.40"),
    "T3": _row("T3", "合计", "1,552.00"),
    "T4": _row("T4", "美术馆", "(12)"),
    "T5": _row("T5", "小剧场", "40.00"),
}


def stepped(text: str, *derivations: Derivation) -> Verdict:
    return verify.check(Draft((Sentence(text, (), derivations),)), TABLE_BOOK, "图书馆和文化馆占多少？")


def both(value: str = "370.80", *, second: str = "T2") -> Derivation:
    printed = {"T2": "60.40", "T5": "40.00"}[second]
    return Derivation(value, "万元", Operation.SUM, (Term("T1", "310.40", "万元"), Term(second, printed, "万元")))


def share(value: str, part: Derivation) -> Derivation:
    return Derivation(value, "%", Operation.SHARE, (part, Term("T3", "1,552.00", "万元")))


def test_a_calculation_of_two_steps_is_shown_whole() -> None:
    verdict = stepped("2021年图书馆和文化馆支出合计占全部支出的23.89%。", share("23.89", both()))
    (figure,) = verdict.figures
    assert (figure.status, figure.derivation) == (Support.DERIVED, "(310.40 + 60.40) / 1552.00 * 100 = 23.89")
    assert verdict.labels == ("T1", "T2", "T3")


def test_a_step_may_be_told_too() -> None:
    verdict = stepped("2021年图书馆和文化馆支出合计370.80万元，占全部支出的23.89%。", both(), share("23.89", both()))
    assert [f.value for f in verdict.figures] == ["370.80", "23.89"]


@pytest.mark.parametrize(
    ("declared", "objection"),
    [
        (share("23.98", both()), "不符"),
        (share("23.89", both("370.90")), "步骤中的"),
        (share("23.89", both("")), "步骤中的"),
        (share("22.58", both("350.40", second="T5")), "不属于「文化馆」"),
        (share("0.01", share("23.89", both())), "不能这样计算"),
        (share("0", share("0", share("0", both()))), "套得太深"),
    ],
)
def test_a_false_step_does_not_stand(declared: Derivation, objection: str) -> None:
    verdict = stepped(f"2021年图书馆和文化馆支出合计占全部支出的{declared.value}%。", declared)
    assert objection in verdict.objections[0].message


def test_the_operands_of_a_step_are_held_to_what_the_sentence_names() -> None:
    apart = Derivation("250.00", "万元", Operation.DIFFERENCE, (Term("T1", "310.40", "万元"), Term("T2", "60.40", "万元")))
    assert stepped("2021年图书馆比文化馆多出的钱占全部支出的16.11%。", share("16.11", apart)).objections == ()
    assert "不属于" in stepped("2021年小剧场比文化馆多出的钱占全部支出的16.11%。", share("16.11", apart)).objections[0].message
    assert "年" in stepped("2019年图书馆比文化馆多出的钱占全部支出的16.11%。", share("16.11", apart)).objections[0].message


def test_the_rest_of_a_whole() -> None:
    book = {"E1": Evidence("E1", "d", "五", Place(6, "项目支出占62.50%。", ()))}

    def rest(text: str, value: str, first: Term, operation: Operation = Operation.DIFFERENCE) -> Verdict:
        declared = Derivation(value, "%", operation, (first, Term("E1", "62.50", "%")))
        return verify.check(Draft((Sentence(text, ("E1",), (declared,)),)), book, "其余占多少？")

    assert rest("其余占37.50%。", "37.50", WHOLE).objections == ()
    assert rest("其余占37.60%。", "37.60", WHOLE).objections
    assert rest("其余占27.50%。", "27.50", Term("", "90", "%")).objections, "only the whole needs no evidence"
    assert rest("合计162.50%。", "162.50", WHOLE, Operation.SUM).objections, "and only to take something from it"


def test_a_whole_follows_from_a_part_and_its_share() -> None:
    book = {"E1": Evidence("E1", "d", "五", Place(6, "项目支出50.00万元，占62.50%。", ()))}

    def whole(value: str, unit: str = "万元") -> Verdict:
        declared = Derivation(value, unit, Operation.QUOTIENT, (Term("E1", "50.00", "万元"), Term("E1", "62.50", "%")))
        return verify.check(Draft((Sentence(f"推算支出总额为{value}{unit}。", ("E1",), (declared,)),)), book, "总额多少？")

    (figure,) = whole("80.00").figures
    assert figure.derivation == "50.00 / 62.50 * 100 = 80.00"
    assert whole("8.00").objections
    assert whole("80.00", "人").objections


def test_a_negative_figure_in_brackets_is_no_list_number() -> None:
    apart = Derivation("72.40", "万元", Operation.DIFFERENCE, (Term("T2", "60.40", "万元"), Term("T4", "(12)", "万元")))
    (figure,) = stepped("2021年文化馆比美术馆多72.40万元。", apart).figures
    assert figure.derivation == "60.40 - (-12) = 72.40"


def _columned(label: str, item: str, *cells: tuple[str, str, int | None]) -> Evidence:
    """A row with (column, printed, year) of every cell."""
    place = Place(9, f"{item} | {' | '.join(printed for _, printed, _ in cells)}", ())
    facts = tuple(
        Fact(item, "决算", Decimal(printed), "万元", year, "table", "公开03表", place, printed, None, column)
        for column, printed, year in cells
    )
    return Evidence(label, "d", "公开03表", place, "万元", 2021, facts)


WIDE_BOOK = {
    "W1": _columned("W1", "图书馆", ("本年支出合计", "310.40", 2021), ("基本支出", "250.00", 2021), ("项目支出", "60.40", 2021)),
    "W2": _columned("W2", "文化馆", ("本年支出合计", "90.00", 2021), ("基本支出", "50.00", 2021), ("项目支出", "40.00", 2021)),
    "W3": _columned("W3", "合计", ("本年支出合计", "400.40", 2021), ("基本支出", "300.00", 2021), ("项目支出", "100.40", 2021)),
    "W4": _columned("W4", "美术馆", ("本年数", "35.00", 2021), ("上年数", "30.00", 2020), ("变动", "5.00", None), ("其他", "2.00", None)),
}


def share_of(text: str, value: str, part: tuple[str, str], whole: tuple[str, str]) -> tuple[str, ...]:
    terms = (Term(*part, "万元"), Term(*whole, "万元"))
    declared = Derivation(value, "%", Operation.SHARE, terms)
    verdict = verify.check(Draft((Sentence(text, (), (declared,)),)), WIDE_BOOK, "占多少？")
    return tuple(o.message for o in verdict.objections)


def test_a_share_in_the_total_is_of_the_item_named() -> None:
    assert share_of("2021年图书馆支出占全部支出的77.52%。", "77.52", ("W1", "310.40"), ("W3", "400.40")) == ()
    assert "不属于「图书馆」" in share_of("2021年图书馆支出占全部支出的22.48%。", "22.48", ("W2", "90.00"), ("W3", "400.40"))[0]


def test_a_share_is_of_the_column_named() -> None:
    assert share_of("2021年图书馆基本支出占本年支出合计的80.54%。", "80.54", ("W1", "250.00"), ("W1", "310.40")) == ()
    assert share_of("2021年图书馆基本支出占该馆支出的80.54%。", "80.54", ("W1", "250.00"), ("W1", "310.40")) == ()
    wrong = share_of("2021年图书馆基本支出占本年支出合计的19.46%。", "19.46", ("W1", "60.40"), ("W1", "310.40"))
    assert "不属于「基本支出」一列" in wrong[0]


def test_an_item_named_in_words_of_its_own_is_the_item_still() -> None:
    book = {"F1": _row("F1", "群众文化活动场馆支出", "80.00"), "F2": _row("F2", "博物馆", "71.00"), "F3": _row("F3", "纪念馆", "60.00")}

    def apart(value: str, first: tuple[str, str], second: tuple[str, str]) -> Verdict:
        declared = Derivation(value, "万元", Operation.DIFFERENCE, (Term(*first, "万元"), Term(*second, "万元")))
        text = f"2021年群众文化活动的场馆支出相差{value}万元。"
        return verify.check(Draft((Sentence(text, (), (declared,)),)), book, "相差多少？")

    assert "不属于" in apart("11.00", ("F2", "71.00"), ("F3", "60.00")).objections[0].message


def test_what_stands_in_no_years_column_is_not_of_the_years_named() -> None:
    def total(value: str, *printed: str) -> Verdict:
        declared = Derivation(value, "万元", Operation.SUM, tuple(Term("W4", p, "万元") for p in printed))
        return verify.check(Draft((Sentence(f"美术馆2020年和2021年合计{value}万元。", (), (declared,)),)), WIDE_BOOK, "合计多少？")

    assert total("65.00", "35.00", "30.00").objections == ()
    assert "年的数" in total("7.00", "5.00", "2.00").objections[0].message


def test_two_items_named_are_the_two_compared() -> None:
    apart = Derivation("250.00", "万元", Operation.DIFFERENCE, (Term("T1", "310.40", "万元"), Term("T2", "60.40", "万元")))
    assert stepped("2021年图书馆比文化馆多250.00万元。", apart).objections == ()
    assert stepped("2021年小剧场比文化馆多250.00万元。", apart).objections, "although the question names the first operand"


@pytest.mark.parametrize(("unit", "stands"), [("个百分点", True), ("%", False)])
def test_percentages_differ_by_points(unit: str, *, stands: bool) -> None:
    book = {"E1": Evidence("E1", "d", "五", Place(6, "基本支出占62.50%，项目支出占37.50%。", ()))}
    declared = Derivation("25.00", unit, Operation.DIFFERENCE, (Term("E1", "62.50", "%"), Term("E1", "37.50", "%")))
    sentence = Sentence(f"基本支出的占比比项目支出的多25.00{unit}。", ("E1",), (declared,))
    assert (verify.check(Draft((sentence,)), book, "差多少？").objections == ()) is stands
