"""What the terminal shows of answers, facts and tables."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid
from rich.text import Text

from service.amounts import plain
from service.extraction import Extraction
from service.records import Answer, Disclosure, Document, Support

_SUPPORT = {Support.CITED: "原文数字", Support.DERIVED: "推算", Support.UNVERIFIED: "未核实"}


def answer(record: Answer, console: Console | None = None) -> None:
    """Show an answer with its citations, calculations and findings."""
    out = console or _console()
    out.print(Text(record.answer, style="bold"))
    for citation in record.citations:
        place = citation.place
        out.print(Text(f"  【{citation.n}】{citation.doc} 第{place.page}页 {citation.section}", style="cyan"))
        out.print(Text(f"      「{place.quote}」", style="dim"))
    for figure in record.figures:
        if figure.derivation:
            out.print(Text(f"  {_SUPPORT[figure.status]}：{figure.derivation}（{figure.unit}）"))
    for finding in record.findings:
        out.print(Text(f"  核对发现（第{finding.place.page}页）：{finding.explain}", style="yellow"))
    for line in (*record.notes, *(f"已略去：{w}" for w in record.withheld)):
        out.print(Text(f"  {line}", style="yellow"))
    engine = f"模型 {record.model}" if record.engine == "llm" else "离线（不用模型）"
    cost = record.cost
    spent = f" · {cost.calls} 次调用，{cost.prompt_tokens} + {cost.completion_tokens} 个词元" if cost is not None else ""
    out.print(Text(f"  {engine}{spent} · {record.elapsed_ms} 毫秒", style="dim"))


def disclosures(records: Sequence[Disclosure], console: Console | None = None) -> None:
    """Show facts by document."""
    out = console or _console()
    for record in records:
        grid = Grid(title=f"{record.doc}  {record.org} {record.year or ''}  {len(record.facts)} 个数，{len(record.reasons)} 条原因")
        for name in ("项目", "口径", "数值", "年度", "页", "出处"):
            grid.add_column(name, justify="right" if name == "数值" else "left")
        for fact in record.facts:
            grid.add_row(
                escape(fact.item),
                fact.measure,
                f"{plain(fact.value)} {fact.unit}",
                str(fact.year or ""),
                str(fact.place.page),
                escape(fact.where),
            )
        out.print(grid)
        _unread(out, record)


def comparisons(made: Sequence[Extraction], console: Console | None = None) -> None:
    """Show on standard error what rules and model have in common, by measure, and where they disagree."""
    out = console or Console(soft_wrap=True, highlight=False, stderr=True)
    for one in made:
        both, rules, model = one.comparison.both, one.comparison.only_rules, one.comparison.only_model
        cost = f"{one.usage.calls} 次调用，{one.usage.prompt_tokens} + {one.usage.completion_tokens} 个词元"
        grid = Grid("口径", "都有", "只有规则", "只有模型", title=f"{one.disclosure.doc}  模型 {one.model}，{cost}")
        for measure in dict.fromkeys((*both, *rules, *model)):
            grid.add_row(measure, *(str(side.get(measure, 0)) for side in (both, rules, model)))
        out.print(grid)
        for item in one.comparison.disagreements:
            place = f"第{item.rule.place.page}页 {item.rule.item} {item.rule.measure}"
            read = f"规则读作 {plain(item.rule.value)}{item.rule.unit}，模型读作 {plain(item.model.value)}{item.model.unit}"
            out.print(Text(f"  不一致：{place}：{read}，取规则所读", style="yellow"))
        if one.rejected:
            out.print(Text(f"  模型另有 {len(one.rejected)} 项没有通过核对，未收入", style="yellow"))


def tables(record: Document, console: Console | None = None) -> None:
    """Show a document's tables."""
    out = console or _console()
    for table in record.tables:
        unit = f"（{table.unit}）" if table.unit else ""
        pages = "、".join(str(p) for p in table.pages)
        grid = Grid(title=f"{table.number or ''} {table.title}{unit} 第{pages}页", show_lines=False)
        for column in table.columns:
            grid.add_column(escape(column))
        for row in table.rows:
            grid.add_row(*(escape(cell.text) for cell in row))
        out.print(grid)
    for item in record.unread:
        out.print(Text(f"未读：第{item.page}页 {item.what}：{item.reason}", style="yellow"))


def _unread(out: Console, record: Disclosure) -> None:
    for item in record.unread:
        out.print(Text(f"  未读：{f'第{item.page}页 ' if item.page else ''}{item.what}：{item.reason}", style="yellow"))


def _console() -> Console:
    return Console(soft_wrap=True, highlight=False)
