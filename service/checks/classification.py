"""The names of the codes of government income and expenditure, from the data file beside this module."""

import re
import tomllib
from functools import cache
from pathlib import Path

from service.text import normal

SINCE = 2018
"""First year of the present economic classification (财预〔2017〕98号): older codes mean other things."""
_FILE = Path(__file__).with_name("classification.toml")


@cache
def names(code: str) -> tuple[str, ...]:
    """The names that a code bears or bore, in normal form; empty when it is not in the data file."""
    return _read().get(code, ())


@cache
def codes(name: str) -> frozenset[str]:
    """The codes that bear a name (normal form)."""
    wanted = _stem(normal(name))
    return frozenset(code for code, known in _read().items() if any(_stem(n) == wanted for n in known))


def is_called(code: str, name: str) -> bool:
    """Whether a printed name can be the code's: equal, or one a part of the other, as names are cut short and drawn out in print."""
    form = _stem(normal(name))
    return any(form in _stem(known) or _stem(known) in form for known in names(code))


@cache
def _read() -> dict[str, tuple[str, ...]]:
    """Code → names in normal form, the present one first."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {code: tuple(normal(name) for name in joined.split("|")) for code, joined in data.items()}


def _stem(name: str) -> str:
    """What two printings of a name share: no marks, no 支出 or 费用 at the end."""
    return re.sub(r"(?:支出|费用|费|经费)$", "", re.sub(r"[\W_]", "", name))
