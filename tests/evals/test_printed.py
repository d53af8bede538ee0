"""Numbers as an outsider reads them: what tells an amount, what a calculation gives, what stands on a page."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.bench import SAMPLES
from evals.printed import Originals, follows, numbers, same


@pytest.mark.parametrize(
    ("wanted", "unit", "said", "right"),
    [
        ("350", "万元", "350.00万元", True),
        ("350", "万元", "3,500,000 元", True),
        ("350", "万元", "350元", False),
        ("2961.48", "万元", "0.30亿元", True),
        ("2961.48", "万元", "3亿元", False),
        ("-3.38", "%", "下降3.38%", True),
        ("3.38", "%", "3.38万元", False),
        ("12", "人", "12", True),
        ("87.50", "%", "87.5%", True),
        ("87.56", "%", "87.5%", False),
    ],
)
def test_telling_an_amount(wanted: str, unit: str, said: str, right: bool) -> None:
    (number,) = numbers(said)
    assert same(Decimal(wanted), unit, number) is right


@pytest.mark.parametrize(
    ("value", "derivation", "right"),
    [
        ("50", "400 - 350 = 50", True),
        ("50", "400万元 − 350万元 = 50万元", True),
        ("12.5", "(400 - 350) ÷ 400 × 100% = 12.5%", True),
        ("12.50", "(400 - 350) ÷ 400", True),
        ("51", "400 - 350 = 51", False),
        ("50", "450 - 400 = 50", False),
        ("50", "", False),
        ("50", "__import__('os')", False),
        ("1", "400 ÷ 0", False),
        ("50", "(400 - 350", False),
        ("-50", "350 - 400", True),
    ],
)
def test_a_declared_calculation(value: str, derivation: str, right: bool) -> None:
    assert follows(value, derivation, [Decimal(400), Decimal(350)]) is right


@given(st.decimals(1, 10**6, places=2), st.decimals(1, 10**6, places=2))
def test_sums_follow_and_wrong_sums_do_not(a: Decimal, b: Decimal) -> None:
    assert follows(f"{a + b}", f"{a} + {b}", [a, b])
    assert not follows(f"{a + b + 1}", f"{a} + {b}", [a, b])


def test_quotes_stand_on_their_page() -> None:
    originals = Originals(SAMPLES)
    doc = "qinghe-2024-final"
    quote = "收入总计、支出总计均为1441.60万元"
    page = next(n for n in range(1, 30) if originals.holds(doc, n, quote))
    assert not originals.holds(doc, page, quote.replace("1441.60", "1441.61"))
    assert not originals.holds(doc, page + 5, quote)
    assert not originals.holds(doc, 0, quote)
    assert not originals.holds("nowhere", 1, quote)


def test_cells_of_a_row_may_be_drawn_in_another_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("合计\n3.00\n1.00", "utf-8")
    originals = Originals(tmp_path)
    assert originals.holds("a", 1, "合计 | 1.00 | 3.00")
    assert not originals.holds("a", 1, "合计 | 1.00 | 4.00")
