"""What is wrong with a query is told in the reader's language."""

from __future__ import annotations

import pytest

from telusur.errors import BadRequest
from telusur.search.query import parse
from telusur.web import troubles


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ('"banjir', 'ada tanda kutip yang belum ditutup; tidak ada yang dicari; tutup dengan " lagi'),
        ("banjir)", "ada kurung tutup yang berlebih; tidak ada yang dicari; hapus, atau apit kata-katanya dengan tanda kutip"),
        ("hwo:Allawi", "tidak ada bidang 'hwo'; tidak ada yang dicari; maksudnya who:? Untuk mencari kata-katanya sendiri, apit dengan tanda kutip"),
        ("xyzzy:merah", "tidak ada bidang 'xyzzy'; tidak ada yang dicari; bidangnya: siapa:"),
        ("type:ASSAULTS", "type: tidak mengenal 'ASSAULTS'; tidak ada yang dicari; maksudnya ASSAULT?"),
        ("jenis:perundingan", "jenis: tidak mengenal 'perundingan', yaitu kata untuk jenis CONSULT; tidak ada yang dicari; tulis jenis:CONSULT"),
        ("from:kemarin", "from: tanggal 'kemarin' tidak terbaca; tidak ada yang dicari; tulis sebagai tahun"),
        ("who:", "who: belum berisi; tidak ada yang dicari; tulis langsung di belakang titik dua, seperti who:"),
        ("b*", "'b*' terlalu pendek sebagai awal kata; tidak ada yang dicari; tulis 2 huruf atau lebih sebelum *"),
        ("banjir OR", "ATAU, atau tanda kurung, berdiri"),
        ("AND banjir", "DAN harus diapit dua hal"),
        ("banjir NOT", "BUKAN berdiri di ujung"),
    ],
)
def test_a_trouble_is_told_in_indonesian(query: str, told: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse(query)
    assert troubles.told(str(refused.value), "id").startswith(told)
    assert troubles.told(str(refused.value), "en") == str(refused.value)


def test_what_the_table_does_not_know_stays_whole() -> None:
    """Half a translation would be harder to read than none."""
    message = "a quotation mark is open; nothing was searched; ask somebody"
    assert troubles.told(message, "id") == message
