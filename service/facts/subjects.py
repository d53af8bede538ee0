"""Words before a figure → what the figure is about: functional items by their 类/款/项 marks or codes, statutory items, noun phrases."""

import re
from dataclasses import dataclass, replace

from service.facts.sections import Subject
from service.text import Normal

STOP = "\x00"
"""Stands for characters that are not to be read (reasons, purposes); no pattern crosses it."""

_BREAK = f'。;:,、!?"{STOP}'
_TENS = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"^(?:、|\((?:\d{{1,2}}|[{_TENS}]+)\)|\d{{1,2}}[.、)]?(?!\d)|[{_TENS}]+、|其中[:,]?|[-·])+")
_MARK = re.compile(r"\((?P<level>类|款|项)\)")
_DASHED = re.compile(r'"(?P<a>[^"\-]{2,30})-(?P<b>[^"\-]{2,40})-(?P<c>[^"]{2,40})"')
_CODED = re.compile(rf"(?P<name>[^\d{re.escape(_BREAK)}%][^{re.escape(_BREAK)}%]{{1,38}}?)\((?P<code>\d{{3}}|\d{{5}}|\d{{7}})\)")

_FUND = r"(?:政府性基金|国有资本经营)"
_ITEMS: tuple[tuple[str, str], ...] = (
    # (pattern over the normal form, official name; \1… from the pattern; "" keeps the printed words)
    (
        r"(财政拨款)?收入?(?:预算|决算)?(?:总计|合计)?[、和及与]?支出?(?:预算|决算)?(?:总计|总预算|总决算|总额|合计)",
        r"\1收入总计|\1支出总计",
    ),
    (r"(财政拨款|本年|当年)?(收入|支出)(?:预算|决算)?(总计|合计)", r"\1\2\3"),
    (r"预算(收入|支出)", r"\1预算"),
    (r"(收入|支出)预算", r"\1预算"),
    (r"(?:财政拨款)?(?:收入|支出)总(?:预算|决算)", ""),
    (r"一般公共预算(?:当年)?(?:财政)?(?:拨款)?基本支出", "一般公共预算财政拨款基本支出"),
    (r"一般公?共预算(?:当年)?(?:财政)?(?:拨款)?收入", "一般公共预算财政拨款收入"),
    (r"一般公?共预算(?:当年)?(?:财政)?(?:拨款)?支出", "一般公共预算财政拨款支出"),
    (r"一般公?共预算(?:当年)?(?:财政)?拨款", "一般公共预算财政拨款"),
    (rf"({_FUND})(?:预算)?(?:当年)?(?:财政)?(?:拨款)?(?:预算)?(收入|支出)", r"\1预算财政拨款\2"),
    (rf"({_FUND})(?:预算)?(?:当年)?(?:财政)?拨款", r"\1预算财政拨款"),
    (r"财政拨款(?:预算)?基本支出", "财政拨款基本支出"),
    (r"财政拨款(?:预算)?(收入|支出)", r"财政拨款\1"),
    (r"(?:日常)?公用经费", ""),
    (r"人员经费|基本支出|项目支出|经营支出|事业收入|经营收入|其他收入|上级补助收入|附属单位上缴收入|事业单位经营收入", ""),
    (r"单位预留机动经费|上缴上级支出|对附属单位补助支出|专项业务经费支出|专项业务经费", ""),
    (r"(?:使用)?非财政拨款结余|(?:年初|年末|上年)(?:财政拨款)?结转(?:和结余)?(?:资金)?", ""),
    (r'"?三公"?经费(?:财政拨款)?', "“三公”经费"),
    (r"因公出国\(境\)(?:经费|费用?)", "因公出国（境）费"),
    (r"公务用车购置[及和](?:公务用车)?运行(?:维护)?费用?", "公务用车购置及运行维护费"),
    (r"公务用车购置(?:费用?|支出)?", "公务用车购置费"),
    (r"公务用车运行(?:维护)?(?:费用?|支出)", "公务用车运行维护费"),
    (r"(?:国内公务接待|外宾接待)(?:支出|费)?", ""),
    (r"公务接待费?", "公务接待费"),
    (r"会议费|培训费|机关运行经费", ""),
    (r"政府采购(?:支出)?(?:预算)?(?:总额|总金额|金额)(?:\(以合同签订为准\))?", ""),
    (r"车辆", ""),
    (r"(?:政府采购)?(?:货物|工程|服务)(?:采购)?(?:支出|金额|预算)", ""),
    (r"(?:拟)?(?:采购|购买)(货物|工程|服务)(?:支出)?", r"政府采购\1支出"),
    (r"(?:(?:货物|工程|服务)采购)?授予(?:中小|小微)企业(?:的)?合同金额", ""),
    (r"面向(?:中小|小微)企业预留政府采购项目预算金额", ""),
    (r"(?:整体支出|部门整体|单位整体)(?:支出)?(?:绩效)?(?:目标)?自评(?:价)?(?:得|评)?分?", "部门整体支出绩效自评"),
    (r"(预算|决算)编制范围的?(?:预算)?单位", r"\1编制范围单位数"),
)
_COMPILED = tuple((re.compile(pattern), name) for pattern, name in _ITEMS)
_ANY = re.compile("|".join(f"(?:{pattern})" for pattern, _ in _ITEMS))

_LEAD = re.compile(
    r"^(?:截至|截止|20\d\d年度?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:末|底|期末|当年)?|本年度?(?!收入|支出)|当年(?!收入|支出)|全年|期末|本(?:部门|单位|级|局)|我(?:部门|单位|局|院|厅|委|办)"
    r"|其中|包括|共有|共计|合计|共|以及|及|和|与|另有|单位管理的|现有|部门|安排|按规定|实际|用于|主管的|单位开支财政拨款的|累计|接待|预算安排|购置|(?:与|比|较|同)(?:上|去|20\d\d)年度?(?:决算数?|预算数?)?相比)+"
)
_LINK = re.compile(r"(?:均?为|是|共|约|达到?|分别为?|各|均|共计|各自|有|:)+$")
_MEASURE = re.compile(r"(?:(?:年初|全年|调整后?|当年)?(?:预算|决算)(?:执行)?(?:数|安排|支出|金额|总?额)?|执行数|实际执行|实际支出|科目)+$")
_FLOW = re.compile(r"(?:支出|收入)$")
_OWN_TOTAL = re.compile(
    r"(?:资金|基金|经营|补助|上缴|事业|非税|(?:一般公共|基金|经营)预算)(?:收入|支出)(?P<tail>(?:预算|决算)?(?:总计|合计|总额|总预算|总决算))$"
)
"""其他资金收入预算总计: the total of one kind of money, not of all."""
_NAMED_FLOW = re.compile(
    r"(?:(?!预算|决算|执行|安排|本年|当年|实际|增加|减少|上年|去年|其中|全年|年初|合计|总计|主要|开支)[^\d\W]){4,20}"
    r"(?<![室局委厅院办处所部会])(?:支出|收入)"
)
"""社会保障和就业支出: a name that its 支出 belongs to."""
_COMPARISON = re.compile(r"占|完成|(?:比|较|与|同)(?:上年|去年|20\d\d年)")
_NEUTRAL = re.compile(r".*(?:安排的?|的|部门|单位|局|委|厅|院|办|处|所|中心|部|财政拨款|一般公共预算|年度?|共?有|汇总)$|^$")
_NOUN = re.compile(
    r"(?:支出|收入|经费|费|费用|补助|补贴|津贴|资金|拨款|结余|结转|公积金|年金|人员|编制|车辆|用车|车|设备|仪器|工资|金额|总额|合同|团组|人次|来宾|外宾"
    r"|采购|缴费|保有量|面积|房屋|土地|项目|奖金|收费|单位|专项|贷款|款)(?:\([^)]*\))?$"
)


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The 类 and 款 that stand above."""

    upper: str | None = None
    middle: str | None = None


def heads(form: Normal, text: str, source: str, above: Hierarchy) -> tuple[list[Subject], Hierarchy]:
    """Functional items named in a paragraph, in order, and the 类 and 款 that hold after it.

    Args:
        form: the paragraph's normal form, with the way back.
        text: the normal form with what is not to be read masked; same length.
        source: the paragraph as printed.
        above: the 类 and 款 that hold before it.
    """
    found = [*_marked(form, text, source, above), *_dashed(form, text, source), *_coded(form, text, source)]
    found.sort(key=lambda pair: pair[0].at or 0)
    held = found[-1][1] if found else above
    return [subject for subject, _ in found], held


_WON = re.compile(r"(?:在)?(?:面向(?:中小|小微)企业预留|其他)的?政府采购项目中,由(?:中小|小微)企业供应商中标或成交的,采购金额$")


def named(text: str, form: Normal, source: str, start: int) -> Subject | None:
    """The statutory item or noun phrase that the words before a figure end with, or name last.

    Args:
        text: normal form (masked) from `start` to the figure.
        form: the paragraph's normal form.
        source: the paragraph as printed.
        start: offset of `text` in the normal form.
    """
    won = _WON.search(text)
    if won:
        printed = _printed(form, source, start + won.start(), start + won.end())
        return Subject((re.sub(r"^在|[，,]", "", printed),), at=start + won.start())
    for a, b in _segments(text, "。;:,"):
        found = _ending(text[:b], a)
        if found is None:
            continue
        begin, end, names = found
        return Subject(names or (_printed(form, source, start + begin, start + end),), at=start + begin)
    return None


def phrase(text: str, form: Normal, source: str, start: int) -> Subject | None:
    """The bare noun phrase before a figure, whatever it is (for counts of people and things)."""
    a, b = _segments(text, "。;:,、")[0]
    begin = _bare(text, a, b)
    end = _ends(text, begin, b)[-1]
    if 2 <= end - begin <= 30:
        return Subject((_printed(form, source, start + begin, start + end),), at=start + begin)
    return None


def _marked(form: Normal, text: str, source: str, above: Hierarchy) -> list[tuple[Subject, Hierarchy]]:
    """Items with 类, 款, 项 in brackets."""
    found: list[tuple[Subject, Hierarchy]] = []
    held, after = above, 0
    for match in _MARK.finditer(text):
        begin = max((text.rfind(c, 0, match.start()) for c in _BREAK), default=-1) + 1
        begin = max(begin, after)
        begin = _skip_ordinal(text, begin, match.start())
        if begin >= match.start() or re.search(r"\d", text[begin : match.start()]):
            after = match.end()
            continue
        name = _printed(form, source, begin, match.start())
        follows = text[match.end() : match.end() + 2]
        if match["level"] == "类" and follows == "支出" and not name.endswith("支出"):
            name += follows
        held, path = _place(held, match["level"], name)
        found.append((Subject((name,), path, None, begin, True), held))
        after = match.end() + (2 if follows == "支出" else 0)
    return _joined(found, text)


def _place(held: Hierarchy, level: str, name: str) -> tuple[Hierarchy, tuple[str, ...]]:
    if level == "类":
        return Hierarchy(name), ()
    if level == "款":
        return Hierarchy(held.upper, name), tuple(p for p in (held.upper,) if p)
    return held, tuple(p for p in (held.upper, held.middle) if p)


def _joined(found: list[tuple[Subject, Hierarchy]], text: str) -> list[tuple[Subject, Hierarchy]]:
    """Of marks that follow one another (…（类）…（款）…（项）), the last is the item; it begins where the first does."""
    joined: list[tuple[Subject, Hierarchy]] = []
    for subject, held in found:
        if joined and _adjacent(text, joined[-1][0], subject):
            joined[-1] = (replace(subject, at=joined[-1][0].at), held)
        else:
            joined.append((subject, held))
    return joined


def _adjacent(text: str, first: Subject, second: Subject) -> bool:
    between = text[first.at or 0 : second.at or 0]
    return bool(re.fullmatch(r"[^。;:,\d]*\((?:类|款)\)(?:支出)?[、\-]?", between))


def _dashed(form: Normal, text: str, source: str) -> list[tuple[Subject, Hierarchy]]:
    """“类-款-项”."""
    found = []
    for match in _DASHED.finditer(text):
        a, b, c = (_printed(form, source, match.start(g), match.end(g)) for g in ("a", "b", "c"))
        found.append((Subject((c,), (a, b), None, match.start("a"), True), Hierarchy(a, b)))
    return found


def _coded(form: Normal, text: str, source: str) -> list[tuple[Subject, Hierarchy]]:
    """Item（2080505)."""
    found = []
    for match in _CODED.finditer(text):
        begin = _skip_ordinal(text, match.start("name"), match.end("name"))
        if begin >= match.end("name"):
            continue
        name = _printed(form, source, begin, match.end("name"))
        found.append((Subject((name,), (), match["code"], begin, True), Hierarchy()))
    return found


def _skip_ordinal(text: str, begin: int, end: int) -> int:
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


def _ending(text: str, begin: int) -> tuple[int, int, tuple[str, ...]] | None:
    """(start, end, names) of the item that text[begin:] ends with or names last; no names: the printed words."""
    compared = _COMPARISON.search(text, begin)
    stop = compared.start() if compared else len(text)
    begin = _bare(text, begin, stop)
    ends = _ends(text, begin, stop)
    items = [(begin + item[0], end, item[1]) for end in ends if (item := _statutory(text[begin:end])) is not None]
    if items:
        return min(items, key=lambda item: (item[0], -item[1]))
    last = _last_part(text, begin, ends[-1])
    if 3 <= ends[-1] - last <= 40 and _NOUN.search(text[last : ends[-1]]):
        return last, ends[-1], ()
    mention = _mentioned(text[begin:stop])
    if mention:
        return begin + mention[0], begin + mention[1], mention[2]
    flows = [(last, end) for end in ends if _NAMED_FLOW.fullmatch(text, last := _last_part(text, begin, end), end)]
    return (*flows[-1], ()) if flows else None


def _last_part(text: str, begin: int, end: int) -> int:
    """Where the last part of a list (A、B) begins."""
    return _bare(text, max(text.rfind("、", begin, end) + 1, begin), end)


def _bare(text: str, begin: int, end: int) -> int:
    """`begin` moved over ordinals, dates and connecting words."""
    while begin < end:
        moved = _skip_ordinal(text, begin, end)
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


def _statutory(text: str) -> tuple[int, tuple[str, ...]] | None:
    """(offset, names) of the longest statutory item at the end of `text`; no names: keep the printed words."""
    best: tuple[int, tuple[str, ...]] | None = None
    if not _ANY.search(text):
        return None
    for pattern, name in _COMPILED:
        for match in pattern.finditer(text):
            if match.end() == len(text) and (best is None or match.start() < best[0]) and _NEUTRAL.match(text[: match.start()]):
                best = (match.start(), _names(match, name))
    return best


def _mentioned(text: str) -> tuple[int, int, tuple[str, ...]] | None:
    """(start, end, names) of the statutory item named last in `text`."""
    best: tuple[int, int, tuple[str, ...]] | None = None
    if not _ANY.search(text):
        return None
    for pattern, name in _COMPILED:
        for match in pattern.finditer(text):
            if best is None or match.end() > best[1] or (match.end() == best[1] and match.start() < best[0]):
                best = (match.start(), match.end(), _names(match, name))
    return best


def _names(match: re.Match[str], name: str) -> tuple[str, ...]:
    return tuple(match.expand(n) for n in name.split("|")) if name else ()


def _printed(form: Normal, source: str, start: int, end: int) -> str:
    a, b = form.span(start, end)
    return source[a:b]
