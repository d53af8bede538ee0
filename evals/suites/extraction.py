"""Documents → facts, against the facts that the gold lists."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from evals.bench import Bench
from evals.gold import Fact
from evals.observed import Case, Metric, Observation, Output, Shown, Suite
from evals.printed import Number, Originals, decimal, same, squeeze
from service import contract

SUITE = Suite(
    "extraction",
    "抽取",
    "从文件抽取的数字事实，与金标逐条相比：项目、口径、数值和单位全对才算；每条是否真印在所指的页上。",
    (
        Metric(
            "f1", "F1", "精确率与召回率的调和平均。",
            "van Rijsbergen, Information Retrieval, 1979；信息抽取评测的通例（MUC-4, 1992）",
            harmonic=("precision", "recall"),
        ),
        Metric(
            "recall", "召回率", "金标事实中，项目（或编码）、口径、来源、列、数值和单位都抽对了的比例。",
            "MUC-4 Evaluation Metrics, 1992",
        ),
        Metric(
            "precision", "精确率",
            "抽取的事实中，凡金标有同一项目、口径、来源、位置、列和年度的，数值和单位与金标相符的比例。"
            "金标没有列出的事实不计（金标不求全）。",
            "MUC-4 Evaluation Metrics, 1992；限于金标所及",
        ),
        Metric("value_found", "数值抽到", "金标事实中，该项目下有此数值和单位的比例（口径可以不同）。", "本项目"),
        Metric("grounded", "有出处", "抽取的全部事实中，数值逐位在其引文里且引文印在所指页上的比例。", "本项目 DESIGN 规则 2、3"),
    ),
)  # fmt: skip

_ONE_NAME = {
    "支出决算": "决算", "收入决算": "决算", "决算数": "决算", "金额": "决算", "执行数": "决算", "全年执行数": "决算",
    "预算数": "预算", "年初预算": "预算", "年初预算数": "预算", "全年预算": "预算", "全年预算数": "预算", "调整预算": "预算",
    "完成预算": "完成率", "执行率": "完成率", "增长率": "增减率", "增减幅度": "增减率",
    "数量": "数", "人数": "数", "总分": "得分",
}  # fmt: skip
"""Measures that gold files name in more than one way; the kinds of budget are told apart by the place, not by the word."""


def cases(bench: Bench) -> Iterator[Case]:
    """One case a document that the gold has facts of."""
    by_doc: dict[str, list[Fact]] = defaultdict(list)
    for fact in bench.gold.facts:
        if fact.is_figure and bench.known([fact.doc]):
            by_doc[fact.doc].append(fact)
    for doc, facts in by_doc.items():
        yield Case(
            doc,
            "document",
            doc,
            f"抽取 {doc}",
            f"{len(facts)} 条事实",
            partial(_solve, bench, doc),
            partial(judge, facts, bench.originals),
        )


def _solve(bench: Bench, doc: str) -> Output:
    return contract.disclosure(bench.records[doc].disclosure)


def judge(gold: Sequence[Fact], originals: Originals, output: Output) -> list[Observation]:
    """One observation a fact of the gold, one a contradicting or confirmed extraction, and one for the grounding of all."""
    doc, found = output["doc"], output["facts"]
    observations = [_recalled(n, fact, [f for f in found if _is_item(fact, f)]) for n, fact in enumerate(gold, 1)]
    for n, fact in enumerate(found, 1):
        spoken = [g for g in gold if _is_item(g, fact) and _is_same_place(g, fact)]
        if spoken:
            right = any(_is_value(g, fact) for g in spoken)
            observations.append(
                Observation(
                    id=f"{doc}#x{n}", suite=SUITE.name, kind=fact["source"], doc=doc, values={"precision": float(right)},
                    reason="" if right else "金标同一处是另一个数", question=f"{fact['item']} · {fact['measure']}", answer=_told(fact),
                    expected="；".join(f"{g.value}{g.unit}" for g in spoken), shown=(_place(doc, fact),),
                )
            )  # fmt: skip
    bare = [f for f in found if not _is_grounded(doc, f, originals)]
    if found:
        observations.append(
            Observation(
                id=f"{doc}#grounded", suite=SUITE.name, kind="grounding", doc=doc, weight=len(found),
                values={"grounded": 1 - len(bare) / len(found)}, question=f"{len(found)} 条事实的出处",
                reason="；".join(_told(f) for f in bare[:5]), shown=tuple(_place(doc, f) for f in bare[:5]),
            )
        )  # fmt: skip
    return observations


def _recalled(n: int, gold: Fact, found: Sequence[dict[str, Any]]) -> Observation:
    valued = [f for f in found if _is_value(gold, f)]
    exact = [f for f in valued if _is_same_measure(gold, f) and f["source"] == gold.source and _is_column(gold, f)]
    nearest = (exact or valued or found)[:3]
    return Observation(
        id=f"{gold.doc}#{n}", suite=SUITE.name, kind=gold.source, doc=gold.doc,
        values={"recall": float(bool(exact)), "value_found": float(bool(valued))},
        reason="" if exact else ("数值抽到了，口径、来源或列不符" if valued else "没有抽到"),
        question=f"{gold.item} · {gold.measure}" + (f" · {gold.column}" if gold.column else ""),
        expected=f"{gold.value}{gold.unit}", answer="；".join(_told(f) for f in nearest),
        wanted=(Shown(doc=gold.doc, quote=gold.where),), shown=tuple(_place(gold.doc, f) for f in nearest),
    )  # fmt: skip


def _told(fact: dict[str, Any]) -> str:
    return f"{fact['item']} {fact['measure']} {fact['value']}{fact['unit']}"


def _place(doc: str, fact: dict[str, Any]) -> Shown:
    return Shown(doc=doc, page=fact["page"], quote=fact["quote"])


def _name(item: str) -> str:
    """An item's name without list marks, level and punctuation."""
    bare = re.sub(r"^[一二三四五六七八九十]+、|^\(?\d+[).、]|\((?:类|款|项)\)|其中:", "", squeeze(item))
    return re.sub(r"[“”\"()、,]", "", bare)


def _is_item(gold: Fact, fact: dict[str, Any]) -> bool:
    if gold.code and fact["code"] == gold.code:
        return True
    wanted, named = _name(gold.item), _name(fact["item"])
    return bool(wanted and named) and (wanted in named or named in wanted)


def _is_same_measure(gold: Fact, fact: dict[str, Any]) -> bool:
    named: str = fact["measure"]
    return _ONE_NAME.get(gold.measure, gold.measure) == _ONE_NAME.get(named, named)


def _is_column(gold: Fact, fact: dict[str, Any]) -> bool:
    wanted, named = squeeze(gold.column or ""), squeeze(fact["column"] or "")
    return bool(gold.source == "text" or wanted in named or named in wanted)


def _is_same_place(gold: Fact, fact: dict[str, Any]) -> bool:
    """The same figure of the document: item, measure word for word, source, place, column and year all agree."""
    return bool(
        gold.source == fact["source"]
        and gold.measure == fact["measure"]
        and _name(gold.item) == _name(fact["item"])
        and (not gold.code or gold.code == fact["code"])
        and squeeze(gold.where) == squeeze(fact["where"])
        and squeeze(gold.column or "") == squeeze(fact["column"] or "")
        and gold.year == fact["year"]
    )


def _is_value(gold: Fact, fact: dict[str, Any]) -> bool:
    value, wanted = decimal(fact["value"]), decimal(gold.value)
    return value is not None and wanted is not None and same(wanted, gold.unit, Number(value, fact["unit"] or "", 0))


def _is_grounded(doc: str, fact: dict[str, Any], originals: Originals) -> bool:
    digits = squeeze(fact["value"]).lstrip("-")
    return digits in squeeze(fact["quote"]).replace(",", "") and originals.holds(doc, fact["page"], fact["quote"])
