"""How much of what a question needs a text says: its words, weighed by how rare they are in the document, and the form of its answer."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service import amounts
from service.answering import countables
from service.answering.needs import Fit, Need, Term
from service.answering.units import Unit

UNKNOWN = 0.7
"""Weight of a pair of characters that the document nowhere prints, as a share of the rarest one's."""
NEAR = 80
"""A figure stands at most so many characters behind the words that it is of …"""
BEFORE = 8
"""… or so many before them."""
UNNAMED = 0.6
"""Worth of an item's words in the name of another."""

_REASON = re.compile(r"因(?!公)|由于|原因|导致|受[^,。]{1,20}影响|为了|致使|鉴于")
_MEANING = re.compile(r"指(?![导标挥南数定])|反映|包括|包含|用于|主要是|定义|(?<!原因):(?=[\u4e00-\u9fff]{5})")
_USED = re.compile(r"用于|用来|主要是|主要为|反映|支付|主要安排|安排用|系|作为|解决")
_LISTED = re.compile(r"、|;|(?:[一二三四五]是)|包括")
_CHANGED = re.compile(r"比|较|增|减|降|升|涨|持平|一致|相[等同]|无差异|变化|变动|多|少")
_RANK = re.compile(r"第[一二三四五六七八九十\d]+|排名")
_NOUN_ASKED = re.compile(r"(?:多少|(?<!哪)几)[个名位家条种部项所]?(?![个名位家条种部项所])([\u4e00-\u9fff]{2,4}?)(?=[,、?]|$)")
_NO_NOUN = re.compile(r"[钱元万亿块了的吗呢次批米]|资金|经费|费|支出|收入|预算|决算|百分|比例|编制|参加|参保|金额")
"""Money and words of form: no noun that a figure counts."""
_NONE = re.compile(r"无[^。;,]{0,40}(?:支出|收支|安排|预算|车辆|占用|购置|经费|收入)|没有|未安排|未发生|未购|不涉及")
"""Says that there is none."""
_NONE_BEFORE = re.compile(r"(?:上年|去年|上一年)度?[^,。;]{0,4}(?:无|没有|未)[^,。;]*")
"""That there was none the year before says nothing of this one."""
_OF_MONEY_ONLY = (Fit.AMOUNT, Fit.ANY, Fit.PERCENT)
_ZERO = re.compile(r"(?<![\d.])0(?:\.0+)?(?:万元|元|辆)")
_BOUGHT = re.compile(r"[买购添置换]|新增|更新")
_BUYING = re.compile(r"购|买|更新|新增|添置|采购")
_NONE_BOUGHT = re.compile(r"(?:无|没有|未)[^。;,]{0,20}(?:购置|购买|新购|更新)[^。;,]*")
_OF_MONEY = re.compile(r"(?:花|用|支出|收入|资金|经费|钱|拨款|投入)[^,。?]{0,6}(?:多少|几)|多少钱|几[万元亿]")
_MONEY_ASKED = re.compile(r"多少钱|几[万元亿]元?|多少[万亿]?元")
_GOAL = re.compile(r"(?:一级指标\|)?(?:产出|效益|效果|满意度|社会|经济|生态|可持续|数量|质量|时效)[^|]{0,6}指标?")
"""A row of a form's goals, whose points are no money."""
_MONEY_ROW = re.compile(r"(?:费|支出|收入|经费|资金)(?:\([^)]*\))?(?:\||$)")
"""A row of money, whose figures count nothing."""
_FIGURES_ONLY = re.compile(r"[\d,.]+(?:万元|亿元|元|%|个|人|名|辆|台)")


@dataclass(frozen=True, slots=True)
class Weights:
    """How telling each pair of characters is among the stretches of one document."""

    by_pair: Mapping[str, float]
    most: float
    """Weight of a pair that one stretch alone has."""

    def of(self, word: str) -> float:
        """Weight of a word."""
        return sum(self.by_pair.get(pair, 0.0) for pair in pairs(word))

    def held(self, word: str, text: str) -> float:
        """Share of a word's weight that a text holds, 0 to 1."""
        whole = self.of(word)
        return sum(self.by_pair.get(pair, 0.0) for pair in pairs(word) if pair in text) / whole if whole else 0.0


def pairs(word: str) -> list[str]:
    """The pairs of characters of a word."""
    return [a + b for a, b in pairwise(word)]


def weighed(need: Need, units: Sequence[Unit]) -> Weights:
    """The weights of a need's words in a document.

    Args:
        need: what is asked.
        units: the document's stretches.
    """
    every = {pair for term in (*need.terms, *need.context) for word in term.words for pair in pairs(word)}
    most = math.log(1 + len(units))
    found = {}
    for pair in every:
        spread = sum(1 for unit in units if pair in unit.form)
        found[pair] = math.log(1 + len(units) / spread) if spread else UNKNOWN * most
    return Weights(found, most)


def term(one: Term, text: str, weights: Weights) -> float:
    """How much of a term a text says, by whichever of its words it says best."""
    return max(weights.held(word, text) for word in one.words)


def told(one: Term, text: str, weights: Weights) -> float:
    """How much of a term sentences of the composer say: an item is named or it is not, since neighbours have like names."""
    share = term(one, text, weights)
    return share if not one.item or any(word in text for word in one.words) else UNNAMED * share


def rarity(one: Term, weights: Weights) -> float:
    """How rare a term's rarest pair of characters is in the document, of the word that is the commonest."""
    return min(max((weights.by_pair.get(pair, 0.0) for pair in pairs(word)), default=0.0) for word in one.words)


def words(need: Need, text: str, weights: Weights, said: Callable[[Term, str, Weights], float] = term) -> float:
    """How much of a need's own words a text (normal form) says, 0 to 1.

    Args:
        need: what is asked.
        text: what says it.
        weights: of its words.
        said: how a term is measured.
    """
    whole = sum(_weight(t, weights) for t in need.terms)
    return sum(_weight(t, weights) * said(t, text, weights) for t in need.terms) / whole if whole else 1.0


def alike(need: Need, text: str) -> float:
    """Share of the question's pairs of characters, telling or not, that a text says: it decides between equals."""
    asked = [pair for pair in pairs(need.text) if "#" not in pair]
    return sum(1 for pair in asked if pair in text) / len(asked) if asked else 0.0


def counts(need: Need, text: str) -> bool:
    """Whether a text counts what the question asks the number of by its name: 「多少定点药店」 is told by 「28家定点药店」."""
    asked = _NOUN_ASKED.search(need.text)
    return asked is None or not any(asked[1] in one.words for one in need.terms) or counts_noun(need.text, text)


def counts_noun(question: str, text: str) -> bool:
    """Whether a text counts what the one number that a question asks for is of: 多少法官 is not told by 法官助理8人."""
    asked = _NOUN_ASKED.search(question)
    if asked is None or _NO_NOUN.search(asked[1]):
        return True
    noun = re.escape(asked[1])
    return re.search(rf"\d[余多万]*[\u4e00-\u9fff]{{0,2}}{noun}|{noun}(?:数量?|总数|人数)?[为是共有达约:|]{{0,3}}\d", text) is not None


def stated(need: Need, text: str, weights: Weights) -> bool:
    """Whether a figure of the unit asked stands behind the rarest word of a need, or right before it: 11期干部培训班."""
    rarest = max(need.terms, key=lambda t: rarity(t, weights), default=None)
    if rarest is None:
        return True
    found = [text.find(pair) for word in rarest.words for pair in pairs(word) if pair in text]
    at = min(found, default=0)
    printed = countables.counted(text, need.units) if need.fit is Fit.COUNT else amounts.figures(text)
    return any(at - BEFORE <= a.start <= at + NEAR for a in printed)


def _weight(one: Term, weights: Weights) -> float:
    return math.pow(min(weights.of(word) for word in one.words), 0.75)


def owned_only(need: Need, text: str) -> bool:
    """Whether a text (normal form) says nothing of buying, where the number bought is asked."""
    return need.fit is Fit.COUNT and _BOUGHT.search(need.text) is not None and _BUYING.search(text) is None


def means(need: Need, text: str) -> bool:
    """Whether a text (normal form) goes on to say what a word is that it names; one that names none of the words may."""
    at = [(text.find(word), len(word)) for one in need.terms for word in one.words if word in text]
    return not at or any(_MEANING.search(text, start + length, start + length + NEAR) for start, length in at)


def denies(need: Need, text: str) -> bool:
    """Whether a text (normal form) says that there is none of it.

    That no money was spent counts nothing else, and that none is bought says nothing of what is there.
    """
    held = text if need.fit is not Fit.COUNT or _BOUGHT.search(need.text) else _NONE_BOUGHT.sub("", text)
    held = _NONE_BEFORE.sub("", held)
    return _NONE.search(held) is not None or (need.fit in _OF_MONEY_ONLY and _ZERO.search(text) is not None)


def gives_reason(text: str) -> bool:
    """Whether a text (normal form) has the words of a reason."""
    return _REASON.search(text) is not None


def fits(need: Need, text: str, *, row: bool = False) -> bool:
    """Whether a text (normal form) has the form of the answer to a need; a table's row may print figures without their unit."""
    if need.fit is Fit.COUNT:
        bare = row and not _MONEY_ROW.search(text) and any(not a.unit and not a.decimals for a in amounts.numbers(text))
        return bare or bool(countables.counted(text, need.units))
    if need.fit is Fit.AMOUNT:
        if _MONEY_ASKED.search(need.text) and not row and not any(a.unit in amounts.YUAN for a in amounts.figures(text)):
            return False
        goal = row and _OF_MONEY.search(need.text) is not None and _GOAL.match(text) is not None
        return any(a.unit in amounts.YUAN for a in amounts.figures(text)) if goal else bool(amounts.figures(text))
    if need.fit is Fit.PERCENT:
        return "%" in text
    if need.fit is Fit.LIST:
        return len(_LISTED.findall(text)) > 0
    if need.fit is Fit.WORDED:
        return len(_FIGURES_ONLY.sub("", text)) > len(text) / 2
    pattern = {Fit.CHANGE: _CHANGED, Fit.RANK: _RANK, Fit.WHY: _REASON, Fit.MEANING: _MEANING, Fit.USE: _USED}.get(need.fit)
    return pattern is None or pattern.search(text) is not None
