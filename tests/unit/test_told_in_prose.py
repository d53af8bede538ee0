"""What prose tells and citizens ask in their own words: posts filled, cases open, shares of a family, budgets reckoned back."""

import pytest

from service.answering import coverage, plan, tallies, units
from service.answering.matching import items
from service.answering.needs import Fit, Need, Term
from service.records import DocumentInfo, Kind
from tests.support.shelf import Shelf, ask, fact, passages

COURT = DocumentInfo("zhongcai-2023", "", "云汀市澜江区仲裁院", 2023, Kind.FINAL, "部门", 20, "0")
STAFF = "行政编制12人，实际9人；事业编制20人，实际18人。离退休人员7人，其中离休1人、退休6人。"
CASES = "2023年，本院共受理各类案件520件，审结488件，结案率为93.85%。"
OFFICE = "2023年度机关运行经费支出30.20万元，比年初预算数减少1.80万元，下降5.63%。"
OVER = (
    "1.劳动仲裁支出42.00万元，年初预算40.00万元，超过年初预算2.00万元。2.巡回调解支出27.00万元，年初预算30.00万元，低于年初预算3.00万元。"
)
CARS = "公务用车购置及运行维护费8.00万元，比上年减少0.40万元。公务接待费3.00万元，比上年增加0.20万元。公务用车3辆。"
BUYING = "政府采购预算总额40.00万元，其中：政府采购货物预算10.00万元，政府采购工程预算26.00万元，政府采购服务预算4.00万元。"
INCOME = "收入预算80.00万元，其中：财政拨款收入60.00万元；事业收入5.00万元，为仲裁员培训班向外县学员收取的学费。"
MEANING = "3.法律援助：反映用于为困难群众提供法律服务的支出。"
COURTHOUSE = "“一庭”修缮（项）。决算数小于预算数的主要原因是雨季停工。"
GUESTS = "2023年“两会”经费24.00万元，比2022年“两会”经费30.00万元减少6.00万元，下降20.00%。"
ROW = "合计 | 100.00 | 25.00 | 75.00"
COLUMNS = {"合计": "100.00", "基本支出": "25.00", "项目支出": "75.00"}
PRICES = {"总额": "40.00", "货物": "10.00", "工程": "26.00", "服务": "4.00"}


PASSAGES = passages(
    COURT.doc,
    (
        ("二、人员构成", STAFF),
        ("十、绩效情况", CASES),
        ("九、机关运行经费情况", OFFICE),
        ("八、政府采购情况", BUYING),
        ("一、收入预算情况", INCOME),
        ("第四部分 名词解释", MEANING),
        ("五、支出情况", COURTHOUSE),
        ("六、会议情况", GUESTS),
        ("十二、主要支出情况", OVER),
        ("十三、用车情况", CARS),
    ),
)
FACTS = [
    fact(
        "高龄津贴",
        "预算",
        "6.20",
        "表九",
        "年度预算金额（万元） | 6.20",
        source="table",
        column="年度预算金额",
        part="performance appraisal",
    ),
    fact("老年福利", "预算", "6.20", "十四、福利情况", "老年福利（2081002）6.20万元"),
    fact("公务用车购置及运行维护费", "决算", "8.00", "十三、用车情况", "公务用车购置及运行维护费8.00万元"),
    fact("公务用车购置及运行维护费", "增减额", "-0.40", "十三、用车情况", "公务用车购置及运行维护费8.00万元，比上年减少0.40万元"),
    fact("公务接待费", "决算", "3.00", "十三、用车情况", "公务接待费3.00万元"),
    fact("公务接待费", "增减额", "0.20", "十三、用车情况", "公务接待费3.00万元，比上年增加0.20万元"),
    fact("公务用车", "数量", "3辆", "十三、用车情况", "公务用车3辆"),
    fact("劳动仲裁支出", "决算", "42.00", "十二、主要支出情况", "劳动仲裁支出42.00万元"),
    fact("劳动仲裁支出", "年初预算", "40.00", "十二、主要支出情况", "劳动仲裁支出42.00万元，年初预算40.00万元"),
    fact("巡回调解支出", "决算", "27.00", "十二、主要支出情况", "巡回调解支出27.00万元"),
    fact("巡回调解支出", "年初预算", "30.00", "十二、主要支出情况", "巡回调解支出27.00万元，年初预算30.00万元"),
    *(fact(i, "人数", v, "二、人员构成", f"{i}{v}") for i, v in (("行政编制", "12人"), ("事业编制", "20人"), ("离退休人员", "7人"))),
    fact("退休人员", "人数", "6人", "二、人员构成", "退休6人"),
    fact("机关运行经费", "决算", "30.20", "九、机关运行经费情况", "机关运行经费支出30.20万元"),
    fact("机关运行经费", "较预算增减额", "-1.80", "九、机关运行经费情况", "机关运行经费支出30.20万元，比年初预算数减少1.80万元"),
    *(fact(f"政府采购{'预算总额' if k == '总额' else f'{k}预算'}", "预算", v, "八、政府采购情况", BUYING) for k, v in PRICES.items()),
    fact("收入预算", "预算", "80.00", "一、收入预算情况", INCOME),
    fact("事业收入", "预算", "5.00", "一、收入预算情况", "事业收入5.00万元"),
    fact("财政拨款收入", "预算", "60.00", "一、收入预算情况", INCOME),
    fact("法律援助", "决算", "5.00", "五、支出情况", "法律援助 | 5.00", source="table", column="合计"),
    *(fact("合计", "决算", v, "支出决算表", ROW, source="table", column=c) for c, v in COLUMNS.items()),
    fact("单价100万元（含）以上设备", "数量", "3台", "十一、资产情况", "单价100万元（含）以上设备3台"),
    fact("法律服务", "决算", "130.00", "五、支出情况", "法律服务（项）。支出决算130.00万元", code="2040604", part="money"),
    fact("仲裁业务", "决算", "140.00", "五、支出情况", "仲裁业务（项）。支出决算140.00万元", code="2040605", part="money"),
    fact("“一庭”修缮", "决算", "8.00", "支出决算表", "“一庭”修缮 | 8.00", source="table", column="合计"),
]
SHELF = Shelf(COURT, facts={COURT.doc: FACTS}, passages={COURT.doc: PASSAGES})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("行政编制还空着几个", "空编3人（12人 − 9人）"),
        ("退休的有多少", "退休人员：6人"),
        ("还有多少案子没办完", "还有32件没有办结（520件 − 488件）"),
        ("去年收了多少案子，办结多少件", "受理各类案件520件，审结488件"),
        ("机关运行经费的年初预算是多少", "32.00万元（30.20万元 + 1.80万元）"),
        ("机关运行经费总共花多少，比年初预算省了多少", "决算30.20万元，比预算减少1.80万元"),
        ("公务用车的开销比上年少了多少", "公务用车购置及运行维护费：比上年减少0.40万元"),
        (
            "公务接待费和公务用车购置及运行维护费跟上年比哪个是涨的",
            "公务接待费更高：比上年增加0.20万元，公务用车购置及运行维护费比上年减少0.40万元",
        ),
        ("高龄津贴安排了多少钱", "老年福利：预算6.20万元"),
        ("事业收入有多少，怎么来的", "向外县学员收取的学费"),
        ("劳动仲裁支出比年初预算超了百分之几", "高5.00%"),
        ("劳动仲裁支出和巡回调解支出，哪个超预算了", "劳动仲裁支出决算比年初预算多2.00万元"),
        ("政府采购里工程占百分之几", "占政府采购预算总额（40.00万元）的65.00%"),
        ("采购里最多的是哪一类", "最高的是2023年政府采购工程预算"),
        ("财政拨款占收入预算的比重是多少", "占收入预算（80.00万元）的75.00%"),
        ("法律援助这笔钱是干什么用的", "为困难群众提供法律服务"),
        ("“一庭”修缮的钱为什么没花完", "雨季停工"),
        ("项目支出占全部支出的百分之多少", "项目支出（75.00万元）占合计（100.00万元）的75.00%"),
        ("100万以上的设备有几台", "设备：3台"),
    ],
)
def test_what_is_told(question: str, told: str) -> None:
    made = ask(question, SHELF)
    assert told in made.answer


def test_what_a_figure_is_held_against_is_no_entry_beside_it() -> None:
    (unit,) = [u for u in units.of(COURT.doc, PASSAGES).units if "两会" in u.form]
    assert not any(entry.name.startswith("比") for tally in tallies.of(unit) for entry in tally.entries)


def test_the_points_of_a_goal_are_no_money() -> None:
    asked = Need("救助基金总共支出了多少", (Term(("救助基金",)),), Fit.AMOUNT, frozenset())
    assert not coverage.fits(asked, "效益指标|社会效益指标|救助基金支付效能|100%|15|15|0.00", row=True)
    assert coverage.fits(asked, "产出指标|成本指标|救助基金支出|≤50万元|10", row=True)


def test_what_each_office_spent_is_nowhere_published() -> None:
    assert ask("每个科室各花了多少钱", SHELF).refused
    assert plan.read("哪些科目花了钱", [COURT], lambda _: []).outside is None


def test_a_name_may_be_said_without_what_brackets_put_into_it() -> None:
    assert [m.names[0] for m in items("中心校花了多少", ["中心（联合）校", "小学"])] == ["中心（联合）校"]


def test_people_that_a_plan_names_are_no_staff() -> None:
    known = ["实有人员", "行政编制"]
    said = ["援助对象计划不少于多少人", "参加体检的有多少人"]
    assert [plan.read(q, [COURT], lambda _: known).items for q in said] == [(), ()]
