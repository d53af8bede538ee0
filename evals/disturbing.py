"""Questions as people type them: slips of the keyboard, missing marks, filler, full-width digits, traditional characters.

Each disturbance leaves the meaning alone, so that the answer must stay right: the invariance tests of Ribeiro et al., CheckList, ACL 2020.
"""

import re
from collections.abc import Callable
from random import Random

_HOMOPHONES = {
    "决算": "绝算", "预算": "予算", "经费": "经废", "补助": "补住", "采购": "采够", "支出": "之出", "医疗": "医了",
    "救助": "救住", "收入": "收如",
    "培训": "陪训", "住房": "住防", "接待": "接代", "会议": "会义", "单位": "单为", "原因": "原音", "机关": "几关", "项目": "项木",
}  # fmt: skip
_TRADITIONAL = str.maketrans(
    "决预经费补购医疗么为运维护务车议训远区单项关财险贴员设实际额数级业疗绩标满达较减满应该产",
    "決預經費補購醫療麼為運維護務車議訓遠區單項關財險貼員設實際額數級業療績標滿達較減滿應該產",
)
_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_BEFORE = ("请问一下，", "你好，我想了解：", "麻烦查一下，", "老师您好！")
_AFTER = ("谢谢", "，谢谢啦", "，麻烦了", "……")

Disturbance = Callable[[str, Random], str]


def homophone(question: str, random: Random) -> str:
    """One official word typed with a wrong character of the same sound."""
    known = [word for word in _HOMOPHONES if word in question]
    word = random.choice(known) if known else ""
    return question.replace(word, _HOMOPHONES[word], 1) if word else question


def doubled(question: str, random: Random) -> str:
    """One character of the question's words typed twice."""
    places = [m.start() for m in re.finditer(r"[\u4e00-\u9fff]", question)]
    at = random.choice(places) if places else 0
    return question[: at + 1] + question[at:]


def unmarked(question: str, _: Random) -> str:
    """Without any mark, brackets included, and with spaces for some."""
    return re.sub(r"[？?！!。；;：:“”\"（）()、]", "", question).replace("，", " ")


def wide(question: str, _: Random) -> str:
    """Digits and signs at full width."""
    return question.translate(_WIDE)


def filled(question: str, random: Random) -> str:
    """With the words around it that people are polite by."""
    return f"{random.choice(_BEFORE)}{question.rstrip('？?')}？{random.choice(_AFTER)}"


def traditional(question: str, _: Random) -> str:
    """Common characters in their traditional form."""
    return question.translate(_TRADITIONAL)


DISTURBANCES: dict[str, Disturbance] = {
    "homophone": homophone,
    "doubled": doubled,
    "unmarked": unmarked,
    "wide": wide,
    "filled": filled,
    "traditional": traditional,
}
"""By name."""


def variants(question: str, seed: str) -> dict[str, str]:
    """The question under every disturbance that changes it, by the disturbance's name."""
    made = {name: disturb(question, Random(f"{seed}:{name}")) for name, disturb in DISTURBANCES.items()}
    return {name: text for name, text in made.items() if text != question}
