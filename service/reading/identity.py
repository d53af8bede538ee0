"""Who published a document, for which year, and what kind of disclosure it is: by its cover, heads and table heads."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.records import Kind, Paragraph, Table
from service.text import normal

COVER = 14
"""So many paragraphs at the beginning count as cover and first heads."""

_BODY = (
    r"(?:[\u4e00-\u9fff·]|\((?=[^)]*\)[\u4e00-\u9fff]))*?(?:人民政府办公室|人民政府|街道办事处|办事处|委员会|常委会办公厅|人大常委会|"
    r"人民法院|人民检察院|检察院|法院|办公厅|办公室|政协|医疗保障局|保障局|管理局|监督局|财政局|税务局|中心|大队|支队|总队|学校|大学|学院|医院|"
    r"研究院|研究所|工作部|组织部|宣传部|统战部|联合会|总工会|红十字会|妇联|团委|工会|党校|局|委|厅|院|办|部|处|所|站|馆|社|会|镇|乡)"
)
_LABELLED = re.compile(rf"(?:编制部门|预算主管部门|预算单位|编制单位|部门名称|单位名称|部门|单位)[:：]({_BODY})(?=[(\s（,;。]|\d{{4}}|$)")
_TITLE_YEAR = re.compile(r"(20\d\d)年")
_LEVEL = re.compile(r"\((汇总|本级|部门|单位)\)")
_NAMES = {"决算": Kind.FINAL, "预算": Kind.BUDGET, "final": Kind.FINAL, "budget": Kind.BUDGET}
_NUMERAL_YEAR = re.compile(r"二[〇○零Oo0][一二三四五六七八九〇○零Oo0]{2}(?=年)")
_PLACEHOLDER = re.compile(r"[XxＸ×]{2,}")


@dataclass(frozen=True, slots=True)
class Identity:
    """What the document says of itself. `org` is empty and `year` None where it does not say."""

    title: str
    org: str
    year: int | None
    kind: Kind
    level: str


def read(paragraphs: Sequence[Paragraph], tables: Sequence[Table], heads: Sequence[str], stem: str = "") -> Identity:
    """Identify a document.

    Args:
        stem: the file's name without suffix: year and kind by it, where the document prints neither.
        paragraphs: in reading order.
        tables: in reading order.
        heads: texts of lines of the first pages, which also hold the lines beside table heads (部门：…).
    """
    cover = [_dated(normal(p.text)) for p in paragraphs[:COVER] if p.section[:1] != ("目录",)]
    titles = [_dated(normal(t.title)) for t in tables if t.title]
    year = _year(cover, titles, [normal(p.text) for p in paragraphs])
    kind = _kind(cover, titles, [normal(p.text) for p in paragraphs if p.heading])
    if year is None and (match := re.search(r"(?<!\d)20\d\d(?!\d)", stem)):
        year = int(match[0])
    if kind is Kind.OTHER:
        kind = next((k for word, k in _NAMES.items() if word in stem.lower()), kind)
    org = _org(cover, [normal(h) for h in heads], [normal(p.text) for p in paragraphs])
    level = next((m[1] for text in cover for m in [_LEVEL.search(text)] if m), "")
    if not level:
        level = next((word for text in cover[:6] for word in ("单位", "部门") if re.search(rf"{word}(?:综合)?(?:预算|决算)", text)), "")
    return Identity(_title(org, year, kind, level), org, year, kind, level)


def _dated(text: str) -> str:
    """A text (normal form) with years in digits: 二〇二四年 → 2024年."""

    def digits(match: re.Match[str]) -> str:
        return "".join(str(max("〇一二三四五六七八九".find(numeral), 0)) for numeral in match[0])

    return _NUMERAL_YEAR.sub(digits, text)


def _title(org: str, year: int | None, kind: Kind, level: str) -> str:
    what = {Kind.FINAL: "决算", Kind.BUDGET: "预算", Kind.OTHER: "文件"}[kind]
    when = f"{year}年度" if year else ""
    return f"{org}{when}{'单位' if level == '单位' else '部门'}{what}" if kind is not Kind.OTHER else f"{org}{when}{what}"


def _year(cover: Sequence[str], titles: Sequence[str], texts: Sequence[str]) -> int | None:
    """The year of the cover's title, else of the table titles, else the one that the text speaks of most in 「20XX年度」."""
    for text in cover:
        match = _TITLE_YEAR.search(text)
        if match and re.search(r"预算|决算|公开", text):
            return int(match[1])
    joined = "".join(cover[:6])
    match = _TITLE_YEAR.search(joined)
    if match and re.search(r"预算|决算", joined):
        return int(match[1])
    for source, pattern in ((titles, r"(20\d\d)年"), (texts, r"(20\d\d)年度"), (texts, r"(20\d\d)年")):
        votes = Counter(year for text in source for year in re.findall(pattern, text))
        if votes:
            return int(votes.most_common(1)[0][0])
    return None


def _kind(cover: Sequence[str], titles: Sequence[str], headings: Sequence[str]) -> Kind:
    """By the cover, else by what the heads and table titles say more often."""
    for text in cover[:8]:
        if len(text) < 60 and re.search(r"(?:部门|单位)决算|决算公开", text):
            return Kind.FINAL
        if len(text) < 60 and re.search(r"(?:部门|单位)(?:综合)?预算|预算公开", text):
            return Kind.BUDGET
    says = Counter(
        word for text in (*titles, *headings) for word in re.findall(r"决算|预算(?=$|表|总表|情况|安排|编制|支出|收入|收支|拨款)", text)
    )
    if not says:
        return Kind.OTHER
    # A final account's heads speak of 预算 too (一般公共预算财政拨款支出决算); a budget's never of 决算.
    return Kind.FINAL if says["决算"] * 4 >= says["预算"] else Kind.BUDGET


def _org(cover: Sequence[str], heads: Sequence[str], texts: Sequence[str]) -> str:
    """The body's full name: labelled on cover or table heads, in the title, or at the beginning of sentences."""
    votes: Counter[str] = Counter()
    for name, weight in _named(cover, heads, texts):
        clean = _clean(name)
        if 4 <= len(clean) <= 40 and not _PLACEHOLDER.search(clean):
            votes[clean] += weight
    return _best(votes)


def _named(cover: Sequence[str], heads: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Candidate names with weights."""
    yield from _on_cover(cover)
    for text in heads:
        if (match := _LABELLED.search(text)) is not None:
            yield match[1], 3
        elif len(text) >= 6 and re.fullmatch(_BODY, text):
            yield text, 1
    for text in texts:
        if match := re.match(rf"(?:根据[^,]*,)?({_BODY})20\d\d年", text):
            yield match[1], 2
        if match := re.search(rf"({_BODY})(?:部门整体支出|项目支出)绩效自评表", text):
            yield match[1], 2


def _on_cover(cover: Sequence[str]) -> Iterator[tuple[str, int]]:
    for text in cover[:6]:
        if (match := _LABELLED.search(text)) is not None:
            yield match[1], 40
        if match := re.match(
            rf"(?:第.部分)?({_BODY})(?:\((?:汇总|本级|机关|部门|单位)\))?(?:20\d\d年.*|概况.*|部门[预决]算.*|单位[预决]算.*)?$", text
        ):
            yield match[1], 30
    if match := re.match(rf"({_BODY})(?:\((?:汇总|本级)\))?20\d\d年", "".join(cover[:3])):
        yield match[1], 20


def _clean(name: str) -> str:
    return re.sub(r"^(?:附件\d*|关于(?:公开|公布|印发|报送)?|纳入|其中|截至|本表反映|反映|\d+)|\((?:汇总|本级|机关|部门|单位)\)$", "", name)


def _best(votes: Counter[str]) -> str:
    """The name with most votes; of names that contain one another, the longer one when it is well supported."""
    if not votes:
        return ""
    best, weight = votes.most_common(1)[0]
    for name, count in votes.items():
        if name != best and name.endswith(best) and count * 3 >= weight:
            best, weight = name, count
    return best
