"""A question → a verified, cited answer: plan, compose offline, let the model write where there is one, verify either way."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from service.answering import across, bodies, choosing, citing, lineage, offline, plan, settling, verify, warning, writing
from service.answering.draft import Draft, Evidence
from service.answering.material import Material
from service.answering.offline import Composition
from service.answering.plan import Ask, Plan
from service.answering.writing import VERIFIED as VERIFIED
from service.answering.writing import Request as Request
from service.answering.writing import Status as Status
from service.errors import ModelError
from service.records import Answer, DocumentInfo, Engine
from service.settings import Settings

_NOTHING = "在公开文件里没有找到能够核实的答案。"
_RECOGNISED = "所引页面由 OCR 识别（{}），可能有识别错误，请对照原页。"


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
    understood, composed = composition(request, material)
    own = _verified(request.question, composed.draft, composed.evidence, Engine.OFFLINE)
    if not settings.has_model:
        return _finished(own, material)
    try:
        alone = writing.standalone(request, settings, tell)
        if alone.request is not request:
            understood, composed = composition(alone.request, material)
        gathered = writing.evidence(alone.request, understood, composed, material)
        written = writing.answer(alone, gathered, settings, tell)
    except ModelError as error:
        return _finished(replace(own, notes=(f"模型没有参与回答：{error.zh}",)), material)
    return _finished(written or replace(own, notes=("模型的回答未通过核实，已改用离线回答。",)), material)


def composition(request: Request, material: Material) -> tuple[Plan, Composition]:
    """The question as understood, and the offline composer's draft, not yet verified."""
    documents = bodies.united(request.documents)
    understood = plan.read(request.question, documents, partial(_names, material=material), request.history)
    understood = lineage.settled(_narrowed(understood, material), material)

    def reread(before: str, part: str) -> Plan:
        """A part of the question by itself, as a follow-up of what is asked before it."""
        history = (*request.history, *(((before, ""),) if before else ()))
        own = lineage.settled(plan.read(part, documents, partial(_names, material=material), history), material)
        return replace(own, choice=understood.choice, years=own.years or understood.years, statement=own.statement or understood.statement)

    return understood, settling.settled(understood, offline.compose(understood, material, reread), material)


def evidence(request: Request, material: Material) -> list[Evidence]:
    """What an answer is made from, most telling first: what the rules cite, what is known of the items asked, then passages."""
    return list(writing.evidence(request, *composition(request, material), material).values())


def _narrowed(understood: Plan, material: Material) -> Plan:
    """Where no body is named: only the documents that know the first item asked, so that another's year is not taken for its own."""
    choice = understood.choice
    if (
        choice.named
        or across.is_asked(understood)
        or understood.ask not in (Ask.LOOKUP, Ask.WHY)
        or not understood.items
        or len(choice.documents) < 2
    ):
        return understood
    names = set(understood.items[0].names[:1])
    # Text and tables published apart are one disclosure.
    known = {(d.org, d.year, d.kind) for d in choice.documents if any(f.item in names for f in material.facts(d.doc))}
    groups = tuple(kept for group in choice.groups if (kept := tuple(d for d in group if (d.org, d.year, d.kind) in known)))
    return replace(understood, choice=replace(choice, groups=groups)) if groups else understood


def _names(documents: Sequence[DocumentInfo], material: Material) -> list[str]:
    """The item names of documents."""
    return list(dict.fromkeys(name for info in documents for name in choosing.names(material.facts(info.doc))))


def _verified(question: str, draft: Draft, evidence: dict[str, Evidence], engine: Engine) -> Answer:
    """The answer that the guard lets through; where nothing is left, a refusal."""
    verdict = verify.check(draft, evidence, question)
    made = citing.assemble(question, verdict, evidence, refused=draft.refused or not verdict.kept, engine=engine)
    if not verdict.kept:
        made = replace(made, answer=_NOTHING)
    return replace(made, withheld=tuple(o.message for o in verdict.objections))


def _finished(made: Answer, material: Material) -> Answer:
    """The answer with the findings that touch its citations, and a word about them."""
    findings = citing.touched(made, {c.doc: material.findings(c.doc) for c in made.citations})
    return _marked(replace(warning.beside(made, findings), findings=findings) if findings else made, material)


def _marked(made: Answer, material: Material) -> Answer:
    """The answer with citations of recognised pages marked, and a note that names them."""
    citations = tuple(
        replace(c, place=replace(c.place, ocr=True)) if material.is_recognised(c.doc, c.place.page) else c for c in made.citations
    )
    pages = dict.fromkeys(f"{c.doc} 第{c.place.page}页" for c in citations if c.place.ocr)
    notes = (_RECOGNISED.format("、".join(pages)),) if pages else ()
    return replace(made, citations=citations, notes=(*made.notes, *notes))
