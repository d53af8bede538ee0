"""PDFs → tables and sections: rows as printed, every digit, and every place that the gold speaks of."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from evals.bench import Bench
from evals.gold import Gold
from evals.observed import Case, Metric, Observation, Output, Shown, Suite
from evals.printed import decimal, squeeze
from service import contract

SUITE = Suite(
    "reading",
    "读取",
    "PDF 读成表格和章节：表格逐行逐字相同，每个数字都在，金标说到的章节和表都找得到。",
    (
        Metric(
            "rows", "行", "金标的行（非空单元格依次）在读出的表里原样出现的比例，一行只抵一次；少一格、错一字都不算。",
            "逐行精确匹配；比 TEDS（Zhong et al., ECCV 2020）严",
        ),
        Metric(
            "digits", "数字", "金标单元格里的数（按印出的样子）在读出的单元格里的比例，一格只抵一次；与行的拼法无关。",
            "本项目 DESIGN「Traps seen on real files」",
        ),
        Metric(
            "places", "章节与表", "金标事实和证据所说的章节、表号或表名，在读出的章节标题、表号、表名里的比例。",
            "章节路径的召回率，本项目",
        ),
    ),
)  # fmt: skip


def cases(bench: Bench) -> Iterator[Case]:
    """One case a document with rows or places in the gold."""
    for doc in bench.gold.docs:
        rows, places = bench.gold.tables.get(doc, ()), _places(bench.gold, doc)
        if bench.known([doc]) and (rows or places):
            told = f"{len(rows)} 行，{len(places)} 处"
            yield Case(doc, "document", doc, f"读取 {doc}", told, partial(_solve, bench, doc), partial(judge, rows, places))


def _solve(bench: Bench, doc: str) -> Output:
    document = bench.records[doc].document
    headings = dict.fromkeys(h for p in document.paragraphs for h in p.section)
    headings |= dict.fromkeys(h for t in document.tables for h in t.section)
    return {**contract.tables(document), "headings": list(headings)}


def _places(gold: Gold, doc: str) -> list[str]:
    """Sections and tables of the document that the gold names."""
    named = [f.where for f in gold.facts if f.doc == doc]
    named += [p.section for q in gold.questions for p in q.evidence if (p.doc or q.docs[0]) == doc]
    return [place for place in dict.fromkeys(named) if place]


def judge(rows: Sequence[Sequence[str]], places: Sequence[str], output: Output) -> list[Observation]:
    """One observation a row, one a place."""
    doc = output["doc"]
    read = [tuple(squeeze(c) for c in row if squeeze(c)) for table in output["tables"] for row in table["rows"]]
    left, cells = Counter(read), Counter(c for row in read for c in row)
    titles = [squeeze(t or "") for table in output["tables"] for t in (table["title"], table["number"])]
    headings = [squeeze(h) for h in output["headings"]]
    made = []
    for n, row in enumerate(rows, 1):
        wanted = tuple(squeeze(c) for c in row if squeeze(c))
        if len(wanted) > 1:
            made.append(_row(f"{doc}#r{n}", doc, wanted, left, cells))
    for n, place in enumerate(places, 1):
        found = any(h and (squeeze(place) in h or h in squeeze(place)) for h in [*headings, *titles])
        made.append(
            Observation(
                id=f"{doc}#s{n}", suite=SUITE.name, kind="place", doc=doc, values={"places": float(found)}, question=place,
                expected="有这一章节或表", reason="" if found else "没有读出这一章节或表",
            )
        )  # fmt: skip
    return made


def _row(id_: str, doc: str, wanted: tuple[str, ...], left: Counter[tuple[str, ...]], cells: Counter[str]) -> Observation:
    exact = left[wanted] > 0
    left[wanted] -= exact
    figures = [c for c in wanted if decimal(c) is not None]
    lost = []
    for figure in figures:
        if cells[figure] > 0:
            cells[figure] -= 1
        else:
            lost.append(figure)
    values = {"rows": float(exact)} | ({"digits": 1 - len(lost) / len(figures)} if figures else {})
    nearest = () if exact else max(left, key=lambda row: len(set(row) & set(wanted)), default=())
    reason = "" if exact and not lost else ("缺数字：" + "、".join(lost) if lost else "数字都在，行的拼法不同")
    return Observation(
        id=id_, suite=SUITE.name, kind="row", doc=doc, values=values, question="表格的一行", expected=" | ".join(wanted),
        answer=" | ".join(nearest), reason=reason, wanted=(Shown(doc=doc, quote=" | ".join(wanted)),),
    )  # fmt: skip
