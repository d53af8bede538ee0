"""The statutory tables of the 2025 budget (表1 to 表12), in 元 with thousands separators."""

from decimal import Decimal

from samples import book
from samples.book import BUREAU, ITEMS, LOTTERY, Item
from samples.final_tables import Row, Statement, by_category, row
from samples.money import WAN, ZERO, grouped, percent, total
from samples.ruled import CENTRE, LEFT, RIGHT, Cell, Grid
from samples.subjects import ECONOMIC

ACTIVE = tuple(i for i in ITEMS if i.next)
PROJECT_NAMES = {
    "2101103": "公务员医疗补助", "2101301": "城乡医疗救助", "2101502": "医保基金监管", "2101504": "信息化建设",
    "2101505": "医疗保障政策管理",
    "2101506": "经办服务体系建设", "2130599": "驻村帮扶", "2296013": "城乡医疗救助（彩票公益金）",
}  # fmt: skip
PROJECT_UNITS = {"2101103": "青禾区医疗保障经办中心", "2101506": "青禾区医疗保障经办中心", "2101504": "青禾区医疗保障信息服务中心"}


def statements() -> list[Statement]:
    """The tables in order."""
    return [
        _overall(),
        _income(),
        _spending(),
        _fiscal(),
        _general(),
        _economic(),
        _three(),
        _funds(),
        _capital(),
        _projects(),
        _buying(),
        *_targets(),
    ]


def _category_sums() -> dict[str, Decimal]:
    """Spending by 类 from all funds."""
    sums = by_category(lambda i: i.next, (*ACTIVE, LOTTERY))
    sums["卫生健康支出"] += book.NEXT_OTHER
    return sums


def _overall() -> Statement:
    incomes = (
        ("一、一般公共预算拨款收入", book.NEXT_GENERAL), ("二、政府性基金预算拨款收入", LOTTERY.next),
        ("三、国有资本经营预算拨款收入", ZERO),
        ("四、事业收入", ZERO), ("五、其他收入", book.NEXT_OTHER),
    )  # fmt: skip
    spending = [(f"{n}、{name}", amount) for n, (name, amount) in zip("一二三四五", _category_sums().items(), strict=True)]
    body = [row(a, grouped(x), b, grouped(y)) for (a, x), (b, y) in zip(incomes, spending, strict=True)]
    both = grouped(book.NEXT_TOTAL)
    body += [row("本年收入合计", both, "本年支出合计", both), row("上年结转", "", "结转下年", ""), row("收入总计", both, "支出总计", both)]
    head = ((Cell("收入", columns=2), Cell("支出", columns=2)), row("项目", "预算数", "项目（按功能分类）", "预算数"))
    grid = Grid((160, 90, 160, 90), (LEFT, RIGHT, LEFT, RIGHT), head, tuple(body), least=24.0)
    return Statement("表1", "部门收支总表", "元", grid)


def _coded(values: dict[str, Row], items: tuple[Item, ...], whole: Row) -> tuple[tuple[Cell, ...], ...]:
    """Rows with 类, 款 and 项 in three code columns, the total last."""
    rows: list[tuple[Cell, ...]] = []
    for n in book.tree(items):
        parts = (n.code[:3], n.code[3:5], n.code[5:])
        rows.append(row(*parts, n.name, *values[n.code]))
    rows.append((Cell("合计", columns=4, align=CENTRE), *row(*whole)))
    return tuple(rows)


def _income() -> Statement:
    items = (*ACTIVE, LOTTERY)

    def amounts(chosen: tuple[Item, ...]) -> Row:
        general = total(i.next for i in chosen if i is not LOTTERY)
        fund = LOTTERY.next if LOTTERY in chosen else ZERO
        other = book.NEXT_OTHER if book.item("2101501") in chosen else ZERO
        return grouped(general + fund + other), grouped(general), grouped(fund), "", grouped(other)

    values = {n.code: amounts(n.items) for n in book.tree(items)}
    head = (
        (
            Cell("功能分类科目编码", columns=3), Cell("功能分类科目名称", rows=2), Cell("合计", rows=2), Cell("一般公共预算拨款收入",
            rows=2),
            Cell("政府性基金预算拨款收入", rows=2), Cell("事业收入", rows=2), Cell("其他收入", rows=2),
        ),
        row("类", "款", "项"),
    )  # fmt: skip
    aligns = (CENTRE, CENTRE, CENTRE, LEFT, *[RIGHT] * 5)
    grid = Grid((28, 24, 24, 150, 76, 76, 64, 48, 58), aligns, head, _coded(values, items, amounts(items)), size=8.5, least=19.0)
    return Statement("表2", "部门收入总表", "元", grid)


def _spending() -> Statement:
    items = (*ACTIVE, LOTTERY)

    def amounts(chosen: tuple[Item, ...]) -> Row:
        basic = total(i.next for i in chosen if not i.next_project)
        basic += book.NEXT_OTHER if book.item("2101501") in chosen else ZERO
        project = total(i.next for i in chosen if i.next_project)
        return grouped(basic + project), grouped(basic), grouped(project)

    values = {n.code: amounts(n.items) for n in book.tree(items)}
    head = (
        (
            Cell("功能分类科目编码", columns=3),
            Cell("功能分类科目名称", rows=2),
            Cell("合计", rows=2),
            Cell("基本支出", rows=2),
            Cell("项目支出", rows=2),
        ),
        row("类", "款", "项"),
    )
    aligns = (CENTRE, CENTRE, CENTRE, LEFT, RIGHT, RIGHT, RIGHT)
    grid = Grid((34, 30, 30, 180, 86, 86, 86), aligns, head, _coded(values, items, amounts(items)), least=19.0)
    return Statement("表3", "部门支出总表", "元", grid)


def _fiscal() -> Statement:
    general, fund = by_category(lambda i: i.next, ACTIVE), by_category(lambda i: i.next, (LOTTERY,))
    incomes = (
        ("一、一般公共预算拨款", book.NEXT_GENERAL),
        ("二、政府性基金预算拨款", LOTTERY.next),
        ("三、国有资本经营预算拨款", ZERO),
        ("", ZERO),
        ("", ZERO),
    )
    rows = []
    for (left, amount), (ordinal, name) in zip(incomes, zip("一二三四五", (general | fund), strict=True), strict=True):
        a, b = general.get(name, ZERO), fund.get(name, ZERO)
        rows.append(row(left, grouped(amount), f"{ordinal}、{name}", grouped(a + b), grouped(a), grouped(b), ""))
    fiscal = grouped(book.NEXT_FISCAL)
    rows.append(row("收入总计", fiscal, "支出总计", fiscal, grouped(book.NEXT_GENERAL), grouped(LOTTERY.next), ""))
    head = (
        (Cell("收入", columns=2), Cell("支出", columns=5)),
        row("项目", "预算数", "项目（按功能分类）", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
    )
    grid = Grid((140, 90, 140, 90, 90, 80, 80), (LEFT, RIGHT, LEFT, *[RIGHT] * 4), head, tuple(rows), least=24.0)
    return Statement("表4", "财政拨款收支总表", "元", grid, landscape=True)


def _general() -> Statement:
    def amounts(chosen: tuple[Item, ...]) -> Row:
        last = total(i.start for i in chosen) * WAN
        basic = total(i.next for i in chosen if not i.next_project)
        project = total(i.next for i in chosen if i.next_project)
        change = basic + project - last
        return grouped(last), grouped(basic + project), grouped(basic), grouped(project), grouped(change), percent(change, last)

    rows = [row(n.code, n.name, *amounts(n.items)) for n in book.tree(ACTIVE)]
    rows.append((Cell("合计", columns=2, align=CENTRE), *row(*amounts(ACTIVE))))
    head = (
        (
            Cell("功能分类科目", columns=2), Cell("2024年预算数", rows=2), Cell("2025年预算数", columns=3),
            Cell("2025年预算数比2024年预算数", columns=2),
        ),
        row("科目编码", "科目名称", "小计", "基本支出", "项目支出", "增减额", "增减%"),
    )  # fmt: skip
    grid = Grid((46, 116, 68, 68, 66, 62, 58, 46), (LEFT, LEFT, *[RIGHT] * 6), head, tuple(rows), size=8.2, least=18.5)
    return Statement("表5", "一般公共预算支出表", "元", grid, "注：2024年预算数为2024年年初批复的部门预算数。")


def _economic() -> Statement:
    rows = []
    for head in ("301", "302", "303", "310"):
        for code in [c for c in ECONOMIC if c.startswith(head) and c in book.LINES_2025]:
            amount = grouped(book.LINES_2025[code])
            staff = head in ("301", "303")
            rows.append(row(code, ECONOMIC[code], amount, amount if staff else "", "" if staff else amount))
    rows.append(
        (Cell("合计", columns=2, align=CENTRE), *row(grouped(book.NEXT_BASIC), grouped(book.NEXT_STAFF), grouped(book.NEXT_PUBLIC)))
    )
    head_rows = (
        (Cell("部门预算经济分类科目", columns=2), Cell("2025年基本支出", columns=3)),
        row("科目编码", "科目名称", "合计", "人员经费", "公用经费"),
    )
    grid = Grid((70, 190, 90, 90, 90), (LEFT, LEFT, RIGHT, RIGHT, RIGHT), head_rows, tuple(rows), size=8.6, least=15.8)
    return Statement("表6", "一般公共预算基本支出表", "元", grid)


def _three() -> Statement:
    def values(year: str) -> list[str]:
        pairs = (book.THREE, None, book.CAR, None, book.CAR, book.GUESTS, book.MEETINGS, book.TRAINING)
        return [grouped((p.next if year == "2025" else p.budget) * WAN) if p else "" for p in pairs]

    head = (
        (Cell("年度", rows=3), Cell("“三公”经费", columns=6), Cell("会议费", rows=3), Cell("培训费", rows=3)),
        (Cell("合计", rows=2), Cell("因公出国（境）费", rows=2), Cell("公务用车购置及运行维护费", columns=3), Cell("公务接待费", rows=2)),
        row("小计", "公务用车购置费", "公务用车运行维护费"),
    )
    body = tuple(row(f"{year}年预算数", *values(year)) for year in ("2024", "2025"))
    grid = Grid((72, 58, 56, 58, 58, 58, 58, 58, 58), (CENTRE, *[RIGHT] * 8), head, body, size=8.5, least=24.0)
    return Statement("表7", "一般公共预算“三公”经费及会议费、培训费支出表", "元", grid)


def _funds() -> Statement:
    amount, last = grouped(LOTTERY.next), grouped(LOTTERY.start * WAN)
    rows = [row(n.code, n.name, last, amount, "", amount) for n in book.tree((LOTTERY,))]
    rows.append((Cell("合计", columns=2, align=CENTRE), *row(last, amount, "", amount)))
    head = (
        (Cell("功能分类科目", columns=2), Cell("2024年预算数", rows=2), Cell("2025年预算数", columns=3)),
        row("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    )
    grid = Grid((66, 190, 80, 80, 70, 80), (LEFT, LEFT, *[RIGHT] * 4), head, tuple(rows), least=22.0)
    return Statement("表8", "政府性基金预算支出表", "元", grid, below=True)


def _capital() -> Statement:
    head = ((Cell("功能分类科目", columns=2), Cell("2025年预算数", columns=3)), row("科目编码", "科目名称", "合计", "基本支出", "项目支出"))
    body = (row(*[""] * 5), (Cell("合计", columns=2, align=CENTRE), *row("", "", "")))
    grid = Grid((66, 190, 90, 90, 90), (LEFT, LEFT, RIGHT, RIGHT, RIGHT), head, body, least=22.0)
    return Statement("表9", "国有资本经营预算支出表", "元", grid, "注：本部门2025年没有国有资本经营预算支出，故本表为空表。", below=True)


def _projects() -> Statement:
    rows = []
    for i in (*(i for i in ACTIVE if i.next_project), LOTTERY):
        amount = grouped(i.next)
        fund = i is LOTTERY
        rows.append(
            row(PROJECT_NAMES[i.code], PROJECT_UNITS.get(i.code, BUREAU + "本级"), amount, "" if fund else amount, amount if fund else "")
        )
    whole = book.NEXT_PROJECTS + LOTTERY.next
    rows.append((Cell("合计", columns=2, align=CENTRE), *row(grouped(whole), grouped(book.NEXT_PROJECTS), grouped(LOTTERY.next))))
    head = (
        (Cell("项目名称", rows=2), Cell("项目单位", rows=2), Cell("项目支出", columns=3)),
        row("合计", "一般公共预算", "政府性基金预算"),
    )
    grid = Grid((140, 150, 84, 84, 84), (LEFT, LEFT, RIGHT, RIGHT, RIGHT), head, tuple(rows), least=22.0)
    return Statement("表10", "项目支出表", "元", grid)


def _buying() -> Statement:
    lines = (
        ("医保信息化建设", "货物", "自助终端和打印设备", d_yuan("5.20")), ("机构运转", "货物", "便携式计算机", d_yuan("3.30")),
        ("医保信息化建设", "服务", "业务系统运行维护", d_yuan("38.00")), ("医保基金监管", "服务", "第三方基金检查服务", d_yuan("20.00")),
    )  # fmt: skip
    rows = [row(project, kind, what, grouped(amount)) for project, kind, what, amount in lines]
    rows.append((Cell("合计", columns=3, align=CENTRE), Cell(grouped(total(x[3] for x in lines)))))
    grid = Grid(
        (140, 70, 190, 100), (LEFT, CENTRE, LEFT, RIGHT), (row("项目名称", "采购类别", "采购内容", "预算金额"),), tuple(rows), least=22.0
    )
    return Statement("表11", "政府采购预算表", "元", grid, below=True)


def d_yuan(wan: str) -> Decimal:
    """万元, as written, in 元."""
    return Decimal(wan) * WAN


def _targets() -> list[Statement]:
    doctors = (
        ("产出指标", "数量指标", "补助人次", "≥2400人次"), ("产出指标", "质量指标", "待遇计算准确率", "≥99%"),
        ("产出指标", "时效指标", "补助到账时限", "≤25个工作日"), ("产出指标", "成本指标", "人均补助金额", "≤1100元"),
        ("效益指标", "社会效益指标", "个人自付比例下降", "≥3个百分点"), ("满意度指标", "服务对象满意度指标", "补助对象满意度", "≥92%"),
    )  # fmt: skip
    systems = (
        ("产出指标", "数量指标", "专线接入街道服务站", "9个"), ("产出指标", "质量指标", "系统可用率", "≥99.5%"),
        ("产出指标", "时效指标", "故障响应时限", "≤2小时"), ("产出指标", "成本指标", "年度建设运维成本", "≤52万元"),
        ("效益指标", "可持续影响指标", "网上办理事项占比", "≥85%"), ("满意度指标", "服务对象满意度指标", "系统使用人员满意度", "≥90%"),
    )  # fmt: skip
    return [
        _target("表12-1", book.item("2101103"), "为符合条件的公务员和参照管理人员按规定核算拨付医疗补助，减轻个人医疗费用负担。", doctors),
        _target("表12-2", book.item("2101504"), "完成街道医保服务站专线接入和自助终端布设，保障业务系统稳定运行。", systems),
    ]


def _target(number: str, entry: Item, aim: str, indicators: tuple[tuple[str, str, str, str], ...]) -> Statement:
    money = grouped(entry.next)
    rows: list[tuple[Cell, ...]] = [
        (Cell("项目名称"), Cell(PROJECT_NAMES[entry.code], columns=4)),
        (Cell("主管部门"), Cell(BUREAU, columns=2), Cell("实施单位"), Cell(PROJECT_UNITS[entry.code])),
        (Cell("资金金额（元）", rows=3), Cell("年度资金总额"), Cell(money, columns=3)),
        (Cell("其中：财政拨款"), Cell(money, columns=3)),
        (Cell("其他资金"), Cell("", columns=3)),
        (Cell("年度目标"), Cell(aim, columns=4, align=LEFT)),
        (Cell("绩效指标", rows=1 + len(indicators)), *row("一级指标", "二级指标", "指标内容", "指标值")),
    ]
    for n, (group, *rest) in enumerate(indicators):
        same = sum(i[0] == group for i in indicators)
        first = n == 0 or indicators[n - 1][0] != group
        rows.append((*([Cell(group, rows=same)] if first else []), *row(*rest)))
    grid = Grid((70, 90, 110, 130, 110), (CENTRE,) * 5, (), tuple(rows), size=9.5, least=20.5)
    return Statement(number, "项目支出绩效目标表", "元", grid, below=number == "表12-2")
