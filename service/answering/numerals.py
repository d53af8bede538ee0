"""What of a sentence no check of digits sees: amounts, ratios and years in Chinese numerals, dates, and figures cut by quotation marks."""

import re
from collections.abc import Collection, Iterator

from service.text import normal

_DIGITS = "一二三四五六七八九十百千两"
_NUMERAL = re.compile(
    rf"百分之[零点{_DIGITS}]+|[{_DIGITS}]+分之[{_DIGITS}]+|[{_DIGITS}][万亿点{_DIGITS}]*(?:万元|亿元|元|[万亿](?![\u4e00-\u9fff]))"
    rf"|[{_DIGITS}点]+倍|翻(?:了)?(?:[{_DIGITS}]番|倍)|(?:一|大|小|近|过)半(?!年)|半数|[{_DIGITS}]成(?![\u4e00-\u9fff]{{0,1}}[立员果本分功品熟效为])"
    rf"|[一二][〇零○{_DIGITS}]{{3}}年|排名?第[{_DIGITS}\d]+|第[{_DIGITS}\d]+[位名]|[上下]半年|第?[一二三四]季度"
)
"""Amounts, ratios, years and ranks that are told without a figure, or by an ordinal."""
_DATE = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<day>\d{1,2}月(?:\d{1,2}日)?)(?!份?个|度)")
_CUT = re.compile(r"[\d.,]」\s*[\d.,]*(?:[\d%‰]|[万亿]?元|[万亿])|\d[.,]?「\s*[\d.,]")


def unfounded(text: str, whole: str, quotes: Collection[str], question: str) -> Iterator[tuple[str, str]]:
    """(code, what speaks against it) of what is told so and does not stand in the evidence as it is.

    Args:
        text: the sentence, its quotations blanked.
        whole: the sentence.
        quotes: the cited quotes.
        question: the user's words, whose dates may be repeated.
    """
    sources = [normal(quote) for quote in quotes]
    for match in _NUMERAL.finditer(normal(text)):
        if not any(match[0] in source for source in sources):
            yield "numeral", f"「{match[0]}」请用阿拉伯数字照原文书写"
    for match in _DATE.finditer(normal(text)):
        if not any(_dates(match, source) for source in (*sources, normal(question))):
            yield "date", f"日期「{match[0]}」不在所引材料中"
    if (cut := _CUT.search(whole)) is not None:
        yield "quotation", f"引号截断了数字「{cut[0]}」"


def _dates(date: re.Match[str], source: str) -> bool:
    """Whether a source prints the date, and no other year right before it."""
    for found in _DATE.finditer(source):
        if found["day"].startswith(date["day"]) and (date["year"] is None or found["year"] in (None, date["year"])):
            return True
    return False
