"""Paragraphs of the statutory narrative → facts and reasons: each figure with the item named before it and the words of its measure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from service import amounts
from service.amounts import YUAN, Amount, Form
from service.facts import appraisals, measures, reasons, sections, subjects
from service.facts.codes import CodeBook
from service.facts.measures import Measured, Setting
from service.facts.sections import Section, Subject, Topic
from service.facts.subjects import STOP, Hierarchy
from service.records import Document, Fact, Paragraph, Place, Reason, Unread
from service.statements import ALL
from service.text import Normal, normalised

LONGEST = 260
"""Characters of a quote; where the item is named farther away, the quote is the figure's own sentence."""

_THRESHOLD = re.compile(r"^(?:\((?:含|不含)\))?(?:及)?(?:以上|以下|以内)")
_ENUMERATED = re.compile(r"\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[\u2460-\u2473]")
_TURNS = re.compile(
    r"(?:增加|增长|上升|减少|下降|降低)(?:\((?:增加|增长|上升|减少|下降|降低)\))?"
    r"|(?:小于|低于|少于|大于|高于|多于|超过)(?=上年|去年)"
)
_DOWN = ("减少", "下降", "降低", "小于", "低于", "少于")
_SAID = re.compile(r"[\u4e00-\u9fff]{2}|占")
_SAID_OF_A_COUNT = re.compile(r"[\u4e00-\u9fff]")
"""The unit of a count (人次, 辆) says what is counted too."""
_CLAUSE_AFTER = re.compile(r",[^,。;:\d]{4,40}(?=[,。;:]|$)")
_COUNT_TOPICS = (Topic.STAFF, Topic.ASSETS, Topic.UNITS, Topic.THREE_PUBLIC, Topic.APPRAISAL)
_SENTENCE_ENDS = "。;"


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the prose states."""

    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    unread: tuple[Unread, ...]


@dataclass
class _Walk:
    """What holds from one paragraph to the next, and what was found."""

    document: Document
    codes: CodeBook
    above: Hierarchy = field(default_factory=Hierarchy)
    chapter: tuple[str, ...] = ()
    last: Subject | None = None
    facts: list[Fact] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


@dataclass(frozen=True)
class _Text:
    """A paragraph in normal form; `masked` has what is not to be read stopped out."""

    paragraph: Paragraph
    form: Normal
    masked: str
    section: Section
    causes: tuple[reasons.Cause, ...]

    def sentence(self, at: int) -> int:
        """Where the sentence begins that holds offset `at`."""
        return max(self.form.text.rfind(c, 0, at) for c in _SENTENCE_ENDS) + 1

    def whole(self, at: int) -> str:
        """The text from the last full stop to offset `at`."""
        return self.masked[self.form.text.rfind("。", 0, at) + 1 : at]

    @property
    def where(self) -> str:
        """Its innermost heading, as printed."""
        return self.paragraph.section[-1] if self.paragraph.section else ""


def read(document: Document, codes: CodeBook) -> Narrative:
    """Read the prose.

    Args:
        document: as read.
        codes: codes of the items, from the document's tables.
    """
    walk = _Walk(document, codes)
    for paragraph in document.paragraphs:
        section = sections.of(paragraph)
        if section is None:
            continue
        chapter = paragraph.section[:2]
        if chapter != walk.chapter:
            walk.above, walk.chapter, walk.last = Hierarchy(), chapter, None
        _read_paragraph(walk, paragraph, section)
    return Narrative(tuple(walk.facts), tuple(walk.reasons), tuple(walk.unread))


def _read_paragraph(walk: _Walk, paragraph: Paragraph, section: Section) -> None:
    """One paragraph: its heads, its figures, its reasons."""
    form = normalised(paragraph.text)
    causes = tuple(reasons.causes(form.text))
    masked = _masked(form.text, [(c.start, c.end) for c in causes] + reasons.silent(form.text))
    text = _Text(paragraph, form, masked, section, causes)
    heads, walk.above = subjects.heads(form, masked, paragraph.text, walk.above)
    if section.topic is Topic.APPRAISAL:
        heads = appraisals.heads(form, masked, paragraph.text)
        if not heads and walk.last is not None and re.match(r"(?:发现|存在)的", form.text):
            heads = [replace(walk.last, at=None)]
    figures = [f for f in amounts.numbers(masked) if f.form is Form.FIGURE and not _THRESHOLD.match(form.text[f.end :])]
    named = _read_figures(walk, text, figures, heads)
    for cause in causes:
        own = subjects.named(form.text[slice(*cause.about)], form, paragraph.text, cause.about[0])
        default = next((h for h in heads if h.at is None), _default(text))
        subject = own or _before(named, cause.start) or default
        if subject is not None:
            walk.reasons.append(_reason(walk, text, cause, subject))
    if named:
        walk.last = named[-1][1]


def _read_figures(
    walk: _Walk, text: _Text, figures: Sequence[Amount], heads: Sequence[Subject]
) -> list[tuple[int, Subject, Measured | None]]:
    """Facts of a paragraph's figures. Returns (offset, subject, measure) of every subject taken, in order."""
    setting = Setting(walk.document.kind, walk.document.year, text.section.topic)
    subject = next((h for h in heads if h.at is None), _default(text))
    taken: list[tuple[int, Subject, Measured | None]] = []
    before: Measured | None = None
    end, unmeasured = 0, 0
    outer: Subject | None = None
    listed = False
    for figure in figures:
        if not figure.unit:
            unmeasured += _looks_stated(text.masked[end : figure.start], figure, setting)
            continue
        start, end = end, figure.end
        found = _subject(text, (start, figure), subject, heads)
        if found is not None:
            lead = text.masked[start : figure.start]
            outer = subject if "其中" in lead else outer if lead.startswith(("、", ",")) else None
            listed, subject = lead.startswith("、") and outer is not None, found
        begin = max(start, text.sentence(figure.start))
        if setting.topic is Topic.APPRAISAL and not _still(text, figure, subject):
            subject = None
        measured = measures.of(_cue(text.masked, begin, figure), text.whole(figure.start), figure, before, setting)
        if measured is None or subject is None or not _belongs(figure, subject, setting):
            unmeasured += figure.unit in YUAN and setting.topic is not Topic.APPRAISAL
            continue
        if listed and outer is not None and found is None and measured.measure in ("上年数", "增减额", "增减率"):
            # After a list of parts (其中A…、B…，较上年…) the comparison is the whole's.
            subject, listed = outer, False
        before = measured
        taken.append((figure.start, subject, measured))
        place = _place(text, figure, subject, measured)
        if place is None:
            at = text.paragraph.page_at(text.form.at[figure.start])
            what = f"“{text.where}”中的 {figure.printed}{figure.unit}"
            walk.unread.append(Unread(at, what, "说明它的文字在上一页，本页摘不出可核对的原文，未收入"))
            continue
        walk.facts.extend(_facts(walk, text, figure, subject, measured, place))
    taken.extend((h.at, h, None) for h in heads if h.at is not None)
    if unmeasured:
        page = text.paragraph.page
        walk.unread.append(Unread(page, f"“{text.where}”中的 {unmeasured} 个数", "看得出是数，但读不出它说的是哪一项或没有单位，未收入"))
    return sorted(taken, key=lambda t: t[0])


def _subject(text: _Text, span: tuple[int, Amount], subject: Subject | None, heads: Sequence[Subject]) -> Subject | None:
    """The item named between the last figure and this one, or None when none is."""
    start, figure = span
    head = next((h for h in reversed(heads) if h.at is not None and start <= h.at < figure.start), None)
    if head is not None:
        return head
    lead = text.masked[start : figure.start]
    topic = text.section.topic
    if topic is Topic.APPRAISAL:
        return appraisals.named(lead, text.form, text.paragraph.text, start)
    found = subjects.named(lead, text.form, text.paragraph.text, start)
    if found is None and figure.unit not in YUAN and figure.unit != "%" and topic in _COUNT_TOPICS:
        found = subjects.phrase(lead, text.form, text.paragraph.text, start)
        if topic is Topic.UNITS:
            found = _counted(text, figure) if found is None or "包括" in lead or "所属" in lead else found
    if found is None:
        return None
    return _refined(found, subject, text.section)


def _default(text: _Text) -> Subject | None:
    """What a paragraph speaks of that names no item: its section's, but never both totals in a part of a list (2.…)."""
    subject = text.section.subject
    if subject is not None and len(subject.items) > 1 and _ENUMERATED.match(text.form.text):
        return None
    return subject


def _counted(text: _Text, figure: Amount) -> Subject | None:
    """「2个预算单位」: what is counted stands after the count."""
    match = re.match(r"[\u4e00-\u9fff]{2,10}", text.form.text[figure.end :])
    return Subject((match[0],), at=figure.start) if match else None


def _refined(found: Subject, before: Subject | None, section: Section) -> Subject:
    """An item's full name where the prose shortens it: 行政 after 实有人员 is 实有行政人员."""
    name, context = found.items[0], before.items[0] if before else ""
    if section.topic is Topic.STAFF and name in ("行政", "事业", "参公", "工勤", "其他"):
        return replace(found, items=(f"实有{name}人员" if context.startswith("实有") else f"{name}编制",))
    if name in ("来宾", "来访来宾", "来访外宾") and context.startswith("国内"):
        return replace(found, items=("国内来访来宾",))
    if name in ("财政拨款支出", "财政拨款收入") and section.scope == "一般公共预算财政拨款":
        return replace(found, items=(f"一般公共预算{name}",))
    if name in ("收入预算", "支出预算") and before is not None and (before.is_head or section.scope not in (ALL, None)):
        return replace(before, at=before.at)
    return found


def _still(text: _Text, figure: Amount, subject: Subject | None) -> bool:
    """Whether a self-appraisal's head still holds: in its own sentence, and in one that goes on with the budget."""
    sentence = text.sentence(figure.start)
    if subject is None or subject.at is None or subject.at >= sentence:
        return True
    return bool(re.match(r"(?:项目)?(?:全年|年初|调整)?预算", text.form.text[sentence:]))


def _cue(masked: str, begin: int, figure: Amount) -> str:
    return masked[begin : figure.start].rsplit(STOP, 1)[-1]


def _belongs(figure: Amount, subject: Subject, setting: Setting) -> bool:
    """Counts are facts only where the statutory narrative counts."""
    if setting.topic is Topic.APPRAISAL and figure.unit not in YUAN and figure.unit not in ("%", "分"):
        return "自评" in subject.name or "项目" in subject.name
    return figure.unit in YUAN or figure.unit == "%" or setting.topic in _COUNT_TOPICS


def _looks_stated(lead: str, figure: Amount, setting: Setting) -> bool:
    """Whether a figure without a unit stands where an amount or a percentage is stated."""
    return figure.decimals > 0 and setting.topic is Topic.MONEY and bool(re.search(r"(?:为|年|增加|减少|增长|下降|占|支出|收入)$", lead))


def _facts(walk: _Walk, text: _Text, figure: Amount, subject: Subject, measured: Measured, place: Place) -> Iterator[Fact]:
    value = -figure.value if measured.negative and figure.value else figure.value
    for item in subject.items:
        yield Fact(
            item=item,
            measure=measured.measure,
            value=value,
            unit=_unit(text, figure),
            year=measured.year or walk.document.year,
            source="text",
            where=text.where,
            place=place,
            printed=figure.printed,
            code=subject.code or (walk.codes.of(item, subject.path) if subject.is_head else None),
            scope=text.section.scope or _scope(item),
            path=subject.path,
        )


def _unit(text: _Text, figure: Amount) -> str:
    return "台（套）" if figure.unit == "台" and text.form.text[figure.end :].startswith("(套)") else figure.unit


def _scope(item: str) -> str | None:
    """The money an item names itself."""
    if item in ("收入总计", "支出总计", "本年收入合计", "本年支出合计", "收入预算", "支出预算"):
        return ALL
    match = re.match(r"(?:一般公共预算|政府性基金预算|国有资本经营预算)?财政拨款", item)
    return match[0] if match else None


def _place(text: _Text, figure: Amount, subject: Subject, measured: Measured) -> Place | None:
    """The shortest stretch with the item and the figure, on the figure's page; None when no words of theirs stand there."""
    sentence = text.sentence(figure.start)
    start = sentence if subject.at is None or subject.at > figure.start else subject.at
    if measured.measure in ("增减额", "增减率", "上年数"):
        compared = [m.start() for m in re.finditer(r"(?:与|比|较|同)(?:上|去|20\d\d)", text.form.text[sentence : figure.start])]
        start = min(start, sentence + compared[-1]) if compared else start
    if figure.end - start > LONGEST:
        start = sentence if figure.end - sentence <= LONGEST else max(text.form.text.rfind(c, 0, figure.start) for c in "。;,") + 1
    begin, end = text.form.span(start, figure.end)
    if subject.at == figure.start:
        end = text.form.span(figure.start, figure.end + len(subject.name))[1]
    if _unit(text, figure) == "台（套）":
        end = text.form.span(figure.end, figure.end + 3)[1]
    page = text.paragraph.page_at(text.form.at[figure.start])
    if text.paragraph.page_at(begin) != page:
        begin = _first_on(text, page, begin, text.form.at[figure.start])
    while text.paragraph.page_at(end - 1) != page:
        end -= 1
    said = _SAID if figure.unit in (*YUAN, "%") else _SAID_OF_A_COUNT
    if not said.search(text.paragraph.text[begin : text.form.at[figure.start]]) and subject.at != figure.start:
        # A page break cut the words off; the clause after the figure may say them again.
        clause = _CLAUSE_AFTER.match(text.form.text, figure.end)
        if clause is None:
            return None
        end = text.form.span(figure.end, clause.end())[1]
        if text.paragraph.page_at(end - 1) != page:
            return None
    return text.paragraph.place(begin, end)


def _first_on(text: _Text, page: int, begin: int, figure: int) -> int:
    """The first character on `page`, or the clause that begins shortly after it."""
    while text.paragraph.page_at(begin) != page:
        begin += 1
    cut = re.match(r"[^，。；,;]{0,4}[，。；,;]", text.paragraph.text[begin:figure])
    return begin + cut.end() if cut else begin


def _reason(walk: _Walk, text: _Text, cause: reasons.Cause, subject: Subject) -> Reason:
    begin, end = text.form.span(cause.text, cause.end)
    start = text.form.at[cause.start]
    page, last = text.paragraph.page_at(start), end
    while text.paragraph.page_at(last - 1) != page:
        last -= 1
    return Reason(
        item=subject.name,
        about=_about(text, cause),
        text=text.paragraph.text[begin:end],
        place=text.paragraph.place(start, last),
        code=subject.code or (walk.codes.of(subject.items[0], subject.path) if subject.is_head else None),
        where=text.where,
    )


def _about(text: _Text, cause: reasons.Cause) -> str:
    """What a reason without its own words explains: the change stated before it."""
    start, end = cause.about
    if start < end:
        a, b = text.form.span(start, end)
        words = text.paragraph.text[a:b]
        return f"比上年{words}" if re.fullmatch(r"增加|增长|上升|减少|下降|降低", words) else words
    said = text.form.text[max(0, cause.start - 80) : cause.start]
    turns = _TURNS.findall(said)
    if turns and "(" in turns[-1]:
        return "与上年相比"
    if turns:
        return "比上年减少" if turns[-1] in _DOWN else "比上年增加"
    return "原因"


def _before(taken: Sequence[tuple[int, Subject, Measured | None]], at: int) -> Subject | None:
    return next((subject for offset, subject, _ in reversed(taken) if offset < at), None)


def _masked(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in ranges:
        chars[start:end] = STOP * (end - start)
    return "".join(chars)
