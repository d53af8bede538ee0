"""What a model is asked for: items with their printed figures and reasons. Numbers are strings; nothing here is trusted."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from service.facts.schema import MEASURES
from service.facts.targets import AIMS

OFFERED = (*MEASURES, *AIMS)
"""What a figure may be called: the record's measures, and what an indicator's target and actual value are."""


class _Part(BaseModel):
    """Numbers where strings belong are taken as printed; fields beyond the schema are ignored."""

    model_config = ConfigDict(coerce_numbers_to_str=True, frozen=True)


class FigureReply(_Part):
    """One printed figure."""

    measure: str = Field(json_schema_extra={"enum": list(OFFERED)})
    """For the server an enumeration; for a server that ignores it a string, so that one wrong word costs one figure, not the reply."""
    printed: str = Field(description="原文印的数字，逐位照抄，不带单位；目标值、实际值抄整格")
    unit: str = Field("", description="单位：原文数字后面印的，或表的单位")
    column: str = Field("", description="表格的栏目名；正文写空")


class ReasonReply(_Part):
    """A reason as the document gives it."""

    about: str = Field(description="解释的是什么，如：决算数小于年初预算数、比上年增加")
    text: str = Field(description="原因的原话，一字不改")


class ItemReply(_Part):
    """One item with what a single quote says of it."""

    item: str = Field(description="项目或科目的名称，照原文；一句话里数了几样，每样一项")
    code: str = Field("", description="科目编码；原文没有写空")
    page: int = Field(description="原文所在的页")
    quote: str = Field(description="包含这些数字的原文，一字不改地照抄")
    figures: list[FigureReply] = Field(default_factory=list)
    reasons: list[ReasonReply] = Field(default_factory=list)


class ExtractReply(_Part):
    """Everything that a slice says. `items` has no default: a reply of something else would else read as an empty one."""

    items: list[ItemReply]


def parts(items: Sequence[ItemReply]) -> int:
    """Figures and reasons in all."""
    return sum(len(item.figures) + len(item.reasons) for item in items)
