"""Counts of people, vehicles and units against the lists that make them up."""

import pytest

from service.checks import run
from service.records import Severity
from tests.support.books import disclosure, document


def found(text: str) -> list[tuple[str, Severity, str]]:
    return [(f.obligation, f.severity, f.stated.value) for f in run.check(document(text), disclosure()).findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至2023年底，本部门人员编制29人，其中行政编制12人、事业编制16人。", [("E4", Severity.SUSPICIOUS, "29")]),
        ("截至2023年底，本部门人员编制28人，其中行政编制12人、事业编制16人。", []),
        ("截至2023年底，本部门人员编制27人，其中行政编制12人、事业编制16人。", [("E4", Severity.ERROR, "27")]),
        ("截至2023年底，本部门人员编制29人，其中行政编制12人、事业编制16人、工勤编制1人。", []),
        ("本部门共有车辆8辆，其中：机要通信用车1辆、执法执勤用车3辆、其他用车2辆。", [("E4", Severity.ERROR, "8")]),
        ("本部门共有车辆6辆，其中：机要通信用车1辆、执法执勤用车3辆、其他用车2辆。", []),
        ("本部门共有车辆8辆，其中：机要通信用车1辆、执法执勤用车3辆。", []),
        ("本部门共有车辆3辆，其中：机要通信用车1辆、执法执勤用车3辆。", [("E4", Severity.ERROR, "3")]),
        ("下属事业单位4个：图书馆、文化馆、博物馆。", [("E6", Severity.SUSPICIOUS, "4")]),
        ("下属事业单位3个：图书馆、文化馆、博物馆。", []),
    ],
)
def test_lists_of_counts(text: str, expected: list[tuple[str, Severity, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("paragraphs", "listed"),
    [
        (("下属事业单位4个：图书馆、文化馆、博物馆。",), "图书馆、文化馆、博物馆"),
        (("本部门所属预算单位4个，包括：", "1.某县图书馆", "2.某县文化馆", "3.某县博物馆"), "3.某县博物馆"),
    ],
)
def test_both_the_number_and_the_list_are_evidence(paragraphs: tuple[str, ...], listed: str) -> None:
    (finding,) = run.check(document(*paragraphs), disclosure()).findings
    assert [o.text for o in finding.operands] == ["4", "3"]
    assert finding.operands[1].place.quote == listed
