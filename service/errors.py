"""Errors that a user can meet, each with one clear line and the contract's exit status.

MingzhangError            exit 2 unless said otherwise
├── InputError            the arguments or a file are unusable
│   ├── NotFoundError     no such file or folder
│   ├── NotAPdfError      the file is not a PDF (or is damaged beyond opening)
│   ├── EncryptedError    the PDF asks for a password
│   ├── EmptyFileError    zero bytes, or a PDF without pages
│   ├── ScanOnlyError     the PDF has no text layer and OCR is not installed
│   ├── UnreadableError   no page has text that can be read: damaged, over a limit, or in fonts without Unicode maps
│   ├── FormError         an XFA form: its pages are made only when Adobe's programs open it
│   ├── TooLargeError     over a limit of the settings
│   ├── StoppedError      reading took too long or too much memory, or the reader crashed
│   └── UnknownDocumentError  the library holds no such document
├── LibraryError          the library cannot be used
│   ├── LibraryLockedError    another process is writing
│   └── StorageError          the disk is full or not writable
└── ModelError            exit 3: a model server could not be reached or did not answer usably
    ├── ModelUnreachableError
    ├── ModelRejectedError    bad key, unknown model
    └── ModelReplyError       the reply is empty, cut or does not fit the schema
"""

from typing import ClassVar


class MingzhangError(Exception):
    """An error with a message for the user in both languages.

    Args:
        zh: what happened and what to do, in Chinese, one line.
        en: the same in English, one line.
    """

    exit_status: ClassVar[int] = 2

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en

    def __reduce__(self) -> tuple[type["MingzhangError"], tuple[str, str]]:
        """Errors cross process borders with both texts (reading runs in worker processes)."""
        return type(self), (self.zh, self.en)


class InputError(MingzhangError):
    """The arguments or a file are unusable."""


class NotFoundError(InputError):
    """No such file or folder."""


class NotAPdfError(InputError):
    """The file is not a PDF, or is damaged beyond opening."""


class EncryptedError(InputError):
    """The PDF asks for a password."""


class EmptyFileError(InputError):
    """Zero bytes, or a PDF without pages."""


class ScanOnlyError(InputError):
    """No page has a text layer, and OCR is not installed."""


class TooLargeError(InputError):
    """Over a limit of the settings."""


class UnreadableError(InputError):
    """No page has text that can be read: damaged, over a limit, or in fonts without Unicode maps."""


class FormError(InputError):
    """An XFA form: its pages are made only when Adobe's programs open it."""


class StoppedError(InputError):
    """Reading took too long or too much memory, or the reader crashed on the file."""


class UnknownDocumentError(InputError):
    """The library holds no such document."""


class LibraryError(MingzhangError):
    """The library cannot be used."""


class LibraryLockedError(LibraryError):
    """Another process is writing to the library."""


class StorageError(LibraryError):
    """The disk is full or the folder cannot be written."""


class ModelError(MingzhangError):
    """A model server could not be reached or did not answer usably."""

    exit_status = 3


class ModelUnreachableError(ModelError):
    """No connection, a time-out, or the server's own failure."""


class ModelRejectedError(ModelError):
    """The server refuses the key, the model or the request."""


class ModelReplyError(ModelError):
    """The reply is empty, cut short or does not fit the schema."""
