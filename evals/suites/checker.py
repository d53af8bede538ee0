"""Documents and made-up books → findings: what is wrong is found, what is right is left alone."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from random import Random
from typing import Any

from evals.bench import Bench
from evals.books import faults
from evals.books.faults import Fault
from evals.books.pages import Pages
from evals.detection import made
from evals.gold import Clean, Finding
from evals.observed import Case, Metric, Observation, Output, Shown, Suite
from evals.printed import decimal, numbers, squeeze
from service import contract
from service.checks import run
from service.facts import rules

SUITE = Suite(
    "checker",
    "核对",
    "文件里的矛盾找到没有（真实文件的金标，以及整本虚构账册里各类植入的错），没有矛盾的地方是否安静。",
    (
        Metric(
            "detected", "查出错误", "金标错误（同一原因计一次）和植入的错误中，被报为错误且指到那个数的比例，分类列出。",
            "检出率（recall），按错误类别；植入法同 mutation testing（DeMillo et al., 1978）",
        ),
        Metric("clean", "无误报", "核实成立的算式、没有改动过的整本账册中，没有被报错的比例。", "1 − 误报率（false alarm rate）"),
        Metric(
            "confirmed", "报错有据", "在有金标的文件中，报出的错误对得上金标的比例。金标可能不全：对不上的请人工看。",
            "精确率（precision），MUC-4, 1992",
        ),
        Metric("suspicious", "查出可疑", "金标中形式可疑处（零基数、未完成却满分）被报出的比例。", "检出率（recall）"),
        Metric("rounding", "尾差归类", "金标尾差被报为尾差而不是错误的比例。", "检出率（recall），要求等级也对"),
    ),
)  # fmt: skip

BOOKS = 12
"""Made-up books of a run; half of them are rounded in print. `python -m evals.detection` takes hundreds."""
_SEVERITY = {"error": "detected", "suspicious": "suspicious", "rounding": "rounding"}


def cases(bench: Bench) -> Iterator[Case]:
    """One case a document with findings or clean checks in the gold; with the project's own cases also one a book."""
    docs = sorted({f.doc for f in bench.gold.findings} | {c.doc for c in bench.gold.clean})
    for doc in docs:
        if bench.known([doc]):
            wrong = [f for f in bench.gold.findings if f.doc == doc]
            right = [c for c in bench.gold.clean if c.doc == doc]
            told = f"{len(wrong)} 处矛盾，{len(right)} 处成立"
            yield Case(doc, "document", doc, f"核对 {doc}", told, partial(_solve, bench, doc), partial(judge, wrong, right))
    if bench.own:
        for number in range(BOOKS):
            yield from _book(bench.seed * 1000 + number)


def _solve(bench: Bench, doc: str) -> Output:
    return contract.report(bench.records[doc].report)


# Made-up books


def _book(seed: int) -> Iterator[Case]:
    """The book as it is, and with one fault of each class."""
    name, whole = f"book-{seed}", made(seed)
    yield Case(name, "unchanged", name, f"核对账册 {name}（无错）", "没有发现", partial(_checked, whole), partial(_silent, name))
    for changed, fault in faults.all_of(whole, Random(seed)):
        id_ = f"{name}/{fault.name}"
        yield Case(
            id_,
            fault.name,
            name,
            f"核对账册 {name}",
            f"{fault.name}：{fault.text}",
            partial(_checked, changed),
            partial(_named, name, fault),
        )


def _checked(pages: Pages) -> Output:
    document = pages.document()
    return contract.report(run.check(document, rules.read(document)))


def _silent(name: str, output: Output) -> list[Observation]:
    alarms = [f for f in output["findings"] if f["severity"] != "rounding"]
    return [
        Observation(
            id=name, suite=SUITE.name, kind="unchanged book", doc=name, values={"clean": float(not alarms)},
            question=f"核对账册 {name}（无错）", expected="没有发现", answer="；".join(f["explain"] for f in alarms[:3]),
            reason="误报" if alarms else "", shown=_shown(name, alarms[:3]),
        )
    ]  # fmt: skip


def _named(name: str, fault: Fault, output: Output) -> list[Observation]:
    errors = [f for f in output["findings"] if f["severity"] == "error"]
    found = any(f["class"] in fault.kinds and _points_to(fault, f) for f in errors)
    return [
        Observation(
            id=f"{name}/{fault.name}", suite=SUITE.name, kind=fault.name, doc=name, values={"detected": float(found)},
            question=f"核对账册 {name}", expected=f"{fault.name}：{fault.text}", answer="；".join(f["explain"] for f in errors[:3]),
            reason="" if found else "没有指出植入的错", shown=_shown(name, errors[:3]),
        )
    ]  # fmt: skip


def _points_to(fault: Fault, finding: dict[str, Any]) -> bool:
    """Whether the finding has the changed text in it."""
    said = {finding["stated"]["value"], *(o["text"].replace(",", "") for o in finding["operands"])}
    quotes = (finding["quote"], *(o["quote"] for o in finding["operands"]))
    return fault.text.replace(",", "") in said or any(fault.text in quote and fault.near in quote for quote in quotes)


# Documents with gold


def judge(gold: Sequence[Finding], clean: Sequence[Clean], output: Output) -> list[Observation]:
    """One observation a cause of the gold, one a raised error, one a check that holds."""
    doc, raised = output["doc"], output["findings"]
    causes: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in gold:
        causes[finding.cause].append(finding)
    observations = [_cause(found, raised) for found in causes.values()]
    errors = [f for f in raised if f["severity"] == "error"]
    stray = [f for f in errors if not any(_matches(g, f) for g in gold)]
    for n, finding in enumerate(errors, 1):
        known = finding not in stray
        observations.append(
            Observation(
                id=f"{doc}#e{n}", suite=SUITE.name, kind=finding["class"], doc=doc, values={"confirmed": float(known)} if gold else {},
                question=f"报出的错误（{finding['obligation']}）", answer=finding["explain"],
                reason="" if known else "金标里没有，请人工看",
                shown=_shown(doc, [finding]),
            )
        )  # fmt: skip
    for n, check in enumerate(clean, 1):
        alarms = [f for f in stray if _is_about(check, f)]
        observations.append(
            Observation(
                id=f"{doc}#c{n}", suite=SUITE.name, kind="holds", doc=doc, values={"clean": float(not alarms)}, question=check.check,
                expected="成立", answer="；".join(f["explain"] for f in alarms), reason="误报" if alarms else "", shown=_shown(doc, alarms),
            )
        )  # fmt: skip
    return [o for o in observations if o.values]


def _cause(gold: Sequence[Finding], raised: Sequence[dict[str, Any]]) -> Observation:
    head = gold[0]
    matched = [f for g in gold for f in raised if _matches(g, f)]
    graded = [f for f in matched if (f["severity"] == "rounding") == (head.severity == "rounding")]
    return Observation(
        id=head.id, suite=SUITE.name, kind=head.kind, doc=head.doc, values={_SEVERITY[head.severity]: float(bool(graded))},
        question=f"{head.where}", expected=head.explain, answer="；".join(f["explain"] for f in matched[:2]),
        reason="" if graded else ("等级不对" if matched else "没有查出"), wanted=(Shown(doc=head.doc, quote=" … ".join(head.contains)),),
        shown=_shown(head.doc, matched[:2]),
    )  # fmt: skip


def _matches(gold: Finding, finding: dict[str, Any]) -> bool:
    """Whether a finding speaks of the gold's: half of its strings stand in it, and one of its two values."""
    # Quote and explanation run together: gold strings may begin in the one and end in the other.
    told = "".join(finding[k] for k in ("quote", "explain", "where"))
    blob = _plain(told + json.dumps([finding["stated"], finding["expected"]], ensure_ascii=False))
    marks = [_plain(s) for s in gold.contains]
    values = {v for s in (gold.stated, gold.expected) if s and s.value and (v := decimal(s.value)) is not None}
    said = {v for s in (finding["stated"], finding["expected"]) if s and (v := decimal(s["value"])) is not None}
    here = sum(m in blob for m in marks) >= max(1, (len(marks) + 1) // 2)
    return here and (not values or bool(values & said) or any(f"{v}" in blob for v in values))


def _plain(text: str) -> str:
    return squeeze(text).replace(",", "")


def _is_about(check: Clean, finding: dict[str, Any]) -> bool:
    """Whether an error is raised on a check that holds: what it calls wrong, and an operand of it, stand in that check."""
    told = {n.value for n in numbers(check.check)}
    stated = decimal(finding["stated"]["value"])
    operands = {v for o in finding["operands"] if (v := decimal(o["text"])) is not None and v != stated}
    return stated in told and bool(operands & told)


def _shown(doc: str, findings: Sequence[dict[str, Any]]) -> tuple[Shown, ...]:
    return tuple(Shown(doc=doc, page=f["page"], quote=f["quote"]) for f in findings)
