"""E5: grades (优、良、中、差) of evaluations: against the score beside them, against another grade of that score, and their counts."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service import amounts
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, from_fact, key
from service.checks.sentences import Sentence
from service.records import Fact, Place, Quantity, Severity
from service.text import normal, normalised

_GRADED = re.compile(
    r"(?:得分|评分|评价分)(?:均?为|是|达到?)?(?P<score>\d+(?:\.\d+)?)分[^。;]{0,24}?(?:等级|结果|等次|档次|评级|级别)(?:均?为|是|:)?\"?"
    r"(?P<grade>优秀|良好|一般|较差|[优良中差ABCD])(?![一-鿿])"
)
_SCORED = re.compile(r"(?:自评|评价|综合)(?:得分|总分|评分|分值|分数)(?:合计)?(?:均?为|是)?(?P<score>\d+(?:\.\d+)?)分")
_BANDS = {
    # Source: 财预〔2020〕10号, 项目支出绩效评价管理办法, 第十八条: 90（含）—100 优, 80（含）—90 良, 60（含）—80 中, 60 以下差.
    "优": (Decimal(90), Decimal(100)),
    "良": (Decimal(80), Decimal(90)),
    "中": (Decimal(60), Decimal(80)),
    "差": (Decimal(0), Decimal(60)),
}
_OF_FORM = re.compile(r"^.*[-—]|(?:项目)?(?:支出)?绩效自评(?:价|表|结果|情况)*$")
"""What the title of a project's form adds to the project's name."""
_NAME = 6
"""Characters of a name in a title that tells its project from others."""
_FULL = Decimal(100)
_COUNTED = (
    re.compile(
        r"(?:为|等级|结果)?\"?(?P<grade>优秀|良好|不合格|合格|较差|一般|优|良|中|差)\"?(?:等次|等级)?的?(?:项目|评价)?(?:有|为|共)?(?P<count>\d+)个"
    ),
    re.compile(
        r"(?P<count>\d+)个(?:项目)?(?:自评|评价|绩效)*(?:结果|等级)?(?:为|评为)\"?(?P<grade>优秀|良好|不合格|合格|较差|一般|优|良|中|差)\"?"
    ),
)
_ALL = (re.compile(r"项目(?:共|有)?(?P<count>\d+)个"), re.compile(r"(?P<count>\d+)个(?:[^,。;:]{0,8})?项目"))
_KINDS = 3
"""Grades that must be counted before their sum is taken for the whole."""


def graded(sentences: Sequence[Sentence]) -> Iterator[Outcome]:
    """A grade fits the band of its score (财预〔2020〕10号), one score has one grade, and Σ projects by grade = projects.

    Bands may be set otherwise by a province, and a form may use letters: suspicious at most. Source: CHECKS.md E5.
    """
    found = list(_grades(sentences))
    for grade, score, sentence in found:
        yield from _in_band(grade, score, sentence)
    yield from _one_grade(found)
    for number in sorted({s.number for s in sentences if "个" in s.text and "优" in s.text}):
        yield from _counted([s for s in sentences if s.number == number])


def _grades(sentences: Sequence[Sentence]) -> Iterator[tuple[str, Printed, Sentence]]:
    """(grade, score, sentence) of every grade printed with its score."""
    for sentence in sentences:
        if "分" not in sentence.text:
            continue
        form = normalised(sentence.text)
        for match in _GRADED.finditer(form.text):
            start, end = form.span(match.start("score"), match.end("grade"))
            place = sentence.paragraph.place(sentence.start + start, sentence.start + end)
            yield match["grade"], Printed(Decimal(match["score"]), "分", place, key(place), match["grade"]), sentence


def restated(sentences: Sequence[Sentence], facts: Sequence[Fact]) -> Iterator[Outcome]:
    """「…项目自评得分95分」 in prose = the 总分 of that project's form; a copied score has no slack.

    Where the prose prints fewer decimals, the form's score may have been rounded: suspicious.
    """
    totals = [f for f in facts if f.measure == "得分" and f.column == "总分"]
    for sentence in sentences if totals else ():
        if "分" not in sentence.text:
            continue
        form = normalised(sentence.text)
        for match in _SCORED.finditer(form.text):
            before = form.text[: match.start()] + sentence.where
            own = {f.value: f for f in totals if _names(f, before)}
            if len(own) != 1:
                continue
            start, end = form.span(match.start("score"), match.end("score"))
            place = sentence.paragraph.place(sentence.start + start, sentence.start + end)
            said = Printed(Decimal(match["score"]), "分", place, key(place), "")
            yield _same_score(sentence, said, from_fact(next(iter(own.values()))))


def _names(fact: Fact, text: str) -> bool:
    """Whether a text names the project of a form, or the whole body for its form."""
    item, form = normal(fact.item), _OF_FORM.sub("", normal(fact.table or ""))
    if "整体支出" in item:
        return "整体支出" in text
    return (item in text or (len(form) >= _NAME and form in text)) and "整体支出" not in text


def _same_score(sentence: Sentence, said: Printed, total: Printed) -> Outcome:
    """One score in prose and in its form."""
    if said.value == total.value:
        return passed(said, total)
    close = said.interval().holds(total.value)
    explain = f"「{total.label}」文中写得分 {said.text} 分，自评表总分写 {total.text} 分，两处不一致"
    severity = Severity.SUSPICIOUS if close else Severity.ERROR
    stated, expected = Quantity(said.text, "分"), Quantity(total.text, "分")
    return raised(Issue("score-sum", severity, stated, expected, sentence.where, sentence.place, (said, total), explain))


def _in_band(grade: str, score: Printed, sentence: Sentence) -> Iterator[Outcome]:
    """One grade in words and its score out of 100."""
    band = _BANDS.get(grade[0])
    if band is None or score.value > _FULL:
        return
    low, high = band
    if low <= score.value < high or (score.value == high == _FULL):
        yield passed(score)
        return
    expected = next(g for g, (a, b) in _BANDS.items() if a <= score.value < b or (score.value == b == _FULL))
    explain = f"得分 {score.text} 分，等级写「{grade}」；按 90、80、60 分的通行分档为「{expected}」"
    yield raised(_issue(("score-sum", grade, expected), (sentence.where, sentence.place), (score,), explain))


def _one_grade(found: list[tuple[str, Printed, Sentence]]) -> Iterator[Outcome]:
    """Grades of one score in different words."""
    firsts: dict[Decimal, tuple[str, Printed, Sentence]] = {}
    for grade, score, sentence in found:
        first = firsts.setdefault(score.value, (grade, score, sentence))
        if first[0][0] != grade[0]:
            pages = f"第{first[1].place.page}页写「{_said(first[2])}」，第{score.place.page}页写「{_said(sentence)}」"
            explain = f"得分同为 {score.text} 分，{pages}，等级不同或口径不一"
            yield raised(_issue(("duplicate-conflict", first[0], grade), (first[2].where, first[2].place), (first[1], score), explain))


def _said(sentence: Sentence) -> str:
    match = _GRADED.search(normal(sentence.text))
    return match[0] if match else normal(sentence.text)


def _counted(sentences: list[Sentence]) -> Iterator[Outcome]:
    """Counts of projects by grade in one paragraph against the count of projects before them."""
    paragraph = sentences[0].paragraph
    form = normalised(paragraph.text)
    found = max((list(p.finditer(form.text)) for p in _COUNTED), key=len)
    if len({m["grade"] for m in found}) < _KINDS:
        return
    heads = [m for p in _ALL for m in p.finditer(form.text[: found[0].start()])]
    if not heads or len({m["grade"] for m in found}) < len(found):
        yield unchecked(f"第{paragraph.page}页：未找到各等级项目个数所合计的项目总数")
        return
    head = max(heads, key=lambda m: m.start())

    def printed(match: re.Match[str]) -> Printed:
        start, end = form.span(match.start("count"), match.end("count"))
        place = paragraph.place(start, end)
        return Printed(Decimal(match["count"]), "个", place, key(place), match[0])

    whole, parts = printed(head), [printed(m) for m in found]
    total = sum((p.value for p in parts), Decimal(0))
    if total == whole.value:
        yield passed(whole, *parts)
        return
    shown = amounts.plain(total)
    explain = f"{' + '.join(p.text for p in parts)} = {shown} 个，项目总数写 {whole.text} 个"
    where, place = sentences[0].where, paragraph.place(sentences[0].start, sentences[-1].end)
    yield raised(Issue("sum", Severity.ERROR, Quantity(whole.text, "个"), Quantity(shown, "个"), where, place, (whole, *parts), explain))


def _issue(said: tuple[str, str, str], at: tuple[str, Place], figures: tuple[Printed, ...], explain: str) -> Issue:
    """An arguable grade: (class, stated, expected)."""
    kind, stated, expected = said
    return Issue(kind, Severity.SUSPICIOUS, Quantity(stated, ""), Quantity(expected, ""), at[0], at[1], figures, explain)
