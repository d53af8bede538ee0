"""How fast, as ratios against named alternatives in the same run: `evals.speed` as a suite."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from rich.table import Table

from evals import speed
from evals.bench import Bench
from evals.observed import Case, Metric, Observation, Output, Suite

SUITE = Suite(
    "speed",
    "速度",
    "与同一轮里的对照相比：读 PDF 对 pdfplumber，命令行对「先导入所有框架的程序」。绝对的毫秒随机器而变，只看，不设门槛。",
    (
        Metric(
            "reading", "读取比", "pdfplumber 的 extract_tables 每页用时除以本项目 document.read 每页用时：快几倍。",
            "同一轮的对照（evals/speed.py）", unit="倍", slack=0.85,
        ),
        Metric(
            "start", "启动比", "mingzhang --help 的处理器时间占导入 gradio、langchain、chromadb、pymupdf 的时间的百分比。",
            "同一轮的对照（evals/speed.py）", unit="%", lower_is_better=True, slack=2.0,
        ),
        Metric("page_ms", "每页", "document.read 每页用时。", "evals/speed.py", unit="ms", lower_is_better=True, slack=None),
    ),
)  # fmt: skip


def cases(bench: Bench) -> Iterator[Case]:
    """Reading, and the command line's start."""
    paths = [path for path in bench.originals.paths.values() if path.suffix.lower() == ".pdf"]
    if paths:
        told = "与 pdfplumber、PyMuPDF 相比"
        yield Case("reading", "reading", "speed", f"读 {len(paths)} 份 PDF", told, partial(_reading, paths), _judged_reading)
        yield Case("start", "start", "speed", "命令行启动", "与导入所有框架相比", _start, _judged_start)


def _reading(paths: Sequence[Path]) -> Output:
    return _cells(speed._reading(list(paths)))


def _cells(table: Table) -> Output:
    """A printed table's second column by its first."""
    names, values = (list(column.cells) for column in table.columns[:2])
    return {str(name): float(str(value)) for name, value in zip(names, values, strict=True)}


def _judged_reading(output: Output) -> list[Observation]:
    ours = next(v for name, v in output.items() if name.startswith("mingzhang"))
    alternative = next(v for name, v in output.items() if name.startswith("pdfplumber"))
    told = "；".join(f"{name} {value:.1f} ms" for name, value in output.items())
    values = {"reading": alternative / ours, "page_ms": ours}
    return [Observation(id="reading", suite=SUITE.name, kind="reading", doc="speed", values=values, question="读 PDF", answer=told)]


def _start() -> Output:
    everything = "import gradio, langchain_openai, chromadb, pymupdf"
    return {"all": _seconds("-c", everything), "help": min(_seconds("-m", "service", "--help") for _ in range(3))}


def _seconds(*arguments: str) -> float:
    """Processor seconds (user and system) of this interpreter with these arguments, once: `evals.speed` takes medians."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _judged_start(output: Output) -> list[Observation]:
    told = f"--help {output['help']:.2f} 秒，导入所有框架 {output['all']:.2f} 秒"
    values = {"start": 100 * output["help"] / output["all"]}
    return [Observation(id="start", suite=SUITE.name, kind="start", doc="speed", values=values, question="命令行启动", answer=told)]
