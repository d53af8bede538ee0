"""`python -m tests.mutation`: mutants of the rules that the checker's tests do not notice, counted and listed.

Every function of `service/checks` is edited, the registered rules among them. Tests are collected once; each mutant runs in a
forked process, in which its code takes the function's place, against those tests alone that call the function.
"""

import argparse
import collections
import importlib
import math
import os
import pickle
import pkgutil
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from service import checks
from tests.mutation.edits import Mutant, mutants, unedited

HERE = Path(__file__).parent
SECONDS = 30
SLOWER = 4
"""A mutant is noticed whose tests take so many times as long as they did (under the profiler), and so many seconds more."""
Z = 1.96
_WRONG = 3

_Key = tuple[str, str]
"""(file, function), with its class's name before the function's."""


def wilson(n: int, of: int) -> tuple[float, float]:
    """The interval (95 %) of a share counted in a sample."""
    share, squared = n / of, Z * Z / of
    middle = (share + squared / 2) / (1 + squared)
    half = Z * math.sqrt(share * (1 - share) / of + squared / (4 * of)) / (1 + squared)
    return middle - half, middle + half


class Mutation:
    """A pytest plugin that runs mutants in place of the collected tests."""

    def __init__(self, chosen: list[Mutant], unedited: list[Mutant]) -> None:
        self.chosen = chosen
        self.unedited = unedited
        self.survivors: list[Mutant] = []
        self._out = os.dup(1)
        self._took: list[float] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn what each test calls, then run every mutant against the tests that call its function."""
        if _forked(lambda: _noticed(session.items, self.unedited), 0):
            raise pytest.UsageError("tests fail with the functions' own code in their places")
        called = self._called(session.items)
        for n, mutant in enumerate(self.chosen, 1):
            code = _function(mutant).__code__
            tests = [i for i in called.get((code.co_filename, code.co_qualname), []) if i < len(session.items)]
            limit = SECONDS + int(SLOWER * sum(self._took[i] for i in tests))
            if not _forked(lambda tests=tests, mutant=mutant: _noticed([session.items[i] for i in tests], [mutant]), limit):  # type: ignore[misc]
                self.survivors.append(mutant)
                self._say(f"survives: {mutant.module}:{mutant.line} {mutant.name}")
            if n % 20 == 0:
                self._say(f"{n} of {len(self.chosen)}, {len(self.survivors)} survive")
        return True

    def _say(self, line: str) -> None:
        os.write(self._out, f"{line}\n".encode())

    def _called(self, items: list[pytest.Item]) -> dict[_Key, list[int]]:
        """Tests by function that they call, the quickest first."""
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(read)
            _silence()
            with os.fdopen(write, "wb") as out:
                pickle.dump(list(_profiled(items)), out)
            os._exit(0)
        os.close(write)
        with os.fdopen(read, "rb") as back:
            told: list[tuple[float, set[_Key], bool]] = pickle.load(back)  # noqa: S301  # our own child's
        os.waitpid(pid, 0)
        failing = [items[n].nodeid for n, t in enumerate(told) if t[2]]
        if failing:
            raise pytest.UsageError(f"tests fail without any mutant: {', '.join(failing[:3])}")
        self._took = [t[0] for t in told]
        found: dict[_Key, list[int]] = collections.defaultdict(list)
        for n in sorted(range(len(told)), key=lambda n: told[n][0]):
            for key in told[n][1]:
                found[key].append(n)
        return found


def _profiled(items: list[pytest.Item]) -> Iterator[tuple[float, set[_Key], bool]]:
    """(seconds, functions of the checks called, whether it failed) per test."""
    root = str(Path(checks.__path__[0]))
    for item in items:
        seen: set[CodeType] = set()

        def note(frame: FrameType, event: str, _: object, seen: set[CodeType] = seen) -> None:
            if event == "call":
                seen.add(frame.f_code)

        began = time.perf_counter()
        sys.setprofile(note)
        failed = _fails(item)
        sys.setprofile(None)
        keys = {(c.co_filename, c.co_qualname.partition(".<locals>")[0]) for c in seen if c.co_filename.startswith(root)}
        yield time.perf_counter() - began, keys, failed


def _fails(item: pytest.Item) -> bool:
    """Run one test."""
    before = item.session.testsfailed
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
    return item.session.testsfailed > before


def _noticed(items: list[pytest.Item], standing: list[Mutant]) -> bool:
    """Whether a test fails once these stand in their functions' places."""
    for mutant in standing:
        _function(mutant).__code__ = mutant.code
    return any(_fails(item) for item in items)


def _forked(work: Callable[[], bool], seconds: int) -> bool:
    """The outcome of work in a process of its own; one that takes longer than so many seconds (0: any time) says yes.

    Raises:
        RuntimeError: the work itself went wrong, which says nothing about the tests.
    """
    pid = os.fork()
    if pid == 0:
        _silence()
        signal.alarm(seconds)
        code = _WRONG
        try:
            code = int(work())
        finally:
            os._exit(code)
    status = os.waitpid(pid, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == _WRONG:
        raise RuntimeError("a mutant could not be put in its place")
    return status != 0


def _silence() -> None:
    """What a child prints is nobody's."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def _function(mutant: Mutant) -> FunctionType:
    """The function that a mutant is an edit of."""
    found: Any = importlib.import_module(mutant.module)
    owner, _, name = mutant.function.rpartition(".")
    if owner:
        found = getattr(found, owner)
    found = found.__dict__[name]
    for wrapped in ("fget", "func", "__func__", "__wrapped__"):
        found = getattr(found, wrapped, found)
    assert isinstance(found, FunctionType)
    return found


def _all(wanted: str, made: Callable[[str, str, str], Iterator[Mutant]] = mutants) -> Iterator[Mutant]:
    """Mutants of the modules whose name begins so, in the order of the source."""
    for module in pkgutil.iter_modules(checks.__path__):
        if module.name.startswith(wanted):
            path = Path(checks.__path__[0]) / f"{module.name}.py"
            yield from made(f"service.checks.{module.name}", str(path), path.read_text(encoding="utf-8"))


def _sampled(found: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """A sample with every module in its share."""
    chance = random.Random(seed)  # a sample, no secret
    keyed = sorted(found, key=lambda m: (m.module, chance.random()))
    step = len(keyed) / size
    start = chance.random() * step
    return [keyed[int(start + n * step)] for n in range(size)] if size < len(found) else found


def _equivalents() -> set[str]:
    """Names of mutants that behave as the original does; the file says why of each."""
    lines = (HERE / "equivalent.tsv").read_text(encoding="utf-8").splitlines()
    return {line.rpartition("\t")[0] for line in lines if line and not line.startswith("#")}


def main() -> int:
    """Run, list and count."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--module", default="", help="only modules of service/checks whose name begins so")
    parser.add_argument("--sample", type=int, default=0, help="so many mutants, every module in its share; all without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("mutants/survivors.tsv"))
    parser.add_argument("tests", nargs="*", default=[str(p) for p in sorted(HERE.parent.glob("unit/test_checks_*.py"))])
    given = parser.parse_args()
    known = _equivalents()
    found = list(_all(given.module))
    chosen = _sampled(found, given.sample, given.seed) if given.sample else found
    equivalent = [m for m in chosen if m.name in known]
    plugin = Mutation([m for m in chosen if m.name not in known], list(_all(given.module, unedited)))
    tests = [*given.tests, str(HERE.parent / "unit/test_intervals.py")]
    code = pytest.main(["-p", "no:cacheprovider", "-p", "no:terminal", "-o", "addopts=", *tests], plugins=[plugin])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return int(code)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    listed = [f"{m.module}:{m.line}\t{m.name}\n" for m in plugin.survivors]
    given.out.write_text("".join(listed), encoding="utf-8")
    tried, n = len(plugin.chosen), len(plugin.survivors)
    low, high = wilson(n, tried) if tried else (0.0, 0.0)
    where = f"{len(found)} mutants, {len(chosen)} tried, {len(equivalent)} of them known to change nothing"
    sys.stdout.write(f"{where}; {n} of {tried} survive: {n / max(tried, 1):.1%} ({low:.1%} to {high:.1%}), listed in {given.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
