"""The only door to tantivy: passages by document → a keyword index (BM25) → the passages that share words with a question."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import concat
from pathlib import Path

import tantivy

from service.records import Passage
from service.search.stamps import broken
from service.text import normal

SCHEME = "bigrams-2"
"""Name of the way of cutting; an index made another way is made again."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a kind of passage counts, and in it the words of its three lines: title, headings, body."""

    passage: float
    title: float
    head: float
    body: float


WEIGHTS = {
    "prose": Weight(1.0, 2.0, 0.3, 1.0),
    # BM25 favours short texts: unweighted, a document's many short rows crowd out the sentences that explain them.
    "row": Weight(0.6, 2.0, 0.5, 1.0),
    "table": Weight(0.2, 2.0, 0.5, 1.0),
}
"""Tuned on the development questions; recall@5 moves by 0.03 at most when one of them is changed by half."""

_ANALYZER = "pieces"
_LINES = ("title", "head", "body")
_SAID = ("head", "body")
"""Lines that say something of their passage: the title is the document's."""
_WRITER_BYTES = 30_000_000
_RUN = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[a-z]+|[\u3400-\u9fff\uf900-\ufaff]+")


def pieces(text: str) -> list[str]:
    """The words a text is found by: pairs of Chinese characters, Latin words, and whole numbers.

    A number loses its thousands separators and trailing zeros, so that 1,350.00 is found by 1350.

    >>> pieces("公务员医疗补助 1,350.00万元")
    ['公务', '务员', '员医', '医疗', '疗补', '补助', '1350', '万元']
    """
    return list(_pieces(text))


class KeywordIndex:
    """An index in a folder, or in memory when it has none."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open the index of the folder, or make an empty one.

        Raises:
            BrokenIndexError: the folder holds something else or a damaged index.
        """
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("doc", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
        for line in _LINES:
            builder.add_text_field(line, tokenizer_name=_ANALYZER, index_option="freq")
        try:
            self._index = tantivy.Index(builder.build(), path=None if folder is None else str(folder))
        except (ValueError, OSError) as error:
            raise broken(error) from error
        self._index.register_tokenizer(_ANALYZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())

    def change(self, remove: Iterable[str], add: Iterable[Sequence[Passage]]) -> None:
        """Remove documents by name and add documents as their passages, in one commit.

        Raises:
            BrokenIndexError: the index cannot be written.
        """
        try:
            writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
            for doc in remove:
                writer.delete_documents_by_term("doc", doc)
            for document in add:
                for passage in document:
                    writer.add_document(_indexed(passage))
            writer.commit()
            writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            raise broken(error) from error
        self._index.reload()

    def count(self) -> int:
        """Number of passages."""
        return int(self._index.searcher().num_docs)

    def search(self, words: Mapping[str, float], k: int, docs: Sequence[str] | None = None, *, rows: float = 1.0) -> list[str]:
        """The ids of the k passages nearest by BM25, best first.

        Args:
            words: words as `pieces` cuts them, each with its weight.
            k: how many.
            docs: only passages of these documents, before ranking; None: of all.
            rows: how much more than usual a table's rows count.
        """
        if not words or (docs is not None and not docs):
            return []
        should, must = tantivy.Occur.Should, tantivy.Occur.Must
        query = tantivy.Query.boolean_query([(should, self._within(words, kind, rows if kind == "row" else 1.0)) for kind in WEIGHTS])
        if docs is not None:
            held = tantivy.Query.term_set_query(self._index.schema, "doc", list(docs))
            query = tantivy.Query.boolean_query([(must, tantivy.Query.const_score_query(held, 0.0)), (must, query)])
        searcher = self._index.searcher()
        return [str(searcher.doc(address).get_first("id")) for _, address in searcher.search(query, k, count=False).hits]

    def rarity(self, words: Iterable[str]) -> dict[str, float]:
        """How telling each word is: the logarithm of the passages there are to one that holds it; without the words that none holds."""
        searcher = self._index.searcher()
        found = {word: max(searcher.doc_freq(line, word) for line in _SAID) for word in words}
        return {word: math.log(1 + searcher.num_docs / count) for word, count in found.items() if count}

    def holders(self, weights: Mapping[str, float], k: int) -> dict[str, float]:
        """By document: the weight of the words that its best passage holds, for the documents of the k best passages.

        Args:
            weights: words as `pieces` cuts them; each counts once in a passage, however long that is.
            k: how many passages are looked at.
        """
        should = tantivy.Occur.Should
        held = [
            (
                should,
                tantivy.Query.const_score_query(tantivy.Query.boolean_query([(should, self._term(line, word)) for line in _SAID]), weight),
            )
            for word, weight in weights.items()
        ]
        searcher = self._index.searcher()
        best: dict[str, float] = {}
        for score, address in searcher.search(tantivy.Query.boolean_query(held), k, count=False).hits if held else ():
            best.setdefault(str(searcher.doc(address).get_first("id")).rpartition("#")[0], score)
        return best

    def _within(self, words: Mapping[str, float], kind: str, factor: float) -> tantivy.Query:
        """The words in passages of one kind."""
        weight, must = WEIGHTS[kind], tantivy.Occur.Must
        lines = {"title": weight.title, "head": weight.head, "body": weight.body}
        terms = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(line, word), share * importance))
            for word, importance in words.items()
            for line, share in lines.items()
        ]
        held = tantivy.Query.const_score_query(self._term("kind", kind), 0.0)
        both = tantivy.Query.boolean_query([(must, held), (must, tantivy.Query.boolean_query(terms))])
        return tantivy.Query.boost_query(both, weight.passage * factor)

    def _term(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, field, word, index_option="freq" if field in _LINES else "basic")


def _indexed(passage: Passage) -> tantivy.Document:
    # A passage cut elsewhere may have fewer lines than three: its last is what it says.
    lines = ["", "", *passage.text.split("\n", 2)][-3:]
    texts = {line: _spaced(text) for line, text in zip(_LINES, lines, strict=True)}
    return tantivy.Document(id=passage.id, doc=passage.doc, kind=passage.kind, **texts)


@lru_cache(maxsize=1024)
def _spaced(text: str) -> str:
    """The words with spaces between; remembered, since all rows of a table share their title and headings."""
    return " ".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    for run in _RUN.findall(normal(text).lower()):
        if run[0].isdigit():
            yield _number(run)
        elif run[0].isascii() or len(run) == 1:
            yield run
        else:
            yield from map(concat, run, run[1:])


def _number(digits: str) -> str:
    return format(Decimal(digits.replace(",", "")).normalize(), "f")
