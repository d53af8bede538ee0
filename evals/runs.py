"""A run on the disk: `run.json` (what was run, on what, by what code) and `observations.jsonl`, read back for reports and comparisons."""

import hashlib
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

import prompts
from evals.gold import Gold
from evals.observed import Observation
from evals.tasks import Result
from service.errors import InputError, NotFoundError
from service.settings import Settings

RECORD, OBSERVATIONS = "run.json", "observations.jsonl"
_CODE = Path(__file__).parents[1]
_NOTED = ("mingzhang", "inspect-ai", "scipy", "pymupdf", "chromadb", "tantivy", "openai", "langchain-openai")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Engine(_Record):
    """Who wrote the answers."""

    kind: str
    """offline or llm."""
    model: str | None = None
    server: str | None = None
    """Address of the server, without what an address may hold of user and password."""
    prompts: dict[str, str] = {}
    """By name and version: the first 12 digits of the file's SHA-256. Empty offline."""


class Code(_Record):
    """Which code ran."""

    commit: str | None
    """None outside a git clone."""
    changed: bool
    """Whether files differed from the commit."""
    digest: str
    """SHA-256 over the sources of service, prompts and evals: the same where the code is the same, committed or not."""
    packages: dict[str, str]
    python: str
    machine: str


class Prices(_Record):
    """What a million tokens cost, in any currency."""

    tokens_in: float
    tokens_out: float


class Asked(_Record):
    """What the user asked for."""

    suites: tuple[str, ...]
    limit: int | None = None
    epochs: int = 1
    retries: int = 0
    parallel: int = 1
    seed: int = 0
    prices: Prices | None = None


class Cases(_Record):
    """Where the cases came from."""

    gold: str
    gold_digest: str
    corpus: str
    corpus_digest: str
    """SHA-256 over the documents' bytes, in the order of their names."""
    drafts: int = 0
    """Questions that are still drafts, and were not asked."""
    unread: tuple[str, ...] = ()
    """Documents that could not be read, and why."""


class Part(_Record):
    """One suite of a run."""

    suite: str
    cases: int
    observations: int
    seconds: float
    errors: dict[str, str] = {}
    """Cases that could not be run, and why."""


class Run(_Record):
    """A whole run; `observations` are kept in their own file."""

    id: str
    began: datetime
    seconds: float
    engine: Engine
    code: Code
    asked: Asked
    cases: Cases
    settings: dict[str, str]
    """The service's settings that are no secrets."""
    parts: tuple[Part, ...]
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    """By `asked.prices`; None where no prices were given."""

    @property
    def title(self) -> str:
        """Its name, and the model where one was asked."""
        return self.id if self.engine.model is None else f"{self.id}（{self.engine.model}）"

    @property
    def errors(self) -> int:
        """Cases that could not be run."""
        return sum(len(part.errors) for part in self.parts)


class Kept(_Record):
    """A run with its observations."""

    run: Run
    observations: tuple[Observation, ...]
    folder: Path

    def of(self, suite: str) -> list[Observation]:
        """The observations of one suite."""
        return [o for o in self.observations if o.suite == suite]


def engine(settings: Settings) -> Engine:
    """Who writes under these settings."""
    if not settings.has_model:
        return Engine(kind="offline")
    from service import llm  # kept out offline

    files = {f"{name}.v{v[-1]}": prompts.load(name).digest[:12] for name, v in prompts.names().items()}
    return Engine(kind="llm", model=settings.model, server=_without_user(llm.base_url(settings)), prompts=files)


def _without_user(address: str) -> str:
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def public(settings: Settings) -> dict[str, str]:
    """The settings that a run records: no addresses, no secrets, no places of this machine."""
    hidden = {"home", "database_url", "openai_base_url", "openai_api_key"}
    return {name: str(getattr(settings, name)) for name in type(settings).model_fields if name not in hidden}


def code() -> Code:
    """Which code is running."""
    commit = _git("rev-parse", "HEAD")
    sources = hashlib.sha256()
    for name in ("service", "prompts", "evals"):
        for path in sorted((_CODE / name).rglob("*")):
            if path.suffix in (".py", ".md", ".toml", ".jinja"):
                sources.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    packages = {name: version(name) for name in _NOTED if name != "mingzhang"} | {"mingzhang": _own_version()}
    return Code(
        commit=commit, changed=bool(_git("status", "--porcelain", "--", "service", "prompts", "evals")), digest=sources.hexdigest(),
        packages=packages, python=platform.python_version(), machine=f"{platform.system()} {platform.machine()}",
    )  # fmt: skip


def _own_version() -> str:
    from importlib.metadata import PackageNotFoundError

    try:
        return version("mingzhang")
    except PackageNotFoundError:  # run from a folder of sources
        return "not installed"


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(_CODE), *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607 - our own words
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def cases(gold: Gold, corpus: Path, paths: Sequence[Path], unread: Sequence[str]) -> Cases:
    """Where the cases came from."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return Cases(
        gold=gold.folder.name,
        gold_digest=gold.digest,
        corpus=corpus.name,
        corpus_digest=digest.hexdigest(),
        drafts=len(gold.drafts),
        unread=tuple(dict.fromkeys(unread)),
    )


def part(result: Result) -> Part:
    """The record of a suite's result."""
    return Part(
        suite=result.suite.name,
        cases=result.cases,
        observations=len(result.observations),
        seconds=round(result.seconds, 2),
        errors=result.errors,
    )


def cost(prices: Prices | None, tokens_in: int, tokens_out: int) -> float | None:
    """What the tokens cost."""
    return None if prices is None else (prices.tokens_in * tokens_in + prices.tokens_out * tokens_out) / 1_000_000


def name(began: datetime, kind: str) -> str:
    """A new run's name: when it began, and who wrote."""
    return f"{began.astimezone(UTC):%Y%m%d-%H%M%S}-{kind}"


def write(run: Run, observations: Sequence[Observation], folder: Path) -> None:
    """Keep a run in its folder."""
    (folder / OBSERVATIONS).write_text("".join(f"{o.model_dump_json()}\n" for o in observations), "utf-8")
    (folder / RECORD).write_text(run.model_dump_json(indent=2) + "\n", "utf-8")


def read(folder: Path) -> Kept:
    """Read a run back.

    Raises:
        NotFoundError: the folder holds no finished run.
        InputError: its files are damaged, or of another version.
    """
    try:
        record = (folder / RECORD).read_text("utf-8")
        lines = (folder / OBSERVATIONS).read_text("utf-8").splitlines()
    except OSError as error:
        raise NotFoundError(f"{folder}：里面没有跑完的评测", f"{folder}: holds no finished run") from error
    try:
        return Kept(
            run=Run.model_validate_json(record), observations=tuple(Observation.model_validate_json(line) for line in lines), folder=folder
        )
    except ValidationError as error:
        raise InputError(f"{folder}：评测记录读不了（{error.error_count()} 处不合）", f"{folder}: the run's record does not fit") from error
