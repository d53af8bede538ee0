"""Money for each of what is counted beside it in prose, or of figures that the question itself brings: 平均一人多少钱."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from service import amounts
from service.amounts import YUAN, Amount, Form, plain
from service.answering import picking, quoting, tallies, wording
from service.answering.choosing import Group
from service.answering.countables import UNITS
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.answering.plan import Ask
from service.answering.units import Unit
from service.records import DocumentInfo, Fact
from service.text import normal

MOST_DOCUMENTS = 2
ENOUGH = 0.5
"""Least share of the question's telling pairs of characters that a clause must hold."""
FEW = 3
"""Of more counts in one sentence none is the one meant."""
_COUNTED = r"人次|批次|个?人|批|次|场|辆|台|户|家|件|期|名|个|位"
_ASKED = re.compile(
    rf"(?:平均|人均|摊)[^,。]{{0,8}}?(?:每|一)?(?:一|个)?(?P<a>{_COUNTED})|每(?:一|个)*(?P<b>{_COUNTED})|除以|(?P<c>人|户|车|批)均|摊到"
)
_PERSON = re.compile(r"老人|职工|群众|学生|儿童|人员|干部|病人|患者|参保人|对象|孩子|户主")
_ALREADY = re.compile(r"[人户车批]均|平均每|每人次?(?:每|年)?\d|元/(?:人|户|年)")
"""The document prints an average itself."""
_MONEY = ("决算", "执行数", "预算", "年初预算")
_FORM = re.compile(
    r"20\d\d年?度?|平均|下来|每|一(?=[个人户家批场次辆年])|多少|几|一年|今年|去年|全年|摊到|人均|除以|分到|大概|大约|[的了在是发给拿到领得花用有能就个人位名户家次批场辆钱元]|支出|资金|经费"
)
"""Tells nothing of what is counted."""
_CLAUSE = re.compile(r"[^；;。]+[；;。]?")
_LAST = re.compile(r"(?:增至|增加到|增长到|减至|减少到|达到|约|为)\d")


def tell(desk: Desk) -> list[Sentence] | None:
    """The average with its calculation; None where none is asked for, or its operands are not printed together."""
    text = desk.plan.topic or desk.plan.text
    match = _ASKED.search(text)
    if match is None or desk.plan.ask in (Ask.WHY, Ask.DEFINITION) or not 0 < len(desk.documents) <= MOST_DOCUMENTS:
        return None
    if re.search(r"标准|限额", text):
        return None
    word = match["a"] or match["b"] or match["c"] or ""
    word = "人" if word in ("个人", "位") or (word in ("个", "") and _PERSON.search(text)) else word
    units = UNITS.get(word, "").split("|") if word else []
    own = [a for a in amounts.numbers(text) if a.form is Form.FIGURE and a.unit]
    for info in desk.documents:
        if (brought := _brought(desk, info, own)) is not None:
            return [brought]
        if units and (found := _of_item(desk, info, units) or _in_prose(desk, info, units, text)):
            return found
    return None


def _brought(desk: Desk, info: DocumentInfo, own: Sequence[Amount]) -> Sentence | None:
    """The question's own money by its own count, as far as the document prints both."""
    money = next((a for a in own if a.unit in YUAN), None)
    count = next((a for a in own if a.unit not in YUAN and a.unit not in ("%", amounts.POINTS)), None)
    if money is None or count is None or not count.value:
        return None
    sides = [found for one in (money, count) if (found := _printed(desk, info, one)) is not None]
    if len(sides) < 2:
        return None
    (u1, a1), (u2, a2) = sides
    first = tallies.term(desk, tallies.cited(desk, info, u1), a1)
    second = tallies.term(desk, tallies.cited(desk, info, u2), a2)
    return _sentence("", (a1, first), (a2, second))


def _printed(desk: Desk, info: DocumentInfo, asked: Amount) -> tuple[Unit, Amount] | None:
    """The sentence that prints a figure of the question, the one nearest to its words."""
    near = {a + b for a, b in pairwise(desk.plan.text)}
    found = [
        (sum(1 for pair in near if pair in unit.form), unit, told.amount)
        for unit in quoting.reading(desk, info).units
        if not unit.is_row
        for told in tallies.figures(unit)
        if amounts.same(told.amount.value, told.amount.unit, asked.value, asked.unit)
    ]
    best = max(found, key=lambda f: f[0], default=None)
    return None if best is None else best[1:]


def _of_item(desk: Desk, info: DocumentInfo, units: Sequence[str]) -> list[Sentence] | None:
    """An item's money by a count that the prose about it prints."""
    for groups in picking.chosen(desk)[:1]:
        for group in (g for g in groups if g.info.doc == info.doc):
            money = group.measure(*_MONEY)
            if money is None or money.unit not in YUAN or not money.value:
                continue
            beside = list(_about(desk, info, group, money))
            if any(_ALREADY.search(unit.form) for unit in beside):
                return None
            for unit in beside:
                count = _count(unit, units)
                if count is not None and count.value:
                    labels = tallies.cited(desk, info, unit)
                    term = Term(desk.label(group, money), money.printed, money.unit)
                    same = (t.amount for t in tallies.figures(unit) if amounts.same(t.amount.value, t.amount.unit, money.value, money.unit))
                    held = next(same, None)
                    if held is not None:
                        term = tallies.term(desk, labels, held)
                    pair = (Amount(money.value, money.unit, money.printed), term)
                    return [_sentence(group.item, pair, (count, tallies.term(desk, labels, count)))]
    return None


def _in_prose(desk: Desk, info: DocumentInfo, units: Sequence[str], text: str) -> list[Sentence] | None:
    """The one amount of money and the one count of a clause that the question's words are in."""
    asked = {a + b for word in re.split(r"[^\u4e00-\u9fff]+", _FORM.sub(" ", text)) for a, b in pairwise(word)}
    best: tuple[float, Unit, Amount, Amount] | None = None
    for unit in quoting.reading(desk, info).units:
        if unit.is_row:
            continue
        told = tallies.figures(unit)
        for clause in _CLAUSE.finditer(unit.text):
            here = [t for t in told if clause.start() <= t.amount.start < clause.end()]
            inside = [t.amount for t in here]
            money, counts = [a for a in inside if a.unit in YUAN], [a for a in inside if a.unit in units]
            form = normal(clause[0])
            if len(money) != 1 or len(counts) != 1 or not counts[0].value or not money[0].value or _ALREADY.search(form):
                continue
            if any(t.compared and t.amount in (*money, *counts) for t in here):
                continue
            held = sum(1 for pair in asked if pair in form) / len(asked) if asked else 0.0
            if held >= ENOUGH and (best is None or held > best[0]):
                best = (held, unit, money[0], counts[0])
    if best is None:
        return None
    labels = tallies.cited(desk, info, best[1])
    return [_sentence("", *((a, tallies.term(desk, labels, a)) for a in best[2:]))]


def _about(desk: Desk, info: DocumentInfo, group: Group, money: Fact) -> Iterator[Unit]:
    """The sentences of prose that name the item's money with a count, then those that stand right behind it."""
    prose = [unit for unit in quoting.reading(desk, info).units if not unit.is_row]
    name, printed = normal(group.item), normal(wording.figure(money))
    yield from (u for u in prose if printed in u.form.replace(",", ""))
    quote = normal(money.place.quote)
    yield from (u for u in prose if quote and name in u.before and quote[:20] in u.before)


def _count(unit: Unit, units: Sequence[str]) -> Amount | None:
    """The count of a sentence: of a change (由A增至B) what it came to."""
    counts = [t.amount for t in tallies.figures(unit) if t.amount.unit in units]
    reached = [a for a in counts if _LAST.search(unit.text[max(0, a.start - 3) : a.start + 1])]
    found = reached or counts
    return found[-1] if found and len(counts) <= FEW else None


def _sentence(item: str, money: tuple[Amount, Term], count: tuple[Amount, Term]) -> Sentence:
    (amount, first), (number, second) = money, count
    value = plain((amount.value * YUAN[amount.unit] / number.value).quantize(Decimal("0.01"), ROUND_HALF_UP))
    text = f"{item}平均每{number.unit}{value}元（{tallies.shown(amount)} ÷ {tallies.shown(number)}）。"
    labels = tuple(dict.fromkeys((first.label, second.label)))
    return Sentence(text, labels, (Derivation(value, "元", Operation.QUOTIENT, (first, second)),))
