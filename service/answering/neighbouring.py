"""Whether an answer is only a neighbour of what is asked: a body's own figure for a whole county's, money for a number of people, …."""

import re
from collections.abc import Callable, Mapping

from service.answering.draft import Draft, Evidence
from service.answering.plan import Ask, Plan
from service.text import normal

_HOW_MUCH = re.compile(r"多少|几(?=[名个位人次件起场所户家批座])")
_WIDE = re.compile(r"全(?:[县市区省国州旗镇乡]|街道)(?![度年面])")
_OF_WHOLES = re.compile(r"收入|支出|税|基金|财政|预算|决算|花|钱|人(?!均|员)")
"""What a whole district has other figures of than one body; its rates may be the body's aim."""
_OWN_WIDE = "[我本全]"
"""Documents say 全区, 我区 or 本区 of one and the same."""
_PEOPLE = re.compile(
    r"(?:多少|几)(?:名|个|位)?([\u4e00-\u9fff]{0,4}?(?:[队委成党会社议]员|代表|居民|村民|市民|人口|志愿者|学生|教师|老师|医生|护士|警察|律师|"
    r"患者|病人|儿童|老人|住户|业主|司机|保安|网格员|社工|辅警|法官|检察官))(?![大常]|工作|会|活动|补助|经费)"
)
_PEOPLE_FIRST = re.compile(
    r"([\u4e00-\u9fff]{0,2}(?:[队委党会社议]员|居民|村民|人口|志愿者|学生|法官|检察官|辅警|社工|代表))(?:一共|总共|共|总数)?(?:有)?(?:多少|几)(?:名|个|位|人)"
)
_CORE = 2
"""The last characters of who is counted tell them."""
_OUTCOME = re.compile(
    r"(追回|追缴|挽回|查处|处罚|罚没|罚款|办结|审结|审理|受理|结案|起诉|破案|抓获|救助|培训|检查|表彰|招聘|录用|新增就业|减免|退税|征收|收缴)"
    r"(?:了|到|过)?(?:回来|回)?(?:多少|几)"
)
_TIMES = re.compile(r"(?:多少|(?<!哪)几)(次|起|场|趟|件)(?!性)")
_TRAITS = {
    "牌子": ("牌",), "品牌": ("牌",), "型号": ("型号", "规格"), "厂家": ("厂",), "颜色": ("色",), "车型": ("车型", "轿车", "越野"),
    "供应商": ("供应商", "公司"), "供货商": ("供应商", "供货", "公司"), "公司": ("公司", "供应商"), "学历": ("学历", "本科", "研究生"),
    "年龄": ("年龄", "岁"), "排量": ("排量", "升"), "施工单位": ("公司", "集团", "施工单位为"), "中标单位": ("公司", "集团", "中标单位为"),
    "国家": ("赴", "出访", "前往"), "名字": ("名称", "姓名"),
}  # fmt: skip
"""What disclosures seldom tell of what they list → words that tell it."""
_TRAIT = re.compile(rf"(?:什么|哪个|哪几个|哪种|哪家|哪几家|啥|哪些)的?({'|'.join(_TRAITS)})")
_COUNTED = r"\d[\d,.]*[余多]?万?[余多]?"


def only(plan: Plan, draft: Draft, evidence: Mapping[str, Evidence]) -> bool:
    """Whether a draft tells nothing of what a question asks the number of; only where it asks for one thing.

    Args:
        plan: the question.
        draft: the answer before it is verified.
        evidence: what its labels name.
    """
    text = plan.text
    if _no_trait(text, draft, evidence):
        return True
    if plan.ask in (Ask.WHY, Ask.DEFINITION) or len(_HOW_MUCH.findall(text)) != 1:
        return False
    quotes = [normal(evidence[label].place.quote) for s in draft.sentences for label in s.labels if label in evidence]
    heads = [normal(evidence[label].section) for s in draft.sentences for label in s.labels if label in evidence]
    said = "\n".join((*quotes, *heads))
    return any(test(plan, text, said) for test in _TESTS)


def _no_trait(text: str, draft: Draft, evidence: Mapping[str, Evidence]) -> bool:
    """Whether a trait is asked for (什么牌子) that nothing cited speaks of."""
    asked = _TRAIT.search(text)
    if asked is None:
        return False
    words = _TRAITS[asked[1]]
    return not any(
        word in normal(evidence[label].place.quote + evidence[label].head)
        for s in draft.sentences for label in s.labels if label in evidence for word in words
    )  # fmt: skip


def _narrower(plan: Plan, text: str, said: str) -> bool:
    """A whole district is asked for, and what is cited speaks of none; a project's name may hold the word."""
    wide = _WIDE.search(text)
    if wide is None or not _OF_WHOLES.search(text) or any(m.start <= wide.start() < m.end and m.score for m in plan.items):
        return False
    if any(wide[0] in name for m in plan.items for name in m.names):
        return False
    return re.search(_OWN_WIDE + re.escape(wide[0][1:]), said) is None


def _not_counted(plan: Plan, text: str, said: str) -> bool:
    """A number of people is asked for, and what is cited counts none of them."""
    asked = _PEOPLE.search(text) or _PEOPLE_FIRST.search(text)
    if asked is None or any(m.start <= asked.start(1) and asked.end(1) <= m.end and m.score for m in plan.items):
        return False
    who = re.escape(asked[1][-_CORE:])
    before = rf"{_COUNTED}(?:名|人|位|个|户)?的?[\u4e00-\u9fff]{{0,6}}{who}"
    after = rf"{who}[^\d。;,]{{0,14}}{_COUNTED}(?:名|人|位|个|户)"
    return re.search(f"{before}|{after}", said) is None


def _not_done(_: Plan, text: str, said: str) -> bool:
    """How much was achieved is asked for, and what is cited does not say that it was done at all."""
    asked = _OUTCOME.search(text)
    return asked is not None and asked[1] not in said


def _not_so_often(_: Plan, text: str, said: str) -> bool:
    """How often is asked for, and what is cited counts no times."""
    asked = _TIMES.search(text)
    if asked is None:
        return False
    units = "次|场|期|趟|批|回" if asked[1] in "次场趟" else "件|起|例|宗|项"
    return re.search(rf"{_COUNTED}(?:人|批)?(?:{units})|(?:{units})(?:数|量)?[^\d。;]{{0,8}}\d", said) is None


_TESTS: tuple[Callable[[Plan, str, str], bool], ...] = (_narrower, _not_counted, _not_done, _not_so_often)
