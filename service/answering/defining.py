"""What a word means: the entry of the document's glossary (名词解释), verbatim."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from service import lexicon
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.material import EvidenceBook, Material, part
from service.answering.plan import Plan
from service.records import DocumentInfo, Passage
from service.text import normalised

EXPLAINED = "文件的解释"
"""What a glossary's entry is told after."""
LONGEST = 260
"""Longest quotation (characters)."""
ENOUGH = 70.0
"""Least likeness (0 to 100) of a head to the word asked."""
OUTSIDE = 25.0
"""So much more likeness an entry outside a glossary needs."""
HELD = 92.0
"""Likeness of a head that holds the word asked, and more: 残疾人两项补贴 for 两项补贴."""
SHORTEST_HELD = 3
BESIDE = 1.0
"""What likeness to an item loses against likeness to the word itself."""

_GLOSSARY = re.compile(r"名词解释|名词|解释|术语")
_MARK = r"(?:[一二三四五六七八九十]+、|\(?[一二三四五六七八九十\d]+\)|\d+[.、])?"
_HEAD = re.compile(
    rf"(?:^|(?<=[。;；])){_MARK}([^。:;,]{{2,40}}?(?:\([^)]{{1,8}}\))?[^。:;,]{{0,16}}?)(?::|是指|指的?是|,?指(?!标|导|数|引|挥))"
)
_LEVEL = re.compile(r".*\((?:类|款)\)(?=.*\(项\))")
_USED = re.compile(r"(?:[（(][类款项][)）])?[。:：]?[^。；;]{0,60}?(?:主要)?(?:用于|用来|支付|包括)[^。；;]{4,}")
_DIFFERENCE = re.compile(r"([^,。?？]{2,40}?)(?:之间)?(?:有(?:什么|啥|何|哪些)|的)(?:区别|不同|不一样|差别)")
_JOINED = re.compile(r"[和与跟同及、]")
_PLACE = re.compile(r"^.{0,8}?(?:里面?|(?:文件|报告|模板|说明|解释|名词)[中上])的?(?=.{2})")
"""Where the word stands that is asked about: 文件里, 名词解释里."""
_ASKING = re.compile(
    r"(?:是)?(?:怎么|如何|咋)(?:解释|理解|定义)的?|都?指的?是?哪[些几]?[\u4e00-\u9fff]{0,3}(?=[?。]*$)|(?:究竟|到底)?(?:是|指|叫|算)?的?(?:是什么意思|什么意思|指的是什么|指的是啥|指什么|是指什么|指啥|啥意思|是个?什么东西|是个?什么|是个?啥|算什么|干[什嘛啥]么?的?|做什么的|包括些?什么|包括啥)"
    r"|的?(?:含义|定义|概念|意思)|啥叫|什么叫|什么是|啥是|何谓|何为|请问|帮我|一下|解释|说明|名词|我想知道|它|这个词?|那个|[?？吗呢啊呀的,。#]"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a glossary: characters start to end of a passage."""

    likeness: float
    info: DocumentInfo
    passage: Passage
    start: int
    end: int


def definition(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """What a word means: the glossary's entry, else what the item's money is for; None where the documents say neither.

    Args:
        plan: the question.
        documents: where to look.
        material: their passages.
        book: takes what is quoted as evidence.
    """
    return _apart(plan, documents, material, book) or _entry(plan, documents, material, book) or purpose(plan, documents, material, book)


def _apart(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The entries of two words whose difference is asked for (A和B有什么区别); None where one of them has none."""
    match = _DIFFERENCE.search(plan.topic)
    if match is None:
        return None
    words = [key(_ASKING.sub("", word)) for word in _JOINED.split(match[1]) if word]
    told = [_explained((word,), documents, material, book) for word in words]
    return [s for s in told if s is not None] if len(told) == 2 and all(told) else None


def _entry(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The glossary's entry for the word asked; None where there is none."""
    word = key(_ASKING.sub("", _PLACE.sub("", re.sub(r"20\d\d年?度?", "", plan.topic))))
    if not word and not plan.items:
        return None
    told = _explained(_meant(word, plan), documents, material, book)
    return [told] if told is not None else None


def _explained(words: Sequence[str], documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> Sentence | None:
    """The entry whose head is most like one of the words, as a sentence; None where none is."""
    found = [entry for info in documents for entry in _entries(info, material, words)]
    best = max(found, key=lambda e: e.likeness, default=None)
    if best is None or best.likeness < ENOUGH:
        return None
    start, end = best.start, _cut(best.passage.quote, best.start, best.end)
    labels = tuple(book.cite(best.info, best.passage.section, place) for place in part(best.passage, start, end))
    return Sentence(f"{EXPLAINED}：「{best.passage.quote[start:end].rstrip('。；;，')}」。", labels)


def _meant(word: str, plan: Plan) -> tuple[str, ...]:
    """The word asked and the official names that it may stand for."""
    official = [key(name) for _, _, name in lexicon.found(lexicon.load().items, word)]
    items = [key(name) for match in plan.items for name in match.names[:2]]
    return tuple(w for w in dict.fromkeys((word, *official, *items)) if w)


def _entries(info: DocumentInfo, material: Material, words: Sequence[str]) -> Iterator[_Entry]:
    for passage in material.passages(info.doc):
        inside = _GLOSSARY.search(passage.section) is not None
        if passage.kind != "prose" or not (inside or "指" in passage.quote) or not _near(words, passage.quote):
            continue
        # An entry outside a glossary must be of that very name.
        handicap = 0.0 if inside else OUTSIDE
        for head, start, end in _heads(passage.quote):
            yield _Entry(_likeness(words, head) - handicap, info, passage, start, end)


def _near(words: Sequence[str], quote: str) -> bool:
    """Whether a passage may hold an entry of one of the words: the beginning or the end of one stands in it."""
    return any(word[:2] in quote or word[-2:] in quote for word in words)


def _heads(quote: str) -> Iterator[tuple[str, int, int]]:
    """(term, start, end) of the entries in a passage."""
    form = normalised(quote)
    heads = list(_HEAD.finditer(form.text))
    for i, match in enumerate(heads):
        stop = heads[i + 1].start() if i + 1 < len(heads) else len(form.text)
        start, end = form.span(match.start(), stop)
        yield match[1], start, end


def _likeness(words: Sequence[str], head: str) -> float:
    """How well an entry's head is one of the words; of a functional item (类…款…项) the last level counts."""
    whole = key(head)
    names = {whole, key(_LEVEL.sub("", head))}
    # The word itself counts before the items that it may stand for.
    best = max(float(fuzz.ratio(word, name)) - (0.0 if word == words[0] else BESIDE) for word in words for name in names)
    if len(words[0]) >= SHORTEST_HELD and any(name.endswith(words[0]) for name in names):
        best = max(best, HELD)
    return best


def _cut(quote: str, start: int, end: int) -> int:
    """Where the quotation ends: a long one after the last sentence that fits."""
    if end - start <= LONGEST:
        return end
    cut = max((quote.rfind(c, start, start + LONGEST) for c in "。；;，"), default=-1)
    return cut + 1 if cut > start else start + LONGEST


def purpose(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """What an item's money is for, in the document's words (主要用于…); None where it does not say.

    Args:
        plan: the question.
        documents: where to look.
        material: their passages.
        book: takes the sentence as evidence.
    """
    names = [name for match in plan.items for name in match.names]
    for info in documents:
        prose = [p for p in material.passages(info.doc) if p.kind == "prose"]
        for name in names:
            for passage in prose:
                found = _used(passage.quote, name)
                if found is not None:
                    labels = tuple(book.cite(info, passage.section, place) for place in part(passage, *found))
                    return [Sentence(f"文件写明：「{passage.quote[slice(*found)].rstrip('。；;，')}」。", labels)]
    return None


def _used(quote: str, name: str) -> tuple[int, int] | None:
    """The stretch of a passage from an item's name to what its money is for, to the end of the sentence."""
    at = quote.find(name)
    while at >= 0:
        match = _USED.match(quote, at + len(name))
        if match is not None:
            return at, min(match.end(), at + LONGEST)
        at = quote.find(name, at + 1)
    return None
