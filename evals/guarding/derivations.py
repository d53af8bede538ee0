"""TAT-QA's derivations as calculations that a draft can declare: "(425+33)/38,771" → the share of a sum in a figure.

The written expression is read by Python's own grammar, with a name for every number.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.answering.draft import Operation

WHOLE = "100%"
"""The operand that no table prints: all of what shares are of."""
_BARE = str.maketrans({"$": None, " ": None, "[": "(", "]": ")"})
_SPELLED = re.compile(r"\b(?:million|billion|thousand|percent)\b")
_SPAN = re.compile(r"\((20\d\d)-(20\d\d)\+1\)")
"""A count of years, written as their difference."""
_NUMBER = re.compile(r"(?P<open>\(?)(?P<minus>-?)(?P<digits>[\d.,]*\d%?)(?P<close>\)?)")
_COUNT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Calculation:
    """An operation over operands: numbers as written, or further calculations."""

    operation: Operation
    operands: tuple["str | Calculation", ...]
    """A number has its digits, thousands separators and %; a negative one begins with a minus or stands in brackets."""

    @property
    def numbers(self) -> Iterator[str]:
        """The numbers in order, those of the steps too."""
        for operand in self.operands:
            if isinstance(operand, Calculation):
                yield from operand.numbers
            elif operand != WHOLE:
                yield operand


def read(derivation: str, *, percent: bool) -> Calculation | None:
    """A derivation as a calculation, or None where no operations of the guard's list give it.

    Args:
        derivation: as the data set writes it.
        percent: whether the answer is a percentage: a quotient is then a share, a difference over its base a change.
    """
    written = _SPELLED.sub("", derivation.lower()).translate(_BARE)
    written = _SPAN.sub(lambda m: str(int(m[1]) - int(m[2]) + 1), written)
    numbers: list[str] = []

    def named(match: re.Match[str]) -> str:
        alone = bool(match["open"]) and bool(match["close"])
        numbers.append(f"({match['digits']})" if alone and not match["minus"] else match["digits"])
        return (
            f"n{len(numbers) - 1}"
            if alone and not match["minus"]
            else f"{match['open']}{match['minus']}n{len(numbers) - 1}{match['close']}"
        )

    try:
        tree = ast.parse(_NUMBER.sub(named, written), mode="eval").body
    except SyntaxError:
        return None
    made = _read(tree, numbers, percent=percent)
    return made if isinstance(made, Calculation) else None


def _read(node: ast.expr, numbers: Sequence[str], *, percent: bool) -> str | Calculation | None:
    """An expression; signs before brackets are left out, for an answer tells them by a word."""
    match node:
        case ast.Name(id=name):
            return numbers[int(name[1:])]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            made = _read(inner, numbers, percent=percent)
            return f"-{made}" if isinstance(made, str) else made
        case ast.BinOp(op=ast.Add()):
            return _made(Operation.SUM, *(_read(part, numbers, percent=percent) for part in _added(node)))
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _less(_read(left, numbers, percent=percent), _read(right, numbers, percent=percent))
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _made(Operation.PRODUCT, *(_read(part, numbers, percent=False) for part in (left, right)))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            mean = _mean(_read(left, numbers, percent=percent), _read(right, numbers, percent=False))
            parts = (_read(part, numbers, percent=False) for part in (left, right))
            return mean or _divided(*parts, percent=percent)
    return None


def _made(operation: Operation, *operands: str | Calculation | None) -> Calculation | None:
    found = tuple(operand for operand in operands if operand is not None)
    return Calculation(operation, found) if len(found) == len(operands) else None


def _added(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from _added(node.left)
        yield node.right
    else:
        yield node


def _less(a: str | Calculation | None, b: str | Calculation | None) -> Calculation | None:
    """A difference; a quotient less 1 is a change, and 1 less a percentage its rest."""
    if b == "1" and isinstance(a, Calculation) and a.operation is Operation.SHARE:
        return Calculation(Operation.CHANGE, a.operands)
    return _made(Operation.DIFFERENCE, WHOLE if a == "1" and isinstance(b, str) and b.endswith("%") else a, b)


def _mean(total: str | Calculation | None, count: str | Calculation | None) -> Calculation | None:
    """A sum over the number of its parts; two negative figures are added as one less the other: (-16-5)/2."""
    if not isinstance(total, Calculation) or not isinstance(count, str) or not _COUNT.fullmatch(count):
        return None
    operands, first = total.operands, total.operands[0]
    if total.operation is Operation.DIFFERENCE and isinstance(first, str) and first.startswith("-") and isinstance(operands[1], str):
        operands = (first, f"-{operands[1]}")
    elif total.operation is not Operation.SUM:
        return None
    return Calculation(Operation.AVERAGE, operands) if len(operands) == int(count) else None


def _divided(a: str | Calculation | None, b: str | Calculation | None, *, percent: bool) -> Calculation | None:
    """A quotient: of a percentage a share, or a change where a difference is over its own base."""
    if percent and isinstance(a, Calculation) and a.operation is Operation.DIFFERENCE and a.operands[1] == b:
        return Calculation(Operation.CHANGE, a.operands)
    return _made(Operation.SHARE if percent else Operation.QUOTIENT, a, b)
