"""Speed, as ratios against named alternatives in the same run: `python -m evals.speed [FOLDER]`.

Reading: ms a page of ours, of pdfplumber's `extract_tables` (the alternative), and of PyMuPDF text and drawings alone (the floor).
Command line: process seconds of `--help` and of `ask` on a warm library, against an interpreter that imports every framework first.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pdfplumber
import pymupdf
from rich.console import Console
from rich.table import Table

from service import pipeline
from service.errors import InputError
from service.reading import document
from service.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
PLUMBED = 12
"""pdfplumber reads only so many pages of each file, since it is slow; the ratio is taken a page."""
TIMES = 3


def main(folder: Path) -> None:
    """Measure and print."""
    out = Console()
    paths = sorted(folder.rglob("*.pdf"))
    out.print(f"{len(paths)} PDFs in {folder}, {os.cpu_count()} processors, median of {TIMES}")
    out.print(_reading(paths))
    out.print(_command_line(paths))


def _reading(paths: list[Path]) -> Table:
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
        with suppress(InputError):  # a scan costs its probe; its pages count, since the floor met them too
            document.read(path, Settings())
        ours += time.perf_counter() - begun
        with pdfplumber.open(path) as other:
            begun = time.perf_counter()
            for plumbed_page in other.pages[:PLUMBED]:
                plumbed_page.extract_tables()
            alternative += time.perf_counter() - begun
            plumbed += min(count, PLUMBED)
    rows = {
        "floor: PyMuPDF rawdict + drawings": 1000 * floor / pages,
        "mingzhang: document.read (pages, tables, sections)": 1000 * ours / pages,
        "pdfplumber: extract_tables": 1000 * alternative / plumbed,
    }
    mine = rows["mingzhang: document.read (pages, tables, sections)"]
    table = Table("reading", "ms a page", "ratio to ours", title=f"{pages} pages")
    for name, value in rows.items():
        table.add_row(name, f"{value:.1f}", f"{value / mine:.2f}")
    return table


def _command_line(paths: list[Path]) -> Table:
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), model=None, embedding_model=None, workers=1)
        begun = time.perf_counter()
        report = pipeline.ingest(paths, settings)
        took = time.perf_counter() - begun
        pages = sum(item.info.pages for item in report.documents)
        environment = {**os.environ, "MINGZHANG_HOME": home, "MINGZHANG_MODEL": ""}
        doc = report.documents[0].info.doc
        question = "机关运行经费是多少？"

        def run(*arguments: str) -> Callable[[], None]:
            return lambda: _run([sys.executable, *arguments], environment)

        everything = "import gradio, langchain_openai, chromadb, pymupdf"
        rows = {
            "every framework imported first": _process_seconds(run("-c", everything)),
            "mingzhang --help": _process_seconds(run("-m", "service", "--help")),
            "mingzhang ask --doc (warm library)": _process_seconds(run("-m", "service", "ask", question, "--doc", doc)),
            "mingzhang ask, whole library (with Chroma)": _process_seconds(run("-m", "service", "ask", question)),
        }
        warm = _warm(settings, question, doc)
    table = Table(
        "process",
        "seconds",
        "ratio to the first",
        title=f"ingest of {pages} pages on one core: {pages / took:.0f} pages/s; warm ask: {warm:.0f} ms",
    )
    first = rows["every framework imported first"]
    for name, value in rows.items():
        table.add_row(name, f"{value:.2f}", f"{value / first:.2f}")
    return table


def _warm(settings: Settings, question: str, doc: str) -> float:
    """Milliseconds of a question in a warm process, median."""
    with pipeline.open_session(settings) as session:
        session.ask(question, docs=[doc])
        return sorted(session.ask(question, docs=[doc]).elapsed_ms for _ in range(7))[3]


def _process_seconds(run: Callable[[], None]) -> float:
    """Processor seconds (user and system) of a child process, median."""
    spent = []
    for _ in range(TIMES):
        before = os.times()
        run()
        after = os.times()
        spent.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return sorted(spent)[TIMES // 2]


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ.get("MINGZHANG_CORPUS", SAMPLES)))
