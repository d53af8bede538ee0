"""Versioned prompt files (`NAME.vN.md` beside this module) → `Prompt`, with blanks that must all be filled.

Blanks are written `$name` (string.Template); a dollar sign that is meant is written `$$`.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent
_FILE = re.compile(r"(?P<name>[a-z_]+)\.v(?P<version>\d+)\.md")


class UnknownPromptError(LookupError):
    """No prompt file has that name or version."""


class BlankError(ValueError):
    """A blank of the prompt was left out, or one was given that the prompt does not have."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt.

    `digest` is the SHA-256 of the file's text, hexadecimal: what an answer stores to say which wording made it.
    """

    name: str
    version: int
    text: str
    digest: str

    @property
    def blanks(self) -> frozenset[str]:
        """Names of the blanks."""
        return frozenset(Template(self.text).get_identifiers())

    def render(self, **blanks: str) -> str:
        """The text with its blanks filled; a `$` in a filled-in text stays as it is.

        Raises:
            BlankError: a blank is missing or unknown, each named.
        """
        missing, unknown = sorted(self.blanks - blanks.keys()), sorted(blanks.keys() - self.blanks)
        if missing or unknown:
            raise BlankError(f"prompt {self.name}.v{self.version}: missing blanks {missing}, unknown blanks {unknown}")
        return Template(self.text).substitute(blanks)


def names() -> dict[str, tuple[int, ...]]:
    """Every prompt's versions, ascending."""
    found: dict[str, list[int]] = {}
    for file in _FOLDER.glob("*.md"):
        if match := _FILE.fullmatch(file.name):
            found.setdefault(match["name"], []).append(int(match["version"]))
    return {name: tuple(sorted(versions)) for name, versions in sorted(found.items())}


def digest() -> str:
    """SHA-256 over the newest version of every prompt: what an answer keeps to say which wordings made it."""
    told = "".join(f"{name} {load(name).digest}\n" for name in names())
    return hashlib.sha256(told.encode()).hexdigest()


@lru_cache(maxsize=64)
def load(name: str, version: int | None = None) -> Prompt:
    """The prompt of that name.

    Args:
        name: name without version, for example "answer".
        version: from 1; None: the highest there is.

    Raises:
        UnknownPromptError: there is no such prompt or version.
        ValueError: the file has a `$` that is neither a blank nor `$$`.
    """
    versions = names().get(name, ())
    chosen = version if version is not None else max(versions, default=0)
    if chosen not in versions:
        raise UnknownPromptError(f"no prompt {name!r} in version {version or 'any'}; there are {names()}")
    text = (_FOLDER / f"{name}.v{chosen}.md").read_text("utf-8")
    if not Template(text).is_valid():
        raise ValueError(f"{name}.v{chosen}.md has a dollar sign that is neither a blank nor $$")
    return Prompt(name, chosen, text, hashlib.sha256(text.encode()).hexdigest())
