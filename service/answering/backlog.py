"""What is not finished yet: what came in (受理, 收) less what was done (办结), as the document's prose counts both."""

import itertools
import re

from service.amounts import Amount, plain
from service.answering import quoting, tallies
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence
from service.answering.units import Unit
from service.records import DocumentInfo

MOST_DOCUMENTS = 3
_ASKED = re.compile(
    r"(?:没|未|没有)(?:能)?(?:办|审|执|结|处理|办理|了|查|调解|完)+(?:完|结|掉|好)?|(?:还|尚)(?:剩|有)[^,。?]{0,8}(?:在办|在审|积压)|未结|存案|积压"
)
_NUMBER = re.compile(r"多少|几[件起宗个]")
_CAME = re.compile(r"(?:受理|收到|接收|接到|接报|登记|立案|收案|新收|收)[^，,；;。\d]{0,14}$")
_DONE = re.compile(r"(?:办结|审结|执结|审执结|结案|办理完毕|化解|处理完毕|处结|办复)[^，,；;。\d]{0,10}$")
_ELSEWHEN = re.compile(r"上年|去年|累计|以来|历年")
"""Counts of another time."""
_COUNTS = ("件", "起", "宗", "个", "项")


def tell(desk: Desk) -> list[Sentence] | None:
    """What came in less what was done; None where that is not asked or not printed."""
    text = desk.plan.topic or desk.plan.text
    if not _ASKED.search(text) or not _NUMBER.search(text) or len(desk.documents) > MOST_DOCUMENTS:
        return None
    made = [s for info in desk.documents if (s := _of(desk, info)) is not None]
    return made or None


def _of(desk: Desk, info: DocumentInfo) -> Sentence | None:
    for unit in quoting.reading(desk, info).units:
        if not unit.is_row and (found := _both(unit)) is not None:
            return _sentence(desk, info, unit, *found)
    return None


def _both(unit: Unit) -> tuple[Amount, Amount] | None:
    """(came in, done) of a stretch, one told right behind the other and no smaller."""
    told = [t.amount for t in tallies.figures(unit) if t.amount.unit in _COUNTS]
    for first, second in itertools.pairwise(told):
        came, done = unit.text[: first.start], unit.text[first.end : second.start]
        if _ELSEWHEN.search(came):
            continue
        if _CAME.search(came) and _DONE.search(done) and first.unit == second.unit and first.value >= second.value:
            return first, second
    return None


def _sentence(desk: Desk, info: DocumentInfo, unit: Unit, came: Amount, done: Amount) -> Sentence:
    labels = tallies.cited(desk, info, unit)
    value = plain(came.value - done.value)
    terms = tuple(tallies.term(desk, labels, a) for a in (came, done))
    text = f"{info.year}年还有{value}{came.unit}没有办结（{tallies.shown(came)} − {tallies.shown(done)}）。"
    return Sentence(text, labels, (Derivation(value, came.unit, Operation.DIFFERENCE, terms),))
