"""The conversation, drawn: questions, statuses, verified answers → HTML.

Everything that comes from a document, a model or a user is escaped here, since the chat shows HTML unfiltered. A message is one
line of HTML inside one block element, so that the chat's Markdown leaves it alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from html import escape

from service import amounts
from service.answering.citing import MARK
from service.answering.respond import VERIFIED
from service.records import Answer, DocumentInfo, Engine, Figure, Support
from ui.evidence import OCR_BADGE, lines
from ui.words import both, perhaps, said, say, told

ANSWER_PAGE = "/answer/"
"""Where an answer has its own page, before its key."""
_MARK = re.compile(MARK.format(r"(\d+)"))
_SENTENCE = re.compile(rf"(?<={MARK.format('')[-1]}[。！？；])|\n")
"""Where a line ends: after a sentence that carries its mark, and where the answer itself ends one."""
_ITEM = re.compile(r"[-•·]\s+")


class Stage(StrEnum):
    """How far a turn of the conversation has come."""

    DRAFTING = "drafting"
    ANSWERED = "answered"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it."""

    question: str
    stage: Stage = Stage.DRAFTING
    answer: Answer | None = None
    note: str = ""
    """The status while drafting, or the error's one line."""
    english: str = ""
    """The error's line in English; empty where `note` is a word of the page."""
    key: str = ""
    """Of the answer in the journal; empty where it could not be kept."""
    good: bool | None = None
    """What the user said of the answer."""
    opinion: int | None = None
    """Number of that opinion in the journal."""


def messages(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """The conversation as the chat component's messages."""
    shown = []
    for number, turn in enumerate(turns):
        shown.append({"role": "user", "content": f'<div class="mz-said">{lines(turn.question)}</div>'})
        shown.append({"role": "assistant", "content": _reply(turn, number, last=number == len(turns) - 1)})
    return shown


def answer(answer: Answer, turn: int | None = None) -> str:
    """A verified answer: text with citation marks, badges of its figures, remarks, and who wrote it.

    Args:
        answer: the answer.
        turn: from 0; goes into the marks, so that a click finds the answer it belongs to. None: marks are links to the
            sources on the same page.
    """
    marks = {c.n: _mark(c.n, turn) for c in answer.citations}
    figures = _by_value(answer.figures)
    body = "".join(_paragraph(line, marks, figures) for line in _SENTENCE.split(answer.answer) if line.strip())
    nearest = f'<p class="mz-note">{say("最接近的内容在出处里，可点开看原文。")}</p>' if answer.refused and answer.citations else ""
    parts = [
        f'<p class="mz-tag">{say("文件中没有找到答案")}</p>' if answer.refused else "",
        body,
        nearest if answer.refused else _badges(answer, marks),
        _cautions(answer),
        f'<p class="mz-foot">{_engine(answer)}</p>',
    ]
    kind = "mz-answer mz-refused" if answer.refused else "mz-answer"
    return f'<div class="{kind}">{"".join(parts)}</div>'


def welcome(documents: Sequence[DocumentInfo], model: str | None = None, reading: int = 0) -> str:
    """What the empty chat says: how much is read, who will answer, and what is still being read. The chat strips attributes from it."""
    busy = f'<p class="mz-reading">{both("正在读入 {n} 份文件，读完就能提问。", n=reading)}</p>' if reading else ""
    if not documents:
        return (
            f'<div class="mz-welcome"><h2>{both("资料库还是空的")}</h2>'
            f"<p>{both('请到「资料」页上传部门预算或部门决算的 PDF。')}</p>{busy}</div>"
        )
    who = (
        both("由 {model} 起草，每个数字都核对过才显示。", model=model)
        if model
        else both("没有配置模型：由规则离线回答，数字一样逐个核对。")
    )
    return (
        f'<div class="mz-welcome"><h2>{both("想知道钱花在哪儿？")}</h2>'
        f'<p class="mz-who">{who}</p>{busy}'
        f"<p>{both('已读入 {n} 份公开文件。直接提问，或选一个例子：', n=len(documents))}</p></div>"
    )


def error(chinese: str, english: str = "") -> str:
    """An error's one line, calmly."""
    return f'<div class="mz-error" role="alert">{told(chinese, english)}</div>'


def plain(answer: Answer) -> str:
    """An answer as text to be copied: with its sources under it."""
    sources = [f"{MARK.format(c.n)}{c.doc} 第 {c.place.page} 页：{c.place.quote}" for c in answer.citations]
    return "\n".join([answer.question, answer.answer, *sources])


def _reply(turn: Turn, number: int, *, last: bool) -> str:
    if turn.stage is Stage.ANSWERED and turn.answer is not None:
        return f'<div class="mz-reply">{answer(turn.answer, number)}{_acts(turn, turn.answer, number, last=last)}</div>'
    again = f'<p class="mz-acts">{_act("again", "重答", number)}</p>' if last else ""
    if turn.stage is Stage.FAILED:
        return f'<div class="mz-reply">{error(turn.note, turn.english)}{again}</div>'
    if turn.stage is Stage.STOPPED:
        return f'<div class="mz-reply"><p class="mz-status">{say("已停止。")}</p>{again}</div>'
    if turn.note.startswith(VERIFIED):
        written = escape(turn.note.removeprefix(VERIFIED))
        going_on = f'<p class="mz-status mz-busy" role="status">{say("逐句核对中…")}</p>'
        return f'<div class="mz-reply"><p class="mz-line">{written}</p>{going_on}</div>'
    return f'<div class="mz-status mz-busy" role="status">{perhaps(turn.note)}</div>'


def _acts(turn: Turn, made: Answer, number: int, *, last: bool) -> str:
    """What can be done with an answer."""
    copied = escape(plain(made)).replace("\n", "&#10;")
    acts = [
        f'<button type="button" class="mz-act" data-act="copy" data-copy="{copied}">{say("复制")}</button>',
        _act("again", "重答", number) if last else "",
    ]
    if turn.key:
        acts += [
            f'<a class="mz-act" href="{ANSWER_PAGE}{turn.key}" target="_blank" rel="noopener">{say("链接与打印")}</a>',
            _act("good", "有帮助", number, pressed=turn.good is True),
            _act("bad", "有问题", number, pressed=turn.good is False),
        ]
    return f'<p class="mz-acts">{"".join(acts)}</p>'


def _act(act: str, text: str, turn: int, *, pressed: bool | None = None) -> str:
    state = "" if pressed is None else f' aria-pressed="{"true" if pressed else "false"}"'
    return f'<button type="button" class="mz-act" data-act="{act}" data-turn="{turn}"{state}>{say(text)}</button>'


def _paragraph(line: str, marks: Mapping[int, str], figures: Mapping[tuple[Decimal, str], Figure]) -> str:
    """One line of an answer, its marks turned into buttons and its figures set off."""
    item = _ITEM.match(line)
    text = line[item.end() :] if item else line.strip()
    cuts = [(m.start(), m.end(), marks[int(m[1])]) for m in _MARK.finditer(text) if int(m[1]) in marks]
    for number in amounts.numbers(text):
        figure = figures.get((abs(number.value), number.unit))
        if figure is not None and not any(start < number.end and number.start < end for start, end, _ in cuts):
            cuts.append((number.start, number.end, _figure(text[number.start : number.end], figure)))
    html, at = [], 0
    for start, end, piece in sorted(cuts):
        html += [escape(text[at:start]), piece]
        at = end
    html.append(escape(text[at:]))
    return f'<p class="{"mz-item" if item else "mz-line"}">{"".join(html)}</p>'


def _by_value(figures: Sequence[Figure]) -> dict[tuple[Decimal, str], Figure]:
    """Figures by size and unit; the sign is carried by words such as 减少."""
    found: dict[tuple[Decimal, str], Figure] = {}
    for figure in figures:
        try:
            found.setdefault((abs(Decimal(figure.value)), figure.unit), figure)
        except InvalidOperation:
            continue  # a count written in Chinese numerals is not set off in the text
    return found


def _figure(text: str, figure: Figure) -> str:
    return f'<b class="mz-figure mz-{figure.status.value}">{escape(text)}</b>'


def _mark(n: int, turn: int | None) -> str:
    if turn is None:
        return f'<a class="mz-mark" href="#source-{n}">{MARK.format(n)}</a>'
    label = said("aria-label", "看出处 {n}", n=n)
    return f'<button type="button" class="mz-mark" data-turn="{turn}" data-n="{n}"{label}>{MARK.format(n)}</button>'


def _badges(answer: Answer, marks: Mapping[int, str]) -> str:
    """How many figures are printed in the documents or recognised there, and the calculation behind each other one."""
    recognised = {c.n for c in answer.citations if c.place.ocr}
    cited = [f for f in answer.figures if f.status is Support.CITED]
    rows = [
        f'<li><span class="mz-badge mz-derived">{say("推算")}</span> <span>{_amount(f)}：{escape(_formula(f.derivation or ""))}</span></li>'
        for f in answer.figures
        if f.status is Support.DERIVED
    ]
    printed = f'<span class="mz-badge mz-cited">{say("原文数字")}</span>'
    for badge, text, figures in (
        (printed, "{n} 个，逐个核对过", [f for f in cited if f.citation not in recognised]),
        (OCR_BADGE, "{n} 个，由扫描页认出，请对照原页", [f for f in cited if f.citation in recognised]),
    ):
        if figures:
            listed = "".join(f"<li>{_amount(f)}{marks.get(f.citation or 0, '')}</li>" for f in figures)
            head = f"<summary>{badge} {say(text, n=len(figures))}</summary>"
            rows.append(f'<li><details>{head}<ul class="mz-cited-list">{listed}</ul></details></li>')
    return f'<ul class="mz-badges">{"".join(rows)}</ul>' if rows else ""


def _formula(derivation: str) -> str:
    """A calculation in print: 251.37 − 286.00 = −34.63."""
    return derivation.translate(str.maketrans("-*/", "−×÷"))


def _amount(figure: Figure) -> str:
    return escape(f"{figure.value} {figure.unit}".strip())


def _cautions(answer: Answer) -> str:
    """Findings on cited figures, what the guard took out, and remarks."""
    head = f"<b>{say('请留意')}</b> {say('引用的内容有一处核对发现：')}"
    rows = [f'<p class="mz-caution">{head}{escape(f.explain)}</p>' for f in answer.findings]
    rows += [f'<p class="mz-note">{escape(text)}</p>' for text in (*answer.withheld, *answer.notes)]
    return "".join(rows)


def _engine(answer: Answer) -> str:
    """Who wrote the answer, and how long it took."""
    name = escape(answer.model) if answer.model else say("模型")
    who = f'<span class="mz-engine">{name if answer.engine is Engine.LLM else say("离线")}</span>'
    seconds = Decimal(answer.elapsed_ms) / 1000
    return f"{who}{say('用时 {seconds} 秒', seconds=f'{seconds:.2f}')}" if answer.elapsed_ms else who
