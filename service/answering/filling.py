"""A draft → one that answers every part of the question: what the facts leave open is asked again by itself, or quoted."""

import re
from collections.abc import Callable, Sequence

from service import amounts
from service.answering import coverage, defining, needs, quoting
from service.answering.desk import Desk
from service.answering.draft import Sentence
from service.answering.needs import Fit, Need
from service.answering.plan import Ask, Plan
from service.answering.quoting import Found
from service.records import DocumentInfo
from service.text import normal

SAID = 0.5
"""A need whose words a draft says to this share, in a fitting form, is answered …"""
SAID_OF_PART = 0.65
"""… or to this share, where it is one of several; a denial (无…支出) must say so much, too."""
SURE = 0.8
"""A stretch that says so much of a need may stand in place of a draft …"""
NOTHING = 0.2
"""A draft that says less than this of every need is about something else."""
GUESSED = 0.7
"""Score below which an item is only like the words of the question."""
POOR_YES = 0.4
"""A yes or no is not looked for further, where a draft says so much of it."""
POOR = 0.5
"""… that says less than this of it."""
BETTER = 0.2
"""A stretch that says so much more of a need than the composer's words stands in their place."""
MOST_QUOTED = 3
MOST_DOCUMENTS = 3

_LISTED = re.compile(r"文件列出的([^（：]{2,8})")
"""A whole list is told: words around its name (重点项目, 自评的项目) need not be said."""
_NUMBER = re.compile(r"多少|(?<!哪)几(?!个)|金额|资金")
_BARE = re.compile(r"^文件写明：「[^「」]+」。$")
_EXCEPT = re.compile(r"除了|除去|以外|之外|扣除|(?<!算)不算")
"""Words after it are not asked for."""
_MOST = re.compile(r"最[高多大低少小]|大头")
_FIRST = re.compile(r"[\u4e00-\u9fff]{0,3}最[高多低少]的是")
"""How the composer leads to the first of what it ranked."""
_RANKED = re.compile(r"最[高多大低少小]|更[高多大低少小]|第一")
_QUOTED = re.compile(r"「([^「」]+)」")

Again = Callable[[Desk], list[Sentence] | None]
"""Composes the answer of a plan."""
Reread = Callable[[str, str], Plan]
"""(the question before, a part of a question) → its plan, as of a follow-up."""


def filled(desk: Desk, told: list[Sentence] | None, again: Again, reread: Reread) -> list[Sentence] | None:
    """The sentences with what they leave open.

    Args:
        desk: the composition.
        told: what the composer says; None where it found nothing.
        again: composes a part of the question by itself.
        reread: understands a part of the question by itself.
    """
    printed = "\n".join(quoting.reading(desk, info).text for info in _documents(desk))
    asked = needs.of(desk.plan, printed)
    if _EXCEPT.search(desk.plan.text):
        return told
    open_ = [need for need in asked if not answered(desk, need, told or [], several=len(asked) > 1)]
    if not open_:
        return _of_each(desk, asked, told)
    kept = list(told or [])
    added: list[Sentence] = []
    found: list[tuple[Need, Found]] = []
    confirmed = False
    for number, need in enumerate(asked):
        if need not in open_ or len(found) >= MOST_QUOTED:
            continue
        own = _by_itself(desk, asked, number, again, reread) if len(asked) > 1 and need.own else None
        one = _quotable(desk, need, [*kept, *added])
        if own and (one is None or quoting.held(desk, need, own, _documents(desk)) > one.said - BETTER):
            new = [s for s in own if not _known(s, [*kept, *added])]
            confirmed = confirmed or len(new) < len(own)
            added.extend(new)
        elif one is not None:
            found.append((need, one))
    added = _once([*added, *quoting.quoted(desk, found, several=desk.several)])
    if not added and len(open_) == len(asked) and _guessed(desk, open_, kept, printed):
        return None
    if not (added and kept):
        return _of_each(desk, asked, added or told)
    return added if not confirmed and _replaced(desk, asked, open_, kept, [one for _, one in found]) else [*kept, *added]


def _guessed(desk: Desk, open_: Sequence[Need], told: Sequence[Sentence], printed: str) -> bool:
    """Whether what was told is of items that the question only resembles, and go on with a word that the documents nowhere print.

    办公费 for 办公楼装修: what is asked for is something else.
    """
    if not desk.plan.items or any(m.score >= GUESSED or not m.score for m in desk.plan.items):
        return False
    words = [word for need in open_ for t in need.terms for word in t.words]
    behind = [desk.plan.text[m.end : m.end + 2] for m in desk.plan.items]
    unknown = any(pair not in printed and any(pair in word for word in words) for pair in behind)
    return unknown and all(quoting.held(desk, need, told, _documents(desk)) < POOR for need in open_)


def _once(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences without those that only quote what another quotes, too."""
    quoted = [normal("".join(_QUOTED.findall(s.text))) for s in sentences]
    bare = [_BARE.sub("", s.text) == "" for s in sentences]
    return [
        s
        for n, s in enumerate(sentences)
        if not (bare[n] and any(quoted[n] in q and (q != quoted[n] or m < n) for m, q in enumerate(quoted) if m != n))
    ]


def _of_each(desk: Desk, asked: Sequence[Need], told: list[Sentence] | None) -> list[Sentence] | None:
    """The sentences, and what is found in the documents of a body that the question names and nothing is told of."""
    groups = desk.plan.choice.groups
    if not told or not asked or not desk.plan.choice.named or len(groups) < 2:
        return told
    cited = {desk.book.items[label].org for s in told for label in s.labels if label in desk.book.items}
    made = list(told)
    for group in groups[:MOST_DOCUMENTS]:
        documents = [info for info in desk.documents if info in group]
        if documents and documents[0].org not in cited and (one := quoting.best(desk, asked[0], documents)) is not None:
            made += quoting.quoted(desk, [(asked[0], one)], several=True)
    return made


def _known(sentence: Sentence, told: Sequence[Sentence]) -> bool:
    """Whether a sentence's figures and evidence are told already."""
    text = normal("".join(s.text for s in told))
    labels = {label for s in told for label in s.labels}
    figures = [a.printed for a in amounts.figures(sentence.text)]
    return sentence.text in {s.text for s in told} or (
        bool(figures) and labels.issuperset(sentence.labels) and all(f in text for f in figures)
    )


def _replaced(desk: Desk, asked: Sequence[Need], open_: Sequence[Need], told: Sequence[Sentence], found: Sequence[Found]) -> bool:
    """Whether what is found stands in place of what was told: it holds all of that, or that says nothing of what is asked."""
    if any(sentence.derivations for sentence in told):
        return False  # a calculation is not in the document's words
    said = [normal(words) for sentence in told for words in _QUOTED.findall(sentence.text)]
    # A figure that no quotation holds (公车2辆) is not told again by what quotes the rest.
    quoted = not any(amounts.figures(_QUOTED.sub("", sentence.text)) for sentence in told)
    if said and quoted and any(all(words in one.unit.form for words in said) for one in found):
        return True
    if len(open_) < len(asked):
        return False
    if all(quoting.held(desk, need, told, _documents(desk)) < NOTHING for need in asked):
        return True
    if any(one.said < SURE or one.far for one in found):
        return False
    return all(quoting.held(desk, need, told, _documents(desk)) < POOR for need in open_)


def answered(desk: Desk, need: Need, told: Sequence[Sentence], *, several: bool) -> bool:
    """Whether sentences say what is asked, in a fitting form; `several`: it is not all that is asked."""
    text = normal("".join(s.text for s in told))
    explained = desk.plan.ask is Ask.DEFINITION and any(s.text.startswith(defining.EXPLAINED) for s in told)
    if explained and need.fit in (Fit.MEANING, Fit.WORDED, Fit.USE):
        return True
    if not several and _MOST.search(need.text) and any(_FIRST.match(s.text) for s in told):
        return True  # the first of what is ranked is named, in the documents' own words
    fits = coverage.fits(need, text)
    named = any((noun := _LISTED.match(s.text)) is not None and noun[1] in need.text for s in told)
    if named and not _NUMBER.search(need.text) and (fits or need.fit is not Fit.COUNT):
        return True
    documents = _documents(desk)
    denied = need.fit not in quoting.TOLD and coverage.denies(need, text)
    if not text or not (fits or denied) or (_MOST.search(need.text) and not _RANKED.search(text)):
        return False
    least = SAID_OF_PART if several or not fits else SAID
    least = SAID if not need.own else least
    return not documents or quoting.held(desk, need, told, documents) >= least


def _by_itself(desk: Desk, asked: Sequence[Need], number: int, again: Again, reread: Reread) -> list[Sentence] | None:
    """What the composer says of one part, read as a follow-up of the part before it; None where that is no answer."""
    before = asked[number - 1].text if number else ""
    plan = reread(before.replace("#", ""), asked[number].text.replace("#", ""))
    own = Desk(plan, desk.material, desk.documents, desk.book)
    told = again(own) or []
    return told if told and answered(desk, asked[number], told, several=False) else None


def _quotable(desk: Desk, need: Need, told: Sequence[Sentence]) -> Found | None:
    if told and need.fit is Fit.ANY and quoting.held(desk, need, told, _documents(desk)) >= POOR_YES:
        return None
    if told and desk.plan.ask is Ask.COMPARE and need.fit not in (Fit.COUNT, Fit.WORDED, Fit.LIST):
        return None
    return quoting.best(desk, need, desk.documents, normal("".join(s.text for s in told)))


def _documents(desk: Desk) -> list[DocumentInfo]:
    """Documents that weigh the words."""
    return list(desk.documents)[:MOST_DOCUMENTS]
