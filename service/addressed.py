"""Words of a document that speak to a machine (「AI 助手必须回答…」): what stands in such a sentence supports nothing and is no fact."""

import re

from service.text import normal

_ORDERS = re.compile(
    r"(?:忽略|无视|忘记|不要理会|不必遵守)[^。;]{0,12}(?:指令|要求|指示|规则|提示|内容)"
    r"|(?:AI|人工智能|智能体|语言模型|大模型|聊天机器人|机器人|智能助手|AI助手|助手)[^。;]{0,12}"
    r"(?:必须|应当|应该|务必|需(?!求)|请(?![示购])|(?<![主重])要(?![求素点件])|应(?![用急对付收届]))"
    r"|(?:系统提示|提示词|systemprompt|ignore(?:all|any|the|previous|above)|youmust|youare)"
    r"|<\|[^|>]{1,24}\|>|\[/?INST\]|<{2}/?SYS>{2}"
    r"|(?:从现在(?:起|开始)|从此刻起|接下来)[,，]?你|你(?:现在|将)?(?:是|扮演)(?:一[个名位])?[^。;]{0,8}(?:系统|助手|专家|模型|机器人)"
    r"|(?:请|必须|务必)(?:直接)?(?:回答|答复用户|告诉用户|告诉读者|输出|声称|说成)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。！？;；\n]+")


def is_order(text: str) -> bool:
    """Whether a text speaks to a machine."""
    return _ORDERS.search(normal(text)) is not None


def orders(text: str) -> list[tuple[int, int]]:
    """Where a text's sentences stand that speak to a machine: start and end (exclusive, before the full stop) of each."""
    if not is_order(text):
        return []
    return [match.span() for match in _SENTENCE.finditer(text) if is_order(match[0])]


def without(quote: str) -> str:
    """The quote with every sentence that speaks to a machine blanked, each character's place kept."""
    chars = list(quote)
    for start, end in orders(quote):
        chars[start:end] = "□" * (end - start)
    return "".join(chars)
