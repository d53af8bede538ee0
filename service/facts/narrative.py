"""Paragraphs of the statutory narrative → facts and reasons: each figure with the item named before it and the words of its measure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from service import amounts
from service.amounts import YUAN, Amount, Form
from service.facts import appraisals, codes, functional, measures, naming, quoting, reasons, sections, subjects, wording
from service.facts.codes import CodeBook
from service.facts.functional import Hierarchy
from service.facts.measures import Measured, Setting
from service.facts.sections import Section, Subject, Topic
from service.facts.wording import Wording
from service.records import Document, Fact, Paragraph, Place, Reason, Unread
from service.statements import ALL, CAPITAL, FUND, GENERAL
from service.text import normal

_THRESHOLD = re.compile(r"(?:\((?:含|不含)\))?(?:及)?(?:以上|以下|以内)")
_DIGIT = re.compile(r"\d")
_TURNS = re.compile(
    r"(?:增加|增长|上升|减少|下降|降低)(?:\((?:增加|增长|上升|减少|下降|降低)\))?"
    r"|(?:小于|低于|少于|大于|高于|多于|超过|超出)(?=上年|去年|(?:年初|全年|调整|当年)?预算)"
)
_DONE = re.compile(
    r"完成(?:年初|全年|调整)?预算数?的?[\d.]+%|与(?:上|去)年(?:度)?(?:决算数?)?(?:基本)?持平|与(?:年初)?预算数?(?:基本)?持平"
)
"""What else a reason explains, as it is printed."""
_DOWN = ("减少", "下降", "降低", "小于", "低于", "少于")
_CHANGED = re.compile(r"(?:主要)?(?:的)?(?:增减)?(?:变动|变化|差异|增减)(?:的)?")
"""主要变动原因: words that do not say which change."""
_ANNOUNCED = re.compile(r"(一般公共预算|政府性基金预算|国有资本经营预算)[^。]*(?:如下|包括|分别(?:是|为))[:]?$")
_FUND_NAMES = {"一般公共预算": GENERAL, "政府性基金预算": FUND, "国有资本经营预算": CAPITAL}
_NUMBERED = re.compile(r"[(（]?\d{1,2}[)）.、](?!\d)")
_EACH = re.compile(r"(?:各|均|分别)(?:增加|减少|增长|下降|上升|降低)")
_SIDES = re.compile(r"(?:收支|收、支|收入[、和]支出)(?:总计|总额)?(?:与|较|比|同比)")
"""收支较上年…: of both sides, though one alone may have been told."""
_TOTAL = re.compile(r"(?:收入|支出)(总计|合计|总额)$")
_COMPARISONS = ("上年数", "增减额", "增减率", *measures.APART)


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
    announced: tuple[tuple[str, ...], str] | None = None
    """The section and the fund whose items a sentence announces: 其中，一般公共预算财政拨款支出…，主要科目如下：."""
    facts: list[Fact] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


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
    section = _of_announced(walk, paragraph, section)
    text = wording.of(paragraph, section, walk.document.org)
    heads, walk.above = functional.heads(text, walk.above)
    if section.topic is Topic.APPRAISAL:
        heads = appraisals.heads(text)
        if not heads and walk.last is not None and re.match(r"(?:发现|存在)的", text.form.text):
            heads = [replace(walk.last, at=None)]
    named = _Sentence(walk, text, heads).read(_figures(text))
    for cause in text.causes:
        own = subjects.named(text.form.text[slice(*cause.about)], text, cause.about[0])
        held = next((h for h in heads if h.at is None), naming.default(text))
        subject = own or _before(named, cause.start) or held
        if subject is not None:
            walk.reasons.append(_reason(walk, text, cause, subject))
    if named:
        walk.last = named[-1][1]


def _of_announced(walk: _Walk, paragraph: Paragraph, section: Section) -> Section:
    """The section with the fund that the sentence before a numbered list announces for its items."""
    form = normal(paragraph.text)
    if walk.announced is not None and walk.announced[0] == paragraph.section and _NUMBERED.match(form):
        return replace(section, scope=walk.announced[1])
    fund = _ANNOUNCED.search(form)
    walk.announced = (paragraph.section, _FUND_NAMES[fund[1]]) if fund is not None else None
    return section


def _figures(text: Wording) -> list[Amount]:
    """The figures of a paragraph that may be facts: no thresholds (100万元以上), no digits of a code."""
    if not _DIGIT.search(text.masked):
        return []
    marks = functional.code_marks(text.masked)
    return [
        f
        for f in amounts.numbers(text.masked)
        if f.form is Form.FIGURE and not _THRESHOLD.match(text.form.text, f.end, f.end + 12) and not any(a <= f.start < b for a, b in marks)
    ]


Taken = list[tuple[int, Subject, Measured | None]]
"""(offset, item, measure) in order; no measure: a head."""


class _Sentence:
    """A paragraph's figures read from left to right: the item that holds, and what was measured last."""

    def __init__(self, walk: _Walk, text: Wording, heads: Sequence[Subject]) -> None:
        self._walk = walk
        self._text = text
        self._heads = heads
        self._known = naming.Known(heads, walk.codes)
        self._setting = Setting(walk.document.kind, walk.document.year, text.section.topic)
        self._subject = next((h for h in heads if h.at is None), naming.default(text))
        self._before: Measured | None = None
        self._outer: Subject | None = None
        self._around: tuple[int, Subject | None] | None = None
        """Where a bracket was opened that holds an item of its own, and the item outside."""
        self._listed = False

    def read(self, figures: Sequence[Amount]) -> Taken:
        """Facts of the figures. Returns every item taken."""
        taken: Taken = []
        end, unmeasured = 0, 0
        for figure in figures:
            if not figure.unit:
                unmeasured += _looks_stated(self._text.masked[end : figure.start], figure, self._setting)
                continue
            start, end = end, figure.end
            found = self._take_subject(start, figure)
            measured = self._measured(start, figure)
            subject = self._subject
            if measured is None or subject is None or not _belongs(figure, subject, self._setting):
                unmeasured += figure.unit in YUAN and self._setting.topic not in (Topic.APPRAISAL, Topic.WORK)
                continue
            whole = self._listed or self._text.masked.startswith("。", start)
            if whole and self._outer is not None and found is None and measured.measure in _COMPARISONS:
                # After a list of parts (其中A…、B…，较上年…; 其中A…；B…。较上年…) the comparison is the whole's.
                subject, self._subject, self._listed = self._outer, self._outer, False
            if found is None and measured.measure in _COMPARISONS and (both := self._both(taken, start, figure)) is not None:
                subject = self._subject = both
            self._before = measured
            taken.append((figure.start, subject, measured))
            place = quoting.place(self._text, figure, subject, measured)
            if place is None:
                what = f"“{self._text.where}”中的 {figure.printed}{figure.unit}"
                reason = "说明它的文字在上一页，本页摘不出可核对的原文，未收入"
                self._walk.unread.append(Unread(self._text.page(figure.start), what, reason))
            else:
                self._walk.facts.extend(_facts(self._walk, self._text, (figure, place), subject, measured))
        taken.extend((h.at, h, None) for h in self._heads if h.at is not None)
        if unmeasured:
            what = f"“{self._text.where}”中的 {unmeasured} 个数"
            reason = "看得出是数，但读不出它说的是哪一项或没有单位，未收入"
            self._walk.unread.append(Unread(self._text.paragraph.page, what, reason))
        return sorted(taken, key=lambda t: t[0])

    def _both(self, taken: Taken, start: int, figure: Amount) -> Subject | None:
        """Both totals, where a change is each one's: 收入总计…，支出总计…。各增加…, 支出总计…。收支较上年增加…."""
        lead = self._text.masked[start : figure.start]
        sides = _SIDES.search(lead) is not None
        if not (sides or _EACH.search(lead)):
            return None
        told = list(dict.fromkeys(item for _, subject, measured in taken if measured is not None for item in subject.items))
        pair = tuple(told[-2:])
        if len(pair) > 1 and all(_TOTAL.search(item) for item in pair):
            return Subject(pair)
        if sides and told and (total := _TOTAL.search(told[-1])) is not None:
            return Subject(tuple(f"{told[-1][: total.start()]}{side}{total[1]}" for side in ("收入", "支出")))
        return None

    def _take_subject(self, start: int, figure: Amount) -> Subject | None:
        """The item named for a figure, which then holds; None when the one before still does."""
        text = self._text
        if self._around is not None and ")" in text.masked[self._around[0] : figure.start]:
            self._subject, self._around = self._around[1], None
        found = naming.of(text, start, figure, self._subject, self._known)
        if found is None:
            return None
        lead = text.masked[start : figure.start]
        opened = lead.rfind("(")
        if opened >= 0 and ")" not in lead[opened:] and found.at is not None and found.at > start + opened and not found.is_head:
            self._around = self._around or (start + opened, self._subject)
        self._outer = self._subject if "其中" in lead else self._outer if lead.startswith(("、", ",", ";")) else None
        self._listed, self._subject = lead.startswith("、") and self._outer is not None, found
        return found

    def _measured(self, start: int, figure: Amount) -> Measured | None:
        """What a figure measures, by the words from its sentence's beginning or from the figure before."""
        text = self._text
        if self._setting.topic is Topic.APPRAISAL and not naming.still(text, figure, self._subject):
            self._subject = None
        begin = max(start, text.sentence(figure.start))
        cue = text.masked[begin : figure.start].rsplit(wording.STOP, 1)[-1]
        return measures.of(cue, text.whole(figure.start), figure, self._before, self._setting)


def _belongs(figure: Amount, subject: Subject, setting: Setting) -> bool:
    """Counts are facts only where the statutory narrative counts."""
    if setting.topic is Topic.APPRAISAL and figure.unit not in YUAN and figure.unit not in ("%", "分"):
        return "自评" in subject.name or "项目" in subject.name
    return figure.unit in YUAN or figure.unit == "%" or setting.topic in naming.COUNTING


def _looks_stated(lead: str, figure: Amount, setting: Setting) -> bool:
    """Whether a figure without a unit stands where an amount or a percentage is stated."""
    return figure.decimals > 0 and setting.topic is Topic.MONEY and bool(re.search(r"(?:为|年|增加|减少|增长|下降|占|支出|收入)$", lead))


def _facts(walk: _Walk, text: Wording, at: tuple[Amount, Place], subject: Subject, measured: Measured) -> Iterator[Fact]:
    figure, place = at
    value = -figure.value if measured.negative and figure.value else figure.value
    for item in subject.items:
        code = _code(walk, text, item, subject)
        yield Fact(
            item=item,
            measure=measured.measure,
            value=value,
            unit="台（套）" if quoting.is_sets(text, figure) else figure.unit,
            year=measured.year or walk.document.year,
            source="text",
            where=text.where,
            place=place,
            printed=figure.printed,
            code=code,
            scope=text.section.scope or _scope(item),
            path=_path(walk, text, code, subject),
            part=text.section.topic.value,
        )


def _code(walk: _Walk, text: Wording, item: str, subject: Subject) -> str | None:
    """The item's code: printed beside it, else by the document's own tables."""
    if subject.code or subject.is_head:
        return subject.code or walk.codes.of(item, subject.path)
    return walk.codes.of(item) if text.section.topic is Topic.MONEY else None


def _path(walk: _Walk, text: Wording, code: str | None, subject: Subject) -> tuple[str, ...]:
    """The item's parents as the prose marks them; by the tables where what it marked last, elsewhere, belongs to another item."""
    if not subject.path or not subject.is_head or code is None:
        return subject.path
    above = walk.codes.above(code)
    here = subject.at is not None and text.form.text.startswith(normal(subject.path[0]), subject.at)
    return above if above and not here and not codes.is_same(subject.path[0], above[0]) else subject.path


def _scope(item: str) -> str | None:
    """The money an item names itself."""
    if item in ("收入总计", "支出总计", "本年收入合计", "本年支出合计", "收入预算", "支出预算"):
        return ALL
    match = re.match(r"(?:一般公共预算|政府性基金预算|国有资本经营预算)?财政拨款", item)
    return match[0] if match else None


def _reason(walk: _Walk, text: Wording, cause: reasons.Cause, subject: Subject) -> Reason:
    begin, end = text.form.span(cause.text, cause.end)
    start = text.form.at[cause.start]
    page, last = text.paragraph.page_at(start), end
    while text.paragraph.page_at(last - 1) != page:
        last -= 1
    return Reason(
        item=subject.name,
        about=_about(text, cause, walk.document.year),
        text=text.paragraph.text[begin:end],
        place=text.paragraph.place(start, last),
        code=_code(walk, text, subject.items[0], subject),
        where=text.where,
    )


def _about(text: Wording, cause: reasons.Cause, year: int | None) -> str:
    """What a reason without its own words explains: the change stated before it."""
    start, end = cause.about
    words = text.printed(start, end) if start < end else ""
    if words and not _CHANGED.fullmatch(normal(words)):
        return f"比上年{words}" if re.fullmatch(r"增加|增长|上升|减少|下降|降低", words) else words
    said = _sentence_before(text.form.text, cause.start)
    turns = _TURNS.findall(said)
    if turns and "(" in turns[-1]:
        return "与上年相比"
    if turns:
        base = (
            "预算"
            if measures.versus_budget(said, year) or re.search(rf"{re.escape(turns[-1])}(?:年初|全年|调整|当年)?预算", said)
            else "上年"
        )
        return f"比{base}减少" if turns[-1] in _DOWN else f"比{base}增加"
    done = _DONE.findall(said)
    return done[-1] if done else "原因"


def _sentence_before(text: str, at: int) -> str:
    """What is said before a reason: its own sentence, or the one before where the reason opens a sentence."""
    before = text[:at].rstrip("。;,:")
    return before[max(before.rfind(c) for c in "。;") + 1 :]


def _before(taken: Taken, at: int) -> Subject | None:
    return next((subject for offset, subject, _ in reversed(taken) if offset < at), None)
