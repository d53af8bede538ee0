"""Statutory tables are known by title in every province's wording, else by their columns."""

import pytest

from service import statements
from service.records import Kind
from service.statements import Role, Rows


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("收入支出决算总表", "收入支出决算总表"),
        ("收入决算表", "收入决算表"),
        ("支出决算表", "支出决算表"),
        ("财政拨款收入支出决算总表", "财政拨款收入支出决算总表"),
        ("一般公共预算财政拨款支出决算表", "一般公共预算财政拨款支出决算表"),
        ("一般公共预算财政拨款基本支出决算表", "一般公共预算财政拨款基本支出决算表"),
        ("财政拨款“三公”经费及会议费、培训费支出决算表", "财政拨款“三公”经费支出决算表"),
        ("政府性基金预算财政拨款收入支出决算表", "政府性基金预算财政拨款收入支出决算表"),
        ("国有资本经营预算财政拨款支出决算表", "国有资本经营预算财政拨款支出决算表"),
        ("云汀市青禾区医疗保障局部门整体支出绩效自评表", "部门整体支出绩效自评表"),
        ("项目支出绩效自评情况表", "项目支出绩效自评表"),
        ("一、2018 年度收支预算总表", "收支总表"),
        ("公开05 表：财政拨款支出预算表", "财政拨款支出预算表"),
        ("七、一般公共预算支出预算表（功能科目）", "一般公共预算支出表"),
        ("八、一般公共预算基本支出预算表", "一般公共预算基本支出表"),
        ("2024年部门财务收支预算总表", "收支总表"),
        ("2025年部门财政拨款收支预算总表", "财政拨款收支总表"),
        ("2025年部门政府性基金预算支出功能分类预算表", "政府性基金预算支出表"),
        ("部门“三公”经费和机关运行经费预算表", "“三公”经费支出预算表"),
        ("十一、一般公共预算机关运行经费支出预算表", "一般公共预算机关运行经费支出预算表"),
        ("2024年单位整体支出绩效目标表", "绩效目标表"),
        ("十二、政府采购支出预算表", "政府采购预算表"),
    ],
)
def test_recognised_by_title(title: str, name: str) -> None:
    assert statements.recognise(title, ()) == name


def test_a_title_that_names_no_statement() -> None:
    assert statements.recognise("内设机构一览表", ()) is None
    assert statements.recognise("", ("序号", "单位名称")) is None


def test_recognised_by_columns_without_a_title() -> None:
    columns = ("项目/科目编码", "项目/科目名称", "本年收入合计", "财政拨款收入", "事业收入", "其他收入")
    assert statements.recognise("", columns) == "收入决算表"


def test_what_a_final_account_owes() -> None:
    owed = statements.expected(Kind.FINAL)
    assert len(owed) == 9
    assert {s.role for s in owed} >= {Role.TOTALS, Role.INCOME, Role.EXPENDITURE, Role.FISCAL_TOTALS, Role.GENERAL, Role.BASIC}
    assert all(s.kind is Kind.FINAL for s in owed)


def test_names_are_unique_and_found_again() -> None:
    names = [s.name for s in statements.CATALOGUE]
    assert len(set(names)) == len(names)
    found = statements.get("收入支出决算总表")
    assert found is not None
    assert found.rows is Rows.LANES
    assert statements.get("无此表") is None
