"""Answers in the document's own words: definitions, lists, and the passage nearest to a question."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from service import amounts, lexicon
from service.answering import bodies
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.material import EvidenceBook, Material, part
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Passage, Place
from service.text import normal, normalised

LONGEST = 260
"""Longest quotation (characters) in an answer."""
ENOUGH = 0.6
"""Least share of the question's telling characters pairs that the nearest passage must hold."""
LOOK = 20
"""Passages looked at."""

_GLOSSARY = re.compile(r"名词解释|名词|解释|术语")
_HEAD = re.compile(
    r"(?:^|(?<=[。;；]))(?:[一二三四五六七八九十]+、|\(?[一二三四五六七八九十\d]+\)|\d+[.、])?([^。:;,()]{2,40}?(?:\([^)]{1,8}\))?[^。:;,]{0,16}?)(?::|是指|指的?是|,?指(?!标|导))"
)
_ASKING = re.compile(
    r"是什么意思|什么意思|指的是什么|指什么|啥意思|的?含义|的?定义|啥叫|什么叫|什么是|何谓|包括些?什么|是指什么|请问|一下|解释|名词|[?？吗呢啊的]"
)
_STOP = set("的了吗呢啊是在有和与及或把被为个多少什么怎么哪些哪几哪个请问一共总共分别各都也就还这那其它")
_NONE = re.compile(r"无[^。]{0,40}(?:支出|收支|安排|预算|车辆|占用)|没有|未安排|未发生")
_SETS_UP = re.compile(r"(?:下设|内设机构|内设|设有|包括)[^。]*。?")
_HOW_MUCH = re.compile(r"多少|几[个人名辆台项万元]|百分之|占比|比例")
_SENTENCE = re.compile(r"[^。；;！!]+[。；;！!]?")
_LISTED = re.compile(
    r"(?:^|(?<=[。；;]))(?:\d+[.、．]|[（(][\d一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、)\s*([^。，,：:；;]{2,24})(?=[。：:，,])"
)
_SECTIONS = {
    "科室": ("内设机构", "机构设置"), "机构": ("内设机构", "机构设置"), "部门": ("内设机构", "机构设置"), "处室": ("内设机构", "机构设置"),
    "单位": ("单位构成", "机构设置"), "职责": ("主要职责", "主要职能"), "职能": ("主要职责", "主要职能"), "下设": ("内设机构", "机构设置"),
}  # fmt: skip


def definition(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The glossary's entry for the term asked, verbatim."""
    term = key(_ASKING.sub("", plan.text))
    best: tuple[float, DocumentInfo, Passage, int, int] | None = None
    for info in documents:
        for passage in material.passages(info.doc):
            if passage.kind != "prose":
                continue
            # An entry outside a glossary must be of that very name.
            handicap = 0 if _GLOSSARY.search(passage.section) else 25
            for head, start, end in _entries(passage.quote):
                score = _likeness(term, key(head)) - handicap
                if best is None or score > best[0]:
                    best = (score, info, passage, start, end)
    if best is None or best[0] < 70:
        return None
    _, info, passage, start, end = best
    return [_quoted(info, passage, start, end, book, "文件的解释")]


def listing(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The entries of the section that a list question is about."""
    if "空表" in plan.text or ("表" in plan.text and "空" in plan.text):
        return _empty_tables(documents, material, book)
    wanted = next((sections for word, sections in _SECTIONS.items() if word in plan.text), None)
    if wanted is None:
        return None
    sentences: list[Sentence] = []
    for info in documents:
        inside = [p for p in material.passages(info.doc) if p.kind == "prose" and _under(p, wanted)]
        entries = [(p, m) for p in inside for m in _LISTED.finditer(p.quote)]
        if len(entries) >= 2:
            labels = []
            for passage, match in entries[:20]:
                labels += [book.cite(info, passage.section, place) for place in part(passage, match.start(), match.end())]
            names = "、".join(f"「{match[1]}」" for _, match in entries[:20])
            sentences.append(Sentence(f"{_whose(info, documents)}文件列出：{names}。", tuple(dict.fromkeys(labels))))
        elif inside:
            passage, start, end = _naming(inside)
            sentences.append(_quoted(info, passage, start, end, book, "文件写明"))
    return sentences or None


def _naming(passages: Sequence[Passage]) -> tuple[Passage, int, int]:
    """The clause that names units (下设…, 内设机构…包括…), else the first sentence."""
    for passage in passages:
        match = _SETS_UP.search(passage.quote)
        if match is not None:
            return passage, match.start(), match.end()
    first = passages[0]
    match = _SENTENCE.search(first.quote)
    return first, 0, match.end() if match else len(first.quote)


def _under(passage: Passage, wanted: Sequence[str]) -> bool:
    """Whether a passage stands under a heading that holds one of the words, and is not that heading."""
    heading = passage.section.split("/")[-1]
    return any(word in heading for word in wanted) and normal(passage.quote) != normal(heading)


def nearest(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The sentence nearest to the question, verbatim; None when nothing is near enough."""
    asked = _pairs(_topic(plan, documents))
    if not asked:
        return None
    best: tuple[float, DocumentInfo, Passage, int, int] | None = None
    by_doc = {d.doc: d for d in documents}
    for hit in material.find(plan.question, list(by_doc), LOOK):
        passage = hit.passage
        start, end = (0, len(passage.quote)) if passage.kind != "prose" else _best_sentence(passage.quote, asked)
        words = passage.text if passage.kind != "prose" else passage.quote[max(0, start - 80) : end]
        near = _unquoted(normal(passage.section + words))
        if plan.years and not any(str(year) in passage.quote[start:end] or year == by_doc[passage.doc].year for year in plan.years):
            continue
        if (plan.ask is Ask.LOOKUP or _HOW_MUCH.search(plan.text)) and not _tells_figure(passage, start, end, material):
            continue
        if plan.counted and not any(unit in passage.quote[start:end] for unit in plan.counted):
            continue
        score = sum(1 for pair in asked if pair in near) / len(asked)
        if best is None or score > best[0]:
            best = (score, by_doc[passage.doc], passage, start, end)
    if best is None or best[0] < ENOUGH:
        return None
    _, info, passage, start, end = best
    return [_quoted(info, passage, start, end, book, "文件中的相关原文")]


def _tells_figure(passage: Passage, start: int, end: int, material: Material) -> bool:
    """Whether the stretch prints a figure or says that there is none; of a table row, one that was read as a fact (codes are none)."""
    if passage.kind == "row":
        return any(fact.place.quote == passage.quote for fact in material.facts(passage.doc))
    return bool(amounts.figures(passage.quote[start:end])) or _NONE.search(passage.quote[start:end]) is not None


def _whose(info: DocumentInfo, documents: Sequence[DocumentInfo]) -> str:
    return bodies.short(info.org) if len(documents) > 1 else ""


def _entries(quote: str) -> Iterator[tuple[str, int, int]]:
    """(term, start, end) of the glossary entries in a passage."""
    form = normalised(quote)
    heads = list(_HEAD.finditer(form.text))
    for i, match in enumerate(heads):
        stop = heads[i + 1].start() if i + 1 < len(heads) else len(form.text)
        start, end = form.span(match.start(), stop)
        yield match[1], start, end


def _likeness(term: str, head: str) -> float:
    """Similarity of the term asked and an entry's head, synonyms included."""
    official = [key(o) for _, _, o in lexicon.found(lexicon.load().items, term)]
    return max(float(fuzz.ratio(t, head)) for t in (term, *official))


def _quoted(info: DocumentInfo, passage: Passage, start: int, end: int, book: EvidenceBook, lead: str) -> Sentence:
    """A stretch of a passage as a quotation; a longer one ends at the last sentence that fits."""
    if end - start > LONGEST:
        cut = max((passage.quote.rfind(c, start, start + LONGEST) for c in "。；;，"), default=-1)
        end = cut + 1 if cut > start else start + LONGEST
    places = part(passage, start, end)
    labels = tuple(book.cite(info, passage.section, place) for place in places)
    return Sentence(f"{lead}：「{passage.quote[start:end].rstrip('。；;，')}」。", labels)


def _best_sentence(quote: str, pairs: set[str]) -> tuple[int, int]:
    """The sentence of a passage with most of the pairs; neighbours that finish a list stay with it."""
    spans = [(m.start(), m.end()) for m in _SENTENCE.finditer(quote)]
    if not spans:
        return 0, len(quote)
    scores = [sum(1 for pair in pairs if pair in normal(quote[a:b])) for a, b in spans]
    top = max(range(len(spans)), key=lambda i: scores[i])
    start, end = spans[top]
    for a, b in spans[top + 1 :]:
        if b - start > LONGEST:
            break
        end = b if scores[spans.index((a, b))] >= max(1, scores[top] // 2) else end
    return start, end


def _pairs(text: str) -> set[str]:
    """Character pairs of the telling words."""
    form = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", " ", normal(text))
    words = re.split(rf"[{''.join(_STOP)}\s]+", form)
    return {a + b for word in words for a, b in pairwise(word)}


def _topic(plan: Plan, documents: Sequence[DocumentInfo]) -> str:
    """The question without the names of the body and the year."""
    text = plan.text
    for info in documents:
        for name in (normal(info.org), normal(bodies.short(info.org))):
            text = text.replace(name, " ")
        for alias in bodies.names(info.org):
            text = text.replace(alias, " ")
    for start, end, _ in reversed(lexicon.found(lexicon.load().measures, text)):
        text = f"{text[:start]} {text[end:]}"
    return _unquoted(re.sub(r"20\d\d年?度?|今年|本年|去年|多少|几个|什么|怎么|为什么|哪些|一共|总共", " ", text))


def _unquoted(text: str) -> str:
    return text.replace('"', "").replace("'", "")


def _empty_tables(documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """Tables that the document leaves empty and says so."""
    sentences = []
    for info in documents:
        labels, names = [], []
        for passage in material.passages(info.doc):
            for place in _says_empty(passage):
                labels.append(book.cite(info, passage.section, place))
                names.append(place.quote)
        if names:
            quoted = "；".join(f"「{name.rstrip('。；;')}」" for name in dict.fromkeys(names))
            sentences.append(Sentence(f"{_whose(info, documents)}文件写明：{quoted}。", tuple(dict.fromkeys(labels))))
    return sentences or None


def _says_empty(passage: Passage) -> Iterator[Place]:
    for match in _SENTENCE.finditer(passage.quote):
        if re.search(r"空表|本表无数据|无数据|表为空", normal(match[0])):
            yield from part(passage, match.start(), match.end())
