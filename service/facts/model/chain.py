"""Slices of a document → facts and reasons by a model: calls side by side and bounded, each reply gated, one retry with the objections.

Replies that were had are kept on disk, so that an extraction that was broken off goes on where it stopped.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock

import prompts
from service import kept_replies, llm
from service.errors import ModelError, ModelReplyError
from service.facts.model import gates, slices
from service.facts.model.gates import Passed, Rejected
from service.facts.model.replies import ExtractReply, ItemReply
from service.facts.model.slices import Slice
from service.facts.model.sources import Source
from service.facts.targets import AIMS
from service.kept_replies import KeptReplies
from service.llm import Usage
from service.records import Document, Fact, Kind, Unread
from service.settings import Settings

MOST_CALLS = 12
"""Calls for one document at most: slices, the retry and the neutral reading together (a server that is asked by the wrong method
first, or whose reply does not fit, costs one more)."""
FOR_RETRY, FOR_REREADING, FOR_HALVES = 1, 1, 2
"""Of these, kept back; those for the halves of a slice that was too long only where the document is read to its end without them."""
MOST_REJECTED = 40
"""So many rejected entries are sent back; more say that the model cannot do it."""
ORIGIN, ORIGIN_RETRY = "model", "model-retry"
_KINDS = {Kind.FINAL: "部门决算", Kind.BUDGET: "部门预算", Kind.OTHER: "公开文件"}

Listener = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model read in a document."""

    passed: Passed
    """Facts and reasons that passed the gates; `rejected` is what did not after the retry."""
    unread: tuple[Unread, ...]
    """Parts that were not read, and why."""
    usage: Usage
    model: str
    digests: dict[str, str]
    """Prompt file without suffix → its digest."""
    calls_kept: int = 0
    """Replies that were at hand from an earlier try."""


@dataclass
class _Round:
    """One document's calls; threads share it."""

    document: Document
    settings: Settings
    kept: KeptReplies
    tell: Listener
    left: int = MOST_CALLS
    usage: Usage = field(default_factory=Usage)
    at_hand: int = 0
    lock: Lock = field(default_factory=Lock)

    def take(self, reserve: int, calls: int = 1) -> bool:
        """Take calls, if the reserve is left after them."""
        with self.lock:
            if self.left - calls < reserve:
                return False
            self.left -= calls
            return True


def read(
    document: Document, sources: Sequence[Source], settings: Settings, *, on_status: Listener | None = None
) -> tuple[Reading, "Rereader"]:
    """Have the model read sources.

    Args:
        document: as read.
        sources: which of its paragraphs and rows.
        settings: server, model, how many calls side by side.
        on_status: told how far it is, in Chinese.

    Returns:
        What passed, and the way to have single places read once more (`Rereader`).

    Raises:
        ModelError: the first call failed: the server cannot be used. Later failures leave their slice unread.
    """
    work = _Round(document, settings, KeptReplies(settings.home), on_status or (lambda _: None))
    most = MOST_CALLS - FOR_RETRY - FOR_REREADING
    parts, left = slices.cut(sources, most - FOR_HALVES)
    if left:
        parts, left = slices.cut(sources, most)
    unread = [_unread(left, "材料太长，没有读完")] if left else []
    passed = Passed()
    for part, outcome in _side_by_side(work, parts):
        if isinstance(outcome, ModelError):
            unread.append(_unread(part.sources, outcome.zh))
        else:
            passed += gates.check(outcome, part.sources, document, ORIGIN)
    if passed.rejected:
        passed = _again(work, passed, sources)
    reading = Reading(passed, tuple(unread), work.usage, settings.model or "", prompt_digests(), work.at_hand)
    return reading, Rereader(work)


class Rereader:
    """Has single places read once more in neutral words: where a document contradicts itself, nothing is said of what it should be."""

    def __init__(self, work: _Round) -> None:
        self._work = work

    def read(self, sources: Sequence[Source], doubtful: Sequence[Fact]) -> Passed | None:
        """Read figures again, told by item and measure; None when no call is left for it, or the server fails.

        Args:
            sources: where they are printed.
            doubtful: which they are; neither what was read nor what they should be is told.
        """
        if not sources or not self._work.take(0):
            return None
        self._work.tell("有数字与文件别处不一致，正在重读原文…")
        told = dict.fromkeys(f"- 第 {f.place.page} 页，{_inside(f.item)}：{f.measure}" for f in doubtful)
        material = Slice(tuple(sources)).text
        said = prompts.load("extract_reread").render(**_head(self._work.document), doubtful="\n".join(told), material=material)
        try:
            items = _asked(self._work, said)
        except ModelError:
            return None
        return gates.check(items, sources, self._work.document, ORIGIN_RETRY)

    @property
    def usage(self) -> Usage:
        """What all calls cost so far."""
        return self._work.usage


def prompt_digests() -> dict[str, str]:
    """Which wording records are made with: prompt file without suffix → its digest."""
    used = [prompts.load(name) for name in ("extract", "extract_task", "extract_again", "extract_reread")]
    return {f"{p.name}.v{p.version}": p.digest for p in used}


def _side_by_side(work: _Round, parts: Sequence[Slice]) -> list[tuple[Slice, list[ItemReply] | ModelError]]:
    """Every slice with the model's items; the first alone, because it finds out how the server wants to be asked."""
    if not parts:
        return []
    work.tell(f"模型正在读第 1 部分，共 {len(parts)} 部分…")
    work.take(0, calls=len(parts))
    first = _with_halves(work, parts[0])
    done = [(parts[0], first)]

    def rest(numbered: tuple[int, Slice]) -> list[ItemReply] | ModelError:
        number, part = numbered
        work.tell(f"模型正在读第 {number} 部分，共 {len(parts)} 部分…")
        try:
            return _with_halves(work, part)
        except ModelError as error:
            return error

    with ThreadPoolExecutor(max_workers=work.settings.model_parallel, thread_name_prefix="mingzhang-extract") as pool:
        outcomes = pool.map(rest, enumerate(parts[1:], 2))
        return [*done, *zip(parts[1:], outcomes, strict=True)]


def _with_halves(work: _Round, part: Slice) -> list[ItemReply]:
    """The items of a slice; where it is too long for the model, or its reply for the server, of its halves."""
    try:
        return _asked(work, _task(work.document, part))
    except (llm.ContextOverflowError, ModelReplyError):
        halves = part.halves()
        if halves is None or not work.take(FOR_RETRY + FOR_REREADING, calls=2):
            raise
        return [item for half in halves for item in _asked(work, _task(work.document, half))]


def _again(work: _Round, passed: Passed, sources: Sequence[Source]) -> Passed:
    """One retry for what was rejected: the objections and the places it may stand in, in a fresh prompt."""
    back = passed.rejected[:MOST_REJECTED]
    if not work.take(FOR_REREADING):
        return passed
    work.tell(f"有 {len(passed.rejected)} 项未通过核对，正在请模型重读…")
    near = list(gates.sources_of(back, sources))
    rejected = "\n".join(f"- {_inside(entry.item.item)}：{_given(entry)} —— {_inside(entry.message)}" for entry in back)
    said = prompts.load("extract_again").render(**_head(work.document), rejected=rejected, material=Slice(tuple(near)).text)
    try:
        items = _asked(work, said)
    except ModelError:
        return passed
    second = gates.check(items, near, work.document, ORIGIN_RETRY)
    mended = {(f.measure, _bare(f.printed)) for f in second.facts} | {("", _bare(r.text)) for r in second.reasons}
    mended |= {(aim, _bare(s.printed)) for i in second.indicators for aim, s in zip(AIMS, (i.target, i.actual), strict=True) if s}
    still = tuple(entry for entry in passed.rejected if not _told(entry) & mended)
    fresh = tuple(f for f in second.facts if not any(_same(f, known) for known in passed.facts))
    reasons = tuple(r for r in second.reasons if r not in passed.reasons)
    return Passed(passed.facts + fresh, passed.reasons + reasons, still, passed.indicators + second.indicators)


def _same(fact: Fact, other: Fact) -> bool:
    return replace(fact, origin="") == replace(other, origin="")


def _told(entry: Rejected) -> set[tuple[str, str]]:
    """What an entry held, to see whether the second reading gave it."""
    return {(f.measure, _bare(f.printed)) for f in entry.item.figures} | {("", _bare(r.text)) for r in entry.item.reasons}


def _bare(text: str) -> str:
    return text.replace(",", "").strip()


def _given(entry: Rejected) -> str:
    figures = [f"{f.measure} {f.printed}{f.unit}" for f in entry.item.figures]
    reasons = [f"原因「{r.text}」" for r in entry.item.reasons]
    return _inside(f"第 {entry.item.page} 页，{'、'.join([*figures, *reasons])[:120]}，quote「{entry.item.quote[:120]}」")


def _inside(text: str) -> str:
    return " ".join(text.split()).translate(slices.FENCE)


def _head(document: Document) -> dict[str, str]:
    return {"title": _inside(document.title or document.doc), "year": str(document.year or "未注明"), "kind": _KINDS[document.kind]}


def _task(document: Document, part: Slice) -> str:
    return prompts.load("extract_task").render(**_head(document), material=part.text)


def _asked(work: _Round, said: str) -> list[ItemReply]:
    """The model's items: as kept, else by a call, which is kept.

    Raises:
        ModelError: as `llm.structured`.
    """
    from langchain_core.messages import HumanMessage, SystemMessage  # kept out of the start: 0.15 s

    system = prompts.load("extract")
    key = kept_replies.key(work.settings.model or "", llm.base_url(work.settings), system.digest, said)
    if (known := work.kept.get(key)) is not None:
        with work.lock:
            work.at_hand += 1
        return ExtractReply.model_validate_json(known).items
    reply, usage = llm.structured(work.settings, ExtractReply, [SystemMessage(system.render()), HumanMessage(said)])
    with work.lock:
        work.usage += usage
    work.kept.put(key, work.settings.model or "", reply.model_dump_json())
    return reply.items


def _unread(sources: Sequence[Source], why: str) -> Unread:
    pages = sorted({page for source in sources for page in source.pages})
    span = f"第 {pages[0]}–{pages[-1]} 页" if len(pages) > 1 else f"第 {pages[0]} 页"
    return Unread(pages[0], f"{span}的 {len(sources)} 处（模型抽取）", why)
