"""The suites by name: each a module with `SUITE` (what it measures) and `cases(bench)` (on what)."""

from collections.abc import Callable, Iterator, Sequence

from evals.bench import Bench
from evals.observed import Case, Suite
from evals.suites import asking, checker, extraction, guard, reading, retrieval, robustness, speed
from service.errors import InputError

Cases = Callable[[Bench], Iterator[Case]]

SUITES: dict[str, tuple[Suite, Cases]] = {
    module.SUITE.name: (module.SUITE, module.cases)
    for module in (reading, extraction, checker, retrieval, asking, guard, robustness, speed)
}
"""In the order in which they run."""


def chosen(names: Sequence[str]) -> list[tuple[Suite, Cases]]:
    """The suites of these names, in their own order; all of them for no names.

    Raises:
        InputError: there is no such suite.
    """
    for name in names:
        if name not in SUITES:
            raise InputError(f"没有评测集 {name}，有：{'、'.join(SUITES)}", f"no suite {name}; there are {', '.join(SUITES)}")
    return [suite for name, suite in SUITES.items() if not names or name in names]
