"""Examples of the obligations on tables (A, B, C)."""

from tests.support.books import book, table
from tests.support.specimens import (
    BASIC_ROWS,
    FISCAL_ROWS,
    FUNCTION,
    FUNCTION_ROWS,
    FUND_ROWS,
    FUNDED_ROWS,
    INCOME_ROWS,
    TOTALS,
    TOTALS_ROWS,
    Examples,
    basic,
    changed,
    following,
    fund,
    funded,
    planned,
    printed,
    public,
    spending,
    statements,
    with_public,
)

EXAMPLES: Examples = {
    "A2": (
        lambda: printed(spending()),
        lambda: printed(spending(changed(FUNCTION_ROWS, 4, 2, "4,00.00"))),
        lambda: printed(spending(changed(FUNCTION_ROWS, 4, 2, "4.00 5.00"))),
    ),
    "A6": (
        lambda: printed(spending()),
        lambda: printed(spending(), "80.00"),
        spending,
    ),
    "B5": (
        lambda: funded(FUNDED_ROWS),
        lambda: funded(changed(FUNDED_ROWS, 4, 4, "4.00")),
        lambda: funded([row if row[0] != "一般公共预算财政拨款" else [""] * 6 for row in FUNDED_ROWS]),
    ),
    "B8": (
        lambda: fund(FUND_ROWS),
        lambda: fund(changed(FUND_ROWS, 1, 6, "3.00")),
        lambda: fund(changed(FUND_ROWS, 1, 6, "2.0.0")),
    ),
    "B9": (
        spending,
        lambda: spending(changed(FUNCTION_ROWS, 7, 1, "行政单位医疗")),
        lambda: spending([*FUNCTION_ROWS, FUNCTION_ROWS[-1]]),
    ),
    "B10": (
        spending,
        lambda: spending(changed(FUNCTION_ROWS, 4, 2, "-4.00")),
        lambda: spending(changed(FUNCTION_ROWS, 4, 2, "4.00 5.00")),
    ),
    "C6": (
        lambda: with_public("0.50", "0.30"),
        lambda: with_public("0.50", "0.80"),
        lambda: with_public("", "0.30"),
    ),
    "C7": (
        lambda: planned("30.00", "5.00"),
        lambda: planned("31.00", "5.00"),
        lambda: planned("30.00", "5.00", complete=False),
    ),
    "C8": (
        lambda: following("249.18"),
        lambda: following("294.18"),
        lambda: following("249.18", kept=False),
    ),
    "B1": (
        spending,
        lambda: spending(changed(FUNCTION_ROWS, 2, 2, "11.00")),
        lambda: spending([*FUNCTION_ROWS, FUNCTION_ROWS[-1]]),
    ),
    "B2": (
        spending,
        lambda: spending(changed(FUNCTION_ROWS, 0, 3, "81.00")),
        lambda: spending([*FUNCTION_ROWS, FUNCTION_ROWS[-1]]),
    ),
    "B3": (
        spending,
        lambda: spending(changed(FUNCTION_ROWS, 4, 3, "14.00")),
        lambda: spending([[*r[:3], "7.77", *r[4:]] for r in FUNCTION_ROWS]),
    ),
    "B4": (
        statements,
        lambda: statements(totals=changed(TOTALS_ROWS, 4, 3, "31.20")),
        lambda: statements(totals=changed(TOTALS_ROWS, 4, 3, "")),
    ),
    "B6": (
        lambda: basic(*BASIC_ROWS[:2], ["", "人员经费合计", "12.00"]),
        lambda: basic(*BASIC_ROWS[:2], ["", "公用经费合计", "8.00"], ["", "人员经费合计", "12.00"]),
        lambda: basic(["302", "商品和服务支出", "6.00"], ["", "人员经费合计", "12.00"]),
    ),
    "B7": (
        lambda: public([["3.00", "1.00", "1.50", "", "1.50", "0.50"]]),
        lambda: public([["3.00", "1.00", "1.50", "", "1.50", "0.80"]]),
        lambda: public([["3.00", "1.00", "1.5.0", "", "1.50", "0.50"], ["3.00", "1.00", "1.50", "", "1.50", "0.50"]]),
    ),
    "C1": (
        statements,
        lambda: statements(income=changed(INCOME_ROWS, 0, 2, "33.00")),
        lambda: statements(income=changed(INCOME_ROWS, 0, 1, "总数")),
    ),
    "C2": (
        statements,
        lambda: statements(fiscal=changed(FISCAL_ROWS, 2, 1, "29.00")),
        lambda: statements(fiscal=changed(FISCAL_ROWS, 2, 0, "收入")),
    ),
    "C3": (
        statements,
        lambda: statements(fiscal=changed(FISCAL_ROWS, 2, 4, "29.00")),
        lambda: statements(fiscal=changed(FISCAL_ROWS, 2, 4, "")),
    ),
    "C4": (
        statements,
        lambda: statements(basic=changed(BASIC_ROWS, 2, 2, "17.00")),
        lambda: statements(basic=changed(BASIC_ROWS, 2, 1, "")),
    ),
    "C5": (
        statements,
        lambda: statements(totals=changed(TOTALS_ROWS, 0, 3, "11.00")),
        lambda: book(
            tables=(
                table("收入支出决算总表", TOTALS, TOTALS_ROWS, statement="收入支出决算总表"),
                table("支出决算表", [*FUNCTION[:2], "基本支出"], [["208", "社会保障和就业支出", "1.00"]], statement="支出决算表", page=3),
            )
        ),
    ),
}
