"""A question about one project's form → what the form prints: score, money, indicators, aims, who carries it out; two forms compared."""

import re
from collections.abc import Iterator, Sequence

from service.answering import comparing, indicators, project_forms, resemblance, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.plan import Ask
from service.answering.project_forms import Form, Named
from service.records import Fact, Indicator
from service.text import normal

MOST_FORMS = 4
MOST_INDICATORS = 4
MOST_DOCUMENTS = 3
LONGEST = 260
"""Longest aim (characters) that is quoted whole."""
LEAST_AIM = 6
"""A shorter text (characters) is no aim."""
LEAST_NAMED = 3
LEAST_ASKED = 2
"""An indicator is named by so many characters that stand together, fewer where an indicator is asked for in so many words."""

_SCORE = re.compile(r"总分|得分|评分|[几多]少?分|几分|打了?分|自评分|分数")
_TOTAL = re.compile(r"总分|总得分|总评|自评(?:总|得)?(?:分|了?[几多])|项目(?:得|打)了?[几多]")
_OF_RATE = re.compile(r"执.率[^,。]{0,4}(?:得|[几多]少?分)|执.[率情][^。]{0,10}[,、?][^,。]{0,6}(?:得|[几多]少?分)")
"""The score of the row that prints the money is asked for."""
_MONEY = re.compile(r"预算|批了?多少|执行|资金(?:多少|总额|是)|多少(?:钱|资金|万|元)|花了|金额|拨款")
_GOAL = re.compile(r"(?:年度|总体|绩效|预期|项目)的?(?:总体|绩效)?目标(?!值|完成值|人)|目标(?:是|有|写|定)?(?:什么|啥|哪|怎么)")
_DONE = re.compile(r"(?:实际|总体|目标)?完成情况|完成得(?:怎么样|如何|咋样)|完成了(?:什么|哪些)")
_CARRIER = re.compile(r"实施单位|(?:由|是)?(?:谁|哪个?(?:单位|部门))(?:来)?(?:实施|负责|做|干|管)|主管部门|负责人|联系人")
_INDICATOR = re.compile(
    r"指标|目标值|完成值|实际(?:值|完成)|定了|满分|权重|分值|扣|达到|达标|完成(?:了|是|多少|各)|目标(?:和|与|是|多少|定)"
)
_LOST = re.compile(r"扣|没(?:拿|得)?(?:到)?满分|没拿满|丢分|失分|只(?:得|拿|有)|偏差|没(?:有)?(?:达到|完成)")
_FORM_WORDS = re.compile(r"自评|项目|绩效|指标|目标|满意度|得分|总分|实施单位|主管部门|偏差|执行率")
_LEVEL = re.compile(r"数量|质量|时效|成本|社会效益|经济效益|生态效益|可持续影响|满意度|产出|效益")
_NUMBERED = re.compile(r"^指标\d+[:：.、]?")
_AIM_HEAD = re.compile(r"(?:年度)?(?:预期|总体|绩效|年度|年度总体|年度绩效)目标(?:\(.*\))?|项目(?:总)?目标")
_DONE_HEAD = re.compile(r"(?:总体|年度)?(?:目标)?(?:实际)?完成情况(?:\(.*\))?|全年实际完成情况")
_CARRIER_HEAD = re.compile(r"主管部门(?:及代码)?|(?:项目)?实施单位|(?:项目)?负责人|联系人")
_DULL = {
    "工作",
    "项目",
    "资金",
    "经费",
    "完成",
    "服务",
    "情况",
    "实际",
    "目标",
    "指标",
    "年度",
    "绩效",
    "得分",
    "人员",
    "单位",
    "多少",
}
_MEASURES = (
    ("得分", _SCORE),
    ("执行率", re.compile(r"执行率|完成率|执行得|花得(?:快|慢)")),
    ("执行数", re.compile(r"花|用了|执行数|支出")),
)


def tell(desk: Desk) -> list[Sentence] | None:
    """What the forms named say of what is asked; None where no form is named, or the question is about none."""
    text = desk.plan.topic or desk.plan.text
    if desk.plan.ask is Ask.DEFINITION or not _FORM_WORDS.search(text) or len(desk.documents) > MOST_DOCUMENTS:
        return None
    each = [project_forms.named(text, project_forms.of(desk, info))[:MOST_FORMS] for info in desk.documents]
    bodies = {one.form.info.org for found in each for one in found}
    if len(bodies) > 1 and desk.plan.choice.named:
        return _of_bodies(desk, each, text)
    for found in each:
        apart = len({(one.start, one.end) for one in found}) > 1
        if apart and re.search(r"哪|谁|更|比", text):
            if told := _compared(desk, found, text):
                return told
        elif found and (told := [s for one in found for s in _of_form(desk, one.form, _rest(text, found))]):
            return told
    return None


def _of_bodies(desk: Desk, each: Sequence[Sequence[Named]], text: str) -> list[Sentence] | None:
    """The forms of several bodies: compared where the question does, else each told."""
    first = [max(found, key=lambda one: one.weight) for found in each if found]
    if re.search(r"哪|谁|更|比", text) and (told := _compared(desk, first, text)):
        return told
    return [s for one in first for s in _of_form(desk, one.form, _rest(text, [one]))] or None


def _rest(text: str, found: Sequence[Named]) -> str:
    """The question without the words that name the projects."""
    for one in found:
        text = text[: one.start] + "#" * (one.end - one.start) + text[one.end :]
    return text


def _of_form(desk: Desk, form: Form, rest: str) -> Iterator[Sentence]:
    """What one form says; nothing where only its money is asked for, which the facts tell by themselves."""
    chosen = _chosen(project_forms.indicators(desk, form), rest)
    lost = [i for i in project_forms.indicators(desk, form) if i.reason is not None] if _LOST.search(rest) and not chosen else []
    if lost and desk.plan.ask is Ask.WHY and any(key(r.item) == key(form.project) for r in desk.material.reasons(form.info.doc)):
        lost = []  # the prose gives the project's reason
    aims = [s for asked, head in ((_GOAL, _AIM_HEAD), (_DONE, _DONE_HEAD)) if asked.search(rest) for s in _cells(desk, form, head)]
    carriers = [*_cells(desk, form, _CARRIER_HEAD, short=True)] if _CARRIER.search(rest) else []
    of_rate = _OF_RATE.search(rest) is not None and not chosen
    score = project_forms.total(desk, form) if _SCORE.search(rest) and (_TOTAL.search(rest) or not (chosen or of_rate)) else None
    if not (chosen or lost or aims or carriers or score or of_rate):
        return
    if score is not None:
        yield from _scores(desk, form, score)
    money = project_forms.money(desk, form, scored=of_rate) if of_rate or (_MONEY.search(rest) and not (chosen and not score)) else []
    if money:
        yield _row(desk, form, money)
    for indicator in (*chosen, *lost):
        told = list(indicators.statements(desk, form.info, indicator))
        yield from told
        if told and desk.plan.ask is Ask.WHY and indicator.reason is None:
            yield Sentence("文件未说明原因。", told[0].labels)
    yield from aims
    yield from carriers


def _scores(desk: Desk, form: Form, score: Fact) -> Iterator[Sentence]:
    """The form's score, after the prose's where that is another."""
    for fact in project_forms.told(desk, form):
        if fact.measure == "得分" and fact.value != score.value:
            yield desk.statement(Group(form.info, fact.item, (fact,), 0.0), "得分")
            break
    yield desk.statement(Group(form.info, score.item, (score,), 0.0), "得分")


def _row(desk: Desk, form: Form, facts: Sequence[Fact]) -> Sentence:
    """The row that prints the project's money, whole: the measures that the question names are not all that a reader needs."""
    group = Group(form.info, facts[0].item, tuple(facts), 0.0)
    clauses = [wording.clause(fact, form.info.kind) for fact in wording.ordered(facts)]
    title = wording.title(facts[0].where)
    return Sentence(f"{desk.subject(group)}（《{title}》）：{'，'.join(clauses)}。", desk.cite(group, facts))


def _chosen(known: Sequence[Indicator], rest: str) -> list[Indicator]:
    """The indicators of a form that the question names: by whose satisfaction, by a stretch of the name, by their level."""
    if "满意" in rest:
        satisfied = [i for i in known if "满意" in "".join((i.item, *i.path))]
        whose = indicators.WHOSE.search(rest[: rest.find("满意")])
        return [i for i in satisfied if whose is not None and whose[0] in normal(i.item)] or satisfied
    asked = _INDICATOR.search(rest) or _SCORE.search(rest) or _LOST.search(rest)
    least = LEAST_ASKED if _INDICATOR.search(rest) else LEAST_NAMED
    if not asked:  # what was reached, the prose may tell, too
        known = [i for i in known if i.actual is None]
    plain = re.sub(r"年度|绩效|目标|指标值?|完成值?|得分|扣分|实际|多少|为什么|项目|自评", "#", rest)
    held = [(end - start, plain[start:end], i) for i in known for start, end in [resemblance.common(plain, _name(i))]]
    longest = max((length for length, words, _ in held if words not in _DULL), default=0)
    if longest >= least:
        return [i for length, words, i in held if length == longest and words not in _DULL][:MOST_INDICATORS]
    level = _LEVEL.search(rest)
    if level is not None and "指标" in rest:
        return [i for i in known if any(level[0] in part for part in i.path)][:MOST_INDICATORS]
    return []


def _name(indicator: Indicator) -> str:
    return _NUMBERED.sub("", key(indicator.item))


def _cells(desk: Desk, form: Form, head: "re.Pattern[str]", *, short: bool = False) -> Iterator[Sentence]:
    """What stands beside or below a heading of the form, verbatim."""
    rows = form.table.rows
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if not head.fullmatch(normal(cell.text)):
                continue
            beside = next((c for c in row[column + 1 :] if c.text), None)
            if beside is not None and (short or _is_aim(beside.text)):
                at, text = number, beside.text
            elif not short and number + 1 < len(rows) and _is_aim(rows[number + 1][column].text):
                at, text = number + 1, rows[number + 1][column].text
            else:
                continue
            label = desk.book.cite(form.info, form.table.title, form.table.place(at), items=(form.project,), head=form.table.title)
            name = re.sub(r"\(.*", "", normal(cell.text))
            yield Sentence(f"{form.name}的{name}：「{_cut(text)}」。", (label,))


def _is_aim(text: str) -> bool:
    form = normal(text)
    return len(form) >= LEAST_AIM and not _DONE_HEAD.fullmatch(form) and not _AIM_HEAD.fullmatch(form)


def _cut(text: str) -> str:
    text = text.strip().rstrip("。；;")
    if len(text) <= LONGEST:
        return text
    cut = max(text.rfind(stop, 0, LONGEST) for stop in "。；;，,")
    return text[:cut] if cut > 0 else text[:LONGEST]


def _compared(desk: Desk, found: Sequence[Named], text: str) -> list[Sentence] | None:
    """Two forms side by side, by score, rate, spending or budget."""
    measures = [name for name, pattern in _MEASURES if pattern.search(text)] or ["全年预算"]
    sides: list[tuple[Group, Fact, str]] = []
    for one in found:
        facts = (
            [f for f in (project_forms.total(desk, one.form),) if f is not None]
            if measures[0] == "得分"
            else project_forms.money(desk, one.form)
        )
        fact = next((f for f in facts if f.measure == measures[0]), None) or next(
            (f for f in facts if measures[0] == "全年预算" and f.measure in ("预算", "年初预算")), None
        )
        if fact is None:
            return None
        group = Group(one.form.info, fact.item, tuple(facts), 0.0)
        sides.append((group, fact, desk.label(group, fact)))
    verdict = comparing.greater(desk, sides)
    told = [_row(desk, one.form, group.facts) for one, (group, _, _) in zip(found, sides, strict=True)]
    return [verdict, *told] if verdict else told
