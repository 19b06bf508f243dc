"""The terminal report: what a reader finds in it, in both languages, and what it never says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from small_record import CLAIMS, TEXT, at, make_document, make_record
from telusur.config import Lang
from telusur.export.concerns import concerns, numbers
from telusur.export.digest import digest
from telusur.export.report import MOST_ROWS, Look, to_text
from telusur.export.wording import Wording, clean, needs_check, shorten
from telusur.lexicon import read_table
from telusur.model.claim import CLAIM_TYPES, Claim
from telusur.model.document import Article
from telusur.model.layers import Time
from telusur.model.span import Span

INDONESIAN, ENGLISH = Wording("id"), Wording("en")


def report(lang: Lang = "id", **look: object) -> str:
    return to_text(make_record(), Look(lang=lang, **look))  # type: ignore[arg-type]


def flat(text: str) -> str:
    """The report as one line, so that a wrapped cell does not hide its words."""
    return " ".join(text.split())


# --- what stands in it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "words", "reason"),
    [
        ("id", "Dua Tewas, Polisi Pastikan Menahan Juragan Kapal", "the title opens the report"),
        ("id", "Kabar Pesisir · Daerah · Editor: Wulan Ayuningtyas · Reporter: Bagas Pradipta", "who made the page"),
        ("id", "Terbit 7 Mei 2024, 09.30", "when, as exact as the page"),
        ("en", "Published 7 May 2024, 09:30", "the same in English"),
        ("id", "1 sumber hulu", "the origin is counted"),
        ("id", "seorang awak kapal (tanpa nama, disimpulkan)", "an unnamed origin whose link is inferred says so"),
        ("id", "└▶ Rukmini Saraswati, Kapolres", "the speaker with the office that the text gives"),
        ("id", "└▶ Cakra “seperti dikutip dari Cakra”", "the relay with the words that show it"),
        ("id", "└▶ Kabar Pesisir halaman ini", "the page closes the chain"),
        ("id", "“Juragannya bisa saja kami tahan”", "a direct quote stands in quotation marks, without the comma"),
        ("id", "◐ ramalan, mungkin", "a possible future is a forecast"),
        ("id", "⊘ Jumadi tidak akan berdamai (dinyatakan tidak, akan datang)", "a denied claim has its own mark"),
        ("id", "tewas 2, luka 0, hilang 3, mengungsi 0", "counts"),
        ("en", "2 killed", "counts in English"),
        ("id", "memimpin Jumadi → SNR", "a state as who → what"),
        ("id", "menjabat Rukmini Saraswati: Kapolres", "an office"),
        ("id", "pekan 18 2024", "a week"),
        ("id", "Judul “Menahan Juragan Kapal”", "the headline is set against the body"),
        ("id", ", kata media sendiri), tewas 5 (huruf", "competing figures, each with who gives it"),
        ("id", "“Serikat Nelayan Rawa” dan “SNR” disatukan", "a join for an unlisted reason"),
        ("id", "#1: mata rantai seorang awak kapal disimpulkan", "an inferred link"),
        ("id", "Letak tidak diketahui: Tanjung Rawa", "a place that no table knows"),
        ("id", "#1: penutur kurang yakin", "a doubtful speaker"),
        ("id", "“pekan lalu”: the week before", "a note on a time"),
        ("id", "dilewati: “Menu utama”, “Baca juga: Dermaga Rawa Ditutup”", "skipped parts are named"),
        ("id", "telusur read kapal.txt --open", "what to type next"),
        ("en", "ON WHOSE WORD", "headings in English"),
        ("en", "NEEDS CHECKING", "headings in English"),
    ],
)  # fmt: skip
def test_a_reader_finds(lang: Lang, words: str, reason: str) -> None:
    assert words in flat(report(lang, file="kapal.txt", width=200)), reason


def test_a_possible_claim_is_never_told_as_fact() -> None:
    """Every line with the doubtful arrest carries its doubt; the mark of the certain stands on none of them."""
    for line in report(width=200).splitlines():
        if "bisa saja kami tahan" in line:
            assert "◐" in line
            assert "●" not in line


@pytest.mark.parametrize(
    ("cue", "certainty", "shown", "hidden", "reason"),
    [
        ("membantah", "certain", "⊘ membantah", "● pasti", "what is denied is not told as certain"),
        ("berharap", "certain", "◐ berharap", "● pasti", "what is hoped is not told as certain"),
        ("kata", "certain", "● pasti", "mengatakan", "a plain word leaves the claim's own mark"),
        ("membantah", "possible", "◐ mungkin", "● pasti", "a doubt of the claim's own stays beside the denial"),
    ],
)
def test_the_reporting_word_weighs_on_what_it_reports(cue: str, certainty: str, shown: str, hidden: str, reason: str) -> None:
    text = TEXT.replace("menyebut", cue.ljust(9)[: max(9, len(cue))], 1)
    start = text.index(cue, 400)
    attribution = replace(make_record().attributions[1], cue=Span(start, start + len(cue)))
    claim = replace(CLAIMS[3], certainty=certainty, trigger=at("lima"))
    record = make_record(document=make_document(text=text), attributions=(attribution,), claims=(claim,), mentions=())
    said = next(line for line in to_text(record, Look(width=200)).splitlines() if line.startswith(" 1 "))
    whole = flat(to_text(record, Look(width=200)).split("KEJADIAN")[0].split("Sikap sumber")[1])
    assert said
    assert shown in whole, reason
    assert hidden not in whole, reason


def test_every_stance_of_a_reporting_word_has_its_verb_and_a_known_mark() -> None:
    known = {row["stance"] for row in read_table("stances", ("stance",))}
    assert {row["stance"] for row in read_table("cues", ("stance",))} <= known
    marks = {row["stance"]: row["mark"] for row in read_table("stance_marks", ("stance", "mark"))}
    assert set(marks) <= known
    assert set(marks.values()) <= {"⊘", "◐", "○"}


@pytest.mark.parametrize(
    ("reason", "first", "second", "checked"),
    [
        ("short form of a fuller name in this article", "Rukmini", "Rukmini Saraswati", False),  # surprises nobody
        ("the article gives it in brackets after the full name", "SNR", "Serikat Nelayan Rawa", False),  # the article says so
        ("short form; of several fuller names the one named last", "Rukmini", "Rukmini Saraswati", True),  # a choice
        ("differs from it by a slip of spelling", "Saraswati", "Sarawati", True),
        ("known short form or other name", "Sumut", "Sumatra Utara", True),
        ("a reason nobody has put into the table", "A", "B", True),
    ],
)
def test_only_joins_that_may_be_wrong_are_to_be_checked(reason: str, first: str, second: str, checked: bool) -> None:
    assert needs_check(reason, first, second) is checked


def test_the_same_words_in_the_same_mouth_are_one_statement() -> None:
    """A standfirst that repeats the body is no second source."""
    attributions = make_record().attributions
    twice = (*attributions, replace(attributions[1], id="a9"))
    assert len(digest(make_record(attributions=twice)).statements) == len(attributions)


def test_a_speaker_only_partly_written_to_come_from_afar_is_named() -> None:
    assert any("Rukmini Saraswati: hanya #1" in line for line in concerns(digest(make_record()), INDONESIAN))


def test_events_run_by_time_and_the_undated_come_last() -> None:
    dates = [t.time.value if t.time else None for t in digest(make_record()).events]
    assert dates == ["2024-W18", None, None, None, None]


def test_an_undated_page_says_what_its_times_are_counted_from() -> None:
    times = (
        Time("t1", at("Senin (6/5/2024)"), "DATE", "2024-05-06", basis="text"),
        Time("t2", at("pekan lalu"), "DATE", "2024-W18", basis="latest date in text"),
    )
    record = make_record(document=make_document(article=Article(), published_basis=None), times=times)
    text = flat(to_text(record, Look(width=200)))
    assert "Tanggal terbit tidak tertulis; waktu dihitung dari 6 Mei 2024 (dari “Senin (6/5/2024)”)" in text
    assert "Halaman tidak bertanggal" in text


def test_a_date_that_only_the_user_knows_says_so() -> None:
    record = make_record(document=make_document(published_basis="caller"))
    assert "kata pengguna" in to_text(record)


def test_an_empty_reading_is_still_a_report() -> None:
    bare = make_record(
        document=make_document(article=Article()), entities=(), mentions=(), times=(), attributions=(), claims=(), sentences=()
    )
    text = to_text(bare)
    assert "Tanpa judul" in text
    assert "tidak ada sumber yang dikutip" in text
    assert "tidak ada yang menonjol" in text


def test_a_long_section_is_cut_and_says_so() -> None:
    claims = tuple(replace(CLAIMS[2], id=f"c{n}", differs_from=()) for n in range(1, 40))
    record = make_record(claims=claims)
    assert f"+{39 - MOST_ROWS} lagi" in to_text(record)
    assert "lagi;" not in to_text(record, Look(full=True))


# --- how it looks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("width", [40, 60, 92, 200])
def test_no_line_is_wider_than_asked(lang: Lang, width: int) -> None:
    for line in to_text(make_record(), Look(lang, width)).splitlines():
        assert cell_len(line) <= width, line


def test_without_colour_there_is_no_escape() -> None:
    assert "\x1b" not in report()
    assert "\x1b[" in report(color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", report(color=True)).split() == report().split()


HOSTILE = "\x1b[31mmerah\x1b]0;judul\x07 [bold]tebal[/bold] \u202eterbalik\u202c \r baris\x00 {n} %s"


def test_an_article_cannot_write_on_the_terminal() -> None:
    """Escapes, cursor moves, changes of direction and mark-up of our own tools come out as plain characters or not at all."""
    article = Article(title=HOSTILE, publisher=HOSTILE, section=HOSTILE, wires=(HOSTILE,))
    text = to_text(make_record(document=make_document(article=article)), Look(file=HOSTILE))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert "[bold]tebal[/bold]" in text
    assert "{n} %s" in text


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_reported(words: str) -> None:
    """Whatever stands in a title, a name or the text."""
    text = words + TEXT
    moved = replace(make_document(), text=text, article=Article(title=words, publisher=words))
    out = to_text(make_record(document=moved, entities=(), mentions=()))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)


# --- words ------------------------------------------------------------------------------------------------------


def test_both_languages_fill_the_same_places() -> None:
    """A phrase whose translation forgot a place would lose it in silence, or fail."""
    for row in read_table("ui", ("key", "id", "en")):
        assert row["id"] and row["en"], row["key"]  # noqa: PT018
        assert set(re.findall(r"{\w+}", row["id"])) == set(re.findall(r"{\w+}", row["en"])), row["key"]


def test_every_claim_type_has_its_words() -> None:
    rows = {row["type"]: row for row in read_table("claimtypes", ("type", "id", "en", "gloss"))}
    assert list(rows) == list(CLAIM_TYPES)
    assert all(row["id"] and row["en"] and row["gloss"] for row in rows.values())


@pytest.mark.parametrize(
    ("reason", "indonesian"),
    [
        ("differs from it by a slip of spelling", "hanya beda ejaan"),
        (
            "the text prints Friday, but 2024-05-06 is a Monday; the date stands",
            "tertulis Jumat, padahal 2024-05-06 jatuh pada Senin; tanggalnya yang dipakai",
        ),
        ("a reason nobody has put into the table", "a reason nobody has put into the table"),
    ],
)
def test_reasons_of_the_record_are_told_in_indonesian(reason: str, indonesian: str) -> None:
    assert INDONESIAN.reason(reason) == indonesian
    assert ENGLISH.reason(reason) == reason


def test_every_reason_for_a_join_is_in_the_table() -> None:
    from telusur.analyse import nameforms

    reasons = {value for name, value in vars(nameforms).items() if name.isupper() and isinstance(value, str) and " " in value}
    assert len(reasons) > 5
    assert all(INDONESIAN.reason(reason) != reason for reason in reasons)


@pytest.mark.parametrize(
    ("value", "mod", "indonesian", "english"),
    [
        ("2024-05-06", None, "Sen 06-05-2024", "Mon 06-05-2024"),
        ("2024-05-06T14:30", None, "Sen 06-05-2024 14.30", "Mon 06-05-2024 14:30"),
        ("2024-05-06TNI", None, "Sen 06-05-2024 malam", "Mon 06-05-2024 night"),
        ("2024-02-31", None, "2024-02-31", "2024-02-31"),  # no calendar has it: shown as it is
        ("2024-05", "MID", "tengah Mei 2024", "mid May 2024"),
        ("2024", "APPROX", "± 2024", "c. 2024"),
        ("2024-Q2", None, "triwulan 2 2024", "quarter 2 of 2024"),
        ("199", None, "1990-an", "1990s"),
        ("PRESENT_REF", None, "kini", "now"),
        ("2024-05-06/2024-05-08", None, "Sen 06-05-2024 – Rab 08-05-2024", "Mon 06-05-2024 – Wed 08-05-2024"),
        ("P3D", None, "“tiga hari”", "“tiga hari”"),  # no short form: the text's own words
        ("", None, "“tiga hari”", "“tiga hari”"),
        ("2024-13", None, "“tiga hari”", "“tiga hari”"),
    ],
)
def test_times_are_told_no_more_exactly_than_they_are(value: str, mod: str | None, indonesian: str, english: str) -> None:
    time = Time("t1", Span(0, 1), "DATE", value, mod)  # type: ignore[arg-type]
    assert INDONESIAN.when(time, "tiga hari") == indonesian
    assert ENGLISH.when(time, "tiga hari") == english


@pytest.mark.parametrize(
    ("certainty", "polarity", "tense", "glyph", "words"),
    [
        ("certain", "positive", "past", "●", "pasti, lampau"),
        ("certain", "positive", "future", "◐", "ramalan, pasti"),  # what is to come has not happened
        ("probable", "positive", "past", "◐", "kemungkinan besar, lampau"),
        ("possible", "negative", "past", "◐", "mungkin, dinyatakan tidak, lampau"),
        ("unknown", "positive", "future", "○", "belum diketahui"),
        ("certain", "negative", "past", "⊘", "dinyatakan tidak, lampau"),
    ],
)
def test_stances_have_a_shape_and_words(certainty: str, polarity: str, tense: str, glyph: str, words: str) -> None:
    claim = Claim("c1", "ASSAULT", Span(0, 1), (), None, certainty, polarity, tense)  # type: ignore[arg-type]
    assert INDONESIAN.stance(claim) == (glyph, words)


@pytest.mark.parametrize(
    ("given_numbers", "shown"), [([1], "#1"), ([2, 1], "#1, #2"), ([1, 2, 3, 5], "#1–#3, #5"), ([7, 9], "#7, #9")]
)
def test_numbers_are_told_in_runs(given_numbers: list[int], shown: str) -> None:
    assert numbers(given_numbers) == shown


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("satu dua", 8, "satu dua"), ("satu dua tiga", 10, "satu dua…"), ("a" * 20, 10, "a" * 9 + "…"), ("satu, dua", 8, "satu…")],
)
def test_long_texts_are_cut_between_words(text: str, most: int, shown: str) -> None:
    assert shorten(text, most) == shown
    assert len(shown) <= most


def test_clean_text_is_one_harmless_line() -> None:
    assert clean(" satu\n\tdua\x1b[1m \u202etiga\u200e ") == "satu dua[1m tiga"
    assert clean("👩‍🌾 e\u0301") == "👩‍🌾 e\u0301"
