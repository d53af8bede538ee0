"""Documents with their facts and findings → an Excel workbook for people who work with figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from service.checks import diagnosis
from service.exports import items, wording
from service.exports.items import Account
from service.exports.marks import Marks, page_link
from service.exports.sheets import Column, Entry, Sheet
from service.exports.workbook import workbook
from service.facts import assemble, schema
from service.records import CheckReport, Disclosure, DocumentInfo, State

_LEGEND = (
    ("数字", "与原件所印一致，小数位数也一致；空格表示没有印，不是零。表头括号里是单位；同一列单位不同的，单位写在数字后面。"),
    ("红色", "对不上：这个数与其他数不能同时成立。深色是所说的数，浅色是所对照的数；批注里有算式。"),
    ("黄色", "存疑：形式上可议，请人工判断。"),
    ("蓝色", "尾差：差额在四舍五入可以解释的范围内。"),
    ("批注“另印”", "同一项在别处印了不同的数。"),
    ("页", "点击打开原件（部分软件会直接翻到该页）。移动原件之后链接会失效。"),
    ("没有标记的数", "不等于没有问题：核对了哪些、没有核对哪些，见“核对发现”和“未能核对”。"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A document with all that is exported of it, and its file where there is one."""

    info: DocumentInfo
    disclosure: Disclosure
    report: CheckReport
    path: Path | None = None


def of(sources: Sequence[Source]) -> bytes:
    """The workbook of some documents as the bytes of an .xlsx file."""
    return workbook(sheets(sources), "、".join(s.info.title or s.info.doc for s in sources[:3]))


def sheets(sources: Sequence[Source]) -> list[Sheet]:
    """The workbook's sheets: the figures by subject, then the reasons, terms, findings, gaps, and every figure with its quote."""
    accounts = [Account(s.info.doc, assemble.assemble(s.disclosure), Marks.of(s.report.findings), s.path) for s in sources]
    return [
        _overview(sources),
        items.sheet(
            "收支总体", accounts, ("totals", "income.sources", "expenditure.kinds", "expenditure.personnel", "expenditure.public"), _NONE
        ),
        items.sheet("功能分类项目", accounts, ("expenditure.functional", "income.functional"), _NONE),
        items.sheet("经济分类", accounts, ("expenditure.economic",), _NONE),
        items.sheet("三公及运行经费", accounts, ("three_public", "running_costs"), _NONE),
        items.sheet("采购资产人员", accounts, ("procurement", "assets", "staff", "units"), _NONE),
        items.sheet("项目与绩效资金", accounts, ("expenditure.projects", "performance"), _NONE),
        items.indicators(accounts),
        items.sheet("其他数字", accounts, ("other",), _NONE),
        _reasons(sources),
        _terms(accounts),
        _findings(sources),
        _missed(sources),
        _unread(sources),
        _facts(sources, accounts),
        Sheet("说明", (Column("标记", 18), Column("含义", 100)), [(Entry(name), Entry(meaning)) for name, meaning in _LEGEND]),
    ]


_TOTALS = ("totals", "income.sources", "expenditure.kinds", "expenditure.personnel", "expenditure.public")
_NONE = "这些文件里没有读到这一类数字"


def _overview(sources: Sequence[Source]) -> Sheet:
    heads = ("文件", "标题", "单位", "年度", "类别", "层级", "页数", "表数", "数字", "原因", "应核对", "已核对")
    grades = [name for name, _ in wording.GRADES.values()]
    made = Sheet("概览", tuple(Column(head, 44) for head in (*heads, *grades, "未能核对", "未读出")))
    for s in sources:
        d, whole = s.info, wording.whole(s.report)
        counts = [sum(f.severity is grade for f in s.report.findings) for grade in wording.GRADES]
        made.rows.append(
            (
                Entry(d.doc, link=page_link(s.path, None)),
                *(Entry(value) for value in (d.title, d.org, d.year, wording.KINDS[d.kind], d.level)),
                *(Entry(n) for n in (d.pages, d.tables, len(s.disclosure.facts), len(s.disclosure.reasons))),
                *(Entry(n) for n in (whole.owed, whole.checked, *counts, s.report.counts.get(State.NOT_CHECKED, 0))),
                Entry(len(s.disclosure.unread)),
            )
        )
    return made


def _reasons(sources: Sequence[Source]) -> Sheet:
    columns = (Column("文件", 26), Column("项目", 36), Column("科目编码", 12), Column("说明什么", 26), Column("原因", 80))
    made = Sheet("原因", (*columns, Column("出处", 36), Column("页", 8)), empty="没有读到原因")
    for s in sources:
        for r in s.disclosure.reasons:
            texts = (s.info.doc, r.item, r.code, r.about, r.text, r.where)
            made.rows.append((*map(Entry, texts), Entry(r.place.page, link=page_link(s.path, r.place.page))))
    return made


def _terms(accounts: Sequence[Account]) -> Sheet:
    made = Sheet("名词解释", (Column("文件", 26), Column("名词", 30), Column("解释", 100), Column("页", 8)), empty="没有读到名词解释")
    for account in accounts:
        for term in items.within(account.record.terms, schema.Term):
            made.rows.append((Entry(account.doc), Entry(term.term), Entry(term.definition), items.pages(account, [term.evidence.page])))
    return made


def _findings(sources: Sequence[Source]) -> Sheet:
    heads = ("文件", "等级", "类型", "规则", "核对什么", "位置", "文中所印", "对照", "说明", "可能的情形", "原文", "页")
    widths = (26, 10, 12, 8, 24, 30, 18, 18, 70, 24, 60, 8)
    made = Sheet("核对发现", tuple(map(Column, heads, widths)), empty="能核对的都对得上；未能核对的见“未能核对”")
    for s in sources:
        for f in s.report.findings:
            expected = wording.quantity(f.expected) if f.expected else None
            texts = (
                s.info.doc, wording.GRADES[f.severity][0], wording.CLASSES.get(f.kind, f.kind), f.obligation,
                wording.obligation(f.obligation), f.where, wording.quantity(f.stated), expected, f.explain,
                diagnosis.wording(f.diagnosis) or None, f.place.quote,
            )  # fmt: skip
            made.rows.append((*map(Entry, texts), Entry(f.place.page, link=page_link(s.path, f.place.page))))
    return made


def _missed(sources: Sequence[Source]) -> Sheet:
    heads, widths = ("文件", "规则", "应核对", "项数", "原因", "涉及"), (26, 8, 30, 8, 60, 70)
    made = Sheet("未能核对", tuple(map(Column, heads, widths)), empty="应核对的都核对了")
    for s in sources:
        for m in wording.missed(s.report.not_checked):
            row = (s.info.doc, m.obligation, wording.obligation(m.obligation), m.count, m.reason, wording.subjects(m) or None)
            made.rows.append(tuple(map(Entry, row)))
    return made


def _unread(sources: Sequence[Source]) -> Sheet:
    made = Sheet("未读出", (Column("文件", 26), Column("页", 8), Column("内容", 50), Column("原因", 70)), empty="没有读不出的内容")
    for s in sources:
        for u in s.disclosure.unread:
            made.rows.append((Entry(s.info.doc), Entry(u.page, link=page_link(s.path, u.page)), Entry(u.what), Entry(u.reason)))
    return made


def _facts(sources: Sequence[Source], accounts: Sequence[Account]) -> Sheet:
    """Every figure with its quote, as the CSV has them."""
    heads = ("文件", "项目", "科目编码", "口径", "数值", "单位", "年度", "栏", "资金口径", "出处", "原文", "页")
    widths = (26, 36, 12, 12, 20, 10, 8, 24, 24, 36, 70, 8)
    made = Sheet("全部数字", tuple(map(Column, heads, widths)), empty=_NONE)
    for s, account in zip(sources, accounts, strict=True):
        for f in s.disclosure.facts:
            before = map(Entry, (s.info.doc, f.item, f.code, f.measure))
            behind = map(Entry, (f.unit, f.year, f.column, f.scope, f.where, f.place.quote))
            figure = Entry(f.value, mark=account.marks.at(f.value, f.place))
            made.rows.append((*before, figure, *behind, Entry(f.place.page, link=page_link(s.path, f.place.page))))
    return made
