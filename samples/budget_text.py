"""The narrative of the 2025 budget, in 万元 (its tables are in 元)."""

from collections.abc import Iterator
from decimal import Decimal

from samples import book
from samples.book import ITEMS, LOTTERY, Item, Pair
from samples.money import WAN, percent, plain, total
from samples.prose import Piece, change, part, point, section, text
from samples.subjects import ECONOMIC, SUBJECTS

CONTENTS = (
    "第一部分 部门概况",
    "一、主要职责",
    "二、机构设置和人员情况",
    "三、2025年重点工作",
    "第二部分 2025年部门预算情况说明",
    "一、部门收支预算总体情况说明",
    "二、收入预算情况说明",
    "三、支出预算情况说明",
    "四、财政拨款收支预算总体情况说明",
    "五、一般公共预算支出预算情况说明",
    "六、一般公共预算基本支出预算情况说明",
    "七、“三公”经费及会议费、培训费预算情况说明",
    "八、政府性基金预算支出情况说明",
    "九、国有资本经营预算支出情况说明",
    "十、机关运行经费预算情况说明",
    "十一、政府采购预算情况说明",
    "十二、国有资产占有使用情况说明",
    "十三、预算绩效目标情况说明",
    "第三部分 2025年部门预算表",
    "表1 部门收支总表",
    "表2 部门收入总表",
    "表3 部门支出总表",
    "表4 财政拨款收支总表",
    "表5 一般公共预算支出表",
    "表6 一般公共预算基本支出表",
    "表7 一般公共预算“三公”经费及会议费、培训费支出表",
    "表8 政府性基金预算支出表",
    "表9 国有资本经营预算支出表",
    "表10 项目支出表",
    "表11 政府采购预算表",
    "表12 项目支出绩效目标表",
    "第四部分 名词解释",
)
REASON = "在职人员增加，以及城乡医疗救助资金年初足额安排"


def w(yuan: Decimal) -> str:
    """元 → printed 万元."""
    return plain(yuan / WAN)


def _change(now: Decimal, before: Decimal) -> str:
    """Both in 元; the difference is printed in 万元."""
    return change(now / WAN, before / WAN)


def overview() -> Iterator[Piece]:
    """第一部分."""
    yield part("第一部分 部门概况")
    yield section("一、主要职责")
    yield text("1. 落实国家和省、市医疗保障政策，制定全区医疗保障年度工作安排并组织实施。")
    yield text("2. 监督管理全区医疗保障基金，检查定点医药机构的服务行为和费用结算。")
    yield text("3. 组织办理参保登记、待遇核定、费用结算、异地就医备案和医疗救助。")
    yield text("4. 负责公务员医疗补助的资格核对和资金拨付，推进街道、社区医保经办服务站建设。")
    yield section("二、机构设置和人员情况")
    yield text(
        "区医疗保障局内设办公室、待遇保障科、基金监督科、医药服务和价格科4个科室。纳入2025年部门预算编制范围的单位共3个："
        "云汀市青禾区医疗保障局本级、青禾区医疗保障经办中心、青禾区医疗保障信息服务中心。"
    )
    yield text(
        "截至2024年底，本部门人员编制42人，其中行政编制16人、参照公务员法管理事业编制15人、事业编制11人；实有人员38人。单位管理的离退休人员9人。"
    )
    yield section("三、2025年重点工作")
    yield text("1. 新建4个社区医保经办服务站，把参保登记、手工报销受理等12项业务下沉到社区办理。")
    yield text("2. 对全区定点医药机构实行全覆盖检查，检查数量不少于190家，建立举报线索限时反馈制度。")
    yield text("3. 完成街道医保服务站专线接入，实现自助终端打印参保凭证和费用清单。")


def statement() -> Iterator[Piece]:
    """第二部分."""
    yield part("第二部分 2025年部门预算情况说明")
    yield from _totals()
    yield from _general()
    yield from _basic()
    yield from _rest()


def _totals() -> Iterator[Piece]:
    general, fund, other = book.NEXT_GENERAL, LOTTERY.next, book.NEXT_OTHER
    whole, last = book.NEXT_TOTAL, book.LAST_TOTAL
    yield section("一、部门收支预算总体情况说明")
    yield text(
        f"2025年收入总预算{w(whole)}万元，支出总预算{w(whole)}万元。收支总预算比2024年{_change(whole, last)}，主要原因是：{REASON}。"
    )
    yield section("二、收入预算情况说明")
    yield text(
        f"2025年收入预算{w(whole)}万元，其中：一般公共预算拨款收入{w(general)}万元，占{percent(general, whole)}；"
        f"政府性基金预算拨款收入{w(fund)}万元，占{percent(fund, whole)}；其他收入{w(other)}万元，占{percent(other, whole)}。"
    )
    basic, projects = book.NEXT_BASIC + other, book.NEXT_PROJECTS + fund
    yield section("三、支出预算情况说明")
    yield text(
        f"2025年支出预算{w(whole)}万元，其中：基本支出{w(basic)}万元，占{percent(basic, whole)}；项目支出{w(projects)}万元，"
        f"占{percent(projects, whole)}。"
    )
    fiscal, last_fiscal = book.NEXT_FISCAL, book.LAST_GENERAL + book.LAST_LOTTERY
    yield section("四、财政拨款收支预算总体情况说明")
    yield text(
        f"2025年财政拨款收支总预算{w(fiscal)}万元，其中：一般公共预算拨款{w(general)}万元，政府性基金预算拨款{w(fund)}万元。"
        f"财政拨款收支总预算比2024年{_change(fiscal, last_fiscal)}，主要原因是：{REASON}。"
    )


def _general() -> Iterator[Piece]:
    general = book.NEXT_GENERAL
    yield section("五、一般公共预算支出预算情况说明")
    yield point("（一）一般公共预算支出规模变化情况")
    yield text(
        f"2025年一般公共预算支出预算{w(general)}万元，"
        f"比2024年预算数{w(book.LAST_GENERAL)}万元{_change(general, book.LAST_GENERAL)}，主要原因是：{REASON}。"
    )
    yield point("（二）一般公共预算支出结构情况")
    shares = "；".join(
        f"{n.name}（类）{w(amount)}万元，占{percent(amount, general)}"
        for n in book.tree(ITEMS)
        if len(n.code) == 3
        for amount in [total(i.next for i in n.items)]
    )
    yield text(f"{shares}。")
    yield point("（三）一般公共预算支出具体使用情况")
    for n, entry in enumerate((i for i in ITEMS if i.next), 1):
        yield text(f"{n}. {item_text(entry)}")


def item_text(entry: Item) -> str:
    """The paragraph of one 项."""
    last = entry.start * WAN
    head = f"{SUBJECTS[entry.code[:3]]}（类）{SUBJECTS[entry.code[:5]]}（款）{entry.name}（项）2025年预算数为{w(entry.next)}万元，"
    if entry.next == last:
        return head + f"与2024年预算数{w(last)}万元持平。"
    return head + f"比2024年预算数{w(last)}万元{_change(entry.next, last)}。主要原因是：{entry.next_reason}。"


def _basic() -> Iterator[Piece]:
    def used(head: tuple[str, ...]) -> str:
        return "、".join(ECONOMIC[c] for c in sorted(book.LINES_2025) if len(c) == 5 and c[:3] in head)

    yield section("六、一般公共预算基本支出预算情况说明")
    yield text(f"2025年一般公共预算基本支出{w(book.NEXT_BASIC)}万元，其中：")
    yield text(f"人员经费{w(book.NEXT_STAFF)}万元，主要包括：{used(('301', '303'))}。")
    yield text(f"公用经费{w(book.NEXT_PUBLIC)}万元，主要包括：{used(('302', '310'))}。")


def _pair(pair: Pair, name: str) -> str:
    """「公务接待费1.00万元，比2024年预算数1.20万元减少…」."""
    if pair.next == pair.budget:
        return f"{name}{plain(pair.next)}万元，与2024年预算数{plain(pair.budget)}万元持平"
    return f"{name}{plain(pair.next)}万元，比2024年预算数{plain(pair.budget)}万元{change(pair.next, pair.budget)}"


def _rest() -> Iterator[Piece]:
    yield section("七、“三公”经费及会议费、培训费预算情况说明")
    yield text(
        f"2025年{_pair(book.THREE, '“三公”经费预算')}。其中：因公出国（境）费0.00万元；公务用车购置费0.00万元；"
        f"{_pair(book.CAR, '公务用车运行维护费')}，主要原因是：继续压减用车里程；{_pair(book.GUESTS, '公务接待费')}，"
        f"主要原因是：落实过紧日子要求，从严控制接待标准。"
    )
    yield text(f"2025年{_pair(book.MEETINGS, '会议费预算')}；{_pair(book.TRAINING, '培训费预算')}，主要原因是：部分培训改为线上进行。")
    fund = LOTTERY
    yield section("八、政府性基金预算支出情况说明")
    yield text(
        f"2025年政府性基金预算支出{w(fund.next)}万元，比2024年预算数{plain(fund.start)}万元{change(fund.next / WAN, fund.start)}，"
        f"主要原因是：{fund.next_reason}。全部用于其他支出（类）彩票公益金安排的支出（款）{fund.name}（项）。"
    )
    yield section("九、国有资本经营预算支出情况说明")
    yield text("本部门2025年没有使用国有资本经营预算安排的支出。")
    yield section("十、机关运行经费预算情况说明")
    yield text(f"2025年{_pair(book.OFFICE, '机关运行经费预算')}，主要原因是：新录用人员日常办公支出增加。")
    whole = book.NEXT_GOODS + book.NEXT_SERVICES
    yield section("十一、政府采购预算情况说明")
    yield text(
        f"2025年政府采购预算总额{plain(whole)}万元，其中：货物预算{plain(book.NEXT_GOODS)}万元、工程预算0.00万元、服务预算{plain(book.NEXT_SERVICES)}万元。"
        f"面向中小企业预留政府采购项目预算金额{plain(book.NEXT_RESERVED)}万元，占政府采购预算总额的{percent(book.NEXT_RESERVED, whole)}，"
        f"其中面向小微企业预留{plain(book.NEXT_MICRO)}万元，占预留金额的{percent(book.NEXT_MICRO, book.NEXT_RESERVED)}。"
    )
    yield section("十二、国有资产占有使用情况说明")
    yield text(
        "截至2024年12月31日，本部门共有车辆3辆，其中：机要通信用车1辆、应急保障用车1辆、执法执勤用车1辆；单价100万元（含）以上设备0台（套）。2025年预算未安排购置车辆。"
    )
    yield section("十三、预算绩效目标情况说明")
    count = sum(1 for i in ITEMS if i.next and i.next_project) + 1
    yield text(
        f"2025年本部门{count}个项目全部编报绩效目标，涉及项目支出{w(book.NEXT_PROJECTS + LOTTERY.next)}万元，"
        f"其中：一般公共预算{w(book.NEXT_PROJECTS)}万元，政府性基金预算{w(LOTTERY.next)}万元。公务员医疗补助和信息化建设2个项目的绩效目标见表12。"
    )


def terms() -> Iterator[Piece]:
    """第四部分."""
    yield part("第四部分 名词解释")
    words = (
        ("一般公共预算拨款收入", "指区级财政当年用一般公共预算安排给本部门的资金。"),
        ("政府性基金预算拨款收入", "指区级财政当年用政府性基金预算安排给本部门的资金。"),
        ("基本支出", "指为保障机构正常运转、完成日常工作任务而安排的人员经费和公用经费。"),
        ("项目支出", "指为完成特定的工作任务或发展目标，在基本支出之外安排的支出。"),
        ("“三公”经费", "指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。"),
        ("信息化建设", "指用于医疗保障信息系统的网络接入、终端设备、软件开发和运行维护的支出。"),
        ("政府采购", "指使用财政性资金采购集中采购目录以内或者采购限额标准以上的货物、工程和服务的行为。"),
    )
    for n, (word, meaning) in enumerate(words, 1):
        yield text(f"{n}. {word}：{meaning}")
    yield text("说明：本文件为软件演示用的示例文件，文中的机构、人员、数据和事由均为虚构，不对应任何真实单位。")
