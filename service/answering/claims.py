"""What a sentence says beside its figures: whose they are, why, and what is made of them; what no evidence bears out is refused."""

import re
from collections.abc import Iterator, Mapping, Sequence

from service.answering import bodies, subjects
from service.answering.draft import Evidence, Sentence
from service.answering.matching import key
from service.text import find, normal

_REASON = re.compile(r"原因|因为|由于|是因|缘于|主要是|受[^,。;]{1,12}影响|导致|得益于|归因")
_UNEXPLAINED = re.compile(
    r"(?:未|没有|没)[^,，。]{0,4}(?:说明|给出|写明|解释|提及|列明)[^。]{0,40}原因|原因[^。]{0,6}(?:未|没有)(?:说明|给出|写明)"
)
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:局|委员会|法院|检察院)")
_OWN_OFFICE = re.compile(r"[该本我两各全当格布结]局$|两院$|[该本各]委员会$")
_WIDE = re.compile(r"全市|全省|全国|全县|全区")
_JUDGING = re.compile(
    r"挪用|贪污|侵占|浪费|乱花|腐败|造假|作假|违法|违规|不合理|过高|过低|偏高|偏低|反映出|意味着|由此可见|表明|今后|未来|不科学|不规范|不到位|不力"
)
_USED_FOR = re.compile(r"用于:?([^,。;]{4,})")
_COMPARING = re.compile(r"更[高低多少快慢大小]|超出了?预算|没有超|未超|超额完成|没有完成|未完成")
AS_PRINTED = 4
"""So many characters before a comparing word that stand before it in the evidence too make it the document's own."""
_TURNING = re.compile(
    r"(?P<denied>未|没有|没|不|无)?(?P<word>超过|超出|超支|超额|增加|减少|增长|下降|完成|达标|达到|通过|启动|开展|购置|发生|安排|发现|存在|纳入|包括|包含|涉及)"
)
"""What is said to be or not to be so."""
SHORTEST_PLACE = 2
"""Shortest name of a place or office (characters)."""
_PLAIN = re.compile(r"没有|未|无|不|请|资料|文件|如")
_QUOTED = re.compile(r"「([^「」]+)」")
WORDED = 0.5
"""More than this part of a sentence without figures stands in its evidence, pair of characters by pair."""


def another_body(sentence: Sentence, cited: Mapping[str, Evidence], question: str) -> str | None:
    """A body or place that the sentence names and no cited evidence is of, or None."""
    orgs = dict.fromkeys(e.org for e in cited.values() if e.org)
    known = normal("".join(f"{e.org}{e.head}{e.section}{e.place.quote}" for e in cited.values()) + question)
    known += "".join(alias for org in orgs for alias in bodies.names(org))
    # What an item is called is no body's name: a project for 全市干部.
    known += normal("".join(fact.item for e in cited.values() for fact in e.facts))
    text = normal(_QUOTED.sub("", sentence.text))
    for place in (*bodies.places(text), *_OFFICE.findall(text)):
        # The pattern may have taken words before the name; an end of it that is known will do.
        if not _OWN_OFFICE.search(place) and not any(place[i:] in known for i in range(len(place) - 1) if len(place) - i >= SHORTEST_PLACE):
            return f"没有材料属于「{place}」；所引材料属于 {'、'.join(orgs) or '别的单位'}"
    wide = next((word for word in _WIDE.findall(text) if word not in known), None)
    return f"所引材料说的不是「{wide}」，而是 {'、'.join(orgs) or '一个单位'}" if wide else None


def unfounded_reason(
    sentence: Sentence, cited: Mapping[str, Evidence], book: Mapping[str, Evidence], subject: frozenset[str], known: frozenset[str]
) -> str | None:
    """What speaks against a sentence that gives a reason, or None.

    A reason is quoted, from evidence about the item that the sentence (or the one before) names; that there is none may be
    said only where none of the `book` about the item gives one.
    """
    text = _QUOTED.sub("", sentence.text)
    named = frozenset(name for _, name in subjects.mentioned(normal(text), known)) or subject
    if _UNEXPLAINED.search(text):
        about = [e for e in book.values() if subjects.is_about(e, named)] if named else list(cited.values())
        return "材料里写有原因，请照录" if any("原因" in e.place.quote for e in about) else None
    if not _REASON.search(text):
        return None
    quotations = _QUOTED.findall(sentence.text)
    if not quotations:
        return "原因要用「」照录原文，不能自己写"
    for words in _offered(sentence.text) or quotations:
        sources = [e for e in cited.values() if find(words, e.place.quote)]
        if named and sources and not any(_explains(e, named, words, known) for e in sources):
            return f"「{words}」说的不是{'、'.join(sorted(named))}的原因"
    return None


def _offered(text: str) -> list[str]:
    """The quotations that are given as reasons: those after the first word of reason, and one that such a word follows at once."""
    found = list(_QUOTED.finditer(text))
    bare = _QUOTED.sub(lambda match: "「" * len(match[0]), text)
    after = next((match.start() for match in _REASON.finditer(bare)), len(text))
    return [m[1] for m in found if m.start() > after or _REASON.search(re.split("[，,；;。「]", bare[m.end() :])[0])]


def unfounded_claim(sentence: Sentence, cited: Mapping[str, Evidence], known: frozenset[str], *, figures: bool) -> str | None:
    """What speaks against words that no figure can bear out: judgements, uses of money, comparisons without figures; or None."""
    text = normal(_QUOTED.sub("", sentence.text))
    quotes = [normal(e.place.quote) for e in cited.values()]
    heads = [normal(f"{e.org}{e.head}{e.section}{e.doc}") for e in cited.values()]
    for word in _JUDGING.findall(text):
        if not any(word in quote for quote in quotes):
            return f"「{word}」是评价或推断，原文没有写"
    for words in _USED_FOR.findall(text):
        if not any(words in quote for quote in quotes):
            return f"「用于{words}」与原文不一致，请照录"
    if not figures and any(not _is_printed(text, match, quotes, known) for match in _COMPARING.finditer(text)):
        return "比较要写出两边的数字"
    if not figures and (word := _turned(text, quotes)) is not None:
        return f"「{word}」的肯定或否定与原文相反"
    if (
        not figures
        and not _QUOTED.search(sentence.text)
        and not _PLAIN.search(text)
        and not _is_worded(_nameless(text, known), [*quotes, *heads])
    ):
        return "这句话的说法在所引材料里找不到"
    return None


def _is_printed(text: str, comparing: re.Match[str], quotes: Sequence[str], known: frozenset[str]) -> bool:
    """Whether a comparing word is the document's own: it stands there behind the same words, beside the items that the clause names."""
    before = re.split("[,，。;；:：]", text[: comparing.start()])[-1]
    words = before[-AS_PRINTED:] + comparing[0]
    named = {name for _, name in subjects.mentioned(before, known)}
    clauses = (clause for quote in quotes for clause in re.split("[,，。;；]", quote))
    return len(before) >= AS_PRINTED and any(words in clause and all(name in key(clause) for name in named) for clause in clauses)


def _turned(text: str, quotes: Sequence[str]) -> str | None:
    """A word that the text denies and the quotes only affirm, or the other way, or None."""
    plain = {word for word, denied in _polarities(text) if not denied}
    denied = {word for word, denied in _polarities(text) if denied}
    theirs = [polarity for quote in quotes for polarity in _polarities(quote)]
    for word in (*plain, *denied):
        ways = {way for other, way in theirs if other == word}
        if len(ways) == 1 and (word in denied) not in ways and not (word in plain and word in denied):
            return word
    return None


def _polarities(text: str) -> Iterator[tuple[str, bool]]:
    for match in _TURNING.finditer(text):
        yield match["word"].replace("出", "过"), bool(match["denied"])


def _nameless(text: str, known: frozenset[str]) -> str:
    """The text without the items that it names: that they are named says nothing for what is said of them."""
    for _, name in subjects.mentioned(text, known):
        text = text.replace(name, "")
    return text


def _is_worded(text: str, sources: Sequence[str]) -> bool:
    """Whether most of what a sentence says (pairs of characters) stands in what it cites."""
    words = re.sub(r"[^\u4e00-\u9fff]", "", text)
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return not pairs or sum(any(pair in source for source in sources) for pair in pairs) / len(pairs) > WORDED


def bare(sentence: Sentence) -> bool:
    """Whether a sentence cites nothing although it states something."""
    return not sentence.labels and not sentence.derivations and not _PLAIN.search(sentence.text)


def _explains(item: Evidence, named: frozenset[str], words: str, known: frozenset[str]) -> bool:
    """Whether a quote's reason can be one for the items: those it was read for, or those named last before it."""
    quote, sought = normal(item.place.quote), normal(words)
    # One reason may be given twice, of a whole and of its part.
    said = [subjects.mentioned(quote[: match.start()], known) for match in re.finditer(re.escape(sought), quote)]
    last = [before[-1][1] for before in said if before]
    if len(set(item.items)) > 1 and _is_another(said, named, quote, item):
        return False
    if any(subjects.related(name, key(other)) for name in named for other in item.items):
        return True
    if item.items and last and len(last) == len(said) and not any(subjects.related(name, other) for name in named for other in last):
        return False
    about = subjects.about(item)
    if about:
        return any(subjects.related(name, other) for name in named for other in about)
    return subjects.is_about(item, named)


def _is_another(said: Sequence[Sequence[tuple[int, str]]], named: frozenset[str], quote: str, item: Evidence) -> bool:
    """Whether every place of a reason is behind another item with figures of its own, or before the first that is meant is named.

    For evidence that explains several items.
    """
    about = subjects.about(item)
    plain = re.sub(r"[\"']", "", quote)
    if not any(name in plain for name in named):
        return False
    for before in said:
        told = [name for _, name in before]
        if any(subjects.related(name, other) for name in named for other in told[-1:]) or (told and told[-1] not in about):
            return False
    return bool(said)
