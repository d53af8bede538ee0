"""Which table a question names: by its number (06表, 表六), or by its title or a good part of it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from service.answering.grids import Grid
from service.records import Kind, Table
from service.statements import Role, get
from service.text import normal

NAMED = 0.6
"""Least share of the named table's character pairs that stand in a title."""
MOST_TABLES = 12
"""So many titles are tried."""

_NUMBER = re.compile(
    r"(?:公开|附?表|第)?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*号?表(?!格)|表(\d{1,2}|[一二三四五六七八九十]{1,3})(?!\d)"
)
_NAME = re.compile(r"([\u4e00-\u9fff\"“”'()（）]{2,30}?)(?:表(?![示现明述达]))")
_BODY = re.compile(r"(?:局|委员会|委|厅|中心|办公室|院|部|街道|办事处)$")
_TITLED = re.compile(r"(.{3,40}?)(?:项目)?(?:支出)?绩效(?:自评|目标)")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}


OFFICIAL = {
    1: Role.TOTALS, 2: Role.INCOME, 3: Role.EXPENDITURE, 4: Role.FISCAL_TOTALS, 5: Role.GENERAL,
    6: Role.BASIC, 7: Role.FUND, 8: Role.STATE_CAPITAL, 9: Role.THREE_PUBLIC,
}  # fmt: skip
"""The final account's tables by their official number (公开05表), for a document that prints none."""


class Wanted:
    """The table that a question names, and the question without it."""

    def __init__(self, text: str) -> None:
        self.number: int | None = None
        self.official = False
        self.name = ""
        self.rest = text
        number = _NUMBER.search(text)
        if number is not None:
            self.number = _value(number[1] or number[2])
            self.official = number[0].startswith("公开")
            self.rest = self.rest.replace(number[0], "#")
        name = _NAME.search(self.rest)
        if name is not None:
            self.name = re.sub(r"^.*(?:在|的|里|中|看|查)(?=.{2})|那张|这张|哪张|这个|那个|[\"“”'()（）]", "", name[1])
            # Only the table's name goes: words before it may name the row.
            at = name.end(1) - len(self.name) if name[1].endswith(self.name) else name.start(1)
            self.rest = f"{self.rest[:at]}#{self.rest[name.end() :]}"

    @property
    def table(self) -> bool:
        """Whether it names one at all."""
        return self.number is not None or bool(self.name)

    def among(self, every: Sequence[Grid]) -> list[list[tuple[float, Grid]]]:
        """The grids that it may mean, with how well they fit: those that fit best, then those that fit next best, and so on."""
        scored = [(self._fit(grid.table), grid) for grid in every]
        if self.number is not None and self.official and not any(grid.table.number for grid in every):
            scored = [(2.0 if _role(grid.table) is OFFICIAL.get(self.number) else 0.0, grid) for grid in every]
        fits = sorted({score for score, _ in scored if score >= NAMED}, reverse=True)
        return [[pair for pair in scored if pair[0] == fit] for fit in fits[:MOST_TABLES]]

    def _fit(self, table: Table) -> float:
        if self.number is not None:
            digits = re.search(r"(\d{1,2})\D*$", normal(table.number or ""))
            return 2.0 if digits and int(digits[1]) == self.number else 0.0
        title = words(table.title) | words(project(table))
        asked = words(self.name)
        official = words(table.statement or "") if table.statement else set()
        if not asked:
            return 0.0
        held = max(len(asked & title), len(asked & (title | official)) - 0.5) / len(asked)
        return held + 0.3 * len(asked & title) / max(1, len(title)) if held >= NAMED else 0.0


def _role(table: Table) -> Role | None:
    """What a final account's table is for."""
    statement = get(table.statement)
    return statement.role if statement is not None and statement.kind is Kind.FINAL else None


def _value(digits: str) -> int:
    """A table's number: 6, 06, 六, 十一."""
    if digits.isdigit():
        return int(digits)
    tens, _, ones = digits.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if "十" in digits else 0) + _DIGITS.get(ones, 0)


def words(text: str) -> set[str]:
    """The character pairs by which a title is known."""
    form = re.sub(r"[\"'()表]|20\d\d年?度?|部门|单位", "", normal(text))
    return {a + b for a, b in pairwise(form)}


def project(table: Table) -> str:
    """The project that a form is about."""
    for row in table.rows[:4]:
        texts = [cell.text for cell in row if cell.text]
        if len(texts) > 1 and re.search(r"(?:项目|专项|政策)(?:支出)?名称$", normal(texts[0])):
            titled = _TITLED.match(table.title)
            body = titled is not None and _BODY.search(normal(texts[1])) and not _BODY.search(normal(titled[1]))
            return titled[1] if titled is not None and body else texts[1]
    return ""


def said(text: str, table: Table) -> float:
    """How much of a table's title the question says anyway: 收入预算总计 is rather in the 收入预算总表."""
    title = words(table.title) | words(project(table))
    return 0.8 * len(title & words(text)) / max(1, len(title))
