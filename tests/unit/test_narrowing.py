"""Which documents are searched: those of the body, the years and the statement that the question names."""

import pytest

from service.answering import narrowing
from service.records import DocumentInfo, Kind

SHELF = [
    DocumentInfo(f"{org[-3:-1]}-{year}-{kind}", "", org, year, kind, "部门", 20, "")
    for org in ("云汀市澜江区水务局", "云汀市澜江区体育局")
    for year, kind in ((2023, Kind.FINAL), (2024, Kind.BUDGET), (2024, Kind.FINAL))
]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("水务局会议费多少？", {"水务-2023-final", "水务-2024-budget", "水务-2024-final"}),
        ("水务局2023年会议费多少？", {"水务-2023-final"}),
        ("水务局2024年会议费打算花多少？", {"水务-2024-budget", "水务-2024-final"}),
        ("体育局2024年会议费预算安排多少？", {"体育-2024-budget"}),
        ("2023年会议费多少？", {"水务-2023-final", "体育-2023-final"}),
        ("水务局会议费2023年决算和2024年预算各是多少？", {"水务-2023-final", "水务-2024-budget", "水务-2024-final"}),
        ("水务局2024年会议费比2023年多多少？", {"水务-2023-final", "水务-2024-budget", "水务-2024-final"}),
        ("2022年会议费多少？", {"水务-2023-final", "体育-2023-final"}),  # they print the year before
        ("会议费多少？", {info.doc for info in SHELF}),
        ("会议费2001年多少？", {info.doc for info in SHELF}),
        ("翠屏县林业局会议费多少？", {info.doc for info in SHELF}),
    ],
)
def test_what_a_question_names_narrows_the_search(question: str, left: set[str]) -> None:
    assert {info.doc for info in narrowing.documents(question, SHELF)} == left
