"""The items that every disclosure names outside the functional classification, as printed → their official names."""

import re
from functools import lru_cache

_FUND = r"(?:政府性基金|国有资本经营)"
_ITEMS: tuple[tuple[str, str], ...] = (
    # (pattern over the normal form, official name; \1… from the pattern; "" keeps the printed words)
    (rf"(?:一般公?共|{_FUND})预算(?:当年(?:财政)?)?拨款(?:收入|支出)?", ""),
    (r"(?:财政拨款)?收支总(?:预算|决算)", ""),
    (
        r"(财政拨款)?收入?(?:预算|决算)?(?:总计|合计)?[、和及与]?支出?(?:预算|决算)?(?:总计|总预算|总决算|总额|合计)",
        r"\1收入总计|\1支出总计",
    ),
    (r"(财政拨款|本年|当年)?(收入|支出)(?:预算|决算)?(总计|合计)", r"\1\2\3"),
    (r"(?:本年|当年)(?:收入|支出)", ""),
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
    (r"(?:教育|国防|外交|金融|其他)支出", ""),
    (r"单位预留机动经费|上缴上级支出|对附属单位补助支出|专项业务经费支出|专项业务经费", ""),
    (r"(?:使用)?非财政拨款结余|(?:年初|年末|上年)(?:财政拨款)?结转(?:和结余)?(?:资金)?", ""),
    (r'"?三公"?经费(?:财政拨款)?', "“三公”经费"),
    (r"因公出国\(境\)(?:经费|费用?|支出)", "因公出国（境）费"),
    (r"公务用车购置(?:费用?)?[及和](?:公务用车)?运行(?:维护)?费用?", "公务用车购置及运行维护费"),
    (r"公务用车购置(?:费用?|支出)?", "公务用车购置费"),
    (r"公务用车运行(?:维护)?(?:费用?|支出)", "公务用车运行维护费"),
    (r"(?:国内公务接待|外宾接待)(?:支出|费)?", ""),
    (r"公务接待费?", "公务接待费"),
    (r"(?:用于)?保障[^。;:]{2,80}正常运转的日常(?:公用)?支出", "基本支出"),
    (r"(?:用于)?专项业务工作的经费(?:支出)?", "项目支出"),
    (r"会议费|培训费|机关运行经费", ""),
    (r"(?:财政拨款|一般公共预算)安排的?支出", ""),
    (r"(货物|工程|服务)类(?:采购)?(?:支出|金额|预算)?", r"政府采购\1支出"),
    (r"政府采购支出预算", ""),
    (r"政府采购(?:支出)?(?:预算)?(?:总额|总金额|金额)(?:\(以合同签订为准\))?", ""),
    (r"车辆", ""),
    (r"(?:政府采购)?(?:货物|工程|(?<!公共)(?<!商品和)服务)(?:采购)?(?:支出|金额|预算)", ""),
    (r"政府购买服务(?:支出)?(?:预算)?(?:金额|总额)?", "政府购买服务"),
    (r"(?:拟)?(?:采购|购买)(货物|工程|服务)(?:支出)?", r"政府采购\1支出"),
    (r"(?:(?:货物|工程|服务)采购)?授予(?:中小|小微)企业(?:的)?合同金额", ""),
    (r"面向(?:中小|小微)企业预留政府采购项目预算金额", ""),
    (r"(?:整体支出|部门整体|单位整体)(?:支出)?(?:绩效)?(?:目标)?自评(?:价)?(?:得|评)?分?", "部门整体支出绩效自评"),
    (r"(预算|决算)编制范围的?(?:预算)?单位", r"\1编制范围单位数"),
)
_BARE_FUND = re.compile(r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?(?:收益)?)(?:财政拨款)?")
_COMPILED = tuple((re.compile(pattern), name) for pattern, name in _ITEMS)
_ANY = re.compile("|".join(f"(?:{pattern})" for pattern, _ in _ITEMS))
_NEUTRAL = re.compile(r".*(?:安排的?|的|部门|单位|局|委|厅|院|办|处|所|中心|部|财政拨款|一般公共预算|年度?|共?有|汇总)$|")


@lru_cache(maxsize=8192)
def ending(text: str) -> tuple[int, tuple[str, ...]] | None:
    """(offset, names) of the longest statutory item at the end of `text`; no names: keep the printed words."""
    best: tuple[int, tuple[str, ...]] | None = None
    if _BARE_FUND.fullmatch(text):
        # 其中：一般公共预算1,200元，政府性基金0元: a fund's name alone is its money.
        return 0, ()
    if not _ANY.search(text):
        return None
    for pattern, name in _COMPILED:
        for match in pattern.finditer(text):
            if match.end() == len(text) and (best is None or match.start() < best[0]) and _NEUTRAL.match(text, 0, match.start()):
                best = (match.start(), _names(match, name))
    return best


@lru_cache(maxsize=8192)
def mentioned(text: str) -> tuple[int, int, tuple[str, ...]] | None:
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
