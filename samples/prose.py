"""Pieces of running text, and the phrases that both documents share: comparisons in words that agree with their figures."""

from dataclasses import dataclass
from decimal import Decimal

from samples.money import percent, plain

PART, SECTION, POINT, TEXT = 1, 2, 3, 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading (`level` 1 to 3) or a paragraph (`level` 0)."""

    level: int
    text: str


def part(text: str) -> Piece:
    """「第二部分 …」."""
    return Piece(PART, text)


def section(text: str) -> Piece:
    """「一、…」."""
    return Piece(SECTION, text)


def point(text: str) -> Piece:
    """「（一）…」."""
    return Piece(POINT, text)


def text(*sentences: str) -> Piece:
    """A paragraph."""
    return Piece(TEXT, "".join(sentences))


def change(now: Decimal, before: Decimal) -> str:
    """「增加57.90万元，增长4.26%」 in 万元; 「持平」 when nothing changed."""
    if now == before:
        return "持平"
    up = now > before
    return f"{'增加' if up else '减少'}{plain(abs(now - before))}万元，{'增长' if up else '下降'}{percent(abs(now - before), before)}"


def against_budget(spent: Decimal, budget: Decimal, name: str, reason: str) -> str:
    """How a result stands to its budget (`name`: 年初预算数 or 预算数), with the reason where there is one to give."""
    if spent == budget:
        return f"决算数与{name}持平。"
    return f"决算数{'大于' if spent > budget else '小于'}{name}的主要原因是：{reason}。"
