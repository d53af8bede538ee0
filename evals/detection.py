"""How many planted faults the checker names, by class, and how it scales: `python -m evals.detection [BOOKS]`.

Books are generated (`evals.books`), half of them rounded in print. Alternatives in the same run: the same books unchanged (false
alarms), and for time the reading of the same facts from the same documents.
"""

import resource
import sys
import time
from collections import Counter
from random import Random

from rich.console import Console
from rich.table import Table

from evals.books import faults, figures, grids, prose
from evals.books.pages import Pages
from service.checks import run
from service.facts import rules
from service.records import CheckReport, Severity

BOOKS = 200
MANY = 1000
LENGTHS = (1, 2, 4, 8)


def main(books: int) -> None:
    """Measure and print."""
    out = Console()
    out.print(_detection(books))
    out.print(_lengths())
    out.print(_many())


def made(seed: int) -> Pages:
    """The book of a seed; every second one is rounded in print."""
    book = figures.draw(Random(seed), rounded=seed % 2 == 1)
    return Pages(prose.of(book), grids.of(book))


def _checked(pages: Pages) -> CheckReport:
    document = pages.document()
    return run.check(document, rules.read(document))


def _detection(books: int) -> Table:
    named: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    false = 0
    for seed in range(books):
        whole = made(seed)
        false += sum(f.severity is not Severity.ROUNDING for f in _checked(whole).findings)
        for changed, fault in faults.all_of(whole, Random(seed)):
            report = _checked(changed)
            planted[fault.name] += 1
            named[fault.name] += fault.named_by(report)
            alarms[fault.name] += sum(f.severity is Severity.ERROR for f in report.findings)
    table = Table("fault", "named", "rate", "errors raised a book", title=f"{books} books; findings on them unchanged: {false}")
    for name, count in planted.items():
        table.add_row(name, f"{named[name]}/{count}", f"{named[name] / count:.3f}", f"{alarms[name] / count:.2f}")
    return table


def _lengths() -> Table:
    """Documents of one to eight books' text and tables one after another."""
    table = Table("length", "paragraphs + rows", "check ms", "facts ms", "check: ratio to length 1", title="growth with length")
    first = 0.0
    for times in LENGTHS:
        parts = [made(2 * n) for n in range(times)]
        document = Pages(tuple(s for p in parts for s in p.sentences), tuple(g for p in parts for g in p.grids)).document()
        begun = time.process_time()
        disclosure = rules.read(document)
        read = time.process_time()
        run.check(document, disclosure)
        took = time.process_time() - read
        first = first or took
        size = len(document.paragraphs) + sum(len(t.rows) for t in document.tables)
        table.add_row(f"{times} ×", str(size), f"{1000 * took:.0f}", f"{1000 * (read - begun):.0f}", f"{took / first:.1f}")
    return table


def _many() -> Table:
    """A thousand documents one after another: the last must cost what the first did, in time and memory."""
    table = Table("documents", "check ms each", "MiB at the peak", title=f"{MANY} documents in one process")
    made_up = [made(seed).document() for seed in range(20)]
    documents = [(document, rules.read(document)) for document in made_up]
    done, spent = 0, 0.0
    for block in (20, 80, 400, 500):
        begun = time.process_time()
        for n in range(block):
            run.check(*documents[n % len(documents)])
        spent, done = time.process_time() - begun, done + block
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        table.add_row(f"{done - block + 1}–{done}", f"{1000 * spent / block:.1f}", f"{peak:.0f}")
    return table


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else BOOKS)
