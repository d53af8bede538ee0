"""Figures as a model might give them for the published record, honest and lying, before the gates of the extraction chain.

Honest entries are what the rules read, given as a model gives it; each lie changes one thing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.guarding.tries import Try
from service.facts.model import gates, sources
from service.facts.model.replies import FigureReply, ItemReply
from service.facts.model.sources import Source
from service.facts.schema import MEASURES
from service.record import Record
from service.records import Fact
from service.text import find, normal

SUITE = "extraction"
_ALIKE = {"决算": ("决算", "执行数")}
"""What a measure is called in forms."""
TOGETHER = "honest, all of a document together"
"""Each stands by itself, too; together every name is known, and may speak against another's figure."""
_WHOLE = re.compile(r"占(?P<whole>[^，。；：、\d占]{2,20}?)的$")
EVERY = 3
"""Every third figure is told, and lied about."""


@dataclass(frozen=True, slots=True)
class _Entry:
    source: Source
    fact: Fact
    item: ItemReply


def tries(records: Iterable[Record]) -> Iterator[Try]:
    """Show the rules' figures of documents, and lies about them, to the gates.

    Args:
        records: documents as read and extracted by rule.
    """
    for record in records:
        shown = sources.of(record.document)
        entries = list(_entries(record.disclosure.facts[::EVERY], shown))
        together = gates.check([entry.item for entry in entries], shown, record.document, "model").rejected
        stopped = {id(entry.item): r for entry in entries for r in together if _is_of(r.item, entry.item)}
        for n, entry in enumerate(entries):
            said, objection = _said(entry.item), stopped[id(entry.item)].message if id(entry.item) in stopped else ""
            yield Try(SUITE, TOGETHER, f"{record.document.doc} p{entry.item.page}", True, not objection, said, objection)
            for kind, item in (("honest", entry.item), *_lies(entry, entries[(n + 7) % len(entries)], record, shown)):
                passed = gates.check([item], shown, record.document, "model")
                objection = passed.rejected[0].message if passed.rejected else ""
                yield Try(SUITE, kind, f"{record.document.doc} p{item.page}", kind == "honest", not passed.rejected, _said(item), objection)


def _said(item: ItemReply) -> str:
    return f"{item.item} {item.figures[0].measure} {item.figures[0].printed}{item.figures[0].unit}「{item.quote}」"


def _is_of(rejected: ItemReply, item: ItemReply) -> bool:
    return (rejected.item, rejected.page, rejected.quote, rejected.figures) == (item.item, item.page, item.quote, item.figures)


def _entries(facts: Iterable[Fact], shown: tuple[Source, ...]) -> Iterator[_Entry]:
    for fact in facts:
        quote = fact.place.quote
        number = fact.printed.removesuffix(fact.unit).strip()
        for source in shown:
            if fact.place.page in source.pages and source.kind == fact.source and fact.measure in MEASURES and _prints(source, quote):
                told = source.text if source.table is not None else quote
                figure = FigureReply(measure=fact.measure, printed=number, unit=fact.unit, column=fact.column or "")
                yield _Entry(source, fact, ItemReply(item=fact.item, page=fact.place.page, quote=told, figures=[figure]))
                break


def _prints(source: Source, quote: str) -> bool:
    if source.table is not None:
        return normal(quote).replace("|", "") in source.form.text.replace("|", "")
    return find(quote, source.text) is not None


def _lies(entry: _Entry, other: _Entry, record: Record, shown: Sequence[Source]) -> Iterator[tuple[str, ItemReply]]:
    item, figure = entry.item, entry.item.figures[0]
    digits = [m.start() for m in re.finditer(r"\d", figure.printed)]
    at = digits[len(digits) // 2]
    wrong = figure.printed[:at] + str((int(figure.printed[at]) + 4) % 10) + figure.printed[at + 1 :]
    yield "digit changed", _with(item, figure, printed=wrong)
    yield (
        "digit changed, in the quote too",
        _with(item, figure, printed=wrong).model_copy(update={"quote": item.quote.replace(figure.printed, wrong)}),
    )
    elsewhere = item.page % len(record.document.pages) + 2
    if not any(elsewhere in s.pages and _prints(s, item.quote) for s in shown if s.kind == entry.source.kind):
        yield "wrong page", item.model_copy(update={"page": elsewhere})
    unit = {"万元": "元", "元": "万元", "%": "万元"}.get(figure.unit, "万元")
    yield "wrong unit", _with(item, figure, unit=unit)
    measure = {"决算": "年初预算", "年初预算": "决算", "完成率": "决算", "增减额": "增减率", "增减率": "增减额"}.get(figure.measure)
    if measure is not None and not _also(entry, entry.fact.item, record, *_ALIKE.get(measure, (measure,))):
        yield "wrong measure", _with(item, figure, measure=measure)
    mine, theirs = normal(item.item), normal(other.item.item)
    own = mine in theirs or theirs in mine or theirs in normal(entry.source.text + entry.source.heading)
    if not own and not _also(entry, other.item.item, record, entry.fact.measure):
        yield "another item's figure", item.model_copy(update={"item": other.item.item})
    whole = _WHOLE.search(item.quote[: item.quote.find(figure.printed)]) if figure.measure == "占比" else None
    if whole is not None:
        yield "share given to its whole", item.model_copy(update={"item": whole["whole"]})
    words = item.quote
    middle = len(words) // 2
    yield "quote altered", item.model_copy(update={"quote": f"{words[:middle]}的{words[middle:]}"})


def _also(entry: _Entry, item: str, record: Record, *measures: str) -> bool:
    """Whether the document prints the figure in the same place for that item and measure: then it is no lie."""
    near = (f for f in record.disclosure.facts if f.place.page == entry.fact.place.page and normal(f.item) == normal(item))
    return any(abs(f.value) == abs(entry.fact.value) and f.measure in measures for f in near)


def _with(item: ItemReply, figure: FigureReply, **changes: str) -> ItemReply:
    return item.model_copy(update={"figures": [figure.model_copy(update=changes)]})
