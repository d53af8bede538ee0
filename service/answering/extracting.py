"""Answers in the document's own words: lists, and the passage nearest to a question."""

import re
from collections.abc import Sequence
from itertools import pairwise

from service import amounts, lexicon
from service.answering import bodies, cells, counting, coverage, listing
from service.answering.draft import Sentence
from service.answering.matching import key
from service.answering.material import EvidenceBook, Material, part
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Passage
from service.text import normal, normalised

LONGEST = 260
"""Longest quotation (characters) in an answer."""
ENOUGH = 0.6
"""Least share of the question's telling characters pairs that the nearest passage must hold."""
LOOK = 20
"""Passages looked at."""

FAR = 160
"""A measure is stated of an item within so many characters of its name."""
_STATED = {
    "得分": r"得分(?:为|是|:)?\d+(?:\.\d+)?分?",
    "执行率": r"(?:执行率|完成(?:预算|全年预算)?的?)(?:为|是|:)?\d+(?:\.\d+)?%",
    "完成率": r"(?:完成率|完成[^。;]{0,8}预算的?)(?:为|是|:)?\d+(?:\.\d+)?%",
    "增减率": r"(?:增长|下降|减少|增加)\d+(?:\.\d+)?%",
}
"""How prose states a measure."""
_STOP = set("的了吗呢啊是在有和与及或把被为个多少什么怎么哪些哪几哪个请问一共总共分别各都也就还这那其它")
_NONE = re.compile(r"无[^。]{0,40}(?:支出|收支|安排|预算|车辆|占用)|没有|未安排|未发生")
_HOW_MUCH = re.compile(r"多少|多[大高长宽](?!比)|几[个人名辆台项万元]|百分之|占比|比例")
_SIZE = re.compile(r"多[大高长宽](?!比|的?比)")
_MEASURED = re.compile(r"\d万?(?:平方|公|千|厘)?(?:米|里|亩|公顷|升)")
_CAPTION = re.compile(r"单位[:：](?:[万亿千]?元|人民币)[^。]{0,6}$|^附[件表]\s*\d*$")
"""Ends of a table's caption, which some files print as prose."""
_SENTENCE = re.compile(r"[^。；;！!]+[。；;！!]?")


def direct(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """What the question asks for by its form, before figures are chosen: a list, or the cells of a table that it names."""
    return (
        listing.listing(plan, documents, material, book)
        or cells.named(plan, documents, material, book)
        or cells.headed(plan, documents, material, book)
    )


def completed(
    plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook, told: Sequence[Sentence]
) -> list[Sentence]:
    """The sentences told, and what they leave open: counts beside money, and what the money is for."""
    return counting.completed(plan, documents, material, book, told)


def nearest(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """What is nearest to the question: the sentence that counts, the sentence nearest in words, or a table's row that it names."""
    return (
        _stated(plan, documents, material, book)
        or counting.counted(plan, documents, material, book)
        or _nearest_sentence(plan, documents, material, book)
        or cells.nearest(plan, documents, material, book)
    )


def _stated(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The stretch that names an item and then states the measure asked for, where no fact was read: 「…项目：…自评得分95分」."""
    words = [_STATED[m] for m in plan.measures if m in _STATED]
    names = [key(name).removesuffix("项目") for match in plan.items[:1] if match.score for name in match.names[:1]]
    if not words or not names:
        return None
    for info in documents:
        for passage in (p for p in material.passages(info.doc) if p.kind == "prose"):
            form = normalised(passage.quote)
            at = form.text.find(names[0])
            ends = [m.end() for w in words if at >= 0 and (m := re.compile(w).search(form.text, at, at + FAR))]
            if ends:
                start, end = form.span(at, max(ends))
                return [_quoted(info, passage, start, end, book, "文件写明")]
    return None


def searched(plan: Plan) -> str:
    """What passages are searched by: the question, and the items that it leaves unsaid (of the question before) or says otherwise."""
    names = (match.names[0] for match in plan.items if match.score > 0)
    return " ".join((plan.question, *(name for name in names if name not in plan.question)))


def _nearest_sentence(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The sentence nearest to the question, verbatim; None when nothing is near enough."""
    asked = _pairs(_topic(plan, documents))
    if not asked:
        return None
    best: tuple[float, DocumentInfo, Passage, int, int] | None = None
    by_doc = {d.doc: d for d in documents}
    for hit in material.find(searched(plan), list(by_doc), LOOK):
        passage = hit.passage
        if passage.kind != "prose" or _CAPTION.search(passage.quote):
            continue
        start, end = _best_sentence(passage.quote, asked)
        words = passage.quote[max(0, start - 80) : end]
        near = _unquoted(normal(passage.section.split("/")[-1] + words))
        if plan.years and not any(str(year) in passage.quote[start:end] or year == by_doc[passage.doc].year for year in plan.years):
            continue
        if not _fits(plan, passage, start, end):
            continue
        score = sum(1 for pair in asked if pair in near) / len(asked)
        if best is None or score > best[0]:
            best = (score, by_doc[passage.doc], passage, start, end)
    if best is None or best[0] < ENOUGH:
        return None
    _, info, passage, start, end = best
    return [_quoted(info, passage, start, end, book, "文件中的相关原文")]


def _fits(plan: Plan, passage: Passage, start: int, end: int) -> bool:
    """Whether a stretch has the form of an answer: a figure, each number asked for, what the one number is of, or a list."""
    if (plan.ask is Ask.LOOKUP or _HOW_MUCH.search(plan.text)) and not _tells_figure(passage, start, end):
        return False
    quote, asked = passage.quote[start:end], plan.topic or plan.text
    if _SIZE.search(asked) and not _MEASURED.search(normal(quote)):
        return False
    if len(_HOW_MUCH.findall(plan.text)) == 1 and not coverage.counts_noun(asked, normal(quote)):
        return False
    listed = plan.ask is not Ask.LIST or re.search(r"[、；;]|[包含]括", quote) is not None
    return counting.prints(quote, asked) and listed


def _tells_figure(passage: Passage, start: int, end: int) -> bool:
    """Whether the stretch prints a figure or says that there is none."""
    return bool(amounts.figures(passage.quote[start:end])) or _NONE.search(passage.quote[start:end]) is not None


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
    text = (plan.topic or bodies.masked(plan.text, documents)).replace("#", " ")
    for start, end, _ in reversed(lexicon.found(lexicon.load().measures, text)):
        text = f"{text[:start]} {text[end:]}"
    return _unquoted(re.sub(r"20\d\d年?度?|今年|本年|去年|多少|几个|什么|怎么|为什么|哪些|一共|总共", " ", text))


def _unquoted(text: str) -> str:
    return text.replace('"', "").replace("'", "")
