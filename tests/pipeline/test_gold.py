"""The checker on real documents: silent on what was verified to hold and on a blank form, and naming what official inspectors named."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from service import record
from service.records import CheckReport, Finding, Severity
from service.settings import Settings
from service.text import normal

pytestmark = pytest.mark.corpus

TEMPLATE = "shanghai-2024-final-template"
_FIGURE = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")
_DIGITS = 3
"""Digits from which a figure of a line is told from a count or a list number."""
_WHOLE = Decimal(100)
"""Every share and rate may be it."""

Row = dict[str, Any]


def rows(corpus: Path, name: str) -> list[Row]:
    """The lines of a gold file beside the corpus."""
    path = corpus.parent / "gold" / name
    if not path.is_file():
        pytest.skip(f"no {path}: the corpus has no gold beside it, nothing to compare with")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def reports(corpus: Path) -> dict[str, CheckReport]:
    """What the checker says of every document that the gold speaks of, and of the blank form."""
    wanted = {row["doc"] for name in ("clean.jsonl", "outside_errors.jsonl") for row in rows(corpus, name)} | {TEMPLATE}
    paths = [p for p in sorted(corpus.rglob("*.pdf")) if p.stem in wanted]
    return {p.stem: record.record(p, Settings()).report for p in paths}


def figures(text: str) -> set[Decimal]:
    """The figures of a text that are long enough to be known again."""
    found = [m.replace(",", "") for m in _FIGURE.findall(normal(text))]
    return {Decimal(f) for f in found if len(f.replace(".", "").lstrip("0")) >= _DIGITS} - {_WHOLE}


def named(finding: Finding) -> set[Decimal]:
    """The figures that a finding computes with."""
    texts = [finding.stated.value, *(o.text for o in finding.operands), *([finding.expected.value] if finding.expected else [])]
    return {Decimal(t) for t in texts if re.fullmatch(r"-?\d+(?:\.\d+)?", t)}


def contradicted(row: Row, report: CheckReport) -> Iterator[Finding]:
    """Errors that call wrong what a line says was verified: a figure of the line, computed with all the others."""
    line = figures(row["check"])
    for finding in report.findings:
        stated = finding.stated.value
        is_figure = re.fullmatch(r"\d+(?:\.\d+)?", stated) is not None
        if finding.severity is Severity.ERROR and is_figure and Decimal(stated) in line and line <= named(finding):
            yield finding


def test_silent_on_what_was_verified_to_hold(corpus: Path, reports: dict[str, CheckReport]) -> None:
    lines = [row for row in rows(corpus, "clean.jsonl") if row["doc"] in reports]
    told = [(row["doc"], row["check"], f.explain) for row in lines for f in contradicted(row, reports[row["doc"]])]
    assert told == []
    assert sum(bool(figures(row["check"])) for row in lines) > len(lines) // 2  # what the others verify has no figure of its own


def test_a_verified_line_is_known_again(reports: dict[str, CheckReport]) -> None:
    """The measure itself can fail: what the checker does call wrong is contradicted by a line that says it holds."""
    errors = [(doc, f) for doc, r in reports.items() for f in r.findings if f.severity is Severity.ERROR and f.expected]
    known = [(doc, f) for doc, f in errors if figures(f.explain) and figures(f.stated.value)]
    found = [list(contradicted({"doc": doc, "check": f"{f.stated.value} 与 {f.operands[0].text} 相符"}, reports[doc])) for doc, f in known]
    assert known
    assert all(found)


def test_silent_on_the_blank_form(reports: dict[str, CheckReport]) -> None:
    assert reports[TEMPLATE].findings == ()


def test_official_findings(corpus: Path, reports: dict[str, CheckReport]) -> None:
    for row in rows(corpus, "outside_errors.jsonl"):
        pages = row["page"] if isinstance(row["page"], list) else [row["page"]]
        quoted = figures(row["quote"])
        about = [f for f in reports[row["doc"]].findings if f.place.page in pages and figures(f.place.quote) & quoted]
        errors = [f for f in about if f.severity is Severity.ERROR and Decimal(f.stated.value) in quoted | {Decimal("0.06")}]
        assert bool(errors) is (row["label"] == "defect"), row["id"]
