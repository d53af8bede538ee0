"""How many there were (几批次, 几次会), in the document's words: the sentence that counts it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.answering import bodies, countables
from service.answering.countables import UNITS
from service.answering.draft import Sentence
from service.answering.material import EvidenceBook, Material, part
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Passage
from service.text import normal

ENOUGH = 0.5
"""Least share of the question's telling character pairs that the sentence must hold."""
MOST_DOCUMENTS = 3
FOREIGN = 0.2
"""What a sentence loses that counts guests from abroad, of whom the question says nothing."""
_ASKED = re.compile(r"(?:多少|几)(?:个)?(批次|批|拨(?!款)|人次|人|名|次|辆|台|套|户|家|件|场|条|起|处|张|份|平方米|所|期|支|项)")
_VEHICLES = re.compile(r"(?:共有|实有|保有)[^。；;]{0,12}车辆?[^。；;]{0,6}\d+\s*辆")
_FOREIGN = re.compile(r"国\(境\)外|境外|国外|外宾|外国|外方|外事")
_BUYING = re.compile(r"[买购]|更新|新增|添置|采购")
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_STOP = set("的了吗呢啊是在有和与及或把被为个多少什么怎么哪些几请问一共总分别各都也就还这那其它花用钱来去开过做干啥")


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence of a passage, and how much of the question it holds."""

    score: float
    info: DocumentInfo
    passage: Passage
    start: int
    end: int


def counted(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The sentences that count what the question asks the number of."""
    return list(_counts(plan, documents, material, book)) or None


def _counts(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> Iterator[Sentence]:
    if plan.ask is not Ask.LOOKUP or not 0 < len(documents) <= MOST_DOCUMENTS:
        return
    text = plan.topic or plan.text
    open_ = list(_ASKED.finditer(text))
    if not open_:
        return
    pairs = _pairs(_ASKED.sub(" ", text))
    nouns = [noun for match in open_ if (noun := _counted_noun(text, match))]
    units = "|".join(UNITS[match[1]] for match in open_)
    buying = _BUYING.search(text) is not None
    for info in documents:
        best = _best(info, material, pairs, lambda quote: _has(quote, units) and (not nouns or any(n in normal(quote) for n in nouns)))
        best = best or _best(info, material, pairs, lambda quote: _has(quote, units))
        if best is None and any(match[1] == "辆" for match in open_):
            best = _best(info, material, {"车辆"}, lambda quote: _VEHICLES.search(quote) is not None)
        if best is not None and buying and not _BUYING.search(best.passage.quote[best.start : best.end]):
            continue  # what is owned tells nothing of what is bought
        if best is not None and all(_has(best.passage.quote[best.start : best.end], UNITS[match[1]]) for match in open_[:1]):
            yield _quoted(best, book, documents)


def foreign(text: str) -> bool:
    """Whether a text (normal form) is about guests from abroad."""
    return _FOREIGN.search(text) is not None


def _counted_noun(text: str, match: "re.Match[str]") -> str:
    """What is counted, as the question says right after the unit: 会 in 几次会."""
    after = re.match(r"[\u4e00-\u9fff]{1,4}", text[match.end() :])
    word = re.sub(r"^(?:的|在|被|是|个)|[呢吗啊了的,]$", "", after[0]) if after else ""
    return word if 0 < len(word) <= 4 and not set(word) & _STOP else ""


def _best(info: DocumentInfo, material: Material, pairs: set[str], fits: Callable[[str], bool]) -> _Found | None:
    """The sentence of a document that fits and holds most of the pairs."""
    if not pairs:
        return None
    best: _Found | None = None
    alien = any(foreign(pair) for pair in pairs)
    for passage in material.passages(info.doc):
        if passage.kind != "prose" or "名词解释" in passage.section:
            continue
        heading = normal(passage.section.split("/")[-1])
        for match in _SENTENCE.finditer(passage.quote):
            if not fits(match[0]):
                continue
            form = normal(match[0])
            held = sum(1.0 if p in form else 0.5 if p in heading else 0.0 for p in pairs) / len(pairs)
            held -= FOREIGN if foreign(form) and not alien else 0.0
            if held >= ENOUGH and (best is None or held > best.score):
                best = _Found(held, info, passage, match.start(), match.end())
    return best


def _has(text: str, units: str) -> bool:
    """Whether a text prints a figure of one of the units."""
    return bool(countables.counted(text, units.split("|")))


def _quoted(found: _Found, book: EvidenceBook, documents: Sequence[DocumentInfo]) -> Sentence:
    quote = found.passage.quote[found.start : found.end]
    labels = tuple(book.cite(found.info, found.passage.section, place) for place in part(found.passage, found.start, found.end))
    whose = bodies.short(found.info.org) if len(documents) > 1 else ""
    return Sentence(f"{whose}文件写明：「{quote.rstrip('。；;，')}」。", labels)


def _pairs(text: str) -> set[str]:
    form = re.sub(r"[^\u4e00-\u9fff]", " ", re.sub(r"20\d\d年?度?|今年|本年|去年", " ", normal(text)))
    words = re.split(rf"[{''.join(_STOP)}\s]+", form)
    return {a + b for word in words for a, b in pairwise(word)} - {"年度", "部门", "单位"}
