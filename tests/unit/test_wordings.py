"""Sentences of the statutory narrative as provinces, counties, hospitals and schools word them (made-up bodies) → exactly these facts."""

import pytest

from service.facts import rules
from service.text import normal
from tests.support import wordings_costs, wordings_items, wordings_particulars, wordings_totals
from tests.support.made import document, paragraph

CASES = (*wordings_items.CASES, *wordings_totals.CASES, *wordings_costs.CASES, *wordings_particulars.CASES)


@pytest.mark.parametrize(("section", "text", "facts", "reasons"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_wording(section: tuple[str, ...], text: str, facts: list[str], reasons: list[str]) -> None:
    found = rules.read(document([paragraph(text, section=section)]))
    assert [f"{f.item} {f.measure} {f.value:f} {f.unit}" for f in found.facts] == facts
    assert [f"{r.item} {r.about}: {r.text}" for r in found.reasons] == reasons


@pytest.mark.parametrize(("section", "text"), [case[1:3] for case in CASES], ids=[case[0] for case in CASES])
def test_every_quote_prints_its_figure(section: tuple[str, ...], text: str) -> None:
    for fact in rules.read(document([paragraph(text, section=section)])).facts:
        assert normal(fact.printed) in normal(fact.place.quote)
        assert fact.place.quote in text
        assert fact.place.boxes
