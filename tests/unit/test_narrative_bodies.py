"""What the statutory narrative says of the body itself: its staff, three public expenses, assets and self-appraisal."""

import pytest

from service.facts import rules
from tests.support.made import document, paragraph
from tests.support.narrative import read, rows


def test_three_public_expenses_by_their_headings() -> None:
    section = ("二", "九、财政拨款“三公”经费支出决算情况说明", "4.公务接待费支出情况说明")
    found = read("预算0.19万元，支出决算0.19万元。共接待国内来访团组4个，来宾27人次。", section=section)
    assert rows(found) == [
        ("公务接待费", "预算", "0.19", "万元"),
        ("公务接待费", "决算", "0.19", "万元"),
        ("国内来访团组", "数量", "4", "个"),
        ("国内来访来宾", "人数", "27", "人次"),
    ]


def test_staff() -> None:
    text = "截至2023年底，本部门人员编制20人，其中行政编制10人、事业编制10人；实有人员14人，其中行政6人、事业8人。单位管理的离退休人员0人。"
    found = read(text, section=("一", "三、部门人员情况"))
    assert [(f.item, int(f.value)) for f in found.facts] == [
        ("人员编制", 20),
        ("行政编制", 10),
        ("事业编制", 10),
        ("实有人员", 14),
        ("实有行政人员", 6),
        ("实有事业人员", 8),
        ("离退休人员", 0),
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "部门行政编制58人，实际54人；事业编制126人，实际107人。离退休人员62人，其中离休3人、退休59人。",
            {"行政编制": 58, "实有行政人员": 54, "事业编制": 126, "实有事业人员": 107, "离退休人员": 62, "离休人员": 3, "退休人员": 59},
        ),
        (
            "人员编制20人，其中行政编制12人、事业编制8人，实有人员14人，其中行政6人、事业8人。",
            {"人员编制": 20, "行政编制": 12, "事业编制": 8, "实有人员": 14, "实有行政人员": 6, "实有事业人员": 8},
        ),
    ],
)
def test_staff_told_where_the_body_is_described(text: str, counts: dict[str, int]) -> None:
    found = read(text, section=("第一部分概况", "二、机构设置情况"))
    assert {f.item: int(f.value) for f in found.facts} == counts
    assert {f.part for f in found.facts} == {"staff"}


def test_vehicles_and_dear_equipment() -> None:
    text = "本部门共有车辆1辆，其中副部（省）级以上领导用车0辆，应急保障用车1辆。单价100万元以上的设备（不含车辆）0台（套）。"
    found = read(text, section=("二", "十二、国有资产占用及购置情况说明"))
    assert rows(found) == [
        ("车辆", "数量", "1", "辆"),
        ("副部（省）级以上领导用车", "数量", "0", "辆"),
        ("应急保障用车", "数量", "1", "辆"),
        ("单价100万元以上的设备（不含车辆）", "数量", "0", "台（套）"),
    ]


def test_self_appraisal_and_its_prose() -> None:
    section = ("二", "十三、预算绩效情况说明", "（二）部门整体支出绩效自评结果")
    overall = paragraph(
        "根据年度目标，部门整体支出自评得分93分，全年预算数662.65万元，执行数657.63万元，完成预算的99.24%。", section=section
    )
    work = paragraph("全年检查药店923家，追回资金628.03万元，缴费比例达到103.7%。", section=section)
    project = paragraph(
        "2.医保档案管理项目绩效自评综述：全年预算数20万元，执行数20万元，完成预算的100%。发现的问题及原因：档案室面积有限。下一步改进措施：扩大面积。",
        section=section,
    )
    found = rules.read(document([overall, work, project]))
    assert rows(found) == [
        ("部门整体支出绩效自评", "得分", "93", "分"),
        ("部门整体支出绩效自评", "全年预算", "662.65", "万元"),
        ("部门整体支出绩效自评", "执行数", "657.63", "万元"),
        ("部门整体支出绩效自评", "执行率", "99.24", "%"),
        ("医保档案管理", "全年预算", "20", "万元"),
        ("医保档案管理", "执行数", "20", "万元"),
        ("医保档案管理", "执行率", "100", "%"),
    ]
    assert [(r.item, r.about, r.text) for r in found.reasons] == [("医保档案管理", "发现的问题及原因", "档案室面积有限。")]
