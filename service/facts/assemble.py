"""The flat facts of a disclosure → the published record: every fact in its part of the tree, once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from service.facts import appraised, parts, schema
from service.facts.codes import CodeBook
from service.facts.parts import Group
from service.facts.printed import evidence, measures, reason
from service.facts.schema import DisclosureRecord, Item, Parent, Part
from service.records import Disclosure, Fact, Reason
from service.text import normal

_LEVELS = {3: "类", 5: "款", 7: "项"}


@dataclass
class _Drawer:
    """What is gathered of one item before it is made."""

    name: str
    code: str | None
    path: tuple[str, ...]
    scope: str | None
    whole: list[Fact] = field(default_factory=list)
    columns: dict[str, list[Fact]] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)


Key = tuple[Group, str | None, str, tuple[str, ...]]


def assemble(disclosure: Disclosure) -> DisclosureRecord:
    """Build the record.

    Args:
        disclosure: flat facts, reasons, indicators and terms of one document.
    """
    book = CodeBook(disclosure.facts)
    performance = [fact for fact in disclosure.facts if parts.group(fact) is Group.PERFORMANCE]
    drawers = _drawers((fact for fact in disclosure.facts if parts.group(fact) is not Group.PERFORMANCE), book)
    left = _take_reasons(drawers, disclosure.reasons, book)
    built: dict[Group, list[Item]] = {group: [] for group in Group}
    for (group, *_), drawer in drawers.items():
        built[group].append(_item(drawer, book))
    overall, projects, summary = appraised.read(disclosure, performance, left)

    def of(group: Group) -> tuple[Item, ...]:
        return tuple(built[group])

    return DisclosureRecord(
        identity=schema.Identity(
            doc=disclosure.doc,
            title=disclosure.title,
            org=disclosure.org,
            year=disclosure.year,
            kind=disclosure.kind.value,
            level=disclosure.level,
            digest=disclosure.digest,
        ),
        totals=of(Group.TOTALS),
        income=schema.Income(sources=of(Group.SOURCES), functional=of(Group.FUNCTIONAL_INCOME)),
        expenditure=schema.Expenditure(
            kinds=of(Group.KINDS),
            functional=of(Group.FUNCTIONAL),
            economic=of(Group.ECONOMIC),
            personnel=of(Group.PERSONNEL),
            public=of(Group.PUBLIC),
            projects=of(Group.PROJECTS),
        ),
        three_public=_three_public(of),
        running_costs=of(Group.RUNNING_COSTS),
        procurement=schema.Procurement(
            total=of(Group.PROCUREMENT),
            goods=of(Group.GOODS),
            works=of(Group.WORKS),
            services=of(Group.SERVICES),
            sme=of(Group.SME),
            micro=of(Group.MICRO),
            other=of(Group.OTHER_PROCUREMENT),
        ),
        assets=of(Group.ASSETS),
        staff=of(Group.STAFF),
        units=of(Group.UNITS),
        performance=schema.Performance(overall=overall, projects=projects, summary=summary),
        terms=tuple(schema.Term(term=t.term, definition=t.definition, where=t.where, evidence=evidence(t.place)) for t in disclosure.terms),
        other=of(Group.OTHER),
        unread=tuple(schema.Unread(page=u.page, what=u.what, reason=u.reason) for u in disclosure.unread),
    )


def _three_public(of: Callable[[Group], tuple[Item, ...]]) -> schema.ThreePublic:
    return schema.ThreePublic(
        total=of(Group.THREE_PUBLIC),
        abroad=of(Group.ABROAD),
        vehicles=of(Group.VEHICLES),
        vehicle_purchase=of(Group.VEHICLE_PURCHASE),
        vehicle_running=of(Group.VEHICLE_RUNNING),
        reception=of(Group.RECEPTION),
        meetings=of(Group.MEETINGS),
        training=of(Group.TRAINING),
        counts=of(Group.COUNTS),
    )


def _drawers(facts: Iterable[Fact], book: CodeBook) -> dict[Key, _Drawer]:
    """Facts by item: one drawer for one code (or name and parents) of one kind of money in one part."""
    drawers: dict[Key, _Drawer] = {}
    for fact in facts:
        group = parts.group(fact)
        code = fact.code or (book.of(fact.item, fact.path) if group in (Group.FUNCTIONAL, Group.FUNCTIONAL_INCOME) else None)
        name = normal(fact.item)
        path = () if code or group in parts.NAMED_BY_THEMSELVES else tuple(normal(p) for p in fact.path)
        key = (group, fact.scope, code or name, path)
        drawer = drawers.get(key)
        if drawer is None:
            drawer = drawers[key] = _Drawer(fact.item, code, fact.path, fact.scope)
        column = parts.column(fact)
        if column is None:
            drawer.whole.append(fact)
        else:
            drawer.columns.setdefault(column, []).append(fact)
    return drawers


def _take_reasons(drawers: dict[Key, _Drawer], reasons: Sequence[Reason], book: CodeBook) -> list[Reason]:
    """Give every reason to the item that the same section speaks of. Returns those that no item takes."""
    left = []
    for cause in reasons:
        code = cause.code or book.of(cause.item)
        named = [d for d in drawers.values() if (code and d.code == code) or normal(d.name) == normal(cause.item)]
        here = next((d for d in named if any(f.where == cause.where and f.source == "text" for f in d.whole)), None)
        drawer = here or next(iter(named), None)
        if drawer is None:
            left.append(cause)
        else:
            drawer.reasons.append(cause)
    return left


def _item(drawer: _Drawer, book: CodeBook) -> Item:
    by_kind: dict[str, list[schema.Reason]] = {"budget": [], "last_year": [], "other": []}
    for cause in drawer.reasons:
        by_kind[parts.explained(cause.about)].append(reason(cause))
    code = drawer.code
    return Item(
        name=drawer.name,
        code=code,
        level=_LEVELS.get(len(code)) if code else None,
        parents=_parents(drawer, book),
        scope=drawer.scope,
        figures=measures(drawer.whole),
        parts=tuple(Part(name=name, figures=measures(facts)) for name, facts in drawer.columns.items()),
        reasons=schema.Reasons(**{kind: tuple(found) for kind, found in by_kind.items()}),
    )


def _parents(drawer: _Drawer, book: CodeBook) -> tuple[Parent, ...]:
    """The 类 and 款 above, by the code where it is known, else as printed."""
    if drawer.code:
        above = [drawer.code[:n] for n in (3, 5) if n < len(drawer.code)]
        named = {c: n for c in above if (n := book.name(c))}
        if named:
            return tuple(Parent(name=name, code=code) for code, name in named.items())
    return tuple(Parent(name=name, code=book.of(name, drawer.path[:n])) for n, name in enumerate(drawer.path))
