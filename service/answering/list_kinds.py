"""Which kind of list a question asks for: the words that ask for it, where it stands, and how its names end."""

import re
from dataclasses import dataclass

from service.answering.plan import Ask, Plan

SHORT_REST = 4
"""After the bare name of a list so many characters may follow: 情况, 是什么."""

DEPARTMENT = re.compile(r"(?:股|科|室|处|庭|部|党委|党总支|党支部|组|队|窗口|工会|办|中心)$")
UNIT = re.compile(
    r"(?:本级|本部|本部\)|机关|机关\)|本级\)|中心|站|所|局|院|校|学校|小学|中学|幼儿园|学院|园|馆|队|处|委员会|公司|会|办公室|医院|办事处|厂|社|政府|委|厅|基地|段|库|编辑[室部]|工作室|实验室|资料室|俱乐部|支队|大队|总队)$"
)
_OVERALL = "部门整体支出绩效自评"
"""Its problems are the report's."""
_LISTS = re.compile(
    r"哪些|哪几|哪[两二三四五六\d]|有哪|什么|列出|列了|列举|叫啥|叫什么|名单|清单|都有谁|几[个家项件条]|分别是|包括|有啥|多少个|介绍|怎么设|如何设|设置|构成|组成|是啥|干什么|做什么|干啥|管什么|管啥"
)
_ASKS_TABLES = re.compile(
    r"空表|(?:哪|什么)[^,。]{0,8}表[^,。]{0,8}(?:空|没有?数据|无数据|没填|没有?内容|没有?数)|表[^,。]{0,6}(?:是|为)空|空白的?表|没有数据的表"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of list: words that ask for it, headings it stands under, words before it in a sentence, how its names end."""

    asked: re.Pattern[str]
    heading: re.Pattern[str]
    cue: re.Pattern[str]
    ending: re.Pattern[str] | None
    column: re.Pattern[str] | None
    lead: str
    sure: bool = True
    """Asked for whatever else the question says; else only where it asks for a list."""


_KINDS: tuple[Kind, ...] = (
    Kind(
        re.compile(
            r"股室|科室|处室|内设|机构设置|业务庭|哪[些几]个?(?:个)?(?:股|科(?!目)|处|庭|部门)|几个(?:股|科|处|庭|部门)|下设.{0,4}(?:机构|部门)"
        ),
        re.compile(r"内设|机构设置|机构情况|机构组成|概况|基本情况|职能|职责"),
        re.compile(r"内设|下设|设有|设置|设立|分设|设下列|设|股室|科室|处室"),
        DEPARTMENT,
        re.compile(r"内设机构|科室|股室|处室|部门名称"),
        "文件列出的内设机构",
    ),
    Kind(
        re.compile(
            r"下属|所属|事业单位有?哪|哪[些几]个?家?(?:事业|参公|二级|直属)单位|二级(?:预算)?单位|直属|下辖|预算单位|决算单位|单位构成|基层单位|编制范围|(?:纳入|包括|包含|涵盖|汇总).{0,12}单位|哪[些几]个?家?单位|几家单位|(?:下面|底下|名下|手下|管着?)[^,。?]{0,4}几个[^,。?]{0,4}单位"
        ),
        re.compile(r"单位构成|机构设置|(?:所属|下属|直属)(?:\w{0,4})单位|机构情况|预算单位|决算单位|概况|基本情况|范围"),
        re.compile(r"单位|所属|下属|包括|构成|范围|二级|直属"),
        UNIT,
        re.compile(r"^(?:预算|决算|基层)?单位(?:名称)?$|机构名称|二级单位"),
        "文件列出的单位",
    ),
    Kind(
        re.compile(
            r"职责|职能|(?:局|院|办|委|中心|会|厅|部门|单位|它|他们)(?:主要)?(?:是)?(?:干什么|做什么|干啥|管什么|管啥|负责(?:什么|哪些|啥))|负责哪些"
        ),
        re.compile(r"职责|职能"),
        re.compile(r"(?:主要)?(?:职责|职能)(?:任务)?(?:是|有|为|包括|如下|[:：])"),
        None,
        None,
        "文件写明的主要职责",
    ),
    Kind(
        re.compile(r"任务"),
        re.compile(r"任务|重点工作"),
        re.compile(r"任务"),
        None,
        re.compile(r"^任务(?:名称)?$|主要任务|重点任务|任务名称"),
        "文件列出的任务",
        sure=False,
    ),
    Kind(
        re.compile(
            r"重点(?:工作|做|抓|干)[^,。]{0,3}(?:哪|什么)|重点工作|做哪几件|哪几件事|主要工作|工作(?:计划|安排|打算|重点)|打算.{0,6}(?:做|干)|要(?:做|干|办)(?:哪|什么)|做了(?:哪些|什么)|干了(?:哪些|什么)"
        ),
        re.compile(r"重点工作|工作任务|主要任务|重点任务|主要工作|工作计划|工作安排|工作完成|主要成效"),
        re.compile(r"重点工作|工作任务|主要任务|一是|主要工作"),
        None,
        None,
        "文件写明",
        sure=False,
    ),
    Kind(
        re.compile(r"指标"),
        re.compile(r"绩效指标"),
        re.compile(r"绩效指标"),
        None,
        re.compile(r"三级指标|^指标(?:名称|内容)?$|指标内容"),
        "文件列出的指标",
        sure=False,
    ),
    Kind(
        re.compile(r"(?:采购|购置)(?!.{0,6}[干做](?:什么|啥)).{0,6}(?:哪些|什么|啥)|(?:哪些|什么)(?:采购|购置)"),
        re.compile(r"采购"),
        re.compile(r"采购"),
        None,
        re.compile(r"采购(?:项目|品目|内容|目录)(?:名称)?|品目名称|货物名称"),
        "文件列出的采购",
        sure=False,
    ),
    Kind(
        re.compile(r"项目(?!支出|资金|经费)"),
        re.compile(r"项目(?:支出)?(?:安排|情况|绩效)"),
        re.compile(r"项目"),
        None,
        re.compile(r"^(?:二级|一级)?(?:专项|支出)?项目(?:\(.*\))?名称(?:\(.*\))?$|专项(?:资金|经费)?名称|支出项目"),
        "文件列出的项目",
        sure=False,
    ),
    Kind(
        re.compile(r"问题"),
        re.compile(r"存在(?:的)?(?:主要)?问题|发现的(?:主要)?问题"),
        re.compile(r"存在(?:的)?(?:主要)?问题|问题"),
        None,
        None,
        "文件写明的问题",
        sure=False,
    ),
    Kind(
        re.compile(r"改进|整改|下一步|建议"),
        re.compile(r"改进|整改|下一步|建议"),
        re.compile(r"改进|整改|下一步|建议"),
        None,
        None,
        "文件写明的改进措施",
        sure=False,
    ),
)


_YES_NO = re.compile(r"算不算|[包含]不[包含]|属不属|在不在|是不是|(?:是否|算|也|都)(?:包括|包含|属于|纳入|列入|在)[^,。?哪什]*吗?[?？]?$")
"""Asks whether one thing is on the list, not for the list."""


def empty_tables(plan: Plan) -> bool:
    """Whether a question asks which tables are empty."""
    return _ASKS_TABLES.search(plan.text) is not None


def of(plan: Plan) -> Kind | None:
    """The kind of list that a question asks for, or None."""
    text = plan.topic or plan.text
    if plan.ask is Ask.WHY or _YES_NO.search(text) or re.search(r"多少(?:钱|万|元|人)|几个人(?!民|大)|占比|比例", text):
        return None
    for kind in _KINDS:
        # The bare name will do, too: 「内设股室」, 「残联的主要职责」.
        if (
            kind.sure
            and (found := kind.asked.search(text) or kind.asked.search(plan.text))
            and (_LISTS.search(text) or len(text) - found.end() <= SHORT_REST)
        ):
            return kind
    if plan.ask is Ask.DEFINITION or not _LISTS.search(text):
        return None
    if any(match.score > 0 and _OVERALL not in match.names for match in plan.items) and re.search(r"问题|改进|整改|建议", text):
        return None  # of one item: its reasons tell, not the whole report's list
    return next((kind for kind in _KINDS if not kind.sure and _asks(kind, text)), None)


def _asks(kind: Kind, text: str) -> bool:
    """Whether the question asks which of them there are: the word stands close to 哪些."""
    own = kind.asked.search(text)
    if own is not None and re.search(r"哪|什么", own[0]):
        return True
    near = rf"(?:哪[些几两二三四五六\d]|什么|列出了?|列了|列举|几[项个件条])[^,。?？]{{0,6}}?(?:{kind.asked.pattern})"
    far = rf"(?:{kind.asked.pattern})(?:名称|清单|名单|措施|工作|打算)?"
    far += r"(?:都|又|主要|分别|还|里|中)*(?:有|是|包括|叫|列了?)?(?:哪[些几]|什么|啥)"
    return re.search(near, text) is not None or re.search(far, text) is not None
