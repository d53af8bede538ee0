"""What the tests of the model door ask for, and of which server."""

from langchain_core.messages import HumanMessage, SystemMessage
from pydantic import BaseModel

from service.settings import Settings
from tests.support.scripted_server import ScriptedServer

KEY = "sk-secret-0123456789"


MESSAGES = [SystemMessage("你是算账的。"), HumanMessage("一加一？")]


RIGHT = {"value": "2", "notes": ["一加一"]}


class Sum(BaseModel):
    """A record to ask for."""

    value: str
    notes: list[str] = []


def settings(server: ScriptedServer | None = None, **changes: object) -> Settings:
    values: dict[str, object] = {
        "model": "scripted",
        "openai_base_url": server.url if server else None,
        "openai_api_key": KEY,
        "model_timeout": 20.0,
        "model_retries": 0,
        "_env_file": None,
    }
    return Settings(**(values | changes))  # type: ignore[arg-type]  # values of several types
