"""What is computed or picked out of lists by the form of the question: vacant posts, averages, amounts as conditions, prose items."""

from dataclasses import replace
from decimal import Decimal

import pytest

from service.answering import deriving, tallies, units
from service.records import DocumentInfo, Kind
from tests.support.shelf import Shelf, ask, fact, passages

PARKS = DocumentInfo("yuanlin-2023", "", "云汀市澜江区园林管理局", 2023, Kind.FINAL, "部门", 20, "0")
ITEMS = "五、支出情况"
POSTS = (
    "2023年年末编制人数31人，其中行政编制11人、事业编制20人；实有人数35人，其中：在职人员28人（行政人员9人、事业人员19人），退休人员7人。"
)
FUND = "彩票公益金支出90.00万元，用于口袋公园健身设施50.00万元、绿道长椅更新25.00万元、儿童沙池15.00万元。"
TREES = "“古树养护补贴”安排36.00万元，预计发放480人。"
GUESTS = "全年国内公务接待6批次，累计接待57人次。"
CARS = "购置公务用车2辆，公务用车保有量9辆。"
SPENT = {"公园维护": "310.40", "苗圃建设": "95.20", "绿化执法": "12.60", "园林科研": "100.00"}
CODES = {"公园维护": "2120101", "苗圃建设": "2120102", "绿化执法": "2120103", "园林科研": "2120104"}
LINES = [f"{item}（项）。支出决算{value}万元。" for item, value in SPENT.items()]


PASSAGES = passages(
    PARKS.doc,
    (
        ("二、人员情况", POSTS),
        ("八、政府性基金预算支出情况", FUND),
        ("十、绩效情况", TREES),
        ("七、三公经费情况", GUESTS + CARS),
        (ITEMS, "".join(LINES)),
    ),
)
FACTS = [
    *(fact(i, "决算", v, ITEMS, line, code=CODES[i], part="money") for (i, v), line in zip(SPENT.items(), LINES, strict=True)),
    fact("国内公务接待", "数量", "6批", "七、三公经费情况", "国内公务接待6批次"),
    fact("年初结转和结余", "决算", "20.50", "收支总表", "年初结转和结余 | 20.50 | 年末结转和结余 | 26.75", source="table", column="金额"),
    fact("年末结转和结余", "决算", "26.75", "收支总表", "年初结转和结余 | 20.50 | 年末结转和结余 | 26.75", source="table", column="金额"),
]
SHELF = Shelf(PARKS, facts={PARKS.doc: FACTS}, passages={PARKS.doc: PASSAGES})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("还有几个编制空着", "空编3人（31人 − 28人）"),
        ("行政编制还差多少人满编", "空编2人（11人 − 9人）"),
        ("古树养护补贴平均一个人多少钱", "平均每人750.00元（36.00万元 ÷ 480人）"),
        ("绿道长椅更新占彩票公益金支出的百分之几", "的27.78%"),
        ("健身设施和儿童沙池加起来多少钱", "合计65.00万元"),
        ("彩票公益金花在哪几件事上", "绿道长椅更新25.00万元、儿童沙池15.00万元"),
        ("超过90万元的支出有哪些", "的有3项：公园维护、园林科研、苗圃建设"),
        ("100万元以上的支出科目有哪些", "的有2项：公园维护、园林科研"),
        ("少于10万元的支出有哪些", "没有「少于10万元」的，最低的是2023年绿化执法"),
        ("接待了几批客人、多少人次", "累计接待57人次"),
        ("公务用车有几辆，新买了几辆", "购置公务用车2辆"),
        ("年末结转结余比年初多了多少", "年末结转和结余（26.75万元）比年初结转和结余（20.50万元）多6.25万元"),
        ("公园维护给10万够不够", "按这个数，「10万」不够"),
        ("公园维护给9000万元够吗", "按这个数，「9000万元」够"),
    ],
)
def test_what_is_reckoned(question: str, told: str) -> None:
    made = ask(question, SHELF)
    assert told in made.answer


def test_a_list_is_read_with_the_figure_that_it_adds_up_to() -> None:
    (unit,) = [u for u in units.of(PARKS.doc, PASSAGES).units if "彩票" in u.form]
    (tally,) = list(tallies.of(unit))
    assert [(t.name, t.amount.value) for t in tally.entries] == [
        ("口袋公园健身设施", Decimal("50.00")),
        ("绿道长椅更新", Decimal("25.00")),
        ("儿童沙池", Decimal("15.00")),
    ]
    assert tally.whole is not None
    assert tally.whole.amount.value == Decimal("90.00")


def test_a_difference_in_another_unit_keeps_the_precision_of_its_operands() -> None:
    coarse = fact("收入总计", "预算", "820.50", ITEMS, "收入总计820.50万元")
    fine = replace(coarse, unit="元", value=Decimal("3000000.00"))
    assert deriving.rounded(Decimal("5204999.96"), "万元", (coarse, fine)) == Decimal("520.50")
