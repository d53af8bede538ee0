"""The sample documents: reproducible, consistent but for what is planted, and what is said about them stands in them."""

import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from samples import book, budget_tables, facts, final_tables, final_text, forms, make, planted
from samples.book import BUDGET, FINAL, ITEMS, LOTTERY
from samples.drawing import NOTICE, wrap
from samples.final_tables import Statement
from samples.money import WAN, cents, total
from samples.ruled import Grid

SAMPLES = Path(make.__file__).parent
Record = dict[str, Any]


def squeeze(text: str) -> str:
    return re.sub(r"[\s|｜]+", "", unicodedata.normalize("NFKC", text))


def pages_of(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        return [page.get_text() for page in document]


def lines_of(name: str) -> list[Record]:
    return [json.loads(line) for line in (SAMPLES / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def printed() -> dict[str, list[str]]:
    """Squeezed page texts of the committed PDFs."""
    return {doc: [squeeze(page) for page in pages_of(SAMPLES / f"{doc}.pdf")] for doc in (FINAL, BUDGET)}


@pytest.fixture(scope="module")
def numbers() -> dict[str, list[set[Decimal]]]:
    """The numbers on each page of the committed PDFs; cells stand apart in the text as it is, and no number is broken over lines."""
    found = {}
    for doc in (FINAL, BUDGET):
        texts = pages_of(SAMPLES / f"{doc}.pdf")
        found[doc] = [{Decimal(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)} for text in texts]
    return found


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a fresh generation."""
    folder = tmp_path_factory.mktemp("samples")
    make.write(folder)
    return folder


@pytest.mark.parametrize("doc", [FINAL, BUDGET])
def test_committed_pdfs_are_what_the_source_makes(doc: str, fresh: Path) -> None:
    assert pages_of(SAMPLES / f"{doc}.pdf") == pages_of(fresh / f"{doc}.pdf")


@pytest.mark.parametrize("name", ["planted.jsonl", "facts.jsonl", f"tables/{FINAL}.json", f"tables/{BUDGET}.json"])
def test_committed_lists_are_what_the_source_makes(name: str, fresh: Path) -> None:
    assert (SAMPLES / name).read_bytes() == (fresh / name).read_bytes()


@pytest.mark.parametrize(("doc", "least", "most"), [(FINAL, 18, 24), (BUDGET, 12, 16)])
def test_every_page_says_that_it_is_made_up(doc: str, least: int, most: int, printed: dict[str, list[str]]) -> None:
    assert least <= len(printed[doc]) <= most
    assert all(squeeze(NOTICE) in page for page in printed[doc])
    assert (SAMPLES / f"{doc}.pdf").stat().st_size < 600_000


def test_figures_of_the_prose_survive_drawing(printed: dict[str, list[str]]) -> None:
    text = re.sub(r"—\d+—|" + re.escape(squeeze(NOTICE)), "", "".join(printed[FINAL]))
    for piece in planted.in_prose(FINAL, [*final_text.statement(), *forms.overview(), *forms.projects()]):
        assert squeeze(piece.text) in text


def test_lines_keep_figures_whole_and_open_with_no_closing_mark() -> None:
    text = "（参照公务员法管理）、支出决算1,431.85万元，完成100.00%。" * 6
    for limit in range(60, 200, 7):
        lines = wrap(text, 10.0, float(limit))
        assert "".join(lines) == text
        assert all(line[0] not in "），、。%" and not line.endswith("（") for line in lines)
        assert all(set(re.findall(r"[\d.,%]+", line)) <= {"1,431.85", "100.00%"} for line in lines)


# What is planted


def test_planted_classes_are_various() -> None:
    kinds = {s.kind for s in planted.SLIPS if s.severity == "error"}
    assert {"growth-rate", "completion-rate", "sum", "text-vs-table", "direction-word", "score-sum", "unit"} <= kinds
    assert [s.id for s in planted.SLIPS if s.severity == "rounding"] == ["qinghe-f010"]


@pytest.mark.parametrize("slip", planted.SLIPS, ids=lambda s: s.id)
def test_planted_contradiction_is_printed(slip: planted.Slip, printed: dict[str, list[str]]) -> None:
    assert any(all(squeeze(part) in page for part in slip.contains) for page in printed[slip.doc])


def test_clean_documents_have_none(tmp_path: Path) -> None:
    paths = make.write(tmp_path, clean=True)
    assert [p.suffix for p in paths] == [".pdf", ".pdf"]
    text = {path.stem: squeeze("".join(pages_of(path))) for path in paths}
    for slip in planted.SLIPS:
        if slip.wrong:
            assert squeeze(slip.wrong) not in text[slip.doc], slip.id


# What is said about the documents


@pytest.mark.parametrize("question", lines_of("questions.jsonl"), ids=lambda q: q["id"])
def test_question_is_answerable_from_its_evidence(
    question: Record, printed: dict[str, list[str]], numbers: dict[str, list[set[Decimal]]]
) -> None:
    shown = [place for entry in question["evidence"] for place in _pages_with(question, entry, printed)]
    assert question["refuse"] or question["evidence"]
    pool = {n for doc, page in shown for n in numbers[doc][page]}
    derived = _computed(question["note"])
    for figure in question["figures"]:
        value = Decimal(figure["value"])
        assert value in pool or derived == value, figure
    text = "".join(printed[doc][page] for doc, page in shown)
    if question["kind"] not in ("compare", "crossdoc"):
        for group in question["mentions"]:
            assert any(squeeze(m) in text for m in group), group


def _pages_with(question: Record, entry: Record, printed: dict[str, list[str]]) -> list[tuple[str, int]]:
    """(document, index of the page) of every page that holds the whole evidence."""
    doc = entry.get("doc") or question["doc"]
    pages = [(doc, n) for n, page in enumerate(printed[doc]) if all(squeeze(part) in page for part in entry["contains"])]
    assert pages, entry
    return pages


def _computed(note: str) -> Decimal | None:
    """The value of 「a-b=c」 or 「a+b=c」 at the head of a note; c must be right."""
    match = re.match(r"([\d.]+)([-+])([\d.]+)=([\d.]+)", note)
    if match is None:
        return None
    a, sign, b, said = Decimal(match[1]), match[2], Decimal(match[3]), Decimal(match[4])
    assert (a - b if sign == "-" else a + b) == said
    return said


def test_questions_cover_every_kind() -> None:
    questions = lines_of("questions.jsonl")
    assert len(questions) >= 120
    kinds = {"lookup", "why", "compare", "list", "derive", "definition", "table", "crossdoc", "refuse", "followup"}
    assert {q["kind"] for q in questions} == kinds
    assert len({q["id"] for q in questions}) == len(questions)
    assert all(q["refuse"] == (q["kind"] == "refuse") for q in questions)


def test_facts_stand_on_a_page(printed: dict[str, list[str]], numbers: dict[str, list[set[Decimal]]]) -> None:
    records = list(facts.records())
    assert len(records) >= 60
    for fact in records:
        texts = printed[fact["doc"]]
        # a paragraph may run over the page's end
        pages = zip(texts, ["", *texts[:-1]], numbers[fact["doc"]], strict=True)
        # the narrative says 「财政拨款收入总计、支出总计」 and 「支出总计」 of both
        name = squeeze(fact["item"]).replace("财政拨款支出总计", "支出总计")
        assert any(Decimal(fact["value"]) in values and name in before + page for page, before, values in pages), fact


def test_planted_figures_among_the_facts_are_the_printed_ones() -> None:
    values = {(f["doc"], f["item"], f["measure"], f["where"]): f["value"] for f in facts.records() if f["column"] in (None, "小计", "总分")}
    for key, (value, _) in facts.PRINTED.items():
        assert values[key] == value


# The books


def test_books_tie() -> None:
    assert book.TOTAL == book.SPENT + book.CLOSING_ALL
    assert book.GENERAL + LOTTERY.spent + book.CLOSING == book.FISCAL_TOTAL
    assert book.STAFF + book.PUBLIC == book.BASIC == total(v for code, v in book.LINES_2024.items() if len(code) == 3)
    assert book.NEXT_STAFF + book.NEXT_PUBLIC == book.NEXT_BASIC
    assert book.LINES_2024["30108"] == book.item("2080505").spent
    assert book.LINES_2025["30113"] == book.item("2210201").next
    for name in ("budget", "spent", "before", "next"):
        assert getattr(book.THREE, name) == getattr(book.CAR, name) + getattr(book.GUESTS, name)


def test_forms_tie() -> None:
    assert forms.WHOLE_SPENT == book.SPENT
    for indicators in (forms.WHOLE, *(p.indicators for p in forms.PROJECTS)):
        assert total(i.weight for i in indicators) == 90
        assert all(0 < i.score <= i.weight for i in indicators)


def test_last_years_column_is_the_final_accounts_budget() -> None:
    rows = {cells[0].text: cells for cells in _statement(budget_tables.statements(), "表5").grid.body}
    for item in ITEMS:
        if item.next:
            assert Decimal(rows[item.code][2].text.replace(",", "")) == item.start * WAN


def _statement(statements: list[Statement], number: str) -> Statement:
    return next(s for s in statements if s.number == number)


def _amounts(grid: Grid, columns: int) -> Iterator[tuple[str, list[Decimal]]]:
    """(code or 合计, last `columns` amounts) per row of a functional table; the code may take three columns."""
    for cells in grid.body:
        texts = [c.text for c in cells]
        code = "".join(t for t in texts[:-columns] if t.isdigit()) or texts[0]
        yield code, [Decimal(t.replace(",", "").rstrip("%") or 0) for t in texts[-columns:]]


@pytest.mark.parametrize(
    ("doc", "number", "columns"),
    [(FINAL, "公开02表", 7), (FINAL, "公开03表", 6), (FINAL, "公开05表", 3), (FINAL, "公开07表", 6),
     (BUDGET, "表2", 5), (BUDGET, "表3", 3), (BUDGET, "表5", 5), (BUDGET, "表8", 4)],
)  # fmt: skip
def test_tables_add_up(doc: str, number: str, columns: int) -> None:
    statements = final_tables.statements() if doc == FINAL else budget_tables.statements()
    grid = _statement(statements, number).grid
    skipped = 1 if number == "表5" else 0
    rows = {code: amounts[: columns - skipped] for code, amounts in _amounts(grid, columns + skipped)}
    for code, amounts in rows.items():
        under = [
            v
            for c, v in rows.items()
            if c.isdigit() and (len(c) == 3 if code == "合计" else c.startswith(code) and len(c) == len(code) + 2)
        ]
        if under:
            assert amounts == [total(column) for column in zip(*under, strict=True)], code


def test_economic_table_has_its_one_rounding_difference() -> None:
    printed_lines = {code: cents(value) for code, value in book.LINES_2024.items()}
    off = {
        head: printed_lines[head] - total(v for c, v in printed_lines.items() if c.startswith(head) and len(c) == 5)
        for head in ("301", "302", "303", "310")
    }
    assert off == {"301": 0, "302": Decimal("0.01"), "303": 0, "310": 0}


def test_budget_narrative_adds_up_after_rounding() -> None:
    active = [i for i in ITEMS if i.next]
    assert total(cents(i.next / WAN) for i in active) == cents(book.NEXT_GENERAL / WAN)
    assert cents(book.NEXT_STAFF / WAN) + cents(book.NEXT_PUBLIC / WAN) == cents(book.NEXT_BASIC / WAN)
    for whole, amounts in (
        (book.GENERAL, [total(i.spent for i in n.items) for n in book.tree(ITEMS) if len(n.code) == 3]),
        (book.NEXT_GENERAL, [total(i.next for i in n.items) for n in book.tree(active) if len(n.code) == 3]),
    ):
        assert total(cents(100 * a / whole) for a in amounts) == 100
