"""Targets and actual values of performance forms, as printed and as figures."""

import pytest

from service.facts import fields, targets
from service.records import Place


@pytest.mark.parametrize(
    ("printed", "comparator", "value", "unit"),
    [
        ("≥95%", "≥", "95", "%"),
        ("≧ 95 ％", "≥", "95", "%"),
        ("不低于15次", "≥", "15", "次"),
        ("95%以上", "≥", "95", "%"),
        ("2小时以内", "≤", "2", "小时"),
        ("不超过30.5万元", "≤", "30.5", "万元"),
        ("=1次", "=", "1", "次"),
        ("1,200人", None, "1200", "人"),
        ("≥44万人", "≥", "44", "万人"),
        ("100", None, "100", ""),
        ("达标", None, None, ""),
        ("2023年12月底前", None, None, ""),
        ("12月底前", None, None, ""),
        ("12-15次", None, None, ""),
        ("43人；160平方；12批", None, None, ""),
    ],
)
def test_stated(printed: str, comparator: str | None, value: str | None, unit: str) -> None:
    found = targets.stated(printed, Place(1, printed, ()))
    assert found is not None
    assert (found.printed, found.comparator, None if found.value is None else str(found.value), found.unit) == (
        printed,
        comparator,
        value,
        unit,
    )


@pytest.mark.parametrize("printed", ["", "—", "/"])
def test_a_blank_states_nothing(printed: str) -> None:
    assert targets.stated(printed, Place(1, printed, ())) is None


@pytest.mark.parametrize("head", ["年度指标值", "指标值", "目标值", "年初目标值", "绩效指标值", "年度指标值(A)", "计划数"])
def test_headings_of_targets(head: str) -> None:
    assert targets.TARGET.fullmatch(head)
    assert not targets.ACTUAL.fullmatch(head)


@pytest.mark.parametrize("head", ["实际完成值", "全年完成值", "实际完成情况", "实际值完成值", "完成值", "实现值"])
def test_headings_of_actual_values(head: str) -> None:
    assert targets.ACTUAL.fullmatch(head)
    assert not targets.TARGET.fullmatch(head)


@pytest.mark.parametrize("head", ["全年执行数", "未完成原因及改进措施", "偏差原因分析及改进措施", "预算执行情况"])
def test_other_headings(head: str) -> None:
    assert not targets.TARGET.fullmatch(head)
    assert not targets.ACTUAL.fullmatch(head)


def test_what_was_reached_stands_right_of_the_target() -> None:
    head = ["年度绩效指标完成情况", "一级指标", "指标内容", "年度指标值", "实际完成值", "分值", "得分"]
    found = fields.of(head, [], {})
    assert (found.target, found.actual) == (3, 4)


def test_a_column_of_scores_may_hold_reasons() -> None:
    head = ["一级指标", "三级指标", "指标值", "完成值", "权重", "得分/未完成原因分析"]
    found = fields.of(head, [], {})
    assert {column: measure for column, (measure, _) in found.figures.items()} == {4: "分值", 5: "得分"}
