"""One thing changed in a consistent book, by class, where arithmetic determines that something is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from evals.books.figures import rounded
from evals.books.pages import Pages
from service.records import CheckReport, Finding, Severity

LEAST = Decimal("0.10")
"""An amount is changed by this much at least, in its printed unit: less can be rounding in a book of many lines."""
LEAST_RATE = Decimal("0.05")
"""A rate likewise, in percentage points."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What was changed: its class, the new text as printed, and the classes of finding that name it rightly."""

    name: str
    text: str
    kinds: frozenset[str]
    near: str = ""
    """Text that stands beside it in the same sentence or row, to tell equal figures apart."""

    def named_by(self, report: CheckReport) -> bool:
        """Whether an error of a right class has the changed text in it."""
        return any(f.severity is Severity.ERROR and f.kind in self.kinds and self._in(f) for f in report.findings)

    def _in(self, finding: Finding) -> bool:
        figure = self.text.replace(",", "")
        said = {finding.stated.value, *(o.text.replace(",", "") for o in finding.operands)}
        quotes = (finding.place.quote, *(o.place.quote for o in finding.operands))
        return figure in said or any(self.text in quote and self.near in quote for quote in quotes)


Planted = tuple[Pages, Fault]
Plant = Callable[[Pages, Random], "Planted | None"]


def all_of(pages: Pages, random: Random) -> Iterator[Planted]:
    """One book for every class of fault that this book has room for."""
    for plant in PLANTS.values():
        planted = plant(pages, random)
        if planted is not None:
            yield planted


def _edited(text: str, random: Random, least: Decimal) -> str:
    """The figure with one digit changed, inserted or dropped, two neighbours swapped, or the point moved."""
    value = _value(text)
    for _ in range(50):
        digits = text.replace(",", "")
        at = random.randrange(len(digits))
        way = random.randrange(4)
        if way == 0 and digits[at].isdigit():
            made = digits[:at] + str((int(digits[at]) + random.randint(1, 9)) % 10) + digits[at + 1 :]
        elif way == 1 and at + 1 < len(digits) and digits[at : at + 2].isdigit():
            made = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        elif way == 2:
            made = f"{rounded(value * 10, 2)}"
        else:
            made = f"{rounded(value / 10, 2)}"
        changed = Decimal(made)
        # A leading zero or a figure of nothing is another kind of mistake.
        if made[0] != "0" and abs(changed - value) >= least and changed > 0:
            return f"{changed:,.2f}" if "," in text or (changed >= 1000 and "," in text) else made
    return f"{value + max(least, Decimal(1))}"


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _sentence(pages: Pages, n: int, **values: str) -> Pages:
    changed = pages.sentences[n].having(**values)
    return replace(pages, sentences=(*pages.sentences[:n], changed, *pages.sentences[n + 1 :]))


def _choose(pages: Pages, random: Random, *needed: str, item: bool | None = None) -> int | None:
    """A sentence that has all these blanks; of an item, or not."""
    fit = [
        n
        for n, s in enumerate(pages.sentences)
        if all(f"${{{name}}}" in s.wording for name in needed) and (item is None or bool(s.subject.isdigit()) is item)
    ]
    return random.choice(fit) if fit else None


def growth(pages: Pages, random: Random) -> Planted | None:
    """A growth rate that does not follow from its two amounts."""
    n = _choose(pages, random, "delta", "rate")
    return None if n is None else _wrong_rate(pages, random, n, "rate", "growth-rate")


def share(pages: Pages, random: Random) -> Planted | None:
    """A share that does not follow from part and whole."""
    n = _choose(pages, random, "whole", "one", "p")
    return None if n is None else _wrong_rate(pages, random, n, "p", "share")


def completion(pages: Pages, random: Random) -> Planted | None:
    """A completion rate that does not follow from budget and final account."""
    n = _choose(pages, random, "initial", "final", "rate", item=True)
    return None if n is None else _wrong_rate(pages, random, n, "rate", "completion-rate")


def neighbour(pages: Pages, random: Random) -> Planted | None:
    """A completion rate copied from another item."""
    rates = [(n, s.values["rate"]) for n, s in enumerate(pages.sentences) if s.subject.isdigit() and "rate" in s.values]
    pairs = [(n, other) for n, own in rates for m, other in rates if n != m and abs(Decimal(own) - Decimal(other)) >= LEAST_RATE]
    if not pairs:
        return None
    n, other = random.choice(pairs)
    return _sentence(pages, n, rate=other), Fault(
        "neighbour's rate", other, frozenset({"completion-rate"}), pages.sentences[n].values["final"]
    )


def _wrong_rate(pages: Pages, random: Random, n: int, blank: str, kind: str) -> Planted | None:
    own = pages.sentences[n].values[blank]
    if Decimal(own) == 0:
        return None
    # A rate of many hundred per cent stands on a small base, whose own rounding moves it.
    text = _edited(own, random, max(LEAST_RATE, Decimal(own) / 100))
    return _sentence(pages, n, **{blank: text}), Fault(kind, text, frozenset({kind}))


def amount(pages: Pages, random: Random) -> Planted | None:
    """A final account in the text that is not the table's."""
    n = _choose(pages, random, "initial", "final", item=True)
    if n is None:
        return None
    text = _edited(pages.sentences[n].values["final"], random, LEAST)
    kinds = frozenset({"text-vs-table", "completion-rate", "sum", "direction-word", "duplicate-conflict"})
    return _sentence(pages, n, final=text), Fault("text amount", text, kinds)


def cell(pages: Pages, random: Random) -> Planted | None:
    """An amount in a table by item that breaks its row, its column, and the tables beside it."""
    places = [
        (g, r, c)
        for g, grid in enumerate(pages.grids)
        if grid.columns[:2] == ("科目编码", "科目名称")
        for r, row in enumerate(grid.rows)
        for c in range(2, len(row))
        if row[c]
    ]
    g, r, c = random.choice(places)
    text = _edited(pages.grids[g].rows[r][c], random, LEAST if pages.grids[g].unit == "万元" else LEAST * 10_000)
    grids = (*pages.grids[:g], pages.grids[g].having(r, c, text), *pages.grids[g + 1 :])
    kinds = frozenset({"sum", "cross-table", "text-vs-table", "carry-over", "duplicate-conflict"})
    return replace(pages, grids=grids), Fault("table cell", text, kinds)


def word(pages: Pages, random: Random) -> Planted | None:
    """大于 for 小于, or the reverse."""
    fit = [n for n, s in enumerate(pages.sentences) if s.values.get("word") in ("大于", "小于") and "${word}" in s.wording]
    if not fit:
        return None
    n = random.choice(fit)
    turned = "小于" if pages.sentences[n].values["word"] == "大于" else "大于"
    near = pages.sentences[n].values["final"]
    return _sentence(pages, n, word=turned), Fault("direction word", turned, frozenset({"direction-word"}), near)


def verb(pages: Pages, random: Random) -> Planted | None:
    """增加 … 下降: the two words of one change contradict each other."""
    fit = [n for n, s in enumerate(pages.sentences) if "${grow}" in s.wording and Decimal(s.values["delta"]) > 0]
    if not fit:
        return None
    n = random.choice(fit)
    turned = "下降" if pages.sentences[n].values["grow"] == "增长" else "增长"
    return _sentence(pages, n, grow=turned), Fault(
        "contradicting verbs", turned, frozenset({"direction-word"}), pages.sentences[n].values["delta"]
    )


def unit(pages: Pages, random: Random) -> Planted | None:
    """元 for 万元."""
    n = _choose(pages, random, "final", "fu", item=True)
    if n is None or Decimal(pages.sentences[n].values["final"]) == 0:
        return None
    final = pages.sentences[n].values["final"]
    return _sentence(pages, n, fu="元"), Fault("unit", final, frozenset({"unit", "completion-rate", "text-vs-table"}), "元")


def swapped(pages: Pages, random: Random) -> Planted | None:
    """Budget and final account have changed places."""
    fit = [
        n
        for n, s in enumerate(pages.sentences)
        if s.subject.isdigit() and "rate" in s.values and abs(_value(s.values["initial"]) - _value(s.values["final"])) >= LEAST
    ]
    if not fit:
        return None
    n = random.choice(fit)
    values = pages.sentences[n].values
    kinds = frozenset({"completion-rate", "text-vs-table", "direction-word", "sum"})
    return _sentence(pages, n, initial=values["final"], final=values["initial"]), Fault("swapped roles", values["initial"], kinds)


def procurement(pages: Pages, random: Random) -> Planted | None:
    """Goods, works and services that do not make up the total."""
    n = _choose(pages, random, "goods", "works", "services")
    if n is None or Decimal(pages.sentences[n].values["goods"]) == 0:
        return None
    text = _edited(pages.sentences[n].values["goods"], random, LEAST)
    return _sentence(pages, n, goods=text), Fault("procurement parts", text, frozenset({"sum"}))


def vehicles(pages: Pages, random: Random) -> Planted | None:
    """Vehicles by kind that do not make up their number."""
    n = _choose(pages, random, "all", "a", "b", "c")
    if n is None:
        return None
    text = str(int(pages.sentences[n].values["all"]) + random.randint(1, 3))
    return _sentence(pages, n, all=text), Fault("vehicle count", text, frozenset({"sum"}))


PLANTS: dict[str, Plant] = {
    "growth-rate": growth,
    "share": share,
    "completion-rate": completion,
    "neighbour's rate": neighbour,
    "text amount": amount,
    "table cell": cell,
    "direction word": word,
    "contradicting verbs": verb,
    "unit": unit,
    "swapped roles": swapped,
    "procurement parts": procurement,
    "vehicle count": vehicles,
}
"""Every class of fault by name."""
