"""The one normaliser: text as printed → text to compare, with the way back to every printed character.

Normal form: CJK radicals as their ordinary characters, NFKC, one kind of dash and quotation mark, no layout white space.
Digits, signs and points are never altered beyond their width. A circled or raised digit beside a figure stays what it is: as
a plain digit the mark of a footnote would lengthen that figure.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_RADICALS = str.maketrans(
    {
        # U+2E80-2EF3 (CJK Radicals Supplement), most of which NFKC leaves alone. Source: Unicode EquivalentUnifiedIdeograph.txt.
        "⺁": "厂", "⺄": "乙", "⺅": "亻", "⺆": "冂", "⺇": "几", "⺈": "刀", "⺉": "刂", "⺊": "卜", "⺋": "㔾", "⺌": "小", "⺍": "小",
        "⺎": "尢", "⺏": "尣", "⺐": "尢", "⺑": "尣", "⺒": "巳", "⺓": "幺", "⺔": "彑", "⺕": "彐", "⺖": "忄", "⺗": "心", "⺘": "扌",
        "⺙": "攵", "⺛": "旡", "⺜": "日", "⺝": "月", "⺞": "歺", "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "氺", "⺣": "灬", "⺤": "爫",
        "⺥": "爫", "⺦": "丬", "⺧": "牛", "⺨": "犭", "⺩": "王", "⺪": "疋", "⺫": "目", "⺬": "示", "⺭": "礻", "⺮": "竹", "⺯": "糹",
        "⺰": "纟", "⺱": "网", "⺲": "罒", "⺳": "罓", "⺴": "罓", "⺵": "网", "⺶": "羊", "⺷": "羊", "⺸": "羊", "⺹": "耂", "⺺": "肀",
        "⺻": "聿", "⺼": "肉", "⺽": "臼", "⺾": "艹", "⺿": "艹", "⻀": "艹", "⻁": "虎", "⻂": "衤", "⻃": "覀", "⻄": "西", "⻅": "见",
        "⻆": "角", "⻇": "角", "⻈": "讠", "⻉": "贝", "⻊": "足", "⻋": "车", "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "阝", "⻐": "钅",
        "⻑": "長", "⻒": "镸", "⻓": "长", "⻔": "门", "⻕": "阜", "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风",
        "⻜": "飞", "⻝": "食", "⻞": "飠", "⻟": "飠", "⻠": "饣", "⻡": "首", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟",
        "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "斉", "⻬": "齐", "⻭": "歯", "⻮": "齿", "⻯": "竜", "⻰": "龙", "⻱": "龜",
        "⻲": "亀", "⻳": "龟",
    }
)  # fmt: skip

_MARKS = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "＂": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'",
        "－": "-", "−": "-", "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "‒": "-",
        "（": "(", "）": ")", "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]", "·": "·", "•": "·", "‧": "·", "・": "·",
        "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Normal:
    """Normalised text; `at[i]` is the index in the source of the character that gave character i."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source range (end exclusive) of characters start to end (exclusive, not empty) of `text`."""
        return self.at[start], self.at[end - 1] + 1


_NOTED = re.compile("[\xb2\xb3\xb9\xbc-\xbe\u2070-\u2079\u2080-\u2089\u2150-\u215e\u2460-\u2473\u24ea]")
"""Characters of which NFKC makes plain digits: raised, lowered and circled ones, and fractions."""
_DIGITS = frozenset("0123456789")
_BEFORE = _DIGITS | {"%", *"²³¹⁰⁴⁵⁶⁷⁸⁹"}


class _Forms(dict[str, str]):
    """The normal form of each character met; empty for white space and invisible characters."""

    def __missing__(self, c: str) -> str:
        form = "" if c.isspace() else unicodedata.normalize("NFKC", c.translate(_RADICALS)).translate(_MARKS).replace(" ", "")
        self[c] = form
        return form


_FORMS = _Forms()
"""Grows with the characters met: a document's few thousand, Unicode's million at most."""


@lru_cache(maxsize=16384)
def normal(source: str) -> str:
    """The normal form of a text: what two printings of one passage share.

    >>> normal("⻋辆 ２，０００．５ 元（含税）")
    '车辆2,000.5元(含税)'
    """
    return "".join(_forms(source))


def normalised(source: str) -> Normal:
    """The normal form with the way back to the source."""
    forms = _forms(source)
    text = "".join(forms)
    if len(text) == len(source) and "" not in forms:
        return Normal(text, tuple(range(len(source))))
    return Normal(text, tuple(i for i, form in enumerate(forms) for _ in form))


def find(needle: str, haystack: str) -> tuple[int, int] | None:
    """Where `needle` stands in `haystack` by their normal forms: a range of `haystack`, or None.

    A match must not cut a number: "50" is not found in "350" or "50.5".
    """
    want = normal(needle)
    if not want or want not in normal(haystack):
        return None  # Most are not: only what stands there needs the way back.
    have = normalised(haystack)
    start = have.text.find(want)
    while start >= 0:
        end = start + len(want)
        if not _cuts_number(have.text, start, end):
            return have.span(start, end)
        start = have.text.find(want, start + 1)
    return None


def _forms(source: str) -> list[str]:
    """The normal form of every character."""
    forms = list(map(_FORMS.__getitem__, source))
    for match in _NOTED.finditer(source):
        at = match.start()
        before = next((form for form in reversed(forms[:at]) if form), "")
        after = next((form for form in forms[at + 1 :] if form), "")
        if before[-1:] in _BEFORE or after[:1] in _DIGITS:
            forms[at] = match[0]
    return forms


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether the range begins or ends inside a run of digits, points and thousands separators."""

    def joined(i: int) -> bool:
        if not 0 < i < len(text):
            return False
        left, right = text[i - 1], text[i]
        if left.isdigit() and right.isdigit():
            return True
        if left.isdigit() and right in ".," and i + 1 < len(text) and text[i + 1].isdigit():
            return True
        return left in ".," and right.isdigit() and i >= 2 and text[i - 2].isdigit()

    return joined(start) or joined(end)
