"""Issues → findings: one root cause is one finding, rounding differences of a table are one line, ids are stable."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from service.checks.outcomes import Issue, Outcome
from service.checks.printed import Printed
from service.recognised import NOTE, marked
from service.records import OCR, Finding, Operand, Severity, State

_SHOWN = 40
"""Operands listed with one finding at most; sums of a whole table name more figures than a reader looks at."""

_LAST_YEAR = "carry-over"
"""Class of what last year's document contradicts."""
_TOLD_TWICE = ("duplicate-conflict", "text-vs-table")
"""Classes of a figure that one document prints in two ways."""
_GRAVITY = {Severity.ERROR: 0, Severity.SUSPICIOUS: 1, Severity.ROUNDING: 2}


@dataclass(frozen=True, slots=True, eq=False)
class Raised:
    """An issue with the obligation that raised it."""

    obligation: str
    issue: Issue


def collect(doc: str, outcomes: Iterable[tuple[str, Outcome]], recognised: frozenset[int] = frozenset()) -> tuple[Finding, ...]:
    """The findings of a document, gravest first, then in order of reading.

    Args:
        doc: the document's name, part of every id.
        outcomes: (obligation, outcome) of every instance; passed ones clear figures of suspicion.
        recognised: pages (from 1) whose text was recognised in their picture; what rests on them is no error of the document.
    """
    known = list(outcomes)
    raised = [Raised(code, o.issue) for code, o in known if o.issue is not None]
    clean = Counter(key for _, o in known if o.state is State.PASS for key in o.keys)
    tails = [r for r in raised if r.issue.severity is Severity.ROUNDING]
    groups = _beside_last_year(_by_root([r for r in raised if r.issue.severity is not Severity.ROUNDING], clean)) + _by_table(tails)
    found = [_doubted(_finding(doc, group), recognised) for group in groups]
    unique = {f.id: f for f in found}
    return tuple(sorted(unique.values(), key=_order))


def _doubted(finding: Finding, recognised: frozenset[int]) -> Finding:
    """The finding as it is where its figures are read; where any was recognised in a picture, it is suspicious at most and says so."""
    if not any(place.page in recognised for place in (finding.place, *(operand.place for operand in finding.operands))):
        return finding
    return replace(
        marked(finding, recognised),
        severity=Severity.SUSPICIOUS if finding.severity is Severity.ERROR else finding.severity,
        diagnosis=(*finding.diagnosis, OCR),
        explain=f"{finding.explain}（{NOTE}，请对照原页）",
    )


def _order(finding: Finding) -> tuple[int, int, float, str, str]:
    """Gravity, then the order of reading."""
    top = finding.place.boxes[0][1] if finding.place.boxes else 0.0
    return _GRAVITY[finding.severity], finding.place.page, top, finding.stated.value, finding.id


def _by_root(raised: list[Raised], clean: Counter[str]) -> list[list[Raised]]:
    """Issues grouped by the figure that most of them share; an issue that shares none stands alone.

    A figure is a root when it stands in at least two issues and in fewer sound equations: the total of a list of which two
    shares are wrong is not their cause.
    """
    left = list(raised)
    groups: list[list[Raised]] = []
    while left:
        counts = Counter(key for r in left for key in _causes(r.issue))
        best = max(counts.items(), key=lambda item: (item[1] - clean[item[0]], item[1]), default=("", 0))
        if best[1] < 2 or clean[best[0]] >= best[1]:
            groups.extend([r] for r in left)
            break
        group = [r for r in left if best[0] in _causes(r.issue)]
        groups.append(sorted(group, key=lambda r: (_GRAVITY[r.issue.severity], r.issue.figures[0].key != best[0], len(r.issue.figures))))
        left = [r for r in left if r not in group]
    return groups


def _beside_last_year(groups: list[list[Raised]]) -> list[list[Raised]]:
    """The groups; what only last year's document contradicts is a witness where this document tells the same figure in two ways."""
    outside = [g for g in groups if all(r.issue.kind == _LAST_YEAR for r in g)]
    inside = [g for g in groups if g not in outside]
    for group in outside:
        causes = {key for r in group for key in _causes(r.issue)}
        twice = (g for g in inside if any(r.issue.kind in _TOLD_TWICE for r in g))
        own = next((g for g in twice if any(causes & _causes(r.issue) for r in g)), None)
        if own is None:
            inside.append(group)
        else:
            own.extend(group)
    return inside


def _causes(issue: Issue) -> set[str]:
    """What may be the cause of an issue: any of its figures, or the one it names; a printed 0 among many addends is seldom it."""
    figures = issue.figures[:1] + tuple(f for f in issue.figures[1:] if issue.kind != "sum" or f.value != 0)
    return {f.key for f in figures} | ({issue.root} if issue.root else set())


def _by_table(tails: list[Raised]) -> list[list[Raised]]:
    """Rounding differences: one group per table and rule family, prose ones each alone."""
    tables: dict[str, list[Raised]] = defaultdict(list)
    alone = []
    for r in tails:
        if r.issue.table is None:
            alone.append([r])
        else:
            tables[f"{r.issue.table}|{r.obligation[0]}"].append(r)
    return [*tables.values(), *alone]


def _finding(doc: str, group: list[Raised]) -> Finding:
    """One finding of a group; the first issue leads, the others are its witnesses."""
    lead = group[0]
    issue = lead.issue
    explain = "；".join(dict.fromkeys(r.issue.explain for r in group)) if issue.severity is Severity.ROUNDING else _with_witnesses(group)
    diagnosis = tuple(dict.fromkeys(code for r in group for code in r.issue.diagnosis))
    figures = list(dict.fromkeys(f for r in group for f in (*r.issue.figures, *r.issue.witnesses)))
    return Finding(
        id=_id(doc, lead),
        obligation=lead.obligation,
        kind=issue.kind,
        severity=issue.severity,
        stated=issue.stated,
        expected=issue.expected,
        where=issue.where,
        place=issue.place,
        operands=tuple(_operands(figures)),
        diagnosis=diagnosis,
        explain=explain,
    )


def _with_witnesses(group: list[Raised]) -> str:
    """The leading explanation, then what else does not fit because of the same figure."""
    first, *rest = dict.fromkeys(r.issue.explain for r in group)
    return first if not rest else f"{first}。与此相关：{'；'.join(rest)}"


def _operands(figures: list[Printed]) -> list[Operand]:
    """Evidence, each printing once."""
    once = {f.key: f for f in reversed(figures)}
    return [f.operand for f in reversed(once.values())][:_SHOWN]


def _id(doc: str, lead: Raised) -> str:
    """Stable name: document, obligation, place, the stated figure and its own spot (two columns of a row may print the same)."""
    issue = lead.issue
    spot = issue.figures[0].key if issue.figures else ""
    parts = (doc, lead.obligation, str(issue.place.page), issue.place.quote, issue.stated.value, issue.stated.unit, spot)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
