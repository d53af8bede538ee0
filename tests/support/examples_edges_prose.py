"""Cases of the rules on what prose says twice, on lists and on items (see `examples_edges`)."""

from dataclasses import replace

from service.checks.book import Book
from service.records import Fact, Kind
from tests.support.books import book
from tests.support.examples_edges import (
    Case,
    appraisal,
    appraised,
    project,
    projects,
    section,
)
from tests.support.specimens import stated

_ITEM = "{}.卫生（类）医疗（款）{}（项）。{}为{}万元，支出决算为{}万元。"
_COVERED = "对2个项目开展自评，涉及预算资金{}万元。"
_WHOLE = "部门整体支出绩效自评表"


def _said(name: str, value: str) -> Fact:
    """A project's budget in prose."""
    return replace(stated(name, value), measure="全年预算")


def _planned_items(*heads: str) -> Book:
    """A budget's list of three items after these totals."""
    items = [f"（{n}）卫生（类）医疗（款）科目{n}（项）{n}0.00万元，主要用于医疗。" for n in range(1, 4)]
    return section(*heads, *items, kind=Kind.BUDGET)


CASES: dict[str, Case] = {
    # E1: stated twice
    "a project's amount in prose and in its form": (
        "E1",
        lambda: projects(facts=[*project("甲项目", "", "50.00", "40.00", "80.00", "10", "8"), _said("甲项目", "50.00")]),
    ),
    "a project's amount in prose beside another in its form": (
        "E1",
        lambda: projects(facts=[*project("甲项目", "", "50.00", "40.00", "80.00", "10", "8"), _said("甲项目", "55.00")]),
    ),
    "staff in prose and in the form": (
        "E1",
        lambda: book("实有人员12人。", tables=(appraisal(["", "在职人员：12人", "", "", "", "", ""], title=_WHOLE),)),
    ),
    "other staff in prose than in the form": (
        "E1",
        lambda: book("实有人员14人。", tables=(appraisal(["", "在职人员：12人", "", "", "", "", ""], title=_WHOLE),)),
    ),
    "staff in the form of a project": (
        "E1",
        lambda: book("实有人员14人。", tables=(appraisal(["", "在职人员：12人", "", "", "", "", ""]),)),
    ),
    "a thing counted twice": (
        "E1",
        lambda: appraised(["", "检查3家定点医疗机构", "", "", "", "", "检查5家定点医疗机构"]),
    ),
    "a thing counted twice alike": (
        "E1",
        lambda: appraised(["", "检查3家定点医疗机构", "", "", "", "", "检查3家定点医疗机构"]),
    ),
    "a thing counted in a result": (
        "E1",
        lambda: appraised(
            ["", "指标内容", "年度指标值", "实际完成值", "分值", "得分", ""],
            ["", "检查3家定点医疗机构", "", "检查5家定点医疗机构", "", "", ""],
        ),
    ),
    "the district's quarters": ("E1", lambda: book("全区共9个街道142个社区。", "服务辖区9个街道124个社区。", "辖区3个镇41个村。")),
    "a target in a remark, beside another thing": (
        "E1",
        lambda: appraised(["数量指标", "3户", "≥2起", "2起", "20", "20", "指标值设定为大于等于1起"]),
    ),
    "one figure with one change": (
        "E1",
        lambda: book("收入1941万元，与上年相比增加359.28万元。", "支出1941.00万元，与上年相比增加358.98万元。"),
    ),
    "a round figure with two changes": (
        "E1",
        lambda: book("收入194.00万元，与上年相比增加59.28万元。", "支出194.00万元，与上年相比增加58.98万元。"),
    ),
    "one figure with two changes of one hundredth": (
        "E1",
        lambda: book("收入1941.50万元，与上年相比增加100.00万元。", "支出1941.50万元，与上年相比增加99.00万元。"),
    ),
    "one figure with two changes far apart": (
        "E1",
        lambda: book("收入1941.50万元，与上年相比增加100.00万元。", "支出1941.50万元，与上年相比增加98.90万元。"),
    ),
    "a figure with its change in the next sentence": (
        "E1",
        lambda: book("收入1941.50万元。与上年相比增加100.00万元。", "支出1941.50万元。与上年相比增加99.50万元。"),
    ),
    "a figure of another paragraph": (
        "E1",
        lambda: book("收入1941.50万元。", "与上年相比增加100.00万元。", "支出1941.50万元，比上年增加99.50万元。"),
    ),
    # E2, E4: lists
    "a list of one": ("E2", lambda: book("国内公务接待支出1.76万元，具体内容包括：检查调研1.76万元。")),
    "a list of two that is too small": ("E2", lambda: book("公务接待支出1.76万元，具体内容包括：检查1.02万元，交流0.64万元。")),
    "a list of three that is too small": (
        "E2",
        lambda: book("公务接待支出1.76万元，具体内容包括：检查调研0.62万元，交流学习0.75万元，部队联络0.29万元。"),
    ),
    "two lists in one section": (
        "E2",
        lambda: book(
            "支出合计100.00万元，其中：基本支出60.00万元，占60.00%；项目支出40.00万元，占40.00%。",
            "采购支出50.00万元，其中：货物支出10.00万元、工程支出0.00万元、服务支出40.00万元。",
        ),
    ),
    "shares in two precisions": (
        "E2",
        lambda: book("支出合计100.00万元，其中：基本支出60.00万元，占60%；项目支出40.00万元，占40.00%。"),
    ),
    "shares in two precisions that nearly make their whole": (
        "E2",
        lambda: book("支出合计100.00万元，其中：基本支出60.00万元，占60.1%；项目支出40.00万元，占39.98%。"),
    ),
    "shares of a list that is not whole": (
        "E2",
        lambda: book("支出合计100.00万元，其中：基本支出60.00万元，占60.0%；项目支出39.00万元，占39.00%。"),
    ),
    "measures in brackets in brackets": (
        "E4",
        lambda: book("建筑面积100平方米（其中计容面积60平方米（其中地下10平方米、地上50平方米）、不计容面积40平方米）。"),
    ),
    "measures in brackets in brackets that are too much": (
        "E4",
        lambda: book("建筑面积100平方米（其中计容面积60平方米（其中地下10平方米、地上55平方米）、不计容面积45平方米）。"),
    ),
    "staff by kind that is less": ("E4", lambda: book("实有人员14人，其中行政6人、事业7人。")),
    "vehicles that are not all": ("E4", lambda: book("共有车辆14辆，其中公务用车6辆、其他用车7辆。")),
    # E3: items
    "a section of two budgets": (
        "E3",
        lambda: section(
            "支出年初预算为30.00万元，支出决算为24.00万元，完成年初预算的80.00%。其中：",
            _ITEM.format(1, "行政单位医疗", "全年预算", "10.00", "8.00"),
            _ITEM.format(2, "事业单位医疗", "全年预算", "20.00", "16.00"),
        ),
    ),
    "a section of two budgets that differ": (
        "E3",
        lambda: section(
            "支出年初预算为30.00万元，支出决算为24.00万元，完成年初预算的80.00%。其中：",
            _ITEM.format(1, "行政单位医疗", "全年预算", "10.00", "8.00"),
            _ITEM.format(2, "事业单位医疗", "全年预算", "25.00", "16.00"),
        ),
    ),
    "a section of two budgets, one not printed": (
        "E3",
        lambda: section(
            "支出年初预算为30.00万元，支出决算为24.00万元，完成年初预算的80.00%。其中：",
            _ITEM.format(1, "行政单位医疗", "全年预算", "10.00", "8.00"),
            _ITEM.format(2, "事业单位医疗", "年初预算", "25.00", "16.00"),
        ),
    ),
    "a budget's items and two totals": (
        "E3",
        lambda: _planned_items("当年拨款60.02万元。", "其中财政拨款60.00万元。", "上年拨款0.00万元。"),
    ),
    "a budget's items and a total one unit off": ("E3", lambda: _planned_items("当年拨款60.01万元。")),
    "a budget's items of nothing": (
        "E3",
        lambda: section(
            "当年拨款0.00万元。", *(f"（{n}）卫生（类）医疗（款）科目{n}（项）0.00万元，主要用于医疗。" for n in range(3)), kind=Kind.BUDGET
        ),
    ),
    "a budget's items without their total": ("E3", lambda: _planned_items("当年拨款70.00万元。")),
    "projects and what they cost": (
        "E3",
        lambda: projects(
            _COVERED.format("90.00"),
            facts=[*project("甲", "", "50.00", "40.00", "80.00", "", ""), *project("乙", "", "40.00", "40.00", "100.00", "", "")],
        ),
    ),
    "projects and what they cost, one not printed": (
        "E3",
        lambda: projects(
            _COVERED.format("80.00"),
            facts=[*project("甲", "", "50.00", "40.00", "80.00", "", ""), *project("乙", "40.00", "", "40.00", "100.00", "", "")],
        ),
    ),
    "projects and something else": (
        "E3",
        lambda: projects(
            _COVERED.format("80.00"),
            facts=[*project("甲", "", "50.00", "40.00", "80.00", "", ""), *project("乙", "", "40.00", "40.00", "100.00", "", "")],
        ),
    ),
    "projects of two titles": (
        "E3",
        lambda: projects(
            _COVERED.format("90.00"),
            facts=[
                *project("甲", "", "50.00", "40.00", "80.00", "", ""),
                *project("乙", "", "40.00", "40.00", "100.00", "", ""),
                *project("丙", "", "7.00", "7.00", "100.00", "", "", title="专项资金自评表", page=3),
            ],
        ),
    ),
    "fewer projects than said": (
        "E3",
        lambda: projects(_COVERED.format("50.00"), facts=project("甲", "", "50.00", "40.00", "80.00", "", "")),
    ),
}
