"""The figures of a made-up final account, consistent by construction. Amounts are Decimals in 元; no body of this name exists.

Hierarchies add up, tables agree with each other, and every rate follows from its amounts; rounding happens only in printing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

ZERO = Decimal("0.00")
WAN = Decimal(10_000)

NAMES = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010302": "一般行政管理事务",
    "205": "教育支出",
    "20508": "进修及培训",
    "2050803": "培训支出",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2080506": "机关事业单位职业年金缴费支出",
    "20808": "抚恤",
    "2080801": "死亡抚恤",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "2101102": "事业单位医疗",
    "2101103": "公务员医疗补助",
    "21015": "医疗保障管理事务",
    "2101501": "行政运行",
    "2101502": "一般行政管理事务",
    "2101504": "信息化建设",
    "2101506": "医疗保障经办事务",
    "2101599": "其他医疗保障管理事务支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
    "2210203": "购房补贴",
}
"""Functional items (支出功能分类科目) by code."""
STAFF = {"30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30108": "机关事业单位基本养老保险缴费", "30113": "住房公积金"}
PUBLIC = {"30201": "办公费", "30202": "印刷费", "30211": "差旅费", "30228": "工会经费", "30229": "福利费"}


@dataclass(frozen=True, slots=True)
class Item:
    """A 项: what general public budget money was planned and spent on it."""

    code: str
    basic: Decimal
    project: Decimal
    initial: Decimal

    @property
    def spent(self) -> Decimal:
        """Both together."""
        return self.basic + self.project


@dataclass(frozen=True, slots=True)
class Pair:
    """An amount of this year beside its budget, or its amount of the year before."""

    now: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """A book's figures. `unit` is the unit of the tables, 万元 or 元; the text is in 万元."""

    items: tuple[Item, ...]
    other: Decimal
    """Spent on the last item's project from other income (其他收入)."""
    opening: Decimal
    closing: Decimal
    prior: Decimal
    """The year before's totals."""
    staff: tuple[tuple[str, Decimal], ...]
    public: tuple[tuple[str, Decimal], ...]
    abroad: Pair
    purchase: Pair
    running: Pair
    reception: Pair
    office: Pair
    """机关运行经费, this year and the year before."""
    goods: Decimal
    works: Decimal
    services: Decimal
    small: Decimal
    """Awarded to small and medium-sized enterprises (中小企业)."""
    micro: Decimal
    """Of which small and micro enterprises (小微企业)."""
    vehicles: tuple[int, int, int]
    unit: str
    wording: int
    """Which of the wordings the text is in."""

    @property
    def general(self) -> Decimal:
        """一般公共预算财政拨款支出."""
        return total(item.spent for item in self.items)

    @property
    def basic(self) -> Decimal:
        """基本支出."""
        return total(item.basic for item in self.items)

    @property
    def spent(self) -> Decimal:
        """本年支出合计, of all money."""
        return self.general + self.other

    @property
    def granted(self) -> Decimal:
        """财政拨款收入: what was spent of it, less what was left from before, more what is left now."""
        return self.general + self.closing - self.opening

    @property
    def income(self) -> Decimal:
        """本年收入合计."""
        return self.granted + self.other

    @property
    def grand(self) -> Decimal:
        """收入总计 = 支出总计."""
        return self.spent + self.closing

    @property
    def procured(self) -> Decimal:
        """政府采购支出总额."""
        return self.goods + self.works + self.services


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum, with two decimals also when there is nothing to add."""
    return sum(values, ZERO)


def draw(random: Random, *, rounded: bool = False, wordings: int = 3) -> Figures:
    """A consistent book.

    Args:
        random: where the choices come from; the same state gives the same book.
        rounded: amounts to the cent, so that printing in 万元 rounds them and sums differ in their last place (尾差);
            else every amount is a whole number of hundreds of 元, which 万元 with two decimals print exactly.
        wordings: how many wordings of the text to choose from.
    """
    step = 1 if rounded else 10_000

    def money(low: int, high: int) -> Decimal:
        """Between low and high hundreds of 元."""
        return Decimal(random.randint(low * 10_000 // step, high * 10_000 // step) * step).scaleb(-2)

    codes = [code for code in NAMES if len(code) == 7]
    chosen = sorted(random.sample(codes, random.randint(4, len(codes))))
    items = []
    for code in chosen:
        basic = ZERO if code.endswith(("02", "04", "99", "03")) else money(500, 90_000)
        project = money(300, 60_000) if basic == ZERO or random.random() < 0.3 else ZERO
        spent = basic + project
        # Budgets are missed by a little, met, or not made at all.
        way = random.random()
        initial = spent if way < 0.2 else ZERO if way < 0.25 else max(spent + money(0, 9_000) - money(0, 9_000), money(100, 300))
        items.append(Item(code, basic, project, initial))
    if not any(item.basic for item in items):
        items[0] = Item(items[0].code, money(500, 90_000), items[0].project, items[0].initial)
    basic = total(item.basic for item in items)
    staff, public = _split(random, basic, step)
    plain = total(item.spent for item in items)
    goods, works, services = (money(0, 4_000) for _ in range(3))
    small = _part(random, goods + works + services, step)
    opening, closing = (money(0, 5_000), money(0, 5_000)) if random.random() < 0.5 else (ZERO, ZERO)
    running, reception = (Pair(_part(random, base, step), base) for base in (money(50, 400), money(20, 200)))
    return Figures(
        items=tuple(items),
        other=money(1, 500) if random.random() < 0.6 and items[-1].project else ZERO,
        opening=min(opening, items[-1].spent),
        closing=closing,
        prior=max(plain + money(0, 20_000) - money(0, 20_000), money(100, 300)),
        staff=staff,
        public=public,
        abroad=Pair(ZERO, ZERO),
        purchase=Pair(ZERO, ZERO),
        running=running,
        reception=reception,
        office=Pair(total(value for _, value in public), money(500, 9_000)),
        goods=goods,
        works=works,
        services=services,
        small=small,
        micro=_part(random, small, step),
        vehicles=(random.randint(0, 3), random.randint(0, 9), random.randint(0, 4)),
        unit="元" if random.random() < 0.3 else "万元",
        wording=random.randrange(wordings),
    )


def _part(random: Random, whole: Decimal, step: int) -> Decimal:
    """A part of the whole, in the same steps."""
    return Decimal(random.randint(0, int(whole.scaleb(2)) // step) * step).scaleb(-2)


def _split(random: Random, basic: Decimal, step: int) -> tuple[tuple[tuple[str, Decimal], ...], ...]:
    """基本支出 by economic item: pay and pensions, then office costs; every line above zero."""
    steps = int(basic.scaleb(2)) // step
    names = [*STAFF, *PUBLIC]
    chosen = sorted(random.sample(names, min(len(names), max(2, steps // 4))))
    if not any(code in STAFF for code in chosen):
        chosen[0] = "30101"
    if not any(code in PUBLIC for code in chosen):
        chosen[-1] = "30201"
    cuts = sorted(random.sample(range(1, max(steps, len(chosen) + 1)), len(chosen) - 1))
    amounts = [Decimal((b - a) * step).scaleb(-2) for a, b in zip([0, *cuts], [*cuts, steps], strict=True)]
    lines = tuple(zip(chosen, amounts, strict=True))
    return tuple(line for line in lines if line[0] in STAFF), tuple(line for line in lines if line[0] in PUBLIC)


def rounded(value: Decimal, decimals: int = 2) -> Decimal:
    """Half up, as spreadsheets print."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def wan(value: Decimal) -> str:
    """An amount as the text prints it: in 万元 with two decimals, without separators."""
    return f"{rounded(value / WAN)}"


def percent(part: Decimal, whole: Decimal) -> str:
    """A rate with two decimals."""
    return f"{rounded(100 * part / whole)}"
