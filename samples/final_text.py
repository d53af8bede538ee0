"""The narrative of the 2024 final account: 部门概况, the fourteen sections of the 情况说明, and the 名词解释."""

from collections.abc import Iterator

from samples import book
from samples.book import Item, Pair
from samples.money import ZERO, percent, plain, total
from samples.prose import Piece, against_budget, change, part, point, section, text
from samples.subjects import ECONOMIC, SUBJECTS

CONTENTS = (
    "第一部分 部门概况",
    "一、部门主要职责及机构设置",
    "二、部门决算单位构成",
    "三、部门人员情况",
    "第二部分 2024年度部门决算情况说明",
    "一、收入支出决算总体情况说明",
    "二、收入决算情况说明",
    "三、支出决算情况说明",
    "四、财政拨款收入支出决算总体情况说明",
    "五、一般公共预算财政拨款支出决算情况说明",
    "六、一般公共预算财政拨款基本支出决算情况说明",
    "七、政府性基金预算财政拨款收入支出决算情况说明",
    "八、国有资本经营预算财政拨款支出决算情况说明",
    "九、财政拨款“三公”经费及会议费、培训费支出决算情况说明",
    "十、机关运行经费支出情况说明",
    "十一、政府采购支出情况说明",
    "十二、国有资产占用情况说明",
    "十三、预算绩效情况说明",
    "十四、其他需要说明的情况",
    "第三部分 2024年度部门决算表",
    "公开01表 收入支出决算总表",
    "公开02表 收入决算表",
    "公开03表 支出决算表",
    "公开04表 财政拨款收入支出决算总表",
    "公开05表 一般公共预算财政拨款支出决算表",
    "公开06表 一般公共预算财政拨款基本支出决算表",
    "公开07表 政府性基金预算财政拨款收入支出决算表",
    "公开08表 国有资本经营预算财政拨款支出决算表",
    "公开09表 财政拨款“三公”经费及会议费、培训费支出决算表",
    "第四部分 名词解释",
)
GROWTH_REASON = "城乡医疗救助对象范围扩大，以及年中新录用公务员"


def overview() -> Iterator[Piece]:
    """第一部分."""
    yield part("第一部分 部门概况")
    yield section("一、部门主要职责及机构设置")
    yield point("（一）主要职责")
    duties = (
        "贯彻执行上级医疗保险、生育保险、医疗救助等医疗保障政策，编制全区医疗保障工作计划并推动落实。",
        "管理全区医疗保障基金的收支核算，建立基金运行月度分析和风险提示制度，防范基金支付风险。",
        "组织实施居民参保登记、待遇核定和费用结算，落实大病保险、医疗救助与基本医保的衔接。",
        "组织药品和医用耗材集中带量采购在区内医疗机构的报量、采购和结余留用工作。",
        "对定点医疗机构和定点零售药店履行协议的情况进行日常检查，依法查处骗取、套取医保基金的行为。",
        "推进街道医保服务站和社区医保经办服务站建设，办理异地就医备案和手工报销。",
        "负责公务员医疗补助的资格核对、待遇计算和资金拨付。",
        "完成区委、区政府交办的其他任务。",
    )
    for n, duty in enumerate(duties, 1):
        yield text(f"{n}. {duty}")
    yield point("（二）机构设置")
    yield text(
        "区医疗保障局内设4个科室：办公室、待遇保障科、基金监督科、医药服务和价格科。下设2个所属单位："
        "青禾区医疗保障经办中心（参照公务员法管理）、青禾区医疗保障信息服务中心（公益一类事业单位）。"
    )
    yield section("二、部门决算单位构成")
    yield text("纳入2024年度本部门决算编制范围的单位共3个，包括本级和2个所属预算单位：")


def staff() -> Iterator[Piece]:
    """The rest of 第一部分, after the list of units."""
    yield section("三、部门人员情况")
    yield text(
        "截至2024年底，本部门人员编制42人，其中行政编制16人、参照公务员法管理事业编制15人、事业编制11人；"
        "实有人员38人，其中行政14人、参照公务员法管理人员14人、事业10人。单位管理的离退休人员9人。"
    )


def statement() -> Iterator[Piece]:
    """第二部分, sections 一 to 十二."""
    yield part("第二部分 2024年度部门决算情况说明")
    yield from _totals()
    yield from _general()
    yield from _basic()
    yield from _funds()
    yield from _three()
    yield from _office()


def _totals() -> Iterator[Piece]:
    yield section("一、收入支出决算总体情况说明")
    yield text(
        f"2024年度收入总计、支出总计均为{plain(book.TOTAL)}万元。与上年相比，收入总计、支出总计均{change(book.TOTAL, book.TOTAL_2023)}。"
        f"增长的主要原因是：{GROWTH_REASON}。"
    )
    yield section("二、收入决算情况说明")
    yield text(
        f"2024年度本年收入合计{plain(book.INCOME)}万元，其中：财政拨款收入{plain(book.FISCAL_INCOME)}万元，"
        f"占{percent(book.FISCAL_INCOME, book.INCOME)}；其他收入{plain(book.OTHER_INCOME)}万元，"
        f"占{percent(book.OTHER_INCOME, book.INCOME)}。"
        "其他收入为银行存款利息和代扣代缴个人所得税手续费返还。"
    )
    yield section("三、支出决算情况说明")
    yield text(
        f"2024年度本年支出合计{plain(book.SPENT)}万元，其中：基本支出{plain(book.SPENT_BASIC)}万元，"
        f"占{percent(book.SPENT_BASIC, book.SPENT)}；项目支出{plain(book.SPENT_PROJECTS)}万元，"
        f"占{percent(book.SPENT_PROJECTS, book.SPENT)}。"
    )
    yield section("四、财政拨款收入支出决算总体情况说明")
    yield text(
        f"2024年度财政拨款收入总计、支出总计均为{plain(book.FISCAL_TOTAL)}万元。与上年相比，财政拨款收入总计、支出总计均"
        f"{change(book.FISCAL_TOTAL, book.FISCAL_2023)}。增长的主要原因是：{GROWTH_REASON}。"
    )


def _general() -> Iterator[Piece]:
    yield section("五、一般公共预算财政拨款支出决算情况说明")
    yield point("（一）一般公共预算财政拨款支出决算总体情况")
    yield text(
        f"2024年度一般公共预算财政拨款支出年初预算{plain(book.GENERAL_START)}万元，支出决算{plain(book.GENERAL)}万元，"
        f"完成年初预算的{percent(book.GENERAL, book.GENERAL_START)}，占本年支出合计的{percent(book.GENERAL, book.SPENT)}。"
        f"与上年相比，一般公共预算财政拨款支出{change(book.GENERAL, book.GENERAL_2023)}，增长的主要原因是：{GROWTH_REASON}。"
    )
    yield point("（二）一般公共预算财政拨款支出决算结构情况")
    shares = "；".join(
        f"{n.name}（类）{plain(amount)}万元，占{percent(amount, book.GENERAL)}"
        for n in book.tree(book.ITEMS)
        if len(n.code) == 3
        for amount in [total(i.spent for i in n.items)]
    )
    yield text(f"2024年度一般公共预算财政拨款支出{plain(book.GENERAL)}万元，主要用于以下方面：{shares}。")
    yield point("（三）一般公共预算财政拨款支出决算具体情况")
    yield text("按照政府功能分类科目，其中：")
    for n, entry in enumerate(book.ITEMS, 1):
        yield text(f"{n}. {_item(entry)}")


def _item(entry: Item) -> str:
    """The paragraph of one 项."""
    names = SUBJECTS
    head = f"{names[entry.code[:3]]}（类）{names[entry.code[:5]]}（款）{entry.name}（项）。"
    if entry.start == 0:
        body = f"年初预算0.00万元，支出决算{plain(entry.spent)}万元，年初未安排预算，"
    else:
        body = f"年初预算{plain(entry.start)}万元，支出决算{plain(entry.spent)}万元，完成年初预算的{percent(entry.spent, entry.start)}，"
    body += against_budget(entry.spent, entry.start, "年初预算数", entry.reason)
    if entry.before is not None:
        body += f"与2023年度决算数{plain(entry.before)}万元相比，{change(entry.spent, entry.before)}，主要原因是：{entry.before_reason}。"
    return head + body


def _basic() -> Iterator[Piece]:
    def used(head: tuple[str, ...]) -> str:
        return "、".join(ECONOMIC[c] for c in sorted(book.LINES_2024) if len(c) == 5 and c[:3] in head)

    yield section("六、一般公共预算财政拨款基本支出决算情况说明")
    yield text(f"2024年度一般公共预算财政拨款基本支出{plain(book.BASIC)}万元，包括人员经费和公用经费。其中：")
    yield text(f"（一）人员经费{plain(book.STAFF)}万元，主要包括：{used(('301', '303'))}。")
    yield text(f"（二）公用经费{plain(book.PUBLIC)}万元，主要包括：{used(('302', '310'))}。")


def _funds() -> Iterator[Piece]:
    fund = book.LOTTERY
    yield section("七、政府性基金预算财政拨款收入支出决算情况说明")
    yield text(
        f"2024年度政府性基金预算财政拨款年初结转和结余0.00万元，本年收入{plain(fund.spent)}万元，本年支出{plain(fund.spent)}万元，"
        f"年末结转和结余0.00万元。本年支出与上年相比{change(fund.spent, fund.before or ZERO)}，下降的主要原因是："
        f"{fund.next_reason}。具体情况如下："
    )
    yield text(
        f"{SUBJECTS['229']}（类）{SUBJECTS['22960']}（款）{fund.name}（项）。年初预算{plain(fund.start)}万元，"
        f"支出决算{plain(fund.spent)}万元，完成年初预算的{percent(fund.spent, fund.start)}，决算数与年初预算数持平。"
        f"主要用于低保对象和特困人员的医疗救助。"
    )
    yield section("八、国有资本经营预算财政拨款支出决算情况说明")
    yield text("本部门2024年度无国有资本经营预算财政拨款收支，已公开空表。")


def _pair(pair: Pair) -> str:
    """「预算…，支出决算…，完成预算的…」."""
    return f"预算{plain(pair.budget)}万元，支出决算{plain(pair.spent)}万元，完成预算的{percent(pair.spent, pair.budget)}"


def _three() -> Iterator[Piece]:
    three, car, guests = book.THREE, book.CAR, book.GUESTS
    yield section("九、财政拨款“三公”经费及会议费、培训费支出决算情况说明")
    yield point("（一）“三公”经费支出决算情况说明")
    yield text(
        f"2024年度财政拨款“三公”经费支出{_pair(three)}。决算数小于预算数的主要原因是：公务用车集中调度，公务接待批次减少。"
        f"支出决算比上年{change(three.spent, three.before)}。其中：因公出国（境）费支出决算0.00万元，占0.00%；"
        f"公务用车购置费支出决算0.00万元，占0.00%；公务用车运行维护费支出决算{plain(car.spent)}万元，占{percent(car.spent, three.spent)}；"
        f"公务接待费支出决算{plain(guests.spent)}万元，占{percent(guests.spent, three.spent)}。具体情况如下："
    )
    yield text("1. 因公出国（境）费支出情况说明。本部门2024年度无财政拨款因公出国（境）费支出，全年因公出国（境）团组0个，累计0人次。")
    yield text("2. 公务用车购置费支出情况说明。本部门2024年度无财政拨款公务用车购置费支出，全年购置公务用车0辆。")
    yield text(
        f"3. 公务用车运行维护费支出情况说明。2024年度{_pair(car)}，比上年{change(car.spent, car.before)}，下降的主要原因是："
        "检查任务合并安排，用车里程减少。主要用于基金检查用车的燃料费、维修费、过路过桥费和保险费。2024年末财政拨款开支的公务用车保有量3辆。"
    )
    yield text(
        f"4. 公务接待费支出情况说明。2024年度{_pair(guests)}，比上年{change(guests.spent, guests.before)}，下降的主要原因是："
        "区外来访以线上交流为主。全年国内公务接待6批次，52人次，均为医保基金交叉检查和经办业务交流接待；无国（境）外公务接待。"
    )
    yield point("（二）会议费支出情况说明")
    meetings, training = book.MEETINGS, book.TRAINING
    yield text(
        f"2024年度财政拨款会议费{_pair(meetings)}，比上年{change(meetings.spent, meetings.before)}，"
        "下降的主要原因是：部分会议改为视频会议。主要用于召开定点医药机构工作会议。"
    )
    yield point("（三）培训费支出情况说明")
    yield text(
        f"2024年度财政拨款培训费{_pair(training)}，比上年{change(training.spent, training.before)}，"
        "增长的主要原因是：增加了社区经办人员轮训。主要用于经办业务和基金监管培训。"
    )


def _office() -> Iterator[Piece]:
    office = book.OFFICE
    yield section("十、机关运行经费支出情况说明")
    yield text(
        f"2024年度机关运行经费{_pair(office)}。支出决算比上年{change(office.spent, office.before)}，下降的主要原因是："
        "压减办公用品采购和印刷费用。机关运行经费的范围为本级和参照公务员法管理单位，不含青禾区医疗保障信息服务中心的公用经费。"
    )
    whole = book.GOODS + book.WORKS + book.SERVICES
    sme = book.SME_GOODS + book.SME_SERVICES
    yield section("十一、政府采购支出情况说明")
    yield text(
        f"2024年度政府采购支出总额{plain(whole)}万元，其中：政府采购货物支出{plain(book.GOODS)}万元、政府采购工程支出{plain(book.WORKS)}万元、"
        f"政府采购服务支出{plain(book.SERVICES)}万元。授予中小企业合同金额{plain(sme)}万元，占政府采购支出总额的{percent(sme, whole)}，"
        f"其中：授予小微企业合同金额{plain(book.MICRO)}万元，占授予中小企业合同金额的{percent(book.MICRO, sme)}；"
        f"货物采购授予中小企业合同金额{plain(book.SME_GOODS)}万元，占货物支出金额的{percent(book.SME_GOODS, book.GOODS)}，"
        f"服务采购授予中小企业合同金额{plain(book.SME_SERVICES)}万元，占服务支出金额的{percent(book.SME_SERVICES, book.SERVICES)}。"
    )
    yield section("十二、国有资产占用情况说明")
    yield text(
        "截至2024年12月31日，本部门共有车辆3辆，其中：副部（省）级及以上领导用车0辆、主要负责人用车0辆、机要通信用车1辆、"
        "应急保障用车1辆、执法执勤用车1辆、特种专业技术用车0辆、离退休干部服务用车0辆、其他用车0辆；单价100万元（含）以上设备（不含车辆）0台（套）。"
    )


def others() -> Iterator[Piece]:
    """十四."""
    yield section("十四、其他需要说明的情况")
    yield text("1. 决算公开表格中金额数值保留两位小数，公开数据为四舍五入计算结果，个别数据合计项与分项之和可能存在小数点后尾差。")
    yield text("2. 本部门的决算数据反映3个预算单位的汇总情况，与上年相比无预算单位变化。")
    yield text("3. 本文件为软件演示用的示例文件，文中的机构、人员、数据和事由均为虚构，不对应任何真实单位。")


def terms() -> Iterator[Piece]:
    """第四部分."""
    yield part("第四部分 名词解释")
    words = (
        ("财政拨款收入", "指本年度从本级财政部门取得的财政拨款，包括一般公共预算、政府性基金预算和国有资本经营预算财政拨款。"),
        ("其他收入", "指除财政拨款收入、事业收入、经营收入等以外取得的收入，主要是利息收入和手续费返还。"),
        ("年初结转和结余", "指单位上年度尚未完成、结转到本年度仍按原规定用途继续使用的资金。"),
        ("年末结转和结余", "指本年度预算安排、因客观条件变化无法按原计划实施，需要延迟到以后年度按原规定用途继续使用的资金。"),
        ("基本支出", "指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。"),
        ("项目支出", "指在基本支出之外，为完成特定的行政任务和事业发展目标所发生的支出。"),
        ("“三公”经费", "指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。"),
        ("机关运行经费", "指行政单位和参照公务员法管理的事业单位使用一般公共预算财政拨款安排的基本支出中的公用经费支出。"),
        ("公务员医疗补助", "指按规定对公务员和参照管理人员在基本医疗保险之外发生的医疗费用给予的补助。"),
        ("城乡医疗救助", "指对低保对象、特困人员、低保边缘家庭等困难群众的参保缴费和医疗费用给予的救助。"),
        ("医疗保障经办事务", "指医疗保障经办机构办理参保、结算、稽核和服务站运行等方面的支出。"),
        ("绩效自评", "指预算单位对照年初设定的绩效目标，对项目实施和资金使用结果自行开展的评价。"),
    )
    for n, (word, meaning) in enumerate(words, 1):
        yield text(f"{n}. {word}：{meaning}")
