"""The nine statutory tables of the 2024 final account (公开01表 to 公开09表), in 万元."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from samples import book
from samples.book import ITEMS, LOTTERY, Item, Node
from samples.money import ZERO, grouped, total
from samples.ruled import CENTRE, LEFT, RIGHT, Cell, Grid
from samples.subjects import ECONOMIC

CATEGORIES = (
    "一、一般公共服务支出", "二、外交支出", "三、国防支出", "四、公共安全支出", "五、教育支出", "六、科学技术支出",
    "七、文化旅游体育与传媒支出",
    "八、社会保障和就业支出", "九、卫生健康支出", "十、节能环保支出", "十一、城乡社区支出", "十二、农林水支出", "十三、交通运输支出",
    "十四、资源勘探工业信息等支出", "十五、商业服务业等支出", "十六、金融支出", "十七、援助其他地区支出", "十八、自然资源海洋气象等支出",
    "十九、住房保障支出", "二十、粮油物资储备支出", "二十一、国有资本经营预算支出", "二十二、灾害防治及应急管理支出", "二十三、其他支出",
    "二十四、债务还本支出", "二十五、债务付息支出", "二十六、抗疫特别国债安排的支出",
)  # fmt: skip
"""The 类 of the two overall tables, in the state's order."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One table of a document: `number` is 公开01表 or 表1; `unit` as printed over it; `note` under it."""

    number: str
    title: str
    unit: str
    grid: Grid
    note: str = ""
    landscape: bool = False
    below: bool = False
    """Stands on the page of the table before it."""


def row(*texts: str) -> tuple[Cell, ...]:
    """A row of plain cells."""
    return tuple(Cell(t) for t in texts)


def statements() -> list[Statement]:
    """The nine tables in order."""
    return [_overall(), _income(), _spending(), _fiscal(), _general(), _economic(), _funds(), _capital(), _three()]


def by_category(amount: Callable[[Item], Decimal], items: tuple[Item, ...]) -> dict[str, Decimal]:
    """Sums by the 类's printed name without its ordinal."""
    return {n.name: total(amount(i) for i in n.items) for n in book.tree(items) if len(n.code) == 3}


def _category(name: str, sums: dict[str, Decimal]) -> str:
    return grouped(sums.get(name.split("、", 1)[1], ZERO))


def _overall() -> Statement:
    incomes = [
        ("一、一般公共预算财政拨款收入", book.GENERAL_INCOME), ("二、政府性基金预算财政拨款收入", LOTTERY.spent),
        ("三、国有资本经营预算财政拨款收入", ZERO),
        ("四、上级补助收入", ZERO), ("五、事业收入", ZERO), ("六、经营收入", ZERO), ("七、附属单位上缴收入", ZERO),
        ("八、其他收入", book.OTHER_INCOME),
    ]  # fmt: skip
    sums = by_category(lambda i: i.all_spent, (*ITEMS, LOTTERY))
    left = [(name, grouped(v)) for name, v in incomes] + [("", "")] * (len(CATEGORIES) - len(incomes))
    right = [(name, _category(name, sums)) for name in CATEGORIES]
    left += [
        ("本年收入合计", grouped(book.INCOME)), ("使用非财政拨款结余（含专用结余）", ""),
        ("年初结转和结余", grouped(book.OPENING + book.OTHER_OPENING)), ("总计", grouped(book.TOTAL)),
    ]  # fmt: skip
    right += [
        ("本年支出合计", grouped(book.SPENT)),
        ("结余分配", ""),
        ("年末结转和结余", grouped(book.CLOSING_ALL)),
        ("总计", grouped(book.TOTAL)),
    ]
    lines = len(left)
    head = (
        (Cell("收入", columns=3), Cell("支出", columns=3)),
        row("项目", "行次", "决算数", "项目", "行次", "决算数"),
        row("栏次", "", "1", "栏次", "", "2"),
    )
    body = tuple(row(a, str(n), x, b, str(n + lines), y) for n, ((a, x), (b, y)) in enumerate(zip(left, right, strict=True), 1))
    grid = Grid((150, 26, 64, 150, 26, 64), (LEFT, CENTRE, RIGHT, LEFT, CENTRE, RIGHT), head, body, size=8.5, least=17.0)
    return Statement("公开01表", "收入支出决算总表", "万元", grid, "注：本表反映部门本年度的总收支和年末结转结余情况。")


Amounts = Callable[[tuple[Item, ...]], Row]


def by_subject(nodes: list[Node], amounts: Amounts) -> tuple[tuple[Cell, ...], ...]:
    """合计 and the rows 类, 款, 项 of a functional table with one code column."""
    everything = tuple(i for n in nodes if len(n.code) == 7 for i in n.items)
    body = [(Cell("合计", columns=2, align=CENTRE), *row(*amounts(everything)))]
    body += [row(n.code, n.name, *amounts(n.items)) for n in nodes]
    return tuple(body)


def _numbered(columns: int) -> tuple[Cell, ...]:
    return (Cell("栏次", columns=2), *row(*(str(n) for n in range(1, columns + 1))))


def _subject_head(columns: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    return (
        (Cell("项目", columns=2), *(Cell(c, rows=2) for c in columns)),
        row("科目代码", "科目名称"),
        _numbered(len(columns)),
    )


def _income() -> Statement:
    def amounts(items: tuple[Item, ...]) -> Row:
        fiscal, other = total(i.income for i in items), total(i.other_income for i in items)
        return grouped(fiscal + other), grouped(fiscal), "", "", "", "", grouped(other)

    head = _subject_head(("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"))
    grid = Grid(
        (62, 190, 74, 74, 62, 62, 62, 74, 62),
        (LEFT, LEFT, *[RIGHT] * 7),
        head,
        by_subject(book.tree((*ITEMS, LOTTERY)), amounts),
        least=18.0,
    )
    return Statement("公开02表", "收入决算表", "万元", grid, "注：本表反映部门本年度取得的各项收入情况。", landscape=True)


def _spending() -> Statement:
    def amounts(items: tuple[Item, ...]) -> Row:
        basic = total(i.basic + i.other_basic for i in items)
        project = total(i.project + i.other_project for i in items)
        return grouped(basic + project), grouped(basic), grouped(project), "", "", ""

    head = _subject_head(("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"))
    grid = Grid(
        (62, 200, 80, 80, 80, 70, 70, 80),
        (LEFT, LEFT, *[RIGHT] * 6),
        head,
        by_subject(book.tree((*ITEMS, LOTTERY)), amounts),
        repeat=False,
        least=18.0,
    )
    return Statement("公开03表", "支出决算表", "万元", grid, "注：本表反映部门本年度各项支出情况。", landscape=True)


def _fiscal() -> Statement:
    general, fund = by_category(lambda i: i.spent, ITEMS), by_category(lambda i: i.spent, (LOTTERY,))
    incomes = [
        ("一、一般公共预算财政拨款收入", book.GENERAL_INCOME),
        ("二、政府性基金预算财政拨款收入", LOTTERY.spent),
        ("三、国有资本经营预算财政拨款收入", ZERO),
    ]
    left = [(n, grouped(v)) for n, v in incomes] + [("", "")] * (len(CATEGORIES) - len(incomes))
    right: list[Row] = []
    for name in CATEGORIES:
        bare = name.split("、", 1)[1]
        a, b = general.get(bare, ZERO), fund.get(bare, ZERO)
        right.append((name, grouped(a + b), grouped(a), grouped(b), ""))
    everything, money = book.GENERAL + LOTTERY.spent, grouped
    closing = book.CLOSING
    left += [
        ("本年收入合计", money(book.FISCAL_INCOME)), ("年初财政拨款结转和结余", money(book.OPENING)),
        ("一般公共预算财政拨款", money(book.OPENING)),
        ("政府性基金预算财政拨款", ""), ("国有资本经营预算财政拨款", ""), ("总计", money(book.FISCAL_TOTAL)),
    ]  # fmt: skip
    right += [
        ("本年支出合计", money(everything), money(book.GENERAL), money(LOTTERY.spent), ""),
        ("年末财政拨款结转和结余", money(closing), money(closing), "", ""), *[("", "", "", "", "")] * 3,
        ("总计", money(book.FISCAL_TOTAL), money(book.GENERAL + closing), money(LOTTERY.spent), ""),
    ]  # fmt: skip
    head = (
        (Cell("收入", columns=3), Cell("支出", columns=6)),
        row("项目", "行次", "金额", "项目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
        row("栏次", "", "1", "栏次", "", "2", "3", "4", "5"),
    )
    lines = len(left)
    body = tuple(row(a, str(n), x, b[0], str(n + lines), *b[1:]) for n, ((a, x), b) in enumerate(zip(left, right, strict=True), 1))
    grid = Grid((134, 24, 48, 142, 24, 48, 52, 46, 46), (LEFT, CENTRE, RIGHT, LEFT, CENTRE, *[RIGHT] * 4), head, body, size=7.8, least=16.0)
    note = "注：本表反映部门本年度一般公共预算、政府性基金预算和国有资本经营预算财政拨款的总收支和年末结转结余情况。"
    return Statement("公开04表", "财政拨款收入支出决算总表", "万元", grid, note)


def _split(items: tuple[Item, ...]) -> Row:
    basic, project = total(i.basic for i in items), total(i.project for i in items)
    return grouped(basic + project), grouped(basic), grouped(project)


def _general() -> Statement:
    head = (
        (Cell("项目", columns=2), Cell("本年支出", columns=3)),
        row("科目代码", "科目名称", "小计", "基本支出", "项目支出"),
        _numbered(3),
    )
    grid = Grid((70, 210, 80, 80, 80), (LEFT, LEFT, RIGHT, RIGHT, RIGHT), head, by_subject(book.tree(ITEMS), _split), least=18.5)
    return Statement("公开05表", "一般公共预算财政拨款支出决算表", "万元", grid, "注：本表反映部门本年度一般公共预算财政拨款实际支出情况。")


def _economic() -> Statement:
    lanes = []
    for heads in (("301", "303"), ("302",), ("307", "310", "399")):
        codes = [c for head in heads for c in ECONOMIC if c.startswith(head)]
        lanes.append([(c, ECONOMIC[c], grouped(book.LINES_2024.get(c, ZERO))) for c in codes])
    deep = max(len(lane) for lane in lanes)
    lanes = [lane + [("", "", "")] * (deep - len(lane)) for lane in lanes]
    body = [row(*(text for lane in lanes for text in lane[n])) for n in range(deep)]
    body.append(
        (
            Cell("人员经费合计", columns=2, align=CENTRE),
            Cell(grouped(book.STAFF)),
            Cell("公用经费合计", columns=5, align=CENTRE),
            Cell(grouped(book.PUBLIC)),
        )
    )
    head = (
        (Cell("人员经费", columns=3), Cell("公用经费", columns=6)),
        row(*("科目代码", "科目名称", "决算数") * 3),
    )
    grid = Grid((34, 92, 44) * 3, (LEFT, LEFT, RIGHT) * 3, head, tuple(body), size=7.6, least=16.5)
    note = "注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。本表金额转换为万元时，因四舍五入可能存在尾差。"
    return Statement("公开06表", "一般公共预算财政拨款基本支出决算表", "万元", grid, note)


def _funds() -> Statement:
    def amounts(items: tuple[Item, ...]) -> Row:
        spent = total(i.spent for i in items)
        return "", grouped(spent), grouped(spent), "", grouped(spent), ""

    head = (
        (
            Cell("项目", columns=2),
            Cell("年初结转和结余", rows=2),
            Cell("本年收入", rows=2),
            Cell("本年支出", columns=3),
            Cell("年末结转和结余", rows=2),
        ),
        row("科目代码", "科目名称", "小计", "基本支出", "项目支出"),
        _numbered(6),
    )
    grid = Grid((56, 150, 58, 58, 58, 58, 58, 58), (LEFT, LEFT, *[RIGHT] * 6), head, by_subject(book.tree((LOTTERY,)), amounts), least=20.0)
    note = "注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。"
    return Statement("公开07表", "政府性基金预算财政拨款收入支出决算表", "万元", grid, note)


def _capital() -> Statement:
    head = (
        (Cell("项目", columns=2), Cell("本年支出", columns=3)),
        row("科目代码", "科目名称", "合计", "基本支出", "项目支出"),
        _numbered(3),
    )
    body = ((Cell("合计", columns=2, align=CENTRE), *row("", "", "")), row(*[""] * 5), row(*[""] * 5))
    grid = Grid((70, 210, 80, 80, 80), (LEFT, LEFT, RIGHT, RIGHT, RIGHT), head, body, least=20.0)
    note = "注：本表反映部门本年度国有资本经营预算财政拨款支出情况。本部门本年度没有国有资本经营预算财政拨款支出，故本表为空表。"
    return Statement("公开08表", "国有资本经营预算财政拨款支出决算表", "万元", grid, note, below=True)


def _three() -> Statement:
    head = (
        (Cell("项目", rows=3), Cell("财政拨款“三公”经费", columns=6), Cell("会议费", rows=3), Cell("培训费", rows=3)),
        (Cell("合计", rows=2), Cell("因公出国（境）费", rows=2), Cell("公务用车购置及运行维护费", columns=3), Cell("公务接待费", rows=2)),
        row("小计", "公务用车购置费", "公务用车运行维护费"),
        row("栏次", "1", "2", "3", "4", "5", "6", "7", "8"),
    )
    pairs = (book.THREE, None, book.CAR, None, book.CAR, book.GUESTS, book.MEETINGS, book.TRAINING)
    body = (
        row("预算数", *(grouped(p.budget) if p else "" for p in pairs)),
        row("决算数", *(grouped(p.spent) if p else "" for p in pairs)),
    )
    grid = Grid((60, 70, 70, 70, 80, 80, 70, 70, 70), (CENTRE, *[RIGHT] * 8), head, body, least=24.0)
    note = (
        "注：本表反映部门本年度财政拨款“三公”经费、会议费、培训费的支出预决算情况。其中，预算数为全年预算数，"
        "决算数是当年财政拨款和以前年度结转资金安排的实际支出。"
    )
    return Statement("公开09表", "财政拨款“三公”经费及会议费、培训费支出决算表", "万元", grid, note, landscape=True)
