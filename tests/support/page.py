"""A scripted session over one made-up PDF, for the page's tests: no library, no index, no model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from threading import Event as Signal

import pymupdf

from service.errors import MingzhangError, NotAPdfError, UnknownDocumentError
from service.library import Journal, Kept, schema
from service.reading.pdf import opened
from service.record import OnStage, Stage
from service.records import (
    Answer,
    Box,
    CheckReport,
    Citation,
    Disclosure,
    DocumentInfo,
    Engine,
    Figure,
    Finding,
    Gap,
    Kind,
    Operand,
    Place,
    Quantity,
    Severity,
    State,
    Support,
)
from service.settings import Settings

DOC = "yunqi-2023-final"
QUOTE = "公务员医疗补助（项）。年初预算为400万元，支出决算为350万元"
REASON = "决算数小于年初预算数的主要原因是参保人数减少"
QUESTION = "2023年公务员医疗补助为什么没花完预算？"
HOSTILE = '<img src=x onerror="document.title=1">**不可信**'


@dataclass(frozen=True, slots=True)
class Step:
    """A step of answering, as `service.pipeline.Event`."""

    kind: str
    text: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A document read."""

    info: DocumentInfo
    status: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file not read."""

    path: Path
    error: MingzhangError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an ingestion came to."""

    documents: tuple[Read, ...] = ()
    failed: tuple[Unreadable, ...] = ()


@dataclass
class ScriptedSession:
    """Answers from a script. `hold` delays the answers to questions with 慢 in them until it is set."""

    path: Path
    hold: Signal = field(default_factory=Signal)
    asked: list[tuple[str, tuple[str, ...] | None, tuple[tuple[str, str], ...]]] = field(default_factory=list)

    removed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hold.set()
        home = self.path.parent / "home"
        home.mkdir(exist_ok=True)
        self.settings = Settings(home=home, model=None, embedding_model=None)
        self.journal = Journal(schema.connect(self.settings.library_url), home)

    def info(self, doc: str) -> DocumentInfo:
        self.page_count(doc)
        return info()

    def disclosure(self, doc: str) -> Disclosure:
        self.page_count(doc)
        return Disclosure(doc, info().org, info().year, info().kind, (), ())

    def file(self, doc: str) -> Path:
        self.page_count(doc)
        return self.path

    def page_size(self, doc: str, page: int) -> tuple[float, float]:
        self.page_count(doc)
        with opened(self.path) as pdf:
            return pdf.size(page)

    def keep(self, answer: Answer, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> str:
        sources = tuple((doc, info().digest) for doc in docs or (DOC,))
        return self.journal.keep(Kept(answer, sources, tuple(history), "p" * 64))

    def reread(self, doc: str, on_stage: OnStage | None = None) -> Read:
        if on_stage:
            on_stage(self.file(doc), Stage.READING)
        return Read(info(), "unchanged")

    def remove(self, doc: str) -> None:
        self.page_count(doc)
        self.removed.append(doc)

    def documents(self) -> list[DocumentInfo]:
        return [info()]

    def examples(self) -> list[str]:
        return [QUESTION, "2024年的三公经费是多少？"]

    def page_count(self, doc: str) -> int:
        if doc != DOC:
            raise UnknownDocumentError(f"资料库里没有「{doc}」", f"no document {doc}")
        with opened(self.path) as pdf:
            return pdf.pages

    def picture(self, doc: str, page: int, boxes: Sequence[Box] = (), dpi: int = 110, part: Box | None = None) -> bytes:
        if doc != DOC:
            raise UnknownDocumentError(f"资料库里没有「{doc}」", f"no document {doc}")
        with opened(self.path) as pdf:
            return pdf.picture(page, boxes, dpi, part)

    def ask(self, question: str, *, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> Answer:
        answers = [e.answer for e in self.ask_events(question, docs=docs, history=history) if e.answer]
        return answers[-1]

    def ask_events(self, question: str, *, docs: Sequence[str] | None = None, history: Sequence[tuple[str, str]] = ()) -> Iterator[Step]:
        self.asked.append((question, tuple(docs) if docs else None, tuple(history)))
        yield Step("status", "正在查找…")
        yield Step("status", "逐句核对中…")
        if "慢" in question:
            self.hold.wait(30)
        if "坏" in question:
            raise UnknownDocumentError("资料库里没有这份文件，请重新选择", "no such document")
        if "崩" in question:
            raise ZeroDivisionError("秘密")
        made = refusal(question) if "三公" in question else answer(question)
        yield Step("answer", "", made)

    def ingest(self, paths: Sequence[Path], *, on_stage: OnStage | None = None) -> Outcome:
        done, failed = [], []
        for path in paths:
            if on_stage:
                on_stage(path, Stage.READING)
                on_stage(path, Stage.TABLES)
            self.hold.wait(30)
            try:
                with opened(path):
                    done.append(Read(info(), "unchanged"))
            except NotAPdfError as error:
                failed.append(Unreadable(path, error))
        return Outcome(tuple(done), tuple(failed))

    def report(self, doc: str) -> CheckReport:
        self.page_count(doc)
        counts = {State.PASS: 180, State.TAIL: 9, State.FINDING: 1, State.NOT_APPLICABLE: 21, State.NOT_CHECKED: 1}
        return CheckReport(doc, counts, (Gap("B5", "没有找到公开04表"),), (finding(),))


def info() -> DocumentInfo:
    """The one document held."""
    return DocumentInfo(DOC, "云栖市账目局2023年度部门决算", "云栖市账目局（虚构）", 2023, Kind.FINAL, "部门", 3, "0" * 64, 310, 17, 1)


def quoted(quote: str = QUOTE) -> Place:
    """Where the quote is printed in the made-up PDF."""
    left, top, size = 72.0, 200.0, 12.0
    return Place(2, quote, ((left, top - 0.88 * size, left + size * len(quote), top + 0.12 * size),))


def reason() -> Place:
    """Where the reason is printed."""
    return Place(2, REASON, ((72.0, 220.0 - 10.6, 72.0 + 12 * len(REASON), 220.0 + 1.4),))


def answer(question: str = QUESTION) -> Answer:
    """An answer with cited and derived figures, a finding and hostile text in it."""
    return Answer(
        question=question,
        answer="2023年公务员医疗补助年初预算 400 万元，支出决算 350 万元【1】。完成年初预算的 87.50 %【1】。\n"
        f"文件给出的原因：{REASON}【2】。{HOSTILE}",
        refused=False,
        engine=Engine.OFFLINE,
        citations=(Citation(1, DOC, "五、一般公共预算财政拨款支出决算情况说明", quoted()), Citation(2, DOC, "五、支出<b>", reason())),
        figures=(
            Figure("400", "万元", Support.CITED, 1),
            Figure("350", "万元", Support.CITED, 1),
            Figure("87.50", "%", Support.DERIVED, 1, "350 ÷ 400 = 87.50 %"),
        ),
        findings=(finding(),),
        elapsed_ms=42,
    )


def refusal(question: str) -> Answer:
    """A refusal with the nearest passage."""
    return Answer(
        question=question,
        answer="资料库里没有 2024 年的文件，查不到这一年的三公经费。最接近的内容是 2023 年决算【1】。",
        refused=True,
        engine=Engine.OFFLINE,
        citations=(Citation(1, DOC, "八、三公经费", quoted()),),
        figures=(),
        elapsed_ms=12,
    )


def finding() -> Finding:
    """A growth rate that does not follow."""
    operand = Operand("350", "万元", reason())
    return Finding(
        "F4-1",
        "F4",
        "growth-rate",
        Severity.ERROR,
        Quantity("8.9", "%"),
        Quantity(str(Decimal("0.90")), "%"),
        "四、收入决算情况说明",
        quoted(),
        (operand,),
        ("decimal-slip",),
        "10.86 ÷ (1198.41 + 10.86) = 0.90 %，文中写 8.9 %，疑为小数点错位",
    )


def write_pdf(path: Path) -> Path:
    """A three-page PDF with the quote on page 2."""
    with pymupdf.open() as document:
        for number in range(1, 4):
            page = document.new_page()
            page.insert_text((72, 72), f"云栖市账目局（虚构）2023年度部门决算  {number}", fontname="china-s", fontsize=14)
            if number == 2:
                page.insert_text((72, 200), QUOTE, fontname="china-s", fontsize=12)
                page.insert_text((72, 220), REASON, fontname="china-s", fontsize=12)
        document.save(path)
    return path
