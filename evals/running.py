"""One evaluation from settings to a run on the disk: gold, bench, cases, results, record."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evals import gold, runs, suites, tasks
from evals.bench import SAMPLES, Bench
from evals.runs import Asked, Kept, Run
from service.errors import InputError
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be evaluated, on what, and where the run goes."""

    settings: Settings
    asked: Asked
    runs_folder: Path
    gold: Path = SAMPLES
    corpus: Path = SAMPLES


def run(order: Order, progress: tasks.Progress | None = None) -> Kept:
    """Evaluate.

    Raises:
        NotFoundError, InputError: gold or corpus are unusable, or nothing there is of the suites asked for.
        LibraryError: the run's library cannot be written.
    """
    chosen = suites.chosen(order.asked.suites)
    cases = gold.load(order.gold)
    began, begun = datetime.now(UTC), time.perf_counter()
    folder = _folder(order)
    library = folder / "library"
    bench = Bench(cases, order.corpus, order.settings.model_copy(update={"home": library, "database_url": None}), order.asked.seed)
    try:
        work = [(suite, list(made(bench))) for suite, made in chosen]
        if not any(found for _, found in work):
            raise InputError(
                f"{order.gold} 里没有所选评测集的题，或 {order.corpus} 里没有它们说到的文件",
                f"{order.gold} has no cases for these suites, or {order.corpus} lacks their documents",
            )
        plan = tasks.Plan(folder, order.asked.limit, order.asked.epochs, order.asked.retries, order.asked.parallel)
        results = tasks.run(work, plan, progress)
    finally:
        bench.close()
        shutil.rmtree(library, ignore_errors=True)
    observations = [o for result in results for o in result.observations]
    spent = sum(o.tokens_in for o in observations), sum(o.tokens_out for o in observations)
    made = Run(
        id=folder.name, began=began, seconds=round(time.perf_counter() - begun, 1), engine=runs.engine(order.settings), code=runs.code(),
        asked=order.asked, cases=runs.cases(cases, order.corpus, list(bench.originals.paths.values()), bench.failed),
        settings=runs.public(order.settings), parts=tuple(runs.part(result) for result in results),
        tokens_in=spent[0], tokens_out=spent[1], cost=runs.cost(order.asked.prices, *spent),
    )  # fmt: skip
    runs.write(made, observations, folder)
    return runs.read(folder)


def _folder(order: Order) -> Path:
    """A new folder for the run."""
    stem = runs.name(datetime.now(UTC), "llm" if order.settings.has_model else "offline")
    for number in range(1, 100):
        folder = order.runs_folder / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise InputError(f"{folder}：建不了文件夹（{error.strerror}）", f"{folder}: cannot be made ({error.strerror})") from error
        return folder
    raise InputError(f"{order.runs_folder}：同名的评测太多", f"{order.runs_folder}: too many runs of one name")


def found(name: str | None, runs_folder: Path) -> Path:
    """The folder of a run: a path, a name in the folder of runs, or None for the latest.

    Raises:
        InputError: there is no such run.
    """
    if name is None:
        kept = latest(runs_folder)
        if not kept:
            raise InputError(f"{runs_folder} 里还没有评测，先 mingzhang eval run", f"no runs in {runs_folder}: mingzhang eval run first")
        return kept[-1]
    for folder in (Path(name), runs_folder / name):
        if (folder / runs.RECORD).is_file():
            return folder
    raise InputError(f"没有评测 {name}（在 {runs_folder} 里也没有）", f"no run {name}, nor in {runs_folder}")


def latest(runs_folder: Path) -> Sequence[Path]:
    """Finished runs, oldest first."""
    return sorted(path.parent for path in runs_folder.glob(f"*/{runs.RECORD}"))
