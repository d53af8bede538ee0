"""Cases of the rules on percentages, units, words and names (see `examples_edges`)."""

from service.checks.book import Book
from service.records import Kind
from tests.support.books import book, table
from tests.support.examples_edges import (
    Case,
    appraised,
    project,
    projects,
    section,
    three_public,
)
from tests.support.examples_narrative import insured, named
from tests.support.specimens import FUNCTION, budget

_MANY = ("支出10.00万元。", "收入20.00万元。", "支出30.00万元。", "收入40.00万元。", "支出50.00万元。", "收入60.00万元。")
_OTHER_BODY = "某市某区民政局2023年度收入总计10.00万元，与上年相比增加1.00万元，增长11.11%，主要原因是项目增加。"


def _beside_total(value: str, prose: str, *, unit: str = "万元") -> Book:
    """A sentence beside a table of one amount."""
    name = "支出决算表"
    return book(prose, tables=(table(name, FUNCTION[:3], [["", "合计", value]], unit=unit, statement=name),))


CASES: dict[str, Case] = {
    # F: percentages
    "a list with one share": ("F2", lambda: book("支出合计100.00万元，其中：基本支出60.00万元，占60.00%。")),
    "shares over several sentences without a head": (
        "F2",
        lambda: section(
            "收入合计100.00万元。", "甲支出20.00万元，占20.00%。", "乙支出30.00万元，占30.00%。", "丙支出50.00万元，占51.00%。"
        ),
    ),
    "a share at the beginning of a sentence": (
        "F1",
        lambda: book("支出合计100.00万元，其中财政拨款支出60.00万元。占支出合计的61.00%。", "占支出合计的60.00%。"),
    ),
    "a share of itself": ("F1", lambda: book("支出合计100.00万元，占支出合计的100.00%。")),
    "a share of a total printed twice": (
        "F1",
        lambda: book("支出合计100.00万元。支出合计120.00万元。基本支出60.00万元，占支出合计的40.00%。"),
    ),
    "a wrong base": ("F4", lambda: book("本年收入120.00万元，上年100.00万元，增长16.67%。")),
    "a wrong base that is a digit away": ("F4", lambda: book("本年收入31.00万元，上年30.00万元，增长3.23%。")),
    "swapped roles": ("F4", lambda: book("本年收入100.00万元，上年120.00万元，增长20.00%。")),
    "a current figure of nothing": ("F4", lambda: book("本年收入0.00万元，上年120.00万元，下降90.00%。")),
    "a prior figure of nothing": ("F4", lambda: book("本年收入5.00万元，上年0.00万元，增长100.00%。")),
    "a prior figure of one": ("F4", lambda: book("本年收入2.00万元，上年1.00万元，增长100.00%。")),
    "two directions, the rate's wrong": ("F4", lambda: book("公务接待费支出3.42万元，与上年相比减少0.73万元，增长17.59%。")),
    "two directions, undecided": ("F4", lambda: book("公务接待费支出3.42万元，与上年相比减少0.73万元，增长50.00%。")),
    "a change three sentences below its figure": (
        "F4",
        lambda: book("公务接待费支出3.42万元。用于接待。用于考察。与上年相比减少0.73万元，下降17.00%。"),
    ),
    "a change four sentences below its figure": (
        "F4",
        lambda: book("公务接待费支出3.42万元。用于接待。用于考察。用于交流。与上年相比减少0.73万元，下降17.00%。"),
    ),
    "a change after two figures, the first opening a list": (
        "F4",
        lambda: book("支出50.00万元，其中基本支出20.00万元，与上年相比增加5.00万元，增长12.00%。"),
    ),
    "a change after two figures of the sentence before": (
        "F4",
        lambda: book("支出50.00万元、收入20.00万元。与上年相比增加5.00万元，增长12.00%。"),
    ),
    "a rate without decimals": ("F4", lambda: book("支出总计1209.27万元，与上年相比增加10.86万元，增长9%。")),
    "a change after two figures": ("F4", lambda: book("支出50.00万元、收入20.00万元，与上年相比增加5.00万元，增长12.00%。")),
    "a difference from two figures, the second opening a list": (
        "F5",
        lambda: budget("支出50.00万元，收入20.00万元，其中：较上年15.00万元增加6.00万元。"),
    ),
    "a difference in other words": ("F5", lambda: budget("预算收入202.15万元，较上年164.92万元多于37.23万元。")),
    "a difference in other words, turned": ("F5", lambda: budget("预算收入202.15万元，较上年164.92万元低于37.23万元。")),
    "a rate whose budget stands in the table": ("F3", lambda: three_public("公务接待费支出决算3.42万元，完成预算的68.40%。", "5.00")),
    "a rate whose budget stands in the table, wrong": (
        "F3",
        lambda: three_public("公务接待费支出决算3.42万元，完成预算的68.40%。", "6.00"),
    ),
    "a variance of nothing": ("F3", lambda: book("年初预算数0.00万元，决算数5.00万元，预决算差异率0.00%。")),
    "a variance of one": ("F3", lambda: book("年初预算数1.00万元，决算数5.00万元，预决算差异率400.00%。")),
    "a variance without its sign": ("F3", lambda: book("年初预算数10.00万元，决算数5.00万元，预决算差异率50.00%。")),
    "a form's rate": ("F3", lambda: projects(facts=project("甲", "60.00", "50.00", "40.00", "80.00", "10", "8"))),
    "a form's rate on the wrong base": ("F3", lambda: projects(facts=project("甲", "60.00", "50.00", "40.00", "66.67", "10", "8"))),
    "a form's rate without its budget": ("F3", lambda: projects(facts=project("甲", "60.00", "", "40.00", "80.00", "10", "8"))),
    "a form's rate without its spending": ("F3", lambda: projects(facts=project("甲", "60.00", "50.00", "", "80.00", "10", "8"))),
    "amounts of two precisions by half": ("F4", lambda: book("收入100.5万元，比上年增加10.55万元，增长11.73%。")),
    "amounts of two precisions by half, further off": ("F4", lambda: book("收入20.5万元，比上年增加6.25万元，增长44.00%。")),
    "amounts of one decimal, further off": ("F4", lambda: book("收入20.5万元，比上年增加6.2万元，增长44.00%。")),
    "amounts of one decimal": (
        "F4",
        lambda: book("收入100.5万元，比上年增加10.5万元，增长11.7%。", "支出3.3万元，比上年减少1.0万元，下降23.4%。"),
    ),
    "a rate without its sign": ("F7", lambda: book("占60.00%，比上年增长999，收入增长1000，支出增长1001。")),
    "one long percentage of four": ("F7", lambda: book("占60.00%，占61.00%，占62.00%，占63.125%。")),
    "one long percentage of three": ("F7", lambda: book("占60.00%，占61.00%，占63.125%。")),
    "points right after money": ("F7", lambda: book("占60.00%，比上年增加3.00万元，占比提高2.00个百分点，增长5.26个百分点。")),
    # G, H, I, J
    "an amount of four digits in the wrong unit": ("G1", lambda: _beside_total("29.95", "维修支出29.95元。")),
    "an amount of three digits in the wrong unit": ("G1", lambda: _beside_total("2.95", "维修支出2.95元。")),
    "an amount ten thousand times its cell": ("G1", lambda: _beside_total("3215", "维修支出3215万元。", unit="元")),
    "an amount without a unit": ("G1", lambda: book("年初预算数为25.30，支出决算为20.10万元。")),
    "a template's word before nothing": ("H2", lambda: book("比上年增加（减少）0万元。")),
    "a template's word before one": ("H2", lambda: book("比上年增加（减少）1万元。")),
    "a reason that is not given, after many words": (
        "H2",
        lambda: book("一般公共服务支出年初预算400万元，支出决算350万元，决算数小于年初预算数的主要原因：。"),
    ),
    "a reason before any change": ("H2", lambda: budget("主要原因是：宣传事务经费增加。比2023年预算执行数减少2.98%。")),
    "a reason after a change of the paragraph before": (
        "H2",
        lambda: budget("比2023年预算执行数减少2.98%。", "主要原因是：宣传事务经费增加。"),
    ),
    "a reason after a change and a rate of nothing": (
        "H2",
        lambda: budget("比2023年预算执行数减少5万元，下降0.00%，主要原因是：宣传事务经费增加。"),
    ),
    "a reason after a change of one": ("H2", lambda: budget("比2023年预算执行数减少1万元，主要原因是：宣传事务经费增加。")),
    "a reason after a change of nothing": ("H2", lambda: budget("比2023年预算执行数减少0万元，主要原因是：宣传事务经费增加。")),
    "a reason after another amount": ("H2", lambda: budget("比2023年预算执行数减少5万元，支出20万元，主要原因是：宣传事务经费增加。")),
    "a level explained by a change": ("H2", lambda: budget("2024年预算安排20.00万元，比2023年持平。主要原因是宣传事务经费增加。")),
    "a level explained in the next paragraph": (
        "H2",
        lambda: budget("2024年预算安排20.00万元，比2023年持平。主要原因是：", "宣传事务经费增加。"),
    ),
    "a level explained in the next paragraph but one": (
        "H2",
        lambda: budget("2024年预算安排20.00万元，比2023年持平。主要原因是：", "（二）其他。", "宣传事务经费增加。"),
    ),
    "nearly level": ("H1", lambda: book("年初预算100.00万元，支出决算105.00万元，决算数与年初预算数基本持平。")),
    "not nearly level": ("H1", lambda: book("年初预算100.00万元，支出决算105.01万元，决算数与年初预算数基本持平。")),
    "more and equal": ("H1", lambda: book("年初预算100.00万元，支出决算100.00万元，决算数大于年初预算数。")),
    "less and equal": ("H1", lambda: book("年初预算100.00万元，支出决算100.00万元，决算数小于年初预算数。")),
    "level with the prior year and not": ("H1", lambda: budget("2023年执行数为20万元，2024年预算安排21万元，比2023年持平。")),
    "another level of government": ("I2", lambda: named("市级预算主管部门负责。", "区级预算主管部门负责。")),
    "two other levels of government": ("I2", lambda: named("市级预算主管部门负责。", "省级预算主管部门负责。")),
    "the own level of government": ("I2", lambda: named("区级预算主管部门负责。", "区级预算主管部门负责。")),
    "a level of government that is not told": ("I2", lambda: named("市级预算主管部门负责。", org="某开发区财政局")),
    "another body": ("I2", lambda: named(_OTHER_BODY)),
    "another body that is one of the units": ("I2", lambda: named(_OTHER_BODY, "1.某市某区民政局")),
    "a closing date of the year before": ("I2", lambda: named("截至2022年12月31日，本单位共有车辆2辆。")),
    "a closing date of the year before in a budget": (
        "I2",
        lambda: named("截至2022年12月31日，本单位共有车辆2辆。", kind=Kind.BUDGET),
    ),
    "a closing date that speaks of nothing held": (
        "I2",
        lambda: named("截至2021年12月31日，已完成审批。", "截至2021年12月31日，本单位共有车辆2辆。"),
    ),
    "a blank of the template": ("I2", lambda: named(*_MANY, "收入总计XXX万元。")),
    "a blank of the template among fewer amounts": ("I2", lambda: named(*_MANY[1:], "收入总计XXX万元。")),
    "a year of a form's target": ("I1", lambda: appraised(["", "2022年完成整改", "", "", "", "", ""])),
    "a year of a form's long remark": (
        "I1",
        lambda: appraised(["", "2022年" + "完" * 76, "2022年" + "完" * 75, "", "", "", ""]),
    ),
    "a class with its name": ("J1", lambda: insured("医疗保障管理事务支出")),
    "money of the insurance funds": (
        "J1",
        lambda: book("医保基金支出312.45万元。", "医疗救助补助支出10.00万元。", "医疗保险基金运行平稳。"),
    ),
}
