"""Laws of the guard: no changed digit passes, neither in a quote nor in an answer."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from service.answering import verify
from service.answering.arithmetic import agrees
from service.answering.draft import Derivation, Draft, Evidence, Operation, Sentence, Term
from service.records import Place

amounts = st.decimals(min_value=Decimal("0.01"), max_value=10**7, places=2).map(lambda v: v.quantize(Decimal("0.01")))
rates = st.decimals(min_value=Decimal("0.01"), max_value=999, places=2).map(lambda v: v.quantize(Decimal("0.01")))


def quote(budget: Decimal, spent: Decimal, rate: Decimal) -> str:
    return f"公务员医疗补助（项）。年初预算{budget}万元，支出决算{spent}万元，完成年初预算的{rate}%。"


def stands(text: str, printed: str, derivations: tuple[Derivation, ...] = ()) -> bool:
    evidence = {"E1": Evidence("E1", "d", "s", Place(1, printed, ()))}
    return bool(verify.check(Draft((Sentence(text, ("E1",), derivations),)), evidence, "").kept)


@given(amounts, amounts, rates)
def test_a_true_answer_stands(budget: Decimal, spent: Decimal, rate: Decimal) -> None:
    assert stands(f"年初预算{budget}万元，决算{spent}万元，完成预算的{rate}%。", quote(budget, spent, rate))


@given(amounts, amounts, rates, st.integers(0, 9), st.data())
def test_a_changed_digit_in_the_answer_fails(budget: Decimal, spent: Decimal, rate: Decimal, digit: int, data: st.DataObject) -> None:
    said = f"年初预算{budget}万元，决算{spent}万元，完成预算的{rate}%。"
    at = data.draw(st.sampled_from([i for i, c in enumerate(said) if c.isdigit()]))
    wrong = said[:at] + str(digit) + said[at + 1 :]
    printed = quote(budget, spent, rate)
    if wrong != said and Decimal(digit) != Decimal(said[at]):
        # A leading zero changes the figure too, so every change must be caught.
        assert not stands(wrong, printed)


@given(amounts, amounts, rates, st.integers(0, 9), st.data())
def test_a_changed_digit_in_the_quote_fails(budget: Decimal, spent: Decimal, rate: Decimal, digit: int, data: st.DataObject) -> None:
    said = f"年初预算{budget}万元，决算{spent}万元，完成预算的{rate}%。"
    printed = quote(budget, spent, rate)
    at = data.draw(st.sampled_from([i for i, c in enumerate(printed) if c.isdigit()]))
    if printed[at] != str(digit):
        assert not stands(said, printed[:at] + str(digit) + printed[at + 1 :])


@given(amounts, amounts, st.integers(1, 9))
def test_a_difference_stands_only_when_it_is_right(budget: Decimal, spent: Decimal, off: int) -> None:
    printed = quote(budget, spent, Decimal("1.00"))
    terms = (Term("E1", str(spent), "万元"), Term("E1", str(budget), "万元"))
    for value, right in ((abs(spent - budget), True), (abs(spent - budget) + off, False)):
        word = "多" if spent > budget else "少"
        derivation = Derivation(str(value), "万元", Operation.DIFFERENCE, terms)
        assert stands(f"决算比年初预算{word}{value}万元。", printed, (derivation,)) is right


@given(amounts, st.integers(0, 4))
def test_rounding_is_half_a_unit_of_the_last_place(value: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    stated = value.quantize(step)
    assert agrees(stated, value)
    assert not agrees(stated, stated + step * Decimal("0.51"))
