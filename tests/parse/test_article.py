"""What a page says of itself, and what it does not."""

from __future__ import annotations

import pytest

from telusur.errors import NotAnArticle, WrongLanguage
from telusur.ingest import from_text
from telusur.model.document import Document, Hints, Image
from telusur.parse import parse_page

LONG = (
    "Wali Kota Tegalwaru Sri Wahyuningsih melarang truk tambang melintas di jalan kota pada siang hari. "
    "Larangan itu berlaku mulai pekan depan."
)
MORE = "Asosiasi pengusaha angkutan menilai keputusan itu terburu-buru dan meminta waktu enam bulan untuk menyesuaikan jadwal."


def read(*lines: str, hints: Hints | None = None) -> Document:
    return parse_page(from_text("\n\n".join(lines), media_type="text/plain"), hints or Hints())


TITLE = "Wali Kota Larang Truk Tambang Melintas"


def test_the_page_goes_before_what_the_caller_states() -> None:
    hints = Hints(url="https://www.contoh.id/a", published="2024-08-21", publisher="Contoh", title="Lain")
    document = read(
        TITLE, "Selasa, 20 Agustus 2024 09:15 WIB", f"TEGALWARU, WartaKota.com - {LONG}", MORE, hints=hints
    )
    article = document.article
    assert (article.title, article.publisher) == (TITLE, "WartaKota.com")
    assert (article.published, document.published_basis) == ("2024-08-20T09:15+07:00", "page")


def test_what_the_page_leaves_out_the_caller_may_state() -> None:
    document = read(
        TITLE, LONG, MORE, hints=Hints(url="https://www.contoh.id/a", published="2024-08-21T10:00")
    )
    assert document.article.publisher == "contoh.id"
    assert (document.article.published, document.published_basis) == ("2024-08-21T10:00", "caller")


def test_nothing_is_made_up() -> None:
    """A date inside a sentence dates the event, not the page."""
    document = read(TITLE, LONG, f'"Cukup," kata Sri, Selasa (20/8/2024). {MORE}')
    article = document.article
    assert (article.published, document.published_basis) == (None, None)
    assert (article.publisher, article.section, article.lead) == (None, None, None)
    assert (article.credits, article.wires, article.images, article.topics) == ((), (), (), ())


def test_three_roles_and_a_section_at_the_foot() -> None:
    document = read(
        TITLE,
        f"tirto.id - {LONG}",
        MORE,
        "tirto.id - Politik",
        "Reporter: Maya Larasati",
        "Editor: Maya Larasati",
    )
    assert (document.article.publisher, document.article.section) == ("tirto.id", "Politik")
    assert [(credit.name, credit.role) for credit in document.article.credits] == [
        ("Maya Larasati", "reporter"),
        ("Maya Larasati", "editor"),
    ]


def test_a_picture_credit_is_no_wire() -> None:
    caption = "Truk tambang di jalan lingkar, Senin (19/8). ANTARA FOTO/REUTERS/Rina/djo/24"
    document = read(TITLE, "Selasa, 20 Agustus 2024", caption, f"TEGALWARU, WartaKota.com - {LONG}", MORE)
    assert document.article.images == (
        Image("Truk tambang di jalan lingkar, Senin (19/8).", "ANTARA FOTO/REUTERS/Rina/djo/24"),
    )
    assert document.article.wires == ()


def test_datelines_are_spans_of_their_paragraphs() -> None:
    document = read(TITLE, f"TEGALWARU, WartaKota.com - {LONG}", MORE)
    assert [span.of(document.text) for span in document.datelines] == ["TEGALWARU, WartaKota.com -"]


def test_a_title_loses_the_outlet_that_a_browser_adds() -> None:
    document = parse_page(
        from_text(
            f"<html><head><title>{TITLE} - Warta Kota</title><meta property='og:site_name' content='Warta Kota'></head><body><p>{LONG}</p><p>{MORE}</p><p>{LONG}</p></body></html>"
        ),
        Hints(),
    )
    assert document.article.title == TITLE


ENGLISH = (
    "The council said on Tuesday that the new bridge would be finished by the end of the year, and that it had the money for it. "
    * 3
)
JAVANESE = (
    "Wong iku lagi mlaku ing dalan gedhe karo kancane, nanging ora ana sing ngerti yen dheweke wis lunga saka omah. "
    * 4
)
MALAY = (
    "Menteri berkata kerajaan akan memberi wang kepada mangsa banjir kerana mereka kehilangan kereta. Beliau berkata polis dan pelbagai syarikat turut membantu, manakala bandar itu bersedia. "
    * 3
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (ENGLISH, "English"),
        (JAVANESE, "Javanese"),
        ("Правительство сообщило о новом мосте через реку. " * 6, "another script"),
    ],
)
def test_another_language_is_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(WrongLanguage, match=name):
        read(text)


def test_malay_is_read_with_a_warning() -> None:
    document = read(MALAY)
    assert document.article.language == "ms"
    assert any("Malay" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "Gempa magnitudo 5,1 mengguncang Sukabumi pada Jumat pagi.",
        "Harga Beras Naik\n\nHarga beras di Pasar Induk naik lima persen pekan ini.",
        "Timnas menang 2-0 atas tamunya, kata pelatih.",
        f"{LONG} “We are done here,” katanya dalam bahasa Inggris. {MORE}",
    ],
)
def test_short_and_mixed_indonesian_passes(text: str) -> None:
    assert read(text).article.language == "id"


@pytest.mark.parametrize(
    "text", ["Beranda\nNasional\nEkonomi\nMasuk\nCopyright 2024", "1\n2\n3", "Terpopuler", "!!!"]
)
def test_chrome_alone_is_no_article(text: str) -> None:
    with pytest.raises(NotAnArticle):
        read(text)
