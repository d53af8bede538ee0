"""H1: the directions of the items' changes against the change of their total, where both amounts and changes are all printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from service import amounts
from service.checks import intervals
from service.checks.intervals import Fit
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed
from service.checks.sentences import CURRENT, Mark, Role, Sentence
from service.records import Quantity, Severity
from service.text import normal

_ITEM = re.compile(r"\(项\)")
_PRIOR = re.compile(r"上年|上一年|去年|同比|20\d\d年")
_LEVEL = re.compile(r"持平|无增减|保持不变|不变")
_LEAST = 3
_WORDS = {1: "增加", -1: "减少"}


@dataclass(frozen=True, slots=True)
class _Item:
    """One 项: its amount, its change (None: unchanged), the sentence that prints the change."""

    amount: Printed
    change: Mark | None
    sentence: Sentence

    @property
    def signed(self) -> Decimal:
        """The change with the sign that its words give it."""
        return self.change.printed.value * self.change.sign if self.change else Decimal(0)


def turned(sentences: Sequence[Sentence], places: int) -> Iterator[Outcome]:
    """Σ signed changes of the items = the change of their total; an item whose opposite direction makes it so is turned round.

    That the items are all of them is proved by their amounts (Σ amounts = a total that prints its own change), or by the
    changes adding up to the last digit once one of them is turned.
    """
    sections: dict[tuple[str, ...], list[int]] = {}
    for n, sentence in enumerate(sentences):
        if any(_ITEM.search(m.words) for m in sentence.of(*CURRENT)):
            sections.setdefault(sentence.paragraph.section, []).append(n)
    for numbers in sections.values():
        items = [_read(sentences, n) for n in numbers]
        if len(items) < _LEAST or any(item is None for item in items):
            continue
        known = [item for item in items if item is not None]
        total = _total(sentences, numbers[0], known, places)
        if total is not None:
            yield _compared(known, total, places)


def _read(sentences: Sequence[Sentence], n: int) -> _Item | None:
    """The item of a sentence with its change, in that sentence or in its paragraph."""
    here = sentences[n]
    amount = next(m for m in here.of(*CURRENT) if _ITEM.search(m.words))
    for sentence in sentences[n:]:
        if sentence.number != here.number:
            break
        change = next((m for m in sentence.of(Role.DELTA) if _PRIOR.search(m.words)), None)
        if change is not None or (_LEVEL.search(normal(sentence.text)) and _PRIOR.search(normal(sentence.text))):
            return _Item(amount.printed, change, sentence)
    return None


def _total(sentences: Sequence[Sentence], first: int, items: list[_Item], places: int) -> tuple[Mark, Mark] | None:
    """(amount, change) of the nearest total before the items that their amounts make, or their changes with one turned round."""
    figures = [i.amount.value for i in items]
    for sentence in reversed(sentences[:first]):
        change = next((m for m in sentence.of(Role.DELTA) if _PRIOR.search(normal(sentence.text))), None)
        marks = [m for m in sentence.of(*CURRENT) if m.printed.unit == items[0].amount.unit]
        if change is None or not marks:
            continue
        value = change.printed.value * change.sign
        fits = any(intervals.total(m.printed.value, figures, places).fit is not Fit.OFF for m in marks)
        if fits or any(_around(items, item, value, places) is Fit.EXACT for item in items):
            return marks[0], change
    return None


def _around(items: list[_Item], turned_item: _Item, value: Decimal, places: int) -> Fit:
    """How the items' changes make the total's when one of them goes the other way."""
    return intervals.total(value, [-i.signed if i is turned_item else i.signed for i in items], places).fit


def _compared(items: list[_Item], total: tuple[Mark, Mark], places: int) -> Outcome:
    """The items' changes against the total's."""
    whole = total[1].printed
    value = whole.value * total[1].sign
    result = intervals.total(value, [i.signed for i in items], places)
    printed = [i.change.printed for i in items if i.change]
    if result.fit is not Fit.OFF:
        return passed(whole, *printed)
    turned_round = [i for i in items if i.change and _around(items, i, value, places) is not Fit.OFF]
    if len(turned_round) != 1 or turned_round[0].change is None:
        return unchecked(f"第{whole.place.page}页：各项增减额之和与总数的增减额不符，原因不能确定")
    return raised(_issue(turned_round[0], turned_round[0].change, (whole, _WORDS[total[1].sign], amounts.plain(result.computed))))


def _issue(item: _Item, change: Mark, total: tuple[Printed, str, str]) -> Issue:
    """One item whose direction does not fit the total."""
    whole, word, computed = total
    figure, said, other = change.printed, _WORDS[change.sign], _WORDS[-change.sign]
    explain = (
        f"「{item.amount.label}」写{said} {figure.text} {figure.unit}，各项增减额之和为 {computed} {figure.unit}，"
        f"总数写{word} {whole.text} {whole.unit}；此项为「{other}」时两者相符"
    )
    place = item.sentence.paragraph.place(min(item.sentence.start, _start(item)), item.sentence.end)
    return Issue(
        kind="direction-word",
        severity=Severity.ERROR,
        stated=Quantity(said, ""),
        expected=Quantity(other, ""),
        where=item.sentence.where,
        place=place,
        figures=(figure, whole),
        explain=explain,
        diagnosis=("sign",),
    )


def _start(item: _Item) -> int:
    """Where the item's paragraph begins, so that its name is read with its change."""
    return len(item.sentence.paragraph.text) - len(item.sentence.paragraph.text.lstrip())
