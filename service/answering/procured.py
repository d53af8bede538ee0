"""What a table of procurement lists: the things bought, by the classes (货物, 工程, 服务) that it is divided by."""

import re
from collections.abc import Sequence

from service import amounts
from service.records import Table
from service.text import normal

_CLASS = re.compile(r"(?:[一二三四][、.]|[A-C][、.]?)?(货物|工程|服务)类?[A-C]?")
_THING = re.compile(r"物品名称|货物名称|品目名称|标的(?:名称)?|采购(?:内容|项目)(?:名称)?$|采购物品")
_TOTAL = re.compile(r"合计|总计|小计")


def entries(table: Table, text: str, listed: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """(row, name) of the things bought, of one class where the question names it; the entries themselves where no class divides them.

    Args:
        table: a table of procurement.
        text: the question in normal form.
        listed: the names of the column that lists what is asked.
    """
    classes = {row: mark[1] for row, name in listed if (mark := _CLASS.fullmatch(normal(name))) is not None}
    if not classes:
        return list(listed)
    asked = next((name for name in ("货物", "工程", "服务") if name in text), None)
    column = next((c for c, head in enumerate(table.columns) if _THING.search(normal(head.split("/")[-1]))), None)
    below = [(n, row[column].text) for n, row in enumerate(table.rows)] if column is not None else list(listed)
    found: dict[str, int] = {}
    for row, name in below:
        own = next((classes[n] for n in sorted(classes, reverse=True) if n <= row), None)
        said = " ".join(name.split())
        thing = bool(said) and row not in classes and amounts.cell(said) is None and not _TOTAL.search(said)
        if thing and (asked is None or own == asked):
            found.setdefault(said, row)
    if found or asked is not None:
        return [(row, name) for name, row in found.items()]
    return list(listed)
