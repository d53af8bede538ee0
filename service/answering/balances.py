"""How the balance at the year's end stands to that at its beginning (年末结转和结余 − 年初结转和结余), where both are printed."""

import re

from service.amounts import YUAN
from service.answering import deriving, wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence, Term
from service.answering.matching import key
from service.records import DocumentInfo, Fact

_ASKED = re.compile(r"年[末底终][^,。]{0,10}[比较和跟与][^,。]{0,4}年初|年初[^,。]{0,8}(?:到|和|与|跟)[^,。]{0,2}年[末底终]")
_CHANGE = re.compile(r"多(?!少)|(?<!多)少|增|减|差|变")
_BALANCE = re.compile(r"结转|结余")


def tell(desk: Desk) -> list[Sentence] | None:
    """Both balances and their difference; None where that is not asked or one of them is not printed."""
    text = desk.plan.topic or desk.plan.text
    if not _ASKED.search(text) or not _CHANGE.search(text) or not _BALANCE.search(text):
        return None
    made = [s for info in desk.documents if (s := _of(desk, info)) is not None]
    return made or None


def _of(desk: Desk, info: DocumentInfo) -> Sentence | None:
    facts = [f for f in desk.material.facts(info.doc) if f.unit in YUAN and f.year in (info.year, None)]
    for last in (f for f in facts if key(f.item).startswith("年末结转")):
        first = next((f for f in facts if key(f.item).startswith("年初结转") and _of_one(f, last)), None)
        if first is not None:
            return _sentence(desk, info, first, last)
    return None


def _of_one(first: Fact, last: Fact) -> bool:
    """Whether both are balances of the same money, as one table's column or one section prints them."""
    return (first.where, first.unit, first.measure, first.column, first.scope) == (
        last.where,
        last.unit,
        last.measure,
        last.column,
        last.scope,
    )


def _sentence(desk: Desk, info: DocumentInfo, first: Fact, last: Fact) -> Sentence:
    terms = tuple(Term(desk.label(Group(info, f.item, (f,), 0.0), f), f.printed, f.unit) for f in (last, first))
    if first.value == last.value:
        return Sentence(f"{info.year}年{last.item}与{first.item}持平，都是{wording.figure(last)}。", deriving.labels(terms))
    found = deriving.apart(last, first, terms)
    sides = f"{info.year}年{last.item}（{wording.figure(last)}）比{first.item}（{wording.figure(first)}）"
    text = f"{sides}{found.way}{found.value}{found.unit}。"
    return Sentence(text, deriving.labels(terms), (found.derivation,))
