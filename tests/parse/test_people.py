"""Who made an article, and who is merely named on it."""

from __future__ import annotations

import pytest

from telusur.parse.people import find_closing_credits, find_credits, is_name, names_author, opens_with_role


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("Reporter: Maya Larasati", [("Maya Larasati", "reporter")]),
        ("Penulis : Kontributor Tegalwaru, Hasan Basri", [("Hasan Basri", "contributor")]),
        ("Editor: B Kusno Wicaksana", [("B Kusno Wicaksana", "editor")]),
        ("Red: Yuda Prakasa P Utama", [("Yuda Prakasa P Utama", "editor")]),
        ("Oleh : Siti Aminah", [("Siti Aminah", "writer")]),
        ("Oleh Siti Aminah", [("Siti Aminah", "writer")]),
        (
            "Penulis: Rudi Hartawan dan Dewi Lestiani",
            [("Rudi Hartawan", "writer"), ("Dewi Lestiani", "writer")],
        ),
        (
            "Pewarta: Nur Imamah Editor: Ade Marlina Copyright © 2024",
            [("Nur Imamah", "reporter"), ("Ade Marlina", "editor")],
        ),
        ("Penulis/Editor: Rina Melati", [("Rina Melati", "writer"), ("Rina Melati", "editor")]),
        ("Penulis: Rizal Nugraha/DW Indonesia", [("Rizal Nugraha", "writer")]),
        ("Laporan Wartawan HarianPesisir.com, Laila Nurfadilah", [("Laila Nurfadilah", "reporter")]),
        ("Laporan Kontributor Harian Kita, Budi Anwar", [("Budi Anwar", "contributor")]),
        ("Laporan Indra Wibawa | Banda Lama", [("Indra Wibawa", "reporter")]),
        ("Fandi Yulianto - detikinet", [("Fandi Yulianto", "writer")]),
        ("(HarianKita.com/Garuda Prabawa)", [("Garuda Prabawa", "writer")]),
        ("DINI TANJUNG", [("DINI TANJUNG", "writer")]),
        ("(abc/def)", []),
        ("Editor: Tim Redaksi", []),
        ("Reporter: Antara", []),
        ("Ekonomi", []),
    ],
)
def test_a_byline_gives_names_and_roles(line: str, credits: list[tuple[str, str]]) -> None:
    text = f"xx {line}"
    found = find_credits(text, 3, len(text))
    assert [(credit.name, credit.role) for credit in found] == credits
    assert all(credit.span is not None and credit.span.of(text) == credit.name for credit in found)


@pytest.mark.parametrize(
    ("line", "is_byline", "why"),
    [
        ("Editor: Ade Marlina", True, "a role and a colon"),
        ("Oleh Siti Aminah", True, "nothing but a name after it"),
        ("Oleh PDIP, Gus Ipin dipasangkan dengan Bupati Anwar saat ini.", False, "a sentence may open so"),
        ("Laporan keuangan kuartal ketiga menunjukkan laba.", False, "a report is no byline"),
        ("Reporter televisi itu menangis.", False, "no colon"),
    ],
)
def test_role_lines_are_told_from_sentences(line: str, is_byline: bool, why: str) -> None:
    assert opens_with_role(line) is is_byline, why


def test_a_name_and_its_outlet_sign() -> None:
    assert names_author("Fandi Yulianto - detikinet")
    assert not names_author("Persib Bandung - Persija Jakarta")


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("H. Amir Machmud", True),
        ("Siti", True),
        ("siti aminah", False),
        ("Tim Liputan", False),
        ("Senin", False),
        ("Reuters", False),
        ("R2D2", False),
    ],
)
def test_names_of_people(text: str, so: bool) -> None:
    assert is_name(text) is so


@pytest.mark.parametrize(
    ("end", "credits"),
    [
        (
            "kata dia. Pewarta: Nur Imamah Editor: Ade Marlina Copyright",
            [("Nur Imamah", "reporter"), ("Ade Marlina", "editor")],
        ),
        (
            "aman terkendali. (*. Penulis: Kelvin Erlangga. Artikel ini telah tayang",
            [("Kelvin Erlangga", "writer")],
        ),
        (
            "di lapangan.Novia Panjaitan berkontribusi dalam penulisan artikel ini.",
            [("Novia Panjaitan", "contributor")],
        ),
        ("kata editor itu kepada penulis: Budi tidak datang.", []),
    ],
)
def test_the_end_of_the_last_paragraph(end: str, credits: list[tuple[str, str]]) -> None:
    assert [(credit.name, credit.role) for credit in find_closing_credits(end, 0, len(end))] == credits
