"""Settings, from the environment (prefix MINGZHANG_, and the usual OPENAI_ names) or a `.env` file in the working folder."""

from functools import lru_cache
from pathlib import Path

import platformdirs
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What a user can set. Every field is listed in the README's table (a test compares them)."""

    model_config = SettingsConfigDict(env_prefix="MINGZHANG_", env_file=".env", extra="ignore", populate_by_name=True)

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("mingzhang", appauthor=False)))
    """Folder of the library."""
    database_url: str | None = None
    """SQLAlchemy address of the library's database; default: SQLite in `home`."""

    openai_base_url: str | None = Field(None, validation_alias=AliasChoices("openai_base_url", "OPENAI_BASE_URL"))
    """OpenAI-compatible server; nothing is sent anywhere when this or `model` is not set."""
    openai_api_key: SecretStr | None = Field(None, validation_alias=AliasChoices("openai_api_key", "OPENAI_API_KEY"))
    model: str | None = None
    """Chat model's name at that server."""
    embedding_model: str | None = None
    """Embedding model's name at that server; default: hashed character n-grams, made here."""
    model_timeout: float = Field(60.0, gt=0)
    """Seconds for one try of one model call."""
    model_retries: int = Field(1, ge=0, le=5)
    """Further tries of a model call that timed out or met a busy server."""

    model_parallel: int = Field(3, ge=1, le=16)
    """Model calls side by side while a document is extracted."""
    model_context: int = Field(16_000, ge=4_000)
    """Tokens that the model can read and write in one call; evidence and conversation are cut to fit."""
    answer_cache: bool = False
    """Keep the model's drafts on disk and use them again for the same question, evidence, wording and model."""

    max_file_mb: int = Field(200, gt=0)
    """Larger files are refused (MiB)."""
    max_pages: int = Field(2000, gt=0)
    """Documents with more pages are refused."""
    max_page_mb: int = Field(8, gt=0)
    """Pages with more drawing instructions than this (MiB, nested forms counted as often as drawn) are not read."""
    max_page_items: int = Field(100_000, gt=0)
    """Pages with more characters than this are not read; with more drawn shapes, their rules are not."""
    workers: int = Field(0, ge=0)
    """Processes that read PDFs side by side; 0: one per processor."""
    read_timeout: float = Field(600.0, gt=0)
    """Seconds for reading one file; then it is given up and the others go on."""
    read_memory_mb: int = Field(4096, ge=512)
    """Memory (MiB) that reading one file may take; enforced on Linux."""

    @property
    def library_url(self) -> str:
        """SQLAlchemy address of the database in use."""
        return self.database_url or f"sqlite:///{self.home / 'library.db'}"

    @property
    def has_model(self) -> bool:
        """Whether a chat model is configured."""
        return bool(self.model and (self.openai_base_url or self.openai_api_key))


@lru_cache(maxsize=1)
def load() -> Settings:
    """The settings of this process, read once."""
    return Settings()
