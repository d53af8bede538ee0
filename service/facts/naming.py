"""A figure of the prose → the item that it is about: named before it, or held from earlier in the paragraph."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.amounts import YUAN, Amount
from service.facts import appraisals, subjects
from service.facts.sections import Section, Subject, Topic
from service.facts.wording import Wording
from service.statements import ALL, GENERAL

COUNTING = (Topic.STAFF, Topic.ASSETS, Topic.UNITS, Topic.THREE_PUBLIC, Topic.APPRAISAL)
"""Where counts of people and things are facts."""

_ENUMERATED = re.compile(r"\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[\u2460-\u2473]")
_HELD = re.compile(r"(?:召开|举办|组织|开展|参加)[^,。;:]*?(?P<what>会议|培训)班?$")


def default(wording: Wording) -> Subject | None:
    """What a paragraph speaks of that names no item: its section's, but never both totals in a part of a list (2.…)."""
    subject = wording.section.subject
    if subject is not None and len(subject.items) > 1 and _ENUMERATED.match(wording.form.text):
        return None
    return subject


def of(wording: Wording, start: int, figure: Amount, held: Subject | None, heads: Sequence[Subject]) -> Subject | None:
    """The item named between the last figure and this one, or None when none is.

    Args:
        wording: the paragraph.
        start: where the last figure ends, in the normal form.
        figure: the figure.
        held: the item of the figure before.
        heads: functional items and projects that the paragraph names.
    """
    head = next((h for h in reversed(heads) if h.at is not None and start <= h.at < figure.start), None)
    if head is not None:
        return head
    lead = wording.masked[start : figure.start]
    topic = wording.section.topic
    if topic is Topic.APPRAISAL:
        return appraisals.named(lead, wording, start)
    found = subjects.named(lead, wording, start)
    if found is None and figure.unit not in YUAN and figure.unit != "%" and topic in COUNTING:
        found = subjects.phrase(lead, wording, start)
        if topic is Topic.UNITS:
            found = _counted(wording, figure) if found is None or re.search(r"包括|所属|等$|设$", lead) else found
    return None if found is None else _refined(found, held, wording.section)


def still(wording: Wording, figure: Amount, subject: Subject | None) -> bool:
    """Whether a self-appraisal's head still holds: in its own sentence, and in one that goes on with the budget."""
    sentence = wording.sentence(figure.start)
    if subject is None or subject.at is None or subject.at >= sentence:
        return True
    return bool(re.match(r"(?:项目)?(?:全年|年初|调整)?预算", wording.form.text[sentence:]))


def _counted(wording: Wording, figure: Amount) -> Subject | None:
    """「2个预算单位」: what is counted stands after the count."""
    match = re.match(r"[\u4e00-\u9fff]{2,10}", wording.form.text[figure.end :])
    return Subject((match[0],), at=figure.start) if match else None


def _refined(found: Subject, before: Subject | None, section: Section) -> Subject:
    """An item's full name where the prose shortens it: 行政 after 实有人员 is 实有行政人员."""
    name, context = found.items[0], before.items[0] if before else ""
    full = _full(name, context, section)
    if full is not None:
        return replace(found, items=(full,))
    if name in ("收入预算", "支出预算") and before is not None and (before.is_head or section.scope not in (ALL, None)):
        return replace(before, at=before.at)
    return found


def _full(name: str, context: str, section: Section) -> str | None:
    if section.topic is Topic.STAFF and name in ("行政", "事业", "参公", "工勤", "其他"):
        return f"实有{name}人员" if context.startswith("实有") else f"{name}编制"
    if section.topic is Topic.THREE_PUBLIC:
        held = _HELD.search(name)
        if held:
            return held["what"]
        if name == "人数" and re.match(r"会议|培训", context):
            return f"{context[:2]}人数"
    if name in ("来宾", "来访来宾", "来访外宾") and context.startswith("国内"):
        return "国内来访来宾"
    if name in ("财政拨款支出", "财政拨款收入") and section.scope == GENERAL:
        return f"一般公共预算{name}"
    return None
