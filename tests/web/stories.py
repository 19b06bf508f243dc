"""One invented story as five outlets print it: the agency's text, a whole copy, one cut short, one with words of its own, and one that
has it from elsewhere with another figure. All people, places and outlets are invented."""

from __future__ import annotations

AGENCY = """Kapal Feri Karam di Selat Wangi, 12 Orang Tewas

LUBUK BANDAR (Cakra) - Kapal feri KM Bintang Laut karam di Selat Wangi pada Sabtu (6/4/2024) dini hari. Sedikitnya 12 orang tewas dan 30 penumpang lain selamat, kata Kepala Basarnas Lubuk Bandar, Surya Wirawan.

"Ombak setinggi empat meter menghantam lambung kiri. Kapal miring dalam waktu kurang dari sepuluh menit," kata Surya kepada Cakra di dermaga.

Menurut Surya, dua nakhoda telah diperiksa polisi karena kapal mengangkut penumpang melebihi izin. Kepala Kepolisian Resor Lubuk Bandar, Rudi Harjono, membantah kabar bahwa pemilik kapal sudah ditahan.

Gubernur Kepulauan Wangi, Meutia Siregar, meminta seluruh pelayaran malam dihentikan selama sepekan. Ia mengatakan pemerintah akan menanggung biaya pengobatan korban.

Tim penyelamat masih mencari lima penumpang yang hilang. Pencarian dilanjutkan pada Minggu pagi dengan empat kapal.
"""

WHOLE = AGENCY.replace("LUBUK BANDAR (Cakra) - ", "Lubuk Bandar - ").replace("kepada Cakra di dermaga", "kepada Kantor Berita Cakra di dermaga")

SHORT = """Feri Karam di Selat Wangi, 12 Tewas

Kapal feri KM Bintang Laut karam di Selat Wangi pada Sabtu (6/4/2024) dini hari. Sedikitnya 12 orang tewas dan 30 penumpang lain selamat, kata Kepala Basarnas Lubuk Bandar, Surya Wirawan.

"Ombak setinggi empat meter menghantam lambung kiri. Kapal miring dalam waktu kurang dari sepuluh menit," kata Surya.

Gubernur Kepulauan Wangi, Meutia Siregar, meminta seluruh pelayaran malam dihentikan selama sepekan. Ia mengatakan pemerintah akan menanggung biaya pengobatan korban.
"""

LONGER = WHOLE.replace("Feri Karam", "Feri Bintang Laut Karam") + """
Keluarga korban mulai berdatangan ke Pelabuhan Lubuk Bandar sejak siang. Sri Handayani, warga Desa Tanjung Sari, mengatakan adiknya menumpang kapal itu untuk pulang kampung.

"Sampai sekarang namanya tidak ada di daftar selamat," kata Sri.

Kecelakaan serupa terjadi di perairan yang sama pada 2019, ketika sebuah kapal barang tenggelam dan tiga awaknya tewas.
"""

OWN = """Basarnas: Korban Tewas Kapal Bintang Laut Jadi 14 Orang

HARIAN PESISIR, Lubuk Bandar - Jumlah korban tewas dalam karamnya KM Bintang Laut di Selat Wangi bertambah menjadi 14 orang hingga Sabtu (6/4/2024) malam, kata Direktur Rumah Sakit Lubuk Bandar, Anita Kusuma, kepada Harian Pesisir.

"Dua jenazah tiba di kamar mayat pukul tujuh malam," ujar Anita.

Gubernur Kepulauan Wangi, Meutia Siregar, mengunjungi korban di rumah sakit. Ia kembali meminta pelayaran malam dihentikan.

Harian Pesisir melihat belasan ambulans keluar-masuk halaman rumah sakit sejak sore.
"""

STORY: tuple[dict[str, str], ...] = (
    {"id": "agency", "text": AGENCY, "url": "https://cakra.example/feri-karam", "published": "2024-04-06T06:10", "publisher": "Cakra"},
    {"id": "whole", "text": WHOLE, "url": "https://kabarselat.example/feri", "published": "2024-04-06T07:02", "publisher": "Kabar Selat"},
    {"id": "short", "text": SHORT, "url": "https://lentera.example/feri", "published": "2024-04-06T07:40", "publisher": "Lentera Sumatra"},
    {"id": "longer", "text": LONGER, "url": "https://warta.example/feri", "published": "2024-04-06T15:00", "publisher": "Warta Wangi"},
    {"id": "own", "text": OWN, "url": "https://pesisir.example/feri", "published": "2024-04-06T21:30", "publisher": "Harian Pesisir"},
)
