"""The projects that a document lists with their money: in a table of projects, or each in a form of its goals."""

import re
from collections.abc import Iterable, Sequence

from service import amounts
from service.amounts import YUAN
from service.answering import choosing
from service.answering.choosing import Group
from service.answering.matching import key
from service.records import DocumentInfo, Fact

_SUM_ROW = re.compile(r"^(?:合计|总计|小计)|(?:合计|总计|小计)$")
_UNIT = re.compile(r"(?:中心|本级|机关|局|委|所|站|院|校|馆|园|队|部|厅|办公室|联合会)$")
FUND = re.compile(r"[（(][^（()）]*(?:资金|拨款)[)）]$")
"""A project's name with one of its funds."""
_BUDGETS = ("预算", "年初预算", "全年预算")
_COUNT = re.compile(r"(\d{1,3}|[一二三四五六七八九十]{1,3})个(?:[\u4e00-\u9fff]{0,4}?)(?:项目|专项)")


def lists(info: DocumentInfo, facts: Sequence[Fact], text: str = "") -> list[list[Group]]:
    """The lists of projects, a table of them first; none of fewer than the question says that there are.

    Args:
        info: the document.
        facts: its facts of the year.
        text: the question.
    """
    said = _COUNT.search(text)
    number = 0 if said is None else int(said[1]) if said[1].isdigit() else amounts.chinese(said[1]) or 0
    return [groups for groups in (_rows(info, facts), _forms(info, facts)) if len(groups) >= max(2, number)]


def _rows(info: DocumentInfo, facts: Sequence[Fact]) -> list[Group]:
    """Of a table of projects."""
    own = [f for f in facts if f.part == "projects" and choosing.is_whole(f) and not _SUM_ROW.search(key(f.item))]
    return _grouped(info, ((_project(f), f) for f in own))


def _project(fact: Fact) -> str:
    """Its name; a row that names the unit that spends it stands under it."""
    named = [name for name in (fact.item, *reversed(fact.path)) if not _UNIT.search(key(name))]
    return named[0] if named else fact.item


def _forms(info: DocumentInfo, facts: Sequence[Fact]) -> list[Group]:
    """Of forms of goals, one for each project; of its funds only where it has one alone."""
    own = [f for f in facts if f.part == "performance appraisal" and f.measure in _BUDGETS and f.unit in YUAN and not f.code]
    own = [f for f in own if "整体" not in f.where and "整体" not in f.item and not f.path]
    wholes = [(f.item, f) for f in own if not FUND.search(f.item)]
    known = {name for name, _ in wholes}
    funds: dict[str, list[Fact]] = {}
    for fact in own:
        if FUND.search(fact.item) and (name := FUND.sub("", fact.item)) not in known:
            funds.setdefault(name, []).append(fact)
    # Several funds would have to be added up; then the list lacks this project, and is none.
    several = any(len({f.item for f in of}) > 1 for of in funds.values())
    return [] if several else _grouped(info, [*wholes, *((name, f) for name, of in funds.items() for f in of)])


def _grouped(info: DocumentInfo, named: Iterable[tuple[str, Fact]]) -> list[Group]:
    """One group for each project; rows of one project by several units have no figure of their own."""
    together: dict[str, list[Fact]] = {}
    for name, fact in named:
        together.setdefault(name, []).append(fact)
    single = all(
        len({f.place.quote for f in of if f.measure == of[0].measure and f.column == of[0].column}) == 1 for of in together.values()
    )
    return [Group(info, name, tuple(of), 0.0) for name, of in together.items()] if single else []
