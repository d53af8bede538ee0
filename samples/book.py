"""The books of a made-up bureau: every figure of both documents is one of these or is computed from them.

The accounts of 2024 are in 万元 (exact to the cent of 万元, but for three lines of `RUNNING_2024` that make one honest
rounding difference); the budget of 2025 is in 元. Nothing here is taken from a real disclosure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from samples.money import WAN, ZERO, d, total
from samples.subjects import SUBJECTS

BUREAU = "云汀市青禾区医疗保障局"
FINAL, BUDGET = "qinghe-2024-final", "qinghe-2025-budget"


@dataclass(frozen=True, slots=True)
class Item:
    """A 项 (7 digits) of the functional classification.

    `start`: 2024 年初预算; `basic`, `project`: 2024 spending from fiscal funds; all 万元. `before`: 2023 spending, 万元, where the
    text compares it. `next`: 2025 budget, 元. `carried`: 万元 of fiscal money carried into (+) or out of (−) 2024.
    """

    code: str
    name: str
    start: Decimal
    basic: Decimal
    project: Decimal
    next: Decimal
    reason: str
    next_reason: str
    before: Decimal | None = None
    before_reason: str = ""
    carried: Decimal = ZERO
    other_income: Decimal = ZERO
    other_basic: Decimal = ZERO
    other_project: Decimal = ZERO

    @property
    def spent(self) -> Decimal:
        """2024 spending from fiscal funds, 万元."""
        return self.basic + self.project

    @property
    def all_spent(self) -> Decimal:
        """2024 spending from all funds, 万元."""
        return self.spent + self.other_basic + self.other_project

    @property
    def income(self) -> Decimal:
        """2024 fiscal income, 万元."""
        return self.spent - self.carried

    @property
    def next_project(self) -> bool:
        """Whether the 2025 budget is project money."""
        return self.project > 0


ITEMS = (
    Item("2080501", "行政单位离退休", d("21.36"), d("21.36"), ZERO, d("228,960.00"), "", "新增1名退休人员，退休人员公用经费和补贴相应增加"),
    Item(
        "2080505",
        "机关事业单位基本养老保险缴费支出",
        d("68.42"),
        d("70.15"),
        ZERO,
        d("729,418.56"),
        "年中新录用2名公务员，单位缴费部分相应增加",
        "在职人员增加，缴费基数正常调整",
    ),
    Item(
        "2080506",
        "机关事业单位职业年金缴费支出",
        d("34.21"),
        d("33.08"),
        ZERO,
        d("364,709.28"),
        "1名工作人员年中调出，职业年金缴费停缴",
        "在职人员增加，缴费基数正常调整",
    ),
    Item("2080801", "死亡抚恤", ZERO, d("14.72"), ZERO, ZERO, "1名退休干部去世，按规定追加一次性抚恤金", ""),
    Item(
        "2101101",
        "行政单位医疗",
        d("32.60"),
        d("31.95"),
        ZERO,
        d("341,286.40"),
        "人员调出后单位缴纳的基本医疗保险费减少",
        "在职人员增加，缴费基数正常调整",
    ),
    Item("2101102", "事业单位医疗", d("11.84"), d("12.07"), ZERO, d("126,530.75"), "事业人员缴费基数在7月上调", "事业人员缴费基数上调"),
    Item(
        "2101103",
        "公务员医疗补助",
        d("286.00"),
        ZERO,
        d("251.37"),
        d("2,650,000.00"),
        "住院费用直接结算后个人自付部分下降，符合二次补助条件的人次少于预计",
        "根据上年实际补助人次据实压减",
        d("238.64"),
        "享受补助的退休公务员人数增加",
    ),
    Item(
        "2101301",
        "城乡医疗救助",
        d("180.00"),
        ZERO,
        d("192.45"),
        d("2,000,000.00"),
        "低保边缘家庭纳入救助范围，并使用了上年结转的上级补助资金",
        "救助对象范围扩大，年初即足额安排救助资金",
        carried=d("21.80"),
    ),
    Item(
        "2101501",
        "行政运行",
        d("412.75"),
        d("431.28"),
        ZERO,
        d("4,386,152.37"),
        "新录用2名公务员，并按规定补发基础绩效奖",
        "在职人员增加，工资正常晋级晋档",
        other_income=d("1.46"),
        other_basic=d("1.20"),
    ),
    Item("2101502", "一般行政管理事务", d("48.00"), ZERO, d("46.20"), d("480,000.00"), "委托第三方开展基金检查的合同成交价低于预算价", ""),
    Item(
        "2101504",
        "信息化建设",
        d("36.00"),
        ZERO,
        d("36.00"),
        d("520,000.00"),
        "",
        "新增街道医保服务站专线接入和自助终端维护费用",
        d("29.50"),
        "移动支付模块建成后年度运维服务内容增加",
    ),
    Item(
        "2101505",
        "医疗保障政策管理",
        d("15.00"),
        ZERO,
        d("12.66"),
        d("120,000.00"),
        "政策宣传册改为电子版发放，印制费用减少",
        "宣传资料以电子版为主，压减印制费用",
        d("17.05"),
        "集中宣讲场次减少",
    ),
    Item(
        "2101506",
        "医疗保障经办事务",
        d("62.50"),
        ZERO,
        d("58.94"),
        d("698,000.00"),
        "部分经办服务站改造尾款未到付款节点，结转下年支付",
        "新增4个社区医保经办服务站的运行补助",
        carried=d("-8.95"),
        other_income=d("2.00"),
        other_project=d("2.00"),
    ),
    Item(
        "2101550",
        "事业运行",
        d("128.30"),
        d("130.92"),
        ZERO,
        d("1,352,640.18"),
        "事业人员职称晋升，岗位工资增加",
        "事业人员职称晋升，岗位工资增加",
    ),
    Item("2130599", "其他巩固脱贫攻坚成果衔接乡村振兴支出", d("5.00"), ZERO, d("5.00"), d("50,000.00"), "", ""),
    Item(
        "2210201", "住房公积金", d("58.90"), d("60.33"), ZERO, d("631,813.92"), "新录用人员缴存住房公积金", "在职人员增加，缴存基数正常调整"
    ),
    Item("2210203", "购房补贴", d("9.60"), d("8.17"), ZERO, d("84,000.00"), "1名职工不再符合按月补贴条件", "符合补贴条件的职工减少"),
)

LOTTERY = Item(
    "2296013",
    "用于城乡医疗救助的彩票公益金支出",
    d("12.00"),
    ZERO,
    d("12.00"),
    d("100,000.00"),
    "",
    "上级下达的彩票公益金补助减少",
    d("18.00"),
)
"""The one item of the government funds (政府性基金)."""

OTHER_OPENING = d("0.54")
"""Non-fiscal money carried into 2024, 万元."""
TOTAL_2023, FISCAL_2023, GENERAL_2023 = d("1387.30"), d("1384.90"), d("1358.75")
"""收支总计, 财政拨款收支总计 and 一般公共预算财政拨款支出 of 2023, 万元."""

STAFF_FIXED_2024 = {
    "30102": d("118.64"),
    "30103": d("98.37"),
    "30107": d("46.80"),
    "30108": d("70.15"),
    "30109": d("33.08"),
    "30110": d("44.02"),
    "30111": d("18.20"),
    "30112": d("3.26"),
    "30113": d("60.33"),
    "30199": d("22.45"),
}
FAMILY_2024 = {"30302": d("21.36"), "30304": d("14.72"), "30307": d("2.46")}
RUNNING_2024 = {
    "30201": d("12.3348"),
    "30202": d("3.20"),
    "30205": d("0.85"),
    "30206": d("4.62"),
    "30207": d("2.1204"),
    "30209": d("9.60"),
    "30211": d("6.48"),
    "30213": d("2.75"),
    "30215": d("1.26"),
    "30216": d("2.34"),
    "30217": d("0.58"),
    "30226": d("3.40"),
    "30228": d("5.6748"),
    "30229": d("2.95"),
    "30231": d("5.12"),
    "30239": d("10.86"),
    "30299": d("2.29"),
}
CAPITAL_2024 = {"31002": d("3.86")}

STAFF_FIXED_2025 = {
    "30102": d("1,215,600"),
    "30103": d("1,002,450"),
    "30107": d("486,200"),
    "30108": d("729,418.56"),
    "30109": d("364,709.28"),
    "30110": d("467,817.15"),
    "30111": d("186,000"),
    "30112": d("33,512.60"),
    "30113": d("631,813.92"),
    "30199": d("231,000"),
}
FAMILY_2025 = {"30302": d("228,960"), "30307": d("24,000")}
RUNNING_2025 = {
    "30201": d("128,000"),
    "30202": d("30,000"),
    "30205": d("9,000"),
    "30206": d("47,000"),
    "30207": d("22,000"),
    "30209": d("96,000"),
    "30211": d("66,000"),
    "30213": d("28,000"),
    "30215": d("15,000"),
    "30216": d("30,000"),
    "30217": d("10,000"),
    "30226": d("34,000"),
    "30228": d("57,420.35"),
    "30229": d("30,000"),
    "30231": d("55,000"),
    "30239": d("104,000"),
    "30299": d("3,579.65"),
}
CAPITAL_2025 = {"31002": d("38,000")}


@dataclass(frozen=True, slots=True)
class Pair:
    """A budget and what was spent of it (2024), what was spent the year before, and the 2025 budget; all 万元."""

    budget: Decimal
    spent: Decimal
    before: Decimal
    next: Decimal


CAR = Pair(d("6.00"), d("5.12"), d("5.36"), d("5.50"))
GUESTS = Pair(d("1.20"), d("0.58"), d("1.06"), d("1.00"))
THREE = Pair(d("7.20"), d("5.70"), d("6.42"), d("6.50"))
"""「三公」经费: cars and guests; nothing for journeys abroad or buying cars."""
MEETINGS = Pair(d("2.00"), d("1.86"), d("1.92"), d("2.00"))
TRAINING = Pair(d("5.00"), d("4.58"), d("4.36"), d("4.80"))
OFFICE = Pair(d("70.00"), d("66.57"), d("68.90"), d("71.20"))
"""机关运行经费 (the bureau and the unit under the civil service law; the public institution is not in it)."""

GOODS, WORKS, SERVICES = d("9.86"), ZERO, d("51.62")
SME_GOODS, SME_SERVICES, MICRO = d("9.86"), d("42.44"), d("38.90")
NEXT_GOODS, NEXT_SERVICES, NEXT_RESERVED, NEXT_MICRO = d("8.50"), d("58.00"), d("50.00"), d("30.00")
"""政府采购, 万元."""


GENERAL = total(i.spent for i in ITEMS)
GENERAL_START = total(i.start for i in ITEMS)
GENERAL_INCOME = total(i.income for i in ITEMS)
BASIC = total(i.basic for i in ITEMS)
PROJECTS = total(i.project for i in ITEMS)
OPENING = total(i.carried for i in ITEMS if i.carried > 0)
CLOSING = -total(i.carried for i in ITEMS if i.carried < 0)
FISCAL_INCOME = GENERAL_INCOME + LOTTERY.spent
FISCAL_TOTAL = FISCAL_INCOME + OPENING
OTHER_INCOME = total(i.other_income for i in ITEMS)
INCOME = FISCAL_INCOME + OTHER_INCOME
SPENT_BASIC = BASIC + total(i.other_basic for i in ITEMS)
SPENT_PROJECTS = PROJECTS + LOTTERY.spent + total(i.other_project for i in ITEMS)
SPENT = SPENT_BASIC + SPENT_PROJECTS
TOTAL = INCOME + OPENING + OTHER_OPENING
CLOSING_ALL = TOTAL - SPENT

NEXT_OTHER, LAST_OTHER = d("25,000"), d("20,000")
"""Other income in the budgets of 2025 and 2024, 元."""
NEXT_GENERAL = total(i.next for i in ITEMS)
NEXT_BASIC = total(i.next for i in ITEMS if not i.next_project)
NEXT_PROJECTS = NEXT_GENERAL - NEXT_BASIC
NEXT_FISCAL = NEXT_GENERAL + LOTTERY.next
NEXT_TOTAL = NEXT_FISCAL + NEXT_OTHER
LAST_GENERAL, LAST_LOTTERY = GENERAL_START * WAN, LOTTERY.start * WAN
LAST_TOTAL = LAST_GENERAL + LAST_LOTTERY + LAST_OTHER


def economic(basic: Decimal, fixed: dict[str, Decimal], *rest: dict[str, Decimal]) -> dict[str, Decimal]:
    """Basic spending by economic code: leaves and 类; 基本工资 (30101) is what the other lines leave."""
    lines = {code: value for part in (fixed, *rest) for code, value in part.items()}
    lines["30101"] = basic - total(lines.values())
    for head in ("301", "302", "303", "310"):
        lines[head] = total(v for code, v in lines.items() if code.startswith(head) and len(code) == 5)
    return lines


LINES_2024 = economic(BASIC, STAFF_FIXED_2024, FAMILY_2024, RUNNING_2024, CAPITAL_2024)
LINES_2025 = economic(NEXT_BASIC, STAFF_FIXED_2025, FAMILY_2025, RUNNING_2025, CAPITAL_2025)
STAFF, PUBLIC = LINES_2024["301"] + LINES_2024["303"], LINES_2024["302"] + LINES_2024["310"]
NEXT_STAFF, NEXT_PUBLIC = LINES_2025["301"] + LINES_2025["303"], LINES_2025["302"] + LINES_2025["310"]


@dataclass(frozen=True, slots=True)
class Node:
    """A row of a functional table: a 类, 款 or 项 and the items under it."""

    code: str
    name: str
    items: tuple[Item, ...]


def tree(items: Iterable[Item]) -> list[Node]:
    """类, 款 and 项 in the order of their codes, parents first."""
    chosen = tuple(items)
    codes = sorted({code for i in chosen for code in (i.code[:3], i.code[:5], i.code)})
    names = SUBJECTS | {i.code: i.name for i in chosen}
    return [Node(code, names[code], tuple(i for i in chosen if i.code.startswith(code))) for code in codes]


def item(code: str) -> Item:
    """The item of a code."""
    return next(i for i in (*ITEMS, LOTTERY) if i.code == code)
