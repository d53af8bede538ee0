"""Questions for a list → the whole list, cited: departments, units, duties, projects, tasks, empty tables, what stands under a heading."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from service.answering import bodies, empties, enumerating, grids, list_kinds, procured, told_lists
from service.answering.draft import Sentence
from service.answering.enumerating import Entry, Run
from service.answering.list_kinds import DEPARTMENT, Kind
from service.answering.matching import key
from service.answering.material import EvidenceBook, Material, part
from service.answering.plan import Plan
from service.records import DocumentInfo, Passage, Place, Table
from service.statements import Role, get
from service.text import normal

LONGEST = 700
"""Longest stretch (characters) of prose that is cited for one list in one piece."""
LEAD = 24
"""Characters before a list that announce it."""
LONGEST_ENTRY = 160
"""An entry longer than that (characters) is told up to its first comma."""
SEPARATOR = " | "
"""Between rows that are cited in one piece, as between cells."""
MOSTLY = 0.7
"""Share of a numbered list's names that must end as bodies of the kind do."""
MOST_FORMS = 6
"""The indicators of so many forms are told."""
MOST = 60
"""So many entries are told."""

_STRICT = re.compile(r"(?:股|科|室|处|庭)$")
_ACTING = re.compile(
    r"(?:组织|起草|审核|负责|办理|承担|指导|监督|协调|贯彻|落实|拟订|开展|推进|配合)(?!.{0,4}(?:[所站局队院科处室]|中心)$)|以及|其他|相关|有关"
)
"""Stands in what a body does, not in its name."""
_COUNTING = re.compile(r"几[个家]|多少[个家]")
_HOW_MANY = re.compile(r"(\d{1,2})\s*个(?=内设|职能|机构|科室|股室|处室|部门|下属|所属|单位|预算|二级|事业)")
_COUNT_BEHIND = re.compile(
    r"(?:[(（][^)）]{1,20}[)）])?等?\s*(?:共|共计|合计)?\s*"
    r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})\s*[个家][\u4e00-\u9fff]{0,8}"
)
"""「…、组织人事科10个科室」."""
_GLOSSARY = re.compile(r"名词解释|名词说明|专业名词|术语")
LEAST_ABOUT = 3
ABOUT = 6.0
"""Worth of a list that stands where what it is about is told."""
_COVERED = re.compile(r"编制范围|汇总范围|公开范围|汇总预算|汇总决算|纳入")
"""Which bodies an account covers is another list than which are under a body."""
_PROJECTS = "文件列出的项目"
_BOUGHT = "文件列出的采购"
_ROOMS = "文件列出的内设机构"
_ANY = re.compile(r"$")
_NAMED = Kind(_ANY, _ANY, _ANY, _ANY, None, "文件列出的")


def listing(plan: Plan, documents: Sequence[DocumentInfo], material: Material, book: EvidenceBook) -> list[Sentence] | None:
    """The list that a question asks for; None where it asks for none, or the documents have none."""
    if list_kinds.empty_tables(plan):
        return _each(documents, lambda info: empties.tell(info, material, book))
    kind = list_kinds.of(plan)
    headed = _each(documents, lambda info: _under(plan, info, material, book))
    if headed is not None:
        return headed
    if kind is None or kind.lead not in (_PROJECTS, _ROOMS):
        named = _each(documents, lambda info: _counted(plan, info, material, book))
        if named is not None or kind is None:
            return named
    return _each(documents, lambda info: _list(kind, plan, info, material, book))


def _counted(plan: Plan, info: DocumentInfo, material: Material, book: EvidenceBook) -> list[Sentence]:
    """What a sentence names and counts: 「城关、石桥、河口3个人民法庭」."""
    found = told_lists.counted(plan.topic or plan.text, material.passages(info.doc))
    if found is None:
        return []
    run, entries, what = found
    return [_from_prose(replace(_NAMED, lead=f"文件列出的{what}"), info, run, entries, book, asked=False)]


def _under(plan: Plan, info: DocumentInfo, material: Material, book: EvidenceBook) -> Iterator[Sentence]:
    """What stands, numbered, under headings that the question names: 派出机构."""
    for run, entries, what in told_lists.under(plan.topic or plan.text, material.passages(info.doc)):
        named = [Entry(e.name, e.start, run.passage.quote.index(e.name, e.start) + len(e.name)) for e in entries]
        yield _from_prose(replace(_NAMED, lead=f"文件列出的{what}"), info, run, named, book, asked=False)


def _each(documents: Sequence[DocumentInfo], made: Callable[[DocumentInfo], Iterable[Sentence]]) -> list[Sentence] | None:
    """The sentences of every document, with whose they are where there are several."""
    sentences: list[Sentence] = []
    for info in documents:
        whose = f"{bodies.short(info.org)}：" if len(documents) > 1 else ""
        sentences += [Sentence(f"{whose}{s.text}", s.labels) for s in made(info)]
    return sentences or None


def _list(kind: Kind, plan: Plan, info: DocumentInfo, material: Material, book: EvidenceBook) -> list[Sentence]:
    """The list as the prose has it, or as a table has it, whichever is the fuller."""
    prose = _in_prose(kind, material.passages(info.doc), _about(plan))
    headed = told_lists.headed(material.passages(info.doc)) if kind.lead == _PROJECTS else []
    projects = told_lists.projects(material.passages(info.doc)) if kind.lead == _PROJECTS else None
    tabled = _in_tables(kind, plan, material.tables(info.doc)) if kind.column is not None else None
    if kind.lead == "文件列出的指标" and tabled is not None:
        return list(_indicators(kind, plan, info, material.tables(info.doc), book))
    if projects is not None and len(projects[1]) > len(tabled[1] if tabled is not None else ()):
        return [_from_prose(replace(kind, ending=_ANY), info, *projects, book, asked=False)]
    if len(headed) > max(1, len(tabled[1]) if tabled is not None else 0):
        labels = [label for p, name in headed for label in _cited_name(info, p, name, book)]
        return [Sentence(f"{kind.lead}：{'、'.join(f'「{name}」' for _, name in headed)}。", tuple(dict.fromkeys(labels)))]
    if tabled is not None and (prose is None or kind.ending is None or len(tabled[1]) >= len(prose[1])):
        return [_from_table(kind, info, *tabled, book)]
    if prose is not None:
        return [_from_prose(kind, info, *prose, book, asked=_COUNTING.search(plan.text) is not None)]
    return []


def _cited_name(info: DocumentInfo, passage: Passage, name: str, book: EvidenceBook) -> list[str]:
    at = passage.quote.index(name)
    return [book.cite(info, passage.section, place) for place in part(passage, at, at + len(name))]


def _about(plan: Plan) -> tuple[str, ...]:
    """What the list is about beside its kind: 三公经费 in 「哪几个单位花三公经费」."""
    named = [key(name) for m in plan.items for name in m.names[:1] if len(key(name)) >= LEAST_ABOUT]
    return tuple(dict.fromkeys((*named, *_COVERED.findall(plan.text))))


def _in_prose(kind: Kind, passages: Sequence[Passage], about: Sequence[str]) -> tuple[Run, list[Entry]] | None:
    best: tuple[float, Run, list[Entry]] | None = None
    for run in enumerating.runs(passages):
        text = run.passage.quote
        if told_lists.CONTENTS.search(text) or _GLOSSARY.search(run.passage.section):
            continue
        under = bool(kind.heading.search(normal(run.heading)))
        if not under and not kind.cue.search(text):
            continue
        for entries in _candidates(kind, run, under=under):
            score = _worth(kind, run, entries, under=under)
            if score > 0 and any(name in key(f"{run.passage.section}{_clause(text, entries[0].start)}") for name in about):
                score += ABOUT
            if score > 0 and (best is None or score > best[0]):
                best = (score, run, entries)
    return None if best is None else (best[1], best[2])


def _candidates(kind: Kind, run: Run, *, under: bool) -> Iterator[list[Entry]]:
    """Lists of the kind in a section."""
    text = run.passage.quote
    lists = enumerating.numbered(run)
    if kind.ending is None:
        yield from (entries for entries in lists if under or _led(kind, text, entries))
        if under and not lists:
            yield [Entry(sentence[0], sentence.start(), sentence.end()) for sentence in re.finditer(r"[^。]+。?", text)][:6]
        return
    for marked in lists:
        ended = [entry for e in marked if (entry := _body(kind, text, e)) is not None]
        short = all(len(e.name) <= enumerating.LONGEST_NAME and e.end - e.start <= 2 * enumerating.LONGEST_NAME for e in marked)
        if short and len(ended) >= MOSTLY * len(marked):
            # One that is called otherwise (执行局 among courts) is in the list all the same.
            yield [Entry(e.name, e.start, text.index(e.name, e.start) + len(e.name)) for e in marked]
        elif len(ended) > 1:
            yield ended
    for clause in re.finditer(r"[^。]*。?", text):
        if kind.cue.search(clause[0]):
            found = enumerating.named(clause[0], kind.ending)
            if found:
                yield [Entry(e.name, e.start + clause.start(), e.end + clause.start()) for e in found]


def _body(kind: Kind, text: str, entry: Entry) -> Entry | None:
    """A numbered entry as the name of a body or department, or None."""
    name = re.split(r"[,，(（]", entry.name, maxsplit=1)[0] if kind.ending is DEPARTMENT else re.split(r"[,，]", entry.name, maxsplit=1)[0]
    if kind.ending is None or len(name) > enumerating.LONGEST_NAME or not kind.ending.search(normal(name)):
        return None
    return Entry(name, entry.start, text.index(name, entry.start) + len(name))


def _led(kind: Kind, text: str, entries: Sequence[Entry]) -> bool:
    """Whether the words right before a list announce it."""
    return kind.cue.search(text[max(0, entries[0].start - LEAD) : entries[0].start]) is not None


def _worth(kind: Kind, run: Run, entries: Sequence[Entry], *, under: bool) -> float:
    """How likely a list is the one asked for."""
    text = run.passage.quote
    if kind.ending is None:
        near = 1.0 if kind.heading.search(normal(run.heading)) else 0.0
        # The outer of two lists in one another is the one asked for: it begins first.
        return near + 2.0 * _led(kind, text, entries) + 0.01 * min(len(entries), 20) - 0.0001 * entries[0].start
    lead = (normal(run.heading) if under else "") + text[max(0, entries[0].start - 40) : entries[0].start]
    score = float(len(entries)) if under else 0.6 * len(entries)
    if kind.ending is DEPARTMENT:
        strict = sum(1 for e in entries if _STRICT.search(normal(e.name)))
        if strict * 2 < len(entries):
            return 0.0
        return score + (6.0 if re.search(r"内设|股室|科室|处室", lead) else 2.0 if re.search(r"设", lead) else 0.0)
    if any(_ACTING.search(e.name) for e in entries) or (len(entries) == 1 and not re.search(r"本级|机关", entries[0].name + lead[-6:])):
        return 0.0
    if not re.search(r"单位|所属|下属|包括|机构|本级|下设", lead) or re.search(r"内设|股室|科室|处室", lead[-12:]):
        return 0.0
    return score + (4.0 if re.search(r"单位[^。]{0,20}$|所属|下属", lead) else 0.0)


def _in_tables(kind: Kind, plan: Plan, tables: Sequence[Table]) -> tuple[Table, list[tuple[int, str]], tuple[Table, ...]] | None:
    """The column that lists what is asked: the table, and (row, name)."""
    found: list[tuple[float, Table, list[tuple[int, str]]]] = []
    text = _words(plan.text)
    for table in tables:
        if kind.column is None:
            continue
        entries = [(row, " ".join(cell.text.split())) for row, cell in grids.names(table, kind.column)]
        if kind.lead == _BOUGHT:
            entries = procured.entries(table, plan.text, entries)
        entries = list({name: (row, name) for row, name in reversed(entries)}.values())[::-1]
        if entries:
            title = _words(table.title)
            found.append((3 * len(text & title) / max(1, len(title)) + 0.02 * len(entries), table, entries))
    if kind.lead == _PROJECTS:
        forms = [(table, name) for table in tables if _is_form(table) and (name := _project(table))]
        if len(forms) > max((len(entries) for _, _, entries in found), default=0):
            table, name = forms[0]
            return table, [(name[0], name[1]) for _, name in forms], tuple(t for t, _ in forms)
    if not found:
        return None
    _, table, entries = max(found, key=lambda f: f[0])
    return table, entries, tuple(table for _ in entries)


def _indicators(kind: Kind, plan: Plan, info: DocumentInfo, tables: Sequence[Table], book: EvidenceBook) -> Iterator[Sentence]:
    """The indicators of every form, or of the form that the question names."""
    forms = [table for table in tables if _is_form(table)]
    text = plan.topic or plan.text
    own = [t for t in forms if (named := _project(t)) is not None and normal(named[1]) in text]
    whole = [t for t in forms if "整体" in t.title] if "整体" in text else []
    for table in (own or whole or forms)[:MOST_FORMS]:
        entries = [(row, " ".join(cell.text.split())) for row, cell in grids.names(table, kind.column or kind.asked)]
        if entries:
            named = _project(table)
            made = _from_table(kind, info, table, entries, tuple(table for _ in entries), book)
            yield Sentence(f"{named[1]}：{made.text}" if named is not None else made.text, made.labels)


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
    kind: Kind, info: DocumentInfo, table: Table, entries: Sequence[tuple[int, str]], owners: Sequence[Table], book: EvidenceBook
) -> Sentence:
    labels: list[str] = []
    for owner, rows in _joined([(owner, row) for (row, _), owner in zip(entries, owners, strict=True)][:MOST]):
        places = [owner.place(row) for row in rows]
        quote = SEPARATOR.join(place.quote for place in places)
        place = Place(places[0].page, quote, tuple(box for p in places for box in p.boxes))
        labels.append(book.cite(info, owner.number or owner.title, place, head=owner.title))
    names = "、".join(f"「{name}」" for _, name in entries[:MOST])
    where = f"（{table.number or f'《{table.title}》'}）" if table.number or table.title else ""
    return Sentence(f"{kind.lead}{where}：{names}。", tuple(dict.fromkeys(labels)))


def _joined(rows: Sequence[tuple[Table, int]]) -> Iterator[tuple[Table, list[int]]]:
    """Rows that follow one another on one page, to be cited in one piece."""
    run: list[int] = []
    for number, (table, row) in enumerate(rows):
        run.append(row)
        following = rows[number + 1] if number + 1 < len(rows) else None
        same = following is not None and following[0] is table and following[1] == row + 1
        size = sum(len(table.quote(r)) for r in run)
        if not same or size > LONGEST or table.place(row).page != table.place(row + 1).page:
            yield table, run
            run = []


def _from_prose(kind: Kind, info: DocumentInfo, run: Run, entries: Sequence[Entry], book: EvidenceBook, *, asked: bool) -> Sentence:
    passage, told = run.passage, entries[:MOST]
    last = told[-1].end
    if (count := _COUNT_BEHIND.match(passage.quote, last)) is not None:
        last = count.end()
    spans = [(_clause_start(passage.quote, told[0].start), last)]
    if spans[0][1] - spans[0][0] > LONGEST:
        spans = [(e.start, e.end) for e in told]
    labels = [book.cite(info, passage.section, place) for a, b in spans for place in part(passage, a, b)]
    names = [_said(passage.quote[e.start : e.end], e.name, whole=kind.ending is None) for e in told]
    joined = "；".join(f"「{n}」" for n in names) if kind.ending is None else "、".join(f"「{n}」" for n in names)
    number = _HOW_MANY.search(passage.quote[spans[0][0] : spans[0][1]]) if len(spans) == 1 and asked else None
    counted = f"（{number[1]}个）" if number is not None else ""
    return Sentence(f"{kind.lead}{counted}：{joined}。", tuple(dict.fromkeys(labels)))


def _clause(text: str, at: int) -> str:
    """The sentence around a place."""
    end = text.find("。", at)
    return text[_clause_start(text, at) : end if end >= 0 else len(text)]


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
