"""`python -m evals.guarding [--tatqa FILE] [--gold DIR --corpus DIR]`: acceptance by kind of draft.

Without a gold folder the project's samples are asked; `--show KIND` lists what was decided of a kind.
"""

import argparse
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.guarding import extracting, lies, tatqa
from evals.guarding.tries import Rate, rates
from service import pipeline
from service.settings import Settings

SAMPLES = Path(__file__).parents[2] / "samples"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tatqa", type=Path, default=os.environ.get("MINGZHANG_TATQA"), help="tatqa_dataset_dev.json")
    parser.add_argument("--gold", type=Path, default=SAMPLES, help="folder with questions.jsonl")
    parser.add_argument("--corpus", type=Path, nargs="+", default=[SAMPLES], help="files or folders that the questions are about")
    parser.add_argument("--home", type=Path, help="folder of a library to use and keep; default: a temporary one")
    parser.add_argument("--show", help="list the drafts of this kind that were not decided as they ought to be")
    chosen = parser.parse_args()
    found = list(tatqa.tries(Path(chosen.tatqa))) if chosen.tatqa is not None else []
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.home or Path(folder)
        settings = Settings(home=home, model=None, openai_base_url=None, openai_api_key=None, embedding_model=None)
        pipeline.ingest(chosen.corpus, settings)
        with pipeline.open_session(settings) as session:
            found += lies.tries(session, lies.read(chosen.gold))
    found += extracting.tries(pipeline.records(chosen.corpus, settings).records)
    Console().print(_table(rates(found)))
    for one in found:
        if one.kind == chosen.show and one.accepted is not one.honest:
            print(f"{one.id}\t{one.said}\t{one.objection}")


def _table(found: Iterable[Rate]) -> Table:
    table = Table("suite", "kind", "ought", "accepted", "share")
    for rate in found:
        table.add_row(rate.suite, rate.kind, "stand" if rate.honest else "fall", f"{rate.accepted}/{rate.tried}", f"{rate.share:.3f}")
    return table


if __name__ == "__main__":
    main()
