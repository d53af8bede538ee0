"""A sentence and what is to be read in it."""

Wording = tuple[str, tuple[str, ...], str, list[str], list[str]]
"""What is shown, the headings above it, its text, the facts in it as printed (item measure value unit), the reasons (item about: text)."""
