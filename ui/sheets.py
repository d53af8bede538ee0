"""Sheets of a record, and the comparison of two, drawn: records → HTML tables."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from service.api import export_address, file_address
from service.exports.sheets import Entry, Sheet
from service.records import DocumentInfo
from ui.figures import Amount, Pair
from ui.naming import document_name
from ui.words import ENGLISH, perhaps, said, say

MOST_ROWS = 300
"""Rows of a table on the page; the workbook has all."""
_HIDDEN = ("文件",)
"""Columns that say the same in every row where one document is shown."""
_PAGE = "页"
_CENTS = Decimal("0.01")


def table(sheet: Sheet, doc: str) -> str:
    """A sheet of one document; pages are links into its file, figures in findings are marked."""
    shown = [n for n, column in enumerate(sheet.columns) if column.head not in _HIDDEN]
    heads = "".join(_head(sheet, n) for n in shown)
    if not sheet.rows:
        return f'<p class="mz-empty">{perhaps(sheet.empty)}</p>'
    units = {n: sheet.unit(n) for n in shown}
    rows = "".join(
        "<tr>" + "".join(_cell(row[n], units[n], doc if sheet.columns[n].head == _PAGE else "") for n in shown) + "</tr>"
        for row in sheet.rows[:MOST_ROWS]
    )
    n = len(sheet.rows)
    more = (
        f'<p class="mz-meaning">{say("这张表有 {n} 行，只显示前 {shown} 行；全部在 Excel 里。", n=n, shown=MOST_ROWS)}</p>'
        if n > MOST_ROWS
        else ""
    )
    name = said("aria-label", sheet.name) if sheet.name in ENGLISH else f' aria-label="{escape(sheet.name)}"'
    caption = f"<caption>{perhaps(sheet.name)}</caption>"
    return (
        f'<div class="mz-scroll" tabindex="0" role="region"{name}><table class="mz-sheet">{caption}'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}"
    )


def comparison(pairs: Sequence[Pair], infos: tuple[DocumentInfo, DocumentInfo]) -> str:
    """Two documents side by side, item by item; the difference and the rate are calculated from the printed figures."""
    if not pairs:
        return f'<p class="mz-empty">{say("两份文件没有可以逐项比较的科目。")}</p>'
    heads = [say(name) for name in ("科目编码", "项目", "资金口径")]
    heads += [escape(document_name(info)) for info in infos]
    heads += [say("差额（万元）"), say("增减率")]
    rows = "".join(_pair(pair, infos) for pair in pairs[:MOST_ROWS])
    head = "".join(f'<th scope="col" class="{"mz-number" if n > 2 else "mz-text"}">{text}</th>' for n, text in enumerate(heads))
    return (
        f'<div class="mz-scroll" tabindex="0" role="region"{said("aria-label", "逐项比较")}><table class="mz-sheet mz-compared">'
        f"<caption>{say('逐项比较')}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f'<p class="mz-meaning"><span class="mz-badge mz-derived">{say("推算")}</span>'
        f" {say('差额与增减率由原文数字算出：差额 = 后者 − 前者，增减率 = 差额 ÷ 前者。')}</p>"
    )


def downloads(docs: Sequence[str]) -> str:
    """Links that download the documents' figures."""
    links = "".join(
        f'<a class="mz-pill" href="{escape(export_address(docs, kind))}" download>{name}</a>'
        for kind, name in (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))
    )
    return f'<p class="mz-downloads"><span>{say("下载")}</span>{links}</p>'


def _head(sheet: Sheet, column: int) -> str:
    """A column's head, its unit below it; over its figures where it has any."""
    text = "<br>".join(perhaps(part) for part in sheet.head(column).split("\n"))
    figures = any(isinstance(row[column].value, Decimal) for row in sheet.rows)
    return f'<th scope="col" class="mz-number">{text}</th>' if figures else f'<th scope="col">{text}</th>'


def _cell(entry: Entry, shared: str, doc: str) -> str:
    if entry.value is None:
        return "<td></td>"
    kinds, title = [], ""
    if isinstance(entry.value, Decimal):
        kinds.append("mz-number")
        text = escape(f"{entry.value:,f}" + ("" if shared else f" {entry.unit}".rstrip()))
    else:
        text = "<br>".join(escape(part) for part in str(entry.value).split("\n"))
        if doc:
            pages = str(entry.value).split("、")
            text = "、".join(f'<a href="{escape(file_address(doc, int(p)))}" target="_blank" rel="noopener">{p}</a>' for p in pages)
    if entry.mark is not None:
        kinds.append(f"mz-mark-{entry.mark.grade.value}")
        title = "\n".join(entry.mark.notes)
    elif entry.note:
        title = entry.note
    named = f' class="{" ".join(kinds)}"' if kinds else ""
    noted = f' title="{escape(title)}"' if title else ""
    return f"<td{named}{noted}>{text}</td>"


def _pair(pair: Pair, infos: tuple[DocumentInfo, DocumentInfo]) -> str:
    rate = "" if pair.rate is None else f"{pair.rate.quantize(_CENTS)}%"
    difference = f"{pair.difference.quantize(_CENTS):+,f}".replace("-", "−")
    texts = "".join(f"<td>{escape(text)}</td>" for text in (pair.code or "", pair.item, pair.scope))
    amounts = "".join(_amount(amount, info.doc) for amount, info in zip((pair.before, pair.after), infos, strict=True))
    return f'<tr>{texts}{amounts}<td class="mz-number">{difference}</td><td class="mz-number">{rate.replace("-", "−")}</td></tr>'


def _amount(amount: Amount, doc: str) -> str:
    page = f'<a href="{escape(file_address(doc, amount.page))}" target="_blank" rel="noopener">{say("第 {page} 页", page=amount.page)}</a>'
    return f'<td class="mz-number">{escape(amount.printed)}<br>{page}</td>'
