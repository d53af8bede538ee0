"""The documentation tells every setting and every command; both languages tell the same."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from service import contract
from service.__main__ import app
from service.facts.model import chain
from service.settings import Settings

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")


def _variables() -> set[str]:
    named = set()
    for name, field in Settings.model_fields.items():
        alias = getattr(field.validation_alias, "choices", None)
        named.add(str(alias[-1]) if alias else f"MINGZHANG_{name.upper()}")
    return named


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_in_the_table(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == _variables()


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_named(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]  # typer gives a click group
    for name in commands:
        assert re.search(rf"mingzhang .*\b{name}\b", text), name


@pytest.mark.parametrize("readme", READMES)
def test_the_two_commands_exist(readme: str) -> None:
    text, makefile = (ROOT / readme).read_text("utf-8"), (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("readme", READMES)
def test_defaults_are_true(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    for name in ("model_timeout", "model_retries", "max_file_mb", "max_pages", "workers"):
        default = Settings.model_fields[name].default
        assert re.search(rf"`MINGZHANG_{name.upper()}` \| {default:g} \|", text), name


def test_the_published_schema_is_up_to_date() -> None:
    """After a change of `service.facts.schema`: `mingzhang schema > docs/disclosure.schema.json`."""
    assert (ROOT / "docs" / "disclosure.schema.json").read_text("utf-8") == contract.schema()


def test_the_page_on_models_names_settings_that_exist() -> None:
    text = (ROOT / "docs" / "models.md").read_text("utf-8")
    named = set(re.findall(r"\b(?:MINGZHANG_[A-Z_]+|OPENAI_[A-Z_]+)\b", text))
    assert named <= _variables()
    assert {"OPENAI_BASE_URL", "OPENAI_API_KEY", "MINGZHANG_MODEL", "MINGZHANG_MODEL_CONTEXT"} <= named
    for server in ("OpenAI", "DeepSeek", "DashScope", "vLLM", "Ollama"):
        assert server in text
    assert f"至多 {chain.MOST_CALLS} 次调用" in text
