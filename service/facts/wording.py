"""A paragraph in normal form, with what is not to be read stopped out, and the way back to what is printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from service import addressed
from service.facts import reasons
from service.facts.reasons import Cause
from service.facts.sections import Section
from service.records import Paragraph
from service.text import Normal, normal, normalised

STOP = "\x00"
"""Stands for characters that are not to be read (reasons, purposes); no pattern crosses it."""

_SENTENCE_ENDS = "。;"


@dataclass(frozen=True)
class Wording:
    """A paragraph of the statutory narrative. Offsets are those of the normal form; `masked` is as long as it."""

    paragraph: Paragraph
    form: Normal
    masked: str
    section: Section
    causes: tuple[Cause, ...]
    org: str
    """The body that speaks, in normal form; empty where it is not known."""

    def printed(self, start: int, end: int) -> str:
        """Characters start to end (exclusive, not empty) as printed."""
        a, b = self.form.span(start, end)
        return self.paragraph.text[a:b]

    def sentence(self, at: int) -> int:
        """Where the sentence begins that holds offset `at`."""
        return max(self.form.text.rfind(c, 0, at) for c in _SENTENCE_ENDS) + 1

    def whole(self, at: int) -> str:
        """The text from the last full stop to offset `at`."""
        return self.masked[self.form.text.rfind("。", 0, at) + 1 : at]

    def page(self, at: int) -> int:
        """The page on which offset `at` is printed."""
        return self.paragraph.page_at(self.form.at[at])

    @property
    def where(self) -> str:
        """Its innermost heading, as printed."""
        return self.paragraph.section[-1] if self.paragraph.section else ""


def of(paragraph: Paragraph, section: Section, org: str = "") -> Wording:
    """A paragraph with its reasons found and stopped out, and what speaks to a machine.

    Args:
        paragraph: as read.
        section: what its headings say.
        org: the body that speaks, as printed.
    """
    form = normalised(paragraph.text)
    said = _masked(form.text, addressed.orders(form.text))
    causes = tuple(reasons.causes(said))
    masked = _masked(said, [(c.start, c.end) for c in causes] + reasons.silent(form.text))
    return Wording(paragraph, form, masked, section, causes, normal(org))


def _masked(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in ranges:
        chars[start:end] = STOP * (end - start)
    return "".join(chars)
