"""Cases of the rules on forms of self-evaluation and on counts (see `examples_edges`)."""

from dataclasses import replace

from service.records import Fact
from tests.support.books import book
from tests.support.examples_edges import (
    Case,
    appraised,
    money,
    named_projects,
    project,
    projects,
    units,
)
from tests.support.specimens import form

_GRADED = "{}项目自评得分{}分，评价等级为“{}”。"
_TEN = "、".join(f"第{c}科" for c in "甲乙丙丁戊己庚辛壬癸")
_OFFICES = "本部门内设机构{}个，包括：{}。"
_PARTS = (
    ["成本指标", "项目支出：", "70万元", "50万元", "20", "20", ""],
    ["", "档案管理", "20万元", "20万元", "—", "", ""],
    ["", "信息化建设", "40万元", "30万元", "—", "", ""],
)
"""An indicator and its parts below it."""


def _total(name: str, value: str) -> list[Fact]:
    """The 总分 of a project's form."""
    return [replace(fact, column="总分") for fact in money(f"{name}项目", {"得分": value})]


CASES: dict[str, Case] = {
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
    "parts inside a cell": ("E5", lambda: appraised(["", "合计43人；在职12人；派遣31人", "", "", "", "", ""])),
    "parts inside a cell that differ": ("E5", lambda: appraised(["", "合计43人；在职12人；派遣28人", "", "", "", "", ""])),
    "one part inside a cell": ("E5", lambda: appraised(["", "合计43人；在职12人", "", "", "", "", ""])),
    "parts inside a cell in two units": ("E5", lambda: appraised(["", "合计43人；在职12人；车3辆", "", "", "", "", ""])),
    "parts inside a cell without a unit": ("E5", lambda: appraised(["", "合计43；在职12；派遣30", "", "", "", "", ""])),
    "shares inside a cell": ("E5", lambda: appraised(["", "合计43%；在职12%；派遣30%", "", "", "", "", ""])),
    "parts below an indicator, headed in the table": ("E5", lambda: appraised(*_PARTS)),
    "parts below an indicator, headed in a line": (
        "E5",
        lambda: appraised(
            ["一级指标", "三级指标", "指标值", "完成值", "分值", "得分", ""],
            *_PARTS,
            columns=["项目", "内容", "甲", "乙", "丙", "丁", "戊"],
        ),
    ),
    "parts below an indicator, headed in two lines": (
        "E5",
        lambda: appraised(*_PARTS, columns=["一级", "指标内容", "指标值", "完成值", "自评/分值", "自评/得分", "偏差"]),
    ),
    "one part below an indicator": (
        "E5",
        lambda: appraised(
            ["成本指标", "项目支出：", "70万元", "20万元", "20", "20", ""], ["", "档案管理", "60万元", "20万元", "—", "", ""]
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
}
