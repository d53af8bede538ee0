"""A need that no fact answers → the whole sentence, list or row of the documents that says it, verbatim and cited."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from service.answering import bodies, counting, coverage, enumerating, needs, reasons, row_quotes, units
from service.answering.coverage import Weights
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.enumerating import Run
from service.answering.matching import key
from service.answering.material import part
from service.answering.needs import Fit, Need
from service.answering.plan import Plan
from service.answering.units import Reading, Unit
from service.records import DocumentInfo
from service.text import normal

ENOUGH = 0.6
"""Least share of a need's words that the stretch and what stands around it must say."""
OWN = 0.45
"""Least share that the stretch itself must say."""
RARE = 2.3
"""Least weight of a pair of characters that a stretch must share with the question: nine of ten others have it not (of fewer, all)."""
AROUND = 0.6
"""A word in the heading or in the sentence before counts so much."""
BEFORE = 0.2
"""Worth of the words asked about before, beside a need's own."""
UNFIT = 0.3
"""What a stretch loses that has not the form of an answer."""
ROW = 0.15
"""What a table's row loses against prose that says as much."""
IN_TABLE = -0.05
"""… but where the question names a table, or asks for a bound, which goals set in tables."""
HEADER = 0.4
"""What a row without any figure loses."""
MOST_DOCUMENTS = 3
"""So many documents are read through; of more, only the passages nearest to the question."""
LOOK = 20
LONGEST = 320
"""Longest quotation (characters)."""
LONGEST_LIST = 640
GAP = 30
"""Quotations so close together (characters) become one."""
TOLD = (Fit.MEANING, Fit.WORDED, Fit.LIST)
"""What 「无…支出」 does not answer."""
FAR = 0.2
"""What a sentence loses whose figure is of something else."""
ALIKE = 0.1
"""Worth of the question's words that tell nothing by themselves."""
GLOSSARY = 0.3
"""What an entry of the glossary loses where no meaning is asked for."""
LONG = 0.0003
"""What a stretch loses with every character: of two that say as much, the shorter one is about nothing else."""
FOLLOWING = 5
"""A reason stands at most so many sentences behind what it is of."""
_MARKED = re.compile(rf"{enumerating.MARK}")
_NUMBERED = re.compile(r"^\S*\d\S*\s+|20\d\d年?度?")
_GLOSSARY = re.compile(r"名词解释|专业名词|术语")
_TABLE = re.compile(r"不少于|不低于|不超过|不高于|至少|[目指]标值|表[里中上]|[这那](?:个|张|份)?表|[评况算价购细]表")
_THINGS = frozenset({"辆", "台", "套"})
_FIGURE = r"(?!\d{3,7}(?:\||$))-?[\d,.]+"
"""A cell's figure, no code."""
_COST = re.compile(r"(?<!经)费$")
_DIGIT = re.compile(r"\d")
_COLON = re.compile(r"[：:]\s*$")
_STOPS = "。；;，"


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a document, how well it answers a need, and how much of the need's words it says."""

    score: float
    said: float
    info: DocumentInfo
    unit: Unit
    far: bool = False
    """Whether its figures are of something else."""


def best(desk: Desk, need: Need, documents: Sequence[DocumentInfo], also: str = "") -> Found | None:
    """The stretch that answers a need best; None where none is near enough.

    Args:
        desk: the composition.
        need: what is asked.
        documents: where to look.
        also: normal form of what is quoted already, which need not be said again.
    """
    # Searched once: of all documents together.
    quotes = _near(desk, documents) if len(documents) > MOST_DOCUMENTS else None
    found = [one for info in documents for one in _in(desk, need, info, quotes, also)]
    top = max(found, key=lambda f: f.score, default=None)
    return top if top is not None and top.said >= ENOUGH and top.score >= ENOUGH else None


def _in(desk: Desk, need: Need, info: DocumentInfo, quotes: Mapping[str, list[str]] | None, also: str) -> list[Found]:
    """What a document says to a need, best first; where `quotes` are given, only in those of the document."""
    stretches = reading(desk, info).units
    weights = coverage.weighed(need, stretches)
    telling = [pair for t in need.terms for word in t.words for pair in coverage.pairs(word)]
    way = desk.plan.direction
    looked = stretches if quotes is None else [u for u in stretches if any(u.text in quote for quote in quotes.get(info.doc, ()))]
    absent = _absent(desk, info)
    looked = [u for u in looked if absent is None or absent(u)]
    near = [u for u in looked if any(pair in u.form for pair in telling) and not (also and u.form.rstrip("。;") in also)]
    row = IN_TABLE if _TABLE.search(desk.plan.text) else ROW
    ranked = sorted((found for u in near if (found := _measured(need, u, weights, info, row)) is not None), key=lambda f: -f.score)
    made: list[Found] = []
    for found in ranked:
        if made and found.score <= made[0].score:
            break
        if found.unit.is_row and not row_quotes.speaks(desk, need, info, found.unit):
            continue
        fitting = _fitting(need, found, weights)
        if fitting is None and need.fit is Fit.WHY and found.said >= ENOUGH and not found.unit.is_row:
            fitting = _explained(found, stretches, way)
        if fitting is not None:
            made = sorted([*made, fitting], key=lambda f: -f.score)
    return made


def _absent(desk: Desk, info: DocumentInfo) -> Callable[[Unit], bool] | None:
    """Whether a text says the one cost asked, where no fact is of it: 邮电费 does not say 电费; None where another thing is asked."""
    items = desk.plan.items
    word = normal(items[0].names[0]) if len(items) == 1 and items[0].score == 0 else ""
    if not (word.endswith("费") and desk.plan.text[items[0].start : items[0].end].endswith("费")):
        return None
    core = _COST.sub("", word)
    said = core if len(core) >= needs.SHORTEST else word
    longer = {name for f in desk.material.facts(info.doc) if said in (name := key(f.item)) and name != word}
    printed = re.compile(rf"{re.escape(said)}[^|]*\|{_FIGURE}")

    def says(unit: Unit) -> bool:
        form = unit.text.replace(" ", "") if unit.is_row else unit.form
        for name in sorted(longer, key=len, reverse=True):
            form = form.replace(name, "")
        if unit.is_row:
            return printed.search(form) is not None
        return re.search(rf"{re.escape(said)}(?!及)", form) is not None

    return says


def _fitting(need: Need, found: Found, weights: Weights) -> Found | None:
    """What is found, if it has the form of an answer, or as far as it may be one without."""
    unit = found.unit
    if _COLON.search(unit.text) and _whole(need, unit)[1] == unit.end:
        return None  # announces what does not follow
    if need.fit in (Fit.COUNT, Fit.AMOUNT) and not unit.is_row and not coverage.counts(need, unit.form):
        return None
    if coverage.owned_only(need, unit.form) and not unit.is_row:
        return None
    if need.fit is Fit.MEANING and not coverage.means(need, unit.form):
        return None
    things = need.units & _THINGS if need.fit is Fit.COUNT and unit.is_row else ()
    if things and not any(thing in (unit.form + unit.head).replace("车辆", "车") for thing in things):
        return None  # what is paid for cars counts none
    denied = need.fit not in TOLD and coverage.denies(need, unit.form)
    if coverage.fits(need, unit.form, row=unit.is_row) or denied:
        figure = need.fit in (Fit.COUNT, Fit.AMOUNT) and not unit.is_row and not denied
        return replace(found, score=found.score - FAR, far=True) if figure and not coverage.stated(need, unit.form, weights) else found
    if need.fit in (Fit.COUNT, Fit.RANK, Fit.PERCENT, Fit.AMOUNT, Fit.CHANGE, Fit.WHY, Fit.USE):
        return None
    return replace(found, score=found.score - UNFIT)


def _explained(found: Found, stretches: Sequence[Unit], way: str | None) -> Found | None:
    """The reason that follows what is asked about in its own paragraph: 「…评审业务。决算小于预算的原因：个别项目未能实施」."""
    at = stretches.index(found.unit)
    for unit in stretches[at + 1 : at + 1 + FOLLOWING]:
        if unit.passage is not found.unit.passage or _MARKED.match(unit.form):
            return None
        if coverage.gives_reason(unit.form) and (way is None or not reasons.opposed(unit.form, way)):
            near = unit.end - found.unit.start <= LONGEST
            whole = replace(unit, start=found.unit.start, form=found.unit.form + unit.form) if near else unit
            return replace(found, unit=whole)
    return None


def searched(plan: Plan) -> str:
    """What passages are searched by: the question, and the items that it leaves unsaid (of the question before) or says otherwise."""
    names = (match.names[0] for match in plan.items if match.score > 0)
    return " ".join((plan.question, *(name for name in names if name not in plan.question)))


def _near(desk: Desk, documents: Sequence[DocumentInfo]) -> dict[str, list[str]]:
    """Quotes of the passages that the search finds, by document."""
    quotes: dict[str, list[str]] = {}
    for hit in desk.material.find(searched(desk.plan), [d.doc for d in documents], LOOK):
        quotes.setdefault(hit.passage.doc, []).append(hit.passage.quote)
    return quotes


def _measured(need: Need, unit: Unit, weights: Weights, info: DocumentInfo, row: float) -> Found | None:
    own = coverage.words(need, unit.form, weights)
    if own < OWN and not (unit.is_row and own > 0):
        return None
    if not any(pair in unit.form for pair, weight in weights.by_pair.items() if weight >= min(RARE, weights.most)):
        return None
    around = coverage.words(need, unit.form + unit.head + unit.before, weights)
    before = Need(need.text, need.context, need.fit, need.units) if need.context else None
    beside = 0.0
    if before is not None:
        near, far = coverage.words(before, unit.form, weights), coverage.words(before, unit.form + unit.head + unit.before, weights)
        # A row's heading names its form; a sentence's section may hold a dozen items.
        beside = BEFORE * (far if unit.is_row else (near + far) / 2)
    beside += ALIKE * coverage.alike(need, unit.form)
    lost = (row if _DIGIT.search(unit.form) else HEADER) * unit.is_row + LONG * len(unit.form)
    if need.fit is not Fit.MEANING and _GLOSSARY.search(unit.head):
        lost += GLOSSARY
    if need.fit is Fit.COUNT and counting.foreign(unit.form) and not counting.foreign(need.text):
        lost += FAR
    return Found(own + AROUND * (around - own) + beside - lost, around, info, unit)


def alone(desk: Desk, fit: Fit) -> list[Sentence] | None:
    """The stretch that answers the first need of a form (why it is done at all, who does it); None where none does."""
    asked = needs.of(desk.plan, "\n".join(reading(desk, info).text for info in desk.documents[:MOST_DOCUMENTS]))
    wanted = next((need for need in asked if need.fit is fit), None)
    found = best(desk, wanted, desk.documents) if wanted is not None else None
    if wanted is None or found is None:
        return None
    return quoted(desk, [(wanted, _of_office(found) if fit is Fit.WORDED else found)], several=desk.several)


def _of_office(found: Found) -> Found:
    """The stretch from the name of the office whose duties it is among: 「（五）水政科。……」."""
    named = list(units.LABEL.finditer(found.unit.passage.quote, 0, found.unit.start))
    if not named or found.unit.is_row or found.unit.end - named[-1].start() > LONGEST_LIST:
        return found
    return replace(found, unit=replace(found.unit, start=named[-1].start()))


def quoted(desk: Desk, found: Sequence[tuple[Need, Found]], *, several: bool) -> list[Sentence]:
    """The stretches as sentences of the answer: a list with all its entries, neighbours in one quotation.

    Args:
        desk: the composition.
        found: what answers each need.
        several: whether it must be said whose document it is.
    """
    spans: list[tuple[Found, int, int]] = []
    cells: list[Sentence] = []
    for need, one in found:
        if one.unit.is_row and (own := row_quotes.sentence(desk, need, one.info, one.unit)) is not None:
            cells.append(own)
            continue
        start, end = (one.unit.start, one.unit.end) if one.unit.is_row else _whole(need, one.unit)
        near = next((n for n, (o, a, b) in enumerate(spans) if _joins(o, a, b, one, start, end)), None)
        if near is None:
            spans.append((one, start, end))
        else:
            spans[near] = (one, min(start, spans[near][1]), max(end, spans[near][2]))
    return [*cells, *(_sentence(desk, one, start, end, several=several) for one, start, end in spans)]


def _joins(other: Found, start: int, end: int, one: Found, first: int, last: int) -> bool:
    """Whether two stretches of one section stand so close together that one quotation holds both."""
    if other.info.doc != one.info.doc or other.unit.passage != one.unit.passage:
        return False
    return first <= end + GAP and start <= last + GAP and max(end, last) - min(start, first) <= LONGEST_LIST


def _sentence(desk: Desk, found: Found, start: int, end: int, *, several: bool) -> Sentence:
    unit, info = found.unit, found.info
    labels = tuple(desk.book.cite(info, unit.passage.section, place) for place in part(unit.passage, start, end))
    whose = bodies.short(info.org) if several else ""
    title = _NUMBERED.sub("", unit.passage.section).strip() if unit.is_row else ""
    where = f"（{title}）" if title else ""
    return Sentence(f"{whose}文件写明{where}：「{unit.passage.quote[start:end].strip().rstrip('。；;，')}」。", labels)


def _whole(need: Need, unit: Unit) -> tuple[int, int]:
    """The stretch; where it announces a list, the list with it; a longer one up to the last stop that fits."""
    quote = unit.passage.quote
    start, end = unit.start, unit.end
    most = LONGEST
    if _COLON.search(quote[start:end]) or (need.fit is Fit.LIST and _announces(unit)):
        end = _list_end(unit)
        most = LONGEST_LIST
    if end - start > most:
        cut = max((quote.rfind(c, start, start + most) for c in _STOPS), default=-1)
        end = cut + 1 if cut > start else start + most
    return start, end


def _announces(unit: Unit) -> bool:
    """Whether a numbered list begins in the stretch or right after it."""
    return any(entries and unit.start <= entries[0].start <= unit.end for entries in enumerating.numbered(Run(unit.passage)))


def _list_end(unit: Unit) -> int:
    """Where the list ends that begins at or right after a stretch."""
    lists = [e for e in enumerating.numbered(Run(unit.passage)) if unit.start <= e[0].start <= unit.end]
    if lists:
        return max(entries[-1].end for entries in lists)
    following = unit.passage.quote.find("。", unit.end)
    return following + 1 if following > 0 else unit.end


def reading(desk: Desk, info: DocumentInfo) -> Reading:
    """The stretches of a document."""
    return units.of(info.doc, desk.material.passages(info.doc))


def held(desk: Desk, need: Need, sentences: Sequence[Sentence], documents: Sequence[DocumentInfo]) -> float:
    """How much of a need's words sentences say, with the headings of what they cite where a heading can say it."""
    text = normal("".join(s.text for s in sentences))
    if need.fit is not Fit.WORDED:
        heads = {label: desk.book.items[label] for s in sentences for label in s.labels if label in desk.book.items}
        text += normal("".join(f"{e.section}{e.head}" for e in heads.values()))
    return max((coverage.words(need, text, coverage.weighed(need, reading(desk, d).units), coverage.told) for d in documents), default=0.0)
