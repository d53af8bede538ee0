"""The model's part of answering: evidence for it, its draft, what the guard leaves of it after at most one repair."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.answering import citing, offline, spreading, verify
from service.answering.draft import Draft, Evidence, Objection, Rejected
from service.answering.material import EvidenceBook, Material, part, rows, within
from service.answering.offline import Composition
from service.answering.plan import Plan
from service.answering.row_heading import Headings
from service.records import Answer, Cost, DocumentInfo, Engine, Place
from service.settings import Settings
from service.text import find, normal

if TYPE_CHECKING:
    from service.llm import Usage

Status = Callable[[str], None]
"""Called with a line for the user, in Chinese, as the work goes on."""

PASSAGES = 8
"""Retrieved passages that the model sees beside the facts that the rules chose."""
VERIFIED = "已核实："
"""How a status begins that holds sentences which the guard has let through."""
_LANGUAGE = "language"
_BAR = "|"
_CHINESE = 0.5
"""Share of Chinese characters among a draft's letters at least."""
_WITHHELD = "另有内容原文未能支持，已略去。"


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what it may be answered from."""

    question: str
    documents: tuple[DocumentInfo, ...]
    history: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question to be understood alone, and what it took to make it so."""

    request: Request
    asked: str
    """The user's own words."""
    usage: "Usage"

    @property
    def notes(self) -> tuple[str, ...]:
        """How the question was understood, where that is not how it was asked."""
        return (f"按对话理解为：{self.request.question}",) if self.request.question != self.asked else ()


def standalone(request: Request, settings: Settings, tell: Status) -> Standalone:
    """The request with a follow-up question rewritten by the model; any other as it is, without a call.

    Raises:
        ModelError: the server cannot be used.
    """
    from service.answering import followups
    from service.llm import Usage

    if not request.history or not followups.leans(request.question):
        return Standalone(request, request.question, Usage())
    tell("正在结合对话理解问题…")
    question, usage = followups.standalone(request.question, request.history, settings)
    made = request if question == request.question else replace(request, question=question)
    return Standalone(made, request.question, usage)


def answer(alone: Standalone, evidence: Mapping[str, Evidence], settings: Settings, tell: Status) -> Answer | None:
    """The model's answer after verification and at most one repair; None when nothing of it stands.

    Args:
        alone: the question.
        evidence: what the model may cite, best first.
        settings: which server and model.
        tell: told what is being done, and the sentences that were verified while the rest is being written.

    Raises:
        ModelError: the server cannot be used.
    """
    from service.answering import chain  # kept out of the start: langchain takes a second

    given, request = list(evidence.values()), alone.request

    def so_far(partly: Draft) -> None:
        kept = verify.check(partly, evidence, request.question).kept
        if kept:
            tell(f"{VERIFIED}{''.join(sentence.text for sentence in kept)}")

    tell("模型起草中…")
    draft, usage = chain.draft(request.question, given, request.history, settings, watch=chain.Watch(tell, so_far))
    tell("逐句核对中…")
    objections = _objections(draft, evidence, request.question)
    if repaired := bool(objections):
        tell("有内容未通过核实，请模型修改…")
        rejected = Rejected(draft, tuple(objections))
        draft, more = chain.draft(request.question, given, request.history, settings, rejected=rejected, watch=chain.Watch(tell))
        usage += more
        objections = _objections(draft, evidence, request.question)
    verdict = verify.check(draft, evidence, request.question)
    usage += alone.usage
    cost = Cost(usage.calls, usage.prompt_tokens, usage.completion_tokens)
    if not verdict.kept or any(o.code == _LANGUAGE for o in objections):
        return None
    made = citing.assemble(alone.asked, verdict, evidence, refused=draft.refused, engine=Engine.LLM)
    withheld = tuple(dict.fromkeys(_reported(verdict.objections)))
    text = f"{made.answer}{_WITHHELD}" if withheld else made.answer
    digests = tuple(chain.prompt_digests(repaired=repaired).items())
    return replace(made, answer=text, withheld=withheld, model=settings.model, cost=cost, prompts=digests, notes=alone.notes)


def _objections(draft: Draft, evidence: Mapping[str, Evidence], question: str) -> Sequence[Objection]:
    """The guard's, or that the draft is in another language."""
    text = "".join(sentence.text for sentence in draft.sentences)
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c >= "\u4e00" for c in letters) / len(letters) < _CHINESE:
        return [Objection(0, _LANGUAGE, "回答要用中文写")]
    return verify.check(draft, evidence, question).objections


def _reported(objections: Sequence[Objection]) -> Iterator[str]:
    for objection in objections:
        yield f"原文未能支持此内容，已略去：{objection.message}"


def evidence(request: Request, understood: Plan, composed: Composition, material: Material) -> dict[str, Evidence]:
    """The evidence that the rules chose (whole paragraphs), what is known of the items asked, then the retrieved passages."""
    book = EvidenceBook()
    infos = {info.doc: info for info in material.documents()}
    headings = Headings(material)
    said: set[str] = set()
    turns = spreading.turns(request.question, understood, request.documents, material)
    leads = () if turns else offline.leads(understood, material).values()
    for item in (*turns, *spreading.told(composed), *leads):
        for place in _whole(item, material):
            said.add(normal(place.quote))
            facts = item.facts or within(material.facts(item.doc), place)
            head = (headings.of(item.doc, place) if _BAR in place.quote else "") or item.head
            book.cite(infos[item.doc], item.section, place, facts=facts, items=item.items, head=head)
    docs = [info.doc for info in understood.documents or request.documents]
    hits = material.find(request.question, docs, PASSAGES)
    for hit in hits:
        passage = hit.passage
        row = rows(material.facts(passage.doc)).get(passage.quote)
        if normal(passage.quote) in said or (passage.kind == "row" and row is None):
            continue  # a second file of the same disclosure, or a row without a figure
        said.add(normal(passage.quote))
        for place in part(passage, 0, len(passage.quote)):
            facts = row or within(material.facts(passage.doc), place)
            items = [r.item for r in material.reasons(passage.doc) if find(r.place.quote, place.quote)]
            head = headings.of(passage.doc, place) if passage.kind == "row" else ""
            book.cite(infos[passage.doc], passage.section, place, facts=facts, items=items, head=head)
    return book.items


def _whole(item: Evidence, material: Material) -> list[Place]:
    """The paragraph around a prose quote, so that the model sees what follows it."""
    if any(fact.source == "table" for fact in item.facts):
        return [item.place]
    for passage in material.passages(item.doc):
        if passage.kind == "prose" and passage.page <= item.place.page <= passage.page + 1 and find(item.place.quote, passage.quote):
            return part(passage, 0, len(passage.quote))
    return [item.place]
