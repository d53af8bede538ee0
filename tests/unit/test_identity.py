"""Who published a document, by covers as they are printed."""

from pathlib import Path

import pytest

from service.reading import document, identity
from service.records import Kind
from service.settings import Settings
from tests.support.made import paragraph

BODY = "青禾区档案局"


def _read(*cover: str, heads: tuple[str, ...] = (), stem: str = "") -> identity.Identity:
    return identity.read([paragraph(line) for line in cover], (), heads, stem)


@pytest.mark.parametrize(
    ("cover", "year", "kind", "level"),
    [
        (("青禾区档案局2024年度部门决算",), 2024, Kind.FINAL, "部门"),
        (("青禾区档案局", "2024年度部门决算"), 2024, Kind.FINAL, "部门"),
        (("青禾区档案局", "2024 年 度", "部 门 决 算"), 2024, Kind.FINAL, "部门"),
        (("2024年度", "青禾区档案局部门决算"), 2024, Kind.FINAL, "部门"),
        (("青禾区档案局", "２０２４年度单位预算公开"), 2024, Kind.BUDGET, "单位"),
        (("青禾区档案局", "二〇二四年度部门决算"), 2024, Kind.FINAL, "部门"),
        (("青禾区档案局", "二○二四年部门预算"), 2024, Kind.BUDGET, "部门"),
        (("青禾区档案局（本级）2024年度单位决算",), 2024, Kind.FINAL, "本级"),
        (("青禾区档案局（汇总）2024年度部门决算",), 2024, Kind.FINAL, "汇总"),
        (("青禾区档案局2024年部门综合预算公开说明",), 2024, Kind.BUDGET, "部门"),
        (("青禾区档案局文件", "青档发〔2025〕7号", "关于公开青禾区档案局2024年度部门决算的说明"), 2024, Kind.FINAL, "部门"),
        (("附件1", "青禾区档案局2024年度部门决算公开报告"), 2024, Kind.FINAL, "部门"),
        (("索引号：QH-2025-07", "发布日期：2025年8月20日", "青禾区档案局2024年度部门决算"), 2024, Kind.FINAL, "部门"),
        (("第一部分 青禾区档案局概况", "一、主要职能", "第二部分 青禾区档案局2024年度部门决算表"), 2024, Kind.FINAL, "部门"),
    ],
)
def test_covers(cover: tuple[str, ...], year: int, kind: Kind, level: str) -> None:
    made = _read(*cover)
    assert (made.org, made.year, made.kind, made.level) == (BODY, year, kind, level)


def test_a_document_without_cover_is_known_by_its_tables_and_sentences() -> None:
    made = _read("一、收入支出决算总体情况", "青禾区档案局2024年度收入总计120.50万元。", heads=("部门：青禾区档案局", "2024年度"))
    assert (made.org, made.year) == (BODY, 2024)


def test_the_file_name_helps_where_nothing_is_printed() -> None:
    made = _read("一、总体情况", stem="qinghe-2024-final")
    assert (made.org, made.year, made.kind) == ("", 2024, Kind.FINAL)


def test_a_placeholder_is_no_body() -> None:
    assert _read("上海市XX局2024年度部门决算").org == ""


EXPECTED = {
    "fengxian-2024-budget": ("凤县医疗保障局", 2024, "budget", "单位"),
    "fengxiang-2023-final": ("宝鸡市凤翔区医疗保障局", 2023, "final", ""),
    "jiangsu-fayuan-2018-budget": ("江苏省高级人民法院", 2018, "budget", ""),
    "putuo-zhengfuban-unit-2025-budget": ("上海市普陀区人民政府办公室", 2025, "budget", "单位"),
    "putuo-wanli-2024-budget": ("上海市普陀区人民政府万里街道办事处", 2024, "budget", "部门"),
    "sanmenxia-2023-final": ("三门峡市医疗保障局", 2023, "final", "本级"),
}


@pytest.mark.corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_real_covers(corpus: Path, name: str) -> None:
    read = document.read(next(corpus.rglob(f"{name}.pdf")), Settings())
    assert (read.org, read.year, str(read.kind), read.level) == EXPECTED[name]
