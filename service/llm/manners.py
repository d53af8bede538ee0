"""What servers were found to accept: how a record is asked for, and whether a temperature may be named. Kept beside the library.

A server is known by its address (without a password) and the model's name. Losing what is kept costs one finding-out.
"""

import json
import logging
import os
import re
import tempfile
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Lock

from service.llm import server
from service.settings import Settings

FILE = "servers.json"
_PASSWORD = re.compile(r"(?<=//)[^/@]*@")
_LOG = logging.getLogger(__name__)


class Method(StrEnum):
    """How a server is asked for a record, in the order tried."""

    JSON_SCHEMA = "json_schema"
    FUNCTION_CALLING = "function_calling"
    JSON_MODE = "json_mode"


@dataclass
class _Memory:
    """What this process found out or read."""

    methods: dict[str, Method] = field(default_factory=dict)
    without_temperature: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)


_memory = _Memory()


def method(settings: Settings) -> Method | None:
    """The method that the server is known to accept, or None."""
    name = _name(settings)
    with _memory.lock:
        if name not in _memory.methods and (kept := _read(settings.home).get(name, {}).get("method")) in set(Method):
            _memory.methods[name] = Method(kept)
        return _memory.methods.get(name)


def accepts(settings: Settings, found: Method) -> None:
    """Remember the method that the server accepted."""
    name = _name(settings)
    with _memory.lock:
        if _memory.methods.get(name) is not found or name not in _read(settings.home):
            _memory.methods[name] = found
            _write(settings.home, name, {"method": str(found)})


def refuses(settings: Settings) -> None:
    """Forget the method: the server refuses it."""
    name = _name(settings)
    with _memory.lock:
        _memory.methods.pop(name, None)
        _write(settings.home, name, {"method": None})


def takes_temperature(settings: Settings) -> bool:
    """Whether a temperature may be named, as far as is known."""
    name = _name(settings)
    with _memory.lock:
        if _read(settings.home).get(name, {}).get("temperature") == "default":
            _memory.without_temperature.add(name)
        return name not in _memory.without_temperature


def refuses_temperature(settings: Settings) -> None:
    """Remember that none may be named."""
    name = _name(settings)
    with _memory.lock:
        _memory.without_temperature.add(name)
        _write(settings.home, name, {"temperature": "default"})


def forget() -> None:
    """Forget what this process holds; what is kept on disk is read again."""
    with _memory.lock:
        _memory.methods.clear()
        _memory.without_temperature.clear()


def _name(settings: Settings) -> str:
    return f"{_PASSWORD.sub('', server.base_url(settings))} {settings.model or ''}"


def _read(home: Path) -> dict[str, dict[str, str | None]]:
    """What is kept; nothing where the file is missing or is none of ours."""
    try:
        kept = json.loads((home / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        _LOG.warning("%s cannot be read, the servers are found out again: %s", home / FILE, error)
        return {}
    return {name: said for name, said in kept.items() if isinstance(said, dict)} if isinstance(kept, dict) else {}


def _write(home: Path, name: str, said: dict[str, str | None]) -> None:
    """Keep what is said of a server beside what is known of it; the file is written whole."""
    known = _read(home)
    known[name] = {key: value for key, value in (known.get(name, {}) | said).items() if value is not None}
    try:
        home.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=home, prefix=f"{FILE}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, ensure_ascii=False, indent=1)
        Path(part).replace(home / FILE)
    except OSError as error:
        _LOG.warning("%s cannot be written, the servers are found out again next time: %s", home / FILE, error)
