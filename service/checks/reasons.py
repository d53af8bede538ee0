"""H2: reasons that are missing, left in the template's words, or taken over from another item."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from service.checks.outcomes import Issue, Outcome, passed, raised
from service.checks.printed import Printed, key
from service.checks.sentences import Role, Sentence
from service.records import Paragraph, Place, Quantity, Severity
from service.text import normal, normalised

_ASKED = re.compile(r"(?:主要)?原因(?:是|为|在于|如下)?:?(?P<text>[^。;]*)")
_DEMANDS = re.compile(r"(?:决算数?(?:大于|小于|高于|低于)[^,。;]{0,12}预算数?|增加|减少|增长|下降)的?(?:主要)?原因(?:是|为)?:?$")
_NOTHING = re.compile(r"[,、。;:.…]*$")
_ITEM = re.compile(r"(?P<name>[^()\"、,。;:]{2,40})\(项\)")
_PATH = re.compile(r"(?P<name>[^()\"、,。;:]{2,40})\((?:款|项)\)")
_PURPOSE = re.compile(r"^(?:[,。]?主要用于:?)(?P<text>[^。;,]{3,60})[。;,]")
_CAUSE = re.compile(r"原因(?:是|为)?:?(?P<text>[^。;,]{3,60}?)(?:经费|支出)?(?:有所|略有)?(?:增加|减少|增长|下降|保持不变|调整)[。;]?$")


def missing(paragraphs: Sequence[Paragraph], sentences: Sequence[Sentence]) -> Iterator[Outcome]:
    """「决算数小于预算数的主要原因：」 is followed by a reason, in its paragraph or in the next.

    A template's 「增加（减少）」 before an amount other than zero leaves the direction open. Suspicious at most.
    """
    for n, paragraph in enumerate(paragraphs):
        text = normal(paragraph.text)
        if paragraph.heading or "原因" not in text:
            continue
        form = normalised(paragraph.text)
        for match in _ASKED.finditer(form.text):
            if not _NOTHING.match(match["text"]) or not _DEMANDS.search(form.text[: match.start("text")]):
                continue
            goes_on = match.end() >= len(form.text) and n + 1 < len(paragraphs) and not paragraphs[n + 1].heading
            if not goes_on:
                start, end = form.span(match.start(), match.end())
                explain = f"文中写「{form.text[max(0, match.start() - 16) : match.end()]}」，其后没有写出原因"
                yield raised(_issue("other", (match[0], None), paragraph, (start, end), explain))
    for sentence in sentences:
        for mark in sentence.of(Role.TEMPLATE):
            if mark.printed.value != 0:
                explain = f"文中写「{normal(mark.words)[-12:]}{mark.printed.text}{mark.printed.unit}」，保留了模板的两种方向，增减不明"
                said = Quantity(mark.printed.text, mark.printed.unit)
                where, place = sentence.where, sentence.place
                yield raised(Issue("direction-word", Severity.SUSPICIOUS, said, None, where, place, (mark.printed,), explain))


def borrowed(paragraphs: Sequence[Paragraph]) -> Iterator[Outcome]:
    """The purpose and the cause of an item do not name another item of the document in its stead.

    「职业年金缴费支出（项）…主要原因是：事业单位离退休经费增加」: the words are another item's name, whole, and no part of
    this item's own path. Suspicious at most: one item may shrink for the growth of another.
    """
    found = list(_items(paragraphs))
    names = {own[-1] for _, _, own in found}
    for paragraph, own_text, own in found:
        for pattern in (_PURPOSE, _CAUSE):
            for said in _said(pattern, own_text):
                other = _other(said, own, names)
                if other is None:
                    continue
                form = normalised(paragraph.text)
                begin = form.text.find(said)
                explain = f"「{own[-1]}」一项的说明写「{said}」，与另一项「{other}」的名称相同（疑为复制）"
                span = form.span(begin, begin + len(said))
                issue = _issue("logic", (said, own[-1]), paragraph, span, explain)
                yield raised(replace(issue, root=f"{paragraph.page}:{own[-1]}"))


def _items(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str, tuple[str, ...]]]:
    """(paragraph, text after its item's name, path of names) of every paragraph about one 项."""
    for paragraph in paragraphs:
        text = normal(paragraph.text)
        if "(项)" not in text:
            continue
        items = list(_ITEM.finditer(text))
        if len(items) == 1:
            path = tuple(m["name"] for m in _PATH.finditer(text[: items[0].end()]))
            yield paragraph, text[items[0].end() :], path


def _said(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """What the sentences of a text give as purpose or cause."""
    after = re.sub(r"^[\"”]?[\d.,]*(?:万元|元)?", "", text)
    for part in re.split(r"(?<=。)", after):
        match = pattern.search(part)
        if match:
            yield match["text"]


def _other(said: str, own: tuple[str, ...], names: set[str]) -> str | None:
    """The other item whose name the words end with (after the name of a 款 at most), unless they name this item too."""
    if said in own[-1] or _core(own[-1]) in said:
        return None
    matches = [n for n in names if len(n) > 3 and said.endswith(n)]
    if not matches:
        return None
    other = max(matches, key=len)
    rest = said.removesuffix(other)
    return other if any(rest in name for name in own) else None


def _core(name: str) -> str:
    """An item's name without 支出, 缴费 and the body before it."""
    return re.sub(r"^机关事业单位|(?:缴费)?支出$|经费$", "", name)


def _issue(kind: str, said: tuple[str, str | None], paragraph: Paragraph, span: tuple[int, int], explain: str) -> Issue:
    """An issue about words: the words are its figure."""
    place: Place = paragraph.place(*span)
    figure = Printed(Decimal(0), "", place, key(place))
    where = paragraph.section[-1] if paragraph.section else ""
    whole = paragraph.place(0, len(paragraph.text))
    expected = Quantity(said[1], "") if said[1] else None
    return Issue(kind, Severity.SUSPICIOUS, Quantity(said[0], ""), expected, where, whole, (figure,), explain)


def explained(sentence: Sentence) -> bool:
    """Whether a sentence gives a reason."""
    match = _ASKED.search(normal(sentence.text))
    return match is not None and not _NOTHING.match(match["text"])


def outcomes(paragraphs: Sequence[Paragraph], sentences: Sequence[Sentence]) -> Iterator[Outcome]:
    """Missing and borrowed reasons; every reason that is given passes."""
    given = [s for s in sentences if "原因" in s.text and explained(s)]
    if given:
        yield passed()
    yield from missing(paragraphs, sentences)
    yield from borrowed(paragraphs)
