"""Errors as a program reads them: problem documents (RFC 9457), in the reader's language.

Every kind has a code, a status and a title in both languages; `/api` explains each under its code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from starlette.responses import Response

from ...config import Lang
from ...errors import (
    ArchiveBusy,
    ArchiveError,
    ArchiveUnwritable,
    BadRequest,
    MissingExtra,
    NotAnArticle,
    TelusurError,
    TooLarge,
    UnreadableSource,
)
from ..snapshots import TooSlow
from .shapes import Fault, Problem

MEDIA = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, and its title in English and Indonesian."""

    status: int
    en: str
    id: str

    def title(self, lang: Lang) -> str:
        return self.en if lang == "en" else self.id


KINDS: Mapping[str, Kind] = {
    "bad-json": Kind(400, "The body is no JSON", "Isi permintaan bukan JSON"),
    "not-logged-in": Kind(401, "You are not logged in", "Anda belum masuk"),
    "not-allowed": Kind(403, "Your role does not allow this", "Peran Anda tidak mengizinkan ini"),
    "other-site": Kind(403, "This comes from another site's page", "Permintaan ini datang dari halaman situs lain"),
    "not-found": Kind(404, "There is no such thing here", "Tidak ditemukan"),
    "no-such-method": Kind(405, "This cannot be done here", "Cara ini tidak tersedia di sini"),
    "body-too-long": Kind(413, "Too much was sent", "Kiriman terlalu besar"),
    "wrong-media": Kind(415, "The body is of a kind that is not taken", "Jenis kiriman tidak diterima"),
    "wrong-host": Kind(421, "This room does not answer to that name", "Ruang ini tidak menjawab untuk nama itu"),
    "bad-parameter": Kind(422, "A parameter cannot be understood", "Parameter tidak dapat dipahami"),
    "bad-body": Kind(422, "The body does not have the right shape", "Bentuk kiriman tidak sesuai"),
    "bad-request": Kind(422, "This cannot be done as asked", "Permintaan ini tidak dapat dilakukan"),
    "not-an-article": Kind(422, "The text is no article", "Teks ini bukan artikel"),
    "unreadable-source": Kind(422, "The text cannot be read", "Teks tidak dapat dibaca"),
    "too-often": Kind(429, "Too many requests", "Terlalu banyak permintaan"),
    "fault": Kind(500, "A fault of ours", "Kesalahan pada program kami"),
    "too-slow": Kind(503, "This takes too long", "Permintaan ini terlalu lama"),
    "busy": Kind(503, "The room is busy", "Ruang sedang sibuk"),
    "archive-error": Kind(503, "The archive cannot answer now", "Arsip tidak dapat menjawab sekarang"),
    "missing-extra": Kind(501, "A part of the program is not installed", "Bagian program belum terpasang"),
}


@dataclass(slots=True)
class Refused(Exception):
    """A request that is not done, and why. ``errors``: place and what is wrong there."""

    code: str
    detail: str
    errors: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


_BY_ERROR: tuple[tuple[type[TelusurError], str], ...] = (
    (TooSlow, "too-slow"),
    (BadRequest, "bad-request"),
    (NotAnArticle, "not-an-article"),
    (TooLarge, "body-too-long"),
    (UnreadableSource, "unreadable-source"),
    (MissingExtra, "missing-extra"),
    (ArchiveBusy, "busy"),
    (ArchiveUnwritable, "archive-error"),
    (ArchiveError, "archive-error"),
)


def refused(error: TelusurError) -> Refused:
    """An error of the library, as a problem. What the archive says of itself (paths, addresses) is not told."""
    code = next((code for kind, code in _BY_ERROR if isinstance(error, kind)), "fault")
    detail = str(error)
    if isinstance(error, ArchiveError):
        detail = "the archive cannot answer now; nothing was done; try again, or ask whoever keeps it"
    later = {"retry-after": "2"} if code in ("busy", "too-slow", "archive-error") else {}
    return Refused(code, " ".join(detail.split()), headers=later)


def problem(told: Refused, lang: Lang, base: str = "/api") -> Response:
    """The answer that tells a problem."""
    kind = KINDS[told.code]
    body = Problem(f"{base}#{told.code}", kind.title(lang), kind.status, told.detail, told.code, [Fault(at, what) for at, what in told.errors])
    headers = {"content-language": lang, "cache-control": "no-store", "vary": "accept-language", **told.headers}
    return Response(msgspec.json.encode(body), kind.status, headers, MEDIA)
