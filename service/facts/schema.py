"""The published schema of a disclosure: what 部门决算 and 部门预算 state, as a tree of typed records.

Amounts are decimal strings in JSON, with the printed digits. `None` and empty lists are "not printed", never zero.
Every field has a Chinese title; `json_schema` publishes them.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from service.amounts import plain

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
"""The dialect of `json_schema`."""

Digits = Annotated[Decimal, PlainSerializer(plain, return_type=str)]
"""A Decimal with the printed digits; in JSON a string without exponent."""


class Model(BaseModel):
    """A part of the record: read only, and nothing in it that the schema does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Model):
    """Where something is printed."""

    page: int = Field(title="页码", ge=1, description="从 1 起")
    quote: str = Field(title="原文", description="逐字摘自该页")
    boxes: tuple[tuple[float, float, float, float], ...] = Field(title="位置", description="x0, y0, x1, y1，PDF 点，原点在左上")
    ocr: bool = Field(default=False, title="文字识别所得", description="该页由图像识别，原文可能与印刷的不同")


class Figure(Model):
    """One printed figure."""

    measure: str = Field(title="指标", description="年初预算、决算、增减率……文件自己的用语")
    value: Digits = Field(title="数值", description="印刷的数字；文字说减少的为负")
    printed: str = Field(title="印刷文字")
    unit: str = Field(title="单位")
    decimals: int = Field(title="小数位数", ge=0, description="印刷的小数位数")
    year: int | None = Field(title="年度")
    scope: str | None = Field(title="资金范围", description="全部、财政拨款、一般公共预算财政拨款……；文件没有说的为空")
    column: str | None = Field(title="栏目", description="表格的栏目名")
    source: Literal["text", "table"] = Field(title="来源")
    where: str = Field(title="章节或表号")
    table: str | None = Field(title="表名")
    origin: str = Field(title="提取方式", description="rule：规则；model：模型")
    evidence: Evidence = Field(title="出处")


class Reason(Model):
    """A reason as the document gives it."""

    about: str = Field(title="解释的事项", description="决算数小于年初预算数、比上年增加……")
    text: str = Field(title="原因")
    where: str = Field(title="章节或表号")
    evidence: Evidence = Field(title="出处")


class Measures(Model):
    """The figures of one item by measure; a figure printed in several places stands once for each."""

    initial_budget: tuple[Figure, ...] = Field(default=(), title="年初预算")
    full_budget: tuple[Figure, ...] = Field(default=(), title="全年预算")
    adjusted_budget: tuple[Figure, ...] = Field(default=(), title="调整预算")
    budget: tuple[Figure, ...] = Field(default=(), title="预算")
    actual: tuple[Figure, ...] = Field(default=(), title="决算")
    executed: tuple[Figure, ...] = Field(default=(), title="执行数")
    completion: tuple[Figure, ...] = Field(default=(), title="完成率")
    execution: tuple[Figure, ...] = Field(default=(), title="执行率")
    from_budget: tuple[Figure, ...] = Field(default=(), title="较预算增减额")
    from_budget_rate: tuple[Figure, ...] = Field(default=(), title="较预算增减率")
    last_year: tuple[Figure, ...] = Field(default=(), title="上年数")
    change: tuple[Figure, ...] = Field(default=(), title="增减额")
    change_rate: tuple[Figure, ...] = Field(default=(), title="增减率")
    share: tuple[Figure, ...] = Field(default=(), title="占比")
    people: tuple[Figure, ...] = Field(default=(), title="人数")
    number: tuple[Figure, ...] = Field(default=(), title="数量")
    weight: tuple[Figure, ...] = Field(default=(), title="分值")
    score: tuple[Figure, ...] = Field(default=(), title="得分")
    amount: tuple[Figure, ...] = Field(default=(), title="金额")
    other: tuple[Figure, ...] = Field(default=(), title="其他指标")


MEASURES: dict[str, str] = {str(f.title): name for name, f in Measures.model_fields.items() if name != "other"}
"""Measure (决算) → field of `Measures`."""


class Part(Model):
    """A column of a table that is a part of the item (基本支出, 事业收入, 人员经费)."""

    name: str = Field(title="栏目")
    figures: Measures = Field(title="数")


class Parent(Model):
    """A 类 or 款 that an item stands under."""

    name: str = Field(title="名称")
    code: str | None = Field(title="科目编码")


class Reasons(Model):
    """Why, as printed: apart by what is explained."""

    budget: tuple[Reason, ...] = Field(default=(), title="与预算差异的原因")
    last_year: tuple[Reason, ...] = Field(default=(), title="比上年增减的原因")
    other: tuple[Reason, ...] = Field(default=(), title="其他原因")


class Item(Model):
    """Something that figures are about."""

    name: str = Field(title="项目")
    code: str | None = Field(default=None, title="科目编码")
    level: Literal["类", "款", "项"] | None = Field(default=None, title="科目级次")
    parents: tuple[Parent, ...] = Field(default=(), title="上级")
    scope: str | None = Field(default=None, title="资金范围")
    figures: Measures = Field(default=Measures(), title="数")
    parts: tuple[Part, ...] = Field(default=(), title="分栏")
    reasons: Reasons = Field(default=Reasons(), title="原因")


class Identity(Model):
    """Whose disclosure it is."""

    doc: str = Field(title="文件")
    title: str = Field(title="标题")
    org: str = Field(title="部门或单位", description="文件没有说的为空")
    year: int | None = Field(title="年度")
    kind: Literal["final", "budget", "other"] = Field(title="类型", description="final：决算；budget：预算")
    level: str = Field(title="编制口径", description="部门、单位、汇总、本级；文件没有说的为空")
    digest: str = Field(title="文件摘要", description="SHA-256")


class Income(Model):
    """Income (收入)."""

    sources: tuple[Item, ...] = Field(default=(), title="收入来源")
    functional: tuple[Item, ...] = Field(default=(), title="按功能分类科目")


class Expenditure(Model):
    """Expenditure (支出)."""

    kinds: tuple[Item, ...] = Field(default=(), title="支出性质", description="基本支出、项目支出、经营支出……")
    functional: tuple[Item, ...] = Field(default=(), title="按功能分类科目")
    economic: tuple[Item, ...] = Field(default=(), title="按经济分类科目")
    personnel: tuple[Item, ...] = Field(default=(), title="人员经费")
    public: tuple[Item, ...] = Field(default=(), title="公用经费")
    projects: tuple[Item, ...] = Field(default=(), title="项目")


class ThreePublic(Model):
    """The “三公”经费, meetings and training, and the counts that go with them."""

    total: tuple[Item, ...] = Field(default=(), title="“三公”经费")
    abroad: tuple[Item, ...] = Field(default=(), title="因公出国（境）费")
    vehicles: tuple[Item, ...] = Field(default=(), title="公务用车购置及运行维护费")
    vehicle_purchase: tuple[Item, ...] = Field(default=(), title="公务用车购置费")
    vehicle_running: tuple[Item, ...] = Field(default=(), title="公务用车运行维护费")
    reception: tuple[Item, ...] = Field(default=(), title="公务接待费")
    meetings: tuple[Item, ...] = Field(default=(), title="会议费")
    training: tuple[Item, ...] = Field(default=(), title="培训费")
    counts: tuple[Item, ...] = Field(default=(), title="团组、批次、人次、车辆")


class Procurement(Model):
    """Government procurement (政府采购)."""

    total: tuple[Item, ...] = Field(default=(), title="政府采购支出总额")
    goods: tuple[Item, ...] = Field(default=(), title="货物")
    works: tuple[Item, ...] = Field(default=(), title="工程")
    services: tuple[Item, ...] = Field(default=(), title="服务")
    sme: tuple[Item, ...] = Field(default=(), title="授予中小企业")
    micro: tuple[Item, ...] = Field(default=(), title="授予小微企业")
    other: tuple[Item, ...] = Field(default=(), title="其他采购")


class Stated(Model):
    """A target, or what was reached, as printed: a figure or words."""

    printed: str = Field(title="印刷文字")
    comparator: Literal["≥", "≤", ">", "<", "="] | None = Field(title="比较符")
    value: Digits | None = Field(title="数值", description="只印一个数时的数；文字（达标）为空")
    unit: str = Field(title="单位")
    evidence: Evidence = Field(title="出处")


class Indicator(Model):
    """An indicator of a self-evaluation or of a performance goal."""

    level1: str | None = Field(title="一级指标")
    level2: str | None = Field(title="二级指标")
    level3: str = Field(title="三级指标", description="没有三级指标的，为最末一级")
    target: Stated | None = Field(title="指标值")
    actual: Stated | None = Field(title="实际完成值")
    weight: Figure | None = Field(title="分值")
    score: Figure | None = Field(title="得分")
    reason: Reason | None = Field(title="偏差原因")
    where: str = Field(title="章节或表号")


class Appraisal(Model):
    """A self-evaluation, or the goals of a project."""

    name: str = Field(title="名称")
    total: Measures = Field(default=Measures(), title="总额与总分")
    amounts: tuple[Item, ...] = Field(default=(), title="资金与任务")
    indicators: tuple[Indicator, ...] = Field(default=(), title="指标")
    reasons: tuple[Reason, ...] = Field(default=(), title="问题与原因")


class Performance(Model):
    """Performance (预算绩效)."""

    overall: Appraisal | None = Field(default=None, title="整体支出绩效自评")
    projects: tuple[Appraisal, ...] = Field(default=(), title="项目绩效")
    summary: tuple[Item, ...] = Field(default=(), title="绩效工作情况")


class Term(Model):
    """An entry of the glossary."""

    term: str = Field(title="名词")
    definition: str = Field(title="解释")
    where: str = Field(title="章节")
    evidence: Evidence = Field(title="出处")


class Unread(Model):
    """What could not be read."""

    page: int | None = Field(title="页码")
    what: str = Field(title="内容")
    reason: str = Field(title="原因")


class DisclosureRecord(Model):
    """A disclosure: every figure that it prints and that was read, each once."""

    identity: Identity = Field(title="身份")
    totals: tuple[Item, ...] = Field(default=(), title="收支总计与结转结余")
    income: Income = Field(default=Income(), title="收入")
    expenditure: Expenditure = Field(default=Expenditure(), title="支出")
    three_public: ThreePublic = Field(default=ThreePublic(), title="“三公”经费、会议费、培训费")
    running_costs: tuple[Item, ...] = Field(default=(), title="机关运行经费")
    procurement: Procurement = Field(default=Procurement(), title="政府采购")
    assets: tuple[Item, ...] = Field(default=(), title="车辆与设备")
    staff: tuple[Item, ...] = Field(default=(), title="人员")
    units: tuple[Item, ...] = Field(default=(), title="单位构成")
    performance: Performance = Field(default=Performance(), title="预算绩效")
    terms: tuple[Term, ...] = Field(default=(), title="名词解释")
    other: tuple[Item, ...] = Field(default=(), title="其他")
    unread: tuple[Unread, ...] = Field(default=(), title="未能读出")


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `DisclosureRecord` as it is printed."""
    return {"$schema": SCHEMA, **DisclosureRecord.model_json_schema(mode="serialization")}


def figures(record: DisclosureRecord) -> Iterator[tuple[str, str, Figure]]:
    """(group, item, figure) of every figure of a record, each once; the group is its part's Chinese title.

    Args:
        record: a disclosure.
    """
    for name, field in DisclosureRecord.model_fields.items():
        yield from _figures(getattr(record, name), field.title or name, "")


def _figures(part: object, group: str, item: str) -> Iterator[tuple[str, str, Figure]]:
    """Figures under a part of the record; the innermost title of a list of items is the group."""
    if isinstance(part, Figure):
        yield group, item, part
    elif isinstance(part, tuple):
        for member in part:
            yield from _figures(member, group, item)
    elif isinstance(part, Model):
        own = str(getattr(part, "level3", "") or getattr(part, "name", "")) if not isinstance(part, Part) else f"{item} {part.name}"
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            listed = isinstance(value, tuple) and value and isinstance(value[0], Item | Appraisal)
            yield from _figures(value, (field.title or group) if listed else group, own or item)
