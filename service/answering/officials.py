"""Which item names of the documents mean an official name that a citizens' word stands for."""

import re
from collections.abc import Mapping, Sequence

from service.answering import shortening

TAILS = re.compile(r"(?:支出|收入|经费|费用|费|缴费支出|项目|资金|补助|\(.*?\))$")
"""Ends of item names that tell nothing."""
SHORTEST = 3
"""Shortest name (characters) that another one may hold anywhere."""
LONG_PART = 6
"""The rest of an official name of so many characters names what begins with it."""
LEAST_SHORT = 4
"""Shortest name that may be another one said short."""
MOST_NAMES = 4
_SUMS = ("总额", "合计", "总计")
_COST = "费"


def named(official: str, keys: Mapping[str, Sequence[str]]) -> list[str]:
    """Fact names that mean an official name: equal, or one contains the other (shortest difference first)."""
    if len(official) < SHORTEST:
        # 邮电费 is no 电费, and 车辆购置 are no 车辆.
        near = [k for k in keys if k == official or (k.endswith(official) and not official.endswith(_COST))]
    elif official in keys:
        near = [k for k in keys if k == official]
        near += sorted((k for k in keys if k != official and official in k), key=len)[:3]
    else:
        near = sorted(
            (k for k in keys if official in k or (k in official and len(k) >= max(3, len(official) - 4))),
            # Before the parts the sum: 政府采购支出总额, then 政府采购货物支出.
            key=lambda k: (not (k.startswith(official) and k.endswith(_SUMS)), abs(len(k) - len(official))),
        )
        core = TAILS.sub("", official)
        if len(core) >= LONG_PART and not any(official in k for k in near):
            near = [
                *sorted((k for k in keys if k.startswith(core) and not _joined(official, k)), key=len)[:1],
                *near,
            ]  # 政府采购服务预算 before 政府采购
        if not near and len(core) >= SHORTEST:
            near = sorted((k for k in keys if core in k and not _joined(official, k)), key=len)[:MOST_NAMES]
        if not near and len(official) >= LEAST_SHORT:
            within = (k for k in keys if len(k) <= 2 * len(official) and not _joined(official, k))
            near = sorted((k for k in within if shortening.may_be_short(official, k)), key=len)[:1]
    return [name for k in near for name in keys[k]]


def _joined(official: str, name: str) -> bool:
    """Whether a name joins more to an official one: 公务用车购置及运行维护费 is not 公务用车购置费 alone."""
    return "及" in name and "及" not in official
