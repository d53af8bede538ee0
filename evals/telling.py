"""What the terminal shows of runs, comparisons, verdicts and suites."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evals import statistics, suites
from evals.comparing import Change, Comparison
from evals.gating import Verdict
from evals.observed import Metric, Suite
from evals.runs import Kept

MOST_CHANGES = 40
"""Cases newly broken or fixed that are listed."""


def run(kept: Kept) -> None:
    """Every metric of a run with its interval."""
    table = Table("评测集", "指标", "值", "95% 区间", "题", "文件", title=f"{kept.run.id}（{kept.run.seconds:.0f} 秒）")
    for part in kept.run.parts:
        suite, _ = suites.SUITES[part.suite]
        for n, metric in enumerate(suite.metrics):
            found = statistics.figure(metric, kept.of(suite.name))
            if found is not None:
                between = "–" if found.low is None or found.high is None else f"{value(metric, found.low)} – {value(metric, found.high)}"
                table.add_row(
                    suite.title if n == 0 else "", metric.title, value(metric, found.value), between, str(found.n), str(found.docs)
                )
    console = Console()
    console.print(table)
    for part in kept.run.parts:
        for id_, why in part.errors.items():
            console.print(f"没有跑成：{escape(part.suite)} {escape(id_)}：{escape(why)}")
    for remark in kept.run.cases.unread:
        console.print(f"没有读成：{escape(remark)}")
    if kept.run.cases.drafts:
        console.print(f"没有问：{kept.run.cases.drafts} 题还是草稿（draft），补上应有的答案再改成 false")
    if kept.run.engine.kind != "offline":
        cost = "" if kept.run.cost is None else f"，费用 {kept.run.cost:.4f}"
        console.print(f"模型 {kept.run.engine.model}：输入 {kept.run.tokens_in} token，输出 {kept.run.tokens_out} token{cost}")


def comparison(made: Comparison) -> None:
    """Differences by metric, then the cases newly broken and newly fixed."""
    table = Table("评测集", "指标", "A", "B", "差", "95% 区间", "结论", title=f"A {made.a.run.title} → B {made.b.run.title}")
    for line in made.lines:
        d, metric = line.difference, line.metric
        between = "–" if d.low is None or d.high is None else f"{signed(metric, d.low)} – {signed(metric, d.high)}"
        table.add_row(
            line.suite.title, metric.title, value(metric, d.a), value(metric, d.b), signed(metric, d.value), between, line.verdict
        )
    console = Console()
    console.print(table)
    for title, changes in (("新错", made.broken), ("新对", made.fixed)):
        console.print(f"\n{title} {len(changes)} 题")
        for change in changes[:MOST_CHANGES]:
            console.print(f"  {escape(told(change, worse=changes is made.broken))}", soft_wrap=True)
        if len(changes) > MOST_CHANGES:
            console.print(f"  …另有 {len(changes) - MOST_CHANGES} 题，见 mingzhang eval report --against")
    for remark in made.remarks:
        console.print(f"注意：{escape(remark)}", soft_wrap=True)


def told(change: Change, *, worse: bool) -> str:
    """A changed case on one line, with why the run that has it wrong says so."""
    why = change.b.reason if worse else change.a.reason
    again = f"（第 {change.a.epoch} 遍）" if change.a.epoch > 1 else ""
    return f"[{change.suite.title}：{change.titles}] {change.a.id}{again} {change.a.question}" + (f"（{why}）" if why else "")


def verdict(made: Verdict) -> None:
    """Whether the gate is passed, and why not."""
    console = Console()
    for line in made.passed:
        console.print(f"通过 {escape(line)}")
    for line in made.remarks:
        console.print(f"注意 {escape(line)}")
    for line in made.below:
        console.print(f"低于基线 {escape(line)}")
    console.print(f"{'不通过' if made.below else '通过'}：{len(made.passed)} 个指标达标，{len(made.below)} 处不达标")


def catalogue(made: Sequence[Suite]) -> None:
    """The suites with their metrics."""
    table = Table("评测集", "指标", "定义", "出处", show_lines=True)
    for suite in made:
        for n, metric in enumerate(suite.metrics):
            table.add_row(
                f"{suite.name}\n{suite.title}" if n == 0 else "", f"{metric.name}\n{metric.title}", metric.definition, metric.source
            )
    Console().print(table)


def value(metric: Metric, number: float) -> str:
    """A metric's value with its unit; shares in per cent."""
    return f"{number:.3g} {metric.unit}" if metric.unit else f"{100 * number:.1f}%"


def signed(metric: Metric, number: float) -> str:
    """A difference with its sign; shares in percentage points."""
    return f"{number:+.3g} {metric.unit}" if metric.unit else f"{100 * number:+.1f}"
