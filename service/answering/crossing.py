"""A row and a column named together: 「公务接待费的基本支出」 is neither's whole, but what both share, or nothing that is printed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from service.amounts import YUAN
from service.answering import bodies, choosing, picking
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import Match, key
from service.answering.plan import Ask
from service.records import DocumentInfo, Fact

MOST_DOCUMENTS = 3
_COLUMNS = {"基本支出", "项目支出"}
"""What tables by function split every item into."""
_BETWEEN = re.compile(r"(?:费用?|支出)?的?(?:里面?|中|当中)?的?")
_WHOLE = re.compile(r"总|合计|财政拨款|一般公共预算|收入|本年|支出预算|支出决算|三公|经费$|整体")
"""Names of what the narrative itself divides into 基本支出 and 项目支出."""


def tell(desk: Desk) -> list[Sentence] | None:
    """The cell, from a table of that kind of expenditure alone, or that it is not printed; None where cells print it, or none is asked."""
    text = desk.plan.text
    if desk.plan.ask in (Ask.WHY, Ask.DEFINITION) or not 0 < len(desk.documents) <= MOST_DOCUMENTS:
        return None
    pairs = [(a, b) for a, b in pairwise(desk.plan.items) if _is_pair(a, b, text)]
    if len(pairs) != 1 or len(desk.plan.items) != len(pairs[0]):
        return None
    row, column = pairs[0]
    made: list[Sentence] = []
    for info in desk.documents:
        told = _of(desk, info, row, key(column.names[0]))
        if told is None:
            return None
        made += told
    return made


def _is_pair(row: Match, column: Match, text: str) -> bool:
    named = row.start < row.end and key(column.names[0]) in _COLUMNS and key(row.names[0]) not in _COLUMNS
    return named and _WHOLE.search(key(row.names[0])) is None and _BETWEEN.fullmatch(text[row.end : column.start]) is not None


def _of(desk: Desk, info: DocumentInfo, row: Match, column: str) -> list[Sentence] | None:
    groups = picking.in_document(desk, info, row) if row.score else []
    facts = [f for group in groups for f in group.facts if f.unit in YUAN]
    tables = {f.where for f in facts if f.source == "table"}
    # Where the row's own table has the column, a cell is printed, or left blank, which is told as such.
    if any(f.where in tables and column in map(key, (f.column or "").split("/")) for f in desk.material.facts(info.doc)):
        return None
    for group in groups:
        own = [f for f in group.facts if f.source == "table" and column in key(f"{f.where}{f.table or ''}") and choosing.is_whole(f)]
        if own:
            return [desk.statement(_with(group, own))]
    body = bodies.short(info.org) if desk.several else ""
    missing = Sentence(f"{body}文件里没有找到单独列出的{key(row.names[0])}的{column}。")
    return [missing, *(desk.statement(group) for group in groups[:1])]


def _with(group: Group, facts: Sequence[Fact]) -> Group:
    return replace(group, facts=tuple(facts))
