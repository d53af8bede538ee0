"""Where performance forms fall short: the indicators under their target, and those of one form that lost points."""

import re
from collections.abc import Sequence

from service.answering import indicators, project_forms
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.plan import Ask
from service.records import DocumentInfo, Indicator, Stated

MOST_TOLD = 12
_UNMET = re.compile(r"(?:没有?|未|不)(?:达标|达到(?:目标|指标)?|达成|完成(?!率))|低于目标|扣分")
_WHICH = re.compile(r"哪[些几个]|什么项目|有谁|列出")
_LOST = re.compile(r"扣分|扣了?[\d几多]*分|失分|丢分")
_NUMBER = re.compile(r"^指标\d+[:：]")
_KINDS = ("满意度", "覆盖率", "完成率", "及时率", "办结率", "合格率")
"""What indicators are called by their last characters."""


def tell(desk: Desk) -> list[Sentence] | None:
    """The indicators that fall short; None where the question asks for none, or does not say of which kind or form."""
    text = desk.plan.topic or desk.plan.text
    if len(desk.documents) != 1:
        return None
    info = desk.documents[0]
    known = desk.material.indicators(info.doc)
    if _WHICH.search(text) and _UNMET.search(text) and (kinds := [kind for kind in _KINDS if kind in text]):
        return _of_kind(desk, info, known, kinds)
    if desk.plan.ask is Ask.WHY and _LOST.search(text):
        return _of_form(desk, info, known, text)
    return None


def _of_kind(desk: Desk, info: DocumentInfo, known: Sequence[Indicator], kinds: Sequence[str]) -> list[Sentence] | None:
    """All indicators of a kind that are under their target; those without a target printed as reached are not told."""
    short = [i for i in known if key(i.item).endswith(tuple(kinds)) and _under(i)]
    return [s for i in short[:MOST_TOLD] for s in indicators.statements(desk, info, i, whose=True)] or None


def _of_form(desk: Desk, info: DocumentInfo, known: Sequence[Indicator], text: str) -> list[Sentence] | None:
    """The indicators of the one form named that lost points, with the reasons printed; where some have none, that is said."""
    named = project_forms.named(text, project_forms.of(desk, info))
    if len(named) != 1:
        return None
    of_form = [i for i in known if key(i.subject) == key(named[0].form.project)]
    if any(_name(i) in text for i in of_form):
        return None  # one indicator is asked about
    own = [i for i in of_form if _lost(i)]
    told = [s for i in own[:MOST_TOLD] for s in indicators.statements(desk, info, i)]
    if told and any(i.reason is None for i in own):
        told.append(Sentence("其余扣分文件未说明原因。" if any(i.reason for i in own) else "文件未说明原因。", told[-1].labels))
    return told or None


def _name(indicator: Indicator) -> str:
    """An indicator's name without its number, or what it is called by its end."""
    name = _NUMBER.sub("", key(indicator.item))
    return next((kind for kind in _KINDS if name.endswith(kind)), name)


def _under(indicator: Indicator) -> bool:
    """Whether what was reached is less than the target, of one unit."""
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None:
        return False
    return _comparable(target, actual) and target.value is not None and actual.value is not None and actual.value < target.value


def _comparable(target: Stated, actual: Stated) -> bool:
    return target.comparator not in ("≤", "<") and target.unit == actual.unit


def _lost(indicator: Indicator) -> bool:
    weight, score = indicator.weight, indicator.score
    return weight is not None and score is not None and score.value < weight.value
