"""The typed record of disclosures → sheets of figures: one row an item, one column a measure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from service.exports.marks import Marks, page_link
from service.exports.sheets import BLANK, Column, Entry, Sheet
from service.facts import schema
from service.records import Place

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Account:
    """A document as the sheets need it: its name, record, marks, and file."""

    doc: str
    record: schema.DisclosureRecord
    marks: Marks
    path: Path | None


@dataclass(frozen=True, slots=True)
class _Line:
    """One row before it is known which columns the sheet has."""

    account: Account
    group: str
    item: schema.Item


def sheet(name: str, accounts: Sequence[Account], fields: Sequence[str], empty: str) -> Sheet:
    """A sheet of the items in some fields of the records, those measures and parts as columns that any of them prints.

    Args:
        name: of the sheet.
        accounts: the documents.
        fields: names of fields of `DisclosureRecord`, or of fields in them with a dot between.
        empty: what to say when there is no item.
    """
    found = ((account, found) for account in accounts for path in fields for found in _items(account.record, path))
    lines = [_Line(account, group, item) for account, (group, item) in found if any(within(item, schema.Figure))]
    measures = [m for m in schema.Measures.model_fields if any(getattr(line.item.figures, m) for line in lines)]
    parts = list(dict.fromkeys(part.name for line in lines for part in line.item.parts))
    optional = _optional(lines)
    reasoned = any(line.item.reasons != schema.Reasons() for line in lines)
    columns = [
        Column("文件", 22),
        *optional,
        Column("项目", 34),
        *(Column(title(schema.Measures, measure), 16) for measure in measures),
        *(Column(part, 16) for part in parts),
        *([Column("原因", 44)] if reasoned else []),
        Column("页", 12),
    ]
    made = Sheet(name, tuple(columns), empty=empty)
    for line in lines:
        first = {"类别": line.group, "科目编码": line.item.code, "资金口径": line.item.scope}
        made.rows.append(
            (
                Entry(line.account.doc),
                *(Entry(first[column.head]) for column in optional),
                Entry(line.item.name),
                *(_figure(line.account, getattr(line.item.figures, measure)) for measure in measures),
                *(_part(line, part) for part in parts),
                *([_reasons(line.item)] if reasoned else []),
                pages(line.account, [figure.evidence.page for figure in within(line.item, schema.Figure)]),
            )
        )
    return made


def indicators(accounts: Sequence[Account]) -> Sheet:
    """One row an indicator of a self-evaluation: target and actual as printed, weight, score, reason."""
    heads = ("文件", "评价对象", "一级指标", "二级指标", "三级指标", "目标值", "实际值", "分值", "得分", "偏差原因", "页")
    widths = (26, 30, 18, 18, 34, 30, 30, 10, 10, 50, 8)
    made = Sheet("绩效指标", tuple(map(Column, heads, widths)), empty="没有读到绩效指标")
    for account in accounts:
        for appraisal in within(account.record.performance, schema.Appraisal):
            for one in within(appraisal, schema.Indicator):
                stated = [evidence.page for evidence in within(one, schema.Evidence)]
                made.rows.append(
                    (
                        Entry(account.doc),
                        Entry(appraisal.name),
                        *(Entry(level) for level in (one.level1, one.level2, one.level3)),
                        *(Entry(value.printed if value else None) for value in (one.target, one.actual)),
                        *(_figure(account, (value,) if value else ()) for value in (one.weight, one.score)),
                        Entry(one.reason.text if one.reason else None),
                        pages(account, stated),
                    )
                )
    return made


def title(model: type[BaseModel], field: str) -> str:
    """The Chinese title of a field."""
    return model.model_fields[field].title or field


def within(value: object, kind: type[Model]) -> Iterator[Model]:
    """The models of a kind in a model or a tuple, in order, not those inside one another."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from within(getattr(value, field), kind)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from within(part, kind)


def pages(account: Account, numbers: Iterable[int]) -> Entry:
    """The pages of a row, the first one linked."""
    known = list(dict.fromkeys(numbers))
    if not known:
        return BLANK
    shown: str | int = known[0] if len(known) == 1 else "、".join(map(str, sorted(known)))
    return Entry(shown, link=page_link(account.path, known[0]))


def place(evidence: schema.Evidence) -> Place:
    """Evidence as a place."""
    return Place(evidence.page, evidence.quote, tuple((box[0], box[1], box[2], box[3]) for box in evidence.boxes))


def _items(record: schema.DisclosureRecord, path: str) -> Iterator[tuple[str, schema.Item]]:
    """Items under a field, each with its group: the titles of the fields above it, or the nearest field or form that has a name."""
    model: BaseModel = record
    *above, last = path.split(".")
    titles = []
    for name in above:
        titles.append(title(type(model), name))
        model = getattr(model, name)
    yield from _grouped(" · ".join([*titles, title(type(model), last)]), getattr(model, last))


def _grouped(group: str, value: object) -> Iterator[tuple[str, schema.Item]]:
    if isinstance(value, schema.Item):
        yield group, value
    elif isinstance(value, schema.Appraisal):
        yield value.name, schema.Item(name="总额与总分", figures=value.total)
        yield from ((value.name, item) for item in value.amounts)
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _grouped(title(type(value), field), getattr(value, field))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _grouped(group, part)


def _optional(lines: Sequence[_Line]) -> list[Column]:
    """Columns that only some sheets need."""
    columns = [Column("类别", 24)] if len({line.group for line in lines}) > 1 else []
    columns += [Column("科目编码", 12)] if any(line.item.code for line in lines) else []
    columns += [Column("资金口径", 16)] if len({line.item.scope for line in lines}) > 1 else []
    return columns


def _reasons(item: schema.Item) -> Entry:
    return Entry("\n".join(dict.fromkeys(reason.text for reason in within(item.reasons, schema.Reason))) or None)


def _part(line: _Line, name: str) -> Entry:
    figures = [figure for part in line.item.parts if part.name == name for figure in within(part.figures, schema.Figure)]
    return _figure(line.account, figures)


def _figure(account: Account, printings: Sequence[schema.Figure]) -> Entry:
    """The first printing of a figure; a note names the pages where it is printed otherwise."""
    if not printings:
        return BLANK
    first = printings[0]
    others = [f for f in printings[1:] if (f.value, f.unit) != (first.value, first.unit)]
    note = "\n".join(f"另印 {f.printed} {f.unit}（第{f.evidence.page}页）" for f in others)
    marks = [mark for f in printings if (mark := account.marks.at(f.value, place(f.evidence)))]
    marks.sort(key=lambda mark: not mark.lead)
    return Entry(first.value, first.unit, mark=marks[0] if marks else None, note=note)
