"""The server that is spoken to: its address, the key, and the switch that forbids every call."""

import re

from pydantic import SecretStr

from service.errors import ModelRejectedError
from service.settings import Settings

OPENAI_URL = "https://api.openai.com/v1"
"""The address meant when only a key is set; named, so that no other variable (LangSmith's gateway) can name another."""

_ADDRESS = re.compile(r"https?://(?:[^/@\s]*@)?(?P<host>[\w.-]+(?::\d+)?|\[[0-9a-fA-F:.]+\](?::\d+)?)(?:/|$)")
_DUMMY_KEY = "not-needed"


def base_url(settings: Settings) -> str:
    """The server that is spoken to.

    Raises:
        ModelRejectedError: the setting is no web address.
    """
    url = (settings.openai_base_url or OPENAI_URL).strip().rstrip("/")
    if not _ADDRESS.match(url):
        raise ModelRejectedError(
            "OPENAI_BASE_URL 不是网址，应如 http://127.0.0.1:8000/v1", "OPENAI_BASE_URL is no web address such as http://127.0.0.1:8000/v1"
        )
    return url


def shown(settings: Settings) -> str:
    """The server's host and port: the address may carry a password."""
    found = _ADDRESS.match(base_url(settings))
    return found["host"] if found else ""


def key(settings: Settings) -> SecretStr:
    """The key, or a dummy for servers that want none (the library insists on one).

    Raises:
        ModelRejectedError: it has characters that no key has and no header can carry.
    """
    key = settings.openai_api_key.get_secret_value().strip() if settings.openai_api_key else ""
    if not (key.isascii() and key.isprintable()):
        raise ModelRejectedError(
            "OPENAI_API_KEY 含有密钥不会有的字符，请重新复制", "OPENAI_API_KEY has characters that no key has: copy it again"
        )
    return SecretStr(key or _DUMMY_KEY)


def require_calls() -> None:
    """Go on only while calls are allowed.

    Raises:
        RuntimeError: they are switched off (`service.llm.ALLOW_CALLS`).
    """
    from service import llm  # the switch is the package's own name, read when it is needed

    if not llm.ALLOW_CALLS:
        raise RuntimeError("a model was called while service.llm.ALLOW_CALLS is False")
