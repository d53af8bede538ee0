"""How many people a body has: in its posts (编制) of a kind, or altogether where only the kinds are printed."""

import re
from collections.abc import Sequence
from decimal import Decimal

from service.amounts import plain
from service.answering import wording
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence
from service.answering.matching import key
from service.answering.plan import Ask
from service.records import DocumentInfo, Fact, Kind

KINDS = ("行政", "事业", "参公", "工勤")
MOST_NAMED = 2
"""Posts and who fills them; of more items each is told by itself."""
_KIND = re.compile("|".join(KINDS))
_FILLED_ASKED = re.compile(r"编制?[^。?]*(?:实际|实有|在职|在岗|在编|现有)[^,。?]{0,8}(?:多少|几)")
_WHOLE_ASKED = re.compile(r"(?:多少|几)个?(?:人(?![均次民大])|职工|员工|干部|公务员)|人数|在职|实有")
_POSTS = r"(?:人员|总|核定)*{}(?:人员)?编制(?:人数|总数|数)?"
_PEOPLE = (
    r"(?:实有|现有)?(?:在职|在编|在岗)(?:在职|在编|实有)*{}(?:人员|人数|职工)",
    r"(?:实有|现有){}在职(?:人员|人数|职工)",
    r"(?:实有|现有){}(?:人员|人数)",
)


def posts_and_people(desk: Desk, info: DocumentInfo, kind: str) -> tuple[Fact, Fact] | None:
    """The posts of a kind (of all kinds: an empty one) and who fills them, as one place counts both; None where it does not."""
    counts = _counts(desk, info)
    for posts in (f for f in counts if re.fullmatch(_POSTS.format(kind), key(f.item))):
        beside = [f for f in counts if f.where == posts.where]
        # 实有人数 may count the retired, too: those at work come first.
        people = next((f for way in _PEOPLE for f in beside if re.fullmatch(way.format(kind), key(f.item))), None)
        if people is not None:
            return posts, people
    return None


def tell(desk: Desk) -> list[Sentence] | None:
    """Posts with who fills them, or all people as the sum of their kinds; None where that is not asked, or not printed so."""
    text = desk.plan.topic or desk.plan.text
    if desk.plan.ask is not Ask.LOOKUP or len({d.org for d in desk.documents}) != 1:
        return None
    named = any(re.match(r"实有|在职|在编|在岗", n) for m in desk.plan.items for n in m.names[:1])
    if _FILLED_ASKED.search(text) and not (named and len({m.names[0] for m in desk.plan.items}) > MOST_NAMED):
        kind = match[0] if (match := _KIND.search(text)) is not None and len(set(_KIND.findall(text))) == 1 else ""
        pair = next((p for info in desk.documents if (p := posts_and_people(desk, info, kind))), None)
        info = next((d for d in desk.documents if pair and posts_and_people(desk, d, kind)), None)
        return None if pair is None or info is None or len(set(_KIND.findall(text))) > 1 else _told(desk, info, pair)
    if (
        _WHOLE_ASKED.search(text)
        and any(n.startswith("实有") for m in desk.plan.items for n in m.names[:1])
        and not re.search(r"编制|退休|离休", text)
    ):
        return next((told for info in desk.documents if (told := _summed(desk, info, text))), None)
    return None


def _counts(desk: Desk, info: DocumentInfo) -> list[Fact]:
    # A budget counts who is there at the end of the year before.
    years = (info.year, None, *((info.year - 1,) if info.kind is Kind.BUDGET and info.year else ()))
    found = [f for f in desk.material.facts(info.doc) if f.measure == "人数" and f.source == "text" and f.year in years]
    return sorted(found, key=lambda f: f.year not in (info.year, None))


def _told(desk: Desk, info: DocumentInfo, facts: Sequence[Fact]) -> list[Sentence]:
    groups = [Group(info, f.item, (f,), 0.0) for f in facts]
    desk.join(groups)
    return [desk.statement(group) for group in groups]


def _summed(desk: Desk, info: DocumentInfo, text: str) -> list[Sentence]:
    """People of every kind and their sum, where no number of all is printed beside them."""
    counts = _counts(desk, info)
    kinds = [f for kind in KINDS for f in counts if key(f.item) == f"实有{kind}人员"]
    if _KIND.search(text):
        return []
    whole = next((f for way in _PEOPLE for f in counts if re.fullmatch(way.format(""), key(f.item))), None)
    if whole is not None:
        return _told(desk, info, [whole, *kinds]) if key(whole.item) != "实有人员" else []
    if len(kinds) < len(KINDS[:2]) or len({f.where for f in kinds}) > 1 or len({f.unit for f in kinds}) > 1:
        return []
    groups = [Group(info, f.item, (f,), 0.0) for f in kinds]
    told = _told(desk, info, kinds)
    terms = tuple(term for group in groups for term in desk.terms(group, group.facts[0]))
    value, unit = plain(sum((f.value for f in kinds), Decimal(0))), kinds[0].unit
    labels = tuple(dict.fromkeys(t.label for t in terms))
    shown = " + ".join(wording.figure(f) for f in kinds)
    return [Sentence(f"合计{value}{unit}（{shown}）。", labels, (Derivation(value, unit, Operation.SUM, terms),)), *told]
