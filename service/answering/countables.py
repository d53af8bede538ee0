"""What is counted: the word that a question counts by → the units that documents print such a count in."""

import re
from collections.abc import Collection

from service import amounts

UNITS = {
    "批次": "批次|批|个|次", "批": "批次|批|个|次", "拨": "批次|批|个|次",
    "人次": "人次|人|名|万人", "人": "人|人次|名|万人|万", "名": "名|人", "个人": "人|名",
    "次": "次|场|期|个|届", "辆": "辆", "台": "台|套|辆", "套": "套|台", "户": "户|家", "家": "家|个|所|户", "件": "件|起|项",
    "场": "场|次|期", "条": "条", "起": "起|件|例", "处": "处|个", "张": "张", "份": "份", "平方米": "平方米", "所": "所|家|个",
    "期": "期|次|场", "支": "支", "项": "项|个|件", "层": "层", "分": "分", "级": "级", "天": "天|日", "例": "例|起|件",
}  # fmt: skip
"""Units are joined by |, the word itself first."""
_TEN_THOUSANDS = re.compile(r"[余多]?万[余多]?(人次|平方米|批次|[人名户张份件次个家条处台辆套期场])")
"""Behind a number: it counts ten thousands of the unit."""


def counted(text: str, units: Collection[str]) -> list[amounts.Amount]:
    """The figures of a text that count in one of the units, by ones or by ten thousands: 5.6万张, 9万余份."""
    found = []
    for number in amounts.numbers(text):
        many = _TEN_THOUSANDS.match(text, number.end) if not number.unit else None
        if {number.unit, number.unit.removeprefix("万")} & set(units) or (many is not None and many[1] in units):
            found.append(number)
    return found
