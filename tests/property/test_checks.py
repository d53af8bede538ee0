"""Laws of the checker: silent on a consistent book, and naming the place when one thing is changed."""

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from service.checks import intervals, run
from service.records import CheckReport, Document, Severity, State, Table
from tests.support.books import disclosure, document, table

COLUMNS = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
NAMES = {"208": "社会保障和就业支出", "210": "卫生健康支出", "221": "住房保障支出"}
cents = st.integers(100_00, 9_000_00).map(lambda n: Decimal(n).scaleb(-2))


@dataclass(frozen=True)
class Leaf:
    """A 项 of the made book with its amounts."""

    code: str
    basic: Decimal
    project: Decimal
    initial: Decimal

    @property
    def total(self) -> Decimal:
        return self.basic + self.project


@st.composite
def leaves(draw: st.DrawFn) -> tuple[Leaf, ...]:
    """Two or three 类 with one or two 款, each with one to three 项."""
    found: list[Leaf] = []
    for top in sorted(draw(st.sets(st.sampled_from(sorted(NAMES)), min_size=2))):
        for middle in range(1, draw(st.integers(1, 2)) + 1):
            leaves_here = range(1, draw(st.integers(1, 3)) + 1)
            found.extend(Leaf(f"{top}{middle:02}{leaf:02}", draw(cents), draw(cents), draw(cents)) for leaf in leaves_here)
    return tuple(found)


def shown(value: Decimal) -> str:
    return f"{value:,.2f}"


def rows(items: tuple[Leaf, ...]) -> list[list[str]]:
    """合计, then every level of the tree in code order."""
    codes = sorted({leaf.code[:n] for leaf in items for n in (3, 5, 7)})
    made = [_row("", "合计", items)]
    return made + [_row(code, NAMES.get(code, f"科目{code}"), tuple(i for i in items if i.code.startswith(code))) for code in codes]


def _row(code: str, name: str, items: tuple[Leaf, ...]) -> list[str]:
    columns = ([i.total for i in items], [i.basic for i in items], [i.project for i in items])
    return [code, name, *(shown(sum(v, Decimal(0))) for v in columns)]


def prose(items: tuple[Leaf, ...], prior: Decimal) -> list[str]:
    """The narrative that the book's figures give, each rate rounded as printed."""
    total, basic, initial = (sum(v, Decimal(0)) for v in ([i.total for i in items], [i.basic for i in items], [i.initial for i in items]))
    change, rate = total - prior, intervals.rounded(100 * (total - prior) / prior, 2)
    verbs = ("增加", "增长") if change >= 0 else ("减少", "下降")
    share = intervals.rounded(100 * basic / total, 2)
    lines = [
        f"2023年度收入总计、支出总计均为{total}万元，与上年相比各{verbs[0]}{abs(change)}万元，{verbs[1]}{abs(rate)}%。",
        f"2023年度本年支出合计{total}万元，其中：基本支出{basic}万元，占{share}%；项目支出{total - basic}万元，占{100 - share}%。",
        f"年初预算{initial}万元，支出决算{total}万元，完成年初预算的{intervals.rounded(100 * total / initial, 2)}%。其中：",
    ]
    for n, item in enumerate(items, 1):
        word = "大于" if item.total > item.initial else "小于" if item.total < item.initial else "等于"
        done = intervals.rounded(100 * item.total / item.initial, 2)
        lines.append(
            f"{n}. 某支出（类）某款（款）科目{item.code}（项）。年初预算{item.initial}万元，支出决算{item.total}万元，"
            f"完成年初预算的{done}%，决算数{word}年初预算数。"
        )
    return lines


def made(items: tuple[Leaf, ...], lines: list[str]) -> Document:
    total = shown(sum((i.total for i in items), Decimal(0)))
    classes = [r for r in rows(items) if len(r[0]) == 3]
    lanes = [["一、一般公共预算财政拨款收入", total, f"{'一二三'[n]}、{r[1]}", r[2]] for n, r in enumerate(classes)]
    lanes = [[*(lane[:2] if n == 0 else ["", ""]), *lane[2:]] for n, lane in enumerate(lanes)]
    lanes += [["本年收入合计", total, "本年支出合计", total], ["总计", total, "总计", total]]
    tables = (
        table("收入支出决算总表", ["收入/项目", "收入/决算数", "支出/项目", "支出/决算数"], lanes, page=2, statement="收入支出决算总表"),
        table("支出决算表", COLUMNS, rows(items), page=3, statement="支出决算表"),
    )
    return document(*lines, tables=tables)


def check(made_document: Document) -> CheckReport:
    return run.check(made_document, disclosure())


def with_cell(made_document: Document, row: int, column: int, text: str) -> Document:
    """The document with one cell of 支出决算表 changed."""
    spending: Table = made_document.tables[1]
    cells = list(spending.rows[row])
    cells[column] = replace(cells[column], text=text)
    changed = replace(spending, rows=(*spending.rows[:row], tuple(cells), *spending.rows[row + 1 :]))
    return replace(made_document, tables=(made_document.tables[0], changed))


@settings(max_examples=30, deadline=None)
@given(leaves(), cents)
def test_silent_on_a_consistent_book(items: tuple[Leaf, ...], prior: Decimal) -> None:
    report = check(made(items, prose(items, prior)))
    assert report.findings == ()
    assert report.counts[State.PASS] > 10


@settings(max_examples=30, deadline=None)
@given(leaves(), cents, st.data())
def test_one_changed_cell_is_one_finding_that_names_it(items: tuple[Leaf, ...], prior: Decimal, data: st.DataObject) -> None:
    whole = made(items, prose(items, prior))
    table_rows = whole.tables[1].rows
    row, column = data.draw(st.integers(0, len(table_rows) - 1)), data.draw(st.integers(2, 4))
    text = shown(Decimal(table_rows[row][column].text.replace(",", "")) + Decimal(data.draw(st.integers(100, 90_000))).scaleb(-2))
    report = check(with_cell(whole, row, column, text))
    errors = [f for f in report.findings if f.severity is Severity.ERROR]
    assert len(errors) == 1
    assert text.replace(",", "") in {o.text for o in errors[0].operands}


@settings(max_examples=30, deadline=None)
@given(leaves(), cents, st.data())
def test_one_changed_percentage_is_named(items: tuple[Leaf, ...], prior: Decimal, data: st.DataObject) -> None:
    lines = prose(items, prior)
    at = data.draw(st.integers(2, len(lines) - 1))
    done = lines[at].split("完成年初预算的")[1].split("%")[0]
    wrong = intervals.rounded(Decimal(done) * Decimal(data.draw(st.sampled_from(["1.01", "0.98", "1.1", "10", "0.1"]))), 2)
    lines[at] = lines[at].replace(f"完成年初预算的{done}%", f"完成年初预算的{wrong}%")
    errors = [f for f in check(made(items, lines)).findings if f.severity is Severity.ERROR]
    assert [(f.kind, f.stated.value) for f in errors] == [("completion-rate", str(wrong))]


@settings(max_examples=15, deadline=None)
@given(leaves(), cents)
def test_a_turned_direction_word_is_named(items: tuple[Leaf, ...], prior: Decimal) -> None:
    lines = prose(items, prior)
    turned = lines[3].replace("决算数大于", "决算数@").replace("决算数小于", "决算数大于").replace("决算数@", "决算数小于")
    errors = [f for f in check(made(items, [*lines[:3], turned, *lines[4:]])).findings if f.severity is Severity.ERROR]
    assert [f.kind for f in errors] == (["direction-word"] if turned != lines[3] else [])


@settings(max_examples=20, deadline=None)
@given(leaves(), cents)
def test_ids_are_stable(items: tuple[Leaf, ...], prior: Decimal) -> None:
    whole = with_cell(made(items, prose(items, prior)), 1, 2, "0.07")
    assert [f.id for f in check(whole).findings] == [f.id for f in check(whole).findings]
