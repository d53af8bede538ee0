"""Honest drafts and lies before the guard: `evals.guarding` as a suite, on questions, on extracted fields, and on TAT-QA."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

from evals.bench import Bench
from evals.guarding import extracting, lies, tatqa
from evals.guarding.lies import Asked
from evals.guarding.tries import Try
from evals.observed import Case, Metric, Observation, Output, Suite

SUITE = Suite(
    "guard",
    "把关",
    "像模型那样写的回答和抽取结果，诚实的和改动一处的，送给把关程序：谎话拦下没有，实话放行没有。这一集不需要模型。",
    (
        Metric(
            "lies_refused", "拦下谎话", "改动一处的回答（数、单位、年度、项目、方向、原因、出处……）被拦下的比例，分类列出。",
            "本项目 CHECKS「The model under the guard」；变异分数（DeMillo et al., 1978）",
        ),
        Metric("honest_accepted", "放行实话", "诚实的回答原样通过的比例。", "同上"),
        Metric("fields_refused", "拦下错字段", "模型抽取的字段改动一处（数、单位、页、引文、项目……）被拦下的比例。", "同上"),
        Metric("fields_accepted", "放行字段", "诚实的字段通过的比例。", "同上"),
        Metric(
            "tatqa_refused", "TAT-QA 拦下",
            "TAT-QA 算术题的错误答案（改一位、十倍、换位、改中间一步、邻行、邻年……）被拦下的比例。设了 MINGZHANG_TATQA 才有。",
            "Zhu et al., TAT-QA, ACL 2021（CC BY 4.0）",
        ),
        Metric("tatqa_accepted", "TAT-QA 放行", "TAT-QA 算术题的正确答案（申明算式，可分步）通过的比例，不能申明的也算在内。", "同上"),
    ),
)  # fmt: skip

EVERY = 2
"""Every so many-th question is lied about: some 40 drafts each."""
_METRICS = {"lies": ("honest_accepted", "lies_refused"), "tatqa": ("tatqa_accepted", "tatqa_refused")}
_FIELDS = ("fields_accepted", "fields_refused")


def cases(bench: Bench) -> Iterator[Case]:
    """One case a question, one a document whose fields are tried, and TAT-QA as a whole where it is at hand."""
    told = "实话放行，谎话拦下"
    for question in bench.gold.questions[::EVERY]:
        if bench.known(question.docs):
            asked = Asked(question.id, question.question, question.docs, question.history)
            doc = "+".join(question.docs)
            yield Case(question.id, "lies", doc, question.question, told, partial(_answers, bench, asked), partial(judge, doc))
    for doc in dict.fromkeys(fact.doc for fact in bench.gold.facts):
        if bench.known([doc]):
            yield Case(f"{doc}/fields", "fields", doc, f"{doc} 的字段", told, partial(_fields, bench, doc), partial(judge, doc))
    path = os.environ.get("MINGZHANG_TATQA")
    if path:
        yield Case("tatqa", "tatqa", "tatqa", "TAT-QA", told, partial(_tatqa, Path(path)), partial(judge, None))


def _answers(bench: Bench, asked: Asked) -> Output:
    return _told(lies.tries(bench.session, [asked]))


def _fields(bench: Bench, doc: str) -> Output:
    return _told(extracting.tries([bench.records[doc]]))


def _tatqa(path: Path) -> Output:
    return _told(tatqa.tries(path))


def _told(tries: Iterable[Try]) -> Output:
    return {"tries": [asdict(one) for one in tries]}


def judge(doc: str | None, output: Output) -> list[Observation]:
    """One observation a draft; `doc` None: each question stands for itself."""
    tries = [Try(**one) for one in output["tries"]]
    counts: Counter[tuple[str, str, str]] = Counter()
    made = []
    for one in tries:
        key = (one.suite, one.id, one.kind)
        counts[key] += 1
        made.append(_observation(one, f"{one.suite}/{one.id}/{one.kind}/{counts[key]}", doc or f"tatqa-{one.id}"))
    return made


def _observation(one: Try, id_: str, doc: str) -> Observation:
    honest, lie = _METRICS.get(one.suite, _FIELDS)
    right = one.accepted is one.honest
    reason = "" if right else (f"实话被拦下：{one.objection}" if one.honest else "谎话被放行")
    return Observation(
        id=id_, suite=SUITE.name, kind=one.kind, doc=doc, values={honest if one.honest else lie: float(right)}, reason=reason,
        question=f"{one.id} · {one.kind}", answer=one.said, expected="放行" if one.honest else "拦下",
    )  # fmt: skip
