"""The library: documents, facts, passages and vectors in SQL (the truth), copies of the files, and the lock around every writer."""

from service.library.entries import Addition, Entry, Vectors
from service.library.files import edition
from service.library.journal import Journal, Kept, Opinion
from service.library.store import Library

__all__ = ["Addition", "Entry", "Journal", "Kept", "Library", "Opinion", "Vectors", "edition"]
