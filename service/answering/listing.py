"""Questions for a list → the whole list, cited: departments, units, duties, projects, tasks, empty tables, what stands under a heading."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.answering import bodies, enumerating, grids
from service.answering.draft import Sentence
from service.answering.enumerating import Entry, Run
from service.answering.material import EvidenceBook, Material, part
from service.answering.plan import Ask, Plan
from service.records import DocumentInfo, Passage, Place, Table
from service.statements import Role, get
from service.text import normal

LONGEST = 700
"""Longest stretch (characters) of prose that is cited for one list in one piece."""
LONGEST_ENTRY = 160
"""An entry longer than that (characters) is told up to its first comma."""
MOST = 60
"""So many entries are told."""

_DEPARTMENT = re.compile(r"(?:股|科|室|处|庭|部|党委|党总支|党支部|组|队|窗口|工会|办|中心)$")
_STRICT = re.compile(r"(?:股|科|室|处|庭)$")
_UNIT = re.compile(r"(?:本级|机关|机关\)|本级\)|中心|站|所|局|院|校|学校|小学|中学|幼儿园|学院|园|馆|队|处|委员会|公司|会|办公室|医院|办事处|厂|社|政府|委|厅|基地|段|库)$")
_ASKS_TABLES = re.compile(r"空表|(?:哪|什么)[^,。]{0,8}表[^,。]{0,8}(?:空|没有?数据|无数据|没填|没有?内容|没有?数)|表[^,。]{0,6}(?:是|为)空|空白的?表|没有数据的表")
_LISTS = re.compile(r"哪些|哪几|有哪|什么|列出|列了|列举|叫啥|叫什么|名单|清单|都有谁|几[个家项件条]|分别是|包括|有啥|多少个|介绍|怎么设|如何设|设置|构成|组成|是啥|干什么|做什么|干啥|管什么|管啥")
_CONTENTS = re.compile(r"\.{6,}|…{2,}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of list: words that ask for it, headings it stands under, words before it in a sentence, how its names end."""

    asked: re.Pattern[str]
    heading: re.Pattern[str]
    cue: re.Pattern[str]
    ending: re.Pattern[str] | None
    column: re.Pattern[str] | None
    lead: str
    sure: bool = True
    """Asked for whatever else the question says; else only where it asks for a list."""


_KINDS: tuple[_Kind, ...] = (
    _Kind(
        re.compile(r"股室|科室|处室|内设|机构设置|业务庭|哪[些几]个?(?:个)?(?:股|科|处|庭|部门)|几个(?:股|科|处|庭|部门)|下设.{0,4}(?:机构|部门)"),
        re.compile(r"内设|机构设置|机构情况|机构组成|概况|基本情况|职能|职责"),
        re.compile(r"内设|下设|设有|设置|设立|分设|设下列|设|股室|科室|处室"),
        _DEPARTMENT,
        re.compile(r"内设机构|科室|股室|处室|部门名称"),
        "文件列出的内设机构",
    ),
    _Kind(
        re.compile(
            r"下属|所属|二级(?:预算)?单位|直属|下辖|预算单位|决算单位|单位构成|基层单位|编制范围|(?:纳入|包括|包含|涵盖|汇总).{0,12}单位|哪[些几]个?家?单位|几家单位"
        ),
        re.compile(r"单位构成|机构设置|所属单位|机构情况|预算单位|决算单位|概况|基本情况|范围"),
        re.compile(r"单位|所属|下属|包括|构成|范围|二级|直属"),
        _UNIT,
        re.compile(r"^(?:预算|决算|基层)?单位(?:名称)?$|机构名称|二级单位"),
        "文件列出的单位",
    ),
    _Kind(
        re.compile(r"职责|职能|(?:局|院|办|委|中心|会|厅|部门|单位|它|他们)(?:主要)?(?:是)?(?:干什么|做什么|干啥|管什么|管啥|负责(?:什么|哪些|啥))|负责哪些"),
        re.compile(r"职责|职能"),
        re.compile(r"职责|职能|负责"),
        None,
        None,
        "文件写明的主要职责",
    ),
    _Kind(
        re.compile(r"任务"),
        re.compile(r"任务|重点工作"),
        re.compile(r"任务"),
        None,
        re.compile(r"^任务(?:名称)?$|主要任务|重点任务|任务名称"),
        "文件列出的任务",
        sure=False,
    ),
    _Kind(
        re.compile(r"重点(?:工作|做|抓|干)|做哪几件|哪几件事|主要工作|工作(?:计划|安排|打算|重点)|打算.{0,6}(?:做|干)|要(?:做|干|办)(?:哪|什么)|做了(?:哪些|什么)|干了(?:哪些|什么)"),
        re.compile(r"重点工作|工作任务|主要任务|重点任务|主要工作|工作计划|工作安排|工作完成|主要成效"),
        re.compile(r"重点工作|工作任务|主要任务|一是|主要工作"),
        None,
        None,
        "文件写明",
        sure=False,
    ),
    _Kind(
        re.compile(r"指标"),
        re.compile(r"绩效指标"),
        re.compile(r"绩效指标"),
        None,
        re.compile(r"三级指标|^指标(?:名称|内容)?$|指标内容"),
        "文件列出的指标",
        sure=False,
    ),
    _Kind(
        re.compile(r"(?:采购|购置).{0,6}(?:哪些|什么|啥)|(?:哪些|什么)(?:采购|购置)"),
        re.compile(r"采购"),
        re.compile(r"采购"),
        None,
        re.compile(r"采购(?:项目|品目|内容|目录)(?:名称)?|品目名称|货物名称"),
        "文件列出的采购",
        sure=False,
    ),
    _Kind(
        re.compile(r"项目(?!支出|资金|经费)"),
        re.compile(r"项目(?:支出)?(?:安排|情况|绩效)"),
        re.compile(r"项目"),
        None,
        re.compile(r"^(?:二级|一级)?(?:专项|支出)?项目(?:\(.*\))?名称(?:\(.*\))?$|专项(?:资金|经费)?名称|支出项目"),
        "文件列出的项目",
        sure=False,
    ),
    _Kind(
        re.compile(r"问题"),
        re.compile(r"存在(?:的)?(?:主要)?问题|发现的(?:主要)?问题"),
        re.compile(r"存在(?:的)?(?:主要)?问题|问题"),
        None,
        None,
        "文件写明的问题",
        sure=False,
    ),
    _Kind(
        re.compile(r"改进|整改|下一步|建议"),
        re.compile(r"改进|整改|下一步|建议"),
        re.compile(r"改进|整改|下一步|建议"),
        None,
        None,
        "文件写明的改进措施",
        sure=False,
    ),
)


def listing(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The list that a question asks for; None where it asks for none, or the documents have none."""
    if _ASKS_TABLES.search(plan.text):
        return _each(documents, lambda info: _empty_tables(info, material, book))
    kind = _kind(plan)
    if kind is None:
        return None
    return _each(documents, lambda info: _list(kind, plan, info, material, book))


def _each(documents: Sequence[DocumentInfo], made: Callable[[DocumentInfo], Iterable[Sentence]]) -> list[Sentence] | None:
    """The sentences of every document, with whose they are where there are several."""
    sentences: list[Sentence] = []
    for info in documents:
        whose = f"{bodies.short(info.org)}：" if len(documents) > 1 else ""
        sentences += [Sentence(f"{whose}{s.text}", s.labels) for s in made(info)]
    return sentences or None


def _kind(plan: Plan) -> _Kind | None:
    text = plan.topic or plan.text
    if plan.ask in (Ask.WHY, Ask.DEFINITION) or not _LISTS.search(text) or re.search(r"多少(?:钱|万|元|人)|几个人|占比|比例", text):
        return None
    for kind in _KINDS:
        if kind.sure and kind.asked.search(text):
            return kind
    return next((kind for kind in _KINDS if not kind.sure and _asks(kind, text)), None)


def _asks(kind: _Kind, text: str) -> bool:
    """Whether the question asks which of them there are: the word stands close to 哪些."""
    near = rf"(?:哪[些几]|什么|列出了?|列了|列举|几[项个件条])[^,。?？]{{0,6}}?(?:{kind.asked.pattern})"
    far = rf"(?:{kind.asked.pattern})(?:名称|清单|名单)?(?:都|又|主要|分别|还|里|中)*(?:有|是|包括|叫|列了?)?(?:哪[些几]|什么|啥)"
    return re.search(near, text) is not None or re.search(far, text) is not None


def _list(kind: _Kind, plan: Plan, info: DocumentInfo, material: Material, book: EvidenceBook) -> list[Sentence]:
    """The list as the prose has it, or as a table has it, whichever is the fuller."""
    prose = _in_prose(kind, material.passages(info.doc))
    tabled = _in_tables(kind, plan, material.tables(info.doc)) if kind.column is not None else None
    if tabled is not None and (prose is None or kind.ending is None or len(tabled[1]) > len(prose[1])):
        return [_from_table(kind, info, *tabled, book)]
    if prose is not None:
        return [_from_prose(kind, info, *prose, book)]
    return []


def _in_prose(kind: _Kind, passages: Sequence[Passage]) -> tuple[Run, list[Entry]] | None:
    best: tuple[float, Run, list[Entry]] | None = None
    for run in enumerating.runs(passages):
        text = run.passage.quote
        if _CONTENTS.search(text):
            continue
        under = bool(kind.heading.search(normal(run.heading)))
        if not under and not kind.cue.search(text):
            continue
        for entries in _candidates(kind, text, under=under):
            score = _worth(kind, run, entries, under=under)
            if score > 0 and (best is None or score > best[0]):
                best = (score, run, entries)
    return None if best is None else (best[1], best[2])


def _candidates(kind: _Kind, text: str, *, under: bool) -> Iterator[list[Entry]]:
    """Lists of the kind in a section."""
    marked = enumerating.numbered(text)
    if kind.ending is None:
        if marked and under:
            yield marked
        elif under and not marked:
            yield [Entry(sentence[0], sentence.start(), sentence.end()) for sentence in re.finditer(r"[^。]+。?", text)][:6]
        elif marked:
            led = text[max(0, marked[0].start - 40) : marked[0].start]
            if kind.cue.search(led):
                yield marked
        return
    ended = []
    for entry in marked:
        name = re.split(r"[,，(（]", entry.name, maxsplit=1)[0] if kind.ending is _DEPARTMENT else entry.name
        if len(name) <= enumerating.LONGEST_NAME and kind.ending.search(normal(name)):
            ended.append(Entry(name, entry.start, text.index(name, entry.start) + len(name)))
    if len(ended) > 1:
        yield ended
    for clause in re.finditer(r"[^。]*。?", text):
        if kind.cue.search(clause[0]):
            found = enumerating.named(clause[0], kind.ending)
            if found:
                yield [Entry(e.name, e.start + clause.start(), e.end + clause.start()) for e in found]


def _worth(kind: _Kind, run: Run, entries: Sequence[Entry], *, under: bool) -> float:
    """How likely a list is the one asked for."""
    text = run.passage.quote
    if kind.ending is None:
        near = 2.0 if kind.heading.search(normal(run.heading)) else 0.0
        return near + 0.01 * min(len(entries), 20)
    lead = text[max(0, entries[0].start - 40) : entries[0].start]
    score = float(len(entries)) if under else 0.6 * len(entries)
    if kind.ending is _DEPARTMENT:
        strict = sum(1 for e in entries if _STRICT.search(normal(e.name)))
        if strict * 2 < len(entries):
            return 0.0
        return score + (6.0 if re.search(r"内设|股室|科室|处室", lead) else 2.0 if re.search(r"设", lead) else 0.0)
    if not re.search(r"单位|所属|下属|包括|机构|本级|下设", lead) or re.search(r"内设|股室|科室|处室", lead[-12:]):
        return 0.0
    return score + (4.0 if re.search(r"单位[^。]{0,20}$|所属|下属", lead) else 0.0)


def _in_tables(kind: _Kind, plan: Plan, tables: Sequence[Table]) -> tuple[Table, list[tuple[int, str]], tuple[Table, ...]] | None:
    """The column that lists what is asked: the table, and (row, name)."""
    found: list[tuple[float, Table, list[tuple[int, str]]]] = []
    text = _words(plan.text)
    for table in tables:
        if kind.column is None:
            continue
        entries = [(row, " ".join(cell.text.split())) for row, cell in grids.names(table, kind.column)]
        entries = list({name: (row, name) for row, name in reversed(entries)}.values())[::-1]
        if entries:
            title = _words(table.title)
            found.append((3 * len(text & title) / max(1, len(title)) + 0.02 * len(entries), table, entries))
    if kind.lead == "文件列出的项目":
        forms = [(table, name) for table in tables if _is_form(table) and (name := _project(table))]
        if len(forms) > max((len(entries) for _, _, entries in found), default=0):
            table, name = forms[0]
            return table, [(name[0], name[1]) for _, name in forms], tuple(t for t, _ in forms)
    if not found:
        return None
    _, table, entries = max(found, key=lambda f: f[0])
    return table, entries, tuple(table for _ in entries)


def _project(table: Table) -> tuple[int, str] | None:
    for number, row in enumerate(table.rows[:4]):
        texts = [cell.text for cell in row if cell.text]
        if len(texts) > 1 and re.search(r"(?:项目|专项|政策)(?:支出)?名称$", normal(texts[0])):
            return number, texts[1]
    return None


def _is_form(table: Table) -> bool:
    statement = get(table.statement)
    return statement is not None and statement.role in (Role.APPRAISAL, Role.GOALS)


def _from_table(
    kind: _Kind, info: DocumentInfo, table: Table, entries: Sequence[tuple[int, str]], owners: Sequence[Table], book: EvidenceBook
) -> Sentence:
    labels = [
        book.cite(info, owner.number or owner.title, owner.place(row), head=owner.title) for (row, _), owner in zip(entries, owners, strict=True)
    ][:MOST]
    names = "、".join(f"「{name}」" for _, name in entries[:MOST])
    where = f"（{table.number or f'《{table.title}》'}）" if table.number or table.title else ""
    return Sentence(f"{kind.lead}{where}：{names}。", tuple(dict.fromkeys(labels)))


def _from_prose(kind: _Kind, info: DocumentInfo, run: Run, entries: Sequence[Entry], book: EvidenceBook) -> Sentence:
    passage, told = run.passage, entries[:MOST]
    spans = [(_clause_start(passage.quote, told[0].start), told[-1].end)]
    if spans[0][1] - spans[0][0] > LONGEST:
        spans = [(e.start, e.end) for e in told]
    labels = [book.cite(info, passage.section, place) for a, b in spans for place in part(passage, a, b)]
    names = [_said(passage.quote[e.start : e.end], e.name, whole=kind.ending is None) for e in told]
    joined = "；".join(f"「{n}」" for n in names) if kind.ending is None else "、".join(f"「{n}」" for n in names)
    return Sentence(f"{kind.lead}：{joined}。", tuple(dict.fromkeys(labels)))


def _clause_start(text: str, start: int) -> int:
    """The beginning of the sentence in which a list begins, where that is near."""
    begin = max(text.rfind("。", 0, start), -1) + 1
    return begin if start - begin <= LONGEST_ENTRY else start


def _said(text: str, name: str, *, whole: bool) -> str:
    """An entry as told: its name; of prose the whole entry, or as much as ends at a comma."""
    if not whole:
        return name
    entry = text.strip().rstrip("。；;，,")
    if len(entry) <= LONGEST_ENTRY:
        return entry
    cut = max(entry.rfind(stop, 0, LONGEST_ENTRY) for stop in "。；;，,")
    return entry[:cut] if cut > 0 else entry[:LONGEST_ENTRY]


def _words(text: str) -> set[str]:
    form = re.sub(r"[^\u4e00-\u9fff]", " ", normal(text))
    return {a + b for word in form.split() for a, b in pairwise(word)}


def _empty_tables(info: DocumentInfo, material: Material, book: EvidenceBook) -> Iterator[Sentence]:
    """The tables that are empty: by what the document says, and by their cells."""
    said = list(_says_empty(material.passages(info.doc)))
    titles: list[str] = []
    labels: list[str] = []
    for table in material.tables(info.doc):
        statement = get(table.statement)
        if statement is None or statement.role in (Role.APPRAISAL, Role.GOALS) or not grids.read(table).empty():
            continue
        head = next((p for p in material.passages(info.doc) if p.kind == "table" and p.page in table.pages and _heads(p, table)), None)
        if head is not None:
            place = next((Place(n, text, (box,)) for n, text, box in head.lines if normal(text) == normal(table.title)), None)
            if place is not None:
                labels.append(book.cite(info, table.number or table.title, place))
                titles.append(place.quote)
    notes = []
    for passage, place in said:
        labels.append(book.cite(info, passage.section, place))
        notes.append(place.quote.strip().rstrip("。；;"))
    named = "、".join(f"「{title}」" for title in dict.fromkeys(titles))
    quoted = "；".join(f"「{note}」" for note in dict.fromkeys(notes))
    if named:
        yield Sentence(f"没有数据的表：{named}{f'。文件写明：{quoted}' if quoted else ''}。", tuple(dict.fromkeys(labels)))
    elif quoted:
        yield Sentence(f"文件写明：{quoted}。", tuple(dict.fromkeys(labels)))


def _heads(passage: Passage, table: Table) -> bool:
    return any(normal(text) == normal(table.title) for _, text, _ in passage.lines)


def _says_empty(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Place]]:
    """Sentences that say of a table that it is empty; of a table's head line by line."""
    seen: set[str] = set()
    for passage in passages:
        for place in _sentences(passage):
            form = normal(place.quote)
            if form not in seen and re.search(r"空表|本表无数据|无数据|表为空|空白表|无此项|本表无内容|未发生.{0,20}本表", form):
                seen.add(form)
                yield passage, place


def _sentences(passage: Passage) -> Iterator[Place]:
    if passage.kind == "prose":
        for match in re.finditer(r"[^。；;！!]+[。；;！!]?", passage.quote):
            yield from part(passage, match.start(), match.end())
    elif passage.kind == "row":
        yield Place(passage.page, passage.quote, tuple(box for _, _, box in passage.lines))
    else:
        yield from (Place(page, text, (box,)) for page, text, box in passage.lines)
