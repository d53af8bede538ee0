"""Performance: the self-evaluation forms (绩效自评表) of the final account and the target forms (绩效目标表) of the budget."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from samples import book
from samples.book import BUREAU
from samples.final_tables import row
from samples.money import ZERO, cents, d, percent, plain, total
from samples.prose import Piece, point, section, text
from samples.ruled import CENTRE, LEFT, Cell, Grid


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: level-1 group, level-2 group, wording, target, result, weight and score in 分, reason of a shortfall."""

    group: str
    kind: str
    name: str
    target: str
    result: str
    weight: Decimal
    score: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project that is evaluated; money in 万元."""

    name: str
    unit: str
    start: Decimal
    year: Decimal
    spent: Decimal
    aim: str
    result: str
    indicators: tuple[Indicator, ...]
    problem: str
    remedy: str

    @property
    def money_score(self) -> Decimal:
        """Score of the budget's execution, 10 at full."""
        return cents(self.spent * 10 / self.year)

    @property
    def score(self) -> Decimal:
        """Total score in 分."""
        return self.money_score + total(i.score for i in self.indicators)


OUTPUT, EFFECT, CONTENT = "产出指标（50分）", "效益指标（30分）", "满意度指标（10分）"
TEN, FIFTEEN, TWENTY = d("10"), d("15"), d("20")
DOCTORS = Project(
    "公务员医疗补助", "青禾区医疗保障经办中心", d("286.00"), d("286.00"), d("251.37"),
    "按规定为全区享受公务员医疗补助的人员核算并拨付补助资金，减轻个人医疗费用负担。",
    "全年核算拨付2418人次，补助资金按月到账，退休人员门诊补助实现免申请办理。",
    (
        Indicator(OUTPUT, "数量指标", "补助人次", "≥2600人次", "2418人次", TWENTY, d("18.6"), "住院人次下降，符合二次补助条件的人次减少"),
        Indicator(OUTPUT, "质量指标", "待遇计算准确率", "≥99%", "99.6%", TEN, TEN),
        Indicator(OUTPUT, "时效指标", "补助到账时限", "≤30个工作日", "26个工作日", TEN, TEN),
        Indicator(OUTPUT, "成本指标", "人均补助金额", "≤1100元", "1039.58元", TEN, TEN),
        Indicator(EFFECT, "社会效益指标", "个人自付比例下降", "≥3个百分点", "3.4个百分点", TWENTY, TWENTY),
        Indicator(EFFECT, "可持续影响指标", "资格数据更新频次", "每季度1次", "全年3次", TEN, d("9"), "第三季度数据迁移，更新顺延"),
        Indicator(CONTENT, "服务对象满意度指标", "补助对象满意度", "≥90%", "92%", TEN, TEN),
    ),
    "年初按参保人数的固定比例估算补助人次，未考虑直接结算后自付费用下降的影响，预算执行偏低",
    "改按近三年实际补助人次测算预算，每季度分析执行进度，及时调减用不完的资金",
)  # fmt: skip
INSPECTION = Project(
    "医保基金监管", "云汀市青禾区医疗保障局", d("48.00"), d("48.00"), d("46.20"),
    "对定点医药机构开展全覆盖检查，引入第三方专业力量核查疑点数据，维护基金安全。",
    "全年检查定点医药机构186家，追回违规资金72.35万元，公开通报典型案例4起。",
    (
        Indicator(OUTPUT, "数量指标", "检查定点医药机构数量", "≥180家", "186家", TWENTY, TWENTY),
        Indicator(OUTPUT, "质量指标", "问题整改完成率", "100%", "97%", TEN, d("9"), "2家诊所注销，整改无法核验"),
        Indicator(OUTPUT, "时效指标", "年度检查完成时间", "11月底前", "11月20日", TEN, TEN),
        Indicator(OUTPUT, "成本指标", "项目总成本", "≤48万元", "46.20万元", TEN, TEN),
        Indicator(EFFECT, "社会效益指标", "追回违规资金", "≥60万元", "72.35万元", TWENTY, TWENTY),
        Indicator(EFFECT, "可持续影响指标", "信用评价覆盖率", "≥95%", "95.7%", TEN, TEN),
        Indicator(CONTENT, "服务对象满意度指标", "参保群众满意度", "≥90%", "88%", TEN, d("8"), "举报办理进度反馈不及时"),
    ),
    "举报线索办理进度没有及时反馈举报人，参保群众满意度未达到目标",
    "建立举报线索限时反馈制度，办结后3个工作日内告知举报人结果",
)  # fmt: skip
PROJECTS = (DOCTORS, INSPECTION)


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the overall form, 万元: fiscal and other money, for the year's budget and what was spent."""

    name: str
    done: str
    budget: Decimal
    other_budget: Decimal
    spent: Decimal
    other_spent: Decimal


def _task(name: str, done: str, codes: str, budget: Decimal | None = None) -> Task:
    """A project line from its items; `budget` where it is not what was received."""
    items = [book.item(c) for c in codes.split()]
    income = total(i.spent - min(i.carried, ZERO) for i in items)
    other = total(i.other_project for i in items)
    return Task(name, done, income if budget is None else budget, other, total(i.spent for i in items), other)


_OTHER_STAFF = book.OTHER_OPENING + book.item("2101501").other_income
TASKS = (
    Task("保障人员经费", "已完成", book.STAFF, ZERO, book.STAFF, ZERO),
    Task("保障机构运转", "已完成", book.PUBLIC, _OTHER_STAFF, book.PUBLIC, book.item("2101501").other_basic),
    _task("公务员医疗补助", "部分完成", "2101103", d("286.00")),
    _task("城乡医疗救助", "已完成", "2101301 2296013"),
    _task("医保基金监管", "已完成", "2101502", d("48.00")),
    _task("医保信息化建设", "已完成", "2101504"),
    _task("经办服务体系建设", "部分完成", "2101506"),
    _task("医疗保障政策管理", "部分完成", "2101505", d("15.00")),
    _task("驻村帮扶", "已完成", "2130599"),
)
WHOLE_BUDGET = total(t.budget + t.other_budget for t in TASKS)
WHOLE_SPENT = total(t.spent + t.other_spent for t in TASKS)
PROJECT_BUDGET = total(t.budget + t.other_budget for t in TASKS[2:])
WHOLE_MONEY_SCORE = cents(WHOLE_SPENT * 10 / WHOLE_BUDGET)
WHOLE = (
    Indicator(OUTPUT, "数量指标", "城乡居民参保人数", "≥31.5万人", "31.8万人", TEN, TEN),
    Indicator(OUTPUT, "数量指标", "检查定点医药机构数量", "≥180家", "186家", TEN, TEN),
    Indicator(OUTPUT, "质量指标", "手工报销差错率", "≤1%", "0.6%", TEN, TEN),
    Indicator(OUTPUT, "时效指标", "异地就医备案办理时限", "≤1个工作日", "1个工作日", TEN, TEN),
    Indicator(OUTPUT, "成本指标", "机构运转支出控制数", "≤82.29万元", "81.49万元", TEN, TEN),
    Indicator(EFFECT, "社会效益指标", "住院政策范围内报销比例", "≥75%", "75.8%", FIFTEEN, FIFTEEN),
    Indicator(EFFECT, "可持续影响指标", "社区经办服务站建成数量", "≥12个", "10个", FIFTEEN, d("12.5")),
    Indicator(CONTENT, "服务对象满意度指标", "参保群众满意度", "≥90%", "89%", TEN, d("8")),
)
WHOLE_SCORE = WHOLE_MONEY_SCORE + total(i.score for i in WHOLE)


def points(value: Decimal) -> str:
    """A score as printed: no idle zeros."""
    return f"{value.normalize():f}"


def overview() -> Iterator[Piece]:
    """十三（一）（二）, before the overall form."""
    yield section("十三、预算绩效情况说明")
    yield point("（一）预算绩效管理工作开展情况说明")
    yield text(
        f"根据预算绩效管理要求，本部门组织对2024年度7个项目支出全面开展绩效自评，涉及预算资金{plain(PROJECT_BUDGET)}万元，"
        "占部门项目支出预算总额的100%。本部门在部门决算中公开公务员医疗补助、医保基金监管2个项目的绩效自评结果。"
    )
    yield point("（二）部门整体支出绩效自评结果")
    yield text(
        f"根据年度设定的绩效目标，部门整体支出自评得分{points(WHOLE_SCORE)}分，等级为“优”。全年预算数{plain(WHOLE_BUDGET)}万元，"
        f"执行数{plain(WHOLE_SPENT)}万元，完成预算的{percent(WHOLE_SPENT, WHOLE_BUDGET)}。"
    )
    yield text(
        "发现的问题及原因：一是社区经办服务站建成10个，比目标少2个，原因是2个选址所在小区改造工期推迟；二是参保群众满意度89%，"
        "比目标低1个百分点，原因是窗口高峰时段等候时间较长。下一步改进措施：提前锁定服务站选址，增设高峰时段综合窗口。"
    )


def projects() -> Iterator[Piece]:
    """十三（三）, before the projects' forms."""
    yield point("（三）项目绩效自评结果")
    for n, p in enumerate(PROJECTS, 1):
        yield text(
            f"{n}. {p.name}项目绩效自评综述：项目自评得分{points(p.score)}分。全年预算数{plain(p.year)}万元，执行数{plain(p.spent)}万元，"
            f"完成预算的{percent(p.spent, p.year)}。项目绩效目标完成情况：{p.result}"
        )
        yield text(f"发现的问题及原因：{p.problem}。下一步改进措施：{p.remedy}。")
    yield point("（四）财政重点评价项目绩效评价结果")
    yield text("本部门2024年度无财政重点评价项目。")


def _indicator_rows(indicators: tuple[Indicator, ...]) -> Iterator[tuple[Indicator, int, int]]:
    """Each indicator with the rows that its level-1 and level-2 cell span (0: covered by the cell above)."""
    for n, entry in enumerate(indicators):
        first = n == 0 or indicators[n - 1].group != entry.group
        kind_first = n == 0 or indicators[n - 1].kind != entry.kind
        yield (
            entry,
            sum(i.group == entry.group for i in indicators) if first else 0,
            sum((i.group, i.kind) == (entry.group, entry.kind) for i in indicators) if kind_first else 0,
        )


def whole_form() -> Grid:
    """部门整体支出绩效自评表, landscape."""
    head: tuple[tuple[Cell, ...], ...] = ()
    rows: list[tuple[Cell, ...]] = [
        (Cell("部门（单位）名称", columns=2), Cell(BUREAU, columns=10)),
        (
            Cell("年度主要任务完成情况", rows=3 + len(TASKS)), Cell("任务名称", rows=2), Cell("完成情况", rows=2),
            Cell("全年预算数（万元）", columns=3), Cell("全年执行数（万元）", columns=3), Cell("分值", rows=2), Cell("执行率", rows=2),
            Cell("得分", rows=2),
        ),
        row("总额", "财政拨款", "其他资金", "总额", "财政拨款", "其他资金"),
    ]  # fmt: skip
    for t in TASKS:
        budget, spent = t.budget + t.other_budget, t.spent + t.other_spent
        other = plain(t.other_budget) if t.other_budget else ""
        rows.append(
            row(t.name, t.done, plain(budget), plain(t.budget), other, plain(spent), plain(t.spent),
                plain(t.other_spent) if t.other_spent else "", "—", percent(spent, budget), "—")
        )  # fmt: skip
    fiscal, spent = total(t.budget for t in TASKS), total(t.spent for t in TASKS)
    rows.append((
        Cell("金额合计",
        columns=2), *row(plain(WHOLE_BUDGET), plain(fiscal), plain(WHOLE_BUDGET - fiscal), plain(WHOLE_SPENT), plain(spent),
        plain(WHOLE_SPENT - spent), "10", percent(WHOLE_SPENT, WHOLE_BUDGET), points(WHOLE_MONEY_SCORE)),
    ))  # fmt: skip
    title = (Cell("指标内容", columns=3), Cell("年度指标值", columns=2), Cell("实际完成值"), Cell("分值"), Cell("得分", columns=2))
    rows.append((Cell("年度绩效指标完成情况", rows=1 + len(WHOLE)), Cell("一级指标"), Cell("二级指标"), *title))
    for i, group, kind in _indicator_rows(WHOLE):
        cells = [Cell(i.group, rows=group)] * (group > 0) + [Cell(i.kind, rows=kind)] * (kind > 0)
        cells += [
            Cell(i.name, columns=3, align=LEFT),
            Cell(i.target, columns=2),
            Cell(i.result),
            Cell(points(i.weight)),
            Cell(points(i.score), columns=2),
        ]
        rows.append(tuple(cells))
    rows.append((Cell("总分", columns=9), Cell("100"), Cell(points(WHOLE_SCORE), columns=2)))
    return Grid((64, 92, 82, 58, 58, 54, 58, 58, 62, 40, 54, 46), (CENTRE,) * 12, head, tuple(rows), size=8.5, least=16.0)


def project_form(p: Project) -> Grid:
    """A project's 绩效自评表, portrait."""
    rate = percent(p.spent, p.year)
    rows: list[tuple[Cell, ...]] = [
        (Cell("项目名称"), Cell(p.name, columns=8)),
        (Cell("主管部门"), Cell(BUREAU, columns=3), Cell("实施单位"), Cell(p.unit, columns=4)),
        (
            Cell("项目资金（万元）", rows=5),
            Cell("", columns=2),
            *row("年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
        ),
        (Cell("年度资金总额", columns=2), *row(plain(p.start), plain(p.year), plain(p.spent), "10", rate, points(p.money_score))),
        (Cell("其中：当年财政拨款", columns=2), *row(plain(p.start), plain(p.year), plain(p.spent), "—", rate, "—")),
        (Cell("上年结转资金", columns=2), *row("", "", "", "—", "", "—")),
        (Cell("其他资金", columns=2), *row("", "", "", "—", "", "—")),
        (Cell("年度总体目标完成情况", rows=2), Cell("预期目标（年初设定）", columns=4), Cell("实际完成情况", columns=4)),
        (Cell(p.aim, columns=4, align=LEFT), Cell(p.result, columns=4, align=LEFT)),
        (
            Cell("绩效指标", rows=1 + len(p.indicators)),
            *row("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
        ),
    ]
    for i, group, kind in _indicator_rows(p.indicators):
        cells = [Cell(i.group, rows=group)] * (group > 0) + [Cell(i.kind, rows=kind)] * (kind > 0)
        rows.append((*cells, *row(i.name, i.target, i.result, points(i.weight), points(i.score)), Cell(i.reason, align=LEFT)))
    rows.append((Cell("总分", columns=6), *row("100", points(p.score), "")))
    return Grid((46, 52, 60, 78, 62, 62, 36, 50, 84), (CENTRE,) * 9, (), tuple(rows), size=8.5, least=20.0)
