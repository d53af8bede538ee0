"""Which items stayed as they were: as last year, or as budgeted; by their figures, or where the document says so in words."""

import re
from collections.abc import Sequence

from service.answering import quoting, ranking, tallies, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence, Term
from service.answering.plan import Ask
from service.answering.units import Unit
from service.records import DocumentInfo, Fact, Kind
from service.text import normal

FEWEST = 2
"""A count is of so many items at least."""
_ASKED = re.compile(r"持平|没有?变化|没变|不变|相等|一致|一样")
_WHICH = re.compile(r"哪[些几]个?[^,。]{0,8}(?:科目|支出|项|类|款)|(?:科目|支出|项|类|款)[^,。]{0,6}(?:有|是)哪[些几]|什么(?:科目|支出)")
_BUDGET = re.compile(r"预算")
_PRIOR = re.compile(r"上年|去年|上一年|20\d\d年")
_SAID = re.compile(r"[,，]?(?:与|和|同|跟|比|较)?(?:上年|去年|上一年|20\d\d年)[^,。;]{0,10}?(?<!基本)持平")
"""Right behind an item's figure."""


def tell(desk: Desk) -> list[Sentence] | None:
    """The items that stayed as they were, with their number; None where that is not asked, or where none did."""
    text = desk.plan.topic or desk.plan.text
    if desk.plan.ask in (Ask.WHY, Ask.DEFINITION) or desk.plan.items or not (_ASKED.search(text) and _WHICH.search(text)):
        return None
    if len({d.org for d in desk.documents}) != 1:
        return None
    for info in sorted(desk.documents, key=lambda d: (d.kind is not Kind.FINAL, -(d.year or 0))):
        # A final account's items are held against its budget, a budget's against last year, where the question does not say.
        prior = _PRIOR.search(text) is not None or (info.kind is Kind.BUDGET and not _BUDGET.search(text))
        for domain in ranking.domains(desk, info, text):
            if told := _told(desk, info, domain, prior=prior):
                return told
    return None


def _told(desk: Desk, info: DocumentInfo, domain: Sequence[Group], *, prior: bool) -> list[Sentence]:
    value = ranking.change if prior else ranking.excess
    level = [row for row in ranking.valued(domain, value) if row.value == 0]
    known = {row.group.item for row in level}
    told = [(row.group.item, ranking.stated(desk, row, ""), desk.terms(row.group, row.facts[0])[0]) for row in level]
    if prior:
        units = [unit for unit in quoting.reading(desk, info).units if not unit.is_row and "持平" in unit.form]
        for group in domain:
            fact = group.measure("决算", "预算")
            unit = next((u for u in units if fact is not None and _is_said(u, fact)), None)
            if fact is None or unit is None or group.item in known:
                continue
            known.add(group.item)
            labels = tallies.cited(desk, info, unit)
            # A figure that a page break parts from its unit is not repeated.
            clause = f"{wording.clause(fact, info.kind)}，与上年持平" if len(labels) == 1 else "与上年持平"
            label = next((one for one in labels if normal(fact.printed) in normal(desk.book.items[one].place.quote)), labels[0])
            told.append((group.item, Sentence(f"{desk.subject(group)}：{clause}。", labels), Term(label, fact.printed, fact.unit)))
    if len(told) < FEWEST:
        return [sentence for _, sentence, _ in told]
    count, terms = str(len(told)), tuple(term for _, _, term in told)
    names = "、".join(wording.subject(item, None) for item, _, _ in told)
    labels = tuple(dict.fromkeys(term.label for term in terms))
    lead = f"{'与上年' if prior else '决算与预算'}持平的有{count}项：{names}。"
    return [Sentence(lead, labels, (Derivation(count, "项", Operation.COUNT, terms),)), *(sentence for _, sentence, _ in told)]


def _is_said(unit: Unit, fact: Fact) -> bool:
    """Whether a sentence goes on behind a figure that it is as last year's."""
    quote = normal(fact.place.quote)
    at = unit.form.find(quote)
    return at >= 0 and _SAID.match(re.sub(r"^(?:万元|元)", "", unit.form[at + len(quote) :])) is not None
