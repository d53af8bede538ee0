"""I1: years that are not the document's own where the words say they are."""

import re
from collections.abc import Iterator
from decimal import Decimal

from service import statements
from service.checks.book import Book
from service.checks.equations import title
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, key
from service.checks.registry import rule
from service.records import Kind, Place, Quantity, Severity, Table
from service.statements import Role
from service.text import normal, normalised

_OWN = re.compile(r"(?<![比较与自从])本(?:部门|单位)(?P<year>20\d\d)年(?!底|末|初|以来|至|-|\d|[^。;,]{0,12}(?:相比|编制))")
_EVALUATED = re.compile(
    r"(?P<year>20\d\d)年度?(?:部门|单位)?(?:整体支出|项目支出|预算)?(?:绩效)?自评(?:价|估)?(?:得分|总?分|结果|等级|情况)"
)
"""The self-evaluation that a final account publishes is of its own year."""
_YEAR = re.compile(r"20\d\d(?=年)")
_OTHER_YEARS = re.compile(r"截至|截止|以来|起|比20|较20|相比|上年|以前|至20|-20|—20|\[20|《")
_LONGEST = 80
"""Characters of a form's cell that is read as one target; longer ones tell history."""


@rule("I1")
def years(book: Book) -> Iterator[Outcome]:
    """「本部门20XX年…」, 「20XX年度…自评得分」 and a target or result of a self-evaluation form name the document's own year.

    Source: CHECKS.md I, whitelist for 截至, 比20XX年 and cited documents. Suspicious, but for the result of the self-evaluation itself.
    """
    year = book.document.year
    if year is None:
        yield unchecked("未读出文件的年度")
        return
    for sentence in book.sentences:
        own, evaluated = (
            "本部门" in sentence.text or "本单位" in sentence.text,
            "自评" in sentence.text and book.document.kind is Kind.FINAL,
        )
        if not own and not evaluated:
            continue
        form = normalised(sentence.text)
        found = [(m, Severity.SUSPICIOUS) for m in _OWN.finditer(form.text) if own]
        if evaluated and not _OTHER_YEARS.search(form.text):
            found += [(m, Severity.ERROR) for m in _EVALUATED.finditer(form.text)]
        for match, severity in found:
            start, end = form.span(match.start("year"), match.end("year"))
            place = sentence.paragraph.place(sentence.start + start, sentence.start + end)
            yield _outcome(year, match["year"], (sentence.where, sentence.place, severity), place)
    if book.document.kind is Kind.FINAL:
        for table in book.document.tables:
            yield from _form(table, year)


def _form(table: Table, year: int) -> Iterator[Outcome]:
    """The cells of a self-evaluation form that name exactly one year."""
    statement = statements.get(table.statement)
    if statement is None or statement.role is not Role.APPRAISAL:
        return
    for n, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            text = normal(cell.text)
            named = set(_YEAR.findall(text))
            if len(named) == 1 and len(text) <= _LONGEST and not _OTHER_YEARS.search(text):
                yield _outcome(year, named.pop(), (title(table), table.place(n), Severity.SUSPICIOUS), table.place(n, column))


def _outcome(year: int, named: str, at: tuple[str, Place, Severity], place: Place) -> Outcome:
    """One year named; `at` says where, in which words, and how grave another year is."""
    figure = Printed(Decimal(named), "年", place, key(place))
    if int(named) == year:
        return passed(figure)
    where, whole, severity = at
    return raised(
        Issue(
            kind="logic",
            severity=severity,
            stated=Quantity(named, "年"),
            expected=Quantity(str(year), "年"),
            where=where,
            place=whole,
            figures=(figure,),
            explain=f"文件年度为 {year} 年，此处写 {named} 年",
        )
    )
