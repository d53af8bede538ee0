"""How documents are called on the page."""

from collections.abc import Sequence

from service.records import DocumentInfo, Kind

KINDS = {Kind.FINAL: "决算", Kind.BUDGET: "预算", Kind.OTHER: "其他"}


def document_name(info: DocumentInfo) -> str:
    """A document's short name: body, year, kind."""
    year = f"{info.year} 年" if info.year else ""
    kind = "" if info.kind is Kind.OTHER else kind_name(info)
    return f"{info.org} {year}{kind}".strip() if info.org and (year or kind) else info.title or info.doc


def kind_name(info: DocumentInfo) -> str:
    """What kind of disclosure it is: 部门决算, 单位预算, 决算（汇总）, 其他."""
    if info.kind is Kind.OTHER:
        return KINDS[info.kind]
    return f"{KINDS[info.kind]}（{info.level}）" if info.level == "汇总" else f"{info.level}{KINDS[info.kind]}"


def document_choices(documents: Sequence[DocumentInfo]) -> list[tuple[str, str]]:
    """(label, name) per document, for a chooser; labels that would be alike carry the name."""
    labels = [document_name(info) for info in documents]
    return [(f"{x}（{i.doc}）" if labels.count(x) > 1 else x, i.doc) for x, i in zip(labels, documents, strict=True)]
