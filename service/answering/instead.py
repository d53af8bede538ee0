"""A follow-up that only puts one word in the place of another: 「那旱地补贴呢」 after 「种水田补贴每亩能拿多少」."""

import re

LEAST_SAME = 2
"""The two words end alike in so many characters, and are as long."""
_WORD = re.compile(r"(?:那么?|然后|还有)?(?:如果是|要是|换成)?(?P<word>[\u4e00-\u9fff]{3,10}?)的?(?:呢|又如何|怎么样)[?？]?")


def question(text: str, before: str) -> str | None:
    """The earlier question with the follow-up's word in it; None where the follow-up says more, or nothing fits its place.

    >>> question("那旱地补贴呢?", "种水田补贴每亩能拿多少?")
    '种旱地补贴每亩能拿多少?'

    Args:
        text: the follow-up, in normal form.
        before: the question before it, in normal form.
    """
    match = _WORD.fullmatch(text)
    if match is None or match["word"] in before:
        return None
    word = match["word"]
    for at in range(len(before) - len(word) + 1):
        said = before[at : at + len(word)]
        same = sum(a == b for a, b in zip(said, word, strict=True))
        if said.endswith(word[-LEAST_SAME:]) and 2 * same >= len(word) and re.fullmatch(r"[\u4e00-\u9fff]+", said):
            return f"{before[:at]}{word}{before[at + len(word) :]}"
    return None
