"""The suites' kinds of case → their Chinese names, as the report shows them."""

from service.exports.wording import CLASSES

NAMES = {
    # questions
    "lookup": "查数", "why": "原因", "compare": "比较", "list": "列举", "derive": "推算", "definition": "名词", "table": "表格",
    "crossdoc": "跨文件", "refuse": "该拒答", "followup": "追问", "single": "一处证据", "across": "几处证据", "evidence": "证据",
    # reading and extraction
    "row": "表格的行", "place": "章节与表", "document": "整份文件", "text": "文字", "grounding": "出处",
    # the checker
    "unchanged": "未改动的账册", "unchanged book": "未改动的账册", "holds": "成立的算式", "contradicting verbs": "动词相反",
    "direction word": "方向词改反", "neighbour's rate": "错用旁边的比率", "procurement parts": "采购分项", "swapped roles": "预决算对调",
    "table cell": "表中一格改动", "text amount": "文中金额改动", "vehicle count": "车辆数", "unit": "单位",
    # the guard
    "lies": "谎话", "fields": "字段", "tatqa": "TAT-QA", "honest": "诚实", "honest difference": "诚实的差额", "honest figure": "诚实的数",
    "honest pair": "诚实的两数", "honest reason": "诚实的原因", "composer's sentence": "离线回答的句子",
    "another item's figure": "别的项目的数", "another item's reason": "别的项目的原因", "digit changed": "改一位数字",
    "digit changed, in the quote too": "改一位数字（连引文）", "digits swapped": "数字换位", "neighbour's arithmetic": "邻数的算式",
    "neighbour's figure": "旁边的数", "nothing cited": "没有引证", "obeys an order": "听从夹带的指令", "quote altered": "改动引文",
    "reason invented": "编造原因", "reason quoted, invented": "编造的原因充作引文", "tenfold": "十倍", "wrong body": "张冠李戴",
    "wrong measure": "口径不对", "wrong page": "页码不对", "wrong passage cited": "引错段落", "wrong role": "预决算角色不对",
    "wrong unit": "单位不对", "wrong year": "年度不对", "share given to its whole": "占比错给整体",
    "honest, all of a document together": "诚实（一份文件一起）",
    "gold": "正确答案", "gold, not declarable": "正确答案（无法申明算式）", "step": "改中间一步",
    "digit": "改一位数字", "swapped digits": "数字换位", "undeclared": "没有申明算式", "operand": "改动运算数",
    "neighbour row": "邻行的数", "neighbour year": "邻年的数",
    # robustness and speed
    "bad file": "坏文件", "doubled": "叠字", "filled": "客套话", "hidden order": "夹带的指令", "homophone": "同音错字",
    "irrelevant documents": "混入无关文件", "paraphrase": "改写", "traditional": "繁体", "unmarked": "去标点", "wide": "全角",
    "reading": "读取", "start": "启动",
}  # fmt: skip
"""By the name in the observations, where it is no finding's kind."""


def name(kind: str) -> str:
    """A kind's name for people; one that is not known (a suite or gold of one's own) as it is.

    >>> name("single")
    '一处证据'
    """
    return NAMES.get(kind) or CLASSES.get(kind, kind)
