"""How fast, as ratios against named alternatives in the same run: `evals.speed` as a suite."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

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
        yield Case("reading", "reading", "speed", f"读 {len(paths)} 份 PDF", told, partial(_reading, paths), judged_reading)
        yield Case("start", "start", "speed", "命令行启动", "与导入所有框架相比", _start, judged_start)


def _reading(paths: Sequence[Path]) -> Output:
    return asdict(speed.reading(paths))


def judged_reading(output: Output) -> list[Observation]:
    """How many times as fast as pdfplumber."""
    ours, plumbed, floor = output["ours"], output["plumbed"], output["floor"]
    told = f"document.read {ours:.1f} ms；pdfplumber {plumbed:.1f} ms；PyMuPDF（只取文字和线） {floor:.1f} ms"
    values = {"reading": plumbed / ours, "page_ms": ours}
    return [Observation(id="reading", suite=SUITE.name, kind="reading", doc="speed", values=values, question="读 PDF", answer=told)]


def _start() -> Output:
    return {"all": speed.processor_seconds(speed.EVERYTHING, 1), "help": speed.processor_seconds(speed.HELP)}


def judged_start(output: Output) -> list[Observation]:
    """What share of importing every framework."""
    told = f"--help {output['help']:.2f} 秒，导入所有框架 {output['all']:.2f} 秒"
    values = {"start": 100 * output["help"] / output["all"]}
    return [Observation(id="start", suite=SUITE.name, kind="start", doc="speed", values=values, question="命令行启动", answer=told)]
