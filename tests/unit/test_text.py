"""The one normaliser: radicals, width, white space, marks."""

import pytest

from service.text import find, normal


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("⻋辆购置", "车辆购置"),
        ("部⻔", "部门"),
        ("⻓期", "长期"),
        ("⼀般公共预算", "一般公共预算"),
        ("“三公”经费（决算）", '"三公"经费(决算)'),
        ("657. 63 万元", "657.63万元"),
        ("２０２３年\u3000度", "2023年度"),
        ("软\u00ad连字符", "软连字符"),
        ("财预〔2016〕143号", "财预[2016]143号"),
        ("350.00①", "350.00①"),
        ("350.00 ¹²", "350.00¹²"),
        ("8.9%²", "8.9%²"),
        ("②350.00", "②350.00"),
        ("①行政运行", "1行政运行"),
        ("平方米（m²）", "平方米(m2)"),
    ],
)
def test_normal(printed: str, form: str) -> None:
    assert normal(printed) == form


def test_find_gives_the_printed_range() -> None:
    text = "其中：财政拨款收入657. 62万元，占\n100%"
    span = find("657.62万元，占100%", text)
    assert span is not None
    assert text[slice(*span)] == "657. 62万元，占\n100%"


def test_not_found() -> None:
    assert find("项目支出", "基本支出") is None
    assert find("", "基本支出") is None
