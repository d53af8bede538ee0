"""A figure of the prose → the item that it is about: named before it, or held from earlier in the paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.amounts import YUAN, Amount
from service.facts import appraisals, subjects
from service.facts.codes import CodeBook
from service.facts.measures import PEOPLE
from service.facts.sections import Section, Subject, Topic
from service.facts.wording import Wording
from service.statements import ALL, CAPITAL, FUND, GENERAL
from service.text import normal

COUNTING = (Topic.STAFF, Topic.ASSETS, Topic.UNITS, Topic.THREE_PUBLIC, Topic.APPRAISAL, Topic.WORK)
"""Where counts of people and things are facts."""

_ENUMERATED = re.compile(r"\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[\u2460-\u2473]")
_COUNTED_AFTER = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:机构|科室|股室|处室|部门|单位)|处|科|室|股|所|站|中心|大队|支队|党支部")
_MOVED = re.compile(r"新增|更新|购置|报废|处置|调拨|划转|出租|租赁")
_SETS_UP = re.compile(r"包括|所属|等$|设置?$|设立$")
_LISTED = re.compile(r"(?:^、|^(?:以及|和|及)|[、,;:]?(?:主要)?用于|其中:)(?P<name>[^\d。;:,、\"]{2,30}?)(?:共计?|为)?$")
_MEASURED = re.compile(r"预算|决算|执行|完成|[占比较]|增|减|降|上年|去年|年初|年末|总[计额]|合计|实际|安排|达到?$|约$|^支出$|^收入$|资金")
_BARE_FLOW = re.compile(r"(?:^|[,;。])(?:本年|当年)?(?P<flow>支出|收入)(?:合计|总额|共计)?为?$")
_POSTS = re.compile(r"(?:人员)?(?P<kind>行政|事业|参公|工勤|政法专项|机关工勤|)编制(?:人?数)?")
_THERE = re.compile(r"[,(]?(?:目前|现)?(?:实际|实有|在职|在编|在岗|现有)(?:在职|在编|在岗|有)*[:为]?")
"""After a number of posts: how many of them are filled."""
_FILLED = re.compile(r"(?:在职)?(?:实有|在职|在编|现有|实际)")
_REST = re.compile(r"其他(?:支出)?")
"""What is left of any list: no name of an item by itself."""
_HELD = re.compile(r"(?:召开|举办|组织|开展|参加)[^,。;:]*?(?P<what>会议|培训)班?$")


def default(wording: Wording) -> Subject | None:
    """What a paragraph speaks of that names no item: its section's, but never both totals in a part of a list (2.…)."""
    subject = wording.section.subject
    if subject is not None and len(subject.items) > 1 and _ENUMERATED.match(wording.form.text):
        return None
    return subject


@dataclass(frozen=True, slots=True)
class Known:
    """What names an item before its words do."""

    heads: Sequence[Subject]
    """Functional items and projects that the paragraph names."""
    codes: CodeBook
    """The items of the document's tables."""


def of(wording: Wording, start: int, figure: Amount, held: Subject | None, known: Known) -> Subject | None:
    """The item named between the last figure and this one, or None when none is.

    Args:
        wording: the paragraph.
        start: where the last figure ends, in the normal form.
        figure: the figure.
        held: the item of the figure before.
        known: items that are recognised by themselves.
    """
    heads = known.heads
    if (there := _in_post(wording, start, figure, held)) is not None:
        return there
    head = next((h for h in reversed(heads) if h.at is not None and start <= h.at < figure.start), None)
    if head is not None:
        return head
    lead = wording.masked[start : figure.start]
    topic = wording.section.topic
    if topic is Topic.APPRAISAL:
        return appraisals.named(lead, wording, start)
    if topic is Topic.WORK:
        return subjects.phrase(lead, wording, start)
    if figure.unit in YUAN and topic is Topic.MONEY and (row := _tabled(lead, wording, start, known)) is not None:
        return row
    found = subjects.named(lead, wording, start)
    if figure.unit not in YUAN and figure.unit != "%":
        found = _of_count(wording, start, figure, found)
    elif figure.unit in YUAN and (listed := _listed(wording, start, figure, known)) is not None and (found is None or listed.is_head):
        return listed
    elif found is None and figure.unit in YUAN:
        found = _flow(lead, held, wording.section)
    return None if found is None else _refined(found, held, wording.section)


def _in_post(wording: Wording, start: int, figure: Amount, held: Subject | None) -> Subject | None:
    """事业编制26人，实际21人: who is there of the posts named before; in 「编制20人，其中行政10人，实有14人」 nobody's in particular."""
    if held is None or held.at is None or figure.unit not in PEOPLE or wording.section.topic is not Topic.STAFF:
        return None
    match = _POSTS.fullmatch(normal(held.name))
    if match is None or not _THERE.fullmatch(wording.masked[start : figure.start]):
        return None
    whole = wording.masked[wording.sentence(held.at) : held.at]
    if match["kind"] and "其中" in whole:
        return None
    return Subject((f"实有{match['kind']}人员",), at=held.at)


def _of_count(wording: Wording, start: int, figure: Amount, found: Subject | None) -> Subject | None:
    """What is counted: the words before the count, or those after it where the words before only say that there are some."""
    topic = wording.section.topic
    if topic not in COUNTING:
        return found
    lead = wording.masked[start : figure.start]
    if topic is Topic.UNITS and (_COUNTED_AFTER.match(wording.form.text, figure.end) or (found is None and _SETS_UP.search(lead))):
        return _counted(wording, figure)
    phrase = subjects.phrase(lead, wording, start)
    if phrase is not None and _MOVED.match(normal(phrase.name)):
        # 处置车辆0辆 tells of cars that went, not of those that there are.
        return phrase
    if found is None or (phrase is not None and found.name.endswith("费") and not normal(phrase.name).endswith("费")):
        # 公务用车购置0辆 counts cars: no item of money.
        return phrase or (_counted(wording, figure) if topic is Topic.UNITS else None)
    return found


def _listed(wording: Wording, start: int, figure: Amount, known: Known) -> Subject | None:
    """An item of a list (用于A1元、B2元), whatever it is called; with its parents where the document's tables know it."""
    match = _LISTED.search(wording.masked[start : figure.start])
    if match is None or wording.section.topic is not Topic.MONEY or _MEASURED.search(match["name"]):
        return None
    begin, end = start + match.start("name"), start + match.end("name")
    name = wording.printed(begin, end)
    return Subject((name,), known.codes.parents(name), at=begin, is_head=known.codes.of(name) is not None)


def _tabled(lead: str, wording: Wording, start: int, known: Known) -> Subject | None:
    """An item of the document's own tables, named in so many words at the head of its clause: 3.殡葬41.30万元, whatever it is called."""
    for begin, end in subjects.clause(lead, wording.org):
        name = wording.printed(start + begin, start + end)
        if name in known.codes and not _REST.fullmatch(normal(name)):
            return Subject((name,), known.codes.parents(name), at=start + begin, is_head=True)
    return None


def _flow(lead: str, held: Subject | None, section: Section) -> Subject | None:
    """A bare 支出 or 收入 after the other amounts of a fund is the fund's."""
    match = _BARE_FLOW.search(lead)
    if match is None or section.scope not in (FUND, CAPITAL) or held is None or held.name.endswith(match["flow"]):
        return None
    return Subject((f"{section.scope}{match['flow']}",))


def still(wording: Wording, figure: Amount, subject: Subject | None) -> bool:
    """Whether a self-appraisal's head still holds: in its own sentence, and in one that goes on with the budget."""
    sentence = wording.sentence(figure.start)
    if subject is None or subject.at is None or subject.at >= sentence:
        return True
    return bool(re.match(r"(?:项目)?(?:全年|年初|调整)?预算", wording.form.text[sentence:]))


def _counted(wording: Wording, figure: Amount) -> Subject | None:
    """「2个预算单位」: what is counted stands after the count."""
    match = re.match(r"(?:(?![和与及])[\u4e00-\u9fff]){2,10}", wording.form.text[figure.end :])
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


def _of_staff(name: str, context: str) -> str | None:
    """行政 after 实有人员 is 实有行政人员."""
    if name in ("行政", "事业", "参公", "工勤", "其他"):
        return f"实有{name}人员" if _FILLED.match(context) else f"{name}编制"
    return f"{name}人员" if name in ("离休", "退休") else None


def _full(name: str, context: str, section: Section) -> str | None:
    if section.topic is Topic.STAFF:
        return _of_staff(name, context)
    if section.topic is Topic.THREE_PUBLIC:
        if name in ("人次", "批次", "人数", "人次数") and context.endswith("接待"):
            return context
        held = _HELD.search(name)
        if held:
            return held["what"]
        if name == "人数" and re.match(r"会议|培训", context):
            return f"{context[:2]}人数"
    if name in ("来宾", "来访来宾", "来访外宾") and context.startswith("国内"):
        return "国内来访来宾"
    if name in ("收入总计", "支出总计") and section.subject is not None and f"财政拨款{name}" in section.subject.items:
        return f"财政拨款{name}"
    if name in ("财政拨款支出", "财政拨款收入") and section.scope == GENERAL:
        return f"一般公共预算{name}"
    return None
