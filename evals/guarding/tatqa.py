"""TAT-QA's arithmetic questions as declared calculations before the guard: the right ones, and ones that are wrong in known ways.

Every question whose answer follows from one operation of the guard's list becomes a draft of one sentence: the question's words, the
answer, and the calculation over figures that the table or the text prints. Source of the data: Zhu et al., TAT-QA, ACL 2021 (CC BY 4.0).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from itertools import pairwise
from pathlib import Path
from typing import Any

from evals.guarding.tries import Try
from service import amounts
from service.answering import arithmetic, verify
from service.answering.arithmetic import Operandum
from service.answering.draft import Derivation, Draft, Evidence, Operation, Sentence, Term
from service.records import Fact, Place

SUITE = "tatqa"
GOLD = "gold"
UNDECLARABLE = "gold, not one operation"
"""Answers that no single operation gives; nothing is shown to the guard, and they count as refused."""
_YEAR = re.compile(r"(?<![\d,.])((?:19|20)\d\d)(?![\d,.]*\d)")
_SPACED = re.compile(r"\b(\d) (\d) (\d) (\d)\b")
"""A year whose digits are set apart: 2 0 1 8."""
_BARE = str.maketrans({"$": None, " ": None, "[": "(", "]": ")"})
_SPAN = re.compile(r"\((20\d\d)-(20\d\d)\+1\)")
"""A count of years, written as their difference."""
_OPERAND = re.compile(r"\(-?[\d.,]+%?\)|(?<![\d.,)%])-[\d.,]*\d%?|[\d.,]*\d%?")
_PLAIN = re.compile(r"[\d,]*\.?\d+")
_PRECISION = 50
_SPELLED = re.compile(r"\b(?:million|billion|thousand|percent)\b")
_SHAPES: tuple[tuple[str, Operation], ...] = (
    (r"#-#", Operation.DIFFERENCE),
    (r"\(#-#\)", Operation.DIFFERENCE),
    (r"\(?\(#-#\)/#\)?", Operation.CHANGE),
    (r"#/#-1", Operation.CHANGE),
    (r"\(?#/#\)?", Operation.QUOTIENT),
    (r"#(?:\+#)+", Operation.SUM),
    (r"\(#(?:\+#)+\)", Operation.SUM),
    (r"#\*#", Operation.PRODUCT),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with an answer by one operation."""

    id: str
    text: str
    answer: Decimal
    unit: str
    """% or nothing: TAT-QA's scales are those of the printed figures."""
    operation: Operation
    operands: tuple[str, ...]
    """As written in the derivation: digits with thousands separators; a negative one begins with a minus."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its text, as evidence."""

    rows: tuple[tuple[str, ...], ...]
    evidence: dict[str, Evidence]
    questions: tuple[Question, ...]
    undeclarable: tuple[str, ...]
    """Ids of arithmetic questions that no single operation answers."""


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
    """The question, or None when its derivation is not one operation of the guard's list."""
    written = _SPELLED.sub("", entry["derivation"].lower()).translate(_BARE)
    written = _SPAN.sub(lambda m: str(int(m[1]) - int(m[2]) + 1), written)
    mean = re.fullmatch(r"-?\((?P<sum>.*\+.*)\)/(?P<count>\d)", written)
    if mean is not None:
        written = mean["sum"]
    operands: list[str] = []

    def take(match: re.Match[str]) -> str:
        operands.append(match[0].strip("()"))
        return "#"

    ratio = written.endswith("/1") or not written.endswith("-1")
    shape = _OPERAND.sub(take, written if ratio else written.removesuffix("-1")) + ("" if ratio else "-1")
    operation = next((operation for pattern, operation in _SHAPES if re.fullmatch(pattern, shape)), None)
    if mean is not None:
        operation = Operation.AVERAGE if operation is Operation.SUM and int(mean["count"]) == len(operands) else None
    answer = amounts.cell(str(entry["answer"]))
    if operation is None or answer is None:
        return None
    percent = entry["scale"] == "percent"
    if operation is Operation.QUOTIENT and percent:
        operation = Operation.SHARE
    if operation is Operation.CHANGE and (not percent or (len(operands) == 3 and operands[1] != operands[2])):
        return None
    if operation is Operation.CHANGE:
        operands = operands[:2]
    return Question(entry["uid"], entry["question"].lower(), answer.value, "%" if percent else "", operation, tuple(operands))


def _evidence(rows: Sequence[Sequence[str]], paragraphs: Sequence[str]) -> dict[str, Evidence]:
    """Every row and every paragraph under a label; rows know their item, their columns' years and figures."""
    years = _years(rows)
    found: dict[str, Evidence] = {}
    for row in rows:
        label, quote = f"E{len(found) + 1}", " | ".join(cell for cell in row if cell)
        if not quote:
            continue
        place = Place(1, quote, ())
        facts = tuple(_facts(row, years, place))
        found[label] = Evidence(label, "report", "", place, "", None, facts)
    for text in paragraphs:
        label = f"E{len(found) + 1}"
        # English separates words from figures by white space, which the normal form of Chinese drops.
        found[label] = Evidence(label, "report", "", Place(1, re.sub(r"\s+", "_", text.lower()), ()), "")
    return found


def _facts(row: Sequence[str], years: Sequence[int | None], place: Place) -> Iterator[Fact]:
    for column, cell in enumerate(row[1:], 1):
        figure = amounts.cell(cell.replace("$", "").replace(" ", ""))
        if figure is not None and row[0]:
            yield Fact(row[0], "", figure.value, figure.unit, years[column], "table", "", place, figure.printed)


def _years(rows: Sequence[Sequence[str]]) -> list[int | None]:
    """The year of every column: the one year that its first rows print."""
    years: list[int | None] = []
    for column in range(len(rows[0])):
        heads = [_SPACED.sub(r"\1\2\3\4", row[column]) for row in rows[:3] if not row[0] or column]
        found = {int(y) for head in heads for y in _YEAR.findall(head)}
        years.append(found.pop() if len(found) == 1 else None)
    return years


def _drafts(sheet: Sheet, question: Question) -> Iterator[tuple[str, Draft]]:
    terms = _terms(sheet, question)
    stated = amounts.plain(abs(question.answer))
    unit = _unit(sheet, question, terms)
    yield GOLD, _draft(question, stated, unit, terms)
    for kind, wrong in _wrong(stated):
        yield kind, _draft(question, wrong, unit, terms)
        yield "undeclared", Draft((Sentence(f"{_said(question)} = {wrong}{unit}", tuple(sheet.evidence)),))
    yield from _moved(sheet, question, terms, stated, unit)


def _draft(question: Question, stated: str, unit: str, terms: Sequence[Term]) -> Draft:
    labels = tuple(dict.fromkeys(term.label for term in terms))
    derivation = Derivation(stated, unit, question.operation, tuple(terms))
    return Draft((Sentence(f"{_said(question)} = {stated}{unit}", labels, (derivation,)),))


def _said(question: Question) -> str:
    """The question's words with its years written as years; other figures, which the answer does not state, are left out."""
    words = _YEAR.sub(r"《\1》", question.text.rstrip("?"))
    words = re.sub(r"(?<!《)\b[\d,.]*\d%?", "", words)
    return re.sub(r"《(\d+)》", r"，\1年，", words)


def _terms(sheet: Sheet, question: Question) -> list[Term]:
    """Operands with the labels of what prints them: one row that prints all, else for each the row named in the question, else any."""
    labels = [label for label, item in sheet.evidence.items() if all(_prints(item, o) for o in question.operands)]
    labels.sort(key=lambda label: not _named(sheet.evidence[label], question))
    if labels:
        return [_term(labels[0], operand) for operand in question.operands]
    found = []
    for operand in question.operands:
        own = [label for label, item in sheet.evidence.items() if _prints(item, operand)]
        own.sort(key=lambda label: not _named(sheet.evidence[label], question))
        found.append(_term(own[0] if own else "E1", operand))
    return found


def _term(label: str, operand: str) -> Term:
    return Term(label, operand.rstrip("%"), "%" if operand.endswith("%") else "")


def _named(item: Evidence, question: Question) -> bool:
    return any(fact.item in question.text for fact in item.facts)


def _prints(item: Evidence, operand: str) -> bool:
    digits = operand.lstrip("-").rstrip("%").replace(",", "")
    return digits in {n.replace(",", "") for n in _PLAIN.findall(item.place.quote)}


def _unit(sheet: Sheet, question: Question, terms: Sequence[Term]) -> str:
    """The unit the answer is stated in: that of the printed operands, for what has their unit."""
    if question.operation not in (Operation.DIFFERENCE, Operation.SUM, Operation.AVERAGE):
        return question.unit
    printed = {a.unit for t in terms for a in amounts.numbers(sheet.evidence[t.label].place.quote) if a.printed == t.printed}
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
        value = _computed(question.operation, operands, unit, decimals)
        if value is not None and value != stated:
            yield kind, _draft(question, value, unit, operands)


def _spot(sheet: Sheet, term: Term) -> tuple[int, int] | None:
    """(row, column) of an operand in the table."""
    item = sheet.evidence[term.label]
    for n, row in enumerate(sheet.rows):
        if " | ".join(cell for cell in row if cell) == item.place.quote:
            for column, cell in enumerate(row):
                if column and term.printed.lstrip("-").replace(",", "") in (m.replace(",", "") for m in _PLAIN.findall(cell)):
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


def _computed(operation: Operation, terms: Sequence[Term], unit: str, decimals: int) -> str | None:
    operands = [Operandum(figure.value, term.unit) for term in terms if (figure := amounts.cell(term.printed)) is not None]
    outcome = arithmetic.compute(operation, operands, unit) if len(operands) == len(terms) else None
    if outcome is None:
        return None
    with localcontext() as context:
        context.prec = _PRECISION
        return amounts.plain(abs(outcome.value).quantize(Decimal(1).scaleb(-decimals)))
