"""What the checker found about a figure that an answer tells, in a few words, with both places cited."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service import amounts
from service.answering.citing import MARK, overlap
from service.records import Answer, Citation, Figure, Finding, Place, Support
from service.text import normal

MOST_TOLD = 2
"""So many findings are told."""
LONGEST = 90
"""A longer explanation (characters) is no word beside an answer."""
_RELATED = "。与此相关"
_GUESS = re.compile(r"，(?:疑|相差|可能|分母疑)[^，；。]*|（[^（）]*请对照原页）")
_EQUATION = re.compile(r"(?P<left>[-\d.,(][^=，。：]*?)\s*=\s*(?P<value>-?[\d.,]+)")
_UNIT = r"[\u4e00-\u9fff]{0,3}"
_SUM = re.compile(rf"(?:各分?项(?:得分|占比)?\s*)?(?:[\d.,]+{_UNIT}\s*\+\s*){{2,}}[\d.,]+{_UNIT}\s*=\s*")
_UNITS = re.compile(r"[\u4e00-\u9fff%\s]+")
_SIDES = ("duplicate-conflict", "text-vs-table", "cross-table", "unit", "carry-over")
"""Classes whose other figure is printed, too."""


def beside(made: Answer, findings: Sequence[Finding]) -> Answer:
    """The answer with a word about each finding whose figure it tells.

    Args:
        made: a verified answer.
        findings: those that touch what it cites.
    """
    about = [f for f in findings if _told(made, f)]
    for finding in about[:MOST_TOLD]:
        made = _with(made, finding)
    return made


def _told(made: Answer, finding: Finding) -> bool:
    """Whether the answer tells the figure (or the word) that a finding is about, and does not set both against each other."""
    said = {_bare(f.value) for f in made.figures}
    stated = _bare(finding.stated.value)
    other = _bare(finding.expected.value) if finding.expected is not None else ""
    if "不一致" in made.answer and {stated, other} <= said:
        return False
    if amounts.cell(finding.stated.value) is None:
        return stated in normal(made.answer)
    return stated in said or (finding.kind in _SIDES and other in said)


def _with(made: Answer, finding: Finding) -> Answer:
    """The answer with one finding told; where a figure of its words stands in none of its places, only whose figure it is."""
    words = _GUESS.sub("", finding.explain.split(_RELATED)[0]).rstrip("。")
    places = tuple(dict.fromkeys((finding.place, *(o.place for o in finding.operands))))
    cited, numbers = _cited(made, finding, places)
    derived = _derivation(words)
    words = _SUM.sub("各项相加为 ", words)
    figures = _figures(words, cited, numbers, derived)
    figures = figures if len(words) <= LONGEST else None
    if figures is None:
        stated = f"{finding.stated.value}{finding.stated.unit}"
        words = f"「{stated}」" if amounts.cell(finding.stated.value) is None else stated
        words = f"所引的{words}与文件其他地方或算式不一致，详见核对发现"
        cited, numbers = _cited(made, finding, (finding.place,))
        figures = _figures(words, cited, numbers)
        if figures is None:
            return made
    marks = "".join(MARK.format(n) for n in numbers)
    added = tuple(f for f in figures if f not in made.figures)
    return replace(made, answer=f"{made.answer}提示：{words}{marks}。", citations=cited, figures=made.figures + added)


def _cited(made: Answer, finding: Finding, places: Sequence[Place]) -> tuple[tuple[Citation, ...], tuple[int, ...]]:
    """The answer's citations with those of a finding's places, and the numbers of the latter."""
    cited, numbers = list(made.citations), []
    doc = next((c.doc for c in cited if any(overlap(c.place, p) for p in places)), cited[0].doc)
    for place in places:
        known = next(
            (c for c in cited if c.doc == doc and normal(place.quote) in normal(c.place.quote) and c.place.page == place.page), None
        )
        if known is None:
            known = Citation(len(cited) + 1, doc, finding.where, place)
            cited.append(known)
        if known.n not in numbers:
            numbers.append(known.n)
    return tuple(cited), tuple(numbers)


def _figures(words: str, cited: Sequence[Citation], numbers: Sequence[int], derived: tuple[str, str] | None = None) -> list[Figure] | None:
    """The figures of the words, each with what supports it (`derived`: a value and its equation); None where one has no support."""
    printed = {n: {_bare(a.printed) for a in amounts.numbers(c.place.quote)} for n in numbers for c in cited if c.n == n}
    made: list[Figure] = []
    for amount in amounts.numbers(words):
        if amount.form is not amounts.Form.FIGURE or amount.unit in ("页", "年"):
            continue
        value = amounts.plain(amount.value)
        source = next((n for n, values in printed.items() if _bare(amount.printed) in values), None)
        if source is not None:
            made.append(Figure(value, amount.unit, Support.CITED, source, None))
        elif derived is not None and _bare(amount.printed) == _bare(derived[0]):
            made.append(Figure(value, amount.unit, Support.DERIVED, None, derived[1]))
        else:
            return None
    return made


def _derivation(words: str) -> tuple[str, str] | None:
    """(value, equation) that the words of a finding reckon."""
    match = _EQUATION.search(words)
    if match is None:
        return None
    left = _UNITS.sub("", match["left"])
    return match["value"], f"{left} = {match['value']}"


def _bare(text: str) -> str:
    cell = amounts.cell(text)
    return normal(text) if cell is None else amounts.plain(abs(cell.value))
