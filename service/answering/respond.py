"""A question → a verified, cited answer: plan, compose offline, let the model write where there is one, verify either way."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from service.answering import choosing, citing, offline, plan, settling, verify
from service.answering.draft import Draft, Evidence, Objection
from service.answering.material import EvidenceBook, Material, part, within
from service.answering.offline import Composition
from service.answering.plan import Ask, Plan
from service.errors import ModelError
from service.records import Answer, DocumentInfo, Engine, Fact, Place
from service.settings import Settings
from service.text import find, normal

Status = Callable[[str], None]
"""Called with a line for the user, in Chinese, as the work goes on."""

PASSAGES = 8
"""Retrieved passages that the model sees beside the facts that the rules chose."""
_NOTHING = "在公开文件里没有找到能够核实的答案。"
_WITHHELD = "另有内容原文未能支持，已略去。"
_RECOGNISED = "所引页面由 OCR 识别（{}），可能有识别错误，请对照原页。"
_WARNING = "提示：所引内容与文件其他地方或算式不一致，详见核对发现。"


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what it may be answered from."""

    question: str
    documents: tuple[DocumentInfo, ...]
    history: tuple[tuple[str, str], ...] = ()


def answer(request: Request, material: Material, settings: Settings, on_status: Status | None = None) -> Answer:
    """Answer a question.

    Args:
        request: the question.
        material: the documents.
        settings: whether and which model writes.
        on_status: told what is being done.

    Returns:
        An answer whose every figure is verified. A model that fails is noted in `notes`, and the offline answer stands.
    """
    tell = on_status or (lambda _: None)
    tell("正在查找…")
    understood = plan.read(request.question, request.documents, partial(_names, material=material), request.history)
    understood = _narrowed(understood, material)
    composed = settling.settled(understood, offline.compose(understood, material), material)
    own = _verified(request.question, composed.draft, composed.evidence, Engine.OFFLINE)
    if not settings.has_model:
        return _finished(own, material)
    try:
        written = _by_model(request, understood, composed, material, settings, tell)
    except ModelError as error:
        return _finished(replace(own, notes=(f"模型没有参与回答：{error.zh}",)), material)
    return _finished(written or replace(own, notes=("模型的回答未通过核实，已改用离线回答。",)), material)


def _narrowed(understood: Plan, material: Material) -> Plan:
    """Where no body is named: only the documents that know the first item asked, so that another's year is not taken for its own."""
    choice = understood.choice
    if choice.named or understood.ask not in (Ask.LOOKUP, Ask.WHY) or not understood.items or len(choice.documents) < 2:
        return understood
    names = set(understood.items[0].names[:1])
    groups = tuple(
        known for group in choice.groups if (known := tuple(d for d in group if any(f.item in names for f in material.facts(d.doc))))
    )
    return replace(understood, choice=replace(choice, groups=groups)) if groups else understood


def _names(documents: Sequence[DocumentInfo], material: Material) -> list[str]:
    """The item names of documents; columns of total rows are items too."""
    names: dict[str, None] = {}
    for info in documents:
        for fact in material.facts(info.doc):
            names[fact.item] = None
            if (column := choosing.column_of_total(fact)) is not None:
                names[column] = None
    return list(names)


def _verified(question: str, draft: Draft, evidence: dict[str, Evidence], engine: Engine) -> Answer:
    """The answer that the guard lets through; where nothing is left, a refusal."""
    verdict = verify.check(draft, evidence, question)
    made = citing.assemble(question, verdict, evidence, refused=draft.refused or not verdict.kept, engine=engine)
    if not verdict.kept:
        made = replace(made, answer=_NOTHING)
    return replace(made, withheld=tuple(o.message for o in verdict.objections))


def _by_model(
    request: Request, understood: Plan, composed: Composition, material: Material, settings: Settings, tell: Status
) -> Answer | None:
    """The model's answer after verification and at most one repair; None when nothing of it stands."""
    from service.answering import chain  # kept out of the start: langchain takes a second

    evidence = _gathered(request, understood, composed, material)
    tell("模型起草中…")
    draft, _ = chain.draft(request.question, list(evidence.values()), request.history, settings, on_status=tell)
    tell("逐句核对中…")
    verdict = verify.check(draft, evidence, request.question)
    if verdict.objections:
        tell("有内容未通过核实，请模型修改…")
        objections = [_with_sentence(o, draft) for o in verdict.objections]
        draft, _ = chain.draft(request.question, list(evidence.values()), request.history, settings, objections=objections, on_status=tell)
        verdict = verify.check(draft, evidence, request.question)
    if not verdict.kept:
        return None
    made = citing.assemble(request.question, verdict, evidence, refused=draft.refused, engine=Engine.LLM)
    withheld = tuple(dict.fromkeys(_reported(verdict.objections)))
    text = f"{made.answer}{_WITHHELD}" if withheld else made.answer
    return replace(made, answer=text, withheld=withheld, model=settings.model)


def _with_sentence(objection: Objection, draft: Draft) -> Objection:
    """The objection with the sentence it is against: a repair is a fresh prompt."""
    return replace(objection, message=f"{draft.sentences[objection.sentence].text} —— {objection.message}")


def _reported(objections: Sequence[Objection]) -> Iterator[str]:
    for objection in objections:
        yield f"原文未能支持此内容，已略去：{objection.message}"


def _gathered(request: Request, understood: Plan, composed: Composition, material: Material) -> dict[str, Evidence]:
    """The evidence that the rules chose (whole paragraphs), what is known of the items asked, then the retrieved passages."""
    book = EvidenceBook()
    infos = {info.doc: info for info in request.documents}
    said: set[str] = set()
    for item in (*composed.evidence.values(), *offline.leads(understood, material).values()):
        for place in _whole(item, material):
            said.add(normal(place.quote))
            facts = item.facts or within(material.facts(item.doc), place)
            book.cite(infos[item.doc], item.section, place, facts=facts, items=item.items, head=item.head)
    docs = [info.doc for info in understood.documents or request.documents]
    rows: dict[tuple[str, str], list[Fact]] = {}
    for doc in docs:
        for fact in material.facts(doc):
            if fact.source == "table":
                rows.setdefault((doc, fact.place.quote), []).append(fact)
    for hit in material.find(request.question, docs, PASSAGES):
        passage = hit.passage
        if normal(passage.quote) in said or (passage.kind == "row" and (passage.doc, passage.quote) not in rows):
            continue  # a second file of the same disclosure, or a row without a figure
        said.add(normal(passage.quote))
        for place in part(passage, 0, len(passage.quote)):
            facts = rows.get((passage.doc, passage.quote)) or within(material.facts(passage.doc), place)
            items = [r.item for r in material.reasons(passage.doc) if find(r.place.quote, place.quote)]
            book.cite(
                infos[passage.doc], passage.section, place, facts=facts, items=items, head=passage.text if passage.kind == "row" else ""
            )
    return book.items


def _whole(item: Evidence, material: Material) -> list[Place]:
    """The paragraph around a prose quote, so that the model sees what follows it."""
    if any(fact.source == "table" for fact in item.facts):
        return [item.place]
    for passage in material.passages(item.doc):
        if passage.kind == "prose" and passage.page <= item.place.page <= passage.page + 1 and find(item.place.quote, passage.quote):
            return part(passage, 0, len(passage.quote))
    return [item.place]


def _finished(made: Answer, material: Material) -> Answer:
    """The answer with the findings that touch its citations, and a word about them."""
    made = _marked(made, material)
    findings = citing.touched(made, {c.doc: material.findings(c.doc) for c in made.citations})
    if not findings:
        return made
    return replace(made, findings=findings, answer=made.answer + _WARNING)


def _marked(made: Answer, material: Material) -> Answer:
    """The answer with citations of recognised pages marked, and a note that names them."""
    citations = tuple(
        replace(c, place=replace(c.place, ocr=True)) if material.is_recognised(c.doc, c.place.page) else c for c in made.citations
    )
    pages = dict.fromkeys(f"{c.doc} 第{c.place.page}页" for c in citations if c.place.ocr)
    notes = (_RECOGNISED.format("、".join(pages)),) if pages else ()
    return replace(made, citations=citations, notes=(*made.notes, *notes))
