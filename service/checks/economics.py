"""D3: the economic items that the prose lists under 人员经费 and 公用经费, against the rows that the basic table fills."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from service import statements
from service.checks.equations import title
from service.checks.ledgers import Ledger, Row, bare
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, key
from service.records import Document, Kind, Paragraph, Place, Quantity, Severity
from service.statements import Role
from service.text import normal, normalised

_LISTED = re.compile(r"(?P<what>人员|公用)经费[^。;:]{0,40}?(?:主要)?(?:用于|包括|是指):?(?P<list>[^。;:]*、[^。;:]*)")
_KINDS = {"人员": ("301", "303"), "公用": ("302", "307", "309", "310", "311", "312", "399")}
_LEAST = 3
_TOLERATED = 2
"""Listed items without an amount, beyond which the list is taken from the template and not from the table."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """The rows of 款 in the basic table: name → row, and which print an amount that is not zero."""

    ledger: Ledger
    rows: dict[str, Row]

    def is_filled(self, name: str) -> bool:
        """Whether the row prints an amount other than zero."""
        return any(f.value != 0 for f in self.rows[name].amounts.values())


def listed(document: Document, ledgers: Sequence[Ledger]) -> Iterator[Outcome]:
    """Each economic item named under 人员经费 or 公用经费 prints an amount in the basic table.

    A list with several empty items is the template's own and says nothing. One empty item beside one filled item that is not
    listed is taken for a wrong name, one alone is suspicious.
    """
    for n, paragraph in enumerate(document.paragraphs):
        text = normal(paragraph.text)
        if "经费" not in text or "、" not in text:
            continue
        for match in _LISTED.finditer(text + _rest(document, n)):
            if match.start() >= len(text):
                break
            filled = _basic(document, ledgers, _KINDS[match["what"]])
            names = _names(match["list"])
            if filled is None or len(names) < _LEAST:
                yield unchecked(f"第{paragraph.page}页：没有读到唯一的基本支出表，{match['what']}经费所列科目未核对")
            else:
                yield _compared((paragraph, *document.paragraphs[n + 1 : n + 2]), names, filled)


def _rest(document: Document, n: int) -> str:
    """The text that goes on in the next paragraph, where a sentence was broken by the layout."""
    following = document.paragraphs[n + 1 : n + 2]
    if normal(document.paragraphs[n].text).endswith(("。", ";", ":")) or not following or following[0].heading:
        return ""
    return normal(following[0].text)


def _compared(paragraphs: Sequence[Paragraph], names: Sequence[str], filled: _Filled) -> Outcome:
    """One list, in its paragraph and the next, against the table."""
    paragraph = paragraphs[0]
    known = [n for n in names if n in filled.rows]
    empty = [n for n in known if not filled.is_filled(n)]
    left = [n for n in filled.rows if filled.is_filled(n) and n not in names and not _is_named(n, names)]
    if len(known) < _LEAST or len(empty) > _TOLERATED or len(empty) * 3 > len(known):
        return unchecked(f"第{paragraph.page}页：所列科目多数在基本支出表中没有金额，疑为模板的列举，未核对")
    figures = [next(iter(filled.rows[n].amounts.values())) for n in known if filled.rows[n].amounts]
    if not empty:
        return passed(*figures)
    holder = next((p for p in paragraphs if empty[0] in normal(p.text)), paragraph)
    before = next((a for a, b in pairwise(names) if b == empty[0]), "")
    return raised(_issue(holder, filled, (before, empty), left))


def _issue(paragraph: Paragraph, filled: _Filled, naming: tuple[str, list[str]], left: list[str]) -> Issue:
    """Items listed without an amount; the name before the first shows where."""
    before, empty = naming
    form = normalised(paragraph.text)
    at = form.text.find(empty[0])
    start, end = form.span(at, at + len(empty[0])) if at >= 0 else (0, len(paragraph.text))
    place = paragraph.place(start, end)
    said = Printed(Decimal(0), "", place, key(place))
    others = [next(f for f in filled.rows[n].amounts.values() if f.value != 0) for n in left[:3]]
    swapped = len(empty) == len(left) == 1
    extra = "；" + "、".join(f"「{n}」{f.text}" for n, f in zip(left, others, strict=False)) + "有金额而文中未列" if left else ""
    shown = "、".join([before, *empty]) if before else "、".join(empty)
    explain = f"文中列有「{shown}」，其中「{empty[0]}」在{title(filled.ledger.table)}没有金额{extra}"
    whole: Place = paragraph.place(0, len(paragraph.text))
    where = paragraph.section[-1] if paragraph.section else ""
    return Issue(
        kind="text-vs-table",
        severity=Severity.ERROR if swapped else Severity.SUSPICIOUS,
        stated=Quantity(empty[0], ""),
        expected=Quantity(left[0], "") if swapped else None,
        where=where,
        place=whole,
        figures=(said, *others),
        explain=explain,
    )


def _names(text: str) -> list[str]:
    """The names of a list, without 等 and the words after it."""
    cut = re.sub(r"等(?:支出|费用|方面|项目|经费)?.*$", "", text)
    return [bare(n) for n in cut.split("、") if n]


def _is_named(name: str, names: Sequence[str]) -> bool:
    """Whether the list names the item in a shorter or longer form."""
    return any(n and (n in name or name in n) for n in names)


def _basic(document: Document, ledgers: Sequence[Ledger], classes: tuple[str, ...]) -> _Filled | None:
    """The 款 rows of these 类 in the only basic table."""
    found = [
        ledger
        for ledger in ledgers
        if (s := statements.get(ledger.table.statement)) is not None
        and s.role is Role.BASIC
        and document.kind in (Kind.OTHER, s.kind)
        and ledger.coded
    ]
    if len(found) != 1:
        return None
    rows = {r.name: r for r in found[0].coded if len(r.code) == 5 and r.code[:3] in classes}
    return _Filled(found[0], rows) if rows else None
