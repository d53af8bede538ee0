"""Questions → answers: right, evidenced, trusted, refused where they must be."""

from collections.abc import Iterator
from functools import partial

from evals import printed
from evals.bench import Bench
from evals.gold import Question
from evals.observed import Case, Metric, Observation, Output, Shown, Suite
from evals.printed import Originals, decimal, figure, numbers, same, squeeze

SUITE = Suite(
    "asking",
    "问答",
    "问题集逐条提问：答对没有、引的是不是那一处、每个数有没有依据、该拒答时拒答没有。",
    (
        Metric(
            "trusted", "可信", "答对，且引用里有金标证据，且每条引文逐字在那一页，且每个数都在引文里或由所示算式得出。",
            "本项目 CONTRACT「ask」；合取式评分同 TRUST-Score 的思路（Song et al., ICLR 2025）",
        ),
        Metric(
            "right", "答对", "金标要求的数字（按单位换算后相等）和词语都在答案里；该拒答的题拒答了，或纠正了错误前提。",
            "精确匹配，同 TAT-QA 的 numeric exact match（Zhu et al., ACL 2021）",
        ),
        Metric(
            "evidence", "引证召回", "引文中有一条含金标证据的全部字串（跨文件题：每条证据都要有）。只对能回答的题计。",
            "ALCE 的 citation recall（Gao et al., EMNLP 2023），以逐字匹配代替 NLI",
        ),
        Metric(
            "verbatim", "引文逐字", "引文逐字印在所指页上的比例。页面文字直接取自 PDF，不经本项目的读取程序。",
            "ALCE 的 citation precision（Gao et al., EMNLP 2023）的严格形式",
        ),
        Metric(
            "supported", "数有依据", "答案中带单位或小数的数，在引文中、问题中，或由所示算式从引文中的数算得的比例。",
            "本项目 DESIGN 规则 4",
        ),
        Metric(
            "refused_rightly", "该拒则拒", "该拒答的题中，拒答了且没有给出无依据的数的比例。",
            "TRUST-Score 的 grounded refusal recall（Song et al., ICLR 2025）",
        ),
        Metric(
            "answered", "不误拒", "能回答的题中没有拒答的比例。",
            "TRUST-Score 的 grounded refusal（Song et al., ICLR 2025）",
        ),
        Metric(
            "written", "模型作答", "用模型评测时，没有拒答的回答中由模型写成（而不是退回离线回答）的比例；离线评测没有此项。",
            "本项目 CONTRACT「engine」", slack=None,
        ),
        Metric(
            "by_model", "模型自己答对", "用模型评测时，由模型写成且可信的题的比例；退回离线回答的题按零分计。比较模型看这一项。",
            "本项目 CONTRACT「engine」", slack=None,
        ),
        Metric("ms", "用时", "一问的用时，毫秒。", "本项目 CONTRACT「elapsed_ms」", unit="ms", lower_is_better=True, slack=None),
    ),
    asked=("trusted",),
)  # fmt: skip


def cases(bench: Bench) -> Iterator[Case]:
    """One case a question whose documents the corpus has."""
    for question in bench.gold.questions:
        if bench.known(question.docs):
            yield case(question, bench, SUITE.name)


def case(question: Question, bench: Bench, suite: str) -> Case:
    """The case of a question, its observation filed under `suite`."""
    return Case(
        question.id,
        question.kind,
        cluster(question),
        question.question,
        expected(question),
        partial(bench.ask, question.question, list(question.docs), question.history),
        lambda output: [judge(question, output, bench.originals, suite)],
    )


def cluster(question: Question) -> str:
    """The documents it is about, as one name."""
    return "+".join(question.docs)


def expected(question: Question) -> str:
    """What a right answer holds, for people."""
    if question.refuse:
        return "纠正错误的前提" if question.premise else "拒答"
    figures = [f"{f.value}{f.unit}" for f in question.figures]
    return "；".join(figures + ["／".join(group) for group in question.mentions])


def judge(question: Question, output: Output, originals: Originals, suite: str = SUITE.name) -> Observation:
    """Judge the contract's answer object against the question's gold."""
    cites = output["citations"]
    loose, said = unsupported(question, output)
    verbatim = [originals.holds(c["doc"], c["page"], c["quote"]) for c in cites]
    lacking = _lacking(question, output, said)
    right = not lacking and not (question.refuse and loose)
    evidence = _evidenced(question, output)
    trusted = right and evidence and all(verbatim) and not loose and (question.refuse or bool(cites))
    values: dict[str, float] = {"trusted": trusted, "right": right, "ms": output["elapsed_ms"]}
    if question.refuse:
        values["refused_rightly"] = right
    else:
        values["answered"] = not output["refused"]
        values |= {"evidence": evidence} if question.evidence else {}
    if cites:
        values["verbatim"] = sum(verbatim) / len(verbatim)
    if said:
        values["supported"] = 1 - len(loose) / len(said)
    if output.get("asked_model"):
        values["by_model"] = trusted and output["engine"] == "llm"
        values |= {} if output["refused"] else {"written": output["engine"] == "llm"}
    why = list(lacking)
    why += [] if evidence else ["引用中没有金标证据"]
    why += [] if all(verbatim) else ["引文不在所指页上"]
    why += [f"没有依据的数：{'、'.join(loose)}"] if loose else []
    why += [] if question.refuse or cites else ["没有引用"]
    why += output.get("notes", [])
    usage = output.get("usage", [0, 0])
    return Observation(
        id=question.id, suite=suite, kind=question.kind, doc=cluster(question), values=values, reason="；".join(why),
        question=question.question, answer=output["answer"], expected=expected(question),
        wanted=tuple(Shown(doc=p.doc or question.docs[0], quote=" … ".join(p.contains)) for p in question.evidence),
        shown=tuple(Shown(doc=c["doc"], page=c["page"], quote=c["quote"]) for c in cites),
        ms=output["elapsed_ms"], tokens_in=usage[0], tokens_out=usage[1],
    )  # fmt: skip


def unsupported(question: Question, output: Output) -> tuple[list[str], list[printed.Number]]:
    """The figures of the answer that nothing supports, as text, and all its figures."""
    quoted = [n for c in output["citations"] for n in numbers(c["quote"])]
    pool = {n.value for n in quoted}
    asked = {n.value for n in numbers(question.question)} | {figure(f.value) for f in question.allow_figures}
    derived = {
        abs(value)
        for f in output["figures"]
        if f["status"] == "derived" and printed.follows(f["value"], f["derivation"] or "", pool)
        if (value := decimal(f["value"])) is not None
    }
    said = [n for n in numbers(output["answer"]) if n.is_figure]
    loose = [
        f"{n.value}{n.unit}"
        for n in said
        if n.value not in pool
        and n.value not in asked
        and abs(n.value) not in derived
        and not any(same(q.value, q.unit, n) for q in quoted)
    ]
    return loose, said


def _lacking(question: Question, output: Output, said: list[printed.Number]) -> list[str]:
    """What a right answer would have and this one does not."""
    if question.refuse:
        refused = output["refused"] or question.premise == "false"
        return [] if refused else ["应拒答而没有拒答"]
    if output["refused"]:
        return ["能回答而拒答了"]
    all_said = numbers(output["answer"]) if question.figures else said
    missing = [f"{f.value}{f.unit}" for f in question.figures if not any(same(figure(f.value), f.unit, n) for n in all_said)]
    text = squeeze(output["answer"])
    unsaid = ["／".join(group) for group in question.mentions if not any(squeeze(m) in text for m in group)]
    return ([f"缺数字：{'、'.join(missing)}"] if missing else []) + ([f"缺要点：{'、'.join(unsaid)}"] if unsaid else [])


def _evidenced(question: Question, output: Output) -> bool:
    """Whether the citations show the gold's evidence."""
    if question.refuse or not question.evidence:
        return True
    quotes = [(c["doc"], squeeze(c["quote"])) for c in output["citations"]]
    hits = [
        any(all(squeeze(s) in quote for s in piece.contains) and piece.doc in (None, doc) for doc, quote in quotes)
        for piece in question.evidence
    ]
    return all(hits) if question.every else any(hits)
