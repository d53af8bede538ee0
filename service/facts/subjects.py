"""Words before a figure → what the figure is about: statutory items by their names, else noun phrases."""

import re

from service.facts import statutory
from service.facts.sections import Subject
from service.facts.wording import STOP, Wording

_TENS = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"^(?:、|\((?:\d{{1,2}}|[{_TENS}]+)\)|\d{{1,2}}[.、)]?(?!\d)|[{_TENS}]+、|其中[:,]?|[-·])+")
_LEAD = re.compile(
    r"^(?:截至|截止|20\d\d年度?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:末|底|期末|当年)?|(?:年末|年底)(?!财政拨款结|结[转余])|本年度?(?!收入|支出)|当年(?!收入|支出)|全年|期末"
    r"|本(?:部门|单位|级|局)|我(?:部门|单位|局|院|厅|委|办)|全(?:局|系统|委|厅|院|校|县|市|区|省|州|部门|单位)"
    r"|其中|包括|共有|共计|合计|共|以及|及|和|与|另有|单位管理的|现有|部门|单位(?=共有)|安排|按规定|实际|主要用于|用于|主管的|下设|具体[是为]|\(本级\)"
    r"|(?:单位)?开支(?:一般公共预算)?财政拨款的|(?:一般公共预算)?财政拨款(?:开支|负担|支出)的"
    r"|累计|接待|预算安排|开支(?!财政拨款)|列支|发生|实现|\((?:其中)?(?:含|包含|包括)|\(其中[:,]?|(?:与|比|较|同)(?:上|去|20\d\d)年度?(?:决算数?|预算数?)?相比)+"
)
_LINK = re.compile(r"(?:均?为|是|共|约|达到?|分别为?|各|均|共计|各自|(?<!保)有|:)+$")
_MEASURE = re.compile(r"(?:(?:年初|全年|调整后?|当年)?(?:预算|决算)(?:执行)?(?:数|安排|支出|金额|总?额)?|执行数|实际执行|实际支出|科目)+$")
_FLOW = re.compile(r"(?:支出|收入)$")
_OWN_TOTAL = re.compile(
    r"(?:资金|基金|经营|补助|上缴|事业|非税|(?:一般公共|基金|经营)预算)(?:收入|支出)(?P<tail>(?:预算|决算)?(?:总计|合计|总额|总预算|总决算))$"
)
"""其他资金收入预算总计: the total of one kind of money, not of all."""
_NAMED_FLOW = re.compile(
    r"(?:(?!预算|决算|执行|安排|本年|当年|实际|增加|减少|上年|去年|其中|全年|年初|合计|总计|主要|开支)[^\d\W]){3,20}"
    r"(?<![室局委厅院办处所部会])(?:支出|收入)"
)
"""社会保障和就业支出: a name that its 支出 belongs to."""
_TURN = re.compile(r"(?:净?增加|减少|增长|下降|上升|降低)(?:了|额|数|为|约)*$")
_COMPARISON = re.compile(r"占|完成|(?:比|较|与|同)(?:上年|去年|20\d\d年)")
_NOUN = re.compile(
    r"(?:支出|收入|经费|费|费用|补助|补贴|津贴|资金|拨款|结余|结转|公积金|年金|人员|编制|车辆|用车|车|设备|仪器|工资|金额|总额|合同|团组|人次|来宾|外宾"
    r"|采购|缴费|保有量|面积|房屋|土地|项目|奖金|收费|单位|专项|贷款|款|份额|资产|证券|工程|原值|净值|债务)(?:\([^)]*\))?$"
)


_WON = re.compile(r"(?:在)?(?:面向(?:中小|小微)企业预留|其他)的?政府采购项目中,由(?:中小|小微)企业供应商中标或成交的,采购金额$")


def named(text: str, wording: Wording, start: int) -> Subject | None:
    """The statutory item or noun phrase that the words before a figure end with, or name last.

    Args:
        text: normal form (masked) from `start` to the figure.
        wording: the paragraph.
        start: offset of `text` in the normal form.
    """
    won = _WON.search(text)
    if won:
        printed = wording.printed(start + won.start(), start + won.end())
        return Subject((re.sub(r"^在|[，,]", "", printed),), at=start + won.start())
    for a, b in _segments(text, "。;:,"):
        found = _ending(text[:b], a, wording.org)
        if found is None:
            continue
        begin, end, names = found
        return Subject(names or (wording.printed(start + begin, start + end),), at=start + begin)
    return None


def phrase(text: str, wording: Wording, start: int) -> Subject | None:
    """The bare noun phrase before a figure, whatever it is (for counts of people and things)."""
    a, b = _segments(text, "。;:,、")[0]
    begin = _bare(text, a, b, wording.org)
    end = _ends(text, begin, b)[-1]
    if 2 <= end - begin <= 30:
        return Subject((wording.printed(start + begin, start + end),), at=start + begin)
    return None


def clause(text: str, org: str) -> list[tuple[int, int]]:
    """Ranges of the last clause of `text` that may be the whole name of what is stated, up to the figure or to a measure's words."""
    a, b = _segments(text, "。;:,")[0]
    begin = _bare(text, a, b, org)
    return [(begin, end) for end in _ends(text, begin, b) if begin < end and not text.startswith("收入", end)]


def skip_ordinal(text: str, begin: int, end: int) -> int:
    """`begin` moved over list numbers and connecting signs, to `end` at most."""
    match = _ORDINAL.match(text[begin:end])
    return begin + match.end() if match else begin


def _segments(text: str, cuts: str) -> list[tuple[int, int]]:
    """Ranges between the characters of `cuts`, the last range first; brackets are not cut."""
    ranges, depth, begin = [], 0, 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if c == STOP or (depth <= 0 and c in cuts):
            ranges.append((begin, i))
            begin, depth = i + 1, 0
    ranges.append((begin, len(text)))
    return ranges[::-1]


def _ending(text: str, begin: int, org: str) -> tuple[int, int, tuple[str, ...]] | None:
    """(start, end, names) of the item that text[begin:] ends with or names last; no names: the printed words."""
    compared = _COMPARISON.search(text, begin)
    stop = compared.start() if compared else len(text)
    begin = _bare(text, begin, stop, org)
    ends = _ends(text, begin, stop)
    items = [(begin + item[0], end, item[1]) for end in ends if (item := statutory.ending(text[begin:end])) is not None]
    if items:
        return min(items, key=lambda item: (item[0], -item[1]))
    last = _last_part(text, begin, ends[-1], org)
    if 3 <= ends[-1] - last <= 40 and _NOUN.search(text[last : ends[-1]]):
        return last, ends[-1], ()
    mention = statutory.mentioned(text[begin:stop])
    if mention:
        return begin + mention[0], begin + mention[1], mention[2]
    turn = _TURN.search(text, begin, ends[-1])
    if turn and 2 <= turn.start() - last <= 40 and _NOUN.search(text[last : turn.start()]):
        return last, turn.start(), ()
    flows = [(last, end) for end in ends if _NAMED_FLOW.fullmatch(text, last := _last_part(text, begin, end, org), end)]
    return (*flows[-1], ()) if flows else None


def _last_part(text: str, begin: int, end: int, org: str) -> int:
    """Where the last part of a list (A、B、C等其他D) begins."""
    rest = text.rfind("等其他", begin, end) + 1
    return _bare(text, max(text.rfind("、", begin, end) + 1, rest, begin), end, org)


def _bare(text: str, begin: int, end: int, org: str) -> int:
    """`begin` moved over ordinals, dates, the body's name and connecting words."""
    while begin < end:
        moved = skip_ordinal(text, begin, end)
        if org and text.startswith(org, moved):
            moved += len(org)
        lead = _LEAD.match(text[moved:end])
        moved += lead.end() if lead else 0
        if moved == begin:
            return begin
        begin = moved
    return begin


def _ends(text: str, begin: int, end: int) -> list[int]:
    """Where the name may end: before linking words, before the words of measures, before 支出 or 收入 that belong to those."""
    ends = [end]
    total = _OWN_TOTAL.search(text[begin:end])
    if total:
        return [begin + total.start("tail")]
    for tail in (_LINK, _MEASURE, _FLOW):
        match = tail.search(text[begin:end])
        if match:
            end = begin + match.start()
            ends.append(end)
    return ends
