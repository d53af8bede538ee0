"""Cases of the rules on prose and forms (see `examples_edges`)."""

from dataclasses import replace

from service.checks.book import Book
from service.records import Fact, Kind
from tests.support.books import book, table
from tests.support.examples_edges import (
    Case,
    appraisal,
    money,
    named_projects,
    project,
    projects,
    section,
    three_public,
    units,
)
from tests.support.examples_narrative import insured, named
from tests.support.specimens import FUNCTION, budget, form, stated

_GRADED = "{}项目自评得分{}分，评价等级为“{}”。"
_ITEM = "{}.卫生（类）医疗（款）{}（项）。{}为{}万元，支出决算为{}万元。"
_COVERED = "对2个项目开展自评，涉及预算资金{}万元。"
_TEN = "、".join(f"第{c}科" for c in "甲乙丙丁戊己庚辛壬癸")
_OFFICES = "本部门内设机构{}个，包括：{}。"
_MANY = ("支出10.00万元。", "收入20.00万元。", "支出30.00万元。", "收入40.00万元。", "支出50.00万元。", "收入60.00万元。")
_OTHER_BODY = "某市某区民政局2023年度收入总计10.00万元，与上年相比增加1.00万元，增长11.11%，主要原因是项目增加。"
_WHOLE = "部门整体支出绩效自评表"


def _said(name: str, value: str) -> Fact:
    """A project's budget in prose."""
    return replace(stated(name, value), measure="全年预算")


def _total(name: str, value: str) -> list[Fact]:
    """The 总分 of a project's form."""
    return [replace(fact, column="总分") for fact in money(f"{name}项目", {"得分": value})]


def _planned_items(*heads: str) -> Book:
    """A budget's list of three items after these totals."""
    items = [f"（{n}）卫生（类）医疗（款）科目{n}（项）{n}0.00万元，主要用于医疗。" for n in range(1, 4)]
    return section(*heads, *items, kind=Kind.BUDGET)


def _beside_total(value: str, prose: str, *, unit: str = "万元") -> Book:
    """A sentence beside a table of one amount."""
    name = "支出决算表"
    return book(prose, tables=(table(name, FUNCTION[:3], [["", "合计", value]], unit=unit, statement=name),))


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
        lambda: book(tables=(appraisal(["", "检查3家定点医疗机构", "", "", "", "", "检查5家定点医疗机构"]),)),
    ),
    "a thing counted twice alike": (
        "E1",
        lambda: book(tables=(appraisal(["", "检查3家定点医疗机构", "", "", "", "", "检查3家定点医疗机构"]),)),
    ),
    "a thing counted in a result": (
        "E1",
        lambda: book(
            tables=(
                appraisal(
                    ["", "指标内容", "年度指标值", "实际完成值", "分值", "得分", ""],
                    ["", "检查3家定点医疗机构", "", "检查5家定点医疗机构", "", "", ""],
                ),
            )
        ),
    ),
    "the district's quarters": ("E1", lambda: book("全区共9个街道142个社区。", "服务辖区9个街道124个社区。", "辖区3个镇41个村。")),
    "a target in a remark, beside another thing": (
        "E1",
        lambda: book(tables=(appraisal(["数量指标", "3户", "≥2起", "2起", "20", "20", "指标值设定为大于等于1起"]),)),
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
    # E5: forms
    "a low rate with full marks": ("E5", lambda: projects(facts=project("甲", "", "100.00", "59.00", "59.00", "10", "10"))),
    "a low rate with one mark of one": ("E5", lambda: projects(facts=project("甲", "", "100.00", "59.00", "59.00", "1", "1"))),
    "a rate of ninety with full marks": ("E5", lambda: projects(facts=project("甲", "", "100.00", "90.00", "90.00", "10", "10"))),
    "a low rate without marks": ("E5", lambda: projects(facts=project("甲", "", "100.00", "59.00", "59.00", "10", "0"))),
    "fewer marks than the same rate": (
        "E5",
        lambda: projects(
            facts=[*project("甲", "", "100.00", "80.00", "80.00", "10", "8"), *project("乙", "", "100.00", "80.00", "80.00", "10", "9")]
        ),
    ),
    "fewer marks than a lower rate": (
        "E5",
        lambda: projects(
            facts=[*project("甲", "", "100.00", "90.00", "90.00", "10", "8"), *project("乙", "", "100.00", "80.00", "80.00", "10", "9")]
        ),
    ),
    "a form whose total is moved": (
        "E5",
        lambda: form([["产出", "甲", "60", "60"], ["满意度", "乙", "40", "39"], ["总分", "100", "99", ""]]),
    ),
    "a form whose total stands elsewhere": (
        "E5",
        lambda: form(
            [["产出", "", "甲", "60", "60"], ["满意度", "", "乙", "40", "39"], ["总分", "100", "99", "", ""]],
            heads=["一级指标", "二级指标", "三级指标", "分值", "得分"],
        ),
    ),
    "a form with half of its marks": (
        "E5",
        lambda: form([["产出", "甲", "60", "30"], ["满意度", "乙", "40", "20"], ["总分", "", "100", "50"]]),
    ),
    "a form whose total's name is moved": (
        "E5",
        lambda: form([["", "甲", "60", "60"], ["满意度", "乙", "40", "39"], ["", "总分", "100", "99"]]),
    ),
    "a form with a weight above its total": (
        "E5",
        lambda: form([["产出", "甲", "60", "60"], ["满意度", "乙", "40", "39"], ["总分", "", "50", "50"]]),
    ),
    "a form with a score above its weight": (
        "E5",
        lambda: form([["产出", "甲", "60", "61"], ["满意度", "乙", "40", "39"], ["总分", "", "100", "100"]]),
    ),
    "a form without a score": ("E5", lambda: form([["产出", "甲", "60", ""], ["满意度", "乙", "40", "39"], ["总分", "", "100", "99"]])),
    "scores before the first heading": (
        "E5",
        lambda: form(
            [
                ["项目资金", "全年预算", "执行率", "得分"],
                ["金额合计", "100.00", "80.00", "8"],
                ["一级指标", "指标", "分值", "得分"],
                ["产出", "甲", "50", "50"],
                ["满意度", "乙", "40", "39"],
                ["总分", "", "100", "97"],
            ],
            heads=["项目", "内容", "甲", "乙"],
        ),
    ),
    "parts inside a cell": ("E5", lambda: book(tables=(appraisal(["", "合计43人；在职12人；派遣31人", "", "", "", "", ""]),))),
    "parts inside a cell that differ": ("E5", lambda: book(tables=(appraisal(["", "合计43人；在职12人；派遣28人", "", "", "", "", ""]),))),
    "one part inside a cell": ("E5", lambda: book(tables=(appraisal(["", "合计43人；在职12人", "", "", "", "", ""]),))),
    "parts inside a cell in two units": ("E5", lambda: book(tables=(appraisal(["", "合计43人；在职12人；车3辆", "", "", "", "", ""]),))),
    "parts inside a cell without a unit": ("E5", lambda: book(tables=(appraisal(["", "合计43；在职12；派遣30", "", "", "", "", ""]),))),
    "shares inside a cell": ("E5", lambda: book(tables=(appraisal(["", "合计43%；在职12%；派遣30%", "", "", "", "", ""]),))),
    "parts below an indicator, headed in the table": (
        "E5",
        lambda: book(
            tables=(
                appraisal(
                    ["成本指标", "项目支出：", "70万元", "50万元", "20", "20", ""],
                    ["", "档案管理", "20万元", "20万元", "—", "", ""],
                    ["", "信息化建设", "40万元", "30万元", "—", "", ""],
                ),
            )
        ),
    ),
    "parts below an indicator, headed in a line": (
        "E5",
        lambda: book(
            tables=(
                appraisal(
                    ["一级指标", "三级指标", "指标值", "完成值", "分值", "得分", ""],
                    ["成本指标", "项目支出：", "70万元", "50万元", "20", "20", ""],
                    ["", "档案管理", "20万元", "20万元", "—", "", ""],
                    ["", "信息化建设", "40万元", "30万元", "—", "", ""],
                    columns=["项目", "内容", "甲", "乙", "丙", "丁", "戊"],
                ),
            )
        ),
    ),
    "parts below an indicator, headed in two lines": (
        "E5",
        lambda: book(
            tables=(
                appraisal(
                    ["成本指标", "项目支出：", "70万元", "50万元", "20", "20", ""],
                    ["", "档案管理", "20万元", "20万元", "—", "", ""],
                    ["", "信息化建设", "40万元", "30万元", "—", "", ""],
                    columns=["一级", "指标内容", "指标值", "完成值", "自评/分值", "自评/得分", "偏差"],
                ),
            )
        ),
    ),
    "one part below an indicator": (
        "E5",
        lambda: book(
            tables=(
                appraisal(
                    ["成本指标", "项目支出：", "70万元", "20万元", "20", "20", ""],
                    ["", "档案管理", "60万元", "20万元", "—", "", ""],
                ),
            )
        ),
    ),
    "grades at the ends of their bands": (
        "E5",
        lambda: book(
            *(_GRADED.format(n, score, grade) for n, (score, grade) in enumerate((("90", "优"), ("100", "优"), ("80", "良"), ("60", "中"))))
        ),
    ),
    "grades below the ends of their bands": (
        "E5",
        lambda: book(
            *(_GRADED.format(n, score, grade) for n, (score, grade) in enumerate((("89.9", "优"), ("79.9", "良"), ("59.9", "中"))))
        ),
    ),
    "one score with two grades": ("E5", lambda: book("甲项目得分92分，等级为“优”。", "乙项目得分92分，等级为“A”。")),
    "a score in prose and in its form": ("E5", lambda: projects("甲项目自评得分95分。", facts=_total("甲", "95"))),
    "a rounded score in prose": ("E5", lambda: projects("甲项目自评得分95分。", facts=_total("甲", "94.6"))),
    "another score in prose": ("E5", lambda: projects("甲项目自评得分95分。", facts=_total("甲", "94.4"))),
    "a score of another project": ("E5", lambda: projects("丙项目自评得分95分。", facts=_total("甲", "94.4"))),
    # E6: counts
    "twelve in Chinese numerals": ("E6", lambda: book(_OFFICES.format("十二", f"{_TEN}、办公室、人事科"))),
    "ten in Chinese numerals": ("E6", lambda: book(_OFFICES.format("十", _TEN))),
    "twenty in Chinese numerals": ("E6", lambda: book(_OFFICES.format("二十", _TEN))),
    "twenty-one in Chinese numerals": ("E6", lambda: book(_OFFICES.format("二十一", _TEN))),
    "two in Chinese numerals": ("E6", lambda: book(_OFFICES.format("两", "办公室、财务科"))),
    "numbered lines below": ("E6", lambda: book("本部门预算单位共3个，包括：", "1.局机关", "2.服务中心", "3.信息中心", "五、其他")),
    "fewer numbered lines below": ("E6", lambda: book("本部门预算单位共3个，包括：", "1.局机关", "2.服务中心", "4.信息中心")),
    "numbered lines below, the number in the last sentence": (
        "E6",
        lambda: book("本部门内设机构5个。预算单位共2个，包括：", "1.局机关", "2.服务中心"),
    ),
    "numbered lines below, two numbers that add up": (
        "E6",
        lambda: book("行政单位1个，事业单位2个，包括：", "1.局机关", "2.中心", "3.学校"),
    ),
    "a table of units below": (
        "E6",
        lambda: book("纳入部门预算的单位共2个，具体包括：", tables=(units("区财政局机关", "区财政服务中心"),)),
    ),
    "a table of one unit below": ("E6", lambda: book("纳入部门预算的单位共2个，具体包括：", tables=(units("区财政局机关"),))),
    "a table of units with a total and a short name": (
        "E6",
        lambda: book("纳入部门预算的单位共3个，具体包括：", tables=(units("区财政局机关", "医保局", "某局", "区财政服务中心", "合计"),)),
    ),
    "a table of fewer units below": (
        "E6",
        lambda: book("纳入部门预算的单位共3个，具体包括：", tables=(units("区财政局机关", "区财政服务中心"),)),
    ),
    "projects counted in their table": ("E6", lambda: book("共安排2个项目，具体见部门项目支出表。", tables=(named_projects("甲", "乙"),))),
    "projects miscounted in their table": (
        "E6",
        lambda: book("共安排3个项目，具体见部门项目支出表。", tables=(named_projects("甲", "乙"),)),
    ),
    "projects of several rows": ("E6", lambda: book("共安排3个项目，具体见部门项目支出表。", tables=(named_projects("甲", "甲", "乙"),))),
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
    "a year of a form's target": ("I1", lambda: book(tables=(appraisal(["", "2022年完成整改", "", "", "", "", ""]),))),
    "a year of a form's long remark": (
        "I1",
        lambda: book(tables=(appraisal(["", "2022年" + "完" * 76, "2022年" + "完" * 75, "", "", "", ""]),)),
    ),
    "a class with its name": ("J1", lambda: insured("医疗保障管理事务支出")),
    "money of the insurance funds": (
        "J1",
        lambda: book("医保基金支出312.45万元。", "医疗救助补助支出10.00万元。", "医疗保险基金运行平稳。"),
    ),
}
