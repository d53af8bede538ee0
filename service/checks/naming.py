"""I2: the body, its level, the closing date and blanks of a template, wherever the document names them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from service import amounts
from service.checks.book import Book
from service.checks.outcomes import Issue, Outcome, passed, raised, unchecked
from service.checks.printed import Printed, key
from service.checks.registry import rule
from service.records import Kind, Paragraph, Place, Quantity, Severity
from service.text import normal, normalised

_CLOSING = re.compile(r"截[至止](?P<year>20\d\d)年(?:12月31日|12月底|底|末|年底|年末)")
_STOCK = re.compile(r"车辆|设备|编制|实有|在职|资产|房屋")
_BODY = r"[一-鿿()]{3,30}?(?:局|委员会|办公室|办公厅|法院|检察院|厅|办事处|中心|学校|学院|医院|协会|联合会|大队|支队|[委局]机关)"
_OWN = re.compile(
    rf"^(?:第[一二三四五六]部分)?(?:纳入)?(?P<name>{_BODY})(?:\((?:部门|本级|汇总|单位)\))?20\d\d年度?(?:部门|单位)?"
    r"(?=收入|支出|财政拨款|一般公共预算|本年|\"三公|政府采购|机关运行|预算绩效|无政府|无国有|决算|预算|部门预算|部门决算)"
)
_UNIT_LINE = re.compile(
    rf"^(?:编制|填报)?(?:部门|单位)(?:\((?:单位|部门|公章|盖章)\))?(?:名称)?:(?P<name>{_BODY})"
    r"(?:\((?:部门|本级|汇总|单位)\))?(?=单位|金额|20\d\d|公开|$)"
)
_LEVEL = re.compile(
    r"(?P<level>省|市|区|县)级(?:预算主管部门|财政有经费领拨|财政部门有经费领拨|财政拨款安排|财政(?:部门)?当年拨付|(?:部门|单位)用一般公共预算财政拨款)"
)
_BLANK = re.compile(
    r"(?:XX+|××+|\*\*\*+|20XX|[_＿]{3,}(?=万元|%|年))|由主管部门根据[^。]{0,20}填写|请(?:据实|按实际)?填写|(?:不涉及|没有)[^。]{0,10}请删除"
)
_AMBIGUOUS = re.compile(r"开发区|新区|高新|功能区|示范区|管理区|园区|风景区|地区|自治州|保税区|度假区|试验区")
_NAMED = 6
"""Amounts of money that make a document a filled one: a template prints none."""


@rule("I2")
def naming(book: Book) -> Iterator[Outcome]:
    """The document names one body, its own level of government and its own closing date, and leaves no blank of the template.

    「截至20XX年底」 of staff and assets: the final account's year; for a budget the year or the one before. Source: CHECKS.md I,
    with its whitelist (年底 of other sections tells history). Suspicious at most.
    """
    yield from _closings(book)
    if not book.document.org:
        yield unchecked("未读出编制单位的名称")
        return
    yield from _bodies(book)
    yield from _levels(book)
    yield from _blanks(book)


def _closings(book: Book) -> Iterator[Outcome]:
    """Closing dates of staff and assets."""
    year = book.document.year
    for sentence in book.sentences:
        if "截" not in sentence.text:
            continue
        form = normalised(sentence.text)
        match = _CLOSING.search(form.text)
        if match is None or year is None or not _STOCK.search(form.text):
            continue
        start, end = form.span(match.start("year"), match.end("year"))
        figure = _figure(match["year"], "年", sentence.paragraph.place(sentence.start + start, sentence.start + end))
        named = int(match["year"])
        if named == year or (book.document.kind is not Kind.FINAL and named == year - 1):
            yield passed(figure)
        else:
            explain = f"文件年度为 {year} 年，此处的时点写「{match[0]}」"
            said, expected = Quantity(match["year"], "年"), Quantity(str(year), "年")
            yield raised(_issue(said, expected, (sentence.where, sentence.place), figure, explain))


def _bodies(book: Book) -> Iterator[Outcome]:
    """Bodies that sentences and table heads give as the document's own."""
    org = normal(book.document.org)
    listed: set[str] | None = None
    for text, where, place in _named(book):
        patterns = [p for p, marker in ((_OWN, "年"), (_UNIT_LINE, ":")) if marker in text]
        for match in (m for p in patterns if (m := p.search(text))):
            figure = _figure("0", "", place, match["name"])
            if _same_body(match["name"], org):
                yield passed(figure)
                continue
            listed = _units(book) if listed is None else listed
            if any(_same_body(match["name"], unit) for unit in listed):
                continue
            explain = f"编制单位为「{org}」，此处写「{match['name']}」，两处名称不同"
            yield raised(_issue(Quantity(match["name"], ""), Quantity(org, ""), (where, place), figure, explain))


def _named(book: Book) -> Iterator[tuple[str, str, Place]]:
    """(text in normal form, where, place) of paragraphs and table captions."""
    for paragraph in book.document.paragraphs:
        yield normal(paragraph.text), _where(paragraph), paragraph.place(0, len(paragraph.text))
    for table in book.document.tables:
        for _, cells in table.heads:
            for cell in cells:
                yield normal(cell.text), table.title, Place(cell.page, cell.text, (cell.box,))


def _units(book: Book) -> set[str]:
    """Bodies that stand alone in a line or a cell: the units that the disclosure covers."""
    lines = {normal(p.text) for p in book.document.paragraphs} | {
        normal(c.text) for t in book.document.tables for row in t.rows for c in row if 3 < len(c.text) < 40
    }
    return {re.sub(r"^\(?[\d一二三四五六七八九十]+[)、.]+|[。;]$|\(.*\)", "", line) for line in lines if 3 < len(line) < 40}


def _levels(book: Book) -> Iterator[Outcome]:
    """「市级预算主管部门」 in the explanations of a district's disclosure: one finding, every place its evidence."""
    own = _level(normal(book.document.org))
    found: list[tuple[Paragraph, Printed, str]] = []
    for paragraph in book.document.paragraphs:
        if not re.search("[省市区县]级", paragraph.text):
            continue
        form = normalised(paragraph.text)
        for match in _LEVEL.finditer(form.text):
            start, end = form.span(match.start(), match.end())
            place = paragraph.place(start, end)
            found.append((paragraph, _figure("0", "", place, match[0]), match["level"]))
    if own is None or not found:
        return
    other = [(p, f, level) for p, f, level in found if level != own]
    if not other:
        yield passed(*(f for _, f, _ in found))
        return
    paragraph, figure, level = other[0]
    said = "、".join(dict.fromkeys(f"「{f.label}」" for _, f, _ in other))
    place = paragraph.place(0, len(paragraph.text))
    explain = f"编制单位「{book.document.org}」为{own}级，此处写{said}"
    issue = _issue(Quantity(f"{level}级", ""), Quantity(f"{own}级", ""), (_where(paragraph), place), figure, explain)
    yield raised(issue)


def _blanks(book: Book) -> Iterator[Outcome]:
    """Blanks and instructions of a template in a document that is otherwise filled."""
    filled = sum(1 for s in book.sentences for m in s.marks if m.printed.unit in amounts.YUAN)
    if filled < _NAMED or _BLANK.search(normal(book.document.org)):
        return
    for paragraph in book.document.paragraphs:
        if not _BLANK.search(normal(paragraph.text)):
            continue
        form = normalised(paragraph.text)
        match = _BLANK.search(form.text)
        if match:
            start, end = form.span(match.start(), match.end())
            figure = _figure("0", "", paragraph.place(start, end), match[0])
            explain = f"文中留有模板的空位或填写说明「{match[0]}」"
            at = (_where(paragraph), paragraph.place(0, len(paragraph.text)))
            yield raised(_issue(Quantity(match[0], ""), None, at, figure, explain))


def _level(org: str) -> str | None:
    """The level of government in a body's name: 区, 县, 市, 省; None where the name does not tell."""
    name = re.sub(r"自治区", "省", org)
    if _AMBIGUOUS.search(name):
        return None
    found = re.search(r"[县旗]|(?<![社校林灾牧])区(?!域|划|间)", name)
    if found:
        return "区" if found[0] == "区" else "县"
    if re.search(r"街道|[镇乡]人民政府|市", name):
        return "市" if "市" in name else None
    return "省" if "省" in name else None


def _same_body(name: str, org: str) -> bool:
    """Whether one name is the other shortened (its characters in their order): 省检察院, 江苏省人民检察院."""
    short, long = sorted((re.sub(r"[()]|部门|本级|汇总|中共", "", n) for n in (name, org)), key=len)
    rest = iter(long)
    return all(c in rest for c in short)


def _where(paragraph: Paragraph) -> str:
    return paragraph.section[-1] if paragraph.section else ""


def _figure(value: str, unit: str, place: Place, label: str = "") -> Printed:
    return Printed(Decimal(value), unit, place, key(place), label)


def _issue(said: Quantity, expected: Quantity | None, at: tuple[str, Place], figure: Printed, explain: str) -> Issue:
    kind = "logic" if expected is not None and expected.unit == "年" else "other"
    return Issue(kind, Severity.SUSPICIOUS, said, expected, at[0], at[1], (figure,), explain)
