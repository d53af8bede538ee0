"""Facts → CSV that spreadsheets open as Chinese."""

import csv
import io
from collections.abc import Iterable, Sequence

from service.amounts import plain
from service.records import Disclosure, Fact

HEAD = ("文件", "项目", "科目编码", "口径", "数值", "单位", "年度", "栏", "来源", "出处", "页", "原文", "资金口径", "上级")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")


def facts(records: Sequence[Disclosure]) -> bytes:
    """One line per fact: UTF-8 with a byte order mark, comma separated, CRLF.

    Texts that a spreadsheet would take for a formula begin with an apostrophe; figures are as printed, without separators.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEAD)
    for record in records:
        writer.writerows(_row(record.doc, fact) for fact in record.facts)
    return file.getvalue().encode("utf-8-sig", "replace")


def _row(doc: str, fact: Fact) -> list[object]:
    before = _texts((doc, fact.item, fact.code, fact.measure))
    between = _texts((fact.unit,))
    behind = _texts((fact.column, fact.source, fact.where))
    last = _texts((fact.place.quote, fact.scope, " > ".join(fact.path)))
    return [*before, plain(fact.value), *between, fact.year, *behind, fact.place.page, *last]


def _texts(values: Iterable[str | None]) -> list[str]:
    """Texts that stay texts in a spreadsheet."""
    return [f"'{value}" if value.startswith(_FORMULA_LIKE) else value for value in (v or "" for v in values)]
