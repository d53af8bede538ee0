"""A row and a column named together: the cell, the row of a table of that kind alone, or that nothing of it is printed."""

from service.records import DocumentInfo, Fact, Kind
from tests.support.shelf import Shelf, ask, fact

FINAL = DocumentInfo("qinghe-2023", "", "云汀市青禾区水务局", 2023, Kind.FINAL, "部门", 20, "0")
BASIC, ALL = "一般公共预算基本支出决算表", "支出决算表"


def _row(item: str, value: str, table: str, column: str, code: str) -> Fact:
    quote = f"{code} | {item} | {column} | {value}"
    return fact(item, "决算", value, table, quote, source="table", code=code, column=column, table=table, part="expenditure")


def _told(item: str, value: str) -> Fact:
    return fact(item, "决算", value, "支出决算情况说明", f"{item}决算{value}万元", part="money")


WHOLE = (_told("基本支出", "300.00"), _told("项目支出", "80.00"))


def _ask(question: str, *facts: Fact) -> str:
    return ask(question, Shelf(FINAL, facts={FINAL.doc: (*WHOLE, *facts)})).answer


def test_the_whole_of_a_column_is_not_told_for_one_item() -> None:
    told = _ask("公务接待费的基本支出是多少？", _told("公务接待费", "1.20"))
    assert told.startswith("文件里没有找到单独列出的公务接待费的基本支出。")
    assert "1.20万元" in told
    assert "300.00" not in told


def test_a_table_of_that_expenditure_alone_prints_the_item() -> None:
    told = _ask("公务接待费基本支出", _told("公务接待费", "1.20"), _row("公务接待费", "0.70", BASIC, "决算数", "30217"))
    assert "0.70万元" in told
    assert "1.20" not in told
    assert "300.00" not in told


def test_an_item_that_is_nowhere_has_no_part_either() -> None:
    told = _ask("公务接待费基本支出")
    assert told == "文件里没有找到单独列出的公务接待费的基本支出。"


def test_a_cell_is_told_where_the_table_has_the_column() -> None:
    rows = [_row("河道维护", v, ALL, c, "2130305") for v, c in (("90.00", "合计"), ("20.00", "基本支出"), ("70.00", "项目支出"))]
    told = _ask("河道维护的项目支出是多少？", *rows)
    assert "70.00万元" in told
    assert "没有找到" not in told


def test_the_document_s_own_whole_is_told_by_its_column() -> None:
    assert "80.00万元" in _ask("支出总计里项目支出是多少？", _told("支出总计", "380.00"))
