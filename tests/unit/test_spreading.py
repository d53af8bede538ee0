"""Evidence where no body is named: one place of each likely document in turn; and evidence of documents beside those asked."""

from service.answering import respond, spreading
from service.records import DocumentInfo, Kind
from service.search.likeness import Likeness
from tests.support.shelf import Shelf, fact

WHERE = "五、支出情况"


def _info(doc: str, org: str, year: int = 2023, kind: Kind = Kind.FINAL) -> DocumentInfo:
    return DocumentInfo(doc, f"{org}{year}年", org, year, kind, "部门", 20, doc)


BODIES = {f"body-{n}": _info(f"body-{n}", f"第{n}师范学校") for n in range(7)}
PLANNED = _info("planned", "云汀市澜江区水务局", kind=Kind.BUDGET)


def _shelf(likeness: Likeness, *infos: DocumentInfo) -> Shelf:
    facts = {
        info.doc: (
            fact("会议费", "决算", f"{n}.5", WHERE, f"{info.org}会议费支出决算{n}.5万元"),
            fact("会议费", "决算", f"{n}.50", "公开07表", f"会议费 | {n}.50 | {info.doc}", source="table", column="决算数"),
        )
        for n, info in enumerate(infos, 1)
    }
    return Shelf(*infos, facts=facts, likeness=likeness)


def _docs(question: str, shelf: Shelf) -> list[str]:
    found = respond.evidence(respond.Request(question, tuple(shelf.documents())), shelf)
    return [item.doc for item in found]


def test_the_first_places_are_of_the_likeliest_documents_one_of_each() -> None:
    nearness = {doc: 0.1 * n for n, doc in enumerate(BODIES, 1)}
    found = _docs("会议费决算多少？", _shelf(Likeness(nearness, {}, None), *BODIES.values()))
    assert found[: spreading.MOST] == ["body-6", "body-5", "body-4", "body-3", "body-2"]


def test_the_kind_hinted_at_and_what_a_place_says_decide_between_equals() -> None:
    other = BODIES["body-3"]
    budget_first = Likeness({PLANNED.doc: 0.5, other.doc: 0.5}, {}, Kind.BUDGET)
    assert _docs("会议费多少？", _shelf(budget_first, PLANNED, other))[0] == PLANNED.doc
    said = Likeness({PLANNED.doc: 0.5, other.doc: 0.5}, {"师范": 1.0}, None)
    assert _docs("会议费多少？", _shelf(said, PLANNED, other))[0] == other.doc


def test_a_document_that_calls_the_item_otherwise_has_its_place() -> None:
    other, near = BODIES["body-1"], BODIES["body-2"]
    facts = {
        near.doc: (fact("会议费", "决算", "1.5", WHERE, "会议费支出决算1.5万元"),),
        other.doc: (fact("会议费支出", "决算", "2.5", WHERE, "会议费支出决算2.5万元"),),
    }
    shelf = Shelf(near, other, facts=facts, likeness=Likeness({near.doc: 0.5, other.doc: 0.5}, {}, None))
    assert _docs("会议费决算多少？", shelf)[:2] == [near.doc, other.doc]


def test_a_body_that_is_named_is_not_spread() -> None:
    nearness = Likeness({"body-6": 1.0}, {}, None)
    assert set(_docs("第3师范学校会议费决算多少？", _shelf(nearness, *BODIES.values()))) == {"body-3"}


def test_what_the_answer_s_sentences_cite_comes_first() -> None:
    shelf = _shelf(Likeness({}, {}, None), PLANNED)
    _, made = respond.composition(respond.Request("会议费决算多少？", (PLANNED,)), shelf)
    first = made.draft.sentences[0].labels
    assert [item.label for item in spreading.told(made)][: len(first)] == list(first)
    assert {item.label for item in spreading.told(made)} == set(made.evidence)


def test_evidence_may_stand_in_the_year_before_the_documents_asked() -> None:
    org = "云汀市澜江区水务局"
    now, before = _info("now", org, 2023), _info("before", org, 2022)
    facts = {
        info.doc: (fact("会议费", "决算", value, WHERE, f"会议费支出决算{value}万元", year=info.year),)
        for info, value in ((now, "7.5"), (before, "6.5"))
    }
    found = respond.evidence(respond.Request("会议费比上年增加了多少？", (now,)), Shelf(now, before, facts=facts))
    assert {item.doc for item in found} == {"now", "before"}
