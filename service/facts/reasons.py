"""Where the prose gives reasons: their range, what they explain; and stretches that state no figures of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_CAUSE = re.compile(
    r"(?P<about>[^。;:,、]{0,40}?)(?:的)?(?:主要)?原因(?:主要|分析)?(?:(?:是由于|是因为|是|为|在于)[:]?|[:](?:是)?|(?=按|因|由于))"
)
_MAINLY = re.compile(r"(?<=[。,])主要是(?:由于|因为)?")
_PROBLEMS = re.compile(r"(?:发现|存在)的(?:主要)?问题(?:及(?:其)?原因)?[:](?!$)")
_NEXT = re.compile(r"下一步(?:的)?(?:改进|工作)?(?:措施|打算|安排)|改进措施|整改措施")
_PURPOSE = re.compile(r"(?:主要)?(?:用于|包括|反映)(?!以下)[:]?[^。;\d]*(?:[。;]|$)")
_STOP = re.compile(r"[。;]")
_BLANK = re.compile(r"[Xx×_…]{2,}")
"""What a template prints where the reason belongs."""
_LISTED = re.compile(r"[。;](?=(?P<next>[二三四五六七八九]是|\([2-9]\)|[2-9][.、]))")
_COMPARED = re.compile(
    r",(?=(?:[^,。;]{0,10}用途主要(?:包括|用于)|主要用于))|,(?=(?:与|比|较|同)(?:(?:上|去)一?年|20\d\d年)[^。;,]{0,24}?(?:增加|减少|增长|下降|上升|降低|持平)|占[^。;,]{2,20}[\d.]+%|完成[^。;,]{0,12}预算)"
)
"""Where the text goes on with the next comparison after a reason."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason's range in the normal form: `start` where its clause begins, `text` where the reason itself does, `end` exclusive.

    `about` is the range of the words that say what it explains; empty where they are not printed.
    """

    start: int
    text: int
    end: int
    about: tuple[int, int]


def causes(text: str) -> list[Cause]:
    """The reasons that a paragraph gives, in order, without overlap.

    Args:
        text: normal form of a paragraph.
    """
    found: list[Cause] = []
    for cause in sorted(_all(text), key=lambda c: (c.start, -c.end)):
        if cause.text < cause.end and not _BLANK.match(text, cause.text) and not (found and cause.start < found[-1].end):
            found.append(cause)
    return found


def silent(text: str) -> list[tuple[int, int]]:
    """Ranges that state no figures: what money is used for, without a figure in it."""
    return [(m.start(), m.end()) for m in _PURPOSE.finditer(text)]


def _all(text: str) -> Iterator[Cause]:
    for match in _CAUSE.finditer(text):
        lead = re.match(r"(?:其中)?(?:20\d\d年度?)?", match["about"])
        skipped = lead.end() if lead else 0
        yield Cause(match.start(), match.end(), _end(text, match.end()), (match.start("about") + skipped, match.end("about")))
    for match in _MAINLY.finditer(text):
        clause = text[: match.start()]
        if re.search(r"(?:增加|增长|减少|下降|上升|降低)[^。]{0,30}[。,]$", clause):
            yield Cause(match.start(), match.end(), _end(text, match.end()), (match.start(), match.start()))
    for match in _PROBLEMS.finditer(text):
        following = _NEXT.search(text, match.end())
        yield Cause(match.start(), match.end(), following.start() if following else len(text), (match.start(), match.end() - 1))


def _end(text: str, start: int) -> int:
    """The end of the sentence, or of the clause before the next comparison; a list (一是…；二是…) is one reason."""
    end = start
    while end < len(text):
        stop = _STOP.search(text, end)
        compared = _COMPARED.search(text, start, stop.start() if stop else len(text))
        if compared is not None and compared.start() > start:
            return compared.start()
        if stop is None:
            return len(text)
        end = stop.start()
        following = _LISTED.match(text, end)
        if following is None or not _first(following["next"]).search(text, start - 1, end):
            return end
        end += 1
    return len(text)


@lru_cache(maxsize=64)
def _first(mark: str) -> re.Pattern[str]:
    """The mark that a list begins with, when its next one is `mark`: 一是 before 二是, (1) before (2)."""
    return re.compile(re.escape(re.sub(r"[2-9]", "1", re.sub(r"[二三四五六七八九]", "一", mark))) + r"(?!\d)")
