"""Laws of the number parser and of the normaliser."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from service import amounts
from service.text import find, normal, normalised

values = st.decimals(min_value=0, max_value=10**10, places=2).map(lambda v: v.quantize(Decimal("0.01")))
units = st.sampled_from(["元", "万元", "亿元", "%", "人", "分"])
words = st.text(st.sampled_from("年初预算支出决算为共计，。（）⻋⻔ “”"), max_size=20)
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@given(values, units, words, words, st.booleans(), st.booleans())
def test_printing_then_parsing_gives_the_number_back(value: Decimal, unit: str, before: str, after: str, grouped: bool, wide: bool) -> None:
    printed = f"{value:,}" if grouped else f"{value}"
    text = f"{before}为{printed.translate(WIDE) if wide else printed}{unit}，{after}"
    (found,) = amounts.figures(text)
    assert (found.value, found.unit, found.decimals) == (value, unit, 2)
    assert normal(text[found.start : found.end]) == normal(printed + unit)


@given(values)
def test_a_cell_prints_and_parses(value: Decimal) -> None:
    found = amounts.cell(f"{value:,}")
    assert found is not None
    assert amounts.plain(found.value) == f"{value}"


@given(st.text(max_size=60))
def test_every_normal_character_has_its_source(text: str) -> None:
    form = normalised(text)
    assert form.text == normal(text)
    assert len(form.at) == len(form.text)
    assert list(form.at) == sorted(form.at)


@given(st.text(st.sampled_from("0123456789.,年预算万元 "), min_size=1, max_size=30), st.data())
def test_a_found_quote_is_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = find(text[start:end], text)
    if span is not None:
        assert normal(text[span[0] : span[1]]) == normal(text[start:end])


@given(values, st.integers(0, 9), st.data())
def test_a_changed_digit_is_not_found(value: Decimal, digit: int, data: st.DataObject) -> None:
    text = f"支出决算{value}万元，完成年初预算"
    at = data.draw(st.sampled_from([i for i, c in enumerate(text) if c.isdigit()]))
    if text[at] != str(digit):
        assert find(text[:at] + str(digit) + text[at + 1 :], text) is None


def test_part_of_a_number_is_not_found() -> None:
    assert find("50万元", "决算350万元") is None
    assert find("35", "决算350万元") is None
    assert find("350", "决算350.5万元") is None
    assert find("350万元", "决算350万元") is not None
