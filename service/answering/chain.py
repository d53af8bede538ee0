"""Question and evidence → a model's draft: prompt, one structured call, conversion. Nothing here is trusted; `verify` decides.

Evidence goes into the prompt as fenced data. The fence cannot be closed from inside: angle brackets of a document are
written full-width, which the one normaliser reads as the same character, so that quotes are still found.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, field_validator

import prompts
from service import kept_replies, llm, tokens
from service.answering.calculation import MOST_STEPS
from service.answering.draft import WHOLE, Derivation, Draft, Evidence, Operation, Rejected, Sentence, Term
from service.kept_replies import KeptReplies
from service.llm import Usage
from service.records import Fact
from service.settings import Settings

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

EVIDENCE_CHARACTERS = 8_000
"""Characters of evidence in one prompt. A Chinese character costs 0.6 to 1.1 tokens; with 4,000 of instructions, 1,500 of
conversation and 2,000 for the reply this stays below 16,000 tokens, the window of the smallest models worth asking."""
LEAST_CHARACTERS = 500
"""Less evidence than this answers nothing; a window that is smaller still is the server's to refuse."""
REPLY_TOKENS = 2_000
"""Kept free for the reply."""
READINGS = 8
"""So many facts of one row are spelled out beside it."""
PIECE_CHARACTERS = 1_600
"""One piece of evidence is cut here, so that a long passage does not crowd out the others."""
HISTORY_TURNS = 3
HISTORY_CHARACTERS = 250
"""Of each question and each answer of the conversation: enough to see what 「它」 means."""

_CHANGES = ("增减额", "增减率", "较预算增减额", "较预算增减率")
_SIGNS = ("-", "－", "−", "–", "—", "+", "＋", "(", "（")
"""A figure printed with its sign says its direction."""
_FENCE = str.maketrans({"<": "＜", ">": "＞"})
_LABEL = re.compile(r"[A-Z]\d{1,3}")
_STEP = re.compile(r"D(\d{1,2})")
"""A step of the same sentence, by its place from 1; evidence has other letters."""
_HUNDRED = re.compile(r"100(?:\.0+)?%+")
_MARK = re.compile(r"\s*[\[【〔（(]\s*(?:证据)?([A-Z]\d{1,3}(?:\s*[,，、和]\s*[A-Z]\d{1,3})*)\s*[\]】〕）)]")

Turn = tuple[str, str]
"""A question and its answer."""


class _Part(BaseModel):
    """A part of the reply. Numbers where strings belong are taken as printed; fields beyond the schema are ignored."""

    model_config = ConfigDict(coerce_numbers_to_str=True, frozen=True)


class TermReply(_Part):
    """An operand as the model gives it."""

    label: str = Field(description="证据编号；前面一步的结果写 D1、D2……；整体 100% 写空字符串")
    printed: str = Field(description="证据里印的数字，逐位照抄；前面一步的结果写它的 value")
    unit: str = Field("", description="它的单位")


class DerivationReply(_Part):
    """A computed figure as the model gives it."""

    value: str = Field(description="与 text 里写的完全相同的数；只是中间一步的，可以不写进 text")
    unit: str = Field("", description="与 text 里写的完全相同的单位；中间一步的结果的单位")
    operation: Operation
    terms: list[TermReply] = Field(description="参加计算的数，按顺序")


class SentenceReply(_Part):
    """A sentence as the model gives it."""

    text: str = Field(description="一句完整的中文，不写证据编号")
    labels: list[str] = Field(default_factory=list, description="这句话依据的证据编号")
    derivations: list[DerivationReply] = Field(default_factory=list, description="这句话里自己算出来的数，中间的步骤在前")


class DraftReply(_Part):
    """What the model is asked for."""

    refused: bool = Field(description="证据里没有所问的事时为 true")
    sentences: list[SentenceReply]

    @field_validator("sentences")
    @classmethod
    def _something(cls, sentences: list[SentenceReply]) -> list[SentenceReply]:
        """At least one; said here, because not every strict server takes `minItems`."""
        if not sentences:
            raise ValueError("至少要有一句")
        return sentences


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told while the model writes."""

    status: Callable[[str], None]
    """Told in Chinese how far it is."""
    draft: Callable[[Draft], None] | None = None
    """Given the sentences that are whole so far, not verified, as they come."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What the chain carries from step to step."""

    question: str
    evidence: tuple[Evidence, ...]
    history: tuple[Turn, ...]
    rejected: Rejected | None
    budget: int = EVIDENCE_CHARACTERS


def draft(
    question: str,
    evidence: Sequence[Evidence],
    history: Sequence[Turn],
    settings: Settings,
    *,
    rejected: Rejected | None = None,
    watch: Watch | None = None,
) -> tuple[Draft, Usage]:
    """Have the model write an answer.

    Args:
        question: as the user wrote it.
        evidence: best first; labels like E1, each once. What does not fit the budget is left out from the end.
        history: earlier questions and answers, oldest first; only to understand the question.
        settings: which server and model.
        rejected: an earlier draft with the guard's objections: asks for the one repair.
        watch: who is told how far the model is; when given, the reply is streamed.

    Returns:
        The draft, not yet verified (it may name labels that do not exist), and what it cost.

    Raises:
        ModelError: its three kinds, as `service.llm.structured`. When the prompt is too long for the model, half the evidence
            is tried before.
        ValueError: a label is not of the form E1, or there twice.
    """
    from langchain_core.runnables import RunnableLambda  # kept out of the start: 0.15 s

    labels = [e.label for e in evidence]
    if len(set(labels)) != len(labels) or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError(f"evidence labels must be like E1 and differ: {labels}")
    task = _Task(question, tuple(evidence), tuple(history), rejected)
    task = replace(task, budget=budget(task, settings.model_context))
    ask = partial(_asked, settings, watch=watch)
    chain = RunnableLambda(messages) | RunnableLambda(ask) | RunnableLambda(lambda answered: (converted(answered[0]), answered[1]))
    try:
        return chain.invoke(task)
    except llm.ContextOverflowError:
        return chain.invoke(replace(task, budget=task.budget // 2))


def budget(task: _Task, window: int) -> int:
    """Characters of evidence that fit beside the instructions, the conversation and the reply.

    Args:
        task: with no evidence counted.
        window: tokens that the model reads and writes in one call.
    """
    fixed = sum(tokens.most(str(message.content)) for message in messages(replace(task, evidence=())))
    return max(LEAST_CHARACTERS, min(EVIDENCE_CHARACTERS, int((window - fixed - REPLY_TOKENS) / tokens.PER_WIDE)))


def _asked(settings: Settings, prompt: "list[BaseMessage]", watch: Watch | None) -> tuple[DraftReply, Usage]:
    """The model's reply: as kept, where the settings want that, else by a call."""
    kept = KeptReplies(settings.home)
    key = ""
    if settings.answer_cache:
        text = "\x00".join(str(message.content) for message in prompt)
        key = kept_replies.key(settings.model or "", llm.base_url(settings), prompts.load("answer").digest, text)
        if (known := kept.get(key)) is not None:
            return DraftReply.model_validate_json(known), Usage()
    on_text = None if watch is None or watch.draft is None else partial(_partly, on_draft=watch.draft)
    reply, usage = llm.structured(settings, DraftReply, prompt, on_event=watch.status if watch else None, on_text=on_text)
    if key:
        kept.put(key, settings.model or "", reply.model_dump_json())
    return reply, usage


def _partly(text: str, on_draft: Callable[[Draft], None]) -> None:
    """Hand on the sentences of a reply that is still being written, all but the last, which may not be whole."""
    from langchain_core.utils.json import parse_partial_json  # kept out of the start: 0.15 s

    try:
        given = parse_partial_json(text)
        sentences = given["sentences"][:-1]
        whole = DraftReply.model_validate({"refused": given.get("refused", False), "sentences": sentences})
    except (ValueError, TypeError, LookupError):
        return  # not yet enough to read
    on_draft(converted(whole))


def prompt_digests(*, repaired: bool) -> dict[str, str]:
    """Which wording a draft was made with: prompt file without suffix → its digest. `repaired`: the guard's objections were sent."""
    used = [prompts.load(name) for name in ("answer", "answer_task", *(("answer_objections",) if repaired else ()))]
    return {f"{p.name}.v{p.version}": p.digest for p in used}


def converted(reply: DraftReply) -> Draft:
    """The reply as a draft; nothing in it is checked."""
    return Draft(tuple(_sentence(s) for s in reply.sentences if s.text.strip()), reply.refused)


def messages(task: _Task) -> "list[BaseMessage]":
    """The prompt: the rules as the system message, everything that comes from outside fenced in the user's."""
    from langchain_core.messages import HumanMessage, SystemMessage  # kept out of the start: 0.15 s

    turns = [
        f"<对话>问：{_inside(_cut(q, HISTORY_CHARACTERS))}\n答：{_inside(_cut(a, HISTORY_CHARACTERS))}</对话>"
        for q, a in task.history[-HISTORY_TURNS:]
    ]
    said = prompts.load("answer_task").render(
        evidence="\n".join(fenced(task.evidence, task.budget)) or "（没有找到任何证据）",
        history="\n".join(turns) or "（无）",
        question=_inside(task.question),
        objections=_objections(task.rejected),
    )
    return [SystemMessage(prompts.load("answer").render()), HumanMessage(said)]


def fenced(evidence: Sequence[Evidence], budget: int = EVIDENCE_CHARACTERS) -> list[str]:
    """The evidence as data blocks, best first, as many as fit into `budget` characters; at least one."""
    blocks: list[str] = []
    left = budget
    for piece in evidence:
        block = _block(piece)
        if len(block) <= left or not blocks:
            blocks.append(block)
            left -= len(block)
    return blocks


def _block(piece: Evidence) -> str:
    attributes = {
        "编号": piece.label,
        "文件": piece.doc,
        "单位名称": piece.org,
        "页": str(piece.place.page),
        "章节": piece.section,
        "年度": str(piece.year or ""),
        "单位": piece.unit or "",
        "表头": piece.head,
        "程序解读": _reading(piece),
    }
    written = " ".join(f'{name}="{_inside(value).replace(chr(34), "＂")}"' for name, value in attributes.items() if value)
    return f"<证据 {written}>{_inside(_cut(piece.place.quote, PIECE_CHARACTERS))}</证据>"


def _reading(piece: Evidence) -> str:
    """What the rules read in the quote: 「卫生健康支出/公务员医疗补助：2023年 年初预算 400万元（一般公共预算财政拨款）」."""
    return "；".join(_read(fact) for fact in piece.facts[:READINGS])


def _read(fact: Fact) -> str:
    scope = "、".join(dict.fromkeys(words for words in (fact.scope, fact.column) if words))
    year = f"{fact.year}年 " if fact.year else ""
    figure = f"{fact.printed.removesuffix(fact.unit)}{fact.unit}"
    way = ("减少" if fact.value < 0 else "增加") if fact.value and fact.measure in _CHANGES and not fact.printed.startswith(_SIGNS) else ""
    return f"{'/'.join((*fact.path, fact.item))}：{year}{fact.measure} {way}{figure}{f'（{scope}）' if scope else ''}"


def _objections(rejected: Rejected | None) -> str:
    """Each sentence objected to, once, with what is said against it below: a repair is a fresh prompt."""
    if rejected is None:
        return ""
    lines: list[str] = []
    for n, sentence in enumerate(rejected.draft.sentences):
        said = dict.fromkeys(_inside(o.message) for o in rejected.objections if o.sentence == n)
        if said:
            lines += [f"- 第{n + 1}句：{_inside(sentence.text)}", *(f"  - {message}" for message in said)]
    return prompts.load("answer_objections").render(objections="\n".join(lines))


def _inside(text: str) -> str:
    """Text of others for the prompt: without fence marks, on one line (so that it has no headings of its own)."""
    return " ".join(text.split("\n")).translate(_FENCE)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


def _sentence(reply: SentenceReply) -> Sentence:
    """The sentence; labels that the model wrote into the text are moved out of it."""
    inside = [label for marks in _MARK.findall(reply.text) for label in _LABEL.findall(marks)]
    given = [label for written in reply.labels for label in _LABEL.findall(written) if not (reply.derivations and _STEP.fullmatch(label))]
    return Sentence(_MARK.sub("", reply.text).strip(), tuple(dict.fromkeys(given + inside)), _derivations(reply.derivations))


def _derivations(replies: Sequence[DerivationReply]) -> tuple[Derivation, ...]:
    """The calculations, with what they name as an earlier step (D1) in its place."""
    made: list[Derivation] = []
    for reply in replies:
        made.append(Derivation(reply.value, reply.unit, reply.operation, tuple(_term(term, made) for term in reply.terms)))
    return tuple(made)


def _term(reply: TermReply, earlier: Sequence[Derivation]) -> Term | Derivation:
    step = _STEP.fullmatch(reply.label.strip())
    if step is not None and 0 < int(step[1]) <= len(earlier) and (known := earlier[int(step[1]) - 1]).depth < MOST_STEPS:
        return known
    if not reply.label.strip() and _HUNDRED.fullmatch(reply.printed.strip() + reply.unit.strip()):
        return WHOLE
    return Term(_label(reply.label), reply.printed, reply.unit)


def _label(written: str) -> str:
    """The label without brackets or words around it; what holds none stays for the guard to object to."""
    found = _LABEL.search(written)
    return found[0] if found else written
