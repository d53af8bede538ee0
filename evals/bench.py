"""What the cases of a run share: the gold, the documents, a library that holds them, and what is read of each document once."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from evals.gold import Gold
from evals.observed import Output
from evals.printed import Originals
from service import contract, pipeline
from service.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
"""The project's own cases and documents."""


class Bench:
    """A workbench for one run; `close` gives back its library.

    Args:
        gold: what is right.
        corpus: folder of the documents.
        settings: of the service under test; `home` is a folder that the run may fill.
        seed: of everything that is drawn by chance.
    """

    def __init__(self, gold: Gold, corpus: Path, settings: Settings, seed: int = 0) -> None:
        self.gold = gold
        self.corpus = corpus
        self.settings = settings
        self.seed = seed
        self.failed: list[str] = []
        """Documents that could not be read, and why."""
        self._opened: pipeline.Session | None = None
        self._beside: list[Bench] = []

    @property
    def own(self) -> bool:
        """Whether these are the project's own cases, which its made-up books belong to."""
        return self.gold.folder.resolve() == SAMPLES.resolve()

    @cached_property
    def originals(self) -> Originals:
        """The documents' files."""
        return Originals(self.corpus)

    @property
    def session(self) -> pipeline.Session:
        """The library with the whole corpus, ingested when first needed."""
        if self._opened is None:
            report = pipeline.ingest([self.corpus], self.settings)
            self.failed += [f"{failure.path.name}: {failure.error}" for failure in report.failed]
            self._opened = pipeline.open_session(self.settings)
            self._opened.warm()
        return self._opened

    @cached_property
    def records(self) -> dict[str, pipeline.Record]:
        """What is read, extracted and checked of every document that the gold speaks of, by document."""
        paths = [self.originals.paths[doc] for doc in self.gold.docs if doc in self.originals.paths]
        reading = pipeline.records(paths, self.settings)
        self.failed += [f"{failure.path.name}: {failure.error}" for failure in reading.failed]
        return {record.document.doc: record for record in reading.records}

    def ask(self, question: str, docs: Sequence[str] | None, history: Sequence[tuple[str, str]] = ()) -> Output:
        """Ask; the contract's answer object, under `asked_model` whether a model was to write it, and under `usage` its tokens."""
        session = self.session
        if not self.settings.has_model:
            return {**contract.answer(session.ask(question, docs=docs, history=history)), "asked_model": False, "usage": [0, 0]}
        from langchain_core.callbacks import get_usage_metadata_callback  # kept out where no model is asked: a second

        with get_usage_metadata_callback() as counted:
            answer = contract.answer(session.ask(question, docs=docs, history=history))
        spent = counted.usage_metadata.values()
        return {**answer, "asked_model": True, "usage": [sum(u["input_tokens"] for u in spent), sum(u["output_tokens"] for u in spent)]}

    def known(self, docs: Sequence[str]) -> bool:
        """Whether the corpus has all these documents."""
        return all(doc in self.originals.paths for doc in docs)

    def opened(self, session: pipeline.Session) -> None:
        """Use a library that was filled otherwise."""
        self._opened = session

    def beside(self, other: "Bench") -> None:
        """Close another bench together with this one."""
        self._beside.append(other)

    def close(self) -> None:
        """Give back the library."""
        for other in self._beside:
            other.close()
        if self._opened is not None:
            self._opened.close()
            self._opened = None
