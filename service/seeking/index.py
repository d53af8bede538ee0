"""Both indexes kept in step with the library: what they hold is stamped, and brought up to date or rebuilt when it differs."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.collection import Library
from service.errors import LibraryError, LibraryLockedError
from service.seeking import embedding
from service.seeking.keywords import KeywordIndex
from service.seeking.vectors import VectorIndex, VectorIndexError, throw_away
from service.settings import Settings

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Indexes:
    """The indexes of one library, opened when first used."""

    library: Library
    settings: Settings
    _keywords: KeywordIndex | None = None
    _vectors: VectorIndex | None = None
    _opened: int = field(default=-1)
    """Library version for which the vector index was opened in this process."""

    @property
    def folder(self) -> Path:
        """Where the indexes lie."""
        return self.library.home / "index"

    @property
    def keywords(self) -> KeywordIndex:
        """The keyword index."""
        if self._keywords is None:
            self._keywords = KeywordIndex(self.folder / "keywords")
        return self._keywords

    def vectors(self) -> VectorIndex | None:
        """The vector index when it is in step with the library, else None: search SQL's vectors then."""
        version = self.library.version()
        if self._vectors is None or self._opened != version:
            if not self.in_step():
                return None
            try:
                self._vectors, self._opened = VectorIndex(self.folder / "vectors"), version
            except VectorIndexError:
                return None
        return self._vectors

    def in_step(self) -> bool:
        """Whether the indexes hold what the library holds."""
        return self._stamp().get("version") == self.library.version()

    def ensure(self) -> bool:
        """Bring the indexes up to date, unless another process is writing; whether they are.

        Raises:
            LibraryError: the library's vectors were made by another embedding than the settings ask for.
        """
        self.same_embedding()
        if self.in_step():
            return True
        try:
            with self.library.locked():
                self.update()
        except LibraryLockedError:
            return False
        return True

    def forget(self) -> None:
        """Stop using a vector index that failed; the next update makes it anew."""
        self._vectors = None
        self._write_stamp({})

    def same_embedding(self) -> None:
        """Object to vectors of another embedding than the settings ask for.

        Raises:
            LibraryError: with what to do.
        """
        made, wanted = self.library.embeddings(), embedding.name(self.settings)
        if made - {wanted}:
            other = "、".join(sorted(made - {wanted}))
            raise LibraryError(
                f"资料库的向量由 {other} 生成，现在的设置是 {wanted}：请运行 mingzhang reindex",
                f"the library's vectors were made by {other}, the settings ask for {wanted}: run mingzhang reindex",
            )

    def update(self) -> None:
        """Bring both indexes up to date by document. Call inside `library.locked()`."""
        wanted = {info.doc: info.digest for info in self.library.documents()}
        have: dict[str, str] = self._stamp().get("documents", {})
        version = self.library.version()
        self._write_stamp({})
        gone = [doc for doc, digest in have.items() if wanted.get(doc) != digest]
        new = [doc for doc, digest in wanted.items() if have.get(doc) != digest]
        self.keywords.change([p for doc in new for p in self.library.passages(doc)], [*gone, *new])
        try:
            self._change_vectors(new, gone)
        except VectorIndexError:
            self._vectors = None
            throw_away(self.folder / "vectors")
            self._change_vectors(list(wanted), [])
        self._write_stamp({"version": version, "documents": wanted})
        self._opened = version

    def rebuild(self, progress: Progress | None = None) -> int:
        """Throw both indexes away and make them again; vectors of another embedding are made anew. Call inside `locked()`.

        Returns:
            Passages indexed.
        """
        wanted = embedding.name(self.settings)
        documents = self.library.documents()
        total = 0
        again = bool(self.library.embeddings() - {wanted})
        for done, info in enumerate(documents, 1):
            passages = self.library.passages(info.doc)
            if again:
                rows = embedding.vectors([p.text for p in passages], self.settings)
                self.library.replace_vectors(info.doc, embedding.packed(rows), wanted)
            total += len(passages)
            if progress is not None:
                progress(done, len(documents), info.doc)
        self._keywords = self._vectors = None
        self._write_stamp({})
        throw_away(self.folder / "vectors")
        throw_away(self.folder / "keywords")
        self.update()
        return total

    def _change_vectors(self, new: list[str], gone: list[str]) -> None:
        if self._vectors is None:
            self._vectors = VectorIndex(self.folder / "vectors")
        self._vectors.remove([*gone, *new])
        for doc in new:
            kept = self.library.vectors(doc)
            if kept:
                self._vectors.add([i for i, _ in kept], [doc] * len(kept), embedding.unpacked([v for _, v in kept]))

    def _stamp(self) -> dict[str, Any]:
        try:
            stamp = json.loads((self.folder / "stamp.json").read_text("utf-8"))
        except (OSError, json.JSONDecodeError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def _write_stamp(self, stamp: dict[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / "stamp.partial"
        partial.write_text(json.dumps(stamp, ensure_ascii=False), "utf-8")
        partial.replace(self.folder / "stamp.json")
