"""Cases of the rules on lists, grades, reasons, directions and a budget's lines of uses (see `examples_edges`)."""

from dataclasses import replace

from service.checks.book import Book
from service.records import Fact, Kind
from tests.support.books import book, paragraph, table
from tests.support.examples_edges import Case, section, told
from tests.support.examples_narrative import office
from tests.support.specimens import BASIC, FUNCTION

_SECTION = ("（五）一般公共预算当年拨款情况说明",)
_ITEM = "（{n}）卫生健康支出（类）医疗（款）{name}（项）{amount}万元，主要用于{use}。比2023年执行数{change}，原因是调整。"
_UNITS = "本部门所属单位共{}个，其中预算单位{}个，包括："
_GRADES = "共对12个项目开展自评。自评项目{}个，其中评价结果为“优”的项目{}个；评价结果为“良”的项目{}个；评价结果为“中”的项目{}个。"


def turning(head: str, *changes: str, amounts: tuple[str, ...] = ("20.00", "30.00", "50.00")) -> Book:
    """A budget's items, each with its change, after the total's."""
    items = [
        _ITEM.format(n=n, name=f"科目{'甲乙丙'[n]}", amount=a, use=f"事务{n}", change=c)
        for n, (a, c) in enumerate(zip(amounts, changes, strict=True))
    ]
    return book(*(paragraph(t, row=n, section=_SECTION) for n, t in enumerate([head, *items])), kind=Kind.BUDGET, year=2024)


def uses(basic: str, projects: str, narrow: str, *, fiscal: str = "18.00") -> Book:
    """A budget whose 收支总表 prints 基本支出 and 项目支出, with the tables that repeat them."""
    sides = ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"]
    totals = [["一、拨款", "30.00", "基本支出", basic], ["", "", "项目支出", projects], ["收入总计", "30.00", "支出总计", "30.00"]]
    of_fiscal = [["一、一般公共预算", "30.00", "基本支出", fiscal], ["收入总计", "30.00", "支出总计", "30.00"]]
    spent = [["205", "教育支出", "30.00", "18.00", "12.00"], ["", "合计", "30.00", "18.00", "12.00"]]
    economic = [["301", "工资福利支出", narrow], ["", "合计", narrow]]
    return book(
        tables=(
            table("收支总表", sides, totals, statement="收支总表", page=2),
            table("支出总表", FUNCTION, spent, statement="支出总表", page=3),
            table("财政拨款收支总表", sides, of_fiscal, statement="财政拨款收支总表", page=4),
            table("财政拨款基本支出预算表", [*BASIC[:2], "预算数"], economic, statement="财政拨款基本支出预算表", page=5),
        ),
        kind=Kind.BUDGET,
        year=2024,
    )


def borrowed(purpose: str, cause: str) -> Book:
    """Two items, the second of which explains itself with these words."""
    return section(
        "（1）社会保障（类）养老（款）行政单位离退休（项）10.00万元，主要用于退休人员经费。主要原因是退休人员增加。",
        f"（2）社会保障（类）养老（款）职业年金缴费支出（项）20.00万元，主要用于{purpose}。主要原因是{cause}增加。",
        "（3）卫生健康支出（类）医疗（款）公务员医疗补助（项）5.00万元，主要用于医疗。主要原因是公务员医疗补助经费增加。",
        kind=Kind.BUDGET,
    )


def units(stated: str, listed: str, *names: str, page: int = 1, ending: str = "。") -> Book:
    """A number of units before a table of units."""
    rows = [[str(n), name] for n, name in enumerate(names, 1)]
    own = table("单位名单", ["序号", "单位名称"], rows, unit=None, page=page)
    return book(f"本部门职责略{ending}{_UNITS.format(stated, listed)}", tables=(own,))


def tabled(name: str, part: str, share: str, **changes: object) -> Book:
    """A share of a total that only a table prints."""
    fact = replace(told("决算", "50.00", item_name="“三公”经费合计"), source="table")
    return book(f"公务接待费支出{part}万元，占{name}的{share}。", facts=(replace(fact, **changes),))  # type: ignore[arg-type]  # fields by name


def total(item: str, value: str, **changes: object) -> Fact:
    """This year's total as a fact."""
    return replace(told("决算", value, item_name=item), **changes)  # type: ignore[arg-type]  # fields by name


_HEAD = "2024年一般公共预算当年拨款100.00万元，比2023年执行数90.00万元增加{}万元。"
_FALLS = "2024年一般公共预算当年拨款100.00万元，比2023年执行数110.00万元减少{}万元。"
_THREE = ("增加9.00万元", "减少4.00万元", "增加5.00万元")
_PLUG = "本年支出合计9999.99万元，其中：甲支出3333.33万元，占{}%；乙支出3333.33万元，占{}%；丙支出3333.33万元，占{}%。"
_DONE = "年初预算20.00万元，全年预算25.00万元，支出决算20.00万元，完成{}的{}%。"

CASES: dict[str, Case] = {
    # C7: uses
    "uses that agree": ("C7", lambda: uses("18.00", "12.00", "18.00")),
    "basic use of another amount": ("C7", lambda: uses("17.00", "12.00", "18.00")),
    "projects of another amount": ("C7", lambda: uses("18.00", "13.00", "18.00")),
    "a narrower table of another amount": ("C7", lambda: uses("18.00", "12.00", "16.00")),
    "a narrower table without its line": ("C7", lambda: uses("18.00", "12.00", "18.00", fiscal="")),
    # H1: turned directions
    "directions that make the total": ("H1", lambda: turning(_HEAD.format("10.00"), *_THREE)),
    "one direction turned": ("H1", lambda: turning(_HEAD.format("10.00"), _THREE[0], "增加4.00万元", _THREE[2])),
    "one direction turned under a fall": ("H1", lambda: turning(_FALLS.format("10.00"), "减少9.00万元", "减少4.00万元", "减少5.00万元")),
    "a fall that its items make": ("H1", lambda: turning(_FALLS.format("10.00"), "减少9.00万元", "增加4.00万元", "减少5.00万元")),
    "an unchanged item": ("H1", lambda: turning(_HEAD.format("14.00"), _THREE[0], "持平", _THREE[2])),
    "changes that make no total": ("H1", lambda: turning(_HEAD.format("7.00"), *_THREE)),
    "two directions of one size": ("H1", lambda: turning(_HEAD.format("5.00"), "增加5.00万元", "增加5.00万元", "增加5.00万元")),
    "amounts that make no total and changes that do": (
        "H1",
        lambda: turning(_HEAD.format("10.00"), _THREE[0], "增加4.00万元", _THREE[2], amounts=("20.00", "30.00", "49.00")),
    ),
    "amounts and changes that make no total": (
        "H1",
        lambda: turning(_HEAD.format("11.00"), *_THREE, amounts=("20.00", "30.00", "49.00")),
    ),
    "a total without a change": ("H1", lambda: turning("2024年一般公共预算当年拨款100.00万元。", *_THREE)),
    "a total of another unit": ("H1", lambda: turning("2024年当年拨款1000000元，比2023年执行数增加10.00万元。", *_THREE)),
    # H2: borrowed words
    "words of the item itself": ("H2", lambda: borrowed("职业年金缴费", "职业年金")),
    "the purpose of another item": ("H2", lambda: borrowed("行政单位离退休", "缴费基数")),
    "the cause of another item": ("H2", lambda: borrowed("职业年金缴费", "行政单位离退休经费")),
    "purpose and cause of another item": ("H2", lambda: borrowed("行政单位离退休", "行政单位离退休经费")),
    "another item after the name of the own class": ("H2", lambda: borrowed("养老行政单位离退休", "缴费基数")),
    "another item after other words": ("H2", lambda: borrowed("局属行政单位离退休", "缴费基数")),
    "a longer item that ends like another": ("H2", lambda: borrowed("市公务员医疗补助", "公务员医疗补助经费")),
    "a reason that is missing without a heading": ("H2", lambda: book(paragraph("决算数小于预算数的主要原因：。", section=()))),
    "a reason that goes on after a heading": (
        "H2",
        lambda: book("支出增加的主要原因是：", replace(paragraph("二、支出情况", row=2), heading=True)),
    ),
    "a reason that goes on": ("H2", lambda: book("支出增加的主要原因是：", paragraph("人员增加。", row=2))),
    # E5: grades and their counts
    "grades that make the projects": ("E5", lambda: book(_GRADES.format(10, 6, 3, 1))),
    "grades that do not make the projects": ("E5", lambda: book(_GRADES.format(10, 6, 3, 2))),
    "a grade twice": ("E5", lambda: book(_GRADES.format(10, 6, 3, 1).replace("中", "良"))),
    "grades without their projects": ("E5", lambda: book("评价为“优”的项目6个；评价为“良”的项目3个；评价为“差”的项目1个。")),
    "two grades only": ("E5", lambda: book("自评项目10个，其中评价结果为“优”的项目6个；评价结果为“良”的项目3个。")),
    "grades after their counts": ("E5", lambda: book("自评项目10个，其中6个项目自评结果为优，3个结果为良，2个结果为中。")),
    "grades in sentences of their own": (
        "E5",
        lambda: book("自评项目10个。评价结果为“优”的项目6个。评价结果为“良”的项目3个。评价结果为“差”的项目2个。"),
    ),
    # E6: units
    "units in a table": ("E6", lambda: units("3", "3", "某县图书馆", "某县文化馆", "某县博物馆")),
    "the units of the second number": ("E6", lambda: units("4", "3", "某县图书馆", "某县文化馆", "某县博物馆")),
    "units of neither number": ("E6", lambda: units("5", "4", "某县图书馆", "某县文化馆", "某县博物馆")),
    "units on the next page": ("E6", lambda: units("4", "4", "某县图书馆", "某县文化馆", "某县博物馆", page=2)),
    "units two pages on": ("E6", lambda: units("4", "4", "某县图书馆", "某县文化馆", "某县博物馆", page=3)),
    "units with a total": ("E6", lambda: units("3", "3", "某县图书馆", "某县文化馆", "某县博物馆", "合计单位")),
    "units after another mark": ("E6", lambda: units("4", "4", "某县图书馆", "某县文化馆", "某县博物馆", ending="；")),
    "units in the sentence before": ("E6", lambda: units("2个；下属单位4", "3", "某县图书馆", "某县文化馆", "某县博物馆")),
    "offices with brackets": ("E6", lambda: book("内设机构3个，包括：办公室（加挂信访办、督查室牌子）、财务科、监督科。")),
    "offices and others": ("E6", lambda: book("内设机构5个，包括：办公室、财务科、监督科等机构。")),
    "offices and no fewer": ("E6", lambda: book("内设机构2个，包括：办公室、财务科、监督科等机构。")),
    "offices as many as the least": ("E6", lambda: book("内设机构3个，包括：办公室、财务科、法规和监督科等机构。")),
    "offices twenty-one": ("E6", lambda: book("内设机构二十一个，包括：办公室、财务科、监督科。")),
    "offices ten": ("E6", lambda: book("内设机构十个，包括：办公室、财务科、监督科。")),
    "offices without a section": ("E6", lambda: book(paragraph("内设机构4个，包括：办公室、财务科、监督科。", section=()))),
    # F1 and F2: shares
    "a share of the 三公 total": ("F1", lambda: tabled("“三公”经费支出", "10.00", "20.00%")),
    "a wrong share of the 三公 total": ("F1", lambda: tabled("“三公”经费支出", "10.00", "21.00%")),
    "a share of the 三公 total in prose alone": ("F1", lambda: tabled("“三公”经费支出", "10.00", "21.00%", source="text")),
    "a share of a 三公 total of last year": ("F1", lambda: tabled("“三公”经费支出", "10.00", "21.00%", year=2022)),
    "a share of a planned 三公 total": ("F1", lambda: tabled("“三公”经费支出", "10.00", "21.00%", measure="预算")),
    "a share of a 三公 count": ("F1", lambda: tabled("“三公”经费支出", "10.00", "21.00%", unit="人")),
    "a share of the year's spending": (
        "F1",
        lambda: book("教育支出10.00万元，占本年支出合计的20.00%。", facts=(total("本年支出合计", "50.00"),)),
    ),
    "a wrong share of the year's spending": (
        "F1",
        lambda: book("教育支出10.00万元，占本年支出合计的25.00%。", facts=(total("本年支出合计", "50.00"), total("项目支出合计", "40.00"))),
    ),
    "a share plugged to a hundred": ("F1", lambda: book(_PLUG.format("33.35", "33.33", "33.32"))),
    "a share moved too far to make a hundred": ("F1", lambda: book(_PLUG.format("33.37", "33.33", "33.30"))),
    "shares that make no hundred": ("F1", lambda: book(_PLUG.format("33.35", "33.33", "33.33"))),
    "a share of the amount in the sentence before": (
        "F1",
        lambda: book("本年支出合计50.00万元。教育支出10.00万元。占本年支出合计的21.00%。"),
    ),
    "a share of the amount of another paragraph": ("F1", lambda: section("本年支出合计50.00万元。", "占本年支出合计的21.00%。")),
    "a list after one that is no list": (
        "F2",
        lambda: book(
            "收入5.00万元，其中：甲5.00万元，支出合计100.00万元，其中：基本支出60.00万元，占60.00%，项目支出40.00万元，占39.00%。"
        ),
    ),
    # D5 and I1
    "running costs above the public ones": ("D5", lambda: office("9.99", "6.25")),
    "another year in a second sentence": ("I1", lambda: book("收入10.00万元。本部门2022年收入20.00万元。")),
    # F3: budgets
    "completion of the first budget": ("F3", lambda: book(_DONE.format("年初预算", "100.00"))),
    "completion of the whole budget": ("F3", lambda: book(_DONE.format("全年预算", "80.00"))),
    "completion of the whole budget by the first": ("F3", lambda: book(_DONE.format("全年预算", "100.00"))),
    "completion of the changed budget": ("F3", lambda: book(_DONE.format("调整预算", "80.00"))),
    "completion of a budget": ("F3", lambda: book("预算20.00万元，支出决算20.00万元，完成全年预算的90.00%。")),
    "completion without its budget": ("F3", lambda: book("支出决算20.00万元，完成年初预算的90.00%。")),
    "completion after another item's": (
        "F3",
        lambda: book("甲预算20.00万元，决算10.00万元，完成预算的50.00%，乙完成预算的60.00%。"),
    ),
    "a variance": ("F3", lambda: book("年初预算20.00万元，支出决算22.00万元，差异率10.00%。")),
    "a fall below the budget without its sign": ("F3", lambda: book("年初预算20.00万元，支出决算18.00万元，差异率10.00%。")),
    "a variance below one": ("F3", lambda: book("年初预算200.00万元，支出决算199.00万元，差异率0.50%。")),
    "no variance": ("F3", lambda: book("年初预算20.00万元，支出决算20.00万元，差异率0%。")),
    "a variance on nothing": ("F3", lambda: book("年初预算0万元，支出决算20.00万元，差异率100%。")),
    "a variance without its budget": ("F3", lambda: book("支出决算20.00万元，差异率100%。")),
    # F4 and F5: changes
    "a rate between two years": ("F4", lambda: book("上年支出40.00万元，本年支出50.00万元，增长25.00%。")),
    "a rate after the year before": ("F4", lambda: book("本年支出50.00万元，比上年40.00万元增长25.00%。")),
    "a rate between two years, divided by the wrong one": ("F4", lambda: book("上年支出40.00万元，本年支出50.00万元，增长20.00%。")),
    "a rate on a year of nothing": ("F4", lambda: book("上年支出0万元，本年支出50.00万元，增长100%。")),
    "a rate to a year of nothing": ("F4", lambda: book("上年支出40.00万元，本年支出0万元，下降90.00%。")),
    "a rate without this year": ("F4", lambda: book("比上年40.00万元增长25.00%。")),
    "a rate, a change and the year before": ("F4", lambda: book("比上年40.00万元增加10.00万元，增长25.00%。")),
    "a rate, a fall and the year before": ("F4", lambda: book("比上年40.00万元减少10.00万元，下降20.00%。")),
    "a change of nothing on nothing": ("F4", lambda: book("比上年0万元增加0万元，增长0%。")),
    "a change on nothing": ("F4", lambda: book("比上年0万元增加10.00万元，增长100%。")),
    "a difference one unit off": ("F5", lambda: book("本年支出50.00万元，比上年40.01万元增加10.00万元。")),
    "a difference two units off": ("F5", lambda: book("本年支出50.00万元，比上年40.02万元增加10.00万元。")),
    "a fall of another size": ("F5", lambda: book("本年支出30.00万元，比上年40.00万元减少12.00万元。")),
    "no difference": ("F5", lambda: book("本年支出40.00万元，比上年40.00万元增加2.00万元。")),
}
