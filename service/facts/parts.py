"""A fact → its part of the published record: by the statement or section it stands in, and by the official name of its item."""

import re
from enum import StrEnum, auto
from functools import lru_cache

from service.facts.sections import Topic
from service.records import Fact
from service.statements import Role
from service.text import normal


class Group(StrEnum):
    """A list of items in the record."""

    TOTALS = auto()
    SOURCES = auto()
    FUNCTIONAL_INCOME = auto()
    KINDS = auto()
    FUNCTIONAL = auto()
    ECONOMIC = auto()
    PERSONNEL = auto()
    PUBLIC = auto()
    PROJECTS = auto()
    THREE_PUBLIC = auto()
    ABROAD = auto()
    VEHICLES = auto()
    VEHICLE_PURCHASE = auto()
    VEHICLE_RUNNING = auto()
    RECEPTION = auto()
    MEETINGS = auto()
    TRAINING = auto()
    COUNTS = auto()
    RUNNING_COSTS = auto()
    PROCUREMENT = auto()
    GOODS = auto()
    WORKS = auto()
    SERVICES = auto()
    SME = auto()
    MICRO = auto()
    OTHER_PROCUREMENT = auto()
    ASSETS = auto()
    STAFF = auto()
    UNITS = auto()
    PERFORMANCE = auto()
    OTHER = auto()


def _named(*rows: tuple[str, Group]) -> tuple[tuple[re.Pattern[str], Group], ...]:
    return tuple((re.compile(pattern), group) for pattern, group in rows)


_THREE_PUBLIC = _named(
    (r'"?三公"?经费(?:合计|总额|支出)*|合计', Group.THREE_PUBLIC),
    (r"因公出国", Group.ABROAD),
    (r"用车购置[及和]", Group.VEHICLES),
    (r"(?:公务)?用车购置费?|购置费", Group.VEHICLE_PURCHASE),
    (r"(?:公务)?用车运行|运行(?:维护)?费", Group.VEHICLE_RUNNING),
    (r"接待", Group.RECEPTION),
    (r"会议费", Group.MEETINGS),
    (r"培训费", Group.TRAINING),
)
_PROCUREMENT = _named(
    (r"小微企业", Group.MICRO),
    (r"中小企业", Group.SME),
    (r"货物", Group.GOODS),
    (r"工程", Group.WORKS),
    (r"服务", Group.SERVICES),
    (r"政府采购(?:支出|预算)?(?:总?金?额|合计)?(?:\(.*\))?$|^(?:合计|总计)$", Group.PROCUREMENT),
)
_MONEY = _named(
    (r"机关运行经费", Group.RUNNING_COSTS),
    (r"^人员经费", Group.PERSONNEL),
    (r"公用经费", Group.PUBLIC),
    (r"结转|结余", Group.TOTALS),
    (r"(?:收入|支出|收支)(?:预算|决算)?(?:总计|合计|总额|小计|总预算|总决算|预算)", Group.TOTALS),
    (r"^(?:收入|支出)(?:预算|决算)?$|^(?:总计|合计)$", Group.TOTALS),
    (r"基本支出|项目支出|经营支出|上缴上级支出|对附属单位补助支出|机动经费|专项业务经费|财政拨款支出$|预算支出$", Group.KINDS),
    (r"收入$|拨款$|拨款\(补助\)资金$|^其他资金$|预算资金$|^一般公共预算$|拨款\)$", Group.SOURCES),
    (r"^(?:工资福利|商品和服务|对个人和家庭(?:的)?补助|机关)|资本性支出|债务|对企业|对社会保障基金", Group.ECONOMIC),
)
NAMED_BY_THEMSELVES = frozenset(group for _, group in _THREE_PUBLIC)
"""Groups whose items are the same whatever row of a table they stand under."""
_BY_PART = {
    Role.APPRAISAL.value: Group.PERFORMANCE,
    Role.GOALS.value: Group.PERFORMANCE,
    Topic.APPRAISAL.value: Group.PERFORMANCE,
    Topic.WORK.value: Group.PERFORMANCE,
    Role.PROJECTS.value: Group.PROJECTS,
    Topic.ASSETS.value: Group.ASSETS,
    Topic.STAFF.value: Group.STAFF,
    Topic.UNITS.value: Group.UNITS,
}
_COUNTED = ("人数", "数量")
_CARRIED = re.compile(r"结转|结余")
_WHOLE = re.compile(
    r"(?:20\d\d年)?(?:(?:本年)?(?:收入|支出)?(?:合计|小计|总计|总额)|(?:年初|全年|调整|上年|本年)?(?:支出|收入|预算|决算|执行|统计)+(?:数|金额|总额)?(?:\(.*\))?"
    r"|金额|支出用途金额|.*(?:总分|分值|得分|执行率.*)|(?:财政拨款)?(?:预算|决算)数.*|增减.*|完成.*|占.*|.*机关运行经费支出|"
    r"一般公共预算(?:财政拨款)?|政府性基金预算(?:财政拨款)?|国有资本经营预算(?:财政拨款)?)"
)


def group(fact: Fact) -> Group:
    """The part of the record that a fact belongs to."""
    if fact.path and _CARRIED.search(normal(fact.path[-1])):
        return Group.TOTALS
    return _group(normal(fact.item), fact.part, fact.code or "", fact.measure, bool(fact.path))


def column(fact: Fact) -> str | None:
    """The column's name where it is a part of the item (基本支出, 事业收入); None where it is the whole."""
    if fact.column is None or _WHOLE.fullmatch(normal(fact.column)):
        return None
    return fact.column


def explained(about: str) -> str:
    """What a reason explains: budget, last_year or other."""
    words = normal(about)
    if re.search(r"上年|去年|比20\d\d|增长|下降|同比", words):
        return "last_year"
    if re.search(r"预算|完成", words):
        return "budget"
    return "last_year" if re.search(r"增加|减少", words) else "other"


@lru_cache(maxsize=8192)
def _group(name: str, part: str, code: str, measure: str, has_parents: bool) -> Group:
    if part == Topic.STAFF.value and "车" in name:
        return Group.ASSETS
    if part in _BY_PART:
        return _BY_PART[part]
    if part == Role.THREE_PUBLIC.value and measure in _COUNTED:
        return Group.COUNTS
    if part == Role.THREE_PUBLIC.value:
        return _first(_THREE_PUBLIC, name) or _first(_MONEY, name) or Group.OTHER
    if part == Role.PROCUREMENT.value:
        return _first(_PROCUREMENT, name) or Group.OTHER_PROCUREMENT
    if code:
        return _coded(part, code)
    if part == Role.RUNNING_COSTS.value:
        return Group.RUNNING_COSTS
    return _by_name(name, part, has_parents=has_parents)


def _by_name(name: str, part: str, *, has_parents: bool) -> Group:
    """The part of an item without a code."""
    found = _first(_THREE_PUBLIC[1:], name) if part in (Topic.MONEY.value, "") else None
    found = found or ((_first(_PROCUREMENT, name)) if "采购" in name or "企业" in name else None) or _first(_MONEY, name)
    if found is not None and not (has_parents and found in (Group.SOURCES, Group.KINDS)):
        return found
    if part == Role.INCOME.value:
        return Group.FUNCTIONAL_INCOME
    return Group.FUNCTIONAL if has_parents or name.endswith("支出") else Group.OTHER


def _coded(part: str, code: str) -> Group:
    if part == Role.INCOME.value:
        return Group.FUNCTIONAL_INCOME
    if part in (Role.BASIC.value, Role.FISCAL_BASIC.value, Role.RUNNING_COSTS.value) or code.startswith(("3", "5")):
        return Group.ECONOMIC
    return Group.FUNCTIONAL


def _first(rows: tuple[tuple[re.Pattern[str], Group], ...], name: str) -> Group | None:
    return next((found for pattern, found in rows if pattern.search(name)), None)
