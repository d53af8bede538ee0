"""Which of the items named is asked for, and which only says what it is a part of: 「采购里中小企业」, 「占总支出多少」."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from service.answering.matching import Match, key, of_longer_kind

LEAST_SURE = 0.95
"""Score from which a match is a name said in full."""
_INSIDE = re.compile(
    r"(?:[\d.,]+(?:万元|元|人|名|个|辆))?(?:的|金额|总额|资金|经费|这块|这一块|方面|.{0,4}表)?(?:里面?|里头|当中|之中|其中|中(?![小]))[,，的:：]?.{0,5}"
)
_SHARE = re.compile(r"占(?:了|到)?(?!得|大头|比|用|的比)(?:[^,。;?]*?)(?=的?(?:多少|几成|百分|比例|比重|比率|占比|多大|几分)|[,。;?]|$)")
_SHARE_WITHIN = re.compile(r"在[^,。;?在]{2,20}?[中里](?=的?(?:占比|比例|比重|占))")
"""公务接待费在三公经费中的占比."""
_COLUMNS = {"基本支出", "项目支出", "人员经费", "公用经费", "日常公用经费", "合计", "小计"}
"""What tables split every item into: the item before them is no mere whole."""
BESIDE = 2
"""A count follows the item it counts after at most so many characters."""
_COUNTS = {"多少人", "几个人", "几人"}
"""Said beside another item they ask for its number, not for the staff."""
ROOT = 4
"""Parts of a family begin with so many same characters: 政府采购货物支出, 政府采购服务支出."""
_PART = re.compile(r"(货物|工程|服务|购置|运行维护|运行)(?:类)?(?:采购)?(?:支出|费用|费)?(?:预算|决算)?(?:金额|总额)?")
_ITSELF = re.compile(
    r"(?:预算|决算|支出|金额|总额|总数|合计|总计|一共|总共|共|是|有|为|花了?|用了?|安排了?)*(?:多少|几何)(?:钱|万?元|万)?(?:[,。?;]|$)"
    r"|(?:预算|决算|支出|金额)*(?:总额|总数|合计|总计)[,、和与及]"
)
"""After a family's name: the whole itself is asked for, and its parts beside it (政府采购多少,货物多少)."""
_TOTAL = re.compile(r"(?:总额|总数|合计|总计)$")
_TRAILING = {"支出预算", "收入预算", "支出决算", "收入决算", "预算支出", "预算收入"}
"""Right after an item's name these only say which of its figures is asked for: 城管执法支出预算."""
_SPENT = {"一共花", "总共花"}
"""Right after an item's name they are said of it, not of the whole year: 三公经费总共花多少."""
_BUYING = re.compile(r"采购(?:金额|预算|支出|费用|额)?")
_PEOPLE = re.compile(r"(?:有)?(?:多少|几)个?人")
_DOING = re.compile(
    r"[,了]?(?:参加|参保|参与|享受|受益|受惠|领|报销|看|办理|培训|被|来|次|符合|获|通过|住院|就医|就业|纳入|申请|接受|接待|救助|得到|缴|交)"
)
"""After 多少人: people that something is done for, no staff."""
_OF_STAFF = re.compile(
    r"20\d\d年?度?|今年|去年|本年|全年|年度|年末|年底|截至|目前|现在|一共|总共|合计|实际|单位|部门|机关|本级|下属|局里?|委里?|办里?|院里?|厅|系统|在职|在岗|在编|上班|工作|干活|"
    r"人员|职工|员工|干部|公务员|行政|事业|编制|离退休|离休|退休|聘用|编外|临时|有|是|共|的|里|中|都|总|全|请问|到底|究竟|文件|决算|预算|报告|一个|这个?|那个?|它|他们|大概"
)
"""Words before 多少人 that leave it the staff's number."""
LEAST_OTHERS = 3
"""Other characters before 多少人 than those of staff: others are counted."""
_FUND = re.compile(r"[^,。]{0,4}(?:基金|统筹)")
_JOINED = re.compile(r"[和与跟同及、加,]|还是|以及|或")


def sorted_out(items: Sequence[Match], text: str) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """The items asked for and the wholes that they are a part of.

    Args:
        items: matches in the order of the question.
        text: the question in normal form.
    """
    shares = [(m.start(), m.end()) for pattern in (_SHARE, _SHARE_WITHIN) for m in pattern.finditer(text)]
    whole = [m for m in items if any(a < m.start and m.end <= b for a, b in shares)]
    asked = [m for m in items if m not in whole]
    around = [m for m, following in pairwise(asked) if _INSIDE.fullmatch(text[m.end : following.start]) and not _column(following)]
    asked = [_preferred(m, around, text) for m in asked if m not in around]
    counts = [b for a, b in pairwise(asked) if text[b.start : b.end] in _COUNTS and b.start - a.end <= BESIDE]
    asked = [m for m in asked if m not in counts]
    general = [m for m in asked if any(_says_less(m, other, text) for other in asked)]
    return tuple(m for m in asked if m not in general), tuple(whole + around + general)


def fitting(items: Sequence[Match], text: str) -> list[Match]:
    """The items without what the words around them make something else: people insured, an insurance fund."""
    trailing = [b for a, b in pairwise(items) if a.end == b.start and (key(b.names[0]) in _TRAILING or text[b.start : b.end] in _SPENT)]
    items = [m for m in items if m not in trailing and not _bought(m, items, text)]
    return [m for m in items if not _other_people(m, items, text) and not _of_fund(m, text)]


def _bought(item: Match, items: Sequence[Match], text: str) -> bool:
    """Whether 采购 only says that the thing named beside it is bought: 台式计算机采购多少钱, 物业服务的采购金额."""
    if item.score >= LEAST_SURE or not _BUYING.fullmatch(text[item.start : item.end]):
        return False
    things = [m for m in items if m is not item and m.score and m.start < m.end and "采购" not in m.names[0]]
    before = any(text[m.end : item.start] in ("", "的") for m in things if m.end <= item.start)
    return before or any(m.score >= LEAST_SURE and m.start == item.end for m in things)


def _other_people(item: Match, items: Sequence[Match], text: str) -> bool:
    """Whether 多少人 asks for others than the staff: people something is done for, or those named before it (救助对象…多少人)."""
    if not _PEOPLE.fullmatch(text[item.start : item.end]):
        return False
    if _DOING.match(text, item.end):
        return True
    begin = max(text.rfind(c, 0, item.start) for c in ",。;?#") + 1
    if any(m is not item and begin <= m.start < item.start for m in items):
        return False
    return len(re.sub(r"[^\u4e00-\u9fff]", "", _OF_STAFF.sub("", text[begin : item.start]))) >= LEAST_OTHERS


def _of_fund(item: Match, text: str) -> bool:
    insured = re.search(r"医保|医疗保险|养老保险|社保", text[item.start : item.end])
    return insured is not None and item.score < LEAST_SURE and "基金" not in item.names[0] and _FUND.match(text, item.end) is not None


def with_parts(items: Sequence[Match], text: str, names: Sequence[str]) -> list[Match]:
    """The items, one of a family by those of its parts that the question names by their own word: 政府采购里货物和服务."""
    found: list[Match] = []
    for item in items:
        root = key(item.names[0])[:ROOT]
        parts: dict[str, list[str]] = {}
        if len(root) == ROOT and item.start < item.end:
            rest = text[: item.start] + "#" * (item.end - item.start) + text[item.end :]
            for name in names:
                own = _PART.fullmatch(key(name).removeprefix(root)) if key(name).startswith(root) else None
                if (
                    own is not None
                    and own[1] in rest
                    and not of_longer_kind(own[1], rest[: rest.find(own[1])])
                    and not any(m.start <= rest.find(own[1]) < m.end for m in items)
                ):
                    parts.setdefault(own[1], []).append(name)
            made = [Match(tuple(sorted(of, key=len)), at, at + len(word), 0.9) for word, of in parts.items() for at in [rest.find(word)]]
            found += sorted(made, key=lambda m: m.start)
        if parts and _itself(item, text):
            found.append(_alone(item, root, text))
        elif not parts or _PART.fullmatch(key(item.names[0]).removeprefix(root)):
            found.append(item)
    # 总额 said of a family is no item of its own.
    inside = [m for m in found if any(o is not m and o.start < m.start and m.end <= o.end for o in found)]
    return sorted((m for m in found if m not in inside), key=lambda m: m.start)


def _alone(item: Match, root: str, text: str) -> Match:
    """A family's whole without its parts' names, over all the words that say it: 采购预算总额."""
    names = tuple(name for name in item.names if not _PART.fullmatch(key(name).removeprefix(root)))
    said = _ITSELF.match(text, item.end)
    return replace(item, names=names or item.names, end=max(item.end, said.end() - 1) if said is not None else item.end)


def _itself(item: Match, text: str) -> bool:
    return _TOTAL.search(text[item.start : item.end]) is not None or _ITSELF.match(text, item.end) is not None


def of_posts(items: Sequence[Match], text: str, names: Sequence[str]) -> list[Match]:
    """The items, staff by their posts where posts are asked about: 事业人员 is 事业编制 in 「编制里行政和事业各几个」."""
    if "编" not in text or re.search(r"在职|在编|在岗|实有", text):
        return list(items)
    posts = [(m, m.names[0].removeprefix("实有").replace("人员", "编制")) for m in items]
    return [replace(m, names=(post, *m.names)) if "人员" in m.names[0] and post in names else m for m, post in posts]


def sided(items: Sequence[Match], text: str) -> list[Match]:
    """The items with the names of the side asked about (收入, 支出) first, where a citizen's word may mean either."""
    earns = re.search(r"收入|收到|收了|拨了|拨款(?!支出)|进账", text) is not None
    spends = re.search(r"支出|花|用了|用在|干[啥嘛什]|开支", text) is not None
    if earns == spends:
        return list(items)
    own, other = ("收入", "支出") if earns else ("支出", "收入")
    return [m if m.score >= LEAST_SURE else replace(m, names=_side_first(m.names, own, other)) for m in items]


def _side_first(names: Sequence[str], own: str, other: str) -> tuple[str, ...]:
    # The sum of a side is of that side, too: 政府采购支出预算总额.
    return tuple(sorted(names, key=lambda name: (re.search(rf"{own}(?:预算)?(?:总额)?$", key(name)) is None, key(name).endswith(other))))


def _column(item: Match) -> bool:
    return any(key(name) in _COLUMNS for name in item.names[:1])


def _preferred(item: Match, around: Sequence[Match], text: str) -> Match:
    """The item with those of its names first that hold what it is said to be a part of: 服务采购 + 中小企业."""
    scopes = [text[m.start : m.end] for m in around]
    return replace(item, names=tuple(sorted(item.names, key=lambda name: not any(scope in key(name) for scope in scopes))))


def _says_less(item: Match, other: Match, text: str) -> bool:
    """Whether an item is only a word of another's name, not named beside it: 采购 in 「给中小企业留了多少采购份额」."""
    if item is other or item.score >= LEAST_SURE or not other.score or not other.names:
        return False
    first, second = sorted((item, other), key=lambda m: m.start)
    if _JOINED.search(text[first.end : second.start]):
        return False
    words = text[item.start : item.end]
    return words in key(other.names[0]) and words not in text[other.start : other.end] and other.names[0] not in item.names[:1]
