"""E2 and E4: lists whose completeness is not prescribed: one that adds up, one a slip of the pen away, and uses of more than there is."""

import re
from collections.abc import Iterator, Sequence

from service import amounts
from service.checks import diagnosis, intervals
from service.checks.intervals import Fit
from service.checks.outcomes import Issue, Outcome, passed, raised
from service.checks.printed import Printed
from service.checks.rates import hint
from service.checks.sentences import CURRENT, Mark, Role, Sentence
from service.records import Quantity, Severity
from service.text import normal

_LEAST = 2
_SURE = 3
"""Parts from which a sum too small is taken for a slip: a shorter list is more likely incomplete."""
_USES = re.compile(r"(?:主要|具体|全部)用于|(?:^|[,。;])用于")
_CLEAR = ("digit-changed", "digits-transposed")


def judged(sentences: Sequence[Sentence], n: int, head: Mark, places: int) -> Outcome | None:
    """The list that `head` (in sentence `n`) opens, up to the end of its sentence; ； goes on with the next.

    Σ = head passes. Σ > head is a contradiction of part and whole; it is an error where one changed digit of either side
    explains it, and Σ < head is suspicious there. Anything else may be an incomplete or nested list.

    Returns:
        None where nothing can be said.
    """
    parts = _parts(sentences, n, head)
    if len(parts) < _LEAST:
        return None
    whole = head.printed
    result = intervals.total(whole.value, [p.printed.value for p in parts], places)
    figures = (whole, *(p.printed for p in parts))
    if result.fit is not Fit.OFF:
        return passed(*figures)
    hints = diagnosis.of_amount(whole.value, result.computed)
    if not hints or (result.residual > 0 and (len(parts) < _SURE or hints[0] not in _CLEAR)):
        return None
    terms = " + ".join(f"{p.printed.text}" for p in parts)
    computed, gap = amounts.plain(result.computed), amounts.plain(abs(result.residual))
    explain = f"所列各项 {terms} = {computed} {whole.unit}，总数写 {whole.text} {whole.unit}，相差 {gap}，{diagnosis.wording(hints)}"
    severity = Severity.ERROR if result.residual < 0 else Severity.SUSPICIOUS
    last = max(p.end for p in parts)
    place = sentences[n].paragraph.place(sentences[n].start, max(sentences[n].end, last))
    stated, expected = Quantity(whole.text, whole.unit), Quantity(computed, whole.unit)
    return raised(Issue("sum", severity, stated, expected, sentences[n].where, place, figures, explain, hints))


def spent(sentences: Sequence[Sentence], places: int) -> Iterator[Outcome]:
    """「支出X万元。主要用于甲Y万元」: Σ uses ≤ the amount that was used, which its paragraph prints directly before."""
    for n, sentence in enumerate(sentences):
        uses = [m for m in sentence.of(Role.HEAD) if m.printed.unit in amounts.YUAN]
        first = next((k for k, m in enumerate(uses) if _USES.search(m.words)), None)
        if first is None:
            continue
        before = uses[:first] or [m for m in sentences[n - 1].of(*CURRENT) if n and sentences[n - 1].number == sentence.number]
        whole = before[0] if len(before) == 1 else None
        if whole is None or any(m.printed.unit != whole.printed.unit for m in uses[first:]):
            continue
        yield _used(sentence, whole.printed, [m.printed for m in uses[first:]], places)


def _used(sentence: Sentence, whole: Printed, uses: list[Printed], places: int) -> Outcome:
    """An amount and its uses, which need not be all."""
    result = intervals.total(whole.value, [u.value for u in uses], places)
    if result.residual >= 0 or result.fit is not Fit.OFF:
        return passed(whole, *uses)
    hints = diagnosis.of_amount(result.computed, whole.value)
    computed = amounts.plain(result.computed)
    terms = f"{' + '.join(u.text for u in uses)} = " if len(uses) > 1 else ""
    explain = f"用途所列 {terms}{computed} {whole.unit}，大于所说的支出 {whole.text} {whole.unit}{hint(hints)}"
    stated, expected = Quantity(computed, whole.unit), Quantity(whole.text, whole.unit)
    return raised(Issue("sum", Severity.ERROR, stated, expected, sentence.where, sentence.place, (*uses, whole), explain, hints))


def _parts(sentences: Sequence[Sentence], n: int, head: Mark) -> list[Mark]:
    """Amounts of the head's unit after it; another role or another list ends them."""
    found: list[Mark] = []
    here = sentences[n]
    for sentence in sentences[n:]:
        if sentence.number != here.number:
            break
        for mark in sentence.marks:
            if (sentence is here and mark.start <= head.start) or mark.role in (Role.ASIDE, Role.SHARE):
                continue
            nested = bool(found) and "其中" in mark.words
            if mark.role not in CURRENT or mark.printed.unit != head.printed.unit or nested:
                return [] if nested else found
            found.append(mark)
            if mark.opens:
                return []
        if not normal(sentence.text).endswith(";"):
            break
    return found
