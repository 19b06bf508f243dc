"""Time expressions and their values: every row of the tables is a promise with its reason. All texts are invented."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpu_time import grows_no_faster
from telusur.analyse.times import find_times
from telusur.analyse.timespans import interval
from telusur.model.document import Article, Block, BlockKind, Document, Hints, Source
from telusur.model.layers import TIME_BASES, TIME_MODS, TIME_TYPES, Time
from telusur.model.span import Span

WEDNESDAY = "2017-04-19"
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def document(text: str, published: str | None = WEDNESDAY, kind: BlockKind = "paragraph") -> Document:
    """A document whose lines are blocks of one kind."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind, Span(at, at + len(line))))
        at += len(line) + 1
    source = Source(data=b"", media_type="text/plain", sha256="0" * 64)
    return Document(source=source, hints=Hints(), text=text, blocks=tuple(blocks), article=Article(published=published))


def read(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str, str]]:
    """Text, type and value (with its part after a blank) of every expression."""
    return [(t.span.of(text), t.type, f"{t.value} {t.mod}" if t.mod else t.value) for t in find_times(document(text, published))]


# The strings on which the common parsers go wrong, read on Wednesday 19 April 2017 at noon.
NINETEEN = [
    ("Senin (17/4/2017) waktu setempat lalu", "Senin (17/4/2017)", "DATE", "2017-04-17"),
    ("Rabu (29/3)", "Rabu (29/3)", "DATE", "2017-03-29"),
    ("pertengahan Maret lalu", "pertengahan Maret lalu", "DATE", "2017-03 MID"),
    ("Juli 2014", "Juli 2014", "DATE", "2014-07"),
    ("pada 2014", "2014", "DATE", "2014"),
    ("dua hari lalu", "dua hari lalu", "DATE", "2017-04-17"),
    ("kemarin malam", "kemarin malam", "TIME", "2017-04-18TNI"),
    ("Sabtu pekan depan", "Sabtu pekan depan", "DATE", "2017-04-29"),
    ("3 jam lalu", "3 jam lalu", "TIME", "2017-04-19T09:00"),
    ("awal 2018", "awal 2018", "DATE", "2018 START"),
    ("sejak 1998", "1998", "DATE", "1998"),
    ("pukul 14.30 WIB", "pukul 14.30 WIB", "TIME", "2017-04-19T14:30"),
    ("1 Syawal 1438 H", "1 Syawal 1438 H", "DATE", "2017-06-25"),
    ("HUT RI ke-72", "HUT RI ke-72", "DATE", "2017-08-17"),
    ("era Orde Baru", "era Orde Baru", "DATE", "1966/1998"),
    ("selama tiga tahun terakhir", "tiga tahun terakhir", "DURATION", "P3Y"),
    ("tiap Jumat", "tiap Jumat", "SET", "XXXX-WXX-5"),
    ("kuartal II 2017", "kuartal II 2017", "DATE", "2017-Q2"),
    ("semester pertama tahun ini", "semester pertama tahun ini", "DATE", "2017-H1"),
]


@pytest.mark.parametrize(("text", "span", "kind", "value"), NINETEEN, ids=[row[0] for row in NINETEEN])
def test_the_nineteen_strings(text: str, span: str, kind: str, value: str) -> None:
    """Each is read whole, with the granularity of its words."""
    assert read(text, "2017-04-19T12:00:00+07:00") == [(span, kind, value)]


FOUND = [
    # days
    ("Rapat digelar Kamis, 12 Juni 2025.", [("Kamis, 12 Juni 2025", "DATE", "2025-06-12")], "name, comma, date"),
    ("Rapat digelar Minggu, (8/6/2025).", [("Minggu, (8/6/2025)", "DATE", "2025-06-08")], "a comma before the bracket"),
    ("Rapat digelar Rabu (18/102017).", [("Rabu (18/102017)", "DATE", "2017-10-18")], "a stroke forgotten"),
    ("Rapat digelar Rabu (18/6/217).", [("Rabu (18/6/217)", "DATE", "2017-06-18")], "a digit forgotten: the page's year"),
    ("Rapat digelar hari ini, Rabu (19/4).", [("hari ini, Rabu (19/4)", "DATE", "2017-04-19")], "one expression with its date"),
    ("Rapat digelar hari ini pada pukul 09.00 WIB.", [("hari ini", "DATE", "2017-04-19"), ("pukul 09.00 WIB", "TIME", "2017-04-19T09:00")], "pada parts them"),
    ("Ia tiba Senin (17/4) malam.", [("Senin (17/4) malam", "TIME", "2017-04-17TNI")], "a part of the day after the bracket"),
    ("Ia tiba Senin dini hari (17 April 2017) pukul 04:17:32 WIB.", [("Senin dini hari (17 April 2017) pukul 04:17:32 WIB", "TIME", "2017-04-17T04:17:32")], "the clock wins"),
    ("Ia tiba Senin (17/4) sekitar pukul 15.00 Wita.", [("Senin (17/4) sekitar pukul 15.00 Wita", "TIME", "2017-04-17T15:00")], "about belongs inside"),
    ("“Besok (Kamis) jam 9 pagi,” ujarnya.", [("Besok (Kamis) jam 9 pagi", "TIME", "2017-04-20T09:00")], "spoken"),
    ("Ia lahir 11 Oktober 1968.", [("11 Oktober 1968", "DATE", "1968-10-11")], "a birthday"),
    ("Ia pergi Senin.", [("Senin", "DATE", "2017-04-17")], "the last Monday"),
    ("Ia pergi Rabu ini.", [("Rabu ini", "DATE", "2017-04-19")], "the page's own day"),
    ("Ia pergi Jumat lalu.", [("Jumat lalu", "DATE", "2017-04-14")], "lalu looks back"),
    ("Ia pergi Senin mendatang.", [("Senin mendatang", "DATE", "2017-04-24")], "mendatang looks ahead"),
    ("Hasilnya akan diumumkan Jumat.", [("Jumat", "DATE", "2017-04-21")], "akan looks ahead"),
    ("Harga akan naik, kata Laras, Jumat.", [("Jumat", "DATE", "2017-04-14")], "after a comma it is the day of speaking"),
    ("Kantor buka hari Minggu.", [("hari Minggu", "DATE", "2017-04-16")], "hari makes it Sunday"),
    ("Itu terjadi pada 20 Januari.", [("20 Januari", "DATE", "2017-01-20")], "no year: the one it fits"),
    ("Itu terjadi pada 28 Desember lalu.", [("28 Desember lalu", "DATE", "2016-12-28")], "lalu goes back a year"),
    ("Itu terjadi September, Oktober, dan November 2015.", [("September", "DATE", "2015-09"), ("Oktober", "DATE", "2015-10"), ("November 2015", "DATE", "2015-11")], "the last year is that of all"),
    ("Ia dipanggil Kamis (20/4/2017) besok.", [("Kamis (20/4/2017) besok", "DATE", "2017-04-20")], "besok belongs to the date"),
    # ranges
    ("Pameran digelar 25-26 September.", [("25-26 September", "DATE", "2017-09-25/2017-09-26")], "two days, one month"),
    ("Pameran digelar 10 hingga 16 Juni 2017.", [("10 hingga 16 Juni 2017", "DATE", "2017-06-10/2017-06-16")], "hingga"),
    ("Pameran digelar 22 sampai dengan 24 Juli 2017.", [("22 sampai dengan 24 Juli 2017", "DATE", "2017-07-22/2017-07-24")], "sampai dengan"),
    ("Pameran digelar 24 Juni hingga 1 Juli.", [("24 Juni hingga 1 Juli", "DATE", "2017-06-24/2017-07-01")], "two months"),
    ("Pameran digelar Kamis-Jumat (3-4/8/2017).", [("Kamis-Jumat (3-4/8/2017)", "DATE", "2017-08-03/2017-08-04")], "two names, one bracket"),
    ("Pameran digelar 10 dan 16 Juni 2017.", [("16 Juni 2017", "DATE", "2017-06-16")], "two days apart are no stretch"),
    ("Naik sepanjang Januari hingga April 2015.", [("Januari hingga April 2015", "DATE", "2015-01/2015-04")], "months"),
    ("Bursa tutup 9 Oktober 2017. Loket buka 12 Oktober 2017 hingga 3 Maret 2017.", [("9 Oktober 2017", "DATE", "2017-10-09"), ("12 Oktober 2017 hingga 3 Maret 2017", "DATE", "")], "an end before its beginning: a slip, and no value"),
    ("Loket dibuka Rabu hingga Jumat.", [("Rabu hingga Jumat", "DATE", "2017-04-19/2017-04-21")], "a weekday of today to one that comes"),
    ("Ia menjabat pada 2009–2013.", [("2009–2013", "DATE", "2009/2013")], "years"),
    ("Loket buka pukul 08.00-10.00 WIB.", [("pukul 08.00-10.00 WIB", "TIME", "2017-04-19T08:00/2017-04-19T10:00")], "hours"),
    # months, years and their parts
    ("Itu terjadi akhir Mei lalu.", [("akhir Mei lalu", "DATE", "2016-05 END")], "May is still to come this year"),
    ("Itu terjadi awal tahun ini.", [("awal tahun ini", "DATE", "2017 START")], "part of a year"),
    ("Itu terjadi akhir bulan lalu.", [("akhir bulan lalu", "DATE", "2017-03 END")], "part of a month"),
    ("Itu terjadi tahun 2011 lalu.", [("tahun 2011 lalu", "DATE", "2011")], "lalu after a year"),
    ("Itu terjadi Maret tahun lalu.", [("Maret tahun lalu", "DATE", "2016-03")], "a month of last year"),
    ("Lomba minggu pertama Juni 2017.", [("minggu pertama Juni 2017", "DATE", "2017-06 START")], "a week of a month is its part"),
    ("Musiknya dari tahun 1990-an.", [("tahun 1990-an", "DATE", "199")], "a decade"),
    ("Benteng itu dibangun pada abad ke-19.", [("abad ke-19", "DATE", "18")], "a century"),
    ("Anggaran tahun buku 2016 disahkan.", [("tahun buku 2016", "DATE", "2016")], "a financial year"),
    ("Untuk tahun ajaran baru 2017/2018.", [("tahun ajaran baru 2017/2018", "DATE", "2017/2018")], "a school year"),
    ("Laba kuartal III-2016 naik.", [("kuartal III-2016", "DATE", "2016-Q3")], "a quarter with a dash"),
    ("Ia pindah pada musim panas 2016.", [("musim panas 2016", "DATE", "2016-SU")], "a season"),
    # distances
    ("Itu terjadi pekan lalu.", [("pekan lalu", "DATE", "2017-W15")], "a week"),
    ("Itu terjadi akhir pekan lalu.", [("akhir pekan lalu", "DATE", "2017-W15-WE")], "its end"),
    ("Itu terjadi dua pekan lalu.", [("dua pekan lalu", "DATE", "2017-W14")], "counted weeks are weeks"),
    ("Itu terjadi sepekan lalu.", [("sepekan lalu", "DATE", "2017-04-12")], "one week ago is a day"),
    ("Itu terjadi tiga tahun lalu.", [("tiga tahun lalu", "DATE", "2014")], "counted years are years"),
    ("Itu terjadi beberapa hari lalu.", [("beberapa hari lalu", "DATE", "PAST_REF")], "not counted"),
    ("Gempa pada Senin (3/4/2017). Sehari sebelumnya sepi.", [("Senin (3/4/2017)", "DATE", "2017-04-03"), ("Sehari sebelumnya", "DATE", "2017-04-02")], "from the day told"),
    ("Ia lulus pada 2010. Dua tahun kemudian ia menikah.", [("2010", "DATE", "2010"), ("Dua tahun kemudian", "DATE", "2012")], "from the year told"),
    ("Gempa pada Senin (3/4/2017). Esok harinya sepi.", [("Senin (3/4/2017)", "DATE", "2017-04-03"), ("Esok harinya", "DATE", "2017-04-04")], "the day after"),
    ("Banjir pada Maret 2015. Sejak saat itu ia pindah.", [("Maret 2015", "DATE", "2015-03"), ("saat itu", "DATE", "2015-03")], "points back"),
    # parts of the day
    ("Ia tiba tadi malam.", [("tadi malam", "TIME", "2017-04-18TNI")], "last night"),
    ("Ia tiba sore hari ini.", [("sore hari ini", "TIME", "2017-04-19TAF")], "this afternoon, the long way"),
    ("Ia tiba nanti sore.", [("nanti sore", "TIME", "2017-04-19TAF")], "this afternoon"),
    ("Kebakaran pada Selasa (18/4). Api padam pada dini hari.", [("Selasa (18/4)", "DATE", "2017-04-18"), ("dini hari", "TIME", "2017-04-18TMO")], "the day told here"),
    ("Hujan turun pada malam hari.", [("malam hari", "TIME", "XXXX-XX-XXTNI")], "no day told: any night"),
    ("Toko tutup jam 9 malam.", [("jam 9 malam", "TIME", "2017-04-19T21:00")], "the part of day moves the hour"),
    # durations and repeats
    ("Ia divonis 16 tahun penjara.", [("16 tahun", "DURATION", "P16Y")], "a sentence of court"),
    ("Pemain berusia 22 tahun itu cedera.", [("22 tahun", "DURATION", "P22Y")], "an age"),
    ("Rapat berlangsung dua setengah jam.", [("dua setengah jam", "DURATION", "PT2.5H")], "and a half"),
    ("Ia menunggu selama setengah tahun.", [("setengah tahun", "DURATION", "P6M")], "half a year"),
    ("Ia mengabdi puluhan tahun.", [("puluhan tahun", "DURATION", "PXY")], "not counted"),
    ("Dalam 24 jam ke depan hujan turun.", [("24 jam ke depan", "DURATION", "PT24H")], "ahead"),
    ("Dalam tujuh hari kerja berkas kembali.", [("tujuh hari kerja", "DURATION", "P7D")], "working days"),
    ("Ia divonis 2 tahun 6 bulan penjara.", [("2 tahun 6 bulan", "DURATION", "P2Y6M")], "two units, one length"),
    ("Selama lima hari berikutnya hujan turun.", [("lima hari", "DURATION", "P5D")], "selama makes it a length"),
    ("Ia berlari setiap hari.", [("setiap hari", "SET", "P1D")], "every day"),
    ("Rapat digelar setiap tiga bulan sekali.", [("setiap tiga bulan sekali", "SET", "P3M")], "every three months"),
    ("Loket buka Senin-Jumat pukul 08.00 sampai 16.00 WIB.", [("Senin-Jumat pukul 08.00 sampai 16.00 WIB", "SET", "XXXX-WXX-1/XXXX-WXX-5")], "opening hours are of every week"),
    ("Loket buka setiap hari Senin hingga Kamis.", [("setiap hari Senin hingga Kamis", "SET", "XXXX-WXX-1/XXXX-WXX-4")], "every week, told by a word"),
    ("Rapat digelar Senin-Selasa (17-18/4/2017).", [("Senin-Selasa (17-18/4/2017)", "DATE", "2017-04-17/2017-04-18")], "two days with their date"),
    ("Bupati menetapkan 10 Juni sebagai Hari Pasar.", [("10 Juni", "DATE", "XXXX-06-10")], "every year's tenth of June"),
    ("Dirayakan setiap tanggal 16 Mei.", [("16 Mei", "SET", "XXXX-05-16")], "every year on one day"),
    # now and not now
    ("Kini harga turun, sekarang stabil, belakangan ini sepi.", [("Kini", "DATE", "PRESENT_REF"), ("sekarang", "DATE", "PRESENT_REF"), ("belakangan ini", "DATE", "PRESENT_REF")], "present"),
    ("Itu baru-baru ini terjadi.", [("baru-baru ini", "DATE", "PAST_REF")], "past"),
    ("Dalam waktu dekat ia pulang; ke depan ia menetap.", [("waktu dekat", "DATE", "FUTURE_REF"), ("ke depan", "DATE", "FUTURE_REF")], "future"),
    # the calendar of the Republic and of the moon
    ("Upacara Hari Kemerdekaan digelar.", [("Hari Kemerdekaan", "DATE", "2017-08-17")], "a fixed holiday"),
    ("Puasa Ramadan 1438 H dimulai.", [("Ramadan 1438 H", "DATE", "2017-05-27/2017-06-24")], "a month of the moon from the table"),
    ("Bulan Safar 1438 H dimulai.", [("Safar 1438 H", "DATE", "")], "one that is in no table"),
    ("Tahap 1: Mei, JuniTahap 2: Juli.", [("Mei", "DATE", "2017-05"), ("Juni", "DATE", "2017-06"), ("Juli", "DATE", "2017-07")], "a list without line breaks"),
    # run together by the site
    ("Laporan itu dikutip dariAFPpadaSenin (17/4/2017).Ia pulang.", [("Senin (17/4/2017)", "DATE", "2017-04-17")], "words without blanks"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), FOUND, ids=[row[0] for row in FOUND])
def test_what_is_read(text: str, expected: list[tuple[str, str, str]], reason: str) -> None:
    """Span, type, value and part are those of the row."""
    found = read(text)
    if expected and expected[0][1] == "SET" and len(found) == 1:
        assert found[0][1:] == expected[0][1:], reason
        assert expected[0][0] in found[0][0]
    else:
        assert found == expected, reason


def test_one_hour_of_the_last_day_makes_no_repeat() -> None:
    """Closed from Wednesday until Thursday at eight is no opening hour of every week."""
    assert [type_ for _, type_, _ in read("Jalan ditutup Rabu hingga Kamis pukul 08.00 WIB.")] == ["DATE", "TIME"]


NOT_FOUND = [
    ("UU Nomor 12 Tahun 2011 berlaku.", "a law's number and year"),
    ("Sidang memakai UU No. 8 Tahun 1981 dan Perpres 12/2013.", "laws, with a stop, with a stroke"),
    ("Pasal 2014 ayat 3 dihapus.", "an article of law"),
    ("Penerima Bantuan Rimba Tahun 2016 bertambah.", "the name of a programme"),
    ("Pada Pemilu 2014 ia menang.", "the name of an event"),
    ("Final Piala Dunia U-17 Tahun 2015 ramai.", "an event for an age"),
    ("Kenaikan 12,5 persen menjadi Rp 2.015 per kilogram.", "percentages and prices"),
    ("Sebanyak 2015 orang mengungsi ke 1998 rumah.", "counts"),
    ("Tim menang 2-1 dan unggul 15-12.", "scores"),
    ("Telepon (021) 2015-1998 atau 0812-1990.", "telephone numbers"),
    ("Alamatnya Jalan 10 November 15, Universitas Sebelas Maret.", "places named after days"),
    ("Ia belanja di Pasar Minggu.", "a market, not a day"),
    ("Menteri Raja Juli Antoni hadir.", "a person, not a month"),
    ("Ia merayakan ulang tahun ke-16.", "a birthday's number"),
    ("Nanti ia datang, tadi ia pergi, dulu ia di sini.", "bare nanti, tadi, dulu are no times"),
    ("Warga 40 tahun ke atas didata, usia 24 hingga 28 tahun ditunda.", "limits of age"),
    ("Aktivitas sehari-hari terganggu.", "daily life"),
    ("Kecepatannya 100 km per jam.", "a speed"),
    ("Ia membeli jam tangan di pasar malam.", "a watch, a night market"),
    ("Penentuan masa depan Pulau Rimba ditunda.", "a fate, not a time"),
]


@pytest.mark.parametrize(("text", "reason"), NOT_FOUND, ids=[row[0] for row in NOT_FOUND])
def test_what_is_no_time(text: str, reason: str) -> None:
    """Numbers and names that only look like times are left alone."""
    assert read(text) == [], reason


def only(text: str, published: str | None = WEDNESDAY) -> Time:
    found = find_times(document(text, published))
    assert len(found) == 1
    return found[0]


def test_only_the_articles_own_blocks_hold_times() -> None:
    """Chrome, related links and bylines hold none."""
    for kind in ("chrome", "related", "byline"):
        assert find_times(document("Senin (17/4/2017)", kind=kind)) == ()  # type: ignore[arg-type]
    assert find_times(document("Senin (17/4/2017)", kind="caption")) != ()


def test_a_page_without_date_is_read_from_its_latest_full_date() -> None:
    """The basis is told; a birthday or a deadline without weekday does not count against a news day."""
    text = "Foto: pasar, Rabu (29/3).\nIa datang Senin (17/4/2017). Ia lahir 3 Mei 2018.\nItu terjadi pertengahan Maret lalu, hari ini selesai."
    found = find_times(document(text, None))
    assert [(t.value, t.mod, t.basis) for t in found] == [
        ("2017-03-29", None, "latest date in text"),
        ("2017-04-17", None, "text"),
        ("2018-05-03", None, "text"),
        ("2017-03", "MID", "latest date in text"),
        ("2017-04-17", None, "latest date in text"),
    ]


def test_a_day_ahead_is_not_taken_for_the_articles_own() -> None:
    """What was said is gone by; the hearing that was put off is still to come."""
    text = "“Sidang ditunda ke Rabu (8/11/2023),” kata Laras di Jakarta, Selasa (7/11/2023). Hari ini ia pulang."
    assert [t.value for t in find_times(document(text, None))] == ["2023-11-08", "2023-11-07", "2023-11-07"]


def test_without_any_date_nothing_is_made_up() -> None:
    """No page date, no full date: what is printed is kept, the rest is unknown."""
    text = "Rapat Rabu (29/3), pekan lalu, kemarin, pada Maret, pukul 10.00 WIB, kini."
    assert [(t.value, t.from_, t.to) for t in find_times(document(text, None))] == [
        ("XXXX-03-29", None, None), ("", None, None), ("", None, None), ("XXXX-03", None, None), ("XXXX-XX-XXT10:00", None, None), ("PRESENT_REF", None, None),
    ]  # fmt: skip


def test_today_is_the_day_the_story_was_told() -> None:
    """A page that went online the day after prints the day before: ``hari ini`` is that day."""
    text = "Api padam Selasa (18/4/2017). “Mulai hari ini kami berjaga,” kata Bagas."
    assert [t.value for t in find_times(document(text))] == ["2017-04-18", "2017-04-18"]


def test_the_hour_goes_with_the_day_of_the_event() -> None:
    """The day on which somebody spoke is not the day on which it happened."""
    text = "Kebakaran terjadi pada Minggu (16/4/2017).\nKerugian dihitung, kata Laras kepada wartawan, Selasa (18/4/2017).\nApi muncul sekitar pukul 02.10 WIB."
    assert [t.value for t in find_times(document(text))][-1] == "2017-04-16T02:10"


def test_what_is_printed_stands_and_the_note_says_what_disagrees() -> None:
    """A wrong weekday changes nothing but is told."""
    wrong = only("Rapat Kamis (25/4/2017).")
    assert wrong.value == "2017-04-25"
    assert wrong.note is not None
    assert "Tuesday" in wrong.note
    assert only("Rapat Selasa (25/4/2017).").note is None


def test_a_slip_in_the_year_is_seen_by_weekday_and_page() -> None:
    """Weekday, day and month fit the page's own week and the printed year fits neither: the page's year, with a note."""
    slip = only("Rapat Selasa (18/4/2018).")
    assert (slip.value, slip.note is not None) == ("2017-04-18", True)
    assert only("Rapat Rabu (18/4/2018).").value == "2018-04-18"


def test_a_date_that_is_none_has_no_value() -> None:
    """31 April is in no calendar."""
    none = only("Rapat Senin (31/4/2017).")
    assert (none.value, none.from_, none.note is not None) == ("", None, True)


INTERVALS = [
    ("awal Maret 2017", "2017-03-01", "2017-03-11"),
    ("pertengahan Maret 2017", "2017-03-11", "2017-03-21"),
    ("akhir Februari 2016", "2016-02-21", "2016-03-01"),
    ("awal 2018", "2018-01-01", "2018-05-01"),
    ("pertengahan 2018", "2018-05-01", "2018-09-01"),
    ("akhir 2018", "2018-09-01", "2019-01-01"),
    ("Rabu (29/3)", "2017-03-29", "2017-03-30"),
    ("Desember 2016", "2016-12-01", "2017-01-01"),
    ("kuartal IV 2016", "2016-10-01", "2017-01-01"),
    ("akhir pekan lalu", "2017-04-15", "2017-04-17"),
    ("25-26 September", "2017-09-25", "2017-09-27"),
    ("tahun 1990-an", "1990-01-01", "2000-01-01"),
    ("pukul 23.59 WIB", "2017-04-19T23:59", "2017-04-20T00:00"),
    ("kemarin malam", "2017-04-18T18:00", "2017-04-19T00:00"),
    ("tiga tahun terakhir", "2014-04-19", "2017-04-19"),
    ("30 hari ke depan", "2017-04-19", "2017-05-19"),
    ("dua tahun", None, None),
    ("setiap hari", None, None),
    ("sekarang", None, None),
]


@pytest.mark.parametrize(("text", "start", "end"), INTERVALS, ids=[row[0] for row in INTERVALS])
def test_intervals(text: str, start: str | None, end: str | None) -> None:
    """The interval meant, start included, end excluded; none where the expression has no place in time."""
    one = only(text)
    assert (one.from_, one.to) == (start, end)


DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@settings(max_examples=60, deadline=None)
@given(DATES)
def test_a_date_in_any_written_form_has_its_value(day: date) -> None:
    """The same day in eight forms; never a digit more than written."""
    name, month = DAYS[day.weekday()], MONTHS[day.month - 1]
    forms = [
        f"{name} ({day.day}/{day.month}/{day.year})",
        f"{name} ({day.day:02d}/{day.month:02d}/{day.year})",
        f"{name}, {day.day} {month} {day.year}",
        f"{name} {day.day} {month} {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"hari {name}, {day.day} {month} {day.year}",
        f"{name} ({day.day} {month} {day.year})",
    ]
    for form in forms:
        assert read(f"Rapat digelar {form}.", None) == [(form, "DATE", day.isoformat())]
    assert read(f"Rapat digelar pada {month} {day.year}.", None) == [(f"{month} {day.year}", "DATE", day.isoformat()[:7])]
    assert read(f"Rapat digelar pada tahun {day.year}.", None) == [(f"tahun {day.year}", "DATE", day.isoformat()[:4])]


@settings(max_examples=60, deadline=None)
@given(DATES, st.integers(-40, 40))
def test_a_day_near_the_page_finds_its_year_by_itself(page: date, apart: int) -> None:
    """``Rabu (29/3)`` within weeks of the page's date is the day of that name."""
    day = page + timedelta(apart)
    text = f"Rapat digelar {DAYS[day.weekday()]} ({day.day}/{day.month})."
    assert only(text, page.isoformat()).value == day.isoformat()


PIECES = st.sampled_from(
    ["Senin", "Minggu", " (", "17/4", "/2017", ")", ", ", " ", "\n", "pukul ", "14.30", " WIB", "2014", "-", "Maret", "awal ", "dua ", "ratus ", "tahun ", "lalu", "ini", "hari ",
     "ke-", "tiap ", "malam", "hingga ", "1438 H", "1 Syawal ", "99999999", "٣", "é", "\u200b", "kemarin", "besok", "saat itu", "sebelumnya", "musim ", "kuartal II ", "9999", "31/2/", "."]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60), st.sampled_from([None, WEDNESDAY, "2017-04-19T12:00:00+07:00", "0001-01-01", "9999-12-31", "kapan", ""]))
def test_any_text_is_read_without_fault(text: str, published: str | None) -> None:
    """Spans lie in the text, rise and do not overlap; values, intervals and names keep to the format."""
    found = find_times(document(text, published))
    assert [t.id for t in found] == [f"t{n}" for n in range(1, len(found) + 1)]
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for one in found:
        quoted = one.span.of(text)
        assert quoted == quoted.strip() != ""
        assert one.type in TIME_TYPES
        assert one.mod is None or one.mod in TIME_MODS
        assert one.basis is None or one.basis in TIME_BASES
        assert one.from_ is None or one.to is None or one.from_ < one.to
        assert re.fullmatch(r"[0-9A-Z:._/\-]*", one.value)


def test_the_interval_of_a_value_that_is_none_is_open() -> None:
    """Values without bounds, and broken ones, give no interval."""
    for value in ("", "PRESENT_REF", "P3D", "XXXX-WXX-5", "2017-99", "2017-W77", "2017-13-45"):
        assert interval(value, None) == (None, None)


@pytest.mark.parametrize("piece", ["1/", "Senin, ", "Senin (", "dua ratus ", "2020-", "10-11 ", "1 Juni - ", "nomor 1 / ", "hari-", "saat itu ", "x", "1", "kata, Senin (1/1). "])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """A hostile text four times as long takes about four times as long."""

    def work(length: int) -> None:
        find_times(document(piece * (length // len(piece))))

    work(1_000)
    assert grows_no_faster(work, 3_000, 12_000, factor=9)
