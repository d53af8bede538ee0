"""What kind of slip turns one figure into another, and how a sum is written."""

from decimal import Decimal

import pytest

from service.checks import diagnosis
from service.checks.equations import Equation
from service.checks.intervals import Interval
from service.checks.printed import Printed
from service.records import Place
from tests.support.books import table


@pytest.mark.parametrize(
    ("printed", "expected", "code"),
    [
        ("1312.56", "1212.56", "digit-changed"),
        ("8013", "8103", "digits-transposed"),
        ("4817.31", "417.31", "digit-inserted"),
        ("17.31", "417.31", "digit-dropped"),
        ("350.00", "35.00", "decimal-slip"),
        ("2995.39", "29953900", "unit-slip"),
        ("-12.50", "12.50", "sign"),
        ("1", "10", "decimal-slip"),
        ("10", "1", "decimal-slip"),
        ("0", "12.50", ""),
        ("12.50", "0", ""),
        ("71.73", "65.10", ""),
    ],
)
def test_amounts(printed: str, expected: str, code: str) -> None:
    assert diagnosis.of_amount(Decimal(printed), Decimal(expected)) == ((code,) if code else ())


def test_rates() -> None:
    low = Interval(Decimal("0.5982"), Decimal("0.5983"))
    assert diagnosis.of_rate(Decimal("0.06"), low) == ("decimal-slip",)
    assert diagnosis.of_rate(Decimal("-0.60"), low) == ("sign",)
    assert diagnosis.of_rate(Decimal("3.33"), low, [Decimal("3.33")]) == ("copied-from-neighbour",)


def test_every_diagnosis_has_a_wording() -> None:
    assert all(diagnosis.wording([code]) for code in diagnosis.NAMES)
    assert diagnosis.wording([]) == ""


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("12.00", "3.00", "5.00"), "甲 12.00 + 乙 3.00 − 丙 5.00 = 10.00"),
        (("12.00", "0.00", "0.00"), "甲 12.00"),
        (("0.00", "0.00", "5.00"), "− 丙 5.00 = -5.00"),
        (("0.00", "0.00", "0.00"), "甲 0.00"),
    ],
)
def test_a_sum_is_written_with_what_it_adds(parts: tuple[str, ...], written: str) -> None:
    made = [Printed(Decimal(t), "万元", Place(1, t, ()), t) for t in parts]
    total = Printed(Decimal("9.00"), "万元", Place(1, "9.00", ()), "total")
    equation = Equation(table("支出决算表", ["项目"], [["甲"]]), "合计", total, tuple(made), ("甲", "乙", "丙"), frozenset({2}))
    assert equation.formula == written
