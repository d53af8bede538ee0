"""How many tokens a text will cost at most, without any model's tokenizer: enough to keep a prompt within a window."""

import math

PER_WIDE = 1.1
"""Tokens of a Chinese character at most. Measured by their makers at 0.6 (DeepSeek, Qwen) to 1.1 (older GPT vocabularies)."""
PER_NARROW = 0.5
"""Tokens of a Latin letter, digit or mark at most: digits often cost one each in twos or threes."""


def most(text: str) -> int:
    """Tokens of a text, rather too many than too few."""
    wide = sum(c > "\u2e7f" for c in text)
    return math.ceil(wide * PER_WIDE + (len(text) - wide) * PER_NARROW)
