"""Date lines as Indonesian sites print them, never more exact than printed."""

from __future__ import annotations

import pytest

from telusur.parse.dates import find_page_date, normalise_date


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Senin, 17 April 2017 | 14:30 WIB", "2017-04-17T14:30+07:00"),
        ("Rabu, 21 Okt 2015 - 07:25 WIB", "2015-10-21T07:25+07:00"),
        ("Jum'at, 17 Februari 2017 - 13:30 wib", "2017-02-17T13:30+07:00"),
        ("Kamis, 05/11/2015 10:08 WIB", "2015-11-05T10:08+07:00"),
        ("Diperbarui 18 Apr 2017, 09:00 WITA", "2017-04-18T09:00+08:00"),
        ("Ambon, 3 Maret 2020 pukul 19.05 WIT", "2020-03-03T19:05+09:00"),
        ("Harian Kita - 12/11/2025, 15:04 WIB", "2025-11-12T15:04+07:00"),
        ("Sabtu, 9 Agu 2025 10:03 WIB", "2025-08-09T10:03+07:00"),
        ("Minggu, 1 Pebruari 2004", "2004-02-01"),
        ("20/1/2026 18:30", "2026-01-20T18:30"),
        ("Musik16 Feb 2016 09:09", "2016-02-16T09:09"),
        ("April 17, 2017", "2017-04-17"),
        ("2017-04-17T14:30:00+0700", "2017-04-17T14:30:00+07:00"),
        ("2026-01-20T18:33:13.000Z", "2026-01-20T18:33:13+00:00"),
        ("2024/08/20 09:15:44", None),
    ],
)
def test_a_date_line_gives_iso(line: str, iso: str | None) -> None:
    found = find_page_date(line)
    if iso is not None:
        assert found is not None
        assert found.iso == iso


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Jakarta, Senin (17/4)", "no year"),
        ("telepon 021 582 1303", "a number"),
        ("31/2/2016 10:00", "no such day"),
        ("12/13/2016", "no such month"),
        ("Rp 12.500.000", "money"),
        ("pada 2017 lalu", "a year alone is no date line's date"),
        ("", "nothing"),
    ],
)
def test_what_is_no_full_date_gives_none(line: str, why: str) -> None:
    assert find_page_date(line) is None, why


def test_metadata_values_are_normalised() -> None:
    assert normalise_date(" 2015-11-05T10:08:58Z ") == "2015-11-05T10:08:58+00:00"
    assert normalise_date("kemarin") is None
    assert normalise_date(None) is None
