"""TAT-QA's arithmetic questions as declared calculations before the guard: the right ones, and ones that are wrong in known ways.

Every question whose answer follows by operations of the guard's list becomes a draft of one sentence: the question's words, the
answer, and the calculation over figures that the table or the text prints. Source of the data: Zhu et al., TAT-QA, ACL 2021 (CC BY 4.0).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from evals.guarding import declaring, derivations
from evals.guarding.derivations import Calculation
from evals.guarding.tries import Try
from service import amounts
from service.answering import verify
from service.answering.draft import Derivation, Draft, Evidence, Operation, Sentence, Term
from service.records import Fact, Place

SUITE = "tatqa"
GOLD = "gold"
HEAD = 3
"""A table's first rows hold the heads of its columns."""
UNDECLARABLE = "gold, not declarable"
"""Answers that no operations of the list give; nothing is shown to the guard, and they count as refused."""
_YEAR = re.compile(r"(?<![\d,.])((?:19|20)\d\d)(?![\d,.]*\d)")
_SPACED = re.compile(r"\b(\d) (\d) (\d) (\d)\b")
"""A year whose digits are set apart: 2 0 1 8."""
_PLAIN = re.compile(r"[\d,]*\.?\d+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with an answer by declared operations."""

    id: str
    text: str
    answer: Decimal
    unit: str
    """% or nothing: TAT-QA's scales are those of the printed figures."""
    calculation: Calculation


@dataclass(frozen=True, slots=True)
class _Column:
    year: int | None
    name: str
    """The words of its heads, level by level; empty where there are none but a year."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its text, as evidence."""

    rows: tuple[tuple[str, ...], ...]
    evidence: dict[str, Evidence]
    questions: tuple[Question, ...]
    undeclarable: tuple[str, ...]
    """Ids of arithmetic questions that no operations of the guard's list answer."""


def tries(path: Path) -> Iterator[Try]:
    """Show every question's right draft and its wrong ones to the guard.

    Args:
        path: tatqa_dataset_dev.json.

    Yields:
        For each question: kind `gold` (honest); the perturbed ones `digit`, `tenfold`, `swapped digits`, the same values
        with everything cited and no calculation (`undeclared`), and `operand` (one digit of an operand changed, the result
        computed from it); and `neighbour row`, `neighbour year` (right
        arithmetic on the wrong figures, where there are such).
    """
    for sheet in sheets(path):
        for missing in sheet.undeclarable:
            yield Try(SUITE, UNDECLARABLE, missing, honest=True, accepted=False, said="")
        for question in sheet.questions:
            for kind, draft in _drafts(sheet, question):
                verdict = verify.check(draft, sheet.evidence, question.text)
                objection = verdict.objections[0].message if verdict.objections else ""
                yield Try(SUITE, kind, question.id, kind == GOLD, not verdict.objections, draft.sentences[0].text, objection)


def sheets(path: Path) -> Iterator[Sheet]:
    """The file's tables, each with its arithmetic questions."""
    for entry in json.loads(path.read_text("utf-8")):
        rows = tuple(tuple(cell.strip().lower() for cell in row) for row in entry["table"]["table"])
        asked = [q for q in entry["questions"] if q["answer_type"] == "arithmetic"]
        read = [(q["uid"], _question(q)) for q in asked]
        yield Sheet(
            rows,
            _evidence(rows, [p["text"] for p in entry["paragraphs"]]),
            tuple(question for _, question in read if question is not None),
            tuple(uid for uid, question in read if question is None),
        )


def _question(entry: dict[str, Any]) -> Question | None:
    """The question, or None when its derivation cannot be declared in the guard's operations."""
    percent = entry["scale"] == "percent"
    calculation = derivations.read(entry["derivation"], percent=percent)
    answer = amounts.cell(str(entry["answer"]))
    if calculation is None or answer is None:
        return None
    return Question(entry["uid"], entry["question"].lower(), answer.value, "%" if percent else "", calculation)


def _evidence(rows: Sequence[Sequence[str]], paragraphs: Sequence[str]) -> dict[str, Evidence]:
    """Every row and every paragraph under a label; rows know their item, their columns' years and figures."""
    found: dict[str, Evidence] = {}
    for row, columns in zip(rows, _columns(rows), strict=True):
        label, quote = f"E{len(found) + 1}", " | ".join(cell for cell in row if cell)
        if not quote:
            continue
        place = Place(1, quote, ())
        facts = tuple(_facts(row, columns, place))
        found[label] = Evidence(label, "report", "", place, "", None, facts)
    for text in paragraphs:
        label = f"E{len(found) + 1}"
        # English separates words from figures by white space, which the normal form of Chinese drops.
        found[label] = Evidence(label, "report", "", Place(1, re.sub(r"\s+", "_", text.lower()), ()), "")
    return found


def _facts(row: Sequence[str], columns: Sequence[_Column], place: Place) -> Iterator[Fact]:
    for column, cell in enumerate(row[1:], 1):
        figure = amounts.cell(cell.replace("$", "").replace(" ", ""))
        if figure is not None and row[0]:
            yield Fact(
                row[0],
                "",
                figure.value,
                figure.unit,
                columns[column].year,
                "table",
                "",
                place,
                figure.printed,
                columns[column].name or None,
            )


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[list[_Column]]:
    """For every row its columns, as the heads above it name them: the first rows, or those of a table further down."""
    current = _headed(rows[:HEAD])
    for n, row in enumerate(rows):
        if n >= HEAD and _is_head(row):
            current = _headed(rows[n : n + HEAD])
        yield current


def _headed(heads: Sequence[Sequence[str]]) -> list[_Column]:
    """What the heads say of each column: the one year they print, and the words of those that hold no figures."""
    columns: list[_Column] = []
    heads = [_spread(row) for row in heads]
    for column in range(len(heads[0])):
        cells = [(row, _SPACED.sub(r"\1\2\3\4", row[column])) for row in heads if not row[0] or column]
        found = {int(y) for _, cell in cells for y in _YEAR.findall(cell)}
        words = (_YEAR.sub("", cell).strip(" ,$%()") for row, cell in cells if not any(map(amounts.cell, row[1:])))
        columns.append(_Column(found.pop() if len(found) == 1 else None, "/".join(filter(None, words))))
    return columns


def _spread(row: Sequence[str]) -> Sequence[str]:
    """A head with each year over the empty cells after it, where years stand over several columns, as many each: 2019 | | 2018 | ."""
    dated = [n for n, cell in enumerate(row) if n and _YEAR.search(_SPACED.sub(r"\1\2\3\4", cell))]
    wide = dated[1] - dated[0] if len(dated) > 1 else 0
    filled = sum(map(bool, row[1:]))
    if wide < 2 or any(b - a != wide for a, b in pairwise(dated)) or filled != len(dated):
        return row
    return [row[max((n for n in dated if n <= column), default=column)] for column in range(len(row))]


def _is_head(row: Sequence[str]) -> bool:
    """Whether a row prints years and no figures."""
    cells = [_SPACED.sub(r"\1\2\3\4", cell) for cell in row[1:]]
    return any(map(_YEAR.search, cells)) and all(_YEAR.fullmatch(cell) or amounts.cell(cell.replace("$", "")) is None for cell in cells)


def _drafts(sheet: Sheet, question: Question) -> Iterator[tuple[str, Draft]]:
    found = _terms(sheet, question)
    stated = amounts.plain(abs(question.answer))
    declared = declaring.declare(question.calculation, found, stated, _unit(sheet, question, found))
    yield GOLD, _draft(question, declared)
    for kind, wrong in _wrong(stated):
        yield kind, _draft(question, replace(declared, value=wrong))
        yield "undeclared", Draft((Sentence(f"{_said(question)} = {wrong}{declared.unit}", tuple(sheet.evidence)),))
    for n, term in enumerate(declared.terms):
        if isinstance(term, Derivation):
            (_, wrong), *_ = _wrong(term.value)
            yield (
                "step",
                _draft(question, replace(declared, terms=(*declared.terms[:n], replace(term, value=wrong), *declared.terms[n + 1 :]))),
            )
    yield from _moved(sheet, question, found, stated, declared.unit)


def _draft(question: Question, declared: Derivation) -> Draft:
    labels = tuple(dict.fromkeys(term.label for term in declared.printed))
    return Draft((Sentence(f"{_said(question)} = {declared.value}{declared.unit}", labels, (declared,)),))


def _said(question: Question) -> str:
    """The question's words with its years written as years; other figures, which the answer does not state, are left out."""
    words = _YEAR.sub(r"《\1》", question.text.rstrip("?"))
    words = re.sub(r"(?<!《)\b[\d,.]*\d%?", "", words)
    return re.sub(r"《(\d+)》", r"，\1年，", words)


def _terms(sheet: Sheet, question: Question) -> list[Term]:
    """Operands with the labels of what prints them: one row that prints all, else for each the row named in the question, else any."""
    numbers = list(question.calculation.numbers)
    labels = [label for label, item in sheet.evidence.items() if all(_prints(item, number) for number in numbers)]
    labels.sort(key=lambda label: not _named(sheet.evidence[label], question))
    if labels:
        return [_term(labels[0], number) for number in numbers]
    found = []
    for operand in numbers:
        own = [label for label, item in sheet.evidence.items() if _prints(item, operand)]
        own.sort(key=lambda label: not _named(sheet.evidence[label], question))
        found.append(_term(own[0] if own else "E1", operand))
    return found


def _term(label: str, operand: str) -> Term:
    return Term(label, operand.replace("%", ""), "%" if "%" in operand else "")


def _named(item: Evidence, question: Question) -> bool:
    return any(fact.item in question.text for fact in item.facts)


def _prints(item: Evidence, operand: str) -> bool:
    digits = operand.strip("-()%").replace(",", "")
    return digits in {n.replace(",", "") for n in _PLAIN.findall(item.place.quote)}


def _unit(sheet: Sheet, question: Question, terms: Sequence[Term]) -> str:
    """The unit the answer is stated in: that of the printed operands, for what has their unit."""
    if question.calculation.operation not in declaring.LINEAR:
        return question.unit
    printed = {a.unit for t in terms for a in amounts.numbers(sheet.evidence[t.label].place.quote) if a.printed == t.printed}
    if "%" in printed and question.calculation.operation is Operation.DIFFERENCE:
        return amounts.POINTS
    return question.unit if not printed or "%" in printed else ""


def _wrong(stated: str) -> Iterator[tuple[str, str]]:
    """Wrong values: one digit changed, ten times, two digits swapped."""
    places = [i for i, c in enumerate(stated) if c.isdigit()]
    at = places[len(places) // 2]
    yield "digit", stated[:at] + str((int(stated[at]) + 3) % 10) + stated[at + 1 :]
    yield "tenfold", amounts.plain(Decimal(stated).scaleb(1))
    pair = next(((a, b) for a, b in pairwise(places) if stated[a] != stated[b]), None)
    if pair is not None:
        a, b = pair
        yield "swapped digits", stated[:a] + stated[b] + stated[a + 1 : b] + stated[a] + stated[b + 1 :]


def _moved(sheet: Sheet, question: Question, terms: Sequence[Term], stated: str, unit: str) -> Iterator[tuple[str, Draft]]:
    """Right arithmetic on other figures: one that is printed nowhere, those of the next row, those of the next year."""
    first = terms[0].printed
    at = max(i for i, c in enumerate(first) if c.isdigit())
    invented = [replace(terms[0], printed=first[:at] + str((int(first[at]) + 4) % 10)), *terms[1:]]
    spots = [_spot(sheet, term) for term in terms]
    moves = [("operand", invented)]
    if all(spots):
        for kind, down, right in (("neighbour row", 1, 0), ("neighbour row", -1, 0), ("neighbour year", 0, 1), ("neighbour year", 0, -1)):
            moved = [_at(sheet, spot[0] + down, spot[1] + right) for spot in spots if spot is not None]
            if all(moved) and not any(kind == done for done, _ in moves):
                moves.append((kind, [term for term in moved if term is not None]))
    decimals = -int(Decimal(stated).as_tuple().exponent)
    for kind, operands in moves:
        value = declaring.computed(declaring.declare(question.calculation, operands, stated, unit), decimals)
        if value is not None and value != stated:
            yield kind, _draft(question, declaring.declare(question.calculation, operands, value, unit))


def _spot(sheet: Sheet, term: Term) -> tuple[int, int] | None:
    """(row, column) of an operand in the table."""
    item = sheet.evidence[term.label]
    for n, row in enumerate(sheet.rows):
        if " | ".join(cell for cell in row if cell) == item.place.quote:
            for column, cell in enumerate(row):
                if column and term.printed.strip("-()").replace(",", "") in (m.replace(",", "") for m in _PLAIN.findall(cell)):
                    return n, column
    return None


def _at(sheet: Sheet, row: int, column: int) -> Term | None:
    """The figure at a place of the table, or None where none is printed."""
    if not (0 <= row < len(sheet.rows) and 0 < column < len(sheet.rows[row])):
        return None
    figure = amounts.cell(sheet.rows[row][column].replace("$", "").replace(" ", ""))
    quote = " | ".join(cell for cell in sheet.rows[row] if cell)
    label = next((label for label, item in sheet.evidence.items() if item.place.quote == quote), None)
    if figure is None or label is None or not sheet.rows[row][0] or _YEAR.fullmatch(sheet.rows[row][column]):
        return None
    return Term(label, amounts.plain(figure.value), figure.unit)
