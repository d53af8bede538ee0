"""Prose → sentences of figures, each figure with the part it plays (年初预算, 决算, 增减额, 增减率, 占比, 完成率 …).

What a figure is comes from the words directly before it, never from its size. Text after 「主要原因」 is explanation: its
figures play no part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from service import amounts
from service.checks.printed import Printed, key
from service.records import Document, Kind, Paragraph, Place
from service.text import normal

_STOPS = re.compile(r"[。；;！!？?]")
_REASON = re.compile(r"原因|主要是(?!用)|系因|由于|因为|主要因")
_SCOPES = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算|预决算|部门预算|单位预算|财政专户|预算单位|部门决算|预算绩效|预算管理")
_UP = r"增加|增长|上升|提高|上涨|多支出"
_DOWN = r"减少|下降|降低|压减|压缩|降幅|缩减|少支出"
_RESUMES = re.compile(
    rf"[,;，；]\s*(?:与(?:上年|上一年|去年|20\d\d年)度?(?:决算数?|同期)?相比|(?:比|较)(?:上年|上一年|去年|20\d\d年)度?(?:决算数?|同期)?|同比)"
    rf"[,，]?\s*(?=(?:{_UP}|{_DOWN})(?:了)?\s*\d)"
)
"""Where a comparison with the prior year goes on after an explanation in the same sentence."""
_CHANGE = re.compile(rf"(?:(?P<up>{_UP}|增幅)|(?P<down>{_DOWN}))(?:了|额|率|幅度|比例|达|为|约)*$")
_TEMPLATE = re.compile(r"(增加|增长|上升|提高|减少|下降|降低)[(/](增加|增长|上升|提高|减少|下降|降低)\)?(?:了|额|率|为|约)*$")
_DIFFERENCE = re.compile(r"(?P<word>大于|多于|高于|小于|少于|低于|超出|超过)[^,;]*$")
_INITIAL = re.compile(r"年初预算")
_FULL = re.compile(r"全年预算|调整预算|调整后预算|全年数")
_LAST_YEAR = re.compile(r"上年|上一年|去年")
_FINAL = re.compile(r"决算|执行数|实际执行|实际支出|全年执行|支出数")
_PLANNED = re.compile(r"预算安排|安排预算")
_COMPLETES = re.compile(r"完成.{0,6}(?:预算|全年数|年初数|调整数)|完成率|执行率")
_TAIL = re.compile(r"[,;:。](?=[^,;:。]*$)")
_RECENT = 4
"""Percentages before a sentence that may have been copied into it."""
_OPENS_LIST = re.compile(r"^[,。:：]?(?:其中|主要用于以下|包括|主要用于:|具体)")

_COMPOSED = re.compile(r"(?P<name>本年(?:收入|支出))(?:合计|总额)?的?(?:具体|主要)?构成")
"""What announces the parts of the year's income or spending, after a total that also holds what was carried over."""


class Role(StrEnum):
    """The part that a figure plays in its sentence."""

    HEAD = "金额"
    FINAL = "决算"
    INITIAL = "年初预算"
    FULL = "全年预算"
    BUDGET = "预算"
    PRIOR = "上年数"
    DELTA = "增减额"
    RATE = "增减率"
    SHARE = "占比"
    COMPLETION = "完成率"
    TEMPLATE = "模板"
    """A figure after 「增加（减少）」, where the author left both words."""
    ASIDE = "旁注"
    """In brackets, or of a kind that plays no part."""


CURRENT = (Role.HEAD, Role.FINAL)
BUDGETS = (Role.INITIAL, Role.FULL, Role.BUDGET)


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of a sentence. `words` (normal form) stand between it and the figure before; `sign` is −1 after 减少."""

    role: Role
    printed: Printed
    words: str
    label: str
    sign: int
    start: int
    end: int
    """Range in the paragraph's text, `end` exclusive, unit included."""
    paragraph: int = 0
    """Index of the paragraph in the document."""
    opens: bool = False
    """A list of its parts follows (其中…)."""


@dataclass(frozen=True)
class Sentence:
    """A sentence (up to 。 or ；) with its figures in order."""

    paragraph: Paragraph
    number: int
    """Index of the paragraph in the document."""
    start: int
    end: int
    marks: tuple[Mark, ...]
    recent: tuple[tuple[Role, Decimal], ...] = ()
    """Percentages of the sentences shortly before, with their roles: what a copied one is compared with."""

    @cached_property
    def text(self) -> str:
        """The sentence as printed."""
        return self.paragraph.text[self.start : self.end]

    @cached_property
    def place(self) -> Place:
        """Where it is printed."""
        return self.paragraph.place(self.start, self.end)

    @property
    def where(self) -> str:
        """The innermost heading above it."""
        return self.paragraph.section[-1] if self.paragraph.section else ""

    def of(self, *roles: Role) -> list[Mark]:
        """Its figures that play one of these parts, in order."""
        return [m for m in self.marks if m.role in roles]

    def before(self, mark: Mark, *roles: Role) -> list[Mark]:
        """Its figures before `mark` that play one of these parts."""
        return [m for m in self.of(*roles) if m.start < mark.start]


def read(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document that print at least one figure or compare figures in words, in reading order."""
    found: list[Sentence] = []
    recent: list[tuple[Role, Decimal]] = []
    for number, paragraph in enumerate(document.paragraphs):
        for sentence in () if paragraph.heading else _sentences(paragraph, number, document):
            found.append(replace(sentence, recent=tuple(recent[-_RECENT:])) if sentence.marks else sentence)
            recent.extend((m.role, m.printed.value) for m in sentence.marks if m.printed.unit == "%")
    return tuple(_composed(found))


def _composed(sentences: list[Sentence]) -> list[Sentence]:
    """「本年收入的具体构成为：…」 lists the parts of the amount of that name before it in its section, not of the nearest list's head."""
    made = list(sentences)
    for n, sentence in enumerate(sentences):
        for mark in sentence.marks:
            named = _COMPOSED.search(mark.words)
            at = _bearing(made, n, mark, named["name"]) if named else None
            if at is not None:
                k, m = at
                marks = made[k].marks
                made[k] = replace(made[k], marks=(*marks[:m], replace(marks[m], opens=True), *marks[m + 1 :]))
    return made


def _bearing(sentences: list[Sentence], n: int, mark: Mark, name: str) -> tuple[int, int] | None:
    """(sentence, figure) of the nearest amount before `mark` in its section that bears a name."""
    for k in range(n, -1, -1):
        if sentences[k].paragraph.section != sentences[n].paragraph.section:
            return None
        for m in range(len(sentences[k].marks) - 1, -1, -1):
            other = sentences[k].marks[m]
            if other.role in CURRENT and name in other.label and (k < n or other.start < mark.start):
                return k, m
    return None


def _sentences(paragraph: Paragraph, number: int, document: Document) -> Iterator[Sentence]:
    """The sentences of one paragraph."""
    text, start = paragraph.text, 0
    figures = amounts.figures(text)
    for end in [*(m.end() for m in _STOPS.finditer(text)), len(text)]:
        if text[start:end].strip():
            inside = [a for a in figures if start <= a.start < end]
            marks = list(_marks(paragraph, number, (start, end), inside, document))
            yield Sentence(paragraph, number, start, end, tuple(_headed(marks)))
        start = end


def _marks(paragraph: Paragraph, number: int, span: tuple[int, int], figures: list[amounts.Amount], document: Document) -> Iterator[Mark]:
    """The figures of a sentence that play a part, up to the explanation that may follow."""
    start, end = span
    text = paragraph.text
    reasons = _explanations(text, span)
    before = start
    for n, amount in enumerate(figures):
        inside = next((r for r in reasons if r[0] < amount.start < r[1]), None)
        if inside is not None:
            before = min(inside[1], end)
            continue
        words = normal(text[before : amount.start])
        role, sign = _role(words, amount, document)
        if role is not Role.ASIDE and _bracketed(text[start : amount.start]):
            role = Role.ASIDE
        place = paragraph.place(amount.start, amount.end)
        printed = Printed(amount.value, amount.unit, place, key(place), _label(words))
        following = figures[n + 1].start if n + 1 < len(figures) else min(end + 12, len(text))
        opens = bool(_OPENS_LIST.match(normal(text[amount.end : following])))
        yield Mark(role, printed, words, _label(words), sign, amount.start, amount.end, number, opens)
        before = amount.end


def _headed(marks: list[Mark]) -> list[Mark]:
    """A list that follows a comparison (「收入合计…，增长…，其中：」) belongs to the amount compared."""
    for n, mark in enumerate(marks):
        if mark.opens and mark.role in (Role.DELTA, Role.RATE, Role.COMPLETION):
            head = next((k for k in range(n - 1, -1, -1) if marks[k].role in CURRENT), None)
            if head is not None:
                marks[head], marks[n] = replace(marks[head], opens=True), replace(mark, opens=False)
    return marks


def _explanations(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Ranges of a sentence that explain: from 「原因」 to its end, or to where a comparison with the prior year goes on."""
    found: list[tuple[int, int]] = []
    start, end = span
    while reason := _REASON.search(text, start, end):
        resumed = _RESUMES.search(text, reason.end(), end)
        start = resumed.start() if resumed else end
        found.append((reason.start(), start))
    return found


def _role(words: str, amount: amounts.Amount, document: Document) -> tuple[Role, int]:
    """The part that the words before a figure give it, and its sign."""
    if _TEMPLATE.search(words):
        return Role.TEMPLATE, 1
    change = _CHANGE.search(words)
    sign = -1 if change and change["down"] else 1
    clause = _TAIL.split(words)[-1]
    if amount.unit in ("%", "‰", "倍", amounts.POINTS):
        return _ratio_role(clause, change is not None, amount.unit), sign
    if amount.unit not in amounts.YUAN:
        return Role.ASIDE, 1
    if change:
        return Role.DELTA, sign
    difference = _DIFFERENCE.search(clause)
    if difference:
        return Role.DELTA, -1 if difference["word"] in ("小于", "少于", "低于") else 1
    return _money_role(_SCOPES.sub("", clause), document), 1


def _ratio_role(clause: str, changes: bool, unit: str) -> Role:
    """Growth, completion or share."""
    if unit == "%" and _COMPLETES.search(clause):
        return Role.COMPLETION
    if unit == "%" and "占" in clause:
        return Role.SHARE
    return Role.RATE if changes and unit in ("%", "倍") else Role.ASIDE


def _money_role(clause: str, document: Document) -> Role:
    """Budget, final account, prior year or plain amount."""
    years = [int(y[:4]) for y in re.findall(r"20\d\d年", clause)]
    past = bool(years and document.year and max(years) < document.year)
    if (past or _LAST_YEAR.search(clause)) and not re.search(r"结转|结余", clause):
        return Role.PRIOR
    for role, pattern in ((Role.INITIAL, _INITIAL), (Role.FULL, _FULL), (Role.FINAL, _FINAL)):
        if pattern.search(clause):
            return role
    if "预算" in clause and document.kind is Kind.FINAL and not _PLANNED.search(clause):
        return Role.BUDGET
    return Role.HEAD


def _label(words: str) -> str:
    """The name before a figure: the last clause of the words, without the verb."""
    clause = _TAIL.split(words)[-1]
    return re.sub(r"^[、,(]*(?:其中)?|(?:均|共|约|合计)?(?:为|是|共|计)?$", "", clause)


def _bracketed(text: str) -> bool:
    """Whether an opening bracket stands open at the end of `text`."""
    form = normal(text)
    return form.count("(") > form.count(")")
