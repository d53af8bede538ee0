"""Where a document prints an item's figure twice and differently: the other place, beside the one that is told."""

from collections.abc import Iterator, Sequence

from service.amounts import plain
from service.answering import wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.matching import key
from service.records import Fact, Finding, Severity

_MARKS = ("分值", "得分")
"""Marks and what can be had are no figures of the item."""
MOST_TOLD = 2
"""So many other places are told."""


def other_places(desk: Desk, group: Group, told: str) -> list[Sentence]:
    """Sentences for figures that the checker found to differ from those told.

    Args:
        desk: the composition.
        group: whose figures are told.
        told: the sentence that tells them; of the group's other figures nothing is said.
    """
    findings = [f for f in desk.material.findings(group.info.doc) if f.severity is Severity.ERROR]
    if not findings:
        return []
    facts = desk.material.facts(group.info.doc)
    sentences: dict[tuple[str, str], Sentence] = {}
    shown = [f for f in group.facts if f.measure not in _MARKS and wording.clause(f, group.info.kind) in told]
    for fact in shown:
        for other in _others(facts, fact):
            if any({plain(abs(fact.value)), plain(abs(other.value))} <= _values(finding) for finding in findings):
                label = desk.label(Group(group.info, other.item, (other,), 0.0), other)
                text = f"文件另一处（{other.where}）写的是：{other.item}{wording.clause(other, group.info.kind)}，与上面不一致。"
                sentences.setdefault((other.measure, plain(other.value)), Sentence(text, (label,)))
    return list(sentences.values())[:MOST_TOLD]


def _others(facts: Sequence[Fact], fact: Fact) -> Iterator[Fact]:
    """Facts of the same item, measure and year that print another figure in the same unit."""
    for other in facts:
        same = (other.measure, other.year, other.unit) == (fact.measure, fact.year, fact.unit) and key(other.item) == key(fact.item)
        if same and other.value != fact.value and (other.code is None or fact.code in (None, other.code)):
            yield other


def _values(finding: Finding) -> set[str]:
    """The figures that a finding sets against each other, without signs and thousands separators."""
    texts = [finding.stated.value, *(operand.text for operand in finding.operands)]
    if finding.expected is not None:
        texts.append(finding.expected.value)
    return {text.replace(",", "").lstrip("-") for text in texts}
