"""One agency's copy as five outlets print it, and one outlet that went there itself. People, places and the ship are invented."""

from __future__ import annotations

WIRE = (
    "Kapal Feri Terbakar di Selat Wera, Sembilan Orang Tewas\n\n"
    "Bima (ANTARA) - Kapal feri Cendana Raya terbakar di Selat Wera pada Senin (9/6/2025) dan menewaskan sembilan orang, "
    "kata seorang petugas pelabuhan yang menolak disebut namanya.\n\n"
    "“Sembilan penumpang sudah kami temukan meninggal,” kata petugas itu kepada Antara.\n\n"
    "Api diduga berasal dari ruang mesin dan menjalar ke geladak penumpang dalam waktu kurang dari sepuluh menit. "
    "Kapal itu membawa 71 penumpang dan 14 awak dari Pelabuhan Sape menuju Pulau Kembar.\n\n"
    "Para penumpang yang selamat ditampung di balai desa. Mereka mendapat selimut, makanan dan pemeriksaan kesehatan.\n\n"
    "Pewarta: Galih Suryadi\nEditor: Tiara Mandasari\n"
)
"""The copy itself: the agency has it from somebody unnamed."""

VERBATIM = WIRE.replace("Bima (ANTARA) - ", "BIMA, HARIAN SELAT - ").replace("Pewarta: Galih Suryadi\nEditor: Tiara Mandasari\n", "Sumber: Antara\n")

CUT = (
    "Feri Cendana Raya Terbakar, Sembilan Tewas\n\n"
    "Kapal feri Cendana Raya terbakar di Selat Wera pada Senin (9/6/2025) dan menewaskan sembilan orang.\n\n"
    "Api diduga berasal dari ruang mesin dan menjalar ke geladak penumpang dalam waktu kurang dari sepuluh menit. "
    "Kapal itu membawa 71 penumpang dan 14 awak dari Pelabuhan Sape menuju Pulau Kembar.\n"
)
"""Cut, and without a word on where it comes from."""

REWORDED = (
    "Sembilan Penumpang Feri Meninggal dalam Kebakaran di Selat Wera\n\n"
    "Kapal feri Cendana Raya terbakar di Selat Wera pada Senin (9/6/2025) dan menewaskan sembilan orang, kata petugas pelabuhan, "
    "seperti dikutip dari Antara.\n\n"
    "Api diperkirakan berasal dari ruang mesin lalu menjalar ke geladak penumpang dalam waktu kurang dari sepuluh menit. "
    "Kapal membawa 71 penumpang dan 14 awak dari Pelabuhan Sape menuju Pulau Kembar.\n\n"
    "Penumpang yang selamat ditampung di balai desa dan mendapat selimut, makanan serta pemeriksaan kesehatan.\n"
)

EXTENDED = WIRE.replace("Bima (ANTARA) - ", "BIMA - ").replace(
    "Pewarta: Galih Suryadi\nEditor: Tiara Mandasari\n",
    "Jalur Sape–Pulau Kembar dilayani tiga feri. Dua di antaranya sudah berumur lebih dari 25 tahun, dan tahun lalu salah satunya kandas di karang.\n\n(Antara)\n",
)

OWN = (
    "Basarnas: Sembilan Korban Feri Cendana Raya Ditemukan\n\n"
    "PULAU KEMBAR - Kepala Kantor Basarnas Bima Yohanes Lamawuran mengatakan sembilan orang meninggal ketika kapal feri Cendana Raya "
    "terbakar di Selat Wera, Senin (9/6/2025) siang.\n\n"
    "“Tim kami mengangkat mereka dari air sampai subuh,” kata Yohanes di dermaga, Selasa.\n\n"
    "Di balai desa, Maria Kelen menunggu kabar suaminya yang bekerja di kapal itu sejak Januari.\n"
)
"""Another paper, with a source of its own."""

COPIES = (
    ("antaranews.com", "2025-06-09T14:05", WIRE),
    ("harianselat.example", "2025-06-09T15:10", VERBATIM),
    ("kabarkembar.example", "2025-06-09T16:40", CUT),
    ("pantaubima.example", "2025-06-09T18:20", REWORDED),
    ("suarasape.example", "2025-06-10T06:00", EXTENDED),
)
