"""What can go wrong, one kind for each thing a caller can do differently.

TelusurError
├── UnreadableSource     the bytes cannot be read as a page       (code unreadable-source)
│   ├── EmptySource      nothing in it                            (code empty-source)
│   ├── WrongMedia       a PDF, a picture, an archive, ...        (code wrong-media)
│   ├── TooLarge         more than this program reads             (code too-large)
│   └── TooComplex       nested or built so that parsing would not end in time (code too-complex)
├── NotAnArticle         a page, but no article text on it        (code not-an-article)
│   └── WrongLanguage    an article, but not in Indonesian        (code wrong-language)
├── BadRequest           a JSON line or an option that breaks the interface (code bad-request)
├── BadLexicon           a word list or outlet rule that breaks its own rules (code bad-lexicon)
├── MissingExtra         an optional dependency is not installed  (code missing-extra)
├── TooSlow              a question took longer than it may       (code too-slow)
└── ArchiveError         the archive did not do what it should    (code archive-error)
    ├── NoArchive        there is none, or it cannot be reached   (code no-archive)
    ├── NewerArchive     a newer program made it                  (code newer-archive)
    ├── ArchiveBusy      others kept writing to it for too long   (code archive-busy)
    ├── ArchiveUnwritable  a full disk, or no right to write      (code archive-unwritable)
    └── ArchiveDamaged   what it holds does not fit together      (code archive-damaged)

A message says what happened (with the value and the place), what follows, and what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class TelusurError(Exception):
    """Base of every error that Telusur raises on purpose."""

    code: ClassVar[str] = "telusur-error"


class UnreadableSource(TelusurError):
    code = "unreadable-source"


class EmptySource(UnreadableSource):
    code = "empty-source"


class WrongMedia(UnreadableSource):
    code = "wrong-media"


class TooLarge(UnreadableSource):
    code = "too-large"


class TooComplex(UnreadableSource):
    code = "too-complex"


class NotAnArticle(TelusurError):
    code = "not-an-article"


class WrongLanguage(NotAnArticle):
    code = "wrong-language"


class BadRequest(TelusurError):
    code = "bad-request"


class BadLexicon(TelusurError):
    code = "bad-lexicon"


class MissingExtra(TelusurError):
    code = "missing-extra"


class TooSlow(TelusurError):
    code = "too-slow"


class ArchiveError(TelusurError):
    code = "archive-error"


class NoArchive(ArchiveError):
    code = "no-archive"


class NewerArchive(ArchiveError):
    code = "newer-archive"


class ArchiveBusy(ArchiveError):
    code = "archive-busy"


class ArchiveUnwritable(ArchiveError):
    code = "archive-unwritable"


class ArchiveDamaged(ArchiveError):
    code = "archive-damaged"
