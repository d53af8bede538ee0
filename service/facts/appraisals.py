"""What the prose of 预算绩效情况说明 states figures about: the department's self-appraisal, projects, reviews."""

import re
from collections.abc import Collection, Iterator

from service.facts.sections import Subject
from service.facts.wording import Wording

OVERALL = "部门整体支出绩效自评"

_SUMMARY = re.compile(
    r"(?:^|[。;:])(?:\(?\d{1,2}[.、)])?(?P<name>[^。;:,]{2,60}?)"
    r"(?:(?:项目)?(?:中央|省级|市级|区级|县级)?专项(?:资金)?|项目)?(?:支出)?绩效自评综述[:]"
)
_OVERALL = re.compile(r"(?:部门|单位)?整体支出(?:绩效)?自评(?:价)?(?=得|评|分|结果)")
_MANY = re.compile(
    r"(?:反映|对|选取|组织)[^。;,]{2,60}?等"
    r"(?=\d+个(?P<what>[^,。;]{0,10}?(?:项目|专项资金|资金))(?P<how>[^,。;]{0,12}自评)?)"
)
_REVIEWED = re.compile(r"\d+个[^,。;]{0,10}?(?:开展|进行)了?(?P<kind>部门(?:绩效)?评价|财政(?:绩效)?评价)")
_ONE = re.compile(r"反映(?P<name>[^。;,]{2,40}?)(?<!等)(?=\d+个(?P<what>[^,。;]{0,6}项目)的?绩效自评)")
_REVIEW = re.compile(
    r"(?:组织)?对(?P<name>[^。;,]{2,40}?)(?:\d+个项目)?(?:等)?(?:项目)?"
    r"开展了?(?P<how>部门重点(?:绩效)?评价|财政重点(?:绩效)?评价|重点(?:绩效)?评价)"
)
_PROJECT = re.compile(
    r"(?:^|[。;:])(?:\(\d{1,2}\)|\d{1,2}[.、])?(?P<name>[^。;:,、][^。;:,]{2,50}?)项目[:,](?=(?:该|本)?(?:项目)?(?:支出)?(?:年初|全年|调整后?)?预算)"
)
_SCORED = re.compile(
    r"(?:^|[。;:])(?:\(\d{1,2}\)|\d{1,2}[.、])?(?P<name>(?!本|该|各|一级|二级|部门|单位|整体)[^。;:,、][^。;:,]{2,50}?)"
    r"项目(?:支出)?(?:绩效)?(?:自评|综合)(?:价)?(?:得分|评分|结果|总分)"
)
_WORK = re.compile(
    r"(?:对|选取|及|和|、)[^。;,]{0,30}?(?=\d+个(?:[^,。;\d]{0,4})项目(?:支出)?(?:全面)?(?:编制|开展|进行|实施|编报)了?(?P<what>[^,。;\d]{0,8}?(?:自评|监控|跟踪|评估|绩效目标)))"
)
_SELF = re.compile(r"(?:组织)?对(?:20\d\d年度?)?[^。;,]{0,30}?项目(?:支出)?(?:全面)?开展了?绩效自评(?=[。,;])")
_LEVELS = re.compile(r"(?P<name>[一二]级项目)(?:共)?$")
_MONEY = re.compile(r"涉及[^。;,]{0,16}?(?:资金|金额|支出)(?:总额|共计|合计|共)?(?:约|为)?$")
_INVOLVED = re.compile(r"自评(?:价)?(?:工作)?,(?=(?:共)?涉及(?:[^,。;\d]{0,6}项目\d+个|\d+个[^,。;\d]{0,6}项目))")
_COUNTED = re.compile(
    r"(?P<name>(?:编报绩效目标|(?:实行|纳入)绩效目标管理|绩效跟踪评价|绩效跟踪|绩效自评|绩效评价|绩效评级为\"[^\"]{1,4}\")的?)(?:的)?(?:20\d\d年度?)?(?:的)?项目(?:共)?$"
)


def heads(wording: Wording) -> list[Subject]:
    """What the paragraph's figures are about, in order.

    Args:
        wording: the paragraph.
    """
    text = wording.masked
    found: list[Subject] = []
    for pattern in (_SUMMARY, _PROJECT, _SCORED):
        found.extend(_printed(wording, m, "name") for m in pattern.finditer(text))
    found.extend(Subject((OVERALL,), at=m.start()) for m in _OVERALL.finditer(text))
    for match in _MANY.finditer(text):
        reviewed = _REVIEWED.match(text, match.end())
        item = f"{match['what']}自评" if match["how"] and "项目" not in match["what"] else "绩效自评项目"
        item = f"{reviewed['kind']}项目" if reviewed else item
        found.append(Subject((item,), at=match.start()))
    found.extend(Subject((f"{m['name']}{m['what']}绩效自评",), at=m.start("name")) for m in _ONE.finditer(text))
    for match in _REVIEW.finditer(text):
        name = re.sub(r"\d+个项目$", "", match["name"])
        found.append(Subject((f"{name}{match['how'].replace('绩效', '')}",), at=match.start("name")))
    found.extend(_work(text, {s.at for s in found}))
    return sorted(found, key=lambda s: s.at or 0)


def _work(text: str, known: Collection[int | None]) -> Iterator[Subject]:
    """Projects counted by what was done with them, where no project is named."""
    for match in _WORK.finditer(text):
        if not any(at is not None and match.start() <= at < match.end() for at in known):
            what = "绩效自评" if "自评" in match["what"] else match["what"]
            yield Subject((f"{what}项目",), at=match.start())
    for match in (*_SELF.finditer(text), *_INVOLVED.finditer(text)):
        yield Subject(("绩效自评项目",), at=match.start())


def named(lead: str, wording: Wording, start: int) -> Subject | None:
    """The group of projects that is counted right before a figure, or None."""
    match = _COUNTED.search(lead) or _LEVELS.search(lead)
    if match is None:
        # After 一级项目2个，二级项目12个 the money is that of all.
        levels = _LEVELS.search(wording.masked[:start].rstrip("0123456789个"))
        return Subject(("绩效自评项目",)) if levels and _MONEY.search(lead) else None
    name = wording.printed(start + match.start("name"), start + match.end())
    return Subject((re.sub(r"20\d\d年度?", "", name),), at=start + match.start("name"))


def _printed(wording: Wording, match: re.Match[str], group: str) -> Subject:
    return Subject((wording.printed(match.start(group), match.end(group)),), at=match.start(group))
