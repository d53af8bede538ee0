"""The narrative of a made-up final account, in several provinces' wording."""

from collections.abc import Iterator
from decimal import Decimal

from evals.books.figures import NAMES, Figures, Item, Pair, percent, total, wan
from evals.books.pages import Sentence

YEAR = 2023

TOTALS = (
    "${year}年度收入总计、支出总计均为${total}万元，与上年相比收、支总计各${up}${delta}万元，${grow}${rate}%。",
    "本部门${year}年度收入总计${total}万元、支出总计${total}万元。与${before}年度相比，收、支总计各${up}${delta}万元，${grow}${rate}%。",
    "${year}年度收、支总计均为${total}万元。与上年度决算数相比，收、支总计各${up}${delta}万元，${grow}${rate}%。",
)
INCOME = (
    "${year}年度本年收入合计${whole}万元，其中：财政拨款收入${one}万元，占${p}%；其他收入${two}万元，占${q}%。",
    "本部门${year}年度收入合计${whole}万元，其中：财政拨款收入${one}万元，占总收入的${p}%；其他收入${two}万元，占总收入的${q}%。",
    "${year}年度收入合计${whole}万元。其中：财政拨款收入${one}万元，占${p}%；其他收入${two}万元，占${q}%。",
)
SPENDING = (
    "${year}年度本年支出合计${whole}万元，其中：基本支出${one}万元，占${p}%；项目支出${two}万元，占${q}%。",
    "本部门${year}年度支出合计${whole}万元。其中：基本支出${one}万元，占总支出的${p}%；项目支出${two}万元，占总支出的${q}%。",
    "${year}年度支出合计${whole}万元，其中：基本支出${one}万元，占${p}%；项目支出${two}万元，占${q}%。",
)
GENERAL = (
    "${year}年度一般公共预算财政拨款支出年初预算为${initial}万元，支出决算为${final}万元，完成年初预算的${rate}%。其中：",
    "${year}年度一般公共预算财政拨款支出年初预算${initial}万元，支出决算${final}万元，完成年初预算的${rate}%，其中：",
    "${year}年度一般公共预算财政拨款支出年初预算数为${initial}万元，支出决算数为${final}万元，完成年初预算的${rate}%。按照功能分类科目，其中：",
)
ITEM = (
    "${n}．${top}（类）${middle}（款）${name}（项）。年初预算为${initial}${iu}，支出决算为${final}${fu}，完成年初预算的${rate}%，决算数${word}年初预算数的主要原因是${why}。",
    "${n}．${top}（类）${middle}（款）${name}（项）年初预算${initial}${iu}，支出决算${final}${fu}，完成年初预算的${rate}%。决算数${word}年初预算数，主要原因：${why}。",
    "（${n}）${top}（类）${middle}（款）${name}（项）。年初预算数为${initial}${iu}，支出决算数为${final}${fu}，完成年初预算的${rate}%。决算数${word}年初预算数的主要原因：${why}。",
)
NEW_ITEM = (
    "${n}．${top}（类）${middle}（款）${name}（项）。年初预算为0万元，支出决算为${final}${fu}，决算数大于年初预算数的主要原因是${why}。"
)
BASIC = (
    "${year}年度一般公共预算财政拨款基本支出${whole}万元，其中：人员经费${one}万元，主要包括基本工资、津贴补贴等；"
    "公用经费${two}万元，主要包括办公费、差旅费等。"
)
THREE = "${year}年度“三公”经费财政拨款支出预算为${base}万元，支出决算为${now}万元，完成预算的${rate}%。"
PART = "${name}支出预算为${base}万元，支出决算为${now}万元，完成预算的${rate}%。"
OFFICE = "${year}年度机关运行经费支出${now}万元，比${before}年度${up}${delta}万元，${grow}${rate}%。主要原因是${why}。"
BOUGHT = (
    "${year}年度政府采购支出总额${whole}万元，其中：政府采购货物支出${goods}万元、"
    "政府采购工程支出${works}万元、政府采购服务支出${services}万元。"
)
AWARDED = "授予中小企业合同金额${small}万元，占政府采购支出总额的${p}%，其中：授予小微企业合同金额${micro}万元，占政府采购支出总额的${q}%。"
VEHICLES = (
    "截至${year}年12月31日，本部门共有车辆${all}辆，其中：机要通信用车${a}辆、应急保障用车${b}辆、执法执勤用车${c}辆、其他用车0辆；"
    "单价100万元以上设备（不含车辆）0台（套）。"
)
OVER = ("年中追加人员经费", "政策性增资", "年中新增专项任务，追加预算")
UNDER = ("厉行节约，压减支出", "人员退休，相应支出减少", "部分项目结转下年实施")
EVEN = ("严格按预算执行", "据实支出")


def of(book: Figures) -> tuple[Sentence, ...]:
    """All paragraphs in order."""
    return tuple(_sentences(book))


def _sentences(book: Figures) -> Iterator[Sentence]:
    way, year = book.wording, {"year": str(YEAR), "before": str(YEAR - 1)}
    yield Sentence("一、收入支出决算总体情况说明", TOTALS[way], {**year, "total": wan(book.grand), **growth(Pair(book.grand, book.prior))})
    yield Sentence("二、收入决算情况说明", INCOME[way], {**year, **shares(book.income, book.granted, book.other)})
    yield Sentence("三、支出决算情况说明", SPENDING[way], {**year, **shares(book.spent, book.basic, book.spent - book.basic)})
    initial = total(item.initial for item in book.items)
    five = "五、一般公共预算财政拨款支出决算情况说明"
    yield Sentence(
        five, GENERAL[way], {**year, "initial": wan(initial), "final": wan(book.general), "rate": percent(book.general, initial)}
    )
    for n, item in enumerate(book.items, 1):
        yield _item(book, n, item, five)
    public = total(value for _, value in book.public)
    values = {"whole": wan(book.basic), "one": wan(book.basic - public), "two": wan(public)}
    yield Sentence("六、一般公共预算财政拨款基本支出决算情况说明", BASIC, {**year, **values})
    yield from _three(book, year)
    yield from _rest(book, year)


def _item(book: Figures, n: int, item: Item, section: str) -> Sentence:
    # The words follow the figures as printed: who compares 9.48 with 9.48 writes 等于.
    above, equal = item.spent > item.initial, wan(item.spent) == wan(item.initial)
    values = {
        "n": str(n),
        "top": NAMES[item.code[:3]],
        "middle": NAMES[item.code[:5]],
        "name": NAMES[item.code],
        "initial": wan(item.initial),
        "final": wan(item.spent),
        "iu": "万元",
        "fu": "万元",
        "word": "等于" if equal else "大于" if above else "小于",
        "why": (EVEN if equal else OVER if above else UNDER)[n % 2],
    }
    if item.initial == 0:
        return Sentence(section, NEW_ITEM, values, item.code)
    return Sentence(section, ITEM[book.wording], {**values, "rate": percent(item.spent, item.initial)}, item.code)


def _three(book: Figures, year: dict[str, str]) -> Iterator[Sentence]:
    section = "九、财政拨款“三公”经费支出决算情况说明"
    pairs = (book.abroad, book.purchase, book.running, book.reception)
    whole = Pair(total(p.now for p in pairs), total(p.base for p in pairs))
    yield Sentence(section, THREE, {**year, **_completed(whole)})
    yield Sentence(section, PART, {"name": "公务用车运行维护费", **_completed(book.running)}, "running")
    yield Sentence(section, PART, {"name": "公务接待费", **_completed(book.reception)}, "reception")


def _rest(book: Figures, year: dict[str, str]) -> Iterator[Sentence]:
    why = (UNDER if book.office.now < book.office.base else OVER)[0]
    yield Sentence("十、机关运行经费支出情况说明", OFFICE, {**year, "now": wan(book.office.now), **growth(book.office), "why": why})
    bought = {"whole": wan(book.procured), "goods": wan(book.goods), "works": wan(book.works), "services": wan(book.services)}
    yield Sentence("十一、政府采购支出情况说明", BOUGHT, {**year, **bought})
    if Decimal(wan(book.procured)):
        awarded = {"small": wan(book.small), "micro": wan(book.micro)}
        rates = {"p": percent(book.small, book.procured), "q": percent(book.micro, book.procured)}
        yield Sentence("十一、政府采购支出情况说明", AWARDED, {**awarded, **rates})
    a, b, c = book.vehicles
    counts = {"all": str(a + b + c), "a": str(a), "b": str(b), "c": str(c)}
    yield Sentence("十二、国有资产占用及购置情况说明", VEHICLES, {**year, **counts})


def growth(pair: Pair) -> dict[str, str]:
    """The words and figures of a change against the year before."""
    up = pair.now >= pair.base
    values = {"delta": wan(abs(pair.now - pair.base)), "rate": percent(abs(pair.now - pair.base), pair.base)}
    return {**values, "up": "增加" if up else "减少", "grow": "增长" if up else "下降"}


def shares(whole: Decimal, one: Decimal, two: Decimal) -> dict[str, str]:
    """Two parts and their shares."""
    return {"whole": wan(whole), "one": wan(one), "two": wan(two), "p": percent(one, whole), "q": percent(two, whole)}


def _completed(pair: Pair) -> dict[str, str]:
    return {"base": wan(pair.base), "now": wan(pair.now), "rate": percent(pair.now, pair.base)}
