"""Records → the JSON of the command line's contract. Amounts are decimal strings; nothing here computes."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from service.amounts import plain
from service.extraction import Extraction
from service.records import (
    Answer,
    Box,
    CheckReport,
    Citation,
    Disclosure,
    Document,
    DocumentInfo,
    Fact,
    Finding,
    Place,
    Quantity,
    Reason,
    Table,
    Unread,
)

Json = dict[str, Any]
MEASURES = frozenset(
    [
        "年初预算",
        "全年预算",
        "调整预算",
        "决算",
        "预算",
        "上年数",
        "增减额",
        "增减率",
        "完成率",
        "占比",
        "执行数",
        "执行率",
        "分值",
        "得分",
        "人数",
        "数量",
    ]
)
"""What a fact of `extract --json` may be a measure of; money that is none of these (金额) stands in `record` alone."""

_APART = {"较预算增减额": "增减额", "较预算增减率": "增减率"}
"""How far a figure is from the year's budget is a change, too: `against` says of what."""


def answer(record: Answer) -> Json:
    """The answer object of `ask --json`."""
    return {
        "question": record.question,
        "answer": record.answer,
        "refused": record.refused,
        "engine": record.engine.value,
        "citations": [_citation(c) for c in record.citations],
        "figures": [
            {"value": f.value, "unit": f.unit, "status": f.status.value, "citation": f.citation, "derivation": f.derivation}
            for f in record.figures
        ],
        "findings": [finding(f) for f in record.findings],
        "elapsed_ms": record.elapsed_ms,
        "model": record.model,
        "withheld": list(record.withheld),
        "notes": list(record.notes),
        "cost": None if record.cost is None else asdict(record.cost),
        "prompts": dict(record.prompts),
    }


def disclosure(record: Disclosure) -> Json:
    """One document of `extract --json`."""
    return {
        "doc": record.doc,
        "org": record.org,
        "year": record.year,
        "kind": record.kind.value,
        "facts": [_fact(f) for f in record.facts if _APART.get(f.measure, f.measure) in MEASURES],
        "reasons": [_reason(r) for r in record.reasons],
        "unread": [unread(u) for u in record.unread],
    }


def extracted(record: Disclosure) -> Json:
    """One document of `extract --json`: its facts, and the same as the typed record that `schema` describes."""
    from service.facts import assemble  # kept out of what asks and ingests: building the models takes a tenth of a second

    return {**disclosure(record), "record": assemble.assemble(record).model_dump(mode="json")}


def extraction(made: Extraction) -> Json:
    """One document of `extract --engine both|llm --json`: as `extracted`, with what the model did."""
    return {
        **extracted(made.disclosure),
        "engine": made.engine.value,
        "model": made.model,
        "prompts": made.digests,
        "calls": made.usage.calls,
        "kept_replies": made.kept_replies,
        "prompt_tokens": made.usage.prompt_tokens,
        "completion_tokens": made.usage.completion_tokens,
        "rejected": [
            {"item": r.item.item, "page": r.item.page, "quote": r.item.quote, "gate": r.gate.value, "reason": r.message}
            for r in made.rejected
        ],
        "comparison": {
            "both": made.comparison.both,
            "only_rules": made.comparison.only_rules,
            "only_model": made.comparison.only_model,
            "disagreements": [{"rule": _fact(d.rule), "model": _fact(d.model)} for d in made.comparison.disagreements],
        },
    }


def schema() -> str:
    """The JSON schema of `record`, as the document docs/disclosure.schema.json prints it."""
    from service.facts import schema  # kept out, as above

    return json.dumps(schema.json_schema(), ensure_ascii=False, indent=2) + "\n"


def report(record: CheckReport) -> Json:
    """One document of `check --json`."""
    return {
        "doc": record.doc,
        "obligations": {state.value: count for state, count in record.counts.items()},
        "not_checked": [{"obligation": g.obligation, "reason": g.reason} for g in record.not_checked],
        "findings": [finding(f) for f in record.findings],
    }


def tables(record: Document) -> Json:
    """The object of `tables --json`."""
    return {
        "doc": record.doc,
        "tables": [_table(t) for t in record.tables],
        "unread": [unread(u) for u in record.unread],
    }


def document(info: DocumentInfo, status: str) -> Json:
    """One document of `ingest --json`."""
    return {
        "doc": info.doc,
        "title": info.title,
        "org": info.org,
        "year": info.year,
        "kind": info.kind.value,
        "pages": info.pages,
        "chunks": info.passages,
        "tables": info.tables,
        "status": status,
    }


def finding(record: Finding) -> Json:
    """One finding, with both sides' evidence."""
    return {
        "id": record.id,
        "obligation": record.obligation,
        "class": record.kind,
        "severity": record.severity.value,
        "stated": _quantity(record.stated),
        "expected": _quantity(record.expected),
        "where": record.where,
        **_place(record.place),
        "operands": [{"text": o.text, "unit": o.unit, **_place(o.place)} for o in record.operands],
        "diagnosis": list(record.diagnosis),
        "explain": record.explain,
    }


def unread(record: Unread) -> Json:
    """What could not be read, and why."""
    return {"page": record.page, "what": record.what, "reason": record.reason}


def _fact(fact: Fact) -> Json:
    return {
        "item": fact.item,
        "code": fact.code,
        "measure": _APART.get(fact.measure, fact.measure),
        "against": "预算" if fact.measure in _APART else None,
        "value": plain(fact.value),
        "unit": fact.unit,
        "year": fact.year,
        "column": fact.column,
        "source": fact.source,
        "where": fact.where,
        **_place(fact.place),
        "scope": fact.scope,
        "path": list(fact.path),
        "origin": fact.origin,
    }


def _reason(reason: Reason) -> Json:
    return {
        "item": reason.item,
        "code": reason.code,
        "about": reason.about,
        "text": reason.text,
        "where": reason.where,
        **_place(reason.place),
    }


def _table(table: Table) -> Json:
    """A table; `rows` are all rows as printed, `kinds` says which of them are head (header, caption) and which body."""
    printed = [(index, 0, "head", cells) for index, cells in table.heads]
    printed += [(index, 1, "body", cells) for index, cells in enumerate(table.rows)]
    printed.sort(key=lambda row: row[:2])
    return {
        "title": table.title,
        "number": table.number,
        "unit": table.unit,
        "pages": list(table.pages),
        "header": [list(row) for row in table.header],
        "rows": [[cell.text for cell in cells] for _, _, _, cells in printed],
        "kinds": [kind for _, _, kind, _ in printed],
        "note": table.note,
        "statement": table.statement,
    }


def _citation(citation: Citation) -> Json:
    return {"n": citation.n, "doc": citation.doc, "section": citation.section, **_place(citation.place)}


def _place(place: Place) -> Json:
    made: Json = {"page": place.page, "quote": place.quote, "bboxes": _boxes(place.boxes)}
    return {**made, "ocr": True} if place.ocr else made


def _boxes(boxes: Sequence[Box]) -> list[list[float]]:
    cents = Decimal("0.01")
    return [[float(Decimal(edge).quantize(cents)) for edge in box] for box in boxes]


def _quantity(quantity: Quantity | None) -> Json | None:
    return None if quantity is None else {"value": quantity.value, "unit": quantity.unit}
