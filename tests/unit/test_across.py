"""Which body of the library has most of an item, bodies printed under two names, and places whose bodies are not named."""

from dataclasses import replace

from service.answering import bodies
from service.records import DocumentInfo, Fact, Kind
from tests.support.shelf import Shelf, ask, fact


def _info(doc: str, org: str, year: int = 2023, kind: Kind = Kind.FINAL) -> DocumentInfo:
    return DocumentInfo(doc, "", org, year, kind, "部门", 20, doc)


def _staff(item: str, value: str, year: int = 2023, quote: str = "") -> Fact:
    return fact(item, "人数", value, "三、人员情况", quote or f"{item}{value}", year, part="staff")


def _money(item: str, value: str, measure: str = "决算", year: int = 2023) -> Fact:
    return fact(item, measure, value, "三公经费情况说明", f"{item}{measure}{value}万元", year, part="three public")


NORTH, SOUTH = _info("north", "云汀市青禾区水务局"), _info("south", "云汀市临洛区农业农村局")
EARLIER, EAST = _info("south-22", "云汀市临洛区农业农村局", 2022), _info("east", "云汀市河清区民政局", 2024, Kind.BUDGET)
SILENT = _info("silent", "云汀市松溪区档案局")
BOTH = "人员编制66名，实有人员60名"
SHELF = Shelf(
    NORTH,
    SOUTH,
    EARLIER,
    EAST,
    SILENT,
    facts={
        "north": [_staff("人员编制", "42人"), _staff("行政编制", "7人"), _staff("实有人员", "40人"), _money("公务接待费", "1.20")],
        "south": [_staff("人员编制", "66名", quote=BOTH), _staff("实有人员", "60名", quote=BOTH), _money("公务接待费", "0.90")],
        "south-22": [_staff("编制", "90名", 2022), _money("公务接待费", "9.90", year=2022)],
        "east": [_staff("人员编制", "6人"), _money("公务接待费", "3.40", "预算", 2024), _money("公务接待费", "7", "上年数", 2023)],
    },
)


def test_the_body_of_most_is_found_by_the_latest_figure_of_every_body() -> None:
    told = ask("公务接待费最多的单位", SHELF).answer
    assert told.startswith("最高的是河清区民政局2024年公务接待费：预算3.40万元")
    assert "其次是青禾区水务局2023年公务接待费：决算1.20万元" in told
    assert "9.90" not in told
    assert "没有印出这一数字的单位未列入比较" in told


def test_posts_are_compared_whatever_words_stand_before_their_name() -> None:
    assert ask("谁的编制最多？", SHELF).answer.startswith("最高的是临洛区农业农村局2023年人员编制：66名")
    assert ask("谁的编制最少？", SHELF).answer.startswith("最低的是河清区民政局2023年人员编制：6人")


def test_vacant_posts_of_two_bodies_are_told_with_their_names() -> None:
    told = ask("青禾区水务局和临洛区农业农村局2023年各有多少空编？", SHELF).answer
    assert "青禾区水务局2023年空编2人" in told
    assert "临洛区农业农村局2023年空编6名" in told


def test_a_body_named_leaves_another_place_named_beside_it() -> None:
    chosen = bodies.choose("青禾和临洛农业农村局的公务接待费", [NORTH, SOUTH, SILENT])
    assert [d.doc for d in chosen.documents] == ["north", "south"]


def test_one_body_under_two_names_is_one() -> None:
    short, full = replace(_info("text", "云汀市委办公室"), pages=9), _info("tables", "中共云汀市委办公室")
    assert {d.org for d in bodies.united([short, full])} == {"中共云汀市委办公室"}
    shelf = Shelf(short, full, facts={"text": [_money("公务接待费", "2.00")], "tables": [_money("会议费", "5.00")]})
    told = ask("云汀市委办公室2023年公务接待费和会议费哪个多？", shelf).answer
    assert "相差3.00万元" in told


def test_a_list_of_two_parts_is_ranked_where_they_make_up_the_whole_that_is_named() -> None:
    amounts = (("政府采购支出总额", "31.00"), ("政府采购货物支出", "4.00"), ("政府采购服务支出", "27.00"))
    shelf = Shelf(NORTH, facts={"north": [fact(i, "决算", v, "采购情况", f"{i}{v}万元", part="procurement") for i, v in amounts]})
    told = ask("采购金额最大的品目是什么？", shelf).answer
    assert told.startswith("最高的是2023年政府采购服务支出：决算27.00万元")
