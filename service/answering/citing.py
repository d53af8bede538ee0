"""A verdict → the answer that a user sees: sentences with citation marks, citations in order, findings that touch them."""

from collections.abc import Iterable, Mapping

from service.answering.draft import Evidence, Sentence
from service.answering.verify import Verdict
from service.records import Answer, Citation, Engine, Finding, Place, Severity
from service.text import find, normal

MARK = "【{}】"
"""How a citation is marked; no document number looks like it."""
_FINAL = "。！？；.!?;"


def assemble(question: str, verdict: Verdict, evidence: Mapping[str, Evidence], *, refused: bool, engine: Engine) -> Answer:
    """Write the answer.

    Args:
        question: the user's words.
        verdict: what stands.
        evidence: by label.
        refused: whether the documents do not hold the answer.
        engine: who wrote the draft.
    """
    numbers = {label: n for n, label in enumerate(verdict.labels, 1)}
    text = "".join(_marked(sentence, numbers) for sentence in verdict.kept)
    citations = tuple(Citation(n, evidence[label].doc, evidence[label].section, evidence[label].place) for label, n in numbers.items())
    return Answer(question, text, refused, engine, citations, verdict.figures)


def touched(made: Answer, findings: Mapping[str, Iterable[Finding]]) -> tuple[Finding, ...]:
    """The findings, by document, about a figure that the answer tells; what printing explains (尾差) is no reason to warn."""
    told = {f.value.lstrip("-") for f in made.figures}
    hit: dict[str, Finding] = {}
    for citation in made.citations:
        for finding in findings.get(citation.doc, ()):
            if finding.severity is Severity.ROUNDING:
                continue
            places = [(finding.stated.value, finding.place), *((o.text, o.place) for o in finding.operands)]
            if any(value.replace(",", "").lstrip("-") in told and overlap(citation.place, place) for value, place in places):
                hit.setdefault(finding.id, finding)
    return tuple(hit.values())


def _marked(sentence: Sentence, numbers: Mapping[str, int]) -> str:
    """The sentence with its marks before the final stop."""
    marks = "".join(MARK.format(numbers[label]) for label in sentence.cited)
    text = sentence.text.strip()
    if not marks:
        return text
    return f"{text[:-1]}{marks}{text[-1]}" if text[-1:] and text[-1] in _FINAL else f"{text}{marks}"


def overlap(cited: Place, found: Place) -> bool:
    """Whether a citation and a place of a finding stand on one page and hold one another."""
    if abs(cited.page - found.page) > 1:
        return False
    return normal(cited.quote) == normal(found.quote) or bool(find(cited.quote, found.quote) or find(found.quote, cited.quote))
