"""Lines that belong to the site by their form, whatever outlet printed them: skip links, menus, calls to follow.

Comes in: a line's text and key. Comes out: whether it is one of these. No outlet's own words stand here; a menu is told
by being made of nothing but names of sections and words of sites, a call by speaking to the reader of the outlet's channels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ..lexicon import read_table, words

_SKIP = re.compile(
    r"^(?:menuju|langsung|loncat|lompat|lewati|skip|jump|kembali|pergi|klik untuk)\b.{0,24}?\b(?:konten|isi|content|navigasi|menu|atas|beranda)\b.{0,12}$"
)
_SCROLL = re.compile(
    r"^(?:scroll|gulir|geser|swipe|gulirkan)\b.{0,40}?\b(?:lanjut|lanjutkan|melanjutkan|membaca|baca|continue|resume)\b"
)
_CALL = re.compile(
    r"(?:^(?:selalu )?|[.!?] )(?:ikuti|daftarkan|update|dapatkan|baca|simak|temukan|gabung|bergabung|cek|update|pantau|nikmati|unduh|download|jangan lewatkan|mari|yuk|ayo|follow|klik|langganan|berlangganan|kunjungi|dukung|tonton|subscribe)\b"
)
_CHANNEL = re.compile(
    r"\b(?:saluran|kanal|channel|google news|whatsapp|telegram|newsletter|aplikasi|notifikasi|grup|group|media sosial|medsos|instagram|facebook|twitter|tiktok|youtube|ponsel|e-?mail|inbox)\b|\bt\.me/|\bwa\.me/"
)
_OURS = re.compile(
    r"\b(?:kami|kamu|anda|di sini|disini|klik|link|tautan|ini|\w{2,20}\.(?:com|co|id|co\.id|net))\b"
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|\bcopyright\b|\bhak cipta\b).{0,40}?(?:(?:19|20)\d\d|dilindungi)|(?:19|20)\d\d.{0,6}(?:©|copyright)|"
    r"\bdilarang (?:mengutip|menyalin|memperbanyak|keras|mengambil|menyiarkan|menggandakan)\b.{0,120}?\b(?:izin|ijin|redaksi|konten|artikel|berita)\b"
)
_COUNTED = re.compile(r"^\(?\d{1,5}\)?\s(?=\D)|\s?\(\d{1,5}\)$|\s\d{1,5}$")
_PAGES = re.compile(
    r"^(?:halaman|page|hal)\s?:?(?:\s?\d{1,3})?(?:\s?(?:/|dari|of|-)\s?\d{1,3})?$|^(?:\d{1,2}\s){1,12}(?:\d{1,2}|next|selanjutnya|berikutnya|lihat semua|tampilkan semua|show all|semua|all|»|>)$"
)
_SPLIT = re.compile(r"\s{0,3}[|/·•›»>,&]\s{0,3}|\s{2,}")
_HOME = frozenset({"home", "beranda", "homepage", "depan", "halaman depan"})
LONGEST = 180
"""No menu, call or rights line that a page prints as one line has been seen longer."""


@cache
def _menu_words() -> frozenset[str]:
    rows = read_table("chrome_lines", ("phrase", "match"))
    return (
        frozenset(row["phrase"] for row in rows if row["match"] == "whole") | words("section_names") | _HOME
    )


def is_site_form(text: str, key: str) -> bool:
    """Whether a line can only be the site's own: by its form alone.

    >>> is_site_form("Home › Daerah › Jawa Barat", "home › daerah › jawa barat")
    True
    """
    return len(key) <= 2 * LONGEST and _is_site_form(text, key)


@lru_cache(maxsize=2048)
def _is_site_form(text: str, key: str) -> bool:
    # Kept: the same line is asked about at every stage of the anatomy.
    if _RIGHTS.search(key) is not None:
        return True
    if len(key) > LONGEST:
        return is_call(key)
    return (
        (len(key) <= 60 and _SKIP.match(key) is not None)
        or (len(key) <= 90 and _SCROLL.match(key) is not None)
        or _PAGES.match(key) is not None
        or _is_counted(key)
        or is_call(key)
        or is_menu(text, key)
    )


def _is_counted(key: str) -> bool:
    """A site's word with a count: `Komentar (12)`, `3 Komentar`."""
    bare = _COUNTED.sub("", key).strip(" :()")
    return bare != key and bare in _menu_words() - words("section_names")


def is_call(key: str) -> bool:
    """A call to the reader to follow the outlet elsewhere."""
    return (
        len(key) <= 2 * LONGEST
        and _CALL.search(key) is not None
        and _CHANNEL.search(key) is not None
        and (_OURS.search(key) is not None or (key.count(" ") < 7 and _CALL.match(key) is not None))
    )


def is_menu(text: str, key: str) -> bool:
    """A line made of names of sections and words of sites alone, or parted by bars with at least half of its parts such."""
    parts = [part.strip(" :.-–") for part in _SPLIT.split(key) if part.strip(" :.-–")]
    known = [_all_known(part.split()) for part in parts]
    if len(parts) >= 2 and any(mark in text for mark in "|/·•›»>"):
        short = all(len(part.split()) <= 4 and not any(c.isdigit() for c in part) for part in parts)
        if short and (parts[0] in _HOME or 2 * sum(known) >= len(parts)) and text[-1] not in ".?!":
            return True
    tokens = key.split()
    return len(tokens) >= 2 and text[-1] not in ".?!" and len(key) > 8 and all(known) and _pieces(tokens) >= 2


def _pieces(tokens: Sequence[str]) -> int:
    """Into how many phrases of sites the words part, longest first; 0 where one word is left over."""
    at = count = 0
    while at < len(tokens):
        size = next(
            (
                n
                for n in (4, 3, 2, 1)
                if " ".join(tokens[at : at + n]).strip(" |/·•›»>,:") in _menu_words()
                or not " ".join(tokens[at : at + n]).strip(" |/·•›»>,:&")
            ),
            0,
        )
        if not size:
            return 0
        at += size
        count += 1
    return count


def _all_known(tokens: Sequence[str]) -> bool:
    return _pieces(tokens) > 0
