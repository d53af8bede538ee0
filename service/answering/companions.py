"""Two counts asked in one breath (有几辆、新买几辆; 几批、多少人次): the one that an answer leaves out, in the document's words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.answering import counting, quoting
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.material import part
from service.records import DocumentInfo
from service.text import normal

MOST_DOCUMENTS = 2
_CLAUSE = re.compile(r"[^；;。]+[；;。]?")


@dataclass(frozen=True, slots=True)
class _Count:
    """A count: how it is asked for, and how prose prints it."""

    asked: re.Pattern[str]
    printed: re.Pattern[str]


_COUNTS = (
    _Count(
        re.compile(r"(?:买|购置?|添置?|更新)[^,。;]{0,6}(?:几|多少)[辆台]|(?:几|多少)[辆台][^,。;]{0,4}(?:新买|新购|购置)"),
        re.compile(r"(?:购置|购买|购入|更新)(?:公务用?车|车辆)?(?:购置)?(?:数)?[^\d,;。]{0,4}\d+[辆台]"),
    ),
    _Count(
        re.compile(r"(?:有|保有)[^,。;]{0,4}(?:几|多少)[辆台]|车[^,。;]{0,4}(?:几|多少)[辆台]"),
        re.compile(r"(?:保有量?|共有|实有)[^\d;。]{0,12}\d+[辆台]"),
    ),
    _Count(
        re.compile(r"(?:接待|来访|客)[^。;]{0,16}(?:几|多少)(?:个)?(?:人次|人)"),
        re.compile(r"接待[^;。]{0,30}?\d+人"),
    ),
    _Count(
        re.compile(r"(?:接待|来访|客)[^。;]{0,16}(?:几|多少)(?:个)?批"),
        re.compile(r"接待[^;。]{0,30}?\d+(?:个)?批"),
    ),
)
_SAID = re.compile(r"\d+(?:个)?(?:辆|台|人次|人|批)")


def completed(desk: Desk, told: Sequence[Sentence]) -> list[Sentence]:
    """The sentences told, and of two counts that the question asks for the one that they leave out."""
    text = desk.plan.topic or desk.plan.text
    asked = [count for count in _COUNTS if count.asked.search(text)]
    if len(asked) < 2 or not 0 < len(desk.documents) <= MOST_DOCUMENTS:
        return list(told)
    added: list[Sentence] = []
    for count in asked:
        for info in desk.documents:
            added += _missing(desk, info, count, [*told, *added])
    return [*told, *added]


def _missing(desk: Desk, info: DocumentInfo, count: _Count, told: Sequence[Sentence]) -> Iterator[Sentence]:
    """The first clause of prose that prints a count (of guests from abroad last), unless its figure is told."""
    alien = counting.foreign(desk.plan.text)
    said = normal("".join(s.text for s in told))
    for unit in sorted(quoting.reading(desk, info).units, key=lambda u: not alien and counting.foreign(u.form)):
        if unit.is_row or not count.printed.search(unit.form):
            continue
        for clause in _CLAUSE.finditer(unit.text):
            match = count.printed.search(normal(clause[0]))
            if match is None:
                continue
            figure = next(reversed(_SAID.findall(match[0])), match[0]).removesuffix("次")
            if not re.search(rf"(?<![\d.]){re.escape(figure)}", said):
                places = part(unit.passage, unit.start + clause.start(), unit.start + clause.end())
                labels = tuple(desk.book.cite(info, unit.passage.section, place) for place in places)
                yield Sentence(f"文件写明：「{clause[0].rstrip('。；;，')}」。", labels)
            return
