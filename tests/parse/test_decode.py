"""Any bytes become text, and what was lost on the way is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.ingest import from_bytes
from telusur.model.document import Source
from telusur.parse.decode import decode

SENTENCE = "“Kami siap,” kata Bupati — café itu tutup."


def html(data: bytes, charset: str | None = None) -> Source:
    return from_bytes(data, media_type="text/html", charset=charset)


@pytest.mark.parametrize(
    ("source", "charset", "why"),
    [
        (from_bytes(SENTENCE.encode()), "utf-8", "UTF-8 needs no mark"),
        (from_bytes(b"\xef\xbb\xbf" + SENTENCE.encode()), "utf-8", "its mark is dropped"),
        (from_bytes(SENTENCE.encode("utf-16")), "utf-16-le", "a UTF-16 mark"),
        (
            from_bytes(SENTENCE.encode("utf-16-be"), charset=None),
            "utf-16-be",
            "UTF-16 without a mark shows in its zeros",
        ),
        (from_bytes(SENTENCE.encode("cp1252")), "cp1252", "few bytes beyond ASCII, none of them UTF-8"),
        (from_bytes(SENTENCE.encode("cp1252"), charset="iso-8859-1"), "cp1252", "browsers read Latin-1 so"),
        (html(b"<meta charset='windows-1252'>" + SENTENCE.encode("cp1252")), "cp1252", "the page says so"),
        (
            html(b"<meta charset=iso-8859-1>" + SENTENCE.encode()),
            "utf-8",
            "the page says Latin-1 and is UTF-8",
        ),
        (
            from_bytes(SENTENCE.encode(), charset="bukan-sandi"),
            "utf-8",
            "an encoding that does not exist is passed over",
        ),
    ],
)
def test_the_encoding_is_found(source: Source, charset: str, why: str) -> None:
    decoded = decode(source)
    assert decoded.charset == charset, why
    assert decoded.text.endswith(SENTENCE), why


@pytest.mark.parametrize(
    ("data", "text", "warns"),
    [
        (b"satu\r\ndua\rtiga\n", "satu\ndua\ntiga\n", None),
        (b"nol\x00byte", "nol\ufffdbyte", "NUL"),
        (b"kutip \x93ini\x94 dan caf\xc3\xa9", "kutip “ini” dan café", "mixed"),
        (b"rusak \xc3\xa9 \x81", "rusak é \ufffd", "mixed"),
        ("ab\u200bc\u202ed 👍 e\u0301".encode(), "ab\u200bc\u202ed 👍 e\u0301", None),
    ],
)
def test_only_line_ends_and_the_unreadable_change(data: bytes, text: str, warns: str | None) -> None:
    decoded = decode(from_bytes(data))
    assert decoded.text == text
    assert bool(decoded.warnings) == (warns is not None)
    assert warns is None or warns in decoded.warnings[0]


def test_a_wrong_stated_encoding_gives_a_warning_not_an_error() -> None:
    decoded = decode(from_bytes("日本".encode("shift_jis") + b"\xff", charset="shift_jis"))
    assert "\ufffd" in decoded.text
    assert "shift_jis" in decoded.warnings[0]


@settings(max_examples=60, deadline=None)
@given(
    st.binary(min_size=1, max_size=400),
    st.sampled_from([None, "utf-8", "latin-1", "utf-16", "rot13", "zlib"]),
)
def test_any_bytes_decode(data: bytes, charset: str | None) -> None:
    text = decode(Source(data, "text/html", "0" * 64, charset=charset)).text
    assert "\r" not in text
    assert "\x00" not in text


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\ufeff"), min_size=1)
)
def test_text_comes_back_as_it_was(text: str) -> None:
    """Offsets are promised into the text that the caller has."""
    source = Source(text.encode(), "text/plain", "0" * 64, charset="utf-8")
    assert decode(source).text == text
