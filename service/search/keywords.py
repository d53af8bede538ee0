"""The only door to tantivy: passages by document → a keyword index (BM25) → the passages that share words with a question."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import tantivy

from service.errors import LibraryError
from service.records import Passage
from service.text import normal

SCHEME = "bigrams-1"
"""Name of the way of cutting; an index made another way is made again."""
BODY_WEIGHT = 2.0
"""Weight of words in the quote against words of the titles and headings around it (tuned on the development questions)."""

_ANALYZER = "pieces"
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
            LibraryError: the folder holds something else or a damaged index.
        """
        text = {"tokenizer_name": _ANALYZER, "index_option": "freq"}
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("doc", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("head", **text)
        builder.add_text_field("body", **text)
        try:
            self._index = tantivy.Index(builder.build(), path=None if folder is None else str(folder))
        except (ValueError, OSError) as error:
            raise LibraryError(
                f"关键词索引打不开（{error}）；请运行 mingzhang reindex",
                f"the keyword index cannot be opened ({error}): run `mingzhang reindex`",
            ) from error
        self._index.register_tokenizer(_ANALYZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())

    def change(self, remove: Iterable[str], add: Iterable[Sequence[Passage]]) -> None:
        """Remove documents by name and add documents as their passages, in one commit.

        Raises:
            LibraryError: the index cannot be written.
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
            raise LibraryError(f"关键词索引写不进去（{error}）", f"the keyword index cannot be written ({error})") from error
        self._index.reload()

    def count(self) -> int:
        """Number of passages."""
        return int(self._index.searcher().num_docs)

    def search(self, question: str, k: int, docs: Sequence[str] | None = None) -> list[str]:
        """The ids of the k passages nearest to the question by BM25, best first; only of `docs` where given."""
        words = dict.fromkeys(_pieces(question))
        if not words or docs == []:
            return []
        schema, should, must = self._index.schema, tantivy.Occur.Should, tantivy.Occur.Must
        terms = []
        for word in words:
            terms.append((should, tantivy.Query.term_query(schema, "head", word, index_option="freq")))
            body = tantivy.Query.term_query(schema, "body", word, index_option="freq")
            terms.append((should, tantivy.Query.boost_query(body, BODY_WEIGHT)))
        query = tantivy.Query.boolean_query(terms)
        if docs is not None:
            held = tantivy.Query.const_score_query(tantivy.Query.term_set_query(schema, "doc", list(docs)), 0.0)
            query = tantivy.Query.boolean_query([(must, held), (must, query)])
        searcher = self._index.searcher()
        return [str(searcher.doc(address).get_first("id")) for _, address in searcher.search(query, k, count=False).hits]


def _indexed(passage: Passage) -> tantivy.Document:
    head = passage.text.partition("\n")[0]
    return tantivy.Document(
        id=passage.id, doc=passage.doc, head=" ".join(_pieces(f"{head}\n{passage.section}")), body=" ".join(_pieces(_body(passage)))
    )


def _body(passage: Passage) -> str:
    """What the passage itself says, with its row's column headings."""
    return passage.text.partition("\n")[2] or passage.quote


def _pieces(text: str) -> Iterator[str]:
    for run in _RUN.findall(normal(text).lower()):
        if run[0].isdigit():
            yield _number(run)
        elif run[0].isascii() or len(run) == 1:
            yield run
        else:
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def _number(digits: str) -> str:
    value = Decimal(digits.replace(",", ""))
    return format(value.normalize(), "f")
