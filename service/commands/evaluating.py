"""The commands that evaluate: run, report, compare, gate, baseline, view, suites. They need the extra `evals`."""

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands import terms
from service.errors import InputError

if TYPE_CHECKING:
    from evals.runs import Kept, Prices
    from service.settings import Settings

app = typer.Typer(
    help="评测：改模型、提示词或规则之前先跑一遍，看清哪里变好、哪里变差。 / Evaluation suites: what got better, what got worse.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

RUNS = Path(".mingzhang/evals")
Runs = Annotated[Path, typer.Option("--runs", help="Folder of runs.")]
Name = Annotated[str | None, typer.Argument(help="A run: its name or folder; default: the latest.", show_default=False)]


@app.callback()
def _needs_its_extra() -> None:
    """Tell what is missing before anything is done."""
    missing = [name for name in ("inspect_ai", "scipy", "jinja2", "pdfplumber") if importlib.util.find_spec(name) is None]
    if missing:
        raise InputError(
            f"这里没有装评测组件（缺 {'、'.join(missing)}）。在项目文件夹里 make evals，然后用 .venv-evals/bin/mingzhang eval …",
            f"the evaluation extra is not installed (no {', '.join(missing)}): `make evals` in the project's folder, then"
            " .venv-evals/bin/mingzhang eval …",
        )


@app.command()
def run(  # noqa: PLR0913 - one parameter an option
    names: Annotated[list[str] | None, typer.Argument(metavar="[SUITE]…", help="Suites; default: all.", show_default=False)] = None,
    engine: Annotated[str, typer.Option(help="offline, or llm (the model of the settings).")] = "offline",
    model: Annotated[str | None, typer.Option(help="Another model at the same server.")] = None,
    gold: Annotated[Path | None, typer.Option(help="Folder of cases; default: the project's own.", show_default=False)] = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder of the documents they are about.", show_default=False)] = None,
    limit: Annotated[int | None, typer.Option(help="Cases of each suite at most.", min=1, show_default=False)] = None,
    epochs: Annotated[int, typer.Option(help="Times that each case is run (models vary).", min=1)] = 1,
    retries: Annotated[int, typer.Option(help="Further tries of a case that failed to run.", min=0)] = 0,
    parallel: Annotated[int, typer.Option(help="Cases at a time.", min=1)] = 1,
    seed: Annotated[int, typer.Option(help="Of made-up books and disturbances.", min=0)] = 0,
    prices: Annotated[str | None, typer.Option(help="IN,OUT: price of a million tokens.", show_default=False)] = None,
    runs: Runs = RUNS,
) -> None:
    """跑评测集。 / Run suites."""
    from evals import running
    from evals.bench import SAMPLES
    from evals.runs import Asked

    if (gold is None) != (corpus is None):
        raise InputError("--gold 和 --corpus 要一起给", "--gold and --corpus go together")
    asked = Asked(
        suites=tuple(names or ()), limit=limit, epochs=epochs, retries=retries, parallel=parallel, seed=seed, prices=_prices(prices)
    )
    order = running.Order(_settings(engine, model), asked, runs.resolve(), gold or SAMPLES, corpus or SAMPLES)
    with terms.bar("评测 / evaluating") as progress:
        kept = running.run(order, progress)
    _tell(kept)
    if kept.run.errors:
        raise typer.Exit(1)


@app.command()
def report(
    name: Name = None,
    out: Annotated[Path | None, typer.Option(help="File to write; default: report.html in the run's folder.", show_default=False)] = None,
    against: Annotated[str | None, typer.Option(help="Another run to compare with on the same page.", show_default=False)] = None,
    worst: Annotated[int, typer.Option(help="Cases without full marks that are shown, of each suite.", min=0)] = 30,
    runs: Runs = RUNS,
) -> None:
    """写出一页自成一体的报告。 / One self-contained HTML page."""
    from evals import comparing, page, running
    from evals.runs import read

    kept = read(running.found(name, runs))
    compared = comparing.compare(read(running.found(against, runs)), kept) if against else None
    target = out or kept.folder / "report.html"
    _write(target, page.html(kept, compared, worst))
    print(target)


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="Run A: before.", show_default=False)],
    after: Annotated[str, typer.Argument(help="Run B: after.", show_default=False)],
    runs: Runs = RUNS,
) -> None:
    """两次评测成对相比。 / Paired differences of two runs."""
    from evals import comparing, running, telling
    from evals.runs import read

    telling.comparison(comparing.compare(read(running.found(before, runs)), read(running.found(after, runs))))


@app.command()
def gate(
    name: Name = None,
    baseline: Annotated[Path, typer.Option(help="The baseline file.")] = Path("evals/baseline.json"),
    runs: Runs = RUNS,
) -> None:
    """低于基线就以 1 退出。 / Exit with 1 when a run is below the baseline."""
    from evals import gating, running, telling
    from evals.runs import read

    verdict = gating.judge(read(running.found(name, runs)), gating.read(baseline))
    telling.verdict(verdict)
    if verdict.below:
        raise typer.Exit(1)


@app.command()
def baseline(
    name: Name = None,
    write: Annotated[Path, typer.Option(help="The baseline file.")] = Path("evals/baseline.json"),
    runs: Runs = RUNS,
) -> None:
    """用一次评测更新基线。 / Make a run the baseline."""
    from evals import gating, running
    from evals.runs import read

    made = gating.baseline(read(running.found(name, runs)))
    _write(write, gating.text(made))
    print(f"{write}：{len(made.metrics)} 个指标，{len(made.failing)} 道已知错题（{made.run}）")


@app.command()
def view(
    name: Name = None,
    port: Annotated[int, typer.Option(help="Port on this machine.", min=1, max=65535)] = 7575,
    runs: Runs = RUNS,
) -> None:
    """用 inspect 的浏览器逐题看日志。 / Look at every case in inspect's own viewer."""
    from evals import running, tasks

    folder = running.found(name, runs)
    print(f"{folder.name}：http://127.0.0.1:{port} （Ctrl+C 结束）", file=sys.stderr)
    tasks.view(folder, port)


@app.command("suites")
def listed() -> None:
    """有哪些评测集和指标。 / The suites and what their metrics mean."""
    from evals import suites, telling

    telling.catalogue([suite for suite, _ in suites.chosen(())])


def _settings(engine: str, model: str | None) -> "Settings":
    """The settings under test."""
    settings = terms.settings()
    if engine == "offline":
        if model:
            raise InputError("--model 要配 --engine llm", "--model goes with --engine llm")
        return settings.model_copy(update={"model": None, "embedding_model": None})
    if engine != "llm":
        raise InputError(f"--engine 是 offline 或 llm，不是 {engine}", f"--engine is offline or llm, not {engine}")
    settings = settings.model_copy(update={"model": model}) if model else settings
    if not settings.has_model:
        raise InputError(
            "没有模型可测：请设 OPENAI_BASE_URL（和 OPENAI_API_KEY），以及 MINGZHANG_MODEL 或 --model",
            "no model to evaluate: set OPENAI_BASE_URL (and OPENAI_API_KEY), and MINGZHANG_MODEL or --model",
        )
    return settings


def _prices(text: str | None) -> "Prices | None":
    from evals.runs import Prices

    if text is None:
        return None
    try:
        spent_in, spent_out = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(
            f"--prices 应如 2,8（每百万 token 的输入价、输出价），不是 {text}", f"--prices wants IN,OUT, not {text}"
        ) from error
    return Prices(tokens_in=spent_in, tokens_out=spent_out)


def _tell(kept: "Kept") -> None:
    from evals import telling

    telling.run(kept)
    print(f"\n{kept.folder}\n报告：mingzhang eval report {kept.run.id}", file=sys.stderr)


def _write(target: Path, text: str) -> None:
    from service.exports.target import Target

    Target(target, str(target), []).write(text.encode())
