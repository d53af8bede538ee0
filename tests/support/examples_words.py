"""Examples of the obligations on prose, forms and units (D to J)."""

from service.checks.book import Book
from service.statements import GENERAL
from tests.support.books import book, disclosure, document, paragraph
from tests.support.specimens import (
    FORM_ROWS,
    ITEM,
    LIST,
    Examples,
    beside,
    budget,
    changed,
    form,
    in_table,
    received,
    remark,
    section,
    spending,
    staffed,
    stated,
    statements,
)

EXAMPLES: Examples = {
    "D1": (
        lambda: beside(spending(), stated("本年支出合计", "30.00")),
        lambda: beside(spending(), stated("本年支出合计", "30.01")),
        lambda: beside(book(), stated("本年支出合计", "30.00")),
    ),
    "D2": (
        lambda: beside(statements(), stated("公务员医疗补助", "20.00", code="2101103")),
        lambda: beside(statements(), stated("公务员医疗补助", "20.02", code="2101103")),
        lambda: beside(statements(), stated("药品采购", "20.00", code="2109999")),
    ),
    "D3": (
        lambda: beside(staffed(), stated("人员经费", "12.00", scope=GENERAL)),
        lambda: beside(staffed(), stated("公用经费", "12.00", scope=GENERAL)),
        lambda: beside(statements(), stated("公用经费", "6.00", scope=GENERAL)),
    ),
    "D4": (
        lambda: beside(received("0.50"), stated("公务接待费", "0.50"), in_table("0.50")),
        lambda: beside(received("0.50"), stated("公务接待费", "0.80"), in_table("0.50")),
        lambda: beside(received("0.50"), stated("公务接待费", "0.50")),
    ),
    "D7": (
        lambda: remark("本部门无政府性基金预算财政拨款收支。", [["", "合计", ""]]),
        lambda: remark("本部门无政府性基金预算财政拨款收支。", [["", "合计", "7.50"]]),
        lambda: book(paragraph("本部门无政府性基金预算财政拨款收支。", section=("七、政府性基金预算财政拨款收入支出情况说明",))),
    ),
    "E1": (
        lambda: budget(ITEM.format("350.35")),
        lambda: budget(ITEM.format("352.67")),
        lambda: budget("2024年预算安排352.67万元。"),
    ),
    "E2": (
        lambda: book(LIST.format("60.00")),
        lambda: book(LIST.format("61.00")),
        lambda: book("支出决算合计100.00万元，其中：基本支出60.00万元。"),
    ),
    "E3": (
        lambda: section("8.00", "20.00"),
        lambda: section("8.00", "21.00"),
        lambda: section("9.00", "21.00"),
    ),
    "E4": (
        lambda: book("实有人员14人，其中行政6人、事业8人。"),
        lambda: book("建筑面积8013平方米（其中计容面积7998平方米，不计容面积105平方米）。"),
        lambda: book("实有人员14人，其中行政6人。"),
    ),
    "E5": (
        lambda: form(FORM_ROWS),
        lambda: form(changed(FORM_ROWS, 0, 3, "50")),
        lambda: form(FORM_ROWS[:2]),
    ),
    "F1": (
        lambda: book("支出合计100.00万元，其中：基本支出60.00万元，占60.00%。"),
        lambda: book("支出合计100.00万元，其中：基本支出60.00万元，占61.20%。"),
        lambda: book("基本支出60.00万元，占61.20%。"),
    ),
    "F3": (
        lambda: book("年初预算400万元，支出决算350万元，完成年初预算的87.50%。"),
        lambda: book("年初预算400万元，支出决算350万元，完成年初预算的78.50%。"),
        lambda: book("公务接待费支出决算0.22万元，完成预算的100.00%。"),
    ),
    "F4": (
        lambda: book("支出总计1209.27万元，与上年相比增加10.86万元，增长0.91%。"),
        lambda: book("支出总计1209.27万元，与上年相比增加10.86万元，增长9.1%。"),
        lambda: book("与上年相比增长9.1%。"),
    ),
    "F5": (
        lambda: budget("预算收入202.15万元，较上年164.92万元增加37.23万元。"),
        lambda: budget("预算收入202.15万元，较上年164.92万元增加27.23万元。"),
        lambda: budget("较上年164.92万元增加37.23万元。"),
    ),
    "G1": (
        lambda: beside(spending(), stated("本年支出合计", "30.00")),
        lambda: beside(spending(), stated("本年支出合计", "300000")),
        lambda: spending(unit=None),
    ),
    "H1": (
        lambda: book("年初预算400万元，支出决算350万元，决算数小于年初预算数的主要原因是支出减少。"),
        lambda: book("年初预算400万元，支出决算350万元，决算数大于年初预算数的主要原因是支出减少。"),
        lambda: book("决算数大于年初预算数的主要原因是支出减少。"),
    ),
    "H2": (
        lambda: budget("比2023年预算执行数减少2.98%。主要原因是：宣传事务经费减少。"),
        lambda: budget("比2023年预算执行数减少2.98%。主要原因是：宣传事务经费增加。"),
        lambda: budget("主要原因是：宣传事务经费增加。"),
    ),
    "I1": (
        lambda: book("本部门2023年单位绩效目标合理。"),
        lambda: book("本部门2022年单位绩效目标合理。"),
        lambda: Book(document("本部门2022年单位绩效目标合理。", year=None), disclosure(year=None)),
    ),
}
