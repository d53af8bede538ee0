"""Texts and numbers as an outsider reads them, and the pages' text straight from the PDF.

Apart from `service.amounts` and `service.reading` on purpose: a suite that read with the service's own parser could not see its mistakes.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache
from pathlib import Path

import pymupdf

MONEY = {name: Decimal(10) ** power for name, power in (("元", 0), ("千元", 3), ("万", 4), ("万元", 4), ("亿", 8), ("亿元", 8))}
_NUMBER = re.compile(r"(?<![\d.A-Za-z])-?\d[\d,]*(?:\.\d+)?")
_UNIT = re.compile(r"\s*(亿元|万元|千元|元|亿|万|%|个百分点|人次|批次|人|名|辆|分|家|次|个|件|项|张|台|户|份)")
_PERCENT = ("%",)


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: its value, its unit ("" where none follows), and its printed decimals."""

    value: Decimal
    unit: str
    decimals: int

    @property
    def is_figure(self) -> bool:
        """Whether it has a unit or decimals; a bare whole number may be a year or a list number."""
        return bool(self.unit or self.decimals)


def squeeze(text: str) -> str:
    """The text without white space and table bars, full-width forms as half-width."""
    return re.sub(r"[\s|｜]+", "", unicodedata.normalize("NFKC", text))


def decimal(text: str) -> Decimal | None:
    """The decimal that a text is, thousands separators and a percent sign allowed."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("%", "").strip()
    return Decimal(plain) if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", plain) else None


def figure(text: str) -> Decimal:
    """The figure of a gold file, whose loader has seen that it is one."""
    return Decimal(text.replace(",", ""))


def numbers(text: str) -> list[Number]:
    """Every number of a text in order."""
    found, text = [], unicodedata.normalize("NFKC", text)
    for match in _NUMBER.finditer(text):
        value = Decimal(match.group().replace(",", ""))
        unit = _UNIT.match(text, match.end())
        found.append(Number(value, unit[1] if unit else "", max(0, -int(value.as_tuple().exponent))))
    return found


def same(wanted: Decimal, wanted_unit: str, said: Number) -> bool:
    """Whether `said` tells the wanted amount: signs are left to words, 元 and 万元 convert, one that is coarser is rounded rightly.

    A whole number is never taken for a rounded one: 「约 3 亿元」 does not tell 2.96 亿元.
    """
    scale = Decimal(1)
    if wanted_unit in MONEY and said.unit in MONEY:
        scale = MONEY[said.unit]
        wanted = wanted * MONEY[wanted_unit]
    elif wanted_unit and said.unit and wanted_unit != said.unit and (wanted_unit in _PERCENT) != (said.unit in _PERCENT):
        return False
    apart = abs(abs(said.value * scale) - abs(wanted))
    return apart == 0 or (said.decimals >= 1 and apart <= scale * Decimal(1).scaleb(-said.decimals) / 2)


def follows(value: str, derivation: str, pool: Iterable[Decimal]) -> bool:
    """Whether a declared calculation (`400 - 350 = 50`) gives the value and its operands stand in the pool.

    1, 2, 100, 10000 and the number of operands are free: percentages, means, and changes of unit need them.
    """
    left = unicodedata.normalize("NFKC", derivation).split("=")[0].replace(",", "")
    left = re.sub(r"亿元|万元|元|%|人|分|辆|个|项", "", left.replace("×", "*").replace("÷", "/").replace("−", "-"))
    tokens = re.findall(r"\d+(?:\.\d+)?|[-+*/()]", left)
    said = decimal(value)
    if said is None or "".join(tokens) != re.sub(r"\s", "", left) or not tokens:
        return False
    operands = [Decimal(t) for t in tokens if t[0].isdigit()]
    free = {Decimal(1), Decimal(2), Decimal(100), Decimal(10_000), Decimal(len(operands))}
    if not set(operands) <= free | {abs(p) for p in pool}:
        return False
    with localcontext(prec=40):
        result = _Sum(tokens).value()
        step = Decimal(1).scaleb(int(said.as_tuple().exponent)) / 2
        scales = (Decimal(1), Decimal(100), Decimal(10_000), 1 / Decimal(10_000))
        return result is not None and any(abs(abs(result * scale) - abs(said)) <= step for scale in scales)


class _Sum:
    """Tokens of a calculation in + − × ÷ and brackets, read by precedence."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def value(self) -> Decimal | None:
        """The result; None where the tokens are no calculation or divide by zero."""
        try:
            result = self._added()
        except (ValueError, ArithmeticError):
            return None
        return result if self._at == len(self._tokens) else None

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token, self._at = self._next(), self._at + 1
        return token

    def _added(self) -> Decimal:
        total = self._multiplied()
        while self._next() in ("+", "-"):
            total = total + self._multiplied() if self._take() == "+" else total - self._multiplied()
        return total

    def _multiplied(self) -> Decimal:
        product = self._single()
        while self._next() in ("*", "/"):
            product = product * self._single() if self._take() == "*" else product / self._single()
        return product

    def _single(self) -> Decimal:
        part = self._take()
        if part == "-":
            return -self._single()
        if part == "(":
            inside = self._added()
            if self._take() != ")":
                raise ValueError("a bracket is not closed")
            return inside
        if not part[:1].isdigit():
            raise ValueError(f"{part!r} is no number")
        return Decimal(part)


class Originals:
    """The files of a corpus by stem, and the squeezed text of their pages."""

    def __init__(self, folder: Path) -> None:
        """Look for PDFs and text files under the folder."""
        self.paths = {p.stem: p for p in sorted(folder.rglob("*")) if p.suffix.lower() in (".pdf", ".txt") and p.is_file()}
        self._pages = lru_cache(maxsize=64)(self._read)

    def holds(self, doc: str, page: int, quote: str) -> bool:
        """Whether the quote stands on that page (from 1), or runs from it over its end.

        A row's cells may be drawn in another order than they are read: then each cell must be there.
        """
        pages = self._pages(doc)
        if not 1 <= page <= len(pages) or not squeeze(quote):
            return False
        text = "".join(pages[page - 1 : page + 1])
        if squeeze(quote) in text:
            return True
        cells = [squeeze(cell) for cell in re.split(r"[|｜]", quote) if squeeze(cell)]
        return len(cells) > 1 and all(cell in text for cell in cells)

    def _read(self, doc: str) -> tuple[str, ...]:
        path = self.paths.get(doc)
        if path is None:
            return ()
        if path.suffix.lower() == ".txt":
            return (squeeze(path.read_text("utf-8", "replace")),)
        with pymupdf.open(path) as file:
            return tuple(squeeze(page.get_text()) for page in file)
