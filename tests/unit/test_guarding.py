"""The measurements of the guard, on the samples and on a small table: honest drafts stand, lies fall."""

import json
from pathlib import Path

import pytest

from evals.guarding import lies, tatqa
from evals.guarding.tries import Try, rates
from service import pipeline
from service.settings import Settings

LEAST_HONEST = 0.95
"""Share of honest drafts that the guard lets stand (the issue's figure)."""
MOST_LIES = 0.05
"""Share of lies of any kind that may pass: neighbours whose names contain one another."""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> list[Try]:
    home = tmp_path_factory.mktemp("guarding")
    settings = Settings(home=home, model=None, openai_base_url=None, openai_api_key=None, embedding_model=None, workers=1)
    pipeline.ingest([samples], settings)
    with pipeline.open_session(settings) as session:
        return list(lies.tries(session, lies.read(samples)[:30]))


def test_honest_drafts_stand(tried: list[Try]) -> None:
    honest = [t for t in tried if t.honest]
    assert len(honest) > 100
    assert sum(t.accepted for t in honest) / len(honest) >= LEAST_HONEST


def test_lies_fall(tried: list[Try]) -> None:
    found = [rate for rate in rates(tried) if not rate.honest]
    assert len(found) == 16
    assert all(rate.tried > 3 for rate in found)
    assert sum(r.accepted for r in found) / sum(r.tried for r in found) <= MOST_LIES / 5
    certain = {"digit changed", "digits swapped", "tenfold", "wrong unit", "nothing cited", "obeys an order", "quote altered"}
    assert [r.kind for r in found if r.kind in certain and r.accepted] == []


SHEET = {
    "table": {"table": [["", "2019", "2018"], ["Sales of tea", "$120.5", "$100.0"], ["Sales of rice", "80.0", "(64.0)"]]},
    "paragraphs": [{"text": "In 2019, tea was sold in 12 shops and rice in 7 shops."}],
    "questions": [
        {
            "uid": "q1",
            "question": "What is the change in sales of tea from 2018 to 2019?",
            "answer": 20.5,
            "scale": "million",
            "derivation": "120.5-100.0",
            "answer_type": "arithmetic",
        },
        {
            "uid": "q2",
            "question": "What is the percentage change in sales of tea from 2018 to 2019?",
            "answer": 20.5,
            "scale": "percent",
            "derivation": "(120.5-100.0)/100.0",
            "answer_type": "arithmetic",
        },
        {
            "uid": "q3",
            "question": "What is the difference of shops for tea and rice?",
            "answer": 5,
            "scale": "",
            "derivation": "12-7",
            "answer_type": "arithmetic",
        },
        {
            "uid": "q4",
            "question": "What is the change in sales of rice from 2018 to 2019?",
            "answer": 144.0,
            "scale": "million",
            "derivation": "80.0-(-64.0)",
            "answer_type": "arithmetic",
        },
        {
            "uid": "q5",
            "question": "What is the ratio of all sales of tea and rice in 2019 to those in 2018?",
            "answer": 1.22,
            "scale": "",
            "derivation": "(120.5+80.0)/(100.0+64.0)",
            "answer_type": "arithmetic",
        },
        {"uid": "q7", "question": "What?", "answer": 11, "scale": "", "derivation": "√120.5", "answer_type": "arithmetic"},
        {"uid": "q6", "question": "Where?", "answer": "shops", "scale": "", "derivation": "", "answer_type": "span"},
    ],
}


def test_a_table_of_the_public_set(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps([SHEET]), "utf-8")
    tried = list(tatqa.tries(path))
    gold = {t.id: t.accepted for t in tried if t.kind == tatqa.GOLD}
    assert gold == {"q1": True, "q2": True, "q3": True, "q4": True, "q5": True}
    assert [t.id for t in tried if t.kind == tatqa.UNDECLARABLE] == ["q7"]
    wrong = [t for t in tried if not t.honest]
    assert {"digit", "tenfold", "undeclared", "operand", "step", "neighbour row"} <= {t.kind for t in wrong}
    assert [t.said for t in wrong if t.accepted] == []


def test_the_public_set(request: pytest.FixtureRequest) -> None:
    path = request.config.getoption("--tatqa")
    if path is None:
        pytest.skip("no TAT-QA here (pytest --tatqa FILE, or MINGZHANG_TATQA)")
    found = rates(tatqa.tries(Path(path)))
    gold = next(r for r in found if r.kind == tatqa.GOLD)
    assert gold.share >= 0.93
    for rate in found:
        if not rate.honest and not rate.kind.startswith("neighbour"):
            assert rate.share <= 0.02, rate
