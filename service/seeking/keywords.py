"""The keyword index, and the only door to tantivy: character bigrams, ranked by BM25."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import tantivy

from service.records import Passage
from service.text import normal

_WORDS = re.compile(r"[A-Za-z]+|\d[\d,.]*\d|\d|[\u3400-\u9fff]+")


def terms(text: str) -> list[str]:
    """Index terms: pairs of Chinese characters, whole numbers (without separators), whole Latin words.

    >>> terms("年初预算2,400万元")
    ['年初', '初预', '预算', '2400', '万元']
    """
    found: list[str] = []
    for match in _WORDS.finditer(normal(text)):
        word = match[0]
        if word[0].isascii():
            found.append(word.replace(",", "").lower())
        elif len(word) == 1:
            found.append(word)
        else:
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
    return found


class KeywordIndex:
    """An index on disk; opened or made."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("doc", stored=False, tokenizer_name="raw")
        builder.add_text_field("body", stored=False, tokenizer_name="whitespace")
        self._schema = builder.build()
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
        except ValueError:
            # Another schema, or a half-written folder: it holds nothing that SQL does not.
            shutil.rmtree(folder)
            folder.mkdir(parents=True)
            self._index = tantivy.Index(self._schema, path=str(folder))

    def change(self, added: Sequence[Passage], removed: Sequence[str]) -> None:
        """Add passages and drop whole documents, in one commit."""
        writer = self._index.writer(heap_size=64_000_000, num_threads=1)
        for doc in removed:
            writer.delete_documents_by_term("doc", doc)
        for passage in added:
            document = tantivy.Document()
            document.add_text("id", passage.id)
            document.add_text("doc", passage.doc)
            document.add_text("body", " ".join(terms(passage.text)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def find(self, question: str, docs: Sequence[str] | None, count: int) -> list[str]:
        """Ids of the best passages, best first; only of `docs` where given."""
        words = dict.fromkeys(terms(question))
        if not words:
            return []
        should = tantivy.Occur.Should
        parts = [(should, tantivy.Query.term_query(self._schema, "body", word)) for word in words]
        query = tantivy.Query.boolean_query(parts)
        if docs is not None:
            of = tantivy.Query.boolean_query([(should, tantivy.Query.term_query(self._schema, "doc", doc)) for doc in docs])
            unscored = tantivy.Query.const_score_query(of, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)])
        self._index.reload()
        searcher = self._index.searcher()
        return [str(searcher.doc(address)["id"][0]) for _, address in searcher.search(query, count).hits]
