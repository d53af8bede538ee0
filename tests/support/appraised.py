"""A library of one document with three self-evaluated projects, and the appraisal of the whole body."""

from service.records import DocumentInfo, Fact, Kind, Passage, Place
from tests.support.shelf import Shelf, fact

ORG = "河清县农业农村局"
INFO = DocumentInfo("heqing-2023", f"{ORG}2023年度部门决算", ORG, 2023, Kind.FINAL, "部门", 20, "0")
PROJECTS = {
    "种业振兴专项": ("120", "96.5", "80.42", "92"),
    "农机更新补助": ("80", "0", "0.00", "70"),
    "病虫害统防经费": ("45.5", "45.5", "100.00", "98"),
}
"""Budget, outlay, rate and score of each."""
_PART = "performance appraisal"
_PROSE = "（一）绩效管理情况。本部门对二级项目3个开展绩效自评，分别为种业振兴专项、农机更新补助、病虫害统防经费，共涉及资金245.50万元。"
_PASSAGE = Passage("heqing-2023#1", INFO.doc, 8, "十、绩效情况", "prose", f"{ORG}\n{_PROSE}", _PROSE, ((8, _PROSE, (0.0, 0.0, 9.0, 9.0)),))


def _facts() -> list[Fact]:
    found = []
    for name, (budget, spent, rate, score) in PROJECTS.items():
        row = f"年度资金总额 | {budget} | {spent} | {rate}%"
        for measure, value, column, quote in (
            ("全年预算", budget, "全年预算", row),
            ("执行数", spent, "执行数", row),
            ("执行率", f"{rate}%", "执行率", row),
            ("得分", f"{score}分", "总分", f"总分 | 100 | {score}"),
        ):
            place = Place(9, f"{name} | {quote}", ())
            found.append(fact(name, measure, value, f"{name}自评表", place, source="table", column=column, part=_PART))
    whole = Place(8, "整体 | 900 | 700", ())
    return [*found, fact("日常运转", "执行率", "77.78%", "部门整体支出自评表", whole, source="table", part=_PART)]


SHELF = Shelf(INFO, facts={INFO.doc: _facts()}, passages={INFO.doc: [_PASSAGE]})
