"""Example questions for the documents at hand, made from their own items."""

from collections.abc import Iterator

from service.answering import bodies
from service.answering.material import Material
from service.records import DocumentInfo, Kind

MOST = 5


def questions(material: Material) -> list[str]:
    """At most `MOST` questions that the documents can answer, of different kinds."""
    found: dict[str, None] = {}
    for info in sorted(material.documents(), key=lambda d: (d.kind is not Kind.FINAL, -(d.year or 0), d.doc)):
        if info.kind is not Kind.OTHER and info.org:
            found.update(dict.fromkeys(_of(info, material)))
        if len(found) >= MOST:
            break
    return list(found)[:MOST]


def _of(info: DocumentInfo, material: Material) -> Iterator[str]:
    name = f"{bodies.short(info.org)}{info.year or ''}年"
    items = {fact.item for fact in material.facts(info.doc)}
    reasons = list(material.reasons(info.doc))
    less = next((r for r in reasons if "小于" in r.about), None)
    more = next((r for r in reasons if "大于" in r.about or "增加" in r.about or "增长" in r.about), None)
    if less is not None:
        yield f"{name}{less.item.split('、')[0]}为什么没花完预算？"
    if more is not None:
        yield (
            f"{name}{more.item.split('、')[0]}为什么增加了？" if "增" in more.about else f"{name}{more.item.split('、')[0]}为什么超了预算？"
        )
    if any("三公" in item for item in items):
        yield f"{name}“三公”经费{'花了多少' if info.kind is Kind.FINAL else '安排了多少'}？"
    if "机关运行经费" in items:
        yield f"{name}机关运行经费是多少，比上年多还是少？"
