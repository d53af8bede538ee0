"""How many posts are vacant: the posts allotted (编制) less the people in them (在职), as the document's prose counts both."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from service.amounts import Amount, plain
from service.answering import bodies, deriving, quoting, staffing, tallies, wording
from service.answering.arithmetic import HEADS
from service.answering.choosing import Group
from service.answering.desk import Desk
from service.answering.draft import Derivation, Operation, Sentence
from service.answering.units import Unit
from service.records import DocumentInfo

MOST_DOCUMENTS = 3
_ASKED = re.compile(
    r"空编|缺编|超编|满编|空缺|编制?[^,。]{0,8}(?:空|缺|没满|没用|用满|余)|(?:空|缺|余|剩)[^,。]{0,4}(?:编制|岗位)|"
    r"编制?[^,。]{0,12}(?:差|多|少)了?(?:多少|几)|还能再?招"
)
_ACTUAL = re.compile(r"(?:实际|实有|现有)(?:在[编职岗])?(?:人数|人员)?(?:数)?$")
"""Right behind the posts these words mean the people in them."""
_KIND = re.compile(r"行政|事业")
_POSTS = r"{}(?:附属)?编制(?:总?数|人数|总额|人员)?$"
_STAFF = (
    r"在职(?:在编)?{}(?:人员|人数|职工|干部)?(?:数|总数)?$",
    r"(?:在编|在岗){}(?:人员|人数)?$",
    r"(?:实有|现有){}(?:人员|人数|在职人员)?(?:数)?$",
)
"""Those at work first: 实有 may count the retired, too."""
_OF_A_KIND = re.compile("|".join(staffing.KINDS))
"""行政编制 is not all posts."""
_OF_KIND = r"{}(?:编制)?人员(?:数)?$"


def tell(desk: Desk) -> list[Sentence] | None:
    """The posts less the people in them; None where that is not asked or not printed."""
    text = desk.plan.topic or desk.plan.text
    if not _ASKED.search(text) or len(desk.documents) > MOST_DOCUMENTS:
        return None
    kinds = list(dict.fromkeys(_KIND.findall(text))) or [""]
    made = [
        replace(s, text=f"{bodies.short(info.org)}{s.text}") if desk.several and info.org else s
        for info in desk.documents
        for kind in kinds
        for s in _of(desk, info, kind)
    ]
    return made or None


def _of_facts(desk: Desk, info: DocumentInfo, kind: str) -> list[Sentence]:
    """By the counts that the rules read: 行政编制 and 实有行政人员."""
    pair = staffing.posts_and_people(desk, info, kind)
    if pair is None or not (pair[0].unit == pair[1].unit or {f.unit for f in pair} <= HEADS):
        return []
    groups = [Group(info, f.item, (f,), 0.0) for f in pair]
    desk.join(groups)
    posts, people = pair
    terms = tuple(term for group in groups for term in desk.terms(group, group.facts[0]))
    labels = tuple(dict.fromkeys(t.label for t in terms))
    if posts.value == people.value:
        return [Sentence(f"没有空编：{posts.item}{wording.figure(posts)}，{people.item}{wording.figure(people)}。", labels)]
    found = deriving.apart(posts, people, terms)
    word = "空编" if posts.value > people.value else "超编"
    larger, smaller = sorted(pair, key=lambda f: -f.value)
    shown = f"{larger.item}{wording.figure(larger)} − {smaller.item}{wording.figure(smaller)}"
    return [Sentence(f"{info.year}年{word}{found.value}{found.unit}（{shown}）。", labels, (found.derivation,))]


def _of(desk: Desk, info: DocumentInfo, kind: str) -> list[Sentence]:
    if read := _of_facts(desk, info, kind):
        return read
    prose = [unit for unit in quoting.reading(desk, info).units if not unit.is_row and "编" in unit.form]
    for unit in prose:
        found = _both(unit, kind)
        if found is not None:
            return [_sentence(desk, info, unit, kind, *found)]
    return []


def _both(unit: Unit, kind: str) -> tuple[Amount, Amount] | None:
    """(posts, people in them) of a stretch."""
    told = [t for t in tallies.figures(unit) if t.amount.unit in ("人", "名", "个")]
    posts = next((t.amount for t in told if re.search(_POSTS.format(kind), t.name) and (kind or not _OF_A_KIND.search(t.name))), None)
    ways = (*(way.format(kind) for way in _STAFF), *((_OF_KIND.format(kind),) if kind else ()))
    staff = next((t.amount for way in ways for t in told if re.search(way, t.name)), None) or _behind(told, posts)
    if posts is None or staff is None or not (posts.unit == staff.unit or {posts.unit, staff.unit} <= HEADS):
        return None
    return posts, staff


def _behind(told: Sequence[tallies.Told], posts: Amount | None) -> Amount | None:
    """The people told right behind the posts: 事业编制30人，实际28人."""
    pairs = ((a, b) for a, b in pairwise(told) if a.amount is posts)
    return next((b.amount for _, b in pairs if _ACTUAL.match(b.name)), None)


def _sentence(desk: Desk, info: DocumentInfo, unit: Unit, kind: str, posts: Amount, staff: Amount) -> Sentence:
    labels = tallies.cited(desk, info, unit)
    left = posts.value - staff.value
    lead = f"{info.year}年{kind}编制{tallies.shown(posts)}，在职{tallies.shown(staff)}"
    if left == 0:
        return Sentence(f"{lead}，没有空编。", labels)
    value = plain(abs(left))
    larger, smaller = sorted((posts, staff), key=lambda a: -a.value)
    word = "空编" if left > 0 else "超编"
    text = f"{lead}，{word}{value}{posts.unit}（{tallies.shown(larger)} − {tallies.shown(smaller)}）。"
    terms = tuple(tallies.term(desk, labels, a) for a in (posts, staff))
    return Sentence(text, labels, (Derivation(value, posts.unit, Operation.DIFFERENCE, terms),))
