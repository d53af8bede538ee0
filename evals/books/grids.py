"""The statutory tables of a made-up final account."""

from collections.abc import Callable
from decimal import Decimal

from evals.books.figures import NAMES, PUBLIC, STAFF, WAN, ZERO, Figures, Item, rounded, total
from evals.books.pages import Grid

_ORDINALS = "一二三四五六七八九十"
_ITEMS = ("科目编码", "科目名称")
Amounts = Callable[[tuple[Item, ...]], tuple[Decimal, ...]]


def of(book: Figures) -> tuple[Grid, ...]:
    """All nine tables in their order."""
    return (
        _totals(book),
        _by_item(book, "收入决算表", "公开02表", ("本年收入合计", "财政拨款收入", "事业收入", "其他收入"), _income(book)),
        _by_item(book, "支出决算表", "公开03表", ("本年支出合计", "基本支出", "项目支出", "经营支出"), _spending(book)),
        _fiscal(book),
        _by_item(book, "一般公共预算财政拨款支出决算表", "公开05表", ("本年支出合计", "基本支出", "项目支出"), _general),
        _basic(book),
        _three(book),
        _empty(
            book,
            "政府性基金预算财政拨款收入支出决算表",
            "公开08表",
            "本部门没有政府性基金收入，也没有使用政府性基金安排的支出，故本表为空。",
        ),
        _empty(book, "国有资本经营预算财政拨款支出决算表", "公开09表", "本部门没有国有资本经营预算财政拨款支出，故本表为空。"),
    )


def printed(book: Figures, value: Decimal) -> str:
    """An amount as the tables print it; nothing is a blank cell."""
    if value == ZERO:
        return ""
    return f"{value:,.2f}" if book.unit == "元" else f"{rounded(value / WAN):,}"


def _general(items: tuple[Item, ...]) -> tuple[Decimal, ...]:
    return total(i.spent for i in items), total(i.basic for i in items), total(i.project for i in items)


def _spending(book: Figures) -> Amounts:
    def amounts(items: tuple[Item, ...]) -> tuple[Decimal, ...]:
        own = book.other if book.items[-1] in items else ZERO
        spent, basic, project = _general(items)
        return spent + own, basic, project + own, ZERO

    return amounts


def _income(book: Figures) -> Amounts:
    """Money came in for what it was spent on; what was left over before or after belongs to the last item."""

    def amounts(items: tuple[Item, ...]) -> tuple[Decimal, ...]:
        last = book.items[-1] in items
        granted = _general(items)[0] + (book.closing - book.opening if last else ZERO)
        own = book.other if last else ZERO
        return granted + own, granted, ZERO, own

    return amounts


def _by_item(book: Figures, title: str, number: str, columns: tuple[str, ...], amounts: Amounts) -> Grid:
    codes = sorted({item.code[:n] for item in book.items for n in (3, 5, 7)})
    rows = [("", "合计", *(printed(book, value) for value in amounts(book.items)))]
    for code in codes:
        values = amounts(tuple(item for item in book.items if item.code.startswith(code)))
        rows.append((code, NAMES[code], *(printed(book, value) for value in values)))
    return Grid(title, number, book.unit, (*_ITEMS, *columns), tuple(rows))


def _classes(book: Figures, amounts: Amounts) -> list[tuple[str, Decimal]]:
    codes = sorted({item.code[:3] for item in book.items})
    return [(NAMES[code], amounts(tuple(i for i in book.items if i.code.startswith(code)))[0]) for code in codes]


def _totals(book: Figures) -> Grid:
    left = [("一、一般公共预算财政拨款收入", book.granted), ("二、事业收入", ZERO), ("三、其他收入", book.other)]
    right = [(f"{_ORDINALS[n]}、{name}", value) for n, (name, value) in enumerate(_classes(book, _spending(book)))]
    ends_left = [("本年收入合计", book.income), ("年初结转和结余", book.opening), ("总计", book.grand)]
    ends_right = [("本年支出合计", book.spent), ("年末结转和结余", book.closing), ("总计", book.grand)]
    columns = ("收入/项目", "收入/决算数", "支出/项目", "支出/决算数")
    return Grid("收入支出决算总表", "公开01表", book.unit, columns, _lanes(book, left, ends_left, right, ends_right))


def _lanes(
    book: Figures,
    left: list[tuple[str, Decimal]],
    ends_left: list[tuple[str, Decimal]],
    right: list[tuple[str, Decimal]],
    ends_right: list[tuple[str, Decimal]],
) -> tuple[tuple[str, ...], ...]:
    deep = max(len(left), len(right))
    blank = ("", ZERO)
    one = [*left, *[blank] * (deep - len(left)), *ends_left]
    two = [*right, *[blank] * (deep - len(right)), *ends_right]
    return tuple((a, printed(book, x), b, printed(book, y)) for (a, x), (b, y) in zip(one, two, strict=True))


def _fiscal(book: Figures) -> Grid:
    columns = ("收入/项目", "收入/决算数", "支出/项目", "支出/合计", "支出/一般公共预算财政拨款", "支出/政府性基金预算财政拨款")
    left = [("一、一般公共预算财政拨款", book.granted), ("二、政府性基金预算财政拨款", ZERO)]
    ends_left = [("本年收入合计", book.granted), ("年初财政拨款结转和结余", book.opening), ("总计", book.general + book.closing)]
    right = [(f"{_ORDINALS[n]}、{name}", value) for n, (name, value) in enumerate(_classes(book, _general))]
    ends_right = [("本年支出合计", book.general), ("年末财政拨款结转和结余", book.closing), ("总计", book.general + book.closing)]
    rows = tuple((*row, row[3], "") for row in _lanes(book, left, ends_left, right, ends_right))
    return Grid("财政拨款收入支出决算总表", "公开04表", book.unit, columns, rows)


def _basic(book: Figures) -> Grid:
    staff = [("301", "工资福利支出", total(v for _, v in book.staff)), *((c, STAFF[c], v) for c, v in book.staff)]
    public = [("302", "商品和服务支出", total(v for _, v in book.public)), *((c, PUBLIC[c], v) for c, v in book.public)]
    deep = max(len(staff), len(public))
    staff += [("", "", ZERO)] * (deep - len(staff))
    public += [("", "", ZERO)] * (deep - len(public))
    rows = [(a, b, printed(book, x), c, d, printed(book, y)) for (a, b, x), (c, d, y) in zip(staff, public, strict=True)]
    rows.append(("", "人员经费合计", printed(book, staff[0][2]), "", "公用经费合计", printed(book, public[0][2])))
    lane = ("科目编码", "科目名称", "决算数")
    columns = (*(f"人员经费/{name}" for name in lane), *(f"公用经费/{name}" for name in lane))
    return Grid("一般公共预算财政拨款基本支出决算表", "公开06表", book.unit, columns, tuple(rows))


def _three(book: Figures) -> Grid:
    parts = (
        "合计",
        "因公出国（境）费",
        "公务用车购置及运行维护费/小计",
        "公务用车购置及运行维护费/购置费",
        "公务用车购置及运行维护费/运行维护费",
        "公务接待费",
    )
    columns = tuple(f"{kind}/{part}" for kind in ("预算数", "决算数") for part in parts)
    row = []
    for side in ("base", "now"):
        abroad, purchase, running, reception = (getattr(p, side) for p in (book.abroad, book.purchase, book.running, book.reception))
        row += [abroad + purchase + running + reception, abroad, purchase + running, purchase, running, reception]
    title = "一般公共预算财政拨款“三公”经费支出决算表"
    return Grid(title, "公开07表", book.unit, columns, (tuple(printed(book, value) or "0.00" for value in row),))


def _empty(book: Figures, title: str, number: str, note: str) -> Grid:
    return Grid(title, number, book.unit, (*_ITEMS, "本年支出合计", "基本支出", "项目支出"), (("", "合计", "", "", ""),), note)
