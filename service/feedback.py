"""Opinions on answers → evaluation cases, in the form of samples/questions.jsonl.

A good opinion says that the answer's figures and passages are right (where it has no figure: the words that it takes from them); of
a bad one only the question and the comment are known, and a person has to add what is right. Until then the case is a draft, which
the suites pass over and count.
"""

import json
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from service.library import Kept, Opinion
from service.records import Answer, Support

Json = dict[str, Any]

SHORTEST = 4
"""Least characters of an answer's words that are its passages' own."""


def cases(opinions: Iterable[tuple[Opinion, Kept]]) -> list[Json]:
    """One case an opinion, oldest first."""
    return [_case(opinion, kept) for opinion, kept in opinions]


def lines(found: Iterable[Json]) -> str:
    """JSON Lines."""
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in found)


def _case(opinion: Opinion, kept: Kept) -> Json:
    answer, docs = kept.answer, _docs(kept)
    made: Json = {
        "id": f"feedback-{opinion.id}",
        "doc": docs[0] if len(docs) == 1 else docs,
        "question": answer.question,
        "kind": _kind(opinion, kept),
        "figures": [],
        "mentions": [],
        "evidence": [],
        "refuse": answer.refused if opinion.good else False,
        "note": opinion.comment,
        "vote": "good" if opinion.good else "bad",
        "answer": answer.answer,
        "key": opinion.key,
        "prompt": kept.prompt,
        "made": opinion.made,
    }
    if kept.history:
        made["history"] = [list(pair) for pair in kept.history]
    if opinion.good and not answer.refused:
        made["figures"] = [{"value": f.value, "unit": f.unit} for f in answer.figures if f.status is not Support.UNVERIFIED]
        made["evidence"] = [{"section": c.section, "contains": [c.place.quote], "doc": c.doc} for c in answer.citations]
        made["mentions"] = [] if made["figures"] else _words(answer)
    made["draft"] = not (made["refuse"] or made["figures"] or made["mentions"])
    return made


def _words(answer: Answer) -> list[list[str]]:
    """What an answer without figures takes word for word from each passage: the longest run of characters."""
    said, found = answer.answer, []
    for citation in answer.citations:
        run = SequenceMatcher(None, said, citation.place.quote, autojunk=False).find_longest_match()
        if run.size >= SHORTEST:
            found.append([said[run.a : run.a + run.size]])
    return found


def _docs(kept: Kept) -> list[str]:
    """What the answer cites; where it cites nothing, what it was asked of."""
    cited = list(dict.fromkeys(c.doc for c in kept.answer.citations))
    return cited or list(dict.fromkeys(doc for doc, _ in kept.sources))


def _kind(opinion: Opinion, kept: Kept) -> str:
    """The kind of case, as far as the answer itself shows it."""
    if kept.answer.refused and opinion.good:
        return "refuse"
    if kept.history:
        return "followup"
    if len({c.doc for c in kept.answer.citations}) > 1:
        return "crossdoc"
    return "derive" if any(f.status is Support.DERIVED for f in kept.answer.figures) else "lookup"
