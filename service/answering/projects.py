"""The self-evaluated projects of a document together: which meet a condition, which has most or least, what they sum up to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from service.amounts import YUAN, plain
from service.answering import bounds, deriving, populations, shortening, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.answering.matching import key
from service.answering.plan import Ask
from service.records import DocumentInfo, Fact

MOST_TOLD = 12
"""So many projects are told."""
_ABOUT = re.compile(rf"项目(?!支出(?!绩效))|自评|绩效|{populations.SPECIAL}")
_MANY = re.compile(r"哪[些几个一两二三四五六]|[两二三四五六七八九十\d]个|最|谁|各(?:项目|个)|所有|全部|几个")
_NO_NAME = re.compile(
    r"合计|总计|[（(][^（()）]*(?:资金|拨款)[)）]$|^(?:二级|一级|绩效自评|部门评价|重点|财政评价|纳入)?项目$|整体支出|^自评"
)
_MEASURES = ("年初预算", "全年预算", "执行数", "执行率")
_NOTHING = re.compile(
    r"(?:执行|支出|花|用|完成)(?:率|数)?(?:都|全|均)?(?:是|为|等于)?(?:0|零)(?![.\d])|一分(?:钱)?(?:都|也)?(?:没|未)|(?:没有|没|未)(?:执行|支出|花钱|动)(?!完|到位)|(?:执行|支出)[^,。]{0,4}[是为](?:0|零)(?![.\d])"
)
_WHOLLY = re.compile(r"(?:执行|完成)率?[^,。]{0,6}(?:100|百分之百|百分百)%?(?!以)|全部(?:执行|花)完|(?:执行|花)完了")
_MARKS = ("得分", "总分", "分数", "自评分")
_MEASURED = re.compile(rf"(?P<measure>执行率|完成率|{'|'.join(_MARKS)}|预算|执行数|资金)[^,。\d不没未无]{{0,8}}$")
"""What a bound is of: the last of these right before it."""
_LEAST = re.compile(r"[更最]?[低少小差慢](?!于)|垫底")
_SUPERLATIVE = re.compile(r"[更最][高低多少大小好差快慢]|(?:哪|谁)[^,。]{0,14}[高低多少大小好差快慢](?![于少])")
_SUM = re.compile(r"一共|合计|总共|共计|[加凑合]起?来|[加凑]在?一(?:块|起)|总额|总和|之和|共(?:有)?(?:多少|安排|涉及|花)")
_SPENT = re.compile(r"执行(?!率)|花|用掉|用了|支出|实际")
_SCORE = re.compile(r"得分|总分|分数|几分|多少分|自评分|打分|评分")
_RATE = re.compile(r"执行率|完成率|执行得|进度")
_MONEY = re.compile(r"预算|资金|经费|钱|金额|执行|花|用|支出")


@dataclass(frozen=True, slots=True)
class _Project:
    """A project with its figures by measure, 得分 being the form's total."""

    name: str
    info: DocumentInfo
    facts: dict[str, Fact]

    def told(self, *measures: str) -> tuple[Fact, ...]:
        """Its figures of these measures, in the order given."""
        return tuple(self.facts[m] for m in measures if m in self.facts)

    @property
    def budget(self) -> Fact | None:
        """The budget that the rate is taken of."""
        return self.facts.get("全年预算") or self.facts.get("年初预算")


def tell(desk: Desk) -> list[Sentence] | None:
    """What is asked of the projects together; None where the question is not about several of them."""
    text = desk.plan.topic or desk.plan.text
    if desk.plan.ask in (Ask.WHY, Ask.DEFINITION) or not _ABOUT.search(text) or not (_MANY.search(text) or _SUM.search(text)):
        return None
    if len({d.org for d in desk.documents}) != 1 or not (_MONEY.search(text) or _SCORE.search(text) or _RATE.search(text)):
        return None
    for info in desk.documents:
        facts = desk.material.facts(info.doc)
        # The tasks of the department's own form are no projects, where projects have forms of their own.
        of_projects = _projects([f for f in facts if "整体" not in f.where], info)
        held = of_projects if len(of_projects) > 1 else _projects(facts, info)
        if len(held) > 1 and (told := _asked(desk, held, text)):
            return told
    return None


def _projects(facts: Sequence[Fact], info: DocumentInfo) -> list[_Project]:
    """The projects whose money or total score the document prints, forms before prose, in the order of the document."""
    found: dict[str, dict[str, Fact]] = {}
    names: dict[str, str] = {}
    # What prose tells with its outcome is a project, not a sum of them.
    spent = {f.item for f in facts if f.source == "text" and f.measure in ("执行率", "执行数")}
    for source in ("table", "text"):
        for fact in facts:
            if fact.source != source or fact.part not in ("performance appraisal", "appraisal") or _NO_NAME.search(fact.item):
                continue
            score = fact.measure == "得分" and (fact.column == "总分" or source == "text")
            if not score and (fact.measure not in _MEASURES or (fact.measure != "执行率" and fact.unit not in YUAN)):
                continue
            name = key(fact.item)
            if source == "text" and name not in found and not score and fact.measure != "执行率" and fact.item not in spent:
                continue
            names.setdefault(name, fact.item)
            found.setdefault(name, {}).setdefault(fact.measure, fact)
    made = [_Project(names[name], info, own) for name, own in found.items() if "执行数" in own or "执行率" in own or "得分" in own]
    return [p for p in made if not any(_is_told_again(p, other) for other in made)]


def _is_told_again(project: _Project, other: _Project) -> bool:
    """Whether prose tells a form's project by a shorter name: the same money, and no character of its own in its name."""
    money = ("全年预算", "执行数")
    same = all(m in project.facts and m in other.facts and project.facts[m].value == other.facts[m].value for m in money)
    in_prose = all(f.source == "text" for f in project.facts.values())
    short, full = key(project.name), key(other.name)
    return same and in_prose and len(short) < len(full) and shortening.may_be_short(short, full)


def _asked(desk: Desk, held: Sequence[_Project], text: str) -> list[Sentence] | None:
    if (meets := _condition(text)) is not None:
        fitting = [p for p in held if meets(p)]
        return [_statement(desk, p, *_MEASURES, *(("得分",) if _SCORE.search(text) else ())) for p in fitting[:MOST_TOLD]] or None
    if _SUM.search(text) and not _SUPERLATIVE.search(text):
        return _sum(desk, held, text)
    if _SUPERLATIVE.search(text):
        return _ranked(desk, held, text)
    return None


def _condition(text: str) -> Callable[[_Project], bool] | None:
    """What a project must meet; None where the question names no condition."""
    if _NOTHING.search(text):
        return lambda p: any(p.facts[m].value == 0 for m in ("执行数", "执行率") if m in p.facts)
    if (bound := bounds.find(text)) is not None:
        said = _MEASURED.search(text[: bound.start])
        if said is None:
            return None
        word = "执行率" if bound.unit == "%" and said["measure"] in ("预算", "资金") else said["measure"]

        def meets(project: _Project) -> bool:
            fact = _of(project, word)
            alike = fact is not None and (fact.unit == bound.unit or (fact.unit in YUAN and bound.unit in YUAN))
            return fact is not None and alike and bound.meets(deriving.yuan(fact))

        return meets if _in_unit(word, bound.unit) else None
    if _WHOLLY.search(text):
        return lambda p: "执行率" in p.facts and p.facts["执行率"].value == Decimal(100)
    return None


def _in_unit(word: str, unit: str) -> bool:
    """Whether what a word of the question means is printed in such a unit."""
    if word in ("执行率", "完成率"):
        return unit == "%"
    return unit == "分" if word in _MARKS else unit in YUAN


def _of(project: _Project, word: str) -> Fact | None:
    """The figure that a word of the question means."""
    if word in _MARKS:
        return project.facts.get("得分")
    if word in ("预算", "资金"):
        return project.budget
    if word == "完成率":
        return project.facts.get("执行率")
    return project.facts.get(word)


def _measure(text: str) -> Callable[[_Project], Fact | None]:
    if _RATE.search(text):
        return lambda p: p.facts.get("执行率")
    if _SCORE.search(text):
        return lambda p: p.facts.get("得分")
    if _SPENT.search(text) and "预算" not in text:
        return lambda p: p.facts.get("执行数")
    return lambda p: p.budget


def _ranked(desk: Desk, held: Sequence[_Project], text: str) -> list[Sentence] | None:
    """Every project with the figure asked for, the one asked for first."""
    measure = _measure(text)
    valued = [(p, f) for p in held if (f := measure(p)) is not None]
    if len(valued) < 2 or len({f.unit in YUAN for _, f in valued}) > 1:
        return None
    least = _LEAST.search(text) is not None
    order = sorted(valued, key=lambda pair: deriving.yuan(pair[1]) * (1 if least else -1))
    told = [_statement(desk, p, f.measure) for p, f in order[:MOST_TOLD]]
    ties = sum(1 for _, f in order if deriving.yuan(f) == deriving.yuan(order[0][1]))
    leads = ["最低的是" if least else "最高的是", *["并列的还有"] * (ties - 1), *[""] * len(told)]
    return [Sentence(f"{lead}{one.text}", one.labels) for lead, one in zip(leads, told, strict=False)]


def _sum(desk: Desk, held: Sequence[_Project], text: str) -> list[Sentence] | None:
    """The sum of all projects' budgets (or outcomes), each told, with the calculation."""
    spent = _SPENT.search(text) is not None and "预算" not in text
    # What prose tells only a score of is an appraisal, not one more project.
    held = [p for p in held if any(f.source == "table" or f.measure != "得分" for f in p.facts.values())]
    parts = [(p, f) for p in held if (f := p.facts.get("执行数") if spent else p.budget) is not None]
    if len(parts) != len(held) or len({f.unit for _, f in parts}) > 1 or len(parts) > MOST_TOLD:
        return None
    terms = tuple(Term(desk.label(_group(p), f), f.printed, f.unit) for p, f in parts)
    value, unit = plain(sum((f.value for _, f in parts), Decimal(0))), parts[0][1].unit
    shown = " + ".join(wording.figure(f) for _, f in parts)
    labels = tuple(dict.fromkeys(term.label for term in terms))
    whole = Sentence(f"合计{value}{unit}（{shown}）。", labels, (Derivation(value, unit, Operation.SUM, terms),))
    return [whole, *(_statement(desk, p, f.measure) for p, f in parts)]


def _group(project: _Project) -> Group:
    return Group(project.info, project.name, tuple(project.facts.values()), 0.0)


def _statement(desk: Desk, project: _Project, *measures: str) -> Sentence:
    facts = project.told(*measures) or tuple(project.facts.values())
    clauses = "，".join(wording.clause(f, project.info.kind) for f in facts)
    labels = tuple(dict.fromkeys(desk.label(_group(project), f) for f in facts))
    return Sentence(f"{wording.subject(project.name, project.info.year)}：{clauses}。", labels)
