"""A document → its disclosure by rules alone: tables first (they hold the codes), then the narrative."""

from collections import Counter
from collections.abc import Sequence

from service.facts import glossary, narrative, tabular
from service.facts.codes import CodeBook
from service.facts.grounding import PageTexts, is_grounded
from service.recognised import marked
from service.records import Disclosure, Document, Fact, Unread

DOUBTFUL = "□"
"""Stands where a character of a scan could not be recognised."""


def read(document: Document) -> Disclosure:
    """Every figure that the statutory tables and the statutory narrative state, each bound to its place.

    Args:
        document: as read.

    Returns:
        Facts and reasons in reading order of their source (tables, then prose), and what was recognised but not read.
    """
    texts = PageTexts(document)
    tables = tabular.read(document, texts)
    prose = narrative.read(document, CodeBook(tables.facts))
    stated = tables.facts + prose.facts
    named = tuple(fact for fact in stated if _is_named(fact))
    facts = tuple(fact for fact in named if is_grounded(fact, texts))
    disclosure = Disclosure(
        doc=document.doc,
        org=document.org,
        year=document.year,
        kind=document.kind,
        facts=facts,
        reasons=tables.reasons + prose.reasons,
        unread=document.unread + tables.unread + prose.unread + _nameless(stated, named) + _loose(named, facts),
        indicators=tables.indicators,
        terms=glossary.read(document),
        title=document.title,
        level=document.level,
        digest=document.digest,
    )
    return marked(disclosure, document.recognised)


def _is_named(fact: Fact) -> bool:
    """Whether its item is a name: not another figure of its row, nor letters that could not be recognised."""
    return any(c.isalpha() for c in fact.item) and DOUBTFUL not in fact.item + (fact.column or "")


def _nameless(stated: Sequence[Fact], named: Sequence[Fact]) -> tuple[Unread, ...]:
    """Figures whose item or column could not be made out, by page."""
    kept = {id(fact) for fact in named}
    pages = Counter(fact.place.page for fact in stated if id(fact) not in kept)
    return tuple(Unread(page, "部分数字", f"有 {count} 个数字所属的项目或栏目读不出来，未收入") for page, count in pages.items())


def _loose(stated: Sequence[Fact], kept: Sequence[Fact]) -> tuple[Unread, ...]:
    """What was read but not found again on its page."""
    bound = {id(fact) for fact in kept}
    return tuple(
        Unread(fact.place.page, f"{fact.item} {fact.measure}", "读到的数未能在原页逐字核对，未收入")
        for fact in stated
        if id(fact) not in bound
    )
