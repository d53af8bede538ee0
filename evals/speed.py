"""Speed, as ratios against named alternatives in the same run, and memory: `python -m evals.speed [FOLDER]`.

Reading: ms a page of ours, of pdfplumber's `extract_tables` (the alternative), and of PyMuPDF text and drawings alone (the floor).
Ingest: everything from the files to both indexes, with one worker; this process, the worker and every thread of theirs are held to
one processor where the system can do that. What importing the program and Chroma takes is part of it.
Memory: the most that a process held while it read a file of so many pages, everything derived from it included.
Command line: process seconds of `--help` and of `ask` on a warm library, against an interpreter that imports every framework first.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pymupdf
from rich.console import Console
from rich.table import Table

from service import pipeline
from service.reading import document
from service.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
PLUMBED = 12
"""pdfplumber reads only so many pages of each file, since it is slow; the ratio is taken a page."""
TIMES = 3
GROWING = (10, 250, 500, 1000)
"""Pages of the files whose reading is watched for memory."""
EVERYTHING = ("-c", "import gradio, langchain_openai, chromadb, pymupdf")
"""Arguments of an interpreter that imports every framework first: the alternative of the command line."""
HELP = ("-m", "service", "--help")


@dataclass(frozen=True, slots=True)
class Paces:
    """Milliseconds a page of three ways to read the same files."""

    pages: int
    ours: float
    """`document.read`: pages, tables, sections."""
    plumbed: float
    """pdfplumber's `extract_tables`."""
    floor: float
    """PyMuPDF's text and drawings alone."""


def main(folder: Path) -> None:
    """Measure and print."""
    out = Console()
    paths = [path for path in sorted(folder.rglob("*.pdf")) if _has_text(path)]
    out.print(f"{len(paths)} PDFs with text in {folder}, {os.cpu_count()} processors, median of {TIMES}")
    out.print(_reading(paths))
    out.print(_ingest(paths))
    out.print(_command_line(paths))
    out.print(_memory(paths))


def _has_text(path: Path) -> bool:
    """Whether a file has a text layer; what recognition takes is another matter."""
    with pymupdf.open(path) as file:
        return bool(file.page_count and file[0].get_text().strip())


def reading(paths: Sequence[Path]) -> Paces:
    """Read every file each way; of pdfplumber only the first pages of each."""
    pages = plumbed = 0
    ours = floor = alternative = 0.0
    for path in paths:
        with pymupdf.open(path) as file:
            count = file.page_count
            begun = time.perf_counter()
            for page in file:
                page.get_text("rawdict")
                page.get_cdrawings()
            floor += time.perf_counter() - begun
            pages += count
        begun = time.perf_counter()
        document.read(path, Settings())
        ours += time.perf_counter() - begun
        with pdfplumber.open(path) as other:
            begun = time.perf_counter()
            for plumbed_page in other.pages[:PLUMBED]:
                plumbed_page.extract_tables()
            alternative += time.perf_counter() - begun
            plumbed += min(count, PLUMBED)
    return Paces(pages, 1000 * ours / pages, 1000 * alternative / plumbed, 1000 * floor / pages)


def processor_seconds(arguments: Sequence[str], times: int = TIMES, environment: Mapping[str, str] | None = None) -> float:
    """Processor seconds (user and system) of this interpreter with these arguments: the median of so many runs."""
    spent = []
    for _ in range(times):
        before = os.times()
        subprocess.run([sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
        after = os.times()
        spent.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return sorted(spent)[times // 2]


def _reading(paths: list[Path]) -> Table:
    paces = reading(paths)
    rows = {
        "floor: PyMuPDF rawdict + drawings": paces.floor,
        "mingzhang: document.read (pages, tables, sections)": paces.ours,
        "pdfplumber: extract_tables": paces.plumbed,
    }
    table = Table("reading", "ms a page", "ratio to ours", title=f"{paces.pages} pages")
    for name, value in rows.items():
        table.add_row(name, f"{value:.1f}", f"{value / paces.ours:.2f}")
    return table


def _ingest(paths: list[Path]) -> Table:
    table = Table("ingest on one core", "pages", "seconds", "pages/s", "processor seconds", "pages a processor second")
    for name, some in (("every file", paths), ("one file", paths[:1])):
        spent = sorted((_ingested(some) for _ in range(TIMES)), key=lambda one: one[1])
        pages, took, processor = spent[TIMES // 2]
        table.add_row(name, str(pages), f"{took:.1f}", f"{pages / took:.0f}", f"{processor:.1f}", f"{pages / processor:.0f}")
    return table


def _ingested(paths: list[Path]) -> tuple[int, float, float]:
    """Pages, seconds, and processor seconds of a fresh process that ingests files on one core."""
    program = (
        "import os, sys\n"
        "if hasattr(os, 'sched_setaffinity'): os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})\n"
        "from service import pipeline\n"
        "from service.settings import Settings\n"
        "from pathlib import Path\n"
        "settings = Settings(home=Path(sys.argv[1]), model=None, embedding_model=None, workers=1)\n"
        "print(sum(d.info.pages for d in pipeline.ingest([Path(p) for p in sys.argv[2:]], settings).documents))\n"
    )
    with tempfile.TemporaryDirectory() as home:
        before, begun = os.times(), time.perf_counter()
        made = subprocess.run([sys.executable, "-c", program, home, *map(str, paths)], check=True, capture_output=True, text=True)  # noqa: S603 - our own
        took, after = time.perf_counter() - begun, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return int(made.stdout), took, spent


def _memory(paths: list[Path]) -> Table:
    """Peaks of fresh processes that read files of more and more pages, made of the folder's."""
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from service import record\n"
        "from service.settings import Settings\n"
        "made = record.record(Path(sys.argv[1]), Settings(model=None, embedding_model=None))\n"
        "print(len(made.document.pages), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    table = Table("pages in one file", "peak memory, MiB", "MiB a page above the first", title="memory of the process that reads")
    first: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for wanted in GROWING:
            path = _repeated(Path(folder) / f"{wanted}.pdf", paths, wanted)
            made = subprocess.run([sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True)  # noqa: S603 - our own
            pages, peak = int(made.stdout.split()[0]), int(made.stdout.split()[1]) / 1024
            first = first or (pages, peak)
            more = f"{(peak - first[1]) / (pages - first[0]):.2f}" if pages > first[0] else ""
            table.add_row(str(pages), f"{peak:.0f}", more)
    return table


def _repeated(target: Path, sources: list[Path], pages: int) -> Path:
    """A file of so many pages, the sources' over and over."""
    with pymupdf.open() as document:
        while document.page_count < pages:
            for source in sources:
                with pymupdf.open(source) as other:
                    if document.page_count < pages:
                        document.insert_pdf(other, to_page=min(other.page_count, pages - document.page_count) - 1)
        document.save(target)
    return target


def _command_line(paths: list[Path]) -> Table:
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), model=None, embedding_model=None)
        report = pipeline.ingest(paths, settings)
        environment = {**os.environ, "MINGZHANG_HOME": home, "MINGZHANG_MODEL": ""}
        doc = report.documents[0].info.doc
        question = "机关运行经费是多少？"
        rows = {
            "every framework imported first": EVERYTHING,
            "mingzhang --help": HELP,
            "mingzhang ask --doc (warm library)": ("-m", "service", "ask", question, "--doc", doc),
            "mingzhang ask, whole library (with Chroma)": ("-m", "service", "ask", question),
        }
        seconds = {name: processor_seconds(arguments, environment=environment) for name, arguments in rows.items()}
        warm = _warm(settings, question, doc)
    table = Table(
        "process",
        "seconds",
        "ratio to the first",
        title=f"command line; warm ask: {warm:.0f} ms",
    )
    first = seconds["every framework imported first"]
    for name, value in seconds.items():
        table.add_row(name, f"{value:.2f}", f"{value / first:.2f}")
    return table


def _warm(settings: Settings, question: str, doc: str) -> float:
    """Milliseconds of a question in a warm process, median."""
    with pipeline.open_session(settings) as session:
        session.ask(question, docs=[doc])
        return sorted(session.ask(question, docs=[doc]).elapsed_ms for _ in range(7))[3]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ.get("MINGZHANG_CORPUS", SAMPLES)))
